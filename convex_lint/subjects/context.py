"""Uses of what ctx does not have in the functions that they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from convex_lint.facts.context import ANYWHERE, METHODS, READ_IN, SYNONYMS, WRITES, exists, has
from convex_lint.link import context
from convex_lint.link.parameters import own_binding
from convex_lint.link.shapes import dotted
from convex_lint.nearest import nearest
from convex_lint.stubs import is_stub
from convex_lint.subjects.reach import Way
from convex_lint.syntax.nodes import Array, Call, Cast, Declare, Member, Object, Property
from convex_lint.values import Closure, Ctx, Instance, Method, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Place, Pointer
    from convex_lint.link.context import Handed, Path
    from convex_lint.link.registered import Deployed, Registered
    from convex_lint.subjects.module import Module, Ranged
    from convex_lint.syntax.nodes import Function, Node

_SLIP = 0.8
"""How alike two names are of which one is a slip for the other, and hardly the name of something new."""

_ARTICLES = {"action": "an action", "mutation": "a mutation", "query": "a query"}


class Lack:
    """A use of something that ctx surely does not have where it is used.

    `path` is the member of ctx, or the member of one (`("db", "patch")`), and `kinds` are those of the functions that
    the code runs in. `by` is the function that ctx is handed to and that uses it; None where it is used here. `ways`
    lead from deployed functions to a function that is none itself.
    """

    def __init__(self, asked: _Asked, node: Ranged, path: Path, ways: tuple[Way, ...], by: str | None) -> None:
        self.module = asked.module
        self.node = node
        self.path = path
        self.kinds = asked.ctx.kinds
        self.by = by
        self.ways = ways
        self._asked = asked

    @property
    def place(self) -> Place:
        """The member, or ctx where it is handed on."""
        return self.module.at(self.node)

    @property
    def about(self) -> str:
        """What it is: the `database` in an action, a `write` in a query, or something `other`."""
        if self.path == ("db",):
            return "database"
        return "write" if self.kinds == {"query"} and self.path in WRITES else "other"

    @property
    def words(self) -> str:
        """What ctx does not have, as it is spelt where ctx is called that."""
        return ".".join(("ctx", *self.path))

    @property
    def message(self) -> str:
        """What is wrong, in the words of a message."""
        who = " or ".join(_ARTICLES[kind] for kind in sorted(self.kinds))
        if self.by is not None:
            return f"`{self.by}` needs `{self.words}`, which {who} does not have"
        comes = f", and `{self.ways[0].name}` comes here" if self.ways else ""
        return f"{who} has no `{self.words}`{comes}"

    @property
    def related(self) -> tuple[Pointer, ...]:
        """The calls on the way from a deployed function, as places that explain a finding."""
        return self.ways[0].related if self.ways else ()

    @property
    def known(self) -> bool:
        """Whether the ctx of another kind of function, or of another version of Convex, has it."""
        return exists(self.path)

    @property
    def late(self) -> bool:
        """Whether a later version of Convex has it, which may be installed if a range of versions is asked for."""
        return self.path in has(self.kinds, None)

    @property
    def meant(self) -> str | None:
        """What was probably meant, where no ctx has such a thing."""
        *before, name = self.path
        if before:
            return _meant(name, before[0], self.kinds)
        for member in METHODS:
            if any(name in METHODS[member].get(kind, ()) for kind in self.kinds):
                return f"ctx.{member}.{name}"
        found = nearest(name, sorted(ANYWHERE | {name for name, _ in self._asked.ctx.extra}), _SLIP)
        return f"ctx.{found}" if found is not None else None

    @property
    def sure(self) -> bool:
        """Whether there surely is nothing of that name, or something else was probably meant."""
        return self.known or self._asked.is_read or self.meant is not None


def _meant(name: str, member: str, kinds: frozenset[str]) -> str | None:
    names = frozenset[str]().union(*(METHODS[member].get(kind, frozenset()) for kind in kinds))
    if SYNONYMS.get(name) in names:
        return f"ctx.{member}.{SYNONYMS[name]}"
    found = nearest(name, sorted(names), _SLIP)
    return f"ctx.{member}.{found}" if found is not None else None


def find(module: Module) -> Iterator[Lack]:
    """Yield the uses of what ctx does not have."""
    project = module.linked.project_of(module.path)
    version = project.convex if project is not None else None
    for function in module.summary.code.functions:
        for index in range(len(function.parameters)):
            if _may_be_ctx(function, index):
                ctx = present(module.linked.parameter(function, index))
                if isinstance(ctx, Ctx) and not ctx.open and module.whole(function, function):
                    yield from _lacks(_Asked(module, function, index, ctx, version))


def _may_be_ctx(function: Function, index: int) -> bool:
    """Say whether it is worth asking if a parameter is ctx: most are something else."""
    is_first = index == 0 and function.inside is None
    for bound in function.parameters[index].pattern:
        if bound.steps:
            if bound.steps[0] in ANYWHERE:
                return True
            continue
        for use in bound.uses:
            parent = use.parent
            if isinstance(parent, Member):
                if parent.name in ANYWHERE or (is_first and isinstance(function.parent, Property | Call)):
                    return True
            elif isinstance(parent, Cast | Declare) or (is_first and isinstance(parent, Call)):
                return True
    return False


class _Asked(NamedTuple):
    """A parameter that is ctx."""

    module: Module
    function: Function
    at: int
    ctx: Ctx
    version: tuple[int, ...] | None

    @property
    def is_read(self) -> bool:
        """Whether all that ctx has is known; who hands it to a callback may add more to it."""
        is_known = self.version is not None and self.version[:2] <= READ_IN
        is_own = self.is_declared or own_binding(self.function) is not None
        return is_known and (is_own or bool(self.module.linked.registered_as(self.function)))

    @property
    def is_declared(self) -> bool:
        """Whether only its type says that it is ctx."""
        is_typed = self.function.parameters[self.at].type is not None
        return is_typed and not self.module.linked.registered_as(self.function)

    @property
    def is_callback(self) -> bool:
        """Whether a package hands ctx to the function, which is written where the package is given it."""
        linked = self.module.linked
        node: Node | None = self.function.parent
        while isinstance(node, Cast | Property | Object | Array):
            node = node.parent
        callee = present(linked.value(node.callee)) if isinstance(node, Call) else None
        if isinstance(callee, Method) and isinstance(callee.of, Instance):
            return is_stub(callee.of.of.path)
        return isinstance(callee, Closure) and is_stub(callee.path)

    def lacks(self, path: Path, ctx: Ctx) -> int:
        """Return how many steps of a path lead to what a ctx of none of its kinds has; 0 where one may have it."""
        there = has(ctx.kinds, self.version)
        if path in there or ctx.open or any(name == path[0] for name, _ in ctx.extra):
            return 0
        if path[:1] not in there:
            return 1
        return 2 if path[0] in METHODS else 0


def _lacks(asked: _Asked) -> Iterator[Lack]:
    uses = context.Uses(asked.function.parameters[asked.at])
    if uses.guarded:
        return
    found: list[tuple[Ranged, Path, str | None]] = []
    for use in uses.taken:
        steps = asked.lacks(use.path, asked.ctx)
        if steps > use.begun and not (use.cast and asked.is_declared):
            found.append((use.node, use.path[:steps], None))
    for handed in uses.handed:
        path = None if handed.cast and asked.is_declared else _lacking(asked, handed)
        if path is not None:
            found.append((handed.argument, path, dotted(handed.call.callee)))
    ways = _ways(asked) if found else None
    for node, path, by in found if ways is not None else ():
        lack = Lack(asked, node, path, ways or (), by)
        if lack.sure:
            yield lack


def _lacking(asked: _Asked, handed: Handed) -> Path | None:
    """Return what ctx does not have of what is used by the function that it is handed to, if that is wrong here.

    It is wrong there where all that call it lack the same.
    """
    linked = asked.module.linked
    needs = context.needed_by(linked, handed)
    begun = len(handed.path)
    paths = [(*handed.path, *path)[:2] for path in needs.of]
    found = {path[:steps] for path in paths if (steps := asked.lacks(path, asked.ctx)) > begun and exists(path[:steps])}
    callee = context.called(linked, handed.call) if found else None
    if callee is None:
        return None
    is_rejected = needs.kinds is not None and not handed.cast and not begun and not _fits(asked.ctx, needs.kinds)
    inner = present(linked.received(callee.path, callee.ordinal, handed.at)) if not begun else None
    for path in sorted(found):
        is_wrong_there = isinstance(inner, Ctx) and asked.lacks(path, inner) > 0
        if not is_wrong_there and (is_rejected or linked.surely(callee.path, callee.ordinal, handed.at, path[begun:])):
            return path
    return None


def _fits(ctx: Ctx, wanted: frozenset[str]) -> bool:
    """Say whether the type checker takes a ctx where one of some kinds is wanted: a mutation's does for a query's."""
    return any(kind in wanted or (kind == "mutation" and "query" in wanted) for kind in ctx.kinds)


def _ways(asked: _Asked) -> tuple[Way, ...] | None:
    """Return the ways from deployed functions of the kinds to a helper; None where none of them runs the function.

    The type of ctx is not enough: a function for the ctx of a query may be given that of a mutation, which has more.
    """
    registered = asked.module.linked.registered_as(asked.function)
    if registered:
        return () if any(_runs(made) for made in registered) else None
    closure = Closure(asked.function.scope.path, asked.function.ordinal)
    found = [Way(one) for one in asked.module.linked.ways(closure) if _runs(one.deployed)]
    ways = tuple(way for way in found if way.kind.replace("httpAction", "action") in asked.ctx.kinds)
    return ways if ways or (not found and asked.is_callback and not asked.is_declared) else None


def _runs(made: Registered | Deployed) -> bool:
    """Say whether a function is deployed by a name of its own, or behind a route, which needs none."""
    return bool(made.names) or made.kind == "httpAction"
