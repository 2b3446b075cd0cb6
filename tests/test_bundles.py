"""In which order modules are run that load each other. The orders were read in what esbuild 0.27.0 gives."""

from __future__ import annotations

import pytest

from convex_lint.link import bundles
from tests.asking import linked_of


def graph(text: str) -> dict[str, tuple[str, ...]]:
    """Read a graph: `a:bc b:a c:` says that `a` loads `b` and `c`, and `b` loads `a`."""
    return {one[0]: tuple(one[2:]) for one in text.split()}


@pytest.mark.parametrize(
    ("entries", "loads", "order"),
    [
        ("ab", "a:b b:a", "ab"),
        ("ba", "a:b b:a", "ba"),
        ("a", "a:b b:a", "ba"),
        ("b", "a:b b:a", "ab"),
        ("abc", "a:b b:c c:a", "bac"),
        ("c", "a:b b:c c:a", "bac"),
        ("abc", "a:c b:ac c:ab", "cab"),
    ],
)
def test_the_order_of_a_bundle(entries: str, loads: str, order: str) -> None:
    assert "".join(bundles.order(list(entries), graph(loads))) == order


def test_what_runs_late_is_known_of_circles_only() -> None:
    linked = linked_of(
        a='import { b } from "./b"; export const a = () => b;',
        b='import { a } from "./a"; export const b = [a];',
        c='import { a } from "./a"; export const c = [a];',
    )
    assert linked.late("convex/a.ts") == {"convex/b.ts"}
    assert linked.late("convex/b.ts") == frozenset()
    assert linked.late("convex/c.ts") == frozenset()
    assert linked.loads("convex/c.ts") == ("convex/a.ts",)


def test_an_export_is_followed_to_where_it_is_defined() -> None:
    linked = linked_of(
        a='export { b as c } from "./b"; export * from "./d"; import e from "./e"; export { e };',
        b="export const b = 1;",
        d="export function d() {}",
        e="export default { x: 1 };",
    )
    assert linked.origin("convex/a.ts", "c") == ("convex/b.ts", "b")
    assert linked.origin("convex/a.ts", "d") == ("convex/d.ts", "d")
    assert linked.origin("convex/a.ts", "e") == ("convex/e.ts", "default")
    assert linked.origin("convex/a.ts", "f") is None
    assert linked.is_hoisted("convex/d.ts", "d")
    assert not linked.is_hoisted("convex/b.ts", "b")
