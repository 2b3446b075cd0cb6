"""Damage code and see that no rule falls over it. Needs hypothesis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from convex_lint.engine import lint_texts
from convex_lint.testing.trees import parse, walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from convex_lint.rule import Rule
    from convex_lint.testing.checks import Lint


def no_crash(
    rule: Rule, texts: Mapping[str, str], lint: Lint = lint_texts, *, options: object | None = None, examples: int = 25
) -> None:
    """Demand that a rule neither raises nor is reported as crashed on damaged copies of some files.

    The damage is the same in every run.
    """

    @settings(max_examples=examples, derandomize=True, deadline=None, database=None)
    @given(st.fixed_dictionaries({path: damaged(path, text) for path, text in texts.items()}))
    def run(files: dict[str, str]) -> None:
        crashes = [found.message for found in lint(files, [rule], options) if found.rule == "rule-crashed"]
        assert not crashes, "\n".join((*crashes, *files.values()))  # noqa: S101  what a harness is for

    run()


def damaged(path: str, text: str) -> st.SearchStrategy[str]:
    """Return a strategy for copies of a file with tokens deleted, doubled or swapped, with noise, or cut short."""
    tokens = _tokens(path, text)
    places = st.tuples(*[st.integers(0, len(tokens))] * 4).map(sorted)
    noise = st.one_of(st.text(max_size=6), st.sampled_from(("`", "${", "/*", "\x00", "\ufeff", "((", "};", "?.", "\r")))
    return st.one_of(
        places.map(lambda at: "".join(tokens[: at[0]] + tokens[at[1] :])),
        places.map(lambda at: "".join(tokens[: at[1]] + tokens[at[0] :])),
        places.map(lambda at: _swapped(tokens, at)),
        st.tuples(places, noise).map(lambda both: "".join((*tokens[: both[0][0]], both[1], *tokens[both[0][0] :]))),
        st.integers(0, len(text)).map(lambda at: text[:at]),
        st.binary(max_size=40).map(lambda data: data.decode("utf-8", "replace")),
    )


def _swapped(tokens: list[str], at: list[int]) -> str:
    a, b, c, d = at
    return "".join((*tokens[:a], *tokens[c:d], *tokens[b:c], *tokens[a:b], *tokens[d:]))


def _tokens(path: str, text: str) -> list[str]:
    """Return a text in pieces: each token with the blanks before it."""
    data = text.encode()
    ends = sorted({node.end_byte for node in walk(parse(path, text)) if not node.children} | {len(data)})
    return [data[start:end].decode("utf-8", "replace") for start, end in zip([0, *ends], ends, strict=False)]
