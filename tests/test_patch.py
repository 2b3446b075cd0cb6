"""Fixes as a patch, fixes alone, and comments that silence what is found."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.command import BAD, BAD_RULES, GOOD, Ran, environment, project, run

if TYPE_CHECKING:
    from pathlib import Path

BOM = "\ufeff"


def git(folder: Path, *arguments: str, given: str = "") -> None:
    subprocess.run(
        ["git", *arguments], cwd=folder, env=environment(), check=True, capture_output=True, input=given.encode()
    )


def text(folder: Path, name: str = "a") -> str:
    return (folder / "convex" / f"{name}.ts").read_bytes().decode()


def lint(folder: Path, *flags: str) -> Ran:
    return run("check", "--format", "json", *flags, cwd=folder)


@pytest.mark.parametrize(
    "code",
    [BAD, BAD.replace("\n", "\r\n"), BOM + BAD, BAD.rstrip("\n"), BAD + "\n\n// ä\n"],
    ids=["plain", "crlf", "bom", "no newline at the end", "not ascii"],
)
@pytest.mark.parametrize("name", ["a", "with blank", 'quo"te', "ä", "tab\there"])
def test_git_takes_the_patch_and_makes_of_it_what_the_fixes_do(tmp_path: Path, code: str, name: str) -> None:
    folder = project(tmp_path, **{name: code, "b": GOOD})
    git(folder, "init", "-q")
    printed = run("check", "--diff", "--unsafe-fixes", cwd=folder)
    assert printed.code == 1
    assert text(folder, name) == code
    lint(folder, "--fix", "--unsafe-fixes")
    fixed = text(folder, name)
    assert fixed != code
    (folder / "convex" / f"{name}.ts").write_bytes(code.encode())
    git(folder, "apply", "-", given=printed.out)
    assert text(folder, name) == fixed


def test_there_is_no_patch_where_nothing_can_be_fixed(tmp_path: Path) -> None:
    ran = run("check", "--diff", cwd=project(tmp_path, b=GOOD))
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_a_patch_goes_to_a_file(tmp_path: Path) -> None:
    folder = project(tmp_path, a=BAD)
    ran = run("check", "--diff", "-o", "fixes.patch", cwd=folder)
    assert (ran.code, ran.out) == (1, "")
    assert (folder / "fixes.patch").read_text(encoding="utf-8").startswith("diff --git a/convex/a.ts b/convex/a.ts\n")
    assert "would apply 1 fix in 1 file" in ran.err


def test_a_file_that_cannot_be_written_has_a_patch(tmp_path: Path) -> None:
    folder = project(tmp_path, a=BAD)
    (folder / "convex/a.ts").chmod(0o444)
    assert run("check", "--diff", cwd=folder).code == 1


def test_fixes_alone_say_nothing_of_what_is_left(tmp_path: Path) -> None:
    folder = project(tmp_path, a=BAD)
    ran = run("check", "--fix-only", cwd=folder)
    assert (ran.code, ran.out) == (0, "")
    assert "applied 1 fix in 1 file" in ran.err
    assert [rule for _, rule in lint(folder).found] == BAD_RULES[1:]


@pytest.mark.parametrize("flags", [("--diff", "--fix"), ("--diff", "--add-disable-comments"), ("--unsafe-fixes",)])
def test_flags_that_contradict_one_another_are_refused(tmp_path: Path, flags: tuple[str, ...]) -> None:
    folder = project(tmp_path, a=BAD)
    assert lint(folder, *flags).code == 2
    assert text(folder) == BAD


def test_comments_silence_what_is_found(tmp_path: Path) -> None:
    folder = project(tmp_path, a=BAD)
    ran = lint(folder, "--add-disable-comments=not yet")
    assert (ran.code, ran.found) == (0, [])
    assert "applied 2 suppressions in 1 file" in ran.err
    assert text(folder).splitlines()[2:5] == [
        "// convex-lint-disable-next-line no-old-registered-function-syntax -- not yet",
        "export const touch = mutation(async (ctx) => {",
        "  // convex-lint-disable-next-line no-floating-promises -- not yet",
    ]
    assert lint(folder, "--add-disable-comments=not yet").err == ""


def test_a_reason_need_not_be_given_and_a_path_is_none(tmp_path: Path) -> None:
    folder = project(tmp_path, a=BAD, b=BAD)
    assert lint(folder, "--add-disable-comments", "convex/a.ts").code == 0
    assert "convex-lint-disable-next-line no-floating-promises\n" in text(folder)
    assert text(folder, "b") == BAD


def test_several_rules_on_a_line_share_a_comment(tmp_path: Path) -> None:
    code = BAD.replace("async (ctx) => {\n  ctx.db.patch(id, {});\n}", "async (ctx) => { ctx.db.patch(id, {}); }")
    folder = project(tmp_path, a=code)
    assert len(lint(folder).found) == 2
    assert lint(folder, "--add-disable-comments=old").found == []
    assert text(folder).count("convex-lint-disable") == 1


def test_a_reason_cannot_end_its_comment(tmp_path: Path) -> None:
    folder = project(tmp_path, a=BAD)
    assert lint(folder, "--add-disable-comments=why */ not\nso").found == []
    assert text(folder).count("-- why * / not so") == 2


def test_a_comment_is_not_put_where_it_would_be_text(tmp_path: Path) -> None:
    code = """\
import { mutation } from "./_generated/server";

export const touch = mutation({
  args: {},
  handler: async (ctx) => {
    ctx.db.insert("notes", {});
    console.log(`
      ${[1].map(() => {
        ctx.db.insert("notes", {}); return 1; })} and ${(() => { ctx.db.insert("notes", {});
      })()}
      ${(() => { ctx.db.insert("notes", {}); })()}`);
  },
});
"""
    folder = project(tmp_path, a=code)
    before = len(lint(folder).found)
    ran = lint(folder, "--add-disable-comments=old")
    lines = text(folder).splitlines()
    inside = lines.index('      ${(() => { ctx.db.insert("notes", {}); })()}`);')
    assert "convex-lint" not in lines[inside - 1]
    assert 0 < len(ran.found) < before


def test_a_finding_about_a_file_is_silenced_at_its_top(tmp_path: Path) -> None:
    code = f'"use node";\n{GOOD.replace("query", "internalAction").replace("ctx.db.internalAction", "ctx.db.query")}'
    folder = project(tmp_path, **{"bad-name": code})
    assert [rule for _, rule in lint(folder, "--select", "invalid-module-path").found] == ["invalid-module-path"]
    assert lint(folder, "--select", "invalid-module-path", "--add-disable-comments=old").found == []
    assert text(folder, "bad-name").startswith("/* convex-lint-disable invalid-module-path -- old */\n")
