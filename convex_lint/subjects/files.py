"""Files that Convex does not deploy, though they have functions in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.subjects import functions
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Place
    from convex_lint.subjects.functions import Registered
    from convex_lint.subjects.module import Module


class Skipped:
    """A file of the functions folder that Convex skips, with the functions in it that no other file exports either."""

    def __init__(self, module: Module, why: str, functions: tuple[Registered, ...]) -> None:
        self.module = module
        self.why = why
        self.functions = functions

    @property
    def place(self) -> Place:
        """The first of the functions."""
        return self.functions[0].place


def find_skipped(module: Module) -> Iterator[Skipped]:
    """Yield the module itself, if functions are lost in it."""
    why = module.skipped
    if why is None or module.role is Role.TEST or module.linked.is_reexported(module.path):
        return
    lost = tuple(made for made in functions.find_registered(module) if not is_shared(made))
    if lost:
        yield Skipped(module, why, lost)


def is_shared(made: Registered) -> bool:
    """Say whether another module that is no test imports a function, and so may export it."""
    module = made.module
    found = [at for name in ("*", *made.made.names) for at, _ in module.linked.importers(module.path, name)]
    return any(module.linked.role(at) is not Role.TEST for at in found)
