"""Where code makes validators: the functions of `v`, and objects of validators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.diagnostics import Place
from convex_lint.facts.validators import (
    CONSTRUCTORS,
    DEPRECATED,
    FUNCTIONS,
    INSTEAD,
    INSTEAD_OF_METHODS,
    KEY_KINDS,
    METHODS,
    OBJECT_METHODS,
    OPERANDS,
    RESULT,
)
from convex_lint.link import tables
from convex_lint.link.shapes import bare, outermost, property_of
from convex_lint.nearest import nearest
from convex_lint.source import Span
from convex_lint.syntax.nodes import Array, Call, Function, Literal, Member, Name, Object, Property, Spread, Template
from convex_lint.validators import members
from convex_lint.values import Package, Validator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Edit
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Binding, Expression

_V = Package("convex/values", "v")
_MAKERS = frozenset({"defineTable", "Table"})
_PLAIN = FUNCTIONS - {*OPERANDS, *DEPRECATED, "id", "literal", "object"}
_SCALARS = frozenset({"string", "number", "boolean", "bigint"})


class Operand:
    """An expression that stands where a validator has to; `role` says as what: `the element of an array`."""

    def __init__(self, module: Module, node: Expression, role: str) -> None:
        self.module = module
        self.role = role
        self.place = module.at(bare(node))
        self._node = node

    @property
    def is_optional(self) -> bool:
        """Whether it surely is a validator that lets what it validates be left out."""
        node = bare(self._node)
        if isinstance(node, Call) and isinstance(node.callee, Member) and node.callee.name in FUNCTIONS - {"optional"}:
            return False  # as most are
        found = self.module.linked.value(self._node)
        return isinstance(found, Validator) and found.optional

    @property
    def is_no_key(self) -> bool:
        """Whether it is a validator that surely lets in other things than strings, or strings that are known."""
        found = self.module.linked.value(self._node)
        kinds = {one.kind for one in members(found)} if isinstance(found, Validator) else set()
        return bool(kinds) and "" not in kinds and not kinds <= KEY_KINDS

    @property
    def mistake(self) -> tuple[str, str] | None:  # noqa: PLR0911  one case a shape
        """What it is, where that is no validator, and what to write instead."""
        node = bare(tables.held(self._node))
        match node:
            case Object():
                return "an object", "wrap it in `v.object(…)`"
            case Array():
                return "an array", "use `v.array(…)` with the validator of its elements, or `v.union(…)`"
            case Literal(form="undefined"):
                return "`undefined`", "leave it out"
            case Literal() | Template():
                return "a value", "use `v.literal(…)`, or a validator such as `v.string()`"
            case Function():
                return "a function", "use a validator such as `v.string()`"
            case Name() if node.binding is None and node.text in CONSTRUCTORS:
                return f"`{node.text}`", "use a validator such as `v.string()`"
            case Member() if node.name in FUNCTIONS and self.module.linked.value(node.of) == _V:
                return f"the function `v.{node.name}`", f"call it: `v.{node.name}(…)`"
            case _:
                return None


class ValidatorMethod:
    """A method that is called on what a function of `v` gives, and that it surely does not have."""

    def __init__(self, module: Module, member: Member) -> None:
        self.name = member.name
        self.place = Place(module.path, Span(member.name_start, member.name_end))

    @property
    def of_objects(self) -> bool:
        """Whether validators of objects have it."""
        return self.name in OBJECT_METHODS

    @property
    def instead(self) -> str | None:
        """What to write instead."""
        near = nearest(self.name, METHODS)
        return INSTEAD_OF_METHODS.get(self.name) or (f".{near}()" if near is not None else None)


class ValidatorUse:
    """A function of `v` that code uses, an object of validators (`name` is empty), or what validates a result."""

    def __init__(
        self,
        module: Module,
        name: str,
        place: Place,
        call: Call | None = None,
        given: Expression | None = None,
    ) -> None:
        self.module = module
        self.name = name
        self.place = place
        self._call = call
        self._given = given

    @property
    def exists(self) -> bool:
        """Whether `v` has such a function."""
        return self.name in {"", RESULT} or self.name in FUNCTIONS

    @property
    def instead(self) -> str | None:
        """What to use instead of a function that is not there, or has another name now."""
        known = DEPRECATED.get(self.name) or (nearest(self.name, FUNCTIONS) if not self.exists else None)
        return INSTEAD.get(self.name.lower()) or (f"v.{known}" if known is not None else None)

    @property
    def is_deprecated(self) -> bool:
        """Whether the function has another name now."""
        return self.name in DEPRECATED

    def renamed(self) -> Edit:
        """Return the edit that uses the name which a function has now."""
        span = self.place.span or Span(0, 0)
        return self.module.replace(span, DEPRECATED[self.name])

    @property
    def lacks_table(self) -> bool:
        """Whether it is an id that is surely given no table."""
        if self.name != "id" or self._call is None:
            return False
        first = bare(self._call.arguments[0]) if self._call.arguments else None
        return (
            first is None
            or isinstance(first, Object | Array)
            or (isinstance(first, Literal) and first.form != "string")
        )

    @property
    def lacks_literal(self) -> bool:
        """Whether it is a literal that is surely given no string, number, boolean or bigint."""
        if self.name != "literal" or self._call is None:
            return False
        first = bare(self._call.arguments[0]) if self._call.arguments else None
        is_other = isinstance(first, Literal) and first.form not in _SCALARS
        return first is None or is_other or isinstance(first, Object | Array | Function)

    @property
    def takes_validator(self) -> bool:
        """Whether it is an object that is surely given a validator in the place of an object of validators."""
        if self.name != "object" or self._call is None or not self._call.arguments:
            return False
        first = self._call.arguments[0]
        found = self.module.linked.value(first) if not isinstance(first, Object | Spread) else None
        return isinstance(found, Validator) and found.kind != ""

    @property
    def missing(self) -> tuple[str, ...]:
        """What the function is surely not given."""
        if self._call is None or any(isinstance(one, Spread) for one in self._call.arguments):
            return ()
        if self.name == "object" and not self._call.arguments:
            return ("the fields of an object",)
        return () if self.name == "union" else OPERANDS.get(self.name, ())[len(self._call.arguments) :]

    @property
    def wrong_method(self) -> ValidatorMethod | None:
        """The first method of those called behind it that a validator surely does not have."""
        node: Expression | None = self._call if self.exists else None
        while node is not None:
            member = outermost(node).parent
            call = outermost(member).parent if isinstance(member, Member) and member.of is outermost(node) else None
            if not isinstance(member, Member) or not isinstance(call, Call) or call.callee is not outermost(member):
                return None
            found = self.module.linked.value(node)
            kind = found.kind if isinstance(found, Validator) else ""
            if member.name in METHODS or (member.name in OBJECT_METHODS and kind in {"", "object"}):
                node = call
                continue
            return ValidatorMethod(self.module, member)
        return None

    @property
    def operands(self) -> Iterator[Operand]:
        """Yield what has to be a validator: what the function is given, or the entries of an object."""
        if isinstance(self._given, Object) and not self.name:
            for entry in self._given.properties:
                if isinstance(entry, Property) and not isinstance(bare(entry.value), Call):
                    yield Operand(self.module, entry.value, "a field")
            return
        if self._given is not None:
            yield Operand(self.module, self._given, "what a function returns")
            return
        roles = OPERANDS.get(self.name, ())
        for at, argument in enumerate(self._call.arguments if self._call is not None else ()):
            if isinstance(argument, Spread) or not roles:
                return
            if at < len(roles) or self.name == "union":
                yield Operand(self.module, argument, roles[min(at, len(roles) - 1)])


def find(module: Module) -> Iterator[ValidatorUse]:
    """Yield the functions of `v` that a module uses, but for those like `v.string`, and objects of validators."""
    written: list[Expression] = []
    for use in _uses(module):
        member = use.parent
        if not isinstance(member, Member) or member.of is not use:
            continue
        call = outermost(member).parent
        if member.name in _PLAIN and not (isinstance(call, Call) and isinstance(outermost(call).parent, Member)):
            continue
        called = call if isinstance(call, Call) and call.callee is outermost(member) and not call.new else None
        if called is None or module.whole(called, called.function):
            place = Place(module.path, Span(member.name_start, member.name_end))
            yield ValidatorUse(module, member.name, place, called)
            written.extend(called.arguments[:1] if called is not None and member.name == "object" else ())
    written.extend(_made_into_objects(module))
    for config in _registered(module):
        returns = property_of(config, "returns")
        if returns is not None:
            yield ValidatorUse(module, RESULT, module.at(returns), given=returns.value)
    objects = dict.fromkeys(bare(tables.held(one)) for one in written)
    for entries in objects:
        if isinstance(entries, Object):
            yield ValidatorUse(module, "", module.at(entries), given=entries)


def _made_into_objects(module: Module) -> Iterator[Expression]:
    """Yield what Convex makes a validator of, where it is an object: tables, arguments and results."""
    for call in module.summary.calls(_MAKERS):
        callee = module.linked.value(call.callee)
        if isinstance(callee, Package) and callee.name in _MAKERS and module.whole(call, call.function):
            yield from call.arguments
    for made in _registered(module):
        parts = (property_of(made, name) for name in ("args", "returns"))
        yield from (part.value for part in parts if part is not None)


def _registered(module: Module) -> Iterator[Object]:
    """Yield the objects that functions are registered with, where these have validators of Convex."""
    for made in module.linked.registered(module.path):
        if made.config is not None and made.builder.validates and module.whole(made.call, None):
            yield made.config


def _uses(module: Module) -> list[Name]:
    """Return the places where a module uses `v`."""
    names = module.summary.code.scope.names.values()
    return [use for bound in names if _is_v(module, bound) for use in bound.uses]


def _is_v(module: Module, bound: Binding) -> bool:
    is_near = bound.form == "import" and (bound.imported == "v" or bound.name == "v")
    return is_near and module.linked.binding(bound, module.path) == _V
