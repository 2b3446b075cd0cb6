"""Hold a rule to its page: lint an example, draw what is found, and demand the page back."""

from __future__ import annotations

import re
from difflib import unified_diff
from typing import TYPE_CHECKING, Protocol

from convex_lint import fixes, pages
from convex_lint.diagnostics import Safety
from convex_lint.engine import lint_texts
from convex_lint.pages import PageError
from convex_lint.source import Source
from convex_lint.testing.drawing import drawn, program
from convex_lint.testing.prelude import prelude, with_preludes
from convex_lint.testing.trees import is_code, parses
from convex_lint.testing.variants import VARIANTS
from convex_lint.testing.variants.variant import Variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from convex_lint.diagnostics import Diagnostic
    from convex_lint.pages import Example
    from convex_lint.rule import Rule
    from convex_lint.testing.variants.variant import Found


class Lint(Protocol):
    """Lint texts by path with some rules; `options` is an instance of the rule's options."""

    def __call__(
        self, texts: Mapping[str, str], rules: Iterable[Rule], options: object | None = None
    ) -> Sequence[Diagnostic]:
        """Return what is found."""
        ...


def check_page(rule: Rule, lint: Lint = lint_texts) -> None:
    """Hold a rule to the examples of its page; an `AssertionError` says all that differs."""
    _check(rule, rule.page, f"page of {rule.name}", lint)


def check_cases(rule: Rule, path: Path, lint: Lint = lint_texts) -> None:
    """Hold a rule to a file of cases; an `AssertionError` says all that differs."""
    _check(rule, path.read_text("utf-8"), str(path), lint)


def _check(rule: Rule, text: str, where: str, lint: Lint) -> None:
    problems = [
        f"{where}, line {example.line}: {problem}"
        for example in pages.parse(text, rule.name).examples
        for problem in (*problems_of(rule, example, lint), *variant_problems(rule, example, lint))
    ]
    assert not problems, "\n\n".join(problems)  # noqa: S101  what a harness is for


def problems_of(rule: Rule, example: Example, lint: Lint) -> list[str]:
    """Say how a rule differs from an example; for a known fault, only that it does not differ any more."""
    texts = with_preludes(example.texts)
    found = lint(texts, [rule], options_of(rule, example))
    problems = [*_differences(rule, example, found), *_fix_problems(rule, example, texts, found, lint)]
    if not example.known:
        return problems
    return [] if problems else ["this known fault is mended: move the example out of `## Known`"]


def options_of(rule: Rule, example: Example) -> object | None:
    """Return the options that an example gives, as the rule takes them."""
    if example.options is None:
        return None
    if rule.options is None:
        message = f"line {example.line}: `{rule.name}` takes no options"
        raise PageError(message)
    names = {re.sub(r"[A-Z]", lambda match: f"_{match[0].lower()}", key): key for key in example.options}
    given = {name: example.options[key] for name, key in names.items()}
    made: object = rule.options(
        **{name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
    )
    return made


def _differences(rule: Rule, example: Example, found: Iterable[Diagnostic]) -> Iterator[str]:
    expected, got = program(example.files), program(drawn(example.texts, found, rule.name))
    if expected != got:
        yield "what is drawn in the page (-) is not what is found (+)\n" + _diff(expected, got)


def _diff(expected: str, got: str) -> str:
    # The first two lines are the names of the files, which say nothing here.
    return "\n".join([*unified_diff(expected.splitlines(), got.splitlines(), n=3, lineterm="")][2:])


def _fix_problems(
    rule: Rule, example: Example, texts: Mapping[str, str], found: Sequence[Diagnostic], lint: Lint
) -> Iterator[str]:
    """Say what is wrong with the fixes: all are applied, the unsafe ones too."""
    offered = [diagnostic for diagnostic in found if diagnostic.fix is not None]
    options = options_of(rule, example)

    def again(sources: Mapping[str, Source]) -> Sequence[Diagnostic]:
        return lint({path: source.data.decode() for path, source in sources.items()}, [rule], options)

    settled = fixes.settle(again, {path: Source(path, text.encode()) for path, text in texts.items()}, set(Safety))
    after = {path: source.data.decode() for path, source in settled.sources.items()}
    yield from (f"a fix makes a syntax error in `{path}`" for path in settled.broken)
    if any(diagnostic.fix is not None for diagnostic in settled.diagnostics) and not settled.broken:
        yield "a fix is still offered when all are applied"
    if settled.applied > len({diagnostic.fix for diagnostic in offered}):
        yield "a fix is offered for what a fix has made"
    yield from _fixed_problems(example, texts, after)


def _fixed_problems(example: Example, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """Say how the files that the fixes leave differ from the `fixed` fences."""
    shown = dict(example.fixed)
    for path, text in after.items():
        hidden = prelude(path, example.texts)
        if not text.endswith(hidden):
            yield f"a fix changes the imports of `{path}` that are not shown: write them in the example"
            continue
        if text == before[path] and path not in shown:
            continue
        got = text.removesuffix(hidden)
        if is_code(path) and not parses(path, text) and parses(path, before[path]):
            yield f"`{path}` does not parse when it is fixed"
        if path not in shown:
            yield f"a fix changes `{path}`, and no `fixed` fence shows it; it gives\n{got}"
        elif text == before[path]:
            yield f"there is a `fixed` fence for `{path}`, and no fix that changes it"
        elif got != shown[path]:
            yield f"the `fixed` fence of `{path}` (-) is not what the fix gives (+)\n" + _diff(shown[path], got)


def variant_problems(rule: Rule, example: Example, lint: Lint, only: str | None = None) -> Iterator[str]:
    """Say in which variants something else is found; known faults and code that does not parse have none."""
    unknown = example.opted_out - {"all", *VARIANTS}
    if unknown:
        yield f"there is no variant {', '.join(sorted(unknown))}; there are {', '.join(VARIANTS)}"
    texts = with_preludes(example.texts)
    whole = all(parses(path, text) for path, text in texts.items() if is_code(path))
    if example.known or "all" in example.opted_out or not whole:
        return
    options = options_of(rule, example)
    found = lint(texts, [rule], options)
    for name, rewrite in VARIANTS.items():
        variant = rewrite(texts) if name not in example.opted_out and only in {None, name} else None
        if variant is not None:
            before = Variant(texts, moves=variant.moves).found(found)
            after = variant.found(lint(variant.files, [rule], options))
            yield from _variant_problem(name, variant, before, after)


def _variant_problem(name: str, variant: Variant, before: list[Found], after: list[Found]) -> Iterator[str]:
    broken = [path for path, text in variant.files.items() if is_code(path) and not parses(path, text)]
    if broken or before != after:
        what = f"does not parse, a fault of the harness: {broken}" if broken else "changes what is found (-) to (+)"
        diff = _diff("\n".join(map(str, before)), "\n".join(map(str, after)))
        files = "\n".join(f"── {path}\n{text}" for path, text in variant.files.items())
        yield f"the variant `{name}` {what}\n{diff}\n{files}"
