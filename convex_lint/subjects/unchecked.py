"""Places where code asks who calls, and goes on for nobody as for somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.identity import IDENTITY_CALLS
from convex_lint.link import access, modules
from convex_lint.link.identity import Grade, gives_identity
from convex_lint.link.shapes import bare, dotted, outermost
from convex_lint.stubs import is_stub
from convex_lint.subjects import drops, indexes
from convex_lint.subjects.module import once
from convex_lint.subjects.schema import Schema
from convex_lint.syntax.nodes import Await, Call, Cast, Declare, Evaluate, Member, Name, Property
from convex_lint.validators import document
from convex_lint.values import Closure, Nullable, awaited
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.link.reach import Way
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Binding, Expression, Function

_DOES = ("write", "schedule", "storage", "run", "fetch")
"""What a helper may be called for, besides telling who calls."""


class UncheckedIdentity:
    """A place where it is not looked at whether somebody is logged in.

    `how` is `dropped` (nobody reads what the call says), `asserted` (`!` says that there is somebody), `taken` (a
    member is taken of what may be null) or `looked_up` (documents are looked up by what may be undefined, and `field`
    may be left out in them). `source` is what is called, as it is written.
    """

    def __init__(self, module: Module, call: Call, how: str, node: Expression, field: str = "") -> None:
        self.place = module.at(node)
        self.how = how
        self.source = dotted(call.callee) or "getUserIdentity"
        self.field = field
        self._module = module
        self._call = call

    @property
    def function(self) -> Function | None:
        """The function that asks."""
        return self._call.function


@once
def find(module: Module) -> Iterator[UncheckedIdentity]:
    """Yield the places of a module where a deployed function that anyone can call does not look who calls."""
    if module.role is Role.TEST or module.in_component or module.inside is None:
        return
    for call in _sources(module):
        function = call.function
        if function is not None and module.whole(call, function):
            found = next(_unchecked(module, call), None)
            if found is not None and any(_comes(module, found.how, way) for way in _open_ways(module, function)):
                yield found


def _sources(module: Module) -> Iterator[Call]:
    """Yield the calls that tell who calls, or that nobody is logged in, and that are waited for."""
    asked = module.summary.calls(IDENTITY_CALLS)
    for call in asked:
        if isinstance(call.parent, Await) and gives_identity(module.linked, call):
            yield call
    for call in module.summary.code.calls:
        if isinstance(call.parent, Await) and call not in asked and _may_matter(call.parent):
            closure = modules.callee(module.linked, call)
            if closure is not None and module.linked.identity(closure.path, closure.ordinal) is Grade.GIVES:
                yield call


def _may_matter(waited: Await) -> bool:
    """Say, at a glance, whether a call stands where who calls is not looked at."""
    around = waited.parent
    return isinstance(around, Evaluate | Declare | Member) or (isinstance(around, Cast) and around.form == "!")


def _open_ways(module: Module, function: Function) -> Iterator[Way]:
    """Yield how a function is run for callers whom nothing keeps out that asks who they are."""
    around: Function | None = function
    outer = function
    while around is not None:
        if _keeps_out(module, Closure(module.path, around.ordinal)):
            return
        outer, around = around, around.inside
    for way in module.linked.ways(Closure(module.path, outer.ordinal)):
        deployed = way.deployed
        if deployed.internal or deployed.opaque or not deployed.names:
            continue
        runs = (*deployed.runs, *(step.caller for step in way.steps))
        if not any(_keeps_out(module, one) for one in runs):
            yield way


def _comes(module: Module, how: str, way: Way) -> bool:
    """Say whether callers who know no secret surely come by, where a lookup is thrown away."""
    if how != "dropped":
        return True
    linked, runs = module.linked, way.deployed.runs
    found = access.of_all(linked, runs, access.Asked())
    changes = any(linked.effects(one.path, one.ordinal).has("write", "schedule", "storage") for one in runs)
    return found.lets is not None if changes else not found.refuses


def _keeps_out(module: Module, closure: Closure) -> bool:
    linked = module.linked
    return linked.identity(closure.path, closure.ordinal) is Grade.ENFORCES or linked.guards(
        closure.path, closure.ordinal
    )


def _unchecked(module: Module, call: Call) -> Iterator[UncheckedIdentity]:
    """Yield what is done with what a call says of the caller, where it is never looked at whether there is one."""
    waited = call.parent
    if not isinstance(waited, Await):
        return
    if drops.is_lost(module, waited):
        if _only_tells(module, call):
            yield UncheckedIdentity(module, call, "dropped", call)
        return
    if not isinstance(awaited(module.linked.value(call)), Nullable) and modules.callee(module.linked, call):
        return
    found = _in_place(waited)
    if found is not None:
        yield UncheckedIdentity(module, call, *found)
        return
    declared = outermost(waited).parent
    if isinstance(declared, Declare) and len(declared.bindings) == 1 and not declared.bindings[0].steps:
        yield from _held(module, call, declared.bindings[0])


def _only_tells(module: Module, call: Call) -> bool:
    """Say whether a call is there for what it gives alone."""
    closure = modules.callee(module.linked, call)
    if closure is None or is_stub(closure.path):
        return True
    return module.linked.effects(closure.path, closure.ordinal).has(*_DOES) is False


def _in_place(given: Expression) -> tuple[str, Expression] | None:
    """Say what is done at once with who calls: `asserted` or `taken`, and where."""
    around = given.parent
    while isinstance(around, Cast):
        if around.form == "!":
            return "asserted", around
        given, around = around, around.parent
    if isinstance(around, Declare):
        return ("taken", bare(given)) if around.bindings and all(one.steps for one in around.bindings) else None
    if not isinstance(around, Member):
        return None
    if not around.optional:
        return "taken", around
    over = around.parent
    return ("asserted", over) if isinstance(over, Cast) and (over.form == "!") else None


def _held(module: Module, call: Call, binding: Binding) -> Iterator[UncheckedIdentity]:
    """Yield what is done with a name that holds who calls, where no use of it looks whether there is somebody."""
    if binding.writes or binding.form != "const" or any(_may_check(use) for use in binding.uses):
        return
    for use in binding.uses:
        found = _in_place(use)
        if found is not None:
            yield UncheckedIdentity(module, call, *found)
    for ranged in indexes.find(module):
        for step in (step for one in ranged.ranges for step in one.steps if step.method == "eq"):
            source = _constant(step.value) if step.value is not None else None
            of = bare(source.of) if isinstance(source, Member) else None
            is_it = isinstance(of, Name) and of.binding is binding
            if is_it and step.value is not None and step.field and _may_lack(module, ranged.table, step.field):
                yield UncheckedIdentity(module, call, "looked_up", step.value, step.field)


def _constant(expression: Expression) -> Expression:
    """Return an expression, or what the constant holds that it is a name of."""
    inner = bare(expression)
    binding = inner.binding if isinstance(inner, Name) else None
    is_constant = binding is not None and binding.form == "const" and not binding.steps
    return bare(binding.of) if is_constant and binding is not None and binding.of is not None else inner


def _may_check(use: Expression) -> bool:
    """Say whether a use of a name may look whether it is somebody: all do but those that take a member of it."""
    if _in_place(use) is not None:
        return False
    member = outermost(use).parent
    if not isinstance(member, Member):
        return True
    taken = outermost(member).parent
    if isinstance(taken, Declare) and len(taken.bindings) == 1 and not taken.bindings[0].steps:
        return any(not isinstance(outermost(one).parent, Call | Property) for one in taken.bindings[0].uses)
    return not isinstance(taken, Call | Property)


def _may_lack(module: Module, table: str | None, field: str) -> bool:
    """Say whether documents of a table surely may be without a field."""
    found = Schema(module.linked).table(module, table) if table is not None else None
    held = document(table, found.validator).field(field) if found is not None and table is not None else None
    return held is not None and held.optional
