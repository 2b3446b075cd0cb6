"""What the format of a page means."""

from __future__ import annotations

import pytest

from convex_lint.pages import Note, PageError, parse, render

PAGE = """Disallow the clock.

Prose, with `code`.

```sh
npx convex dev
```

## Bad

```ts
const a = f();
          ~~~ no
```

```ts fixed
const a = g();
```

## Good

```ts convex/a.ts
f();
```

```json package.json
{ "dependencies": { "convex": "1.30.0" } }
```

Then

<!-- no-metamorphic: renamed-ctx, as-js because the name counts -->

```tsx options={"mode": "all", "depth": 2}
<a />
```

## Known

```js
f()
```
"""


def test_sections_examples_and_files() -> None:
    page = parse(PAGE)
    assert page.sections == ("Bad", "Good", "Known")
    assert [(example.section, example.line, list(example.files)) for example in page.examples] == [
        ("Bad", 11, ["convex/example.ts"]),
        ("Good", 22, ["convex/a.ts", "package.json"]),
        ("Good", 34, ["convex/example.tsx"]),
        ("Known", 40, ["convex/example.js"]),
    ]
    assert [example.known for example in page.examples] == [False, False, False, True]


def test_fixed_fences_options_and_opt_outs() -> None:
    bad, good, options, _ = parse(PAGE).examples
    assert bad.fixed == {"convex/example.ts": "const a = g();\n"}
    assert good.fixed == {}
    assert options.options == {"mode": "all", "depth": 2}
    assert options.opted_out == {"renamed-ctx", "as-js"}
    assert good.opted_out == frozenset()


def test_a_page_is_rendered_without_the_remarks_to_the_harness() -> None:
    shown = render(parse(PAGE))
    assert "no-metamorphic" not in shown
    assert shown.startswith("Disallow the clock.\n")
    assert "~~~ no" in shown


def notes(body: str) -> tuple[Note, ...]:
    (example,) = parse(f"```ts\n{body}\n```").examples
    return example.files["convex/example.ts"].notes


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("f();\n~~~ a message: with `code`", [(0, 0, 3, "a message: with `code`")]),
        ("  é(f());\n    ~~~ one\n  ~~~~~~ two", [(0, 4, 7, "one"), (0, 2, 8, "two")]),
        ("\tf();\n\t~ one", [(0, 1, 2, "one")]),
        ("a\nb\n~ one", [(1, 0, 1, "one")]),
        ("~ the whole file\n~ and again\na", [(-1, 0, 1, "the whole file"), (-1, 0, 1, "and again")]),
        ("a\n~", [(0, 0, 1, "")]),
        ("const a =\n  ~~b;\nconst c = ~d;", []),
    ],
)
def test_what_is_drawn(body: str, found: list[tuple[int, int, int, str]]) -> None:
    assert list(notes(body)) == found


def test_what_is_drawn_is_not_code() -> None:
    (example,) = parse("```ts\n~ whole\na\n~ one\n\nb\n```").examples
    assert example.texts == {"convex/example.ts": "a\n\nb\n"}


def test_fences_that_follow_one_another_are_one_example() -> None:
    fences = "```ts a.ts\n```\n\n```ts b.ts\n```\n{}\n```ts c.ts\n```"
    assert [list(example.files) for example in parse(fences.format("")).examples] == [["a.ts", "b.ts", "c.ts"]]
    assert [list(example.files) for example in parse(fences.format("and")).examples] == [["a.ts", "b.ts"], ["c.ts"]]


def test_a_path_that_is_there_already_starts_another_example() -> None:
    text = "```ts\na\n```\n\n```ts fixed\nb\n```\n\n```ts\nc\n```"
    assert [(list(example.texts.values()), list(example.fixed)) for example in parse(text).examples] == [
        (["a\n"], ["convex/example.ts"]),
        (["c\n"], []),
    ]


def test_a_fix_over_several_files() -> None:
    text = "```ts a.ts\n```\n\n```ts b.ts\n```\n\n```ts fixed b.ts\nb\n```\n\n```ts a.ts fixed\na\n```"
    (example,) = parse(text).examples
    assert example.fixed == {"b.ts": "b\n", "a.ts": "a\n"}


def test_settings_give_the_options_of_the_rule() -> None:
    settings = '```json convex-lint.json\n{"rules": {"no-foo": ["error", {"mode": "all"}], "no-bar": "off"}}\n```'
    text = f"{settings}\n\n```ts\n```"
    assert parse(text, "no-foo").examples[0].options == {"mode": "all"}
    assert parse(text, "no-bar").examples[0].options is None


def test_longer_fences_and_unknown_languages_are_prose() -> None:
    text = "````md\n```ts\na\n```\n````\n\n```json\n{}\n```\n\n```\nb\n```"
    assert parse(text).examples == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("```ts\na", "line 1: the fence is never closed"),
        ("```ts a.ts b.ts\n```", "more than one path"),
        ("```ts options={1}\n```", "not JSON"),
        ("```ts a.ts\n```\n\n```ts b.ts\n```\n\n```ts fixed\n```", "line 7: a `fixed` fence must name one file"),
        ("```ts fixed\n```", "must name one file"),
        ("<!-- no-metamorphic: as-js -->\n```ts\n```", "a reason"),
    ],
)
def test_what_is_wrong_with_a_page_is_said(text: str, message: str) -> None:
    with pytest.raises(PageError, match=message):
        parse(text)
