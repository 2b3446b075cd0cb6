"""What other modules say about a module: who registers its functions, who calls them, who imports its exports.

Each module has its own part in this (`Part`), which is found by names alone: what a parameter is does not count, as
that rests on these relations. `Relations` are the parts of all modules together, by what they are about.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from convex_lint.link import builders, modules
from convex_lint.syntax.nodes import Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from convex_lint.link import Linked
    from convex_lint.link.registered import Registered
    from convex_lint.summary import Summary
    from convex_lint.syntax.nodes import Binding, Call
    from convex_lint.values import Builder, Closure

K = TypeVar("K")
V = TypeVar("V")


class Part(NamedTuple):
    """What one module says.

    `uses` are the calls of functions of the project, with the function that each goes to. `imports` are the imported
    names by the module and the export that they stand for, `passed_on` the modules that it re-exports from, or loads
    with `import()`.
    """

    registered: tuple[Registered, ...]
    customized: tuple[tuple[Closure, Builder], ...]
    uses: tuple[tuple[Closure, Call], ...]
    imports: tuple[tuple[tuple[str, str], Binding], ...]
    passed_on: tuple[str, ...]

    def roles(self) -> Counter[tuple[str, object]]:
        """Count the functions that it registers, or customizes a builder with, each by its module and ordinal."""
        closures = [found.closure for found in self.registered if found.closure is not None]
        closures += [closure for closure, _ in self.customized]
        return Counter((closure.path, closure.ordinal) for closure in closures)

    def users(self) -> Counter[tuple[str, object]]:
        """Count what it uses of modules: functions by their ordinal, exports by their name, all of it as None."""
        found: Counter[tuple[str, object]] = Counter((closure.path, closure.ordinal) for closure, _ in self.uses)
        found.update(of for of, _ in self.imports)
        found.update((path, None) for path in self.passed_on)
        return found


NOTHING = Part((), (), (), (), ())


def part(linked: Linked, summary: Summary) -> Part:
    """Return what a module says about functions and exports; `linked` knows names alone."""
    imports: list[tuple[tuple[str, str], Binding]] = []
    passed_on: list[str] = []
    for found in summary.code.imports:
        is_export = found.form == "export"
        target = linked.resolve(found.specifier, summary.path) if found.bindings or is_export else None
        if target is not None:
            imports.extend(((target, bound.imported), bound) for bound in found.bindings)
            if is_export:
                passed_on.append(target)
    for call in summary.calls({"import"}):
        given = call.arguments[0] if call.arguments else None
        target = linked.resolve(str(given.value), summary.path) if isinstance(given, Literal) else None
        if target is not None:
            passed_on.append(target)
    return Part(
        linked.registered(summary.path),
        tuple(builders.customized(linked, summary)),
        tuple(_uses(linked, summary)),
        tuple(imports),
        tuple(passed_on),
    )


def _uses(linked: Linked, summary: Summary) -> Iterator[tuple[Closure, Call]]:
    for call in summary.code.calls:
        closure = modules.callee(linked, call)
        if closure is not None:
            yield closure, call


class Listed(Generic[K, V]):
    """What all modules say, by what it is about: in the order of their paths, whatever order they were read in."""

    __slots__ = ("_said",)

    def __init__(self) -> None:
        self._said: dict[K, dict[str, list[V]]] = {}

    def get(self, about: K) -> list[tuple[str, V]]:
        """Return what is said about something, each with the path of the module that says it."""
        said = self._said.get(about)
        return [(path, one) for path in sorted(said) for one in said[path]] if said else []

    def replace(self, path: str, old: Iterable[tuple[K, V]], new: Iterable[tuple[K, V]]) -> None:
        """Put what a module says now in the place of what it said before."""
        for about, _ in old:
            self._said.get(about, {}).pop(path, None)
        for about, one in new:
            self._said.setdefault(about, {}).setdefault(path, []).append(one)


class Relations:
    """The parts of all modules, by what they are about.

    `handlers` has the functions that are handlers, each with all that it is registered as.
    """

    def __init__(self) -> None:
        self.handlers: Listed[Closure, Registered] = Listed()
        self.customized: Listed[Closure, Builder] = Listed()
        self.uses: Listed[Closure, Call] = Listed()
        self.importers: Listed[tuple[str, str], Binding] = Listed()
        self.passed_on: Listed[str, None] = Listed()

    def replace(self, path: str, old: Part, new: Part) -> None:
        """Put what a module says now in the place of what it said before."""
        self.handlers.replace(path, _handlers(old), _handlers(new))
        self.customized.replace(path, old.customized, new.customized)
        self.uses.replace(path, old.uses, new.uses)
        self.importers.replace(path, old.imports, new.imports)
        self.passed_on.replace(path, _passed_on(old), _passed_on(new))


def _handlers(part: Part) -> Iterator[tuple[Closure, Registered]]:
    return ((found.closure, found) for found in part.registered if found.closure is not None)


def _passed_on(part: Part) -> Iterator[tuple[str, None]]:
    return ((path, None) for path in part.passed_on)
