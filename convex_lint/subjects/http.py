"""Routes of HTTP actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts import http
from convex_lint.link import access
from convex_lint.link.shapes import bare, property_of
from convex_lint.subjects.access import Opening
from convex_lint.syntax.nodes import Assign, Call, Evaluate, Member, Name, Object, Property, Spread
from convex_lint.values import Closure, Constant, Method, Package, Reference, Registration, Router, Structure, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Place
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Binding

MAKERS = frozenset({"httpRouter", "HttpRouter"})
"""What `convex/server` exports that makes a router."""

_PLACES = ("path", "pathPrefix")


class RouteField:
    """A property of a route; `text` is the string that it surely is, or None."""

    def __init__(self, module: Module, entry: Property) -> None:
        self.module = module
        self.node = entry.value
        value = module.linked.value(entry.value)
        self.text = str(value.value) if isinstance(value, Constant) and value.form == "string" else None

    @property
    def place(self) -> Place:
        """Its value."""
        return self.module.at(self.node)


class Route:
    """A call of `route` of what `httpRouter()` returns, with an object that is written there."""

    METHODS = http.METHODS
    RESERVED = http.RESERVED

    def __init__(self, module: Module, node: Call, spec: Object) -> None:
        self.module = module
        self.node = node
        self.spec = spec
        self.first: Route | None = None

    @property
    def place(self) -> Place:
        """The method `route`, small enough to be annotated."""
        return self.module.at(self.node.callee)

    @property
    def whole(self) -> bool:
        """Whether all its properties are seen."""
        return all(isinstance(entry, Property) and entry.key is not None for entry in self.spec.properties)

    def field(self, name: str) -> RouteField | None:
        """Return a property, where it is written out and no spread behind it may replace it."""
        entry = property_of(self.spec, name)
        if entry is None or any(isinstance(one, Spread) and one.start > entry.start for one in self.spec.properties):
            return None
        return RouteField(self.module, entry)

    @property
    def where(self) -> tuple[tuple[str, RouteField], ...]:
        """Its `path` and its `pathPrefix`, as far as they are there."""
        found = ((name, self.field(name)) for name in _PLACES)
        return tuple((name, field) for name, field in found if field is not None)

    @property
    def handled_by(self) -> str | None:
        """What its handler is if that is surely no HTTP action, in words."""
        handler = self.field("handler")
        value = present(self.module.linked.value(handler.node)) if handler is not None else None
        match value:
            case Registration(builder=builder) if builder.kind != "httpAction":
                return f"{'an internal' if builder.internal else 'a'} {builder.kind}"
            case Closure():
                return "a plain function" if self.is_plain else None
            case Reference(root=root) if root:
                return "a reference"
            case Constant() | Structure(open=False):
                return "no function"
            case _:
                return None

    @property
    def opening(self) -> Opening | None:
        """What anyone can have done by a request; None where that is nothing, or not known."""
        handler = self.field("handler")
        value = present(self.module.linked.value(handler.node)) if handler is not None else None
        if not isinstance(value, Registration) or value.handler is None:
            return None
        runs = (*value.builder.runs, value.handler)
        found = access.of_all(self.module.linked, runs, access.Asked(), opaque=value.builder.opaque)
        return Opening(found.lets) if found.lets is not None else None

    @property
    def is_plain(self) -> bool:
        """Whether the router is as `httpRouter()` makes it: no function that had it may have replaced its `route`."""
        receiver = _receiver(self.node)
        made = bare(receiver.of) if receiver is not None and receiver.of is not None else None
        uses = receiver.uses if receiver is not None else []
        replaced = any(isinstance(use.parent, Member) and isinstance(use.parent.parent, Assign) for use in uses)
        maker = self.module.linked.value(made.callee) if isinstance(made, Call) and not replaced else None
        return isinstance(maker, Package) and maker.name in MAKERS

    @property
    def key(self) -> tuple[Binding, str, str, str] | None:
        """The router, what is routed and the method, if the route surely is one: a statement of the module itself."""
        receiver = _receiver(self.node)
        method = self.field("method")
        if receiver is None or method is None or method.text is None or len(self.where) != 1:
            return None
        name, field = self.where[0]
        statement = self.node.parent
        at_top = any(item is statement for item in self.module.summary.code.body.items)
        return (receiver, name, field.text, method.text) if field.text is not None and at_top else None


def _receiver(call: Call) -> Binding | None:
    """Return the name that a method is called of, whose value is always the same."""
    callee = bare(call.callee)
    of = bare(callee.of) if isinstance(callee, Member) else None
    binding = of.binding if isinstance(of, Name) else None
    return binding if binding is not None and not binding.writes and isinstance(call.parent, Evaluate) else None


def find_routes(module: Module) -> Iterator[Route]:
    """Yield the routes that a module makes; each knows the `first` that is the same."""
    seen: dict[tuple[Binding, str, str, str], Route] = {}
    for call in module.summary.calls({"route"}):
        spec = bare(call.arguments[0]) if call.arguments else None
        if not isinstance(spec, Object) or not module.whole(call, call.function):
            continue
        callee = present(module.linked.value(call.callee))
        if isinstance(callee, Method) and isinstance(callee.of, Router):
            route = Route(module, call, spec)
            key = route.key
            route.first = seen.get(key) if key is not None else None
            if key is not None:
                seen.setdefault(key, route)
            yield route
