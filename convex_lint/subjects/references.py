"""Places where a function is called, scheduled or registered as a job by its reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.diagnostics import Pointer
from convex_lint.facts.api import ACCEPTED, CRON_METHODS, RUNNABLE, RUNS, SCHEDULED
from convex_lint.link import paging, signatures
from convex_lint.link.identity import Grade
from convex_lint.link.shapes import bare, choices, dotted, leaves, outermost
from convex_lint.source import Span
from convex_lint.subjects import branches, hooks
from convex_lint.subjects.clock import around
from convex_lint.subjects.fitting import misfits, strange_ids, together
from convex_lint.subjects.functions import kinds, ways
from convex_lint.subjects.importing import instead
from convex_lint.subjects.module import once
from convex_lint.syntax.nodes import (
    Array,
    Call,
    Member,
    Name,
    Object,
    Property,
    Spread,
    Try,
)
from convex_lint.validators import NOT_KNOWN
from convex_lint.values import (
    PUBLIC,
    ArrayOf,
    Constant,
    Crons,
    Ctx,
    Method,
    RecordOf,
    Reference,
    Service,
    Structure,
    Validator,
    Value,
    present,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from convex_lint.diagnostics import Edit, Place
    from convex_lint.link import Linked
    from convex_lint.link.registered import Deployed
    from convex_lint.link.shapes import Choices
    from convex_lint.subjects.fitting import Misfit
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression

_SCHEDULES = frozenset({"runAfter", "runAt"})
_MANY = frozenset({"id", "object", "any", "union"})
_TAKERS = _SCHEDULES | RUNS | CRON_METHODS

SKIP = Constant("string", "skip")
"""What a hook is given in the place of the arguments for a query that it is not to run."""


class ReferenceUse:
    """A function reference (`internal.users.get`) that is called, scheduled or registered.

    `by` is what takes it: `scheduler`, `cron`, `run`, `package`, or `hook` for what one gave that is called here;
    `words` is that in the words of a message. `choices` are the tests for which it is this reference and not another.
    """

    def __init__(  # noqa: PLR0913, PLR0917  a use is its parts
        self,
        module: Module,
        node: Expression,
        reference: Reference,
        by: str,
        words: str,
        call: Call,
        index: int,
        choices: Choices,
    ) -> None:
        self.module = module
        self.node = node
        self.reference = reference
        self.by = by
        self.words = words
        self._call = call
        self._index = index
        self._choices = choices

    @property
    def place(self) -> Place:
        """The reference."""
        return self.module.at(self.node)

    @property
    def call(self) -> Call:
        """The call that takes it."""
        return self._call

    @property
    def spelt(self) -> str:
        """The reference in full, whatever names it is written with here."""
        return ".".join((self.reference.root, *self.reference.path))

    @property
    def target(self) -> Deployed | None:
        """The function that it refers to, where that is known."""
        return self.module.linked.target(self.reference)

    @property
    def wants_login(self) -> bool:
        """Whether the function surely does nothing for nobody: it, or what its builder runs first, asks who calls."""
        target = self.target
        if target is None:
            return False
        graded = (self._linked.identity(one.path, one.ordinal) for one in target.runs)
        own = target.handler
        return Grade.ENFORCES in graded or (own is not None and self._linked.guards(own.path, own.ordinal))

    @property
    def given(self) -> Expression | None:
        """The arguments that the function is called with, where they are written here."""
        given = self._call.arguments
        at = self._index + 1
        if at >= len(given) or any(isinstance(one, Spread) for one in given[: at + 1]):
            return None
        return given[at] if self._takes_arguments else None

    @property
    def gives_nothing(self) -> bool:
        """Whether the call surely gives the function no arguments."""
        given = self._call.arguments
        is_alone = len(given) == self._index + 1 and not any(isinstance(one, Spread) for one in given)
        return is_alone and self._takes_arguments and not self._is_chosen_before

    @property
    def _takes_arguments(self) -> bool:
        """Whether what stands behind the reference, if anything does, are the arguments for the function."""
        if self.by != "package":
            return True
        return isinstance(present(signatures.argument(self._linked, self._call, self._index + 1)), RecordOf)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of ctx that the code runs with which takes it; none where that is not known."""
        return kinds(self.module, self._call.function)

    @property
    def stays(self) -> bool:
        """Whether all functions that surely come here run in the runtime that the function runs in, too."""
        target, runs_in_node = self.target, self._linked.runs_in_node
        if target is None or target.kind not in self.accepts:
            return False
        found = ways(self.module, self._call.function)
        return bool(found) and all(runs_in_node(way.deployed.path) == runs_in_node(target.path) for way in found)

    @property
    def handed(self) -> tuple[Pointer, ...]:
        """The call that hands the reference to the function which takes it here, where a parameter holds it."""
        node, function = bare(self.node), self._call.function
        binding = node.binding if isinstance(node, Name) else None
        if binding is None or binding.of is not function or function is None:
            return ()
        found = (way.steps[-1] for way in ways(self.module, function) if way.steps)
        edge = next((one for one in found if one.callee.ordinal == function.ordinal), None)
        if edge is None:
            return ()
        return (Pointer(edge.caller.path, edge.caller.ordinal, edge.nth, f"`{self.spelt}` is given here"),)

    @property
    def limited(self) -> bool:
        """Whether the call says more than what to run with which arguments, such as limits of its own."""
        return self.by == "run" and len(self._call.arguments) > self._index + 2

    @property
    def tried(self) -> bool:
        """Whether something is ready for the call to fail: a `try` around it in its function, or a `.catch(…)`."""
        parent = outermost(self._call).parent
        if isinstance(parent, Member) and parent.name in {"catch", "then"}:
            return True
        body = self._call.function.body if self._call.function is not None else None
        outer = around(body, self._call) if body is not None else ()
        return any(isinstance(one, Try) and one.body.start <= self._call.start < one.body.end for one in outer)

    @property
    def stands_alone(self) -> bool:
        """Whether the function cannot be a helper of what runs it: it is that itself, or both may read a page.

        One run of a function may read one page.
        """
        target = self.target
        if target is None:
            return False
        found = [way.deployed for way in ways(self.module, self._call.function)]
        if any(deployed.handler == target.handler for deployed in found):
            return True
        return bool(paging.most_in(self._linked, target)) and any(
            paging.most_in(self._linked, deployed, joined=True) == paging.MANY for deployed in found
        )

    @property
    def args(self) -> Validator:
        """The validator of the arguments of the function; one of which nothing is known where it is not seen."""
        target = self.target
        if target is None:
            return NOT_KNOWN
        found = self._linked.validator(target.path, self.reference.path[-1], "args")
        return found if found is not None else NOT_KNOWN

    @property
    def takes_many(self) -> bool:
        """Whether the function is given a list of what it does something for: ids, or objects."""
        given = bare(self.given) if self.given is not None else None
        entries = given.properties if isinstance(given, Object) else ()
        keys = {one.key for one in entries if isinstance(one, Property)}
        is_seen = isinstance(given, Object) and len(keys) == len(entries)
        return any(_is_many(one) for name, one in self.args.fields if name in keys or not is_seen)

    @property
    def misfits(self) -> tuple[Misfit, ...]:
        """What of the arguments surely does not fit the validator of the function."""
        given = self.given
        sent = [one for one in leaves(given) if not self._is_skip(one)] if given is not None else []
        found = (self._sure(misfits(self.module, one, self.args)) for one in sent)
        return tuple(misfit for each in found for misfit in together(each))

    @property
    def strange_ids(self) -> tuple[Misfit, ...]:
        """The ids among the arguments that surely are of another table than the function takes."""
        return self._sure(strange_ids(self.module, self.given, self.args)) if self.given is not None else ()

    def _sure(self, found: Iterable[Misfit]) -> tuple[Misfit, ...]:
        """Return what is found of arguments that go with the reference, where this is one of several."""
        if self._is_chosen_before or self.given is None:
            return ()
        return branches.sure(self.module, found, self.given, self._choices)

    @property
    def _is_chosen_before(self) -> bool:
        """Whether the reference is one of several that a hook is told: then it is not seen which one a call runs."""
        return self.by == "hook" and bool(self._choices)

    def _is_skip(self, given: Expression) -> bool:
        """Say whether a hook is told not to run the function: `"skip"` in the place of its arguments."""
        return self.by == "package" and self._linked.value(given) == SKIP

    @property
    def _linked(self) -> Linked:
        return self.module.linked

    @property
    def accepts(self) -> tuple[str, ...]:
        """The kinds of functions that what takes it can run; none where that is not known."""
        if self.by == "cron":
            return SCHEDULED
        if self.by != "package":
            return ACCEPTED.get(self.words.rpartition(".")[2], ()) if self.by != "hook" else ()
        return ACCEPTED.get(self._function, ()) if isinstance(self._wanted, Reference) else ()

    @property
    def is_public(self) -> bool:
        """Whether what takes it runs public functions only, as a client does."""
        return self.by == "hook" or self._wanted == PUBLIC

    @property
    def hooked(self) -> bool:
        """Whether a hook takes it that gives a function which runs it."""
        return self.is_public and self._function in hooks.GIVING

    @property
    def _wanted(self) -> Value | None:
        """What the function of a package says that it takes in this place."""
        found = signatures.argument(self._linked, self._call, self._index) if self.by == "package" else None
        return present(found) if found is not None else None

    @property
    def _function(self) -> str:
        """The function or the method of a package that takes it, by its own name."""
        found = signatures.callee(self._linked, present(self._linked.value(self._call.callee)))
        return self._linked.function(found[0]).name or "" if found is not None else ""

    @property
    def job(self) -> str | None:
        """The name of the cron job that it is the function of, where that is known."""
        name = self.module.linked.value(self._call.arguments[0]) if self.by == "cron" else None
        return str(name.value) if isinstance(name, Constant) else None

    def ran_by(self, kind: str) -> tuple[str, Edit | None] | None:
        """Return the method of this ctx that runs functions of a kind, with the edit that calls it; None for none."""
        callee = bare(self._call.callee)
        value = present(self.module.linked.value(callee)) if self.by == "run" else None
        ctx = value.of if isinstance(value, Method) else None
        if not isinstance(ctx, Ctx) or any(kind not in RUNNABLE[one] for one in ctx.kinds):
            return None
        name = f"run{kind.capitalize()}"
        is_alone = bare(self._call.arguments[self._index]) is bare(self.node)
        if not (is_alone and isinstance(callee, Member) and callee.name_end - callee.name_start == len(callee.name)):
            return name, None
        return name, self.module.replace(Span(callee.name_start, callee.name_end), name)

    def could_run(self, reference: Reference) -> bool:
        """Say whether another function could stand in its place: one of a kind that is run here, with what is given."""
        other = ReferenceUse(
            self.module, self.node, reference, self.by, self.words, self._call, self._index, self._choices
        )
        target, accepted = other.target, other.accepts
        is_accepted = target is None or not accepted or target.kind in accepted
        return is_accepted and not other.misfits and not (other.gives_nothing and other.args.needed)

    def through(self, root: str) -> tuple[Edit, ...]:
        """Return the edits that take the function through another root."""
        return through(self.module, self.node, self.reference, root)


def _is_many(validator: Validator) -> bool:
    if validator.kind == "union":
        return any(map(_is_many, validator.items))
    return validator.kind == "array" and any(one.kind in _MANY for one in validator.items)


def through(module: Module, node: Expression, reference: Reference, root: str) -> tuple[Edit, ...]:
    """Return the edits that write another root for that of a reference; none where its name means something else."""
    first: Expression = bare(node)
    while isinstance(first, Member):
        first = bare(first.of)
    # A name that stands for a part of the reference would change what is meant.
    if not isinstance(first, Name) or first.binding is None or first.binding.imported != reference.root:
        return ()
    found = instead(module, first.binding, root, first.scope)
    return (*found.edits, module.replace(first, found.name)) if found is not None else ()


@once
def find(module: Module) -> Iterator[ReferenceUse]:
    """Yield the uses of references to functions in a module."""
    for leaf, by, words, call, index in places(module):
        value = module.linked.value(leaf)
        if isinstance(value, Reference) and (value.root or by != "package") and not module.linked.refers(value).part:
            tests = choices(leaf)
            use = ReferenceUse(module, leaf, value, by, words, call, index, tests)
            yield use
            for later in hooks.calls(call) if use.hooked else ():
                yield ReferenceUse(module, later.callee, value, "hook", words, later, -1, tests)


def places(module: Module) -> Iterator[tuple[Expression, str, str, Call, int]]:
    """Yield what stands where a reference belongs: what takes it, that in words, the call, which argument."""
    for call in module.summary.calls(_TAKERS | module.linked.described().takers):
        if call.arguments and module.whole(call, call.function):
            taker = _taker(module, call)
            if taker is None:
                yield from _handed_over(module, call)
            else:
                index, by, words = taker
                for leaf in leaves(call.arguments[index]) if index < len(call.arguments) else ():
                    yield leaf, by, words, call, index


def _handed_over(module: Module, call: Call) -> Iterator[tuple[Expression, str, str, Call, int]]:
    """Yield what a function of a package takes as references, in objects and lists, too."""
    words = dotted(call.callee) or "a package"
    for at, argument in enumerate(call.arguments):
        for leaf in _wanted(argument, signatures.argument(module.linked, call, at)):
            yield leaf, "package", words, call, at


def _wanted(expression: Expression, wanted: Value) -> Iterator[Expression]:
    """Yield the parts of an expression that stand where a reference is wanted."""
    wanted = present(wanted)
    inner = bare(expression)
    match wanted:
        case Reference():
            yield from leaves(expression)
        case ArrayOf() if isinstance(inner, Array):
            for item in inner.items:
                yield from _wanted(item, wanted.of)
        case Structure() if isinstance(inner, Object):
            for entry in inner.properties:
                if isinstance(entry, Property) and entry.key is not None:
                    yield from _wanted(entry.value, wanted.get(entry.key))
        case _:
            pass


def _taker(module: Module, call: Call) -> tuple[int, str, str] | None:
    """Return the position of the reference among the arguments, what takes it, and that in words."""
    match present(module.linked.value(call.callee)):
        case Method(of=Service(name="scheduler"), name=name) if name in _SCHEDULES:
            return (1, "scheduler", f"ctx.scheduler.{name}")
        case Method(of=Ctx(), name=name) if name in RUNS:
            return (0, "run", f"ctx.{name}")
        case Method(of=Crons(), name=name) if name in CRON_METHODS:
            is_hourly = (
                name == "hourly"
                and len(call.arguments) > 1
                and isinstance(module.linked.value(call.arguments[1]), Reference)
            )
            return (1 if is_hourly else 2, "cron", "a cron job")
        case _:
            return None
