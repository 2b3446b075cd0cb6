"""When a function is scheduled to run: the delay of `runAfter`, the time of `runAt`, and what cannot be right of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from convex_lint.facts.language import FOREVER, GREATEST
from convex_lint.link import clock
from convex_lint.link.shapes import bare
from convex_lint.source import Span
from convex_lint.syntax.nodes import Binary, Call, Member, Name, Spread, Unary
from convex_lint.values import ArrayOf, Constant, Global, Method, Primitive, Service, Structure, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Edit, Place
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression
    from convex_lint.values import Value

FARTHEST = 5 * 366 * 24 * 3600 * 1000
"""The milliseconds from now that a function can be scheduled at (`crates/udf/src/validation.rs` of the backend)."""

_LONG_AGO = 1_500_000_000_000
"""A time in 2017: farther back than any function can be scheduled at by code that is linted now."""

_FAR_AHEAD = 4_102_444_800_000
"""A time in 2100."""

_SOON = 1000
"""The milliseconds in which what is started before surely is not over."""

_METHODS = ("runAfter", "runAt")
_DEEP = 20


@dataclass(frozen=True)
class Amount:
    """A number as a sum: how often the present time is in it, a constant, and whether more is added or taken away."""

    clock: float = 0
    constant: float = 0
    more: bool = False
    less: bool = False

    def plus(self, other: Amount) -> Amount:
        """Return the sum of both."""
        constant = self.constant + other.constant
        return Amount(self.clock + other.clock, constant, self.more or other.more, self.less or other.less)

    def times(self, factor: float) -> Amount:
        """Return it multiplied."""
        more, less = (self.less, self.more) if factor < 0 else (self.more, self.less)
        return Amount(self.clock * factor, self.constant * factor, more, less)

    @property
    def is_known(self) -> bool:
        """Whether there is nothing in it that is not known."""
        return not (self.more or self.less)


NOT_KNOWN = Amount(more=True)


class DelayFault(NamedTuple):
    """What is wrong with a time, what to do, and the method of the scheduler that it fits, where there is one."""

    message: str
    help: str
    method: str = ""


class Scheduled:
    """A call of `ctx.scheduler.runAfter` or `runAt`; `method` is which."""

    def __init__(self, module: Module, node: Call, method: str) -> None:
        self.module = module
        self.node = node
        self.method = method
        self._when = node.arguments[0]

    @property
    def place(self) -> Place:
        """The delay, or the time."""
        return self.module.at(self._when)

    @property
    def fault(self) -> DelayFault | None:
        """What surely is wrong with the delay or the time, so that the call throws."""
        value = self.module.linked.value(self._when)
        what = "delay" if self.method == "runAfter" else "time"
        if _is_no_number(value):
            return DelayFault(f"the {what} is no number", "give milliseconds as a number")
        if self._is_endless(bare(self._when)):
            return DelayFault(f"the {what} is not finite", "give a number of milliseconds")
        amount = _amount(self.module, self._when, _DEEP)
        return self._after(amount) if self.method == "runAfter" else self._at(amount)

    def _after(self, delay: Amount) -> DelayFault | None:
        if _is_date(self.module, bare(self._when)):
            return DelayFault("this is a date, and `ctx.scheduler.runAfter` takes a delay", "use `runAt`", "runAt")
        if delay.clock >= 1 and not delay.less:
            help_ = "use `runAt`, or leave the present time out"
            return DelayFault("this is a time, and `ctx.scheduler.runAfter` takes a delay", help_, "runAt")
        if delay.clock or not delay.is_known:
            return None
        if delay.constant < 0:
            return DelayFault("the delay is negative", "give milliseconds from now, 0 or more")
        too_far = DelayFault("the delay is more than 5 years", "give milliseconds from now")
        return too_far if delay.constant > FARTHEST else None

    def _at(self, time: Amount) -> DelayFault | None:
        if not time.is_known:
            return None
        is_date = _is_date(self.module, bare(self._when))
        if time.clock == 0 and 0 <= time.constant <= FARTHEST and not is_date:
            help_ = "use `runAfter`, or give milliseconds since 1970"
            return DelayFault("this is a delay, and `ctx.scheduler.runAt` takes a time", help_, "runAfter")
        if time.clock == 0 and not _LONG_AGO <= time.constant <= _FAR_AHEAD:
            which = "past" if time.constant < _LONG_AGO else "future"
            return DelayFault(f"the time is more than 5 years in the {which}", "give milliseconds since 1970")
        if 0 < time.clock < 1:
            return DelayFault("the time is not in milliseconds", "give milliseconds since 1970")
        if time.clock == 1 and abs(time.constant) > FARTHEST:
            which = "past" if time.constant < 0 else "future"
            return DelayFault(f"the time is more than 5 years in the {which}", "choose one that is nearer")
        return None

    def _is_endless(self, written: Expression) -> bool:
        if isinstance(written, Unary) and written.operator == "-" and written.of is not None:
            written = written.of
        value = self.module.linked.value(written)
        return isinstance(value, Global) and value.name in FOREVER

    def with_method(self, name: str) -> Edit | None:
        """Return the edit that calls another method of the scheduler."""
        callee = bare(self.node.callee)
        if not name or not isinstance(callee, Member) or callee.name_end - callee.name_start != len(callee.name):
            return None
        return self.module.replace(Span(callee.name_start, callee.name_end), name)


def is_soon(module: Module, call: Call) -> bool:
    """Say whether a call of the scheduler surely has a function run at once, not later or spread in time."""
    method = present(module.linked.value(call.callee))
    if not isinstance(method, Method) or not call.arguments or isinstance(call.arguments[0], Spread):
        return False
    amount = _amount(module, call.arguments[0], _DEEP)
    is_from_now = amount.clock == (1 if method.name == "runAt" else 0)
    return amount.is_known and is_from_now and amount.constant <= _SOON


def _is_no_number(value: Value) -> bool:
    if isinstance(value, Constant | Primitive):
        return value.form != "number"
    return isinstance(value, ArrayOf | Structure)


def _amount(module: Module, written: Expression, deep: int) -> Amount:  # noqa: PLR0911  one case a shape
    written = bare(written)
    number = _number(module.linked.value(written))
    if number is not None:
        return Amount(constant=number)
    match written:
        case Unary(operator="-" | "+" as sign) if written.of is not None:
            return _amount(module, written.of, deep).times(-1 if sign == "-" else 1)
        case Binary():
            return _combined(module, written, deep)
        case Call() if _is_now(module, written):
            return Amount(clock=1)
        case Call() if _is_date(module, written) and len(written.arguments) == 1:
            return _amount(module, written.arguments[0], deep)
        case Name() if deep and _is_constant(written):
            held = written.binding.of if written.binding is not None else None
            return _amount(module, held, deep - 1) if held is not None else NOT_KNOWN
        case _:
            return NOT_KNOWN


def _number(value: Value) -> float | None:
    if isinstance(value, Constant) and value.form == "number":
        return float(value.value or 0)
    return GREATEST.get(value.name) if isinstance(value, Global) else None


def _combined(module: Module, written: Binary, deep: int) -> Amount:
    left, right = _amount(module, written.left, deep), _amount(module, written.right, deep)
    if written.operator in {"+", "-"}:
        return left.plus(right.times(-1 if written.operator == "-" else 1))
    if written.operator == "*" and _is_plain(left):
        left, right = right, left
    if written.operator == "*" and _is_plain(right):
        return left.times(right.constant)
    if written.operator == "/" and _is_plain(right) and right.constant:
        return left.times(1 / right.constant)
    return Amount(more=True, less=True)


def _is_plain(amount: Amount) -> bool:
    return amount.is_known and amount.clock == 0


def _is_constant(name: Name) -> bool:
    binding = name.binding
    return binding is not None and binding.form in {"const", "let"} and not (binding.writes or binding.steps)


def _is_date(module: Module, written: Expression) -> bool:
    return isinstance(written, Call) and written.new and module.linked.value(written.callee) == Global("Date")


def _is_now(module: Module, call: Call) -> bool:
    """Say whether a call gives the present time in milliseconds: `Date.now()`, `new Date().getTime()`, `new Date()`."""
    callee = bare(call.callee)
    if isinstance(callee, Member) and callee.name in {"getTime", "valueOf"}:
        made = bare(callee.of)
        return isinstance(made, Call) and made.new and clock.read_by(module.linked, made) == "new Date()"
    return clock.read_by(module.linked, call) == "Date.now()"


def find(module: Module) -> Iterator[Scheduled]:
    """Yield the calls of a module that schedule a function."""
    for call in module.summary.calls(_METHODS):
        if call.arguments and not isinstance(call.arguments[0], Spread) and module.whole(call, call.function):
            callee = present(module.linked.value(call.callee))
            if (
                isinstance(callee, Method)
                and callee.of == Service("scheduler")
                and callee.name in {"runAfter", "runAt"}
            ):
                yield Scheduled(module, call, callee.name)
