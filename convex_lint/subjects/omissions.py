"""Arguments that callers may leave out, where they are written or compared as if they were there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint import flow
from convex_lint.link import modules
from convex_lint.link.shapes import bare, outermost
from convex_lint.subjects import fields, indexes, sent
from convex_lint.subjects.schema import Schema
from convex_lint.syntax.nodes import (
    Assign,
    Await,
    Binary,
    Call,
    Cast,
    Evaluate,
    Function,
    Literal,
    Member,
    Name,
    Object,
    Spread,
    Unary,
)
from convex_lint.validators import members
from convex_lint.values import Global

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.subjects.module import Module
    from convex_lint.subjects.sent import Sent
    from convex_lint.syntax.nodes import Expression

_Run = tuple[bool, bool]
"""Of a piece of code that begins where an argument may be missing: whether it may go on so, and whether it uses it."""

_CHECKED: _Run = (False, False)
_PLAIN: _Run = (True, False)
_USED: _Run = (True, True)


class Omission:
    """An argument that may be left out, and is used as it came where nothing has made sure that it is there.

    `by` says how: `patch`, where it is the value of a field, or `index`, where a field is compared with it. `needed`
    says whether all documents of `table` surely have to have that field.
    """

    def __init__(self, module: Module, value: Expression, argument: Sent, by: str, field: str) -> None:
        self.module = module
        self.place = module.at(bare(value))
        self.argument = argument
        self.by = by
        self.field = field
        self.table: str | None = None
        self.needed = False


def find(module: Module) -> Iterator[Omission]:
    """Yield the arguments that may be missing where a module patches documents, or compares fields in a range."""
    schema = Schema(module.linked)
    for use in fields.find(module):
        written = bare(use.document) if use.method == "patch" and use.document is not None else None
        if isinstance(written, Object):
            for name, value in _last(written):
                yield from _omissions(module, value, use.call, ("patch", name, use.table), schema)
    for used in indexes.find(module):
        for step in (step for found in used.ranges if used.form == "index" for step in found.of("eq")):
            compares = outermost(step.value).parent if step.value is not None else None
            if step.value is not None and step.field is not None and isinstance(compares, Call):
                yield from _omissions(module, step.value, compares, ("index", step.field, used.table), schema)


def _last(written: Object) -> Iterator[tuple[str, Expression]]:
    """Yield the fields of an object that nothing behind them may replace."""
    for at, entry in enumerate(written.properties):
        if isinstance(entry, Spread) or entry.key is None or entry.form not in {"pair", "shorthand"}:
            continue
        behind = written.properties[at + 1 :]
        if not any(isinstance(one, Spread) or one.key in {None, entry.key} for one in behind):
            yield entry.key, entry.value


def _omissions(
    module: Module, value: Expression, call: Call, said: tuple[str, str, str | None], schema: Schema
) -> Iterator[Omission]:
    by, field, table = said
    is_asserted = isinstance(value, Cast) and value.form == "!"
    argument = sent.of(module, value) if not is_asserted else None
    if argument is None or not argument.validator.optional or not _may_be_missing(module, argument, call):
        return
    found = Omission(module, value, argument, by, field)
    known = schema.table(module, table) if table is not None and schema.validates(module) else None
    found.table = table
    found.needed = known is not None and all(field in one.needed for one in members(known.validator))
    yield found


def _may_be_missing(module: Module, argument: Sent, call: Call) -> bool:
    """Say whether a call is reached with an argument that was left out, as far as the code around it tells."""
    used = [*sent.uses(argument.handler, argument.path)]
    target: Expression = call
    function = call.function
    while function is not None:
        if not _reaches(module, function, target, used):
            return False
        if function is argument.handler:
            return True
        target, function = function, function.inside
    return False


def _reaches(module: Module, function: Function, target: Expression, used: list[Expression]) -> bool:
    def leaf(one: Expression) -> _Run:
        return _USED if one is target else _CHECKED if _makes_sure(module, one, used) else _PLAIN

    algebra: flow.Algebra[_Run] = flow.Algebra(
        _PLAIN,
        leaf,
        lambda before, after: (before[0] and after[0], before[1] or (before[0] and after[1])),
        lambda one, other: (one[0] or other[0], one[1] or other[1]),
        lambda once: (True, once[1]),
        lambda test, outcome: _CHECKED if _shows(test, outcome, used) else _PLAIN,
    )
    found = flow.ways_out(function, algebra)
    return found is not None and found[1]


def _makes_sure(module: Module, done: Expression, used: list[Expression]) -> bool:
    """Say whether an argument surely is there behind an expression: it is given a value, or something may refuse it."""
    if isinstance(done, Assign):
        return any(done.target.start <= use.start < done.target.end for use in used)
    if not isinstance(done, Call):
        return False
    told = [at for at, one in enumerate(done.arguments) if any(_is_in(use, one, done) for use in used)]
    if not told or isinstance(module.linked.value(done.callee), Global):
        return False
    waits = done.parent if isinstance(done.parent, Await) else done
    closure = modules.callee(module.linked, done)
    return isinstance(waits.parent, Evaluate) or (
        closure is not None and any(module.linked.asserts(closure.path, closure.ordinal, at) for at in told)
    )


def _is_in(use: Expression, argument: Expression, call: Call) -> bool:
    """Say whether an argument of a call is made with something: not whether a callback in it uses that."""
    root = bare(use)
    while isinstance(root, Member):
        root = bare(root.of)
    is_near = isinstance(root, Name) and root.scope.function is call.function
    return is_near and argument.start <= use.start < argument.end


def _shows(test: Expression, outcome: bool, used: list[Expression]) -> bool:  # noqa: FBT001, PLR0911  one case a test
    """Say whether an argument may be taken to be there where a test turned out so."""
    test = bare(test)
    held = test.binding.of if isinstance(test, Name) and test.binding is not None else None
    # Another argument is made of the whole handler, and shows nothing of this one.
    spans = [test] if held is None or isinstance(held, Function) else [test, held]
    if not any(span.start <= use.start < span.end for use in used for span in spans):
        return False
    if any(bare(use) is test for use in used):
        return outcome
    if isinstance(test, Unary) and test.operator == "!" and test.of is not None:
        return _shows(test.of, not outcome, used)
    if isinstance(test, Binary) and test.operator in {"&&", "||"}:
        left, right = _shows(test.left, outcome, used), _shows(test.right, outcome, used)
        if outcome == (test.operator == "&&"):
            return left or right
        return left and (right or _shows(test.left, not outcome, used))
    if isinstance(test, Binary) and test.operator in {"==", "===", "!=", "!=="}:
        sides = (bare(test.left), bare(test.right))
        if any(isinstance(side, Literal) and side.form in {"null", "undefined"} for side in sides):
            return outcome == test.operator.startswith("!")
    return True
