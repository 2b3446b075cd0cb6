"""The module that Convex takes the routes of HTTP actions from, and the actions that have no route."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link.shapes import bare
from convex_lint.syntax.nodes import Call
from convex_lint.values import (
    ArrayOf,
    Builder,
    ClassOf,
    Closure,
    Constant,
    Crons,
    Package,
    Primitive,
    Promise,
    Reference,
    Registration,
    Router,
    Structure,
)
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Edit, Place
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Binding


class HttpFault:
    """Something for which requests do not come to HTTP actions.

    `form` is `missing` (no default export in `http.ts`), `other` (one that is no router), `misnamed` (a router in
    `https.ts`) or `unrouted` (an HTTP action that nothing uses). `name` is that of the router, or of the action.
    """

    def __init__(self, module: Module, form: str, place: Place, name: str = "") -> None:
        self.module = module
        self.form = form
        self.place = place
        self.name = name

    @property
    def file(self) -> str:
        """The name of the file."""
        return self.module.path.rpartition("/")[2]

    def export_default(self) -> Edit | None:
        """Return the edit that exports the router as default behind all other code."""
        return self.module.export_default(self.name) if self.form == "missing" and self.name else None


def find(module: Module) -> Iterator[HttpFault]:
    """Yield the faults of a module that is deployed and parses."""
    stem, _, _ = (module.inside or "").rpartition(".")
    makes = stem in {"http", "https"} or bool(module.summary.calls({"httpAction"}))
    if not makes or module.summary.open or module.role is not Role.ENTRY:
        return
    if stem == "http":
        yield from _default(module)
    elif stem == "https" and isinstance(module.linked.export(module.path, "default"), Router):
        yield HttpFault(module, "misnamed", module.at(module.summary.exports["default"]))
    yield from _unrouted(module)


def _default(module: Module) -> Iterator[HttpFault]:
    export = module.summary.exports.get("default")
    if export is None:
        routers = [binding for binding in module.summary.code.scope.names.values() if _is_router(module, binding)]
        one = routers[0] if len(routers) == 1 else None
        place = module.at(one) if one is not None else module.place
        yield HttpFault(module, "missing", place, one.name if one is not None else "")
        return
    match module.linked.export(module.path, "default"):
        case Structure(open=False) as value if not value.has("isRouter"):
            yield HttpFault(module, "other", module.at(export))
        case Package(specifier="convex/server"):
            yield HttpFault(module, "other", module.at(export))
        case Constant() | Primitive() | Closure() | ClassOf() | Registration() | Builder() | Promise(also=None):
            yield HttpFault(module, "other", module.at(export))
        case ArrayOf() | Crons() | Reference():
            yield HttpFault(module, "other", module.at(export))
        case _:
            pass


def _is_router(module: Module, binding: Binding) -> bool:
    made = bare(binding.of) if binding.of is not None else None
    if binding.form == "import" or binding.steps or not isinstance(made, Call):
        return False
    return isinstance(module.linked.binding(binding, module.path), Router)


def _unrouted(module: Module) -> Iterator[HttpFault]:
    """Yield the HTTP actions that are exported, and that no code uses."""
    linked = module.linked
    if linked.is_reexported(module.path) or linked.importers(module.path, "*"):
        return
    for made in linked.registered(module.path):
        if made.kind != "httpAction" or not made.names or made.names == ("default",):
            continue
        used = any(_is_used(module, name) or linked.importers(module.path, name) for name in made.names)
        if not used:
            yield HttpFault(module, "unrouted", module.at(module.summary.exports[made.names[0]]), made.names[0])


def _is_used(module: Module, name: str) -> bool:
    """Say whether the module itself uses what it exports under a name."""
    of = module.summary.exports[name].of
    binding = getattr(of, "binding", None)
    exported = {id(export.of) for export in module.summary.exports.values()}
    return binding is None or any(id(use) not in exported for use in binding.uses)
