"""The command line: commands, flags, formats, streams and exit codes, in processes of their own."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path

import pytest

from convex_lint import registry
from tests.command import BAD, BAD_RULES, COMMAND, GOOD, Ran, environment, project, run, start

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
AGENTS = (
    "AI_AGENT", "CLAUDECODE", "CLAUDE_CODE", "REPL_ID", "GEMINI_CLI", "CODEX_SANDBOX", "CODEX_THREAD_ID", "COPILOT_CLI",
    "OPENCODE", "JUNIE_DATA", "JUNIE_SHIM_PATH", "CURSOR_AGENT",
)  # fmt: skip
COMMANDS = ("check", "init", "rule", "rules", "server")
ESCAPE = "\x1b["
BOM = b"\xef\xbb\xbf"
WARNING = BAD.replace("  ctx.db.patch", "  await ctx.db.patch")
"""A module with a warning and no error."""

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals, pipes and terminals of POSIX")


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    return project(tmp_path, a=BAD, b=GOOD)


def rules_in(ran: Ran) -> list[str]:
    return [rule for _, rule in ran.found]


# Commands


def test_check_is_the_command_where_none_is_named(bad: Path) -> None:
    named = run("check", cwd=bad)
    assert named.code == 1
    assert named.out
    assert run(cwd=bad) == start(cwd=bad) == named
    assert run("convex", cwd=bad) == run("check", "convex", cwd=bad)
    assert run("-f", "json", cwd=bad) == run("check", "-f", "json", cwd=bad)


def test_a_folder_that_is_called_like_a_command_can_be_linted(bad: Path) -> None:
    (bad / "convex" / "rules").mkdir()
    shutil.move(bad / "convex" / "a.ts", bad / "convex" / "rules" / "a.ts")
    ran = run("check", "-f", "json", "rules", cwd=bad / "convex")
    assert ran.found == [("convex/rules/a.ts", rule) for rule in BAD_RULES]
    assert run("--", "rules", cwd=bad / "convex").code == 1


def test_a_path_that_is_nearly_a_command_is_said_to_be(bad: Path) -> None:
    ran = run("ruels", cwd=bad)
    assert ran.code == 2
    assert ran.err == "Error: `ruels` does not exist; did you mean the command `rules`?\n"


@pytest.mark.parametrize("flag", ["--version", "--help", "-h"])
def test_the_command_itself_can_be_asked(flag: str, tmp_path: Path) -> None:
    ran = run(flag, cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    if flag == "--version":
        assert ran.out == f"convex-lint {metadata.version('convex-lint')}\n"
    else:
        assert all(f"\n  {command} " in ran.out for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(command: str, tmp_path: Path) -> None:
    ran = run(command, "--help", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"Usage: convex-lint {command} [OPTIONS]")
    options = re.findall(r"^  (?:-\w, )?--[\w-]+(?: \S+)*(.*)$", ran.out, re.MULTILINE)
    assert options
    described = run("--help", cwd=tmp_path).out
    assert not re.search(r"^  \w+ .*\.\.\.$", described, re.MULTILINE), "a summary is cut off"


# What is reported


def test_paths_choose_what_is_reported(bad: Path) -> None:
    assert run("convex/b.ts", cwd=bad).code == 0
    assert run("convex/a.ts", "-f", "json", cwd=bad).found == [("convex/a.ts", rule) for rule in BAD_RULES]
    assert run(str(bad / "convex" / "a.ts"), cwd=bad.parent).code == 1


def test_a_file_that_belongs_to_no_project_is_passed_over(bad: Path) -> None:
    (bad / "src").mkdir()
    (bad / "src" / "a.ts").write_text(BAD, encoding="utf-8")
    (bad / "notes.md").write_text("", encoding="utf-8")
    ran = run("src/a.ts", "notes.md", "-f", "concise", cwd=bad)
    assert ran == Ran(0, "", "")


@pytest.mark.parametrize(
    ("flags", "rules"),
    [
        (["--select", "no-floating-promises"], ["no-floating-promises"]),
        (["--select", "@convex-dev/no-old-registered-function-syntax"], ["no-old-registered-function-syntax"]),
        (["--select", "no-floating-promises,no-old-registered-function-syntax"], BAD_RULES),
        (["--select", "no-floating-promises", "--select", "style"], BAD_RULES),
        (["--select", "correctness"], ["no-floating-promises"]),
        (["--ignore", "no-floating-promises"], ["no-old-registered-function-syntax"]),
        (["--ignore", "style, correctness"], []),
        (["--select", "all", "--ignore", "style, performance, require-schema"], ["no-floating-promises"]),
    ],
)
def test_rules_are_chosen_by_name_and_by_set(bad: Path, flags: list[str], rules: list[str]) -> None:
    ran = run("check", "-f", "json", *flags, cwd=bad)
    assert rules_in(ran) == rules
    assert ran.code == ("no-floating-promises" in rules)


@pytest.mark.parametrize("flag", ["--select", "--ignore"])
def test_an_unknown_rule_is_an_error_with_the_nearest_name(bad: Path, flag: str) -> None:
    ran = run("check", flag, "no-floting-promises", cwd=bad)
    assert (ran.code, ran.out) == (2, "")
    assert flag in ran.err
    assert "`no-floting-promises`" in ran.err
    assert "did you mean `no-floating-promises`?" in ran.err
    assert ran.err.count("\n") == 1


def test_ignored_files_are_reported_where_that_is_asked_for(bad: Path) -> None:
    (bad / ".git").mkdir()
    (bad / ".gitignore").write_text("a.ts\n", encoding="utf-8")
    assert run(cwd=bad).code == 0
    assert run("--no-ignore", cwd=bad).code == 1


def test_a_configuration_is_found_named_or_left_out(bad: Path) -> None:
    (bad / "convex-lint.json").write_text('{"rules": {"no-floating-promises": "off"}}', encoding="utf-8")
    (bad / "other.json").write_text('{"rules": {"no-floating-promises": "warn"}}', encoding="utf-8")
    assert run(cwd=bad).code == 0
    assert run("--isolated", cwd=bad).code == 1
    named = run("--config", "other.json", "-f", "json", "convex/a.ts", cwd=bad)
    assert [found["severity"] for found in named.json["diagnostics"]] == ["warning", "warning"]
    below = run("--config", "../other.json", "-f", "json", cwd=bad / "convex")
    assert [found["severity"] for found in below.json["diagnostics"]] == ["warning", "warning"]


def test_the_settings_in_force_are_printed_without_a_project(tmp_path: Path) -> None:
    (tmp_path / "convex-lint.json").write_text('{"rules": {"no-floating-promises": "off"}}', encoding="utf-8")
    ran = run("--print-config", "--ignore", "style", cwd=tmp_path)
    assert ran.code == 0
    assert ran.json["files"] == ["convex-lint.json"]
    assert ran.json["rules"]["no-top-of-hour-crons"] == "warn"
    assert ran.json["rules"].get("no-floating-promises", "off") == "off"
    assert ran.json["rules"].get("no-old-registered-function-syntax", "off") == "off"


# Formats and output


@pytest.mark.parametrize("format_", ["full", "concise", "agent", "github", "json", "sarif"])
def test_each_format_names_every_finding(bad: Path, format_: str) -> None:
    ran = run("--format", format_, cwd=bad)
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.endswith("\n")
    assert ESCAPE not in ran.out
    for rule in BAD_RULES:
        assert rule in ran.out
    assert "convex/a.ts" in ran.out


def test_json_and_sarif_are_json_for_a_clean_run_too(tmp_path: Path) -> None:
    project(tmp_path, b=GOOD)
    for format_ in ("json", "sarif"):
        ran = run("--format", format_, cwd=tmp_path)
        assert ran.code == 0
        assert isinstance(ran.json, dict)
    assert run("--format", "concise", cwd=tmp_path).out == ""
    assert run(cwd=tmp_path).out == "no problems in 1 file\n"


def test_an_unknown_format_is_an_error_that_lists_them(bad: Path) -> None:
    ran = run("--format", "xml", cwd=bad)
    assert (ran.code, ran.out) == (2, "")
    assert "'sarif'" in ran.err


@pytest.mark.parametrize(
    ("env", "format_"),
    [({}, "full"), ({"GITHUB_ACTIONS": "true"}, "github"), ({"GITHUB_ACTIONS": "false"}, "full"),
     ({"CI": "true"}, "full"), ({"CLAUDECODE": ""}, "full"),
     ({"GITHUB_ACTIONS": "true", "CLAUDECODE": "1"}, "agent"), ({"CONVEX_LINT_FORMAT": "concise"}, "concise"),
     ({"CONVEX_LINT_FORMAT": "concise", "AI_AGENT": "1"}, "concise"), *(({name: "1"}, "agent") for name in AGENTS)],
)  # fmt: skip
def test_the_format_follows_the_environment(bad: Path, env: dict[str, str], format_: str) -> None:
    ran = run(cwd=bad, env=env)
    assert ran.code == 1
    assert ran == run("--format", format_, cwd=bad)


def test_a_format_that_is_named_goes_before_the_environment(bad: Path) -> None:
    env = {"CONVEX_LINT_FORMAT": "json", "GITHUB_ACTIONS": "true", "CLAUDECODE": "1"}
    assert run("-f", "concise", cwd=bad, env=env) == run("-f", "concise", cwd=bad)


def test_output_goes_to_a_file_where_one_is_named(bad: Path) -> None:
    for format_ in ("full", "json"):
        shown = run("-f", format_, cwd=bad)
        ran = run("-f", format_, "-o", "out.txt", cwd=bad, env={"FORCE_COLOR": "1"})
        assert (ran.code, ran.out, ran.err) == (1, "", "")
        assert (bad / "out.txt").read_text(encoding="utf-8").splitlines() == shown.lines
    run("-o", "auto.txt", cwd=bad, env={"GITHUB_ACTIONS": "true", "CLAUDECODE": "1"})
    assert (bad / "auto.txt").read_text(encoding="utf-8") == run(cwd=bad).out


@pytest.mark.parametrize("target", ["no/such/folder/out.txt", "convex"])
def test_output_that_cannot_be_written_is_an_error(bad: Path, target: str) -> None:
    ran = run("-o", target, cwd=bad)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"Error: cannot write `{target}`: ")
    assert ran.err.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
def test_a_full_disk_is_an_error(bad: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(COMMAND, cwd=bad, env=environment(), stdout=full, stderr=subprocess.PIPE, check=False)
    assert ended.returncode == 2
    assert ended.stderr == b"Error: cannot write to standard output: no space left on device\n"


def test_quiet_shows_errors_only_and_counts_warnings_all_the_same(bad: Path) -> None:
    ran = run("--quiet", "-f", "json", cwd=bad)
    assert (ran.code, rules_in(ran)) == (1, ["no-floating-promises"])
    project(bad, a=WARNING)
    assert run("--quiet", "-f", "concise", cwd=bad) == Ran(0, "", "")
    assert run("--quiet", "-f", "concise", "--max-warnings", "0", cwd=bad).code == 1


@pytest.mark.parametrize(("limit", "code"), [("0", 1), ("1", 0), ("2", 0)])
def test_too_many_warnings_fail(tmp_path: Path, limit: str, code: int) -> None:
    project(tmp_path, a=WARNING)
    assert run(cwd=tmp_path).code == 0
    ran = run("--max-warnings", limit, cwd=tmp_path)
    assert ran.code == code
    assert ran.err == ("convex-lint: too many warnings: 1, and --max-warnings is 0\n" if code else "")
    assert run("--max-warnings", limit, "--exit-zero", cwd=tmp_path).code == 0


def test_exit_zero_is_what_it_says(bad: Path) -> None:
    ran = run("--exit-zero", cwd=bad)
    assert (ran.code, ran.out) == (0, run(cwd=bad).out)
    assert run("--exit-zero", "nowhere", cwd=bad).code == 2


def test_statistics_count_by_rule(bad: Path) -> None:
    project(bad, c=BAD)
    ran = run("--statistics", cwd=bad)
    assert ran.code == 1
    assert [line.split()[:3] for line in ran.lines[:2]] == [
        ["2", "error", "no-floating-promises"],
        ["2", "warning", "no-old-registered-function-syntax"],
    ]


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["--unsafe-fixes"], "--unsafe-fixes goes with --fix"),
        (["--stdin"], "--stdin needs --stdin-filename"),
        (["--stdin-filename", "a.ts"], "--stdin-filename goes with --stdin"),
        (["--stdin", "--stdin-filename", "a.ts", "b.ts"], "--stdin reads one file"),
        (["--stdin", "--stdin-filename", "a.ts", "--fix"], "--fix cannot change standard input"),
        (["--statistics", "--format", "json"], "--statistics is a format of its own"),
        (["--max-warnings", "-1"], "-1"),
        (["--max-warnings", "few"], "few"),
        (["--color", "sometimes"], "sometimes"),
        (["--no-such-flag"], "--no-such-flag"),
        ([""], "a path is empty"),
    ],
)
def test_flags_that_make_no_sense_are_refused(bad: Path, flags: list[str], message: str) -> None:
    ran = run("check", *flags, cwd=bad)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert (bad / "convex" / "a.ts").read_text(encoding="utf-8") == BAD


# Colour


@pytest.mark.parametrize(
    ("flags", "env", "colored"),
    [
        ([], {}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "0"}, False),
        ([], {"FORCE_COLOR": ""}, False),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_follows_the_flag_then_the_environment(
    bad: Path, flags: list[str], env: dict[str, str], *, colored: bool
) -> None:
    for format_ in ("full", "concise"):
        assert (ESCAPE in run(*flags, "-f", format_, cwd=bad, env=env).out) is colored
    for format_ in ("json", "sarif", "agent"):
        assert ESCAPE not in run(*flags, "-f", format_, cwd=bad, env=env).out


def in_a_terminal(*arguments: str, cwd: Path, env: dict[str, str]) -> tuple[int, str]:
    import pty  # noqa: PLC0415  there is none on Windows

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *arguments], cwd=cwd, env=environment(COLUMNS="80", **env), stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            more = os.read(ours, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not more:
            break
        said += more
    os.close(ours)
    return process.wait(60), said.decode()


@posix
def test_a_terminal_gets_colour_and_links(bad: Path) -> None:
    code, shown = in_a_terminal("convex", cwd=bad, env={"TERM": "xterm"})
    assert code == 1
    assert ESCAPE in shown
    assert "\x1b]8;;https://" in shown
    for env in ({"TERM": "dumb"}, {"TERM": "xterm", "NO_COLOR": "1"}):
        code, shown = in_a_terminal("convex", cwd=bad, env=env)
        assert code == 1
        assert "\x1b" not in shown
        assert "no-floating-promises" in shown


@posix
def test_a_terminal_gets_the_page_of_a_rule_drawn(tmp_path: Path) -> None:
    code, shown = in_a_terminal("rule", "no-floating-promises", cwd=tmp_path, env={"TERM": "xterm"})
    assert code == 0
    assert "no-floating-promises" in shown
    assert "```" not in shown


# Standard input


def stdin(folder: Path, name: str, text: str | bytes, *flags: str) -> Ran:
    data = text.encode() if isinstance(text, str) else text
    return run("--stdin", "--stdin-filename", name, "-f", "json", *flags, cwd=folder, stdin=data)


@pytest.mark.parametrize("name", ["convex/b.ts", "convex/new.ts", "./convex/new.ts", "convex/deep/down/new.tsx"])
def test_standard_input_stands_for_a_file_that_need_not_be_there(bad: Path, name: str) -> None:
    ran = stdin(bad, name, BAD)
    assert ran.code == 1
    assert ran.found == [(name.removeprefix("./"), rule) for rule in BAD_RULES]
    assert ran.json["summary"]["filesChecked"] == 1
    assert stdin(bad, name, GOOD).code == 0
    assert stdin(bad, str(bad / name), BAD).code == 1


def test_standard_input_goes_before_what_is_on_the_disk(bad: Path) -> None:
    assert stdin(bad, "convex/a.ts", GOOD).code == 0
    assert (bad / "convex" / "a.ts").read_text(encoding="utf-8") == BAD


def test_standard_input_is_seen_with_the_rest_of_the_project(bad: Path) -> None:
    helper = 'import { mutation } from "./_generated/server";\nexport const make = mutation;\n'
    project(bad, builders=helper)
    for name in ("convex/b.ts", "convex/new.ts"):
        head = 'import { make } from "./builders";\n// @public\n'
        text = head + "export const m = make(async (ctx) => { ctx.db.patch(a, b); });\n"
        assert rules_in(stdin(bad, name, text)) == BAD_RULES


@pytest.mark.parametrize(
    "name", ["src/b.ts", "new.ts", "../elsewhere/convex.ts", "convex/_generated/api.ts", "convex/a.md"]
)
def test_standard_input_outside_of_every_project_is_passed_over(bad: Path, name: str) -> None:
    assert stdin(bad, name, BAD).found == []
    assert stdin(bad, name, BAD).code == 0


def test_standard_input_outside_of_any_project_at_all_is_passed_over(tmp_path: Path) -> None:
    assert stdin(tmp_path, "a.ts", BAD).code == 0
    assert stdin(tmp_path, "no/such/folder/a.ts", BAD).code == 0


def test_standard_input_for_a_file_that_is_ignored_is_passed_over(bad: Path) -> None:
    (bad / "convex-lint.json").write_text('{"ignorePatterns": ["convex/new*"]}', encoding="utf-8")
    assert stdin(bad, "convex/new.ts", BAD).code == 0
    assert stdin(bad, "convex/new.ts", BAD, "--no-ignore").code == 1
    assert stdin(bad, "convex/other.ts", BAD).code == 1


@pytest.mark.parametrize("name", ["convex/a.ts", "convex/new.ts"])
def test_standard_input_may_have_windows_line_ends_and_a_mark(bad: Path, name: str) -> None:
    plain = [found["range"]["start"] for found in stdin(bad, name, BAD).json["diagnostics"]]
    places = [(start["line"], start["column"]) for start in plain]
    for data in (BAD.replace("\n", "\r\n").encode(), BOM + BAD.encode(), BAD.replace("\n", "\r").encode()):
        starts = [found["range"]["start"] for found in stdin(bad, name, data).json["diagnostics"]]
        assert [(start["line"], start["column"]) for start in starts] == places


@pytest.mark.parametrize("name", ["convex/a.ts", "convex/new.ts"])
@pytest.mark.parametrize("data", [b"\xff\xfe", b"export const x = '\xe9';\n", b"//" + b"x" * (5 << 20)])
def test_standard_input_that_cannot_be_read_is_an_error(bad: Path, name: str, data: bytes) -> None:
    ran = stdin(bad, name, data)
    assert ran.code == 1
    assert ran.found == [(name, "unreadable-file")]


def test_standard_input_that_is_empty_is_an_empty_file(bad: Path) -> None:
    assert stdin(bad, "convex/a.ts", "").code == 0


# Fixing


def test_safe_fixes_are_applied_and_then_nothing_is_left_to_fix(bad: Path) -> None:
    ran = run("--fix", "-f", "json", cwd=bad)
    assert ran.err == "convex-lint: applied 1 fix in 1 file\n"
    assert (ran.code, rules_in(ran)) == (1, ["no-floating-promises"])
    fixed = (bad / "convex" / "a.ts").read_text(encoding="utf-8")
    assert "mutation({" in fixed
    again = run("--fix", "-f", "json", cwd=bad)
    assert again.err == ""
    assert (bad / "convex" / "a.ts").read_text(encoding="utf-8") == fixed
    both = run("--fix", "--unsafe-fixes", "-f", "json", cwd=bad)
    assert (both.code, both.found) == (0, [])
    assert "await ctx.db.patch" in (bad / "convex" / "a.ts").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["agent-mess", "builders", "chat", "clean", "handbook", "monorepo", "runtimes"])
@pytest.mark.parametrize("flags", [["--fix"], ["--fix", "--unsafe-fixes"]])
def test_a_whole_project_is_fixed_once_and_for_all(tmp_path: Path, name: str, flags: list[str]) -> None:
    folder = tmp_path / name
    shutil.copytree(FIXTURES / name, folder)
    before = run("-f", "json", cwd=folder)
    broken = [path for path, rule in before.found if rule == "syntax-error"]
    ran = run(*flags, "-f", "json", cwd=folder)
    assert [path for path, rule in ran.found if rule == "syntax-error"] == broken
    safeties = {"safe", "unsafe"} if len(flags) > 1 else {"safe"}
    left = [found for found in ran.json["diagnostics"] if found["fix"] and found["fix"]["safety"] in safeties]
    assert left == []
    texts = {path: path.read_bytes() for path in sorted(folder.rglob("*.*s*")) if path.is_file()}
    again = run(*flags, "-f", "json", cwd=folder)
    assert (again.found, again.err) == (ran.found, "")
    assert {path: path.read_bytes() for path in texts} == texts
    assert [path for path in folder.rglob("*") if path.suffix == ".tmp"] == []


def test_only_what_is_chosen_is_fixed(bad: Path) -> None:
    project(bad, c=BAD)
    run("--fix", "convex/a.ts", cwd=bad)
    assert (bad / "convex" / "c.ts").read_text(encoding="utf-8") == BAD
    assert (bad / "convex" / "a.ts").read_text(encoding="utf-8") != BAD


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", BOM])
def test_a_fix_keeps_line_ends_and_mark_and_mode(tmp_path: Path, end: str, mark: bytes) -> None:
    project(tmp_path, a=mark + BAD.replace("\n", end).encode())
    path = tmp_path / "convex" / "a.ts"
    path.chmod(0o640)
    mode = path.stat().st_mode
    ran = run("--fix", "--unsafe-fixes", "-f", "concise", cwd=tmp_path)
    assert (ran.code, ran.out) == (0, "")
    text = path.read_bytes()
    assert text.startswith(mark)
    assert not text.removeprefix(mark).startswith(BOM)
    assert len(text.decode().split(end)) == len(BAD.split("\n"))
    assert text.count(b"\n") == (0 if end == "\r" else BAD.count("\n"))
    assert path.stat().st_mode == mode


def test_a_file_that_does_not_parse_is_not_fixed(bad: Path) -> None:
    broken = BAD + "export const x = (;\n"
    project(bad, a=broken)
    ran = run("--fix", "-f", "json", cwd=bad)
    assert ("convex/a.ts", "syntax-error") in ran.found
    assert (bad / "convex" / "a.ts").read_text(encoding="utf-8") == broken


# Exit codes that no flag asks for


def pack(folder: Path, name: str, text: str) -> dict[str, str]:
    """Install a rule pack of one module by hand; return the environment in which Python sees it."""
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[{registry.GROUP}]\n{name} = {name}\n", encoding="utf-8")
    (folder / name).mkdir()
    (folder / name / "__init__.py").write_text("", encoding="utf-8")
    (folder / name / "a_rule.py").write_text(text, encoding="utf-8")
    return {"PYTHONPATH": str(folder)}


CRASHING = '''"""Fail."""
from convex_lint.api import Category, Module, Preset, Severity, rule

@rule("always-fails", Category.STYLE, Severity.WARNING, preset=Preset.RECOMMENDED, each=Module)
def check(module):
    if module.path.endswith("a.ts"):
        raise ValueError("no luck")
    yield from ()
'''


def test_a_rule_that_crashes_ends_in_2_and_all_else_is_linted(
    bad: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    env = pack(tmp_path_factory.mktemp("packs"), "crashing_pack", CRASHING)
    ran = start("-f", "json", cwd=bad, env=env)
    assert ran.code == 2
    assert sorted(rules_in(ran)) == sorted([*BAD_RULES, "rule-crashed"])
    crash = next(found for found in ran.json["diagnostics"] if found["rule"] == "rule-crashed")
    assert "`always-fails` failed here: ValueError: no luck (a_rule.py:7)" in crash["message"]
    assert start("--ignore", "always-fails", cwd=bad, env=env).code == 1


def test_a_failure_of_our_own_ends_in_2_and_shows_its_traceback_only_on_demand(
    bad: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    env = pack(tmp_path_factory.mktemp("packs"), "broken_pack", "raise RuntimeError('no luck')\n")
    ran = start(cwd=bad, env=env)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("convex-lint: internal failure: RuntimeError: no luck (a_rule.py:1)\n")
    ended = subprocess.run(
        COMMAND, cwd=bad, env=environment(CONVEX_LINT_DEBUG="1", **env), capture_output=True, check=False
    )
    assert ended.returncode == 2
    assert b"Traceback" in ended.stderr


WAITING = '''"""Say that linting has begun, and wait."""
import os, pathlib, time
from convex_lint.api import Category, Module, Preset, Severity, rule

@rule("waits", Category.STYLE, Severity.WARNING, preset=Preset.RECOMMENDED, each=Module)
def check(module):
    pathlib.Path(os.environ["BEGUN"]).touch()
    time.sleep(50)
    yield from ()
'''


@posix
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_run_leaves_nothing_half_written(
    bad: Path, tmp_path_factory: pytest.TempPathFactory, number: signal.Signals, code: int
) -> None:
    packs = tmp_path_factory.mktemp("packs")
    env = environment(BEGUN=str(packs / "begun"), **pack(packs, "waiting_pack", WAITING))
    before = contents(bad)
    process = subprocess.Popen(
        [*COMMAND, "check", "--fix", "-o", "out.json"], cwd=bad, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    while not (packs / "begun").exists():
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(number)
    out, err = process.communicate(timeout=40)
    assert process.returncode == code
    assert (out, err.strip()) == (b"", b"")
    assert contents(bad) == before


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


MEDDLING = '''"""Change a file while it is linted, as an editor might."""
import pathlib
from convex_lint.api import Category, Module, Preset, Severity, rule

@rule("meddles", Category.STYLE, Severity.WARNING, preset=Preset.RECOMMENDED, each=Module)
def check(module):
    pathlib.Path("convex/z.ts").write_text("// saved in the meantime")
    yield from ()
'''


def test_a_file_that_changes_in_the_meantime_is_not_overwritten(
    bad: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    project(bad, z=BAD)
    env = pack(tmp_path_factory.mktemp("packs"), "meddling_pack", MEDDLING)
    ran = start("--fix", cwd=bad, env=env)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "Error: `convex/z.ts` was changed in the meantime; nothing was fixed, run it again\n"
    assert contents(bad)["a.ts"] == BAD.encode()
    assert contents(bad)["z.ts"] == b"// saved in the meantime"


@posix
def test_a_reader_that_goes_away_is_no_fault(bad: Path) -> None:
    for arguments in (["check", "-f", "json"], ["rule", "--all"], ["rules"], ["--help"]):
        process = subprocess.Popen(
            [*COMMAND, *arguments], cwd=bad, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        process.stderr.close()
        assert process.wait(60) == 1


@posix
def test_closed_streams_are_no_fault(bad: Path) -> None:
    for closed in (">&-", "2>&-", "<&-", ">&- 2>&- <&-"):
        command = f'exec "$0" "$@" {closed}'
        ended = subprocess.run(
            ["/bin/sh", "-c", command, *COMMAND, "check"], cwd=bad, env=environment(), capture_output=True, check=False
        )
        assert ended.returncode == 1
        assert ended.stderr == b""
    ended = subprocess.run(
        ["/bin/sh", "-c", 'exec "$0" "$@" <&-', *COMMAND, "--stdin", "--stdin-filename", "convex/a.ts"],
        cwd=bad, env=environment(), capture_output=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 2
    assert b"standard input is closed" in ended.stderr


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_output_in_another_encoding_is_no_fault(bad: Path, encoding: str) -> None:
    project(bad, **{"é✓": BAD})
    ended = subprocess.run(
        [*COMMAND, "-f", "full"], cwd=bad, env=environment(PYTHONIOENCODING=encoding), capture_output=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (1, b"")
    assert "convex/é✓.ts:4:3".encode(encoding, "backslashreplace") in ended.stdout


# Rules


def test_a_rule_explains_itself(tmp_path: Path) -> None:
    text = run("rule", "no-floating-promises", cwd=tmp_path)
    assert (text.code, text.err) == (0, "")
    assert text.out.startswith("# no-floating-promises\n")
    assert "```ts" in text.out
    assert run("rule", "no-floating-promises", "--format", "markdown", cwd=tmp_path) == text
    assert run("rule", "@convex-dev/no-floating-promises", cwd=tmp_path) == text
    (described,) = run("rule", "no-floating-promises", "-f", "json", cwd=tmp_path).json
    assert described["name"] == "no-floating-promises"
    assert described["severity"] == "error"


def test_all_rules_explain_themselves(tmp_path: Path) -> None:
    names = [rule.name for rule in registry.builtin()]
    markdown = run("rule", "--all", cwd=tmp_path)
    assert markdown.code == 0
    assert [line[2:] for line in markdown.lines if line.startswith("# ")] == names
    assert [rule["name"] for rule in run("rule", "--all", "-f", "json", cwd=tmp_path).json] == names
    assert run("rules", "-f", "json", cwd=tmp_path).json == run("rule", "--all", "-f", "json", cwd=tmp_path).json


def test_rules_are_listed_one_a_line(tmp_path: Path) -> None:
    ran = run("rules", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    for line, rule in zip(ran.lines, registry.builtin(), strict=True):
        assert line.split()[:5] == [rule.name, rule.category, rule.severity, rule.preset, rule.precision]
        assert line.endswith(rule.summary)


def test_a_rule_is_listed_with_its_fix_and_the_linters_that_have_the_like(tmp_path: Path) -> None:
    rows = {line.split()[0]: line.split()[5:7] for line in run("rules", cwd=tmp_path).lines}
    assert rows["explicit-table-ids"] == ["fix", "eslint,oxlint"]
    assert rows["no-date-now-in-query"] == ["-", "convex-doctor"]
    assert rows["valid-index-name"][1] == "-"
    listed = {rule["name"]: rule for rule in run("rules", "-f", "json", cwd=tmp_path).json}
    assert listed["no-date-now-in-query"]["replaces"]["convex-doctor"][0] == "perf/date-now-in-query"
    assert (listed["no-date-now-in-query"]["fix"], listed["explicit-table-ids"]["fix"]) == (False, True)


@pytest.mark.parametrize("peer", ["eslint", "oxlint", "convex-doctor"])
def test_what_another_linter_can_leave_to_this_one_is_listed(tmp_path: Path, peer: str) -> None:
    listed = run("rules", "--replaces", peer, "-f", "json", cwd=tmp_path).json
    ran = run("rules", "--replaces", peer, cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert sorted(line.split()[0] for line in ran.lines if re.match(r"  \S", line)) == sorted(r["rule"] for r in listed)
    names = {rule.name for rule in registry.builtin()}
    assert all(
        names.issuperset(rule["ours"]) and bool(rule["ours"]) == (rule["verdict"] != "reject") for rule in listed
    )


def test_what_no_rule_stands_in_for_is_said_with_its_reason(tmp_path: Path) -> None:
    text = run("rules", "--replaces", "convex-doctor", cwd=tmp_path).out
    kept = text.partition("Keep these if you want them")[2]
    assert "  schema/too-many-indexes\n      eight are no fault" in kept
    assert "perf/date-now-in-query" in text.partition("Keep these")[0]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["no-floating-promise"], "no rule is called `no-floating-promise`; did you mean `no-floating-promises`?"),
        (["@convex-dev/no-filter"], "did you mean `no-filter-in-query`?"),
        (["zzz"], "no rule is called `zzz`; `convex-lint rules` lists them"),
        ([], "name one rule, or give --all"),
        (["no-floating-promises", "--all"], "name one rule, or give --all"),
    ],
)
def test_a_rule_that_is_not_named_well_is_an_error(tmp_path: Path, arguments: list[str], message: str) -> None:
    ran = run("rule", *arguments, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


# Starting


@pytest.mark.parametrize("name", ["convex-lint.json", "convex-lint.jsonc"])
def test_init_writes_a_configuration_once(bad: Path, name: str) -> None:
    plain = run(cwd=bad)
    first = run("init", cwd=bad)
    assert (first.code, first.out, first.err) == (0, "wrote convex-lint.json; `convex-lint check` reads it\n", "")
    assert isinstance(json.loads((bad / "convex-lint.json").read_text(encoding="utf-8")), dict)
    assert run(cwd=bad) == plain
    (bad / "convex-lint.json").rename(bad / name)
    text = (bad / name).read_bytes()
    again = run("init", cwd=bad)
    assert (again.code, again.out) == (2, "")
    assert again.err == f"Error: `{name}` is there already; edit it, or delete it first\n"
    assert (bad / name).read_bytes() == text


# Start-up


def imported(*arguments: str, cwd: Path) -> set[str]:
    """Return the modules that a run imports, by the words of Python itself."""
    ended = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "convex_lint", *arguments],
        cwd=cwd, env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    return {line.rpartition("|")[2].strip() for line in ended.stderr.splitlines() if line.startswith("import time:")}


@pytest.mark.parametrize("format_", ["full", "concise", "json", "sarif", "github", "agent"])
def test_check_imports_nothing_that_is_slow_to_import(bad: Path, format_: str) -> None:
    modules = imported("check", "-f", format_, cwd=bad)
    assert "tree_sitter" in modules
    slow = {"asyncio", "rich", "pygls", "lsprotocol", "importlib.metadata", "email", "http", "ssl", "socket"}
    assert modules & slow == set()
    assert {module for module in modules if module.startswith("convex_lint.lsp")} == set()


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["check", "--help"], ["check", "--stdin"]])
def test_help_does_not_import_what_lints(tmp_path: Path, arguments: list[str]) -> None:
    modules = imported(*arguments, cwd=tmp_path)
    assert "convex_lint.cli" in modules
    assert modules & {"tree_sitter", "convex_lint.engine", "convex_lint.rules", "rich", "asyncio", "pygls"} == set()


def test_nothing_that_lies_in_the_folder_linted_runs(tmp_path: Path) -> None:
    folder = project(tmp_path, a=GOOD)
    (folder / "click.py").write_text("raise SystemExit(9)\n")
    (folder / "pack").mkdir()
    (folder / "pack/__init__.py").write_text("raise SystemExit(9)\n")
    (folder / "pack-1.0.dist-info").mkdir()
    (folder / "pack-1.0.dist-info/entry_points.txt").write_text("[convex_lint.rules]\npack = pack\n")
    (folder / "pack-1.0.dist-info/METADATA").write_text("Metadata-Version: 2.1\nName: pack\nVersion: 1.0\n")
    done = subprocess.run([*COMMAND, "check"], cwd=folder, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
