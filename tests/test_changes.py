"""What has changed since a commit, as git says, and what that changes elsewhere."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.command import BAD, BAD_RULES, GOOD, Ran, environment, project, run

if TYPE_CHECKING:
    from pathlib import Path

CALLER = """\
import { action } from "./_generated/server";
import { internal } from "./_generated/api";

export const go = action({ args: {}, handler: async (ctx) => await ctx.runQuery(internal.b.all, {}) });
"""
CALLED = """\
import { internalQuery } from "./_generated/server";

export const all = internalQuery({ args: {}, handler: async (ctx) => await ctx.db.query("notes").take(5) });
"""
MISSING = "no-unresolved-function-reference"


def git(folder: Path, *arguments: str) -> str:
    named = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main")
    ended = subprocess.run(
        ["git", *named, *arguments], cwd=folder, env=environment(), capture_output=True, check=True, text=True
    )
    return ended.stdout


def commit(folder: Path, message: str = "more") -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)


def lint(folder: Path, *flags: str) -> Ran:
    return run("check", "--format", "json", *flags, cwd=folder)


def severities(ran: Ran) -> list[tuple[str, str, str]]:
    return [(found["path"], found["rule"], found["severity"]) for found in ran.json["diagnostics"]]


@pytest.fixture
def committed(tmp_path: Path) -> Path:
    folder = project(tmp_path, a=BAD, b=CALLED, c=CALLER)
    git(folder, "init", "-q")
    commit(folder)
    return folder


def put(folder: Path, name: str, text: str) -> None:
    (folder / "convex" / f"{name}.ts").write_text(text, encoding="utf-8")


def test_only_files_that_differ_from_the_last_commit_are_reported(committed: Path) -> None:
    assert lint(committed, "--changed").found == []
    put(committed, "d", BAD)
    ran = lint(committed, "--changed")
    assert ran.found == [("convex/d.ts", rule) for rule in BAD_RULES]
    assert ran.json["summary"]["filesChecked"] == 1
    git(committed, "add", "-A")
    assert lint(committed, "--changed").found == ran.found


def test_paths_and_changes_narrow_each_other(committed: Path) -> None:
    put(committed, "d", BAD)
    put(committed, "b", CALLED + "\n")
    assert lint(committed, "--changed", "convex/b.ts").found == []


def test_all_is_new_where_nothing_is_committed(tmp_path: Path) -> None:
    folder = project(tmp_path, a=BAD)
    git(folder, "init", "-q")
    assert lint(folder, "--changed").found == [("convex/a.ts", rule) for rule in BAD_RULES]
    assert lint(folder, "--staged").found == []
    git(folder, "add", "-A")
    assert lint(folder, "--staged").found == [("convex/a.ts", rule) for rule in BAD_RULES]


def test_since_compares_with_where_the_branch_left(committed: Path) -> None:
    git(committed, "checkout", "-q", "-b", "topic")
    put(committed, "d", BAD)
    commit(committed)
    git(committed, "checkout", "-q", "main")
    put(committed, "e", BAD)
    commit(committed)
    git(committed, "checkout", "-q", "topic")
    assert {path for path, _ in lint(committed, "--since", "main").found} == {"convex/d.ts"}
    assert lint(committed, "--changed").found == []


def test_what_a_change_breaks_elsewhere_is_a_note(committed: Path) -> None:
    put(committed, "b", CALLED.replace("export const all", "export const some"))
    ran = lint(committed, "--changed")
    assert severities(ran) == [("convex/c.ts", MISSING, "note")]
    assert ran.code == 0
    assert ran.json["summary"]["notes"] == 1
    assert run("check", "--max-warnings", "0", "--changed", cwd=committed).code == 0
    assert "::notice " in run("check", "-f", "github", "--changed", cwd=committed).out
    assert [
        found["level"] for found in run("check", "-f", "sarif", "--changed", cwd=committed).json["runs"][0]["results"]
    ] == ["note"]
    assert "1 note in 1 of 1 file" in run("check", "--changed", cwd=committed).out


@pytest.mark.parametrize("flag", ["--changed", "--staged"])
def test_a_deleted_or_renamed_file_breaks_what_refers_to_it(committed: Path, flag: str) -> None:
    git(committed, "mv", "convex/b.ts", "convex/z.ts")
    assert severities(lint(committed, flag)) == [("convex/c.ts", MISSING, "note")]
    git(committed, "rm", "-q", "-f", "convex/z.ts")
    assert severities(lint(committed, flag)) == [("convex/c.ts", MISSING, "note")]


def test_what_was_broken_before_is_no_note(committed: Path) -> None:
    put(committed, "c", CALLER.replace("b.all", "b.none"))
    commit(committed)
    put(committed, "b", CALLED + "\n// more\n")
    assert lint(committed, "--changed").found == []


def test_staged_files_are_read_as_they_are_staged(committed: Path) -> None:
    put(committed, "b", CALLED + BAD.partition("\n")[2])
    put(committed, "d", BAD)
    git(committed, "add", "convex/d.ts")
    put(committed, "d", GOOD)
    assert lint(committed, "--staged").found == [("convex/d.ts", rule) for rule in BAD_RULES]
    assert ("convex/d.ts", BAD_RULES[0]) not in lint(committed, "--changed").found


def test_fixes_change_only_what_has_changed(committed: Path) -> None:
    put(committed, "d", BAD)
    lint(committed, "--changed", "--fix")
    assert git(committed, "status", "--porcelain").split() == ["??", "convex/d.ts"]
    assert (committed / "convex/d.ts").read_text(encoding="utf-8") != BAD


def test_names_of_files_may_be_of_any_kind(committed: Path) -> None:
    names = ["convex/ä ö.ts", 'convex/qu"ote.ts', "convex/[id].ts"]
    for name in names:
        (committed / name).write_text(BAD, encoding="utf-8")
    assert {path for path, rule in lint(committed, "--changed").found if rule in BAD_RULES} == set(names)


def test_it_works_from_a_folder_inside_and_in_another_work_tree(committed: Path, tmp_path: Path) -> None:
    put(committed, "d", BAD)
    inside = run("check", "--format", "json", "--changed", cwd=committed / "convex")
    assert [rule for _, rule in inside.found] == BAD_RULES
    other = tmp_path / "other"
    git(committed, "worktree", "add", "-q", str(other))
    put(other, "e", BAD)
    assert {path for path, _ in lint(other, "--changed").found} == {"convex/e.ts"}


def test_what_a_repository_configures_is_not_run(committed: Path) -> None:
    trap = committed / "ran"
    script = committed / "trap.sh"
    script.write_text(f"#!/bin/sh\ntouch '{trap}'\n", encoding="utf-8")
    script.chmod(0o755)
    for key in ("core.fsmonitor", "diff.external", "diff.x.textconv"):
        git(committed, "config", key, str(script))
    (committed / ".gitattributes").write_text("*.ts diff=x\n", encoding="utf-8")
    put(committed, "d", BAD)
    for flags in (["--changed"], ["--since", "HEAD"], ["--staged"]):
        lint(committed, *flags)
    assert not trap.exists()


@pytest.mark.parametrize(
    ("ref", "said"),
    [
        ("nowhere", "git knows no commit `nowhere`"),
        ("--output=x", "git knows no commit `--output=x`"),
        ("orphan", "`orphan` and this branch have no commit in common"),
    ],
)
def test_a_commit_that_is_not_there_is_said(committed: Path, ref: str, said: str) -> None:
    git(committed, "checkout", "-q", "--orphan", "orphan")
    git(committed, "commit", "-q", "-m", "alone")
    git(committed, "checkout", "-q", "main")
    ran = lint(committed, f"--since={ref}")
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_a_folder_without_git_is_said(tmp_path: Path) -> None:
    ran = lint(project(tmp_path, a=BAD), "--changed")
    assert (ran.code, ran.out) == (2, "")
    assert "git cannot say what has changed" in ran.err


def test_a_machine_without_git_is_said(committed: Path) -> None:
    ran = run("check", "--changed", cwd=committed, env={"PATH": os.devnull})
    assert (ran.code, ran.out) == (2, "")
    assert "which cannot be run here" in ran.err


@pytest.mark.parametrize(
    "flags",
    [
        ("--changed", "--staged"),
        ("--since", "HEAD", "--changed"),
        ("--staged", "--fix"),
        ("--staged", "--suppress-all"),
    ],
)
def test_flags_that_contradict_one_another_are_refused(committed: Path, flags: tuple[str, ...]) -> None:
    assert lint(committed, *flags).code == 2
