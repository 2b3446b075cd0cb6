"""All fixes of all rules, together and in random parts, over the projects of `fixtures/` and published components.

They settle, leave files that parse, lose no comment, change nothing the second time, and do the same whatever ends the
lines and whatever else is wrong in the files.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convex_lint import fixes
from convex_lint.source import Source
from convex_lint.summary import summarise
from convex_lint.testing.fuzz import damaged
from convex_lint.testing.trees import is_code, parses
from tests.fixing import Bed
from tests.npm import PINS, component

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from convex_lint.diagnostics import Fix

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
PROJECTS = sorted(folder.name for folder in FIXTURES.iterdir() if (folder / "expected.txt").is_file())

Sources = dict[str, Source]
"""The files of a project, by path."""


@cache
def bed(name: str) -> Bed:
    """Return a fixture, or a published component, where that can be had."""
    return Bed(FIXTURES / name if name in PROJECTS else component(name).parent.parent)


def of_all(test: Callable[[str], None]) -> Callable[[str], None]:
    """Run a test for each project."""
    return pytest.mark.parametrize("name", [*PROJECTS, *PINS])(test)


def comments(source: Source) -> Counter[str]:
    """Return the comments of a file."""
    return Counter(comment.text for comment in summarise(source).code.comments)


def assert_whole(before: Mapping[str, Source], after: Mapping[str, Source]) -> None:
    """Demand that what is changed parses where it did, and has all its comments."""
    for path in changed(before, after):
        old, new = before[path], after[path]
        assert not parses(path, old.data.decode()) or parses(path, new.data.decode()), new.data.decode()
        assert not comments(old) - comments(new), path


def assert_only_edited(before: Mapping[str, Source], step: fixes.Round) -> None:
    """Demand that all between the edits is as it was, byte for byte."""
    for path in changed(before, step.sources):
        spans = sorted({edit.span for fix in step.applied for edit in fix.edits if edit.path == path})
        bounds = zip([0, *(span.end for span in spans)], [*(span.start for span in spans), None], strict=True)
        at, data = 0, step.sources[path].data
        for start, end in bounds:
            at = data.find(before[path].data[start:end], at)
            assert at >= 0, path


def changed(before: Mapping[str, Source], after: Mapping[str, Source]) -> list[str]:
    """Return the paths of the files of code that differ."""
    return [path for path, source in before.items() if is_code(path) and source.data != after[path].data]


def rewritten(sources: Mapping[str, Source], rewrite: Callable[[bytes], bytes]) -> Sources:
    """Return the files of code with other bytes, and all others as they are."""
    return {path: Source(path, rewrite(source.data)) if is_code(path) else source for path, source in sources.items()}


@of_all
def test_all_fixes_settle_and_leave_whole_files(name: str) -> None:
    project = bed(name)
    settled = project.settle(project.sources)
    assert not settled.broken
    assert [one for one in settled.diagnostics if one.fix is not None] == []
    assert_whole(project.sources, settled.sources)
    again = project.settle(settled.sources)
    assert (again.applied, changed(settled.sources, again.sources)) == (0, [])


@of_all
def test_what_ends_the_lines_and_what_begins_the_file_changes_nothing(name: str) -> None:
    project = bed(name)

    def as_windows(data: bytes) -> bytes:
        return b"\xef\xbb\xbf" + data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")

    plain = rewritten(project.sources, lambda data: data.replace(b"\r\n", b"\n").removeprefix(b"\xef\xbb\xbf"))
    wanted = rewritten(project.settle(plain).sources, as_windows)
    got = project.settle(rewritten(plain, as_windows)).sources
    for path in changed(wanted, got):
        assert got[path].data.decode() == wanted[path].data.decode()


@of_all
@settings(max_examples=5, derandomize=True, deadline=None, database=None)
@given(data=st.data())
def test_any_of_the_fixes_can_be_applied_together(name: str, data: st.DataObject) -> None:
    project = bed(name)
    offered = _offered(project)
    chosen = data.draw(st.lists(st.sampled_from(offered), unique=True)) if offered else []
    step = fixes.apply(project.sources, chosen)
    assert set(step.applied) <= set(chosen)
    assert bool(step.applied) == bool(chosen)
    assert_whole(project.sources, step.sources)
    assert_only_edited(project.sources, step)


@cache
def _offered(project: Bed) -> list[Fix]:
    return sorted({one.fix for one in project.lint(project.sources) if one.fix is not None}, key=str)


@settings(max_examples=40, derandomize=True, deadline=None, database=None)
@given(data=st.data())
def test_damaged_files_are_fixed_or_left_alone(data: st.DataObject) -> None:
    project = bed("agent-mess")
    path = data.draw(st.sampled_from([path for path in sorted(project.sources) if is_code(path)]))
    text = data.draw(damaged(path, project.sources[path].data.decode()))
    sources = {**project.sources, path: Source(path, text.encode())}
    settled = project.settle(sources)
    assert not settled.broken
    assert_whole(sources, settled.sources)
    if summarise(sources[path]).code.errors:
        assert settled.sources[path].data == sources[path].data
