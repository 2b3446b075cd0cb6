"""Fixes apply together where they can, settle, and are written whole or not at all."""

from __future__ import annotations

import os
import re
import stat
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convex_lint import fixes
from convex_lint.diagnostics import Diagnostic, Edit, Fix, Place, Safety, Severity
from convex_lint.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

SAFE = frozenset({Safety.SAFE})


def sources(**texts: str) -> dict[str, Source]:
    return {f"{name}.ts": Source(f"{name}.ts", text.encode()) for name, text in texts.items()}


def edit(start: int, end: int, text: str, path: str = "x.ts") -> Edit:
    return Edit(path, Span(start, end), text)


def fix(*edits: Edit, title: str = "mend", safety: Safety = Safety.SAFE) -> Fix:
    return Fix(title, safety, edits)


def text(found: Mapping[str, Source], path: str = "x.ts") -> str:
    return found[path].data.decode()


def test_fixes_apart_are_applied_together_whatever_their_order() -> None:
    wanted = [fix(edit(4, 5, "E")), fix(edit(0, 1, "A")), fix(edit(2, 2, "-"))]
    for order in (wanted, wanted[::-1]):
        step = fixes.apply(sources(x="abcde"), order)
        assert text(step.sources) == "Ab-cdE"
        assert [item.edits[0].span.start for item in step.applied] == [0, 2, 4]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (edit(0, 3, "A"), edit(2, 4, "B")),
        (edit(0, 2, "A"), edit(2, 4, "B")),
        (edit(2, 2, "A"), edit(2, 2, "B")),
        (edit(0, 2, "A"), edit(2, 2, "B")),
        (edit(0, 5, "A"), edit(2, 3, "B")),
    ],
)
def test_of_two_that_overlap_or_touch_one_waits(first: Edit, second: Edit) -> None:
    step = fixes.apply(sources(x="abcde"), [fix(second), fix(first)])
    assert step.applied == (fix(first),)


def test_two_fixes_that_insert_the_same_at_one_place_are_a_conflict() -> None:
    one = fix(edit(0, 0, "import v;"), edit(1, 1, "1"))
    two = fix(edit(0, 0, "import v;"), edit(3, 3, "2"))
    assert text(fixes.apply(sources(x="abcde"), [one, two]).sources) == "import v;a1bcde"


def test_the_same_fix_of_two_findings_is_applied_once() -> None:
    step = fixes.apply(sources(x="abc"), [fix(edit(0, 0, "-")), fix(edit(0, 0, "-"))])
    assert text(step.sources) == "-abc"
    assert len(step.applied) == 1


def test_all_edits_of_a_fix_or_none() -> None:
    over_two_files = fix(edit(0, 1, "A"), edit(0, 1, "B", "y.ts"))
    in_the_way = fix(edit(0, 0, "-", "x.ts"))
    step = fixes.apply(sources(x="a", y="b"), [over_two_files, in_the_way])
    assert (text(step.sources), text(step.sources, "y.ts")) == ("-a", "b")
    assert text(fixes.apply(sources(x="a", y="b"), [over_two_files]).sources, "y.ts") == "B"


@pytest.mark.parametrize(
    "impossible",
    [
        fix(),
        fix(edit(0, 1, "A", "unknown.ts")),
        fix(edit(0, 9, "A")),
        fix(edit(2, 1, "A")),
        fix(edit(0, 2, "A"), edit(1, 3, "B")),
    ],
)
def test_impossible_fixes_are_left_out(impossible: Fix) -> None:
    assert fixes.apply(sources(x="abc"), [impossible]).applied == ()


def test_edits_of_one_fix_may_touch() -> None:
    assert (
        text(fixes.apply(sources(x="abc"), [fix(edit(0, 1, "A"), edit(1, 1, "-"), edit(1, 2, "B"))]).sources) == "A-Bc"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\r\nb\r\n", "1\r\n2\r\na\r\nb\r\n"),
        ("a\nb\n", "1\n2\na\nb\n"),
        ("a", "1\n2\na"),
        ("\ufeffa\r\n", "\ufeff1\r\n2\r\na\r\n"),
    ],
)
@pytest.mark.parametrize("inserted", ["1\n2\n", "1\r\n2\r\n"])
def test_line_endings_and_byte_order_mark_are_the_files_own(before: str, after: str, inserted: str) -> None:
    assert text(fixes.apply(sources(x=before), [fix(edit(0, 0, inserted))]).sources) == after


@given(
    st.text("ab\r\né", max_size=20),
    st.lists(st.tuples(st.integers(0, 24), st.integers(0, 4), st.sampled_from(["", "x", "y\n"])), max_size=6),
)
def test_what_no_edit_names_stays_byte_for_byte(before: str, wanted: list[tuple[int, int, str]]) -> None:
    start = sources(x=before)
    step = fixes.apply(start, [fix(edit(at, at + size, put)) for at, size, put in wanted])
    spans = sorted(item.edits[0].span for item in step.applied)
    assert all(a.end < b.start for a, b in pairwise(spans))
    left = [
        start["x.ts"].data[a:b]
        for a, b in zip([0, *(s.end for s in spans)], [*(s.start for s in spans), None], strict=True)
    ]
    pattern = b".*?".join(re.escape(part) for part in left)
    assert re.fullmatch(pattern, step.sources["x.ts"].data, re.DOTALL)


def replacing(
    *steps: tuple[str, str], safety: Safety = Safety.SAFE
) -> Callable[[Mapping[str, Source]], list[Diagnostic]]:
    """Make a linter that finds each first word, and mends it to the second; `!` is a syntax error."""

    def lint(found: Mapping[str, Source]) -> list[Diagnostic]:
        said = []
        for path, source in found.items():
            if b"!" in source.data:
                said.append(Diagnostic("syntax-error", Severity.ERROR, Place(path), "no"))
            for old, new in steps:
                for match in re.finditer(old, source.data.decode()):
                    mend = fix(edit(*match.span(), new, path), safety=safety)
                    said.append(Diagnostic("a", Severity.ERROR, Place(path, Span(*match.span())), "no", fix=mend))
        return said

    return lint


def test_fixing_settles_over_several_rounds() -> None:
    settled = fixes.settle(replacing(("a", "b"), ("b", "c")), sources(x="a a"), SAFE)
    assert text(settled.sources) == "c c"
    assert settled.applied == 4
    assert settled.diagnostics == ()


def test_fixing_that_never_settles_ends() -> None:
    settled = fixes.settle(replacing(("a", "b"), ("b", "a")), sources(x="a"), SAFE)
    assert (text(settled.sources), settled.applied) == ("a", 10)


def test_only_the_wanted_safety_is_applied() -> None:
    lint = replacing(("a", "b"), safety=Safety.UNSAFE)
    assert text(fixes.settle(lint, sources(x="a"), SAFE).sources) == "a"
    assert text(fixes.settle(lint, sources(x="a"), {Safety.UNSAFE}).sources) == "b"


def test_a_round_that_breaks_a_file_is_taken_back_for_all() -> None:
    settled = fixes.settle(replacing(("a", "b"), ("b", "!"), ("c", "d")), sources(x="a", y="c"), SAFE)
    assert (text(settled.sources), text(settled.sources, "y.ts")) == ("b", "d")
    assert settled.broken == ("x.ts",)
    assert [item.rule for item in settled.diagnostics] == ["a"]


def test_a_file_that_was_broken_before_stops_nothing() -> None:
    settled = fixes.settle(replacing(("a", "b")), sources(x="!", y="a"), SAFE)
    assert text(settled.sources, "y.ts") == "b"


def test_a_fix_that_changes_nothing_ends_it() -> None:
    settled = fixes.settle(replacing(("a", "a")), sources(x="a"), SAFE)
    assert settled.applied == 0


def test_a_written_file_keeps_its_mode_and_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "x.ts"
    path.write_bytes(b"old")
    path.chmod(0o750)
    fixes.write(tmp_path, "x.ts", b"new\r\n")
    assert path.read_bytes() == b"new\r\n"
    assert os.name == "nt" or stat.S_IMODE(path.stat().st_mode) == 0o750
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_inside_the_workspace_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.ts").write_bytes(b"old")
    link = tmp_path / "link.ts"
    link.symlink_to("real.ts")
    fixes.write(tmp_path, "link.ts", b"new")
    assert link.is_symlink()
    assert (tmp_path / "real.ts").read_bytes() == b"new"


@pytest.mark.parametrize("path", ["convex/x.ts", "linked.ts"])
def test_nothing_is_written_through_a_link_that_leaves_the_workspace(tmp_path: Path, path: str) -> None:
    outside, root = tmp_path / "outside", tmp_path / "root"
    outside.mkdir()
    root.mkdir()
    (outside / "x.ts").write_bytes(b"old")
    (root / "convex").symlink_to(outside, target_is_directory=True)
    (root / "linked.ts").symlink_to(outside / "x.ts")
    with pytest.raises(fixes.OutsideWorkspaceError, match="leads out of the workspace"):
        fixes.write(root, path, b"new")
    assert (outside / "x.ts").read_bytes() == b"old"


def test_a_workspace_reached_through_a_link_is_written(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "x.ts").write_bytes(b"old")
    (tmp_path / "root").symlink_to("real", target_is_directory=True)
    fixes.write(tmp_path / "root", "x.ts", b"new")
    assert (tmp_path / "real" / "x.ts").read_bytes() == b"new"


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        fixes.write(tmp_path, "x.ts", b"new")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="folder"):
        fixes.write(tmp_path, "folder", b"new")
    assert [item.name for item in tmp_path.iterdir()] == ["folder"]
