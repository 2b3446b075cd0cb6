"""The harness catches what it is there for, shown with a linter so small that its faults are known."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, replace
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from convex_lint import pages
from convex_lint.diagnostics import Category, Diagnostic, Edit, Fix, Place, Safety, Severity
from convex_lint.rule import Findings, Preset, Rule, rule
from convex_lint.source import Span
from convex_lint.testing import (
    VARIANTS,
    check_cases,
    check_page,
    code_lines,
    message_problems,
    overlaps,
    page_problems,
    with_preludes,
)
from convex_lint.testing.fuzz import no_crash
from convex_lint.testing.trees import parses

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from convex_lint.testing import Lint


@dataclass(frozen=True, slots=True)
class Options:
    """What the tiny rule can be told."""

    calls: tuple[str, ...] = ("now",)


@rule("no-now", Category.STYLE, Severity.ERROR, preset=Preset.STRICT, each=object, options=Options)
def no_now(_subject: object, _options: Options) -> Findings:
    """Stand for the rule; the linter of the test does its work."""
    yield from ()


@dataclass(frozen=True, slots=True)
class Tiny:
    """A linter that finds calls by their spelling, and mends them as it is told."""

    message: str = "no clock"
    shift: int = 0
    call: str = r"(?<![\w.])now\((?:\s|//[^\n]*|/\*.*?\*/)*\)"
    put: str | None = None

    def __call__(
        self, texts: Mapping[str, str], rules: Iterable[Rule], options: object | None = None
    ) -> Sequence[Diagnostic]:
        calls = options.calls if isinstance(options, Options) else ("now",)
        pattern = self.call.replace("now", f"(?:{'|'.join(calls)})")
        return [
            Diagnostic(asked.name, Severity.ERROR, Place(path, span), self.message, fix=self.fix(path, span))
            for asked in rules
            for path, text in texts.items()
            for match in re.finditer(pattern.encode(), text.encode())
            for span in [Span(match.start() + self.shift, match.end() + self.shift)]
        ]

    def fix(self, path: str, span: Span) -> Fix | None:
        return None if self.put is None else Fix("mend", Safety.SAFE, (Edit(path, span, self.put),))


BAD = "```ts\nconst a = now();\n          ~~~~~ no clock\n```\n"
FIXED = "\n```ts fixed\nconst a = 1;\n```\n"


def problems(text: str, lint: Lint, tmp_path: Path) -> str:
    path = tmp_path / "no-now.md"
    path.write_text(text, "utf-8")
    try:
        check_cases(no_now, path, lint)
    except AssertionError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("text", "lint"),
    [
        (BAD, Tiny()),
        (BAD + FIXED, Tiny(put="1")),
        ("```ts\nconst a = then();\n```", Tiny()),
        ("```ts\nf(now(), now());\n  ~~~~~ no clock\n         ~~~~~ no clock\n```", Tiny()),
        ('```ts options={"calls": ["then"]}\nconst a = then() + now();\n          ~~~~~~ no clock\n```', Tiny()),
        ("```ts\nconst é = '🙂' + now();\n                ~~~~~ no clock\n```", Tiny()),
        ("```ts a.ts\nnow();\n~~~~~ no clock\n```\n\n```ts b.ts\n\n```", Tiny()),
    ],
)
def test_a_rule_that_does_as_drawn_passes(text: str, lint: Lint, tmp_path: Path) -> None:
    assert problems(text, lint, tmp_path) == ""


@pytest.mark.parametrize(
    ("text", "lint", "said"),
    [
        (BAD, Tiny(message="no clocks"), "-          ~~~~~ no clock\n+          ~~~~~ no clocks"),
        (BAD, Tiny(shift=1), "-          ~~~~~ no clock\n+           ~~~~~ no clock"),
        (BAD, Tiny(call="never"), "-          ~~~~~ no clock"),
        ("```ts\nconst a = now();\n```", Tiny(), "+          ~~~~~ no clock"),
        (BAD.replace("~~~~~", "~~~~"), Tiny(), "+          ~~~~~ no clock"),
        ("```ts\nnow(); now();\n~~~~~ no clock\n```", Tiny(), "+       ~~~~~ no clock"),
        (BAD, Tiny(put="1"), "no `fixed` fence shows it; it gives\nconst a = 1;"),
        (BAD + FIXED, Tiny(), "no fix that changes it"),
        (BAD + FIXED, Tiny(put="2"), "-const a = 1;\n+const a = 2;"),
        (BAD + FIXED.replace("1;", "(now());"), Tiny(put="(now())"), "a fix is still offered when all are applied"),
        (BAD + FIXED.replace("1;", "1 +;"), Tiny(put="1 +"), "`convex/example.ts` does not parse when it is fixed"),
        ("```ts\nconst a = query(1);\n          ~~~~~ no clock\n```", Tiny(call="query", put="q"), "not shown"),
        (f"## Known\n\n{BAD}", Tiny(), "this known fault is mended"),
        ("```ts\nnow(\n);\n~~~~ no clock\n```", Tiny(call=r"now\(\s*\)"), "a finding must lie on one line"),
        (f"<!-- no-metamorphic: shuffled because why -->\n{BAD}", Tiny(), "there is no variant shuffled"),
        (
            "```ts\nf(a.now());\n  ~~~~~~~ no clock\n```",
            Tiny(call=r"a\.now\(\)"),
            "the variant `parenthesised` changes",
        ),
    ],
)
def test_a_rule_that_does_not_is_caught(text: str, lint: Lint, said: str, tmp_path: Path) -> None:
    assert said in problems(text, lint, tmp_path)


def test_a_fix_that_brings_another_is_caught(tmp_path: Path) -> None:
    @dataclass(frozen=True, slots=True)
    class Steps:
        def __call__(
            self, texts: Mapping[str, str], rules: Iterable[Rule], options: object | None = None
        ) -> Sequence[Diagnostic]:
            more = replace(Tiny(), call=r"(?<![\w.])later\(\)", put="1")(texts, rules, options)
            return [*Tiny(put="later()")(texts, rules, options), *more]

    assert "a fix is offered for what a fix has made" in problems(BAD + FIXED, Steps(), tmp_path)


def test_what_the_linter_itself_says_is_drawn_with_its_word(tmp_path: Path) -> None:
    def lint(texts: Mapping[str, str], rules: Iterable[Rule], options: object | None = None) -> list[Diagnostic]:
        del rules, options
        return [
            Diagnostic("syntax-error", Severity.ERROR, Place(path), "this does not parse")
            for path in texts
            if path.endswith(".ts")
        ]

    assert problems("```ts\n~ [syntax-error] this does not parse\nconst\n```", lint, tmp_path) == ""


def test_a_variant_can_be_opted_out_of(tmp_path: Path) -> None:
    example = "```ts\nf(a.now());\n  ~~~~~~~ no clock\n```"
    opted_out = "<!-- no-metamorphic: parenthesised, reformatted because this finds spellings -->\n\n" + example
    assert problems(opted_out, Tiny(call=r"a\.now\(\)"), tmp_path) == ""


def with_page(page: str, monkeypatch: pytest.MonkeyPatch) -> Rule:
    """Return the rule with a page of its own."""
    monkeypatch.setitem(sys.modules, "a_pack.no_now", ModuleType("a_pack.no_now", page))

    def check(*_: object) -> Findings:
        yield from ()

    check.__module__ = "a_pack.no_now"
    return replace(no_now, check=check)


def test_a_page_is_checked_as_cases_are(monkeypatch: pytest.MonkeyPatch) -> None:
    page = f"Disallow the clock.\n\n## Bad\n\n{BAD}"
    check_page(with_page(page, monkeypatch), Tiny())
    with pytest.raises(AssertionError, match="page of no-now, line 5"):
        check_page(with_page(page, monkeypatch), Tiny(message="no"))


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (f"Good.\n\nhttps://x\n\n## Bad\n\n{BAD}\n## Good\n\n```ts\n```", []),
        ("No stop\n\nhttps://x", ["the first line", "under `## Bad`", "under `## Good`"]),
        (f"Good.\n\n## Bad\n\n{BAD}\n## Good\n\n{BAD}", ["no source", "line 12: this example is under the wrong"]),
    ],
)
def test_the_form_of_a_page(page: str, said: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    found = list(page_problems(with_page(page, monkeypatch)))
    assert len(found) == len(said)
    assert all(part in problem for part, problem in zip(said, found, strict=True))


@pytest.mark.parametrize(
    ("message", "count"),
    [
        ("the public query `list` is read", 0),
        ("`list` is read", 0),
        ("it is done…", 0),
        ("The query", 1),
        ("a query.", 1),
        ("a  query", 1),
        ("a `query", 1),
    ],
)
def test_the_form_of_a_message(message: str, count: int) -> None:
    assert len(list(message_problems(message))) == count


def test_lines_of_code_leave_out_the_page_and_comments() -> None:
    assert code_lines('"""Page.\n\nmore\n"""\n\nimport a\n\n# why\nx = """\n\n"""\n') == 4


def test_two_rules_at_one_place_are_seen() -> None:
    other, elsewhere = replace(no_now, name="no-clock"), replace(no_now, name="no-other")
    (example,) = pages.parse(BAD).examples
    tiny = Tiny()

    def lint(texts: Mapping[str, str], rules: Iterable[Rule], options: object | None = None) -> list[Diagnostic]:
        asked = list(rules)
        beside = Tiny(shift=1)(texts, [item for item in asked if item.name == "no-other"], options)
        return [*tiny(texts, [item for item in asked if item.name != "no-other"], options), *beside]

    assert overlaps(no_now, example, [no_now, other, elsewhere], lint) == {frozenset({"no-now", "no-clock"})}


PROGRAM = {
    "convex/deep/a.ts": """\
export const list = query({
  args: { n: v.number() },
  handler: async (ctx, args) => {
    const since = now() - args.n
    ctx.db.patch(args.n, { since })
    for (const row of await ctx.db.query("x").collect()) await ctx.storage.delete(row.file)
    return ctx.auth?.x.y
  },
})
http.route({ path: "/x", handler: httpAction(async (ctx, req) => { await req.json() }) })
export const one = internalQuery(async ctx => ctx.db.get(x))
"""
}


def test_the_prelude_imports_what_is_used_and_moves_nothing() -> None:
    text = with_preludes(PROGRAM)["convex/deep/a.ts"]
    assert text == PROGRAM["convex/deep/a.ts"] + (
        'import { query, internalQuery, httpAction } from "../_generated/server";\nimport { v } from "convex/values";\n'
    )


@pytest.mark.parametrize(
    ("files", "path", "added"),
    [
        ({"convex/a.ts": 'import x from "y";\nquery()'}, "convex/a.ts", ""),
        ({"src/a.ts": "query()"}, "src/a.ts", ""),
        ({"convex/_generated/a.ts": "query()"}, "convex/_generated/a.ts", ""),
        ({"convex/a.ts": "const query = 1; query"}, "convex/a.ts", ""),
        ({"convex/a.ts": "x.query"}, "convex/a.ts", ""),
        ({"convex/a.ts": 'let x: Id<"a">\n'}, "convex/a.ts", 'import type { Id } from "./_generated/dataModel";\n'),
        ({"convex/a.js": "Id"}, "convex/a.js", ""),
        (
            {"apps/web/convex/a.ts": "api"},
            "apps/web/convex/a.ts",
            'import { api } from "./_generated/api";\n',
        ),
        (
            {"convex.json": '{"functions": "src/backend/"}', "src/backend/x/a.ts": "api"},
            "src/backend/x/a.ts",
            'import { api } from "../_generated/api";\n',
        ),
        (
            {"convex/parts/mail/convex.config.ts": "", "convex/parts/mail/lib/a.ts": "api"},
            "convex/parts/mail/lib/a.ts",
            'import { api } from "../_generated/api";\n',
        ),
    ],
)
def test_the_prelude_fits_the_file(files: dict[str, str], path: str, added: str) -> None:
    assert with_preludes(files)[path] == files[path] + added


@pytest.mark.parametrize("name", list(VARIANTS))
def test_each_variant_parses_and_differs(name: str) -> None:
    files = with_preludes(PROGRAM)
    variant = VARIANTS[name](files)
    assert variant is not None
    assert variant.files != files
    assert all(parses(path, text) for path, text in variant.files.items())
    assert VARIANTS[name]({"convex/a.ts": "let a: 1;\n"}) is None


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("parenthesised", "[a.b, c] = d()", "[a.b, c] = (d())"),
        ("parenthesised", "a()\nb.c()", "(a())\n;((b.c)())"),
        ("parenthesised", "if (x) b()", "if (x) (b())"),
        ("parenthesised", "a?.b.c()\nx.y = 1", "a?.b.c()\nx.y = 1"),
        ("parenthesised", "let a: typeof b.c = d as typeof e.f", "let a: typeof b.c = d as typeof e.f"),
        ("as-any", "a\nctx.db.x({ ctx })", "a\n;(ctx as any).db.x({ ctx })"),
        ("renamed-locals", "(a, b) => f({ a }, b, c)", "(a, r0) => f({ a }, r0, c)"),
        (
            "renamed-locals",
            "const b = 1; (a) => { const b = a; return b }",
            "const b = 1; (r0) => { const b = r0; return b }",
        ),
        ("renamed-ctx", "(ctx) => f(ctx, { ctx })", "(c0) => f(c0, { ctx: c0 })"),
        ("renamed-ctx", "({ ctx }) => f(ctx)", "({ ctx }) => f(ctx)"),
        ("destructured-ctx", "ctx => ctx.db.x(ctx.auth)", "({ auth, db }) => db.x(auth)"),
        ("destructured-ctx", "(ctx) => f(ctx, ctx.db)", "(ctx) => f(ctx, ctx.db)"),
        ("destructured-ctx", "(ctx, db) => ctx.db", "(ctx, db) => ctx.db"),
        ("moved-handler", "f({ handler() { return this.x } })", "f({ handler() { return this.x } })"),
        (
            "moved-handler",
            "f({ async handler<T>(a: T): B { c } })",
            "async function handler0<T>(a: T): B { c }\n\nf({ handler: handler0 })",
        ),
        (
            "reexported-builder",
            'import { query as q } from "./_generated/server";\nimport type { A } from "./_generated/server";',
            'import { query as q } from "./functions";\nimport type { A } from "./_generated/server";',
        ),
    ],
)
def test_what_a_variant_writes(name: str, before: str, after: str) -> None:
    variant = VARIANTS[name]({"convex/a.ts": before})
    assert (variant.files["convex/a.ts"] if variant else before) == after


def test_a_builder_is_passed_on_from_a_module_that_is_new() -> None:
    text = 'import { query } from "./_generated/server";'
    variant = VARIANTS["reexported-builder"]({"convex/functions.ts": text, "convex/b/a.ts": text.replace("./", "../")})
    assert variant is not None
    assert variant.files["convex/functions.ts"] == 'import { query } from "./passedOn";'
    assert variant.files["convex/b/a.ts"] == 'import { query } from "../passedOn";'
    assert variant.files["convex/passedOn.ts"] == 'export { query } from "./_generated/server";\n'


def test_damage_that_makes_a_rule_crash_is_found() -> None:
    def fragile(texts: Mapping[str, str], rules: Iterable[Rule], options: object | None = None) -> list[Diagnostic]:
        del options
        cut = [path for path, text in texts.items() if not text.endswith("})\n")]
        return [Diagnostic("rule-crashed", Severity.ERROR, Place(path), item.name) for path in cut for item in rules]

    no_crash(no_now, PROGRAM, Tiny())
    with pytest.raises(AssertionError, match="no-now"):
        no_crash(no_now, PROGRAM, fragile)
