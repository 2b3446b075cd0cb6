"""How much work a run is, counted in calls and not in seconds: what is slow on every machine shows here.

The limits are a sixth above what was counted when they were set; a change that needs more says why.
"""

from __future__ import annotations

import sys
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import pytest

from convex_lint import engine, registry
from convex_lint.rule import Level
from convex_lint.source import Source
from convex_lint.summary import Summary, summarise
from tests.test_engine import fixture_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import FrameType

    from convex_lint.diagnostics import Diagnostic
    from convex_lint.workspace import Workspace

T = TypeVar("T")

RULES = registry.builtin()
LEVELS = {rule.name: Level(rule.severity) for rule in RULES}
WORKSPACES = [engine.of_texts(texts) for texts in fixture_texts()]


def counted(work: Callable[[], T]) -> tuple[T, Counter[str]]:
    """Do some work; return what it gives, and how often each function was called."""
    calls: Counter[str] = Counter()

    def note(frame: FrameType, event: str, called: object) -> None:
        if event == "call":
            calls[frame.f_code.co_qualname] += 1
        elif event == "c_call":
            calls[getattr(called, "__qualname__", "")] += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        done = work()
    finally:
        sys.setprofile(before)
    return done, calls


def read_all(workspace: Workspace) -> list[Summary]:
    """Read all modules of a workspace."""
    return [summarise(source) for source in workspace.sources.values()]


class Project:
    """A fixture, linted as an editor does; `read` counts the texts that were read."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.kept = engine.Kept()
        self.read: list[str] = []
        self._summaries: dict[tuple[str, bytes], Summary] = {}

    def summary(self, source: Source) -> Summary:
        """Read a source, unless it was read."""
        key = (source.path, source.data)
        if key not in self._summaries:
            self.read.append(source.path)
            self._summaries[key] = summarise(source)
        return self._summaries[key]

    def lint(self) -> engine.Linting:
        """Lint with what is kept."""
        return engine.lint(self.workspace, RULES, lambda _path: LEVELS, self.summary, self.kept)

    def edit(self, path: str) -> None:
        """Add an empty line in the middle of a file."""
        lines = self.workspace.sources[path].data.split(b"\n")
        lines.insert(len(lines) // 2, b"")
        self.workspace = self.workspace.with_source(Source(path, b"\n".join(lines)))


def test_reading_a_text_is_some_calls_a_byte_and_one_parse() -> None:
    size = calls = 0
    for workspace in WORKSPACES:
        _, done = counted(partial(read_all, workspace))
        # One that does not parse is parsed a second time, with the gaps of the grammar filled.
        broken = sum(bool(summarise(source).code.errors) for source in workspace.sources.values())
        generated = sum("_generated/" in path for path in workspace.sources)
        assert done["Parser.parse"] == len(workspace.sources) - generated + broken
        size += sum(len(source.data) for source in workspace.sources.values())
        calls += done.total()
    assert calls / size < 1.22


def test_linting_is_some_calls_for_each_call_in_the_code() -> None:
    calls = work = 0
    for workspace in WORKSPACES:
        project = Project(workspace)
        calls += sum(len(project.summary(source).code.calls) for source in workspace.sources.values())
        work += counted(project.lint)[1].total()
    # What is shared, the run of public functions as by anyone, and what each rule may ask for on top of it.
    assert work / calls < 110 + 50 + 5 * len(RULES)


def fixed_in(path: str, found: Iterable[Diagnostic]) -> set[str]:
    """Return the modules that have a fix which edits a file: the places of its edits move with the lines there."""
    return {one.place.path for one in found if one.fix is not None and any(edit.path == path for edit in one.fix.edits)}


@pytest.mark.parametrize("workspace", WORKSPACES)
def test_an_edit_that_says_nothing_new_asks_that_module_alone(workspace: Workspace) -> None:
    project = Project(workspace)
    first = project.lint()
    assert project.lint().asked == ()
    for path in first.asked:
        project.read.clear()
        project.edit(path)
        assert project.lint().asked == tuple(sorted({path, *fixed_in(path, first.diagnostics)}))
        assert project.read == [path]
