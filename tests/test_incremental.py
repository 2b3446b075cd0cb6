"""What is kept between two runs changes no diagnostic, and only what read what changed is asked again."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from convex_lint import engine, registry
from convex_lint.rule import Level
from convex_lint.summary import Summary, summarise
from tests.edits import FILES, SETTINGS, workspace_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from convex_lint.diagnostics import Diagnostic
    from convex_lint.source import Source

RULES = registry.builtin()
LEVELS = {rule.name: Level(rule.severity) for rule in RULES}

Edit = tuple[str, int]
"""A file and the number of the text that it gets; or no file, and the number of the settings."""


class Editor:
    """A project that is edited, linted as an editor does, with all that is kept."""

    def __init__(self) -> None:
        self.kept = engine.Kept()
        self.texts: dict[str, str | None] = {path: texts[0] for path, texts in FILES.items()}
        self.settings: Mapping[str, Any] = SETTINGS[1]
        self._summaries: dict[tuple[str, bytes], Summary] = {}

    def edit(self, path: str, number: int) -> None:
        """Make an edit."""
        if path:
            self.texts[path] = FILES[path][number % len(FILES[path])]
        else:
            self.settings = SETTINGS[number % len(SETTINGS)]

    def read(self, source: Source) -> Summary:
        """Read a source, unless it was read."""
        key = (source.path, source.data)
        if key not in self._summaries:
            self._summaries[key] = summarise(source)
        return self._summaries[key]

    def lint(self) -> engine.Linting:
        """Lint with what is kept."""
        workspace = workspace_of(self.texts, self.settings)
        return engine.lint(workspace, RULES, lambda _path: LEVELS, self.read, self.kept)

    def lint_anew(self) -> tuple[Diagnostic, ...]:
        """Lint with nothing that is kept."""
        workspace = workspace_of(self.texts, self.settings)
        return engine.lint(workspace, RULES, lambda _path: LEVELS).diagnostics


EDITS = st.lists(st.tuples(st.sampled_from([*FILES, ""]), st.integers(0, 8)), max_size=6)


@settings(max_examples=150, deadline=None)
@given(EDITS)
@example([("convex/lib.ts", 8), ("", 0), ("convex/other/log.ts", 2), ("convex/lib.ts", 1)])
def test_what_is_kept_changes_no_diagnostic(edits: list[Edit]) -> None:
    editor = Editor()
    editor.lint()
    for path, number in edits:
        editor.edit(path, number)
        assert editor.lint().diagnostics == editor.lint_anew()


def test_many_edits_change_what_is_found_in_other_files() -> None:
    chance = random.Random(7)  # noqa: S311  the same edits in every run
    editor = Editor()
    before = editor.lint().diagnostics
    elsewhere = 0
    for _ in range(200):
        path = chance.choice([*FILES, *FILES, ""])
        editor.edit(path, chance.randrange(9))
        after = editor.lint().diagnostics
        assert after == editor.lint_anew()
        elsewhere += any(found.place.path != path for found in {*before} ^ {*after})
        before = after
    assert elsewhere >= 60


def asked_after(path: str, number: int) -> tuple[str, ...]:
    """Return what is asked after one edit."""
    editor = Editor()
    first = editor.lint()
    assert list(first.asked) == sorted(path for path, text in editor.texts.items() if text is not None)
    assert editor.lint().asked == ()
    editor.edit(path, number)
    return editor.lint().asked


@pytest.mark.parametrize(
    ("path", "number", "asked"),
    [
        # An edit in a body whose result nobody reads differently.
        ("convex/messages.ts", 2, {"convex/messages.ts"}),
        # Moved lines: what has a place in them keeps its finding, and only its place is another.
        ("convex/messages.ts", 6, {"convex/messages.ts"}),
        ("convex/functions.ts", 1, {"convex/functions.ts"}),
        # A helper that is no longer asynchronous concerns those that call it.
        (
            "convex/model/log.ts",
            2,
            {"convex/functions.ts", "convex/model/log.ts", "convex/messages.ts", "convex/users.ts"},
        ),
    ],
)
def test_only_what_read_what_changed_is_asked_again(path: str, number: int, asked: set[str]) -> None:
    assert set(asked_after(path, number)) == asked
