"""The baseline: what it forgives, what it does not, and the file that it lies in."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

import pytest

from tests.command import BAD, BAD_RULES, GOOD, Ran, project, run, start

if TYPE_CHECKING:
    from pathlib import Path

NAME = "convex-lint-suppressions.json"
TWO = """\
import { mutation } from "./_generated/server";
// @public
export const first = mutation({
  args: {},
  handler: async (ctx) => {
    ctx.db.insert("notes", { text: "one" });
  },
});
// @public
export const second = mutation({
  args: {},
  handler: async (ctx) => {
    await ctx.db.insert("notes", { text: "two" });
  },
});
"""
FAULT = '    ctx.db.insert("notes", { text: "one" });\n'
RULE = "no-floating-promises"


@pytest.fixture
def noted(tmp_path: Path) -> Path:
    """Return a project whose one finding is forgiven."""
    folder = project(tmp_path, a=TWO)
    (folder / ".git").mkdir()
    assert lint(folder).found == [("convex/a.ts", RULE)]
    assert lint(folder, "--suppress-all").found == []
    return folder


def lint(folder: Path, *flags: str) -> Ran:
    return run("check", "--format", "json", *flags, cwd=folder)


def read(folder: Path) -> Any:
    return json.loads((folder / NAME).read_text(encoding="utf-8"))["files"]


def write(folder: Path, text: str, name: str = "a") -> None:
    (folder / "convex" / f"{name}.ts").write_bytes(text.encode())


def test_what_is_found_now_is_forgiven_from_now_on(noted: Path) -> None:
    ran = run(cwd=noted)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "no new problems in 1 file; 1 forgiven by the baseline\n"
    assert lint(noted).json["summary"]["suppressed"] == 1
    assert list(read(noted)) == ["convex/a.ts"]
    assert list(read(noted)["convex/a.ts"]) == [RULE]
    ((mark, number),) = read(noted)["convex/a.ts"][RULE].items()
    assert mark.startswith("first ")
    assert number == 1


def test_writing_it_again_changes_no_byte(noted: Path) -> None:
    before = (noted / NAME).stat(), (noted / NAME).read_bytes()
    assert lint(noted, "--suppress-all").code == 0
    assert ((noted / NAME).stat(), (noted / NAME).read_bytes()) == before


def test_a_fault_that_is_made_where_another_was_mended_is_reported(noted: Path) -> None:
    mended = TWO.replace(FAULT, f"    await {FAULT.lstrip()}")
    write(
        noted,
        mended.replace(
            '    await ctx.db.insert("notes", { text: "two" });', '    ctx.db.insert("notes", { text: "two" });'
        ),
    )
    ran = lint(noted)
    assert ran.found == [("convex/a.ts", RULE)]
    assert "1 finding that the baseline forgives is not found any more; --prune-suppressions takes it out" in ran.err


def test_the_same_line_in_another_function_is_another_fault(noted: Path) -> None:
    moved = TWO.replace(FAULT, "").replace('    await ctx.db.insert("notes", { text: "two" });\n', FAULT)
    write(noted, moved)
    assert lint(noted).found == [("convex/a.ts", RULE)]


def test_a_second_fault_like_a_forgiven_one_is_reported(noted: Path) -> None:
    write(noted, TWO.replace(FAULT, FAULT * 2))
    assert lint(noted).found == [("convex/a.ts", RULE)]
    assert lint(noted, "--suppress-all").found == []
    assert list(read(noted)["convex/a.ts"][RULE].values()) == [2]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("// one\n// more\n" + TWO, id="other lines above it"),
        pytest.param(TWO.replace("\n", "\r\n"), id="other ends of lines"),
        pytest.param(TWO.replace("    ", "\t\t"), id="another indentation"),
        pytest.param("\ufeff" + TWO, id="a byte order mark"),
        pytest.param(TWO.replace("first", "renamed"), id="another name of its function"),
        pytest.param(
            TWO[: TWO.index("// @public\nexport const first")]
            + TWO[TWO.index("// @public\nexport const second") :]
            + TWO[TWO.index("// @public\nexport const first") : TWO.index("// @public\nexport const second")],
            id="moved in its file with its function",
        ),
    ],
)
def test_what_only_moves_stays_forgiven(noted: Path, text: str) -> None:
    write(noted, text)
    ran = lint(noted)
    assert (ran.found, ran.err) == ([], "")


def test_a_file_with_another_name_stays_forgiven(noted: Path) -> None:
    (noted / "convex/a.ts").rename(noted / "convex/b.ts")
    assert lint(noted).found == []
    assert lint(noted, "--prune-suppressions").found == []
    assert list(read(noted)) == ["convex/b.ts"]


def test_a_copy_of_a_file_is_reported(noted: Path) -> None:
    write(noted, TWO, "b")
    assert lint(noted).found == [("convex/b.ts", RULE)]


def test_what_is_not_found_any_more_is_taken_out_when_it_is_asked_for(noted: Path) -> None:
    write(noted, TWO.replace(FAULT, ""))
    ran = lint(noted)
    assert ran.code == 0
    assert "is not found any more" in ran.err
    assert read(noted) != {}
    ran = lint(noted, "--prune-suppressions")
    assert (ran.code, read(noted)) == (0, {})
    assert "not found any more" not in ran.err


def test_a_deleted_file_is_stale(noted: Path) -> None:
    write(noted, GOOD, "b")
    (noted / "convex/a.ts").unlink()
    assert "is not found any more" in lint(noted).err


def test_a_run_judges_only_what_it_has_looked_at(noted: Path) -> None:
    write(noted, GOOD, "b")
    write(noted, TWO.replace(FAULT, ""))
    assert lint(noted, "convex/b.ts").err == ""
    assert lint(noted, "--select", "explicit-table-ids").err == ""
    before = (noted / NAME).read_bytes()
    assert lint(noted, "convex/b.ts", "--suppress-all").code == 0
    assert (noted / NAME).read_bytes() == before
    assert "not found any more" in lint(noted, "--select", RULE).err


def test_a_file_that_does_not_parse_is_not_judged_and_its_fault_is_said(noted: Path) -> None:
    write(noted, TWO.replace(FAULT, "    ((\n"))
    for flags in ([], ["--suppress-all"]):
        ran = lint(noted, *flags)
        assert [rule for _, rule in ran.found] == ["syntax-error"]
        assert "not found any more" not in ran.err


def test_one_rule_can_be_forgiven(tmp_path: Path) -> None:
    folder = project(tmp_path, a=BAD)
    assert [rule for _, rule in lint(folder).found] == BAD_RULES
    ran = lint(folder, "--suppress-rule", f"@convex-dev/{BAD_RULES[0]}")
    assert [rule for _, rule in ran.found] == BAD_RULES[1:]
    assert list(read(folder)["convex/a.ts"]) == BAD_RULES[:1]


def test_a_rule_that_is_not_there_is_said(tmp_path: Path) -> None:
    folder = project(tmp_path, a=BAD)
    ran = lint(folder, "--suppress-rule", "no-floating-promise")
    assert (ran.code, ran.out) == (2, "")
    assert "there is no rule `no-floating-promise`; did you mean `no-floating-promises`?" in ran.err
    assert not (folder / NAME).exists()


def test_it_can_lie_elsewhere(tmp_path: Path) -> None:
    folder = project(tmp_path, a=BAD)
    assert lint(folder, "--suppress-all", "--suppressions-location", "old.json").found == []
    assert not (folder / NAME).exists()
    assert lint(folder, "--suppressions-location", "old.json").found == []
    assert len(lint(folder).found) == 2


def test_fixes_leave_what_is_forgiven_alone(tmp_path: Path) -> None:
    folder = project(tmp_path, a=BAD)
    lint(folder, "--suppress-all")
    lint(folder, "--fix", "--unsafe-fixes")
    assert (folder / "convex/a.ts").read_text(encoding="utf-8") == BAD


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", ":1:2: it is no JSON"),
        ("[]", "it is no baseline of convex-lint"),
        ('{"version": 9, "files": {}}', "version 9 of the format is not known here"),
        ('{"version": 1}', "`files` is no object"),
        ('{"version": 1, "files": {"a.ts": 1}}', "`a.ts` is no object"),
        ('{"version": 1, "files": {"a.ts": {"r": []}}}', "`r` of `a.ts` is no object"),
        ('{"version": 1, "files": {"a.ts": {"r": {"what": 1}}}}', "`what` of `a.ts` is no finding"),
        ('{"version": 1, "files": {"a.ts": {"r": {"file": 0}}}}', "`file` of `a.ts` is no finding"),
        ("<<<<<<< HEAD\n", ":1:1: it is no JSON"),
        ("[" * 100_000, "it is"),
        (b"\xff\xfe", "the text is not UTF-8"),
    ],
)
def test_a_baseline_that_cannot_be_read_is_said_and_kept(tmp_path: Path, text: str | bytes, said: str) -> None:
    folder = project(tmp_path, a=BAD)
    data = text if isinstance(text, bytes) else text.encode()
    (folder / NAME).write_bytes(data)
    for flags in ([], ["--suppress-all"]):
        ran = lint(folder, *flags)
        assert (ran.code, ran.out) == (2, "")
        assert NAME in ran.err
        assert said in ran.err
        assert (folder / NAME).read_bytes() == data


def test_runs_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    names = [f"m{number}" for number in range(6)]
    folder = project(tmp_path, **dict.fromkeys(names, BAD))
    ended: list[Ran] = []

    def suppress(name: str) -> None:
        ended.append(start("check", "--suppress-all", f"convex/{name}.ts", cwd=folder))

    threads = [threading.Thread(target=suppress, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [ran.code for ran in ended] == [0] * len(names)
    assert list(read(folder)) == [f"convex/{name}.ts" for name in names]
    assert lint(folder).found == []


def test_what_is_forgiven_is_left_out_of_sarif(noted: Path) -> None:
    ran = run("check", "--format", "sarif", cwd=noted)
    assert ran.json["runs"][0]["results"] == []


@pytest.mark.parametrize(
    "flags",
    [
        ("--suppress-all", "--stdin", "--stdin-filename", "convex/a.ts"),
        ("--prune-suppressions", "--staged"),
        ("--suppress-all", "--add-disable-comments"),
    ],
)
def test_flags_that_contradict_it_are_refused(tmp_path: Path, flags: tuple[str, ...]) -> None:
    ran = lint(project(tmp_path, a=BAD), *flags)
    assert (ran.code, ran.out) == (2, "")
    assert not (tmp_path / NAME).exists()
