"""The fold over statements: it collects exactly what the ways through a program pass, in their order."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convex_lint import flow, syntax
from convex_lint.source import Source
from convex_lint.syntax.nodes import Call, Loop, Name

if TYPE_CHECKING:
    from convex_lint.syntax.nodes import Expression, Function

Trace = tuple[str, ...]
Ways = frozenset[tuple[Trace, str]]
"""The ways through a program: the calls on each, and how it ends."""

ROUNDS = 2
FALLS, RETURNS, THROWS, BREAKS, CONTINUES = "falls", "returns", "throws", "breaks", "continues"
NOTHING: Ways = frozenset({((), FALLS)})


def function_of(body: str) -> Function:
    """Read a function with a body."""
    code = syntax.read(Source("a.ts", f"async function f() {{ {body} }}".encode()))
    assert not code.errors
    return code.functions[0]


def traces(joined: frozenset[Trace], more: frozenset[Trace]) -> frozenset[Trace]:
    """Put the traces of one part behind those of another."""
    return frozenset(one + other for one, other in product(joined, more))


def rounds(one: frozenset[Trace]) -> frozenset[Trace]:
    """Return the traces of no round and of one: what more rounds give can be told from these."""
    return frozenset({()}) | one


TRACES = flow.Algebra[frozenset[Trace]](
    empty=frozenset({()}),
    leaf=lambda leaf: frozenset({(name_of(leaf),)}) if isinstance(leaf, Call) else frozenset({()}),
    seq=traces,
    alt=lambda one, other: one | other,
    loop=rounds,
)


def name_of(leaf: Expression) -> str:
    """Return the name that a call is of."""
    assert isinstance(leaf, Call)
    assert isinstance(leaf.callee, Name)
    return leaf.callee.text


def then(first: Ways, second: Ways) -> Ways:
    """Run the second where the first falls."""
    on = frozenset((one + other, end) for (one, how), (other, end) in product(first, second) if how == FALLS)
    return on | frozenset(way for way in first if way[1] != FALLS)


def of(ways: Ways, *ends: str) -> Ways:
    """Return the ways that end so, as ways that fall."""
    return frozenset((trace, FALLS) for trace, end in ways if end in ends)


# Programs: a statement is a tuple of its kind and its parts.


def text(statement: Any) -> str:  # noqa: C901, PLR0911  one case a statement
    """Write a statement."""
    kind, *parts = statement
    match kind:
        case "call":
            return f"{parts[0]}();"
        case "block":
            return "{" + " ".join(map(text, parts[0])) + "}"
        case "if":
            return f"if ({parts[0]}()) {text(parts[1])} else {text(parts[2])}"
        case "and":
            return f"{parts[0]}() && {parts[1]}();"
        case "choice":
            return f"{parts[0]}() ? {parts[1]}() : {parts[2]}();"
        case "while":
            return f"while ({parts[0]}()) {text(parts[1])}"
        case "of":
            return f"for (const _ of {parts[0]}()) {text(parts[1])}"
        case "do":
            return f"do {text(parts[1])} while ({parts[0]}());"
        case "switch":
            cases = "".join(f"{'default' if label is None else f'case {label}'}: {text(b)}" for label, b in parts[1])
            return f"switch ({parts[0]}()) {{ {cases} }}"
        case "try":
            final = f" finally {text(parts[2])}" if parts[2] is not None else ""
            caught = f" catch {text(parts[1])}" if parts[1] is not None else ""
            return f"try {text(parts[0])}{caught}{final}" if caught or final else text(parts[0])
        case _:
            return {"return": "return r();", "throw": "throw t();", "break": "break;", "continue": "continue;"}[kind]


def call(name: str) -> Ways:
    """Return the way through a call."""
    return frozenset({((name,), FALLS)})


def ways(statement: Any) -> Ways:  # noqa: C901, PLR0911  one case a statement
    """Run a statement on every way, each loop for up to one round more than it must."""
    kind, *parts = statement
    match kind:
        case "call":
            return call(parts[0])
        case "block":
            return sequence(parts[0])
        case "if":
            return then(call(parts[0]), ways(parts[1]) | ways(parts[2]))
        case "and":
            return then(call(parts[0]), call(parts[1]) | NOTHING)
        case "choice":
            return then(call(parts[0]), call(parts[1]) | call(parts[2]))
        case "of":
            return then(call(parts[0]), loop(kind, NOTHING, ways(parts[1])))
        case "while" | "do":
            return loop(kind, call(parts[0]), ways(parts[1]))
        case "switch":
            return switch(call(parts[0]), parts[1])
        case "try":
            return attempt(*parts)
        case "return":
            return frozenset({(("r",), RETURNS)})
        case "throw":
            return frozenset({(("t",), THROWS)})
        case _:
            return frozenset({((), {"break": BREAKS, "continue": CONTINUES}[kind])})


def sequence(statements: Any) -> Ways:
    """Run statements in order."""
    found = NOTHING
    for statement in statements:
        found = then(found, ways(statement))
    return found


def loop(kind: str, head: Ways, body: Ways) -> Ways:
    """Run a loop."""
    whole = then(of(body, FALLS, CONTINUES), head) if kind == "do" else then(head, of(body, FALLS, CONTINUES))
    found: Ways = frozenset()
    before = NOTHING
    for _ in range(ROUNDS):
        start = before if kind == "do" else then(before, head)
        found |= then(start, of(body, BREAKS))
        found |= then(start, frozenset(way for way in body if way[1] in {RETURNS, THROWS}))
        before = then(before, whole)
        found |= before if kind == "do" else start
    return found


def switch(head: Ways, cases: Any) -> Ways:
    """Run a switch: from each case on, into the next ones."""
    blocks = [ways(block) for _, block in cases]
    found: Ways = frozenset() if any(label is None for label, _ in cases) else NOTHING
    for at in range(len(blocks)):
        run = NOTHING
        for block in blocks[at:]:
            run = then(run, block)
        found |= run
    found = then(head, found)
    return frozenset((trace, FALLS if end == BREAKS else end) for trace, end in found)


def attempt(body: Any, handler: Any, final: Any) -> Ways:
    """Run a `try`: what is caught was thrown before anything was done, after all of it, or by a `throw`."""
    found = ways(body)
    if handler is not None:
        caught = then(NOTHING | of(found, FALLS, THROWS), ways(handler))
        found = frozenset(way for way in found if way[1] != THROWS) | caught
    if final is None:
        return found
    last = ways(final)
    after = {(one + other, end) for (one, end), (other, how) in product(found, last) if how == FALLS}
    instead = {(one + other, how) for (one, _), (other, how) in product(found, last) if how != FALLS}
    return frozenset(after | instead)


NAMES = st.sampled_from(["a", "b", "c"])
SIMPLE = st.one_of(
    st.tuples(st.just("call"), NAMES),
    st.tuples(st.just("and"), NAMES, NAMES),
    st.tuples(st.just("choice"), NAMES, NAMES, NAMES),
    st.sampled_from([("return",), ("throw",)]),
)
IN_LOOPS = st.one_of(SIMPLE, st.sampled_from([("break",), ("continue",)]))


def blocks(items: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return blocks of statements."""
    return st.tuples(st.just("block"), st.lists(items, max_size=2))


def compound(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return statements with others inside."""
    block = blocks(inner)
    labels: st.SearchStrategy[list[int | None]] = st.sampled_from([[1], [1, 2], [None], [1, None], [None, 1]])
    return st.one_of(
        st.tuples(st.just("if"), NAMES, block, block),
        st.tuples(st.sampled_from(["while", "do", "of"]), NAMES, blocks(st.one_of(inner, IN_LOOPS))),
        st.tuples(st.just("try"), block, st.one_of(st.none(), block), st.one_of(st.none(), block)),
        st.tuples(
            st.just("switch"),
            NAMES,
            labels.flatmap(lambda chosen: st.tuples(*(st.tuples(st.just(label), block) for label in chosen))),
        ),
    )


PROGRAMS = st.lists(st.recursive(SIMPLE, compound, max_leaves=3), max_size=2)


@settings(max_examples=200, deadline=None)
@given(PROGRAMS)
def test_what_is_collected_is_what_the_ways_through_a_program_pass(program: list[Any]) -> None:
    found = flow.fold(function_of(" ".join(map(text, program))), TRACES)
    wanted = sequence(program)
    for end in (FALLS, RETURNS, THROWS, BREAKS, CONTINUES):
        collected = getattr(found, end)
        passed = frozenset(trace for trace, how in wanted if how == end)
        assert (collected or frozenset()) == passed, end


def checks(leaf: Expression) -> bool:
    """Say whether an expression is a call of `check`."""
    return isinstance(leaf, Call) and isinstance(leaf.callee, Name) and leaf.callee.text == "check"


@pytest.mark.parametrize(
    ("body", "is_always"),
    [
        ("check();", True),
        ("if (a) check();", False),
        ("if (a) check(); else throw b;", True),
        ("if (a) return; check();", False),
        ("if (a) throw b; check();", True),
        ("a && check();", False),
        ("if (await check()) return; b();", True),
        ("for (const a of b) check();", False),
        ("do { check(); } while (a);", True),
        ("try { check(); } catch {}", False),
        ("try { check(); } catch { throw a; }", True),
        ("try { a(); } finally { check(); }", True),
        ("switch (a) { case 1: check(); break; default: throw b; }", True),
        ("switch (a) { case 1: check(); }", False),
        ("a(() => check());", False),
        ("outer: for (;;) { for (;;) { break outer; } } check();", False),
        ("return [check(), a];", True),
        ("throw a;", True),
    ],
)
def test_whether_every_way_passes_a_check(body: str, *, is_always: bool) -> None:
    assert flow.always(function_of(body), checks) is is_always


@pytest.mark.parametrize(
    ("body", "falls"),
    [
        ("", True),
        ("return a;", False),
        ("if (a) return b;", True),
        ("if (a) return b; else throw c;", False),
        ("while (a) return b;", True),
        ("switch (a) { default: return b; }", False),
        ("try { return a; } catch { throw b; }", False),
        ("try { return a; } finally {}", False),
    ],
)
def test_whether_a_function_falls_off_its_end(body: str, *, falls: bool) -> None:
    assert flow.falls_off(function_of(body)) is falls


@pytest.mark.parametrize(
    ("body", "is_always"),
    [
        ("for (const a of b) { check(); }", True),
        ("for (const a of b) { if (a) continue; check(); }", False),
        ("for (const a of b) { if (a) { check(); continue; } check(); }", True),
        ("for (const a of b) { if (a) throw b; check(); }", True),
        ("for (const a of b) { if (a) break; check(); }", True),
        ("for (const a of b) { for (const c of a) check(); }", False),
        ("while (a) check();", True),
    ],
)
def test_whether_every_round_passes_a_check(body: str, *, is_always: bool) -> None:
    block = function_of(body).body
    assert block is not None
    (loop,) = block.items
    assert isinstance(loop, Loop)
    assert flow.each_round(loop.body, checks) is is_always


@pytest.mark.parametrize(
    ("body", "returns"),
    [
        ("a(); return b();", {("a", "b", "return b();")}),
        ("if (a()) return; return b();", {("a", "return;"), ("a", "b", "return b();")}),
        ("a();", None),
        ("throw a();", None),
    ],
)
def test_what_a_return_adds_stands_behind_what_it_gives(body: str, returns: set[Trace] | None) -> None:
    function = function_of(body)
    whole = f"async function f() {{ {body} }}"
    algebra = replace(TRACES, give=lambda given: frozenset({(whole[given.start : given.end],)}))
    assert flow.fold(function, algebra).returns == (None if returns is None else frozenset(returns))


@pytest.mark.parametrize(
    ("body", "falls"),
    [
        ("a(); stop(); b(); c();", {("a", "stop")}),
        ("{ stop(); a(); } b();", {("stop",)}),
        ("if (a()) { stop(); b(); } c();", {("a", "c"), ("a", "stop", "c")}),
        ("while (a()) { stop(); b(); } c();", {("a", "c"), ("a", "stop", "a", "c")}),
        ("stop(); return a();", {("stop",)}),
    ],
)
def test_nothing_in_a_block_is_looked_at_behind_what_makes_it_idle(body: str, falls: set[Trace]) -> None:
    looked: list[str] = []

    def leaf(expression: Expression) -> frozenset[Trace]:
        looked.extend([name_of(expression)] if isinstance(expression, Call) else [])
        return TRACES.leaf(expression)

    idle = replace(TRACES, leaf=leaf, idle=lambda ways: all("stop" in way for way in ways))
    assert flow.fold(function_of(body), idle).falls == frozenset(falls)
    assert set(looked) == {name for way in falls for name in way}
