"""Which module an import means."""

from __future__ import annotations

import pytest

from convex_lint.resolve import resolve
from convex_lint.source import Source
from convex_lint.workspace import Alias, Workspace


def workspace(*paths: str, aliases: tuple[Alias, ...] = (), packages: dict[str, str] | None = None) -> Workspace:
    return Workspace(sources={path: Source(path, b"") for path in paths}, aliases=aliases, packages=packages or {})


@pytest.mark.parametrize(
    ("specifier", "importer", "expected"),
    [
        ("./b", "convex/a.ts", "convex/b.ts"),
        ("./b.ts", "convex/a.ts", "convex/b.ts"),
        ("./b.js", "convex/a.ts", "convex/b.ts"),
        ("../shared/c", "convex/a.ts", "shared/c.tsx"),
        ("../shared/c.js", "convex/a.ts", "shared/c.tsx"),
        ("../shared/c.jsx", "convex/a.ts", "shared/c.tsx"),
        ("./m.mjs", "convex/a.ts", "convex/m.mts"),
        ("./m.cjs", "convex/a.ts", "convex/m.cts"),
        ("./plain.js", "convex/a.ts", "convex/plain.js"),
        ("./plain", "convex/a.ts", "convex/plain.js"),
        ("./auth.config", "convex/a.ts", "convex/auth.config.ts"),
        ("./model", "convex/a.ts", "convex/model/index.ts"),
        ("./model/", "convex/a.ts", "convex/model/index.ts"),
        (".", "convex/model/x.ts", "convex/model/index.ts"),
        ("..", "convex/model/x.ts", "convex/index.ts"),
        ("./both", "convex/a.ts", "convex/both.ts"),
        ("./both/", "convex/a.ts", "convex/both/index.ts"),
        ("./types", "convex/a.ts", "convex/types.d.ts"),
        ("./convex/b", "root.ts", "convex/b.ts"),
        (".", "root.ts", "index.ts"),
        ("./no", "convex/a.ts", None),
        ("./data.json", "convex/a.ts", None),
        ("./style.css", "convex/a.ts", None),
        ("../../../etc/passwd", "convex/a.ts", None),
        ("..", "root.ts", None),
        ("convex/server", "convex/a.ts", None),
        ("", "convex/a.ts", None),
        (".hidden", "convex/a.ts", None),
    ],
)
def test_relative(specifier: str, importer: str, expected: str | None) -> None:
    known = workspace(
        "convex/b.ts",
        "shared/c.tsx",
        "convex/m.mts",
        "convex/m.cts",
        "convex/plain.js",
        "convex/auth.config.ts",
        "convex/model/index.ts",
        "convex/index.ts",
        "convex/both.ts",
        "convex/both/index.ts",
        "convex/types.d.ts",
        "index.ts",
    )
    assert resolve(specifier, importer, known) == expected


def test_exists_may_be_told() -> None:
    assert resolve("./b", "a.ts", workspace(), lambda path: path == "b.tsx") == "b.tsx"


def test_the_closest_pattern_comes_first() -> None:
    aliases = (
        Alias(".", "*", ("base/*",)),
        Alias(".", "@/*", ("src/*",)),
        Alias(".", "@/lib/*", ("lib/*", "old/*")),
        Alias(".", "@/lib/exact", ("special.ts",)),
    )
    known = workspace(
        "src/lib/a.ts", "lib/a.ts", "old/b.ts", "special.ts", "lib/exact.ts", "base/x.ts", aliases=aliases
    )
    assert resolve("@/lib/a", "convex/f.ts", known) == "lib/a.ts"
    assert resolve("@/lib/b", "convex/f.ts", known) == "old/b.ts"
    assert resolve("@/lib/exact", "convex/f.ts", known) == "special.ts"
    assert resolve("x", "convex/f.ts", known) == "base/x.ts"


def test_an_alias_holds_in_its_folder_and_the_deepest_comes_first() -> None:
    aliases = (Alias("apps/web", "~/*", ("apps/web/src/*",)), Alias(".", "~/*", ("src/*",)))
    known = workspace("apps/web/src/a.ts", "src/a.ts", "src/only.ts", aliases=aliases)
    assert resolve("~/a", "apps/web/convex/f.ts", known) == "apps/web/src/a.ts"
    assert resolve("~/a", "apps/website/f.ts", known) == "src/a.ts"
    assert resolve("~/only", "apps/web/convex/f.ts", known) == "src/only.ts"


def test_a_pattern_with_an_ending() -> None:
    known = workspace("gen/a/schema.ts", aliases=(Alias(".", "#*/schema", ("gen/*/schema",)),))
    assert resolve("#a/schema", "f.ts", known) == "gen/a/schema.ts"
    assert resolve("#schema", "f.ts", known) is None


def test_packages_of_the_workspace() -> None:
    packages = {"@repo/shared": "packages/shared/src/index.ts", "@repo/shared/ids": "packages/shared/src/ids.ts"}
    known = workspace(*packages.values(), packages=packages | {"gone": "packages/gone/index.ts"})
    assert resolve("@repo/shared", "convex/a.ts", known) == "packages/shared/src/index.ts"
    assert resolve("@repo/shared/ids", "convex/a.ts", known) == "packages/shared/src/ids.ts"
    assert resolve("@repo/shared/no", "convex/a.ts", known) is None
    assert resolve("gone", "convex/a.ts", known) is None
