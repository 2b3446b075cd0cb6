"""Bad input: one clear message, the right exit code, everything else still linted, and never a traceback."""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from pathlib import Path

import pytest

from convex_lint import discovery
from tests.command import BAD, BAD_RULES, GOOD, Ran, project, run, start

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
linux = pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes, and capabilities, are Linux's")

BESIDE = [("convex/beside.ts", rule) for rule in BAD_RULES]
"""What is found in the file that lies beside the bad one in each test."""


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """Write a project with one file in which something is to be found whatever lies beside it."""
    return project(tmp_path, beside=BAD)


def others(ran: Ran) -> list[tuple[str, str]]:
    """Return what is found beside the file beside, which must be found too."""
    assert [found for found in ran.found if found[0] == "convex/beside.ts"] == BESIDE
    assert ran.err == ""
    return [found for found in ran.found if found[0] != "convex/beside.ts"]


def check(folder: Path, *arguments: str | bytes) -> Ran:
    ran = run("check", "-f", "json", *arguments, cwd=folder)
    assert ran.code == 1
    return ran


def refused(ran: Ran, *words: str) -> None:
    """Hold a run to one message on standard error, and to exit code 2."""
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Error: ")
    assert ran.err.count("\n") == 1
    for word in words:
        assert word in ran.err


# Nothing to lint


def test_a_folder_without_a_project_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "a.ts").write_text(BAD, encoding="utf-8")
    refused(run(cwd=tmp_path), "no Convex project", "convex.json")
    refused(run("src", cwd=tmp_path), "no Convex project in `src`")


def test_a_folder_that_is_empty_or_hidden_is_no_project(tmp_path: Path) -> None:
    (tmp_path / "convex").mkdir()
    refused(run(cwd=tmp_path), "no Convex project")
    project(tmp_path / "node_modules" / "x", a=BAD)
    refused(run(cwd=tmp_path), "no Convex project")


@pytest.mark.parametrize("path", ["nowhere", "convex/nowhere.ts", "convex/beside.ts/deeper", "n" * 5000, "a\nb"])
def test_a_path_that_does_not_exist_is_an_error(beside: Path, path: str) -> None:
    ran = run("convex/beside.ts", path, cwd=beside)
    assert (ran.code, ran.out) == (2, "")
    assert "does not exist" in ran.err


@pytest.mark.parametrize("written", ['{"functions": "backend"}', '{"functions": "../out"}', '{"functions": 3}'])
def test_a_functions_folder_that_is_not_there_is_named(tmp_path: Path, written: str) -> None:
    (tmp_path / "convex.json").write_text(written, encoding="utf-8")
    refused(run(cwd=tmp_path), "convex.json")


@posix
def test_the_current_folder_may_be_gone(tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    ran = start(cwd=here, before=here.rmdir)
    refused(ran, "the current folder does not exist any more")


# Files that cannot be read


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"export const x = '\xe9';\n", "not UTF-8"),
        (BAD.encode("utf-16"), "UTF-16"),
        (b"//" + b"x" * (20 << 20), "too long"),
        (b"\xef\xbb\xbf\xff", "not UTF-8"),
    ],
    ids=["latin-1", "utf-16", "20 MB", "after a mark"],
)
def test_a_file_that_is_not_text_is_named(beside: Path, data: bytes, words: str) -> None:
    project(beside, a=data)
    ran = check(beside)
    assert others(ran) == [("convex/a.ts", "unreadable-file")]
    assert words in next(found["message"] for found in ran.json["diagnostics"] if found["path"] == "convex/a.ts")
    assert others(check(beside, "convex")) == [("convex/a.ts", "unreadable-file")]
    assert check(beside, "convex/a.ts").found == [("convex/a.ts", "unreadable-file")]


@posix
def test_pipes_and_sockets_do_not_hang_the_run(beside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(beside / "convex" / "pipe.ts")
    monkeypatch.chdir(beside / "convex")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.ts")
        ran = start("check", "-f", "json", cwd=beside)
    assert ran.code == 1
    assert others(ran) == [("convex/pipe.ts", "unreadable-file"), ("convex/socket.ts", "unreadable-file")]
    assert check(beside, "convex/pipe.ts").found == [("convex/pipe.ts", "unreadable-file")]


@posix
@pytest.mark.parametrize("name", ["tsconfig.json", ".gitignore", "convex.json", "convex-lint.json", "package.json"])
def test_a_setting_that_is_a_pipe_does_not_hang_the_run(beside: Path, name: str) -> None:
    (beside / ".git").mkdir()
    (beside / name).unlink(missing_ok=True)
    os.mkfifo(beside / name)
    project(beside / "x", a='import { y } from "@/y";\n' + GOOD)
    ran = start("-f", "json", cwd=beside)
    if name == "convex-lint.json":
        refused(ran, "convex-lint.json", "not a file")
    else:
        assert set(BESIDE) <= set(ran.found)


@posix
def test_links_that_lead_nowhere_or_in_circles_are_no_fault_of_the_run(beside: Path) -> None:
    (beside / "convex" / "loop.ts").symlink_to("loop.ts")
    (beside / "convex" / "one.ts").symlink_to("two.ts")
    (beside / "convex" / "two.ts").symlink_to("one.ts")
    (beside / "convex" / "nowhere.ts").symlink_to("gone.ts")
    (beside / "convex" / "again").symlink_to(beside)
    (beside / "convex" / "up").symlink_to("..")
    ran = check(beside)
    assert others(ran) == [(f"convex/{name}.ts", "unreadable-file") for name in ("loop", "one", "two")]
    assert "leads back to itself" in ran.out


def test_a_folder_may_be_called_like_a_module(beside: Path) -> None:
    project(beside, a='import { x } from "./odd";\n' + BAD)
    (beside / "convex" / "odd.ts").mkdir()
    (beside / "convex" / "odd.ts" / "inner.ts").write_text(BAD, encoding="utf-8")
    assert others(check(beside)) == [
        *(("convex/a.ts", rule) for rule in BAD_RULES),
        *(("convex/odd.ts/inner.ts", rule) for rule in BAD_RULES),
    ]
    assert check(beside, "convex/odd.ts").found == [("convex/odd.ts/inner.ts", rule) for rule in BAD_RULES]


def without_the_powers_of_root() -> None:
    """Give up, for this process and what it starts, what lets root read and write everything."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        drop, override, search = 24, 1, 2  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        for capability in (override, search):
            if libc.prctl(drop, capability, 0, 0, 0) != 0:
                raise OSError(ctypes.get_errno(), "prctl")


def powerless(folder: Path, *arguments: str) -> Ran:
    return start("check", "-f", "json", *arguments, cwd=folder, before=without_the_powers_of_root)


@linux
def test_a_file_or_folder_that_may_not_be_read_is_named(beside: Path) -> None:
    project(beside, a=BAD)
    shut = beside / "convex" / "shut"
    shut.mkdir()
    (shut / "b.ts").write_text(BAD, encoding="utf-8")
    (beside / "convex" / "a.ts").chmod(0)
    shut.chmod(0)
    ran = powerless(beside)
    shut.chmod(0o755)
    assert ran.code == 1
    assert others(ran) == [("convex/a.ts", "unreadable-file"), ("convex/shut", "unreadable-file")]
    assert ran.out.count("permission denied") == 2


@linux
@pytest.mark.parametrize("name", ["convex-lint.json", "package.json", "convex.json", ".gitignore"])
def test_a_setting_that_may_not_be_read_is_no_traceback(beside: Path, name: str) -> None:
    (beside / ".git").mkdir()
    (beside / name).write_text("{}", encoding="utf-8")
    (beside / name).chmod(0)
    ran = powerless(beside)
    if name == "convex-lint.json":
        refused(ran, "convex-lint.json", "permission denied")
    else:
        assert [found for found in ran.found if found[0] == "convex/beside.ts"] == BESIDE


@linux
def test_what_may_not_be_written_is_not_fixed_and_said_so(beside: Path) -> None:
    project(beside, a=BAD)
    (beside / "convex" / "a.ts").chmod(0o444)
    ran = powerless(beside, "--fix")
    assert ran.code == 1
    assert ran.err == (
        "convex-lint: applied 1 fix in 1 file\nconvex-lint: convex/a.ts cannot be written, and was not fixed\n"
    )
    assert ran.found == [*(("convex/a.ts", rule) for rule in BAD_RULES), ("convex/beside.ts", "no-floating-promises")]
    assert (beside / "convex" / "a.ts").read_text(encoding="utf-8") == BAD


@linux
def test_a_folder_that_may_not_be_written_to_is_said_so(beside: Path) -> None:
    (beside / "convex").chmod(0o555)
    ran = powerless(beside, "--fix")
    init = start("init", cwd=beside / "convex", before=without_the_powers_of_root)
    (beside / "convex").chmod(0o755)
    assert (ran.code, ran.found) == (1, BESIDE)
    assert ran.err == "convex-lint: convex/beside.ts cannot be written, and was not fixed\n"
    refused(init, "cannot write `convex-lint.json`: permission denied")


@posix
def test_a_link_that_leads_out_of_the_workspace_is_not_written_through(
    beside: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "a.ts"
    outside.write_text(BAD, encoding="utf-8")
    (beside / "convex" / "beside.ts").write_text('import "./linked";\n' + BAD, encoding="utf-8")
    (beside / "convex" / "linked.ts").symlink_to(outside)
    run("check", "--fix", "--unsafe-fixes", cwd=beside)
    assert outside.read_text(encoding="utf-8") == BAD
    assert (beside / "convex" / "linked.ts").is_symlink()


def test_a_file_that_is_deleted_before_it_is_read_is_named(beside: Path) -> None:
    project(beside, a=BAD)
    layout = discovery.find([], beside)
    (beside / "convex" / "a.ts").unlink()
    workspace, faults = discovery.load(layout, lambda _: ())
    assert sorted(workspace.sources) == ["convex/beside.ts"]
    assert [(fault.rule, fault.place.path) for fault in faults] == [("unreadable-file", "convex/a.ts")]


# Files that are odd


@pytest.mark.parametrize(
    "data",
    [b"", b"\xef\xbb\xbf", b"\r", b"\n", b"#!/usr/bin/env node\n", b"\xe2\x80\xa8", b"// only a comment", b";"],
)
def test_an_empty_file_is_fine(beside: Path, data: bytes) -> None:
    project(beside, a=data)
    assert others(check(beside)) == []


@pytest.mark.parametrize(
    "data", [b"\x00", b"export const x = 1;\x00\n", b"\x00" * 1000, BAD.encode() + b"\x00\n", b"\x1a", b"}" * 5000]
)
def test_bytes_that_are_no_code_are_one_syntax_error(beside: Path, data: bytes) -> None:
    project(beside, a=data)
    rules = [rule for _, rule in others(check(beside))]
    assert rules.count("syntax-error") == 1


def test_a_file_that_does_not_parse_is_one_error_and_linted_as_far_as_it_goes(beside: Path) -> None:
    project(beside, a=BAD + "export const x = (;\n\nexport const y = ];\n")
    found = others(check(beside))
    assert [rule for _, rule in found].count("syntax-error") == 1
    assert set(found) >= {("convex/a.ts", rule) for rule in BAD_RULES}


def test_a_lone_carriage_return_ends_a_line(beside: Path) -> None:
    project(beside, a=BAD.replace("\n", "\r"))
    lines = [found["range"]["start"]["line"] for found in check(beside, "convex/a.ts").json["diagnostics"]]
    assert lines == [3, 4]


@pytest.mark.parametrize("name", ["with space", "é✓", "a'b\"c`d", "%41", "-f", "a:b", "[id]", "$param", "a,b", "😀"])
def test_files_may_have_any_name(beside: Path, name: str) -> None:
    if sys.platform == "win32" and set(name) & set('":'):
        pytest.skip("no name on Windows")
    project(beside, **{name: BAD})
    expected = [(f"convex/{name}.ts", rule) for rule in BAD_RULES]
    plain = ("--ignore", "invalid-module-path,no-function-in-skipped-file")  # they are no names for Convex, either
    assert others(check(beside, *plain)) == expected
    assert check(beside, *plain, f"convex/{name}.ts").found == expected
    for format_ in ("full", "concise", "sarif", "github", "agent"):
        assert run("-f", format_, cwd=beside).code == 1


@posix
def test_a_name_with_a_line_end_stays_in_one_line(beside: Path) -> None:
    project(beside, **{"a\nb\x1b[31m": BAD})
    for format_ in ("concise", "full", "agent", "github"):
        ran = run("-f", format_, cwd=beside, env={"NO_COLOR": "1"})
        assert ran.code == 1
        assert "\x1b" not in ran.out
    assert len(run("-f", "concise", cwd=beside).lines) == 5


@linux
def test_a_name_that_is_not_utf_8_is_an_error(beside: Path) -> None:
    odd = os.fsencode(beside) + b"/convex/odd\xff.ts"
    Path(os.fsdecode(odd)).write_text(BAD, encoding="utf-8")
    assert others(check(beside)) == [("convex/odd\ufffd.ts", "unreadable-file")]
    for format_ in ("full", "concise", "sarif", "github", "agent"):
        assert run("-f", format_, cwd=beside).code == 1
        assert run("-f", format_, b"convex/odd\xff.ts", cwd=beside).code in {0, 1}
    assert run(b"nowhere\xff", cwd=beside).code == 2
    assert run("-o", b"out\xff.txt", cwd=beside).code == 1


# Code that is nested deep, or long

N = 20_000
DEEP = {
    "parentheses": "export const x = " + "(" * N + "1" + ")" * N,
    "arrays": "export const x = " + "[" * N + "]" * N,
    "objects": "export const x = " + "{ a: " * N + "1" + "}" * N,
    "blocks": "{" * N + "}" * N,
    "functions": "function f() {" * N + "}" * N,
    "branches": "if (a) {}" + " else if (a) {}" * N,
    "members": "export const x = a" + ".b" * N,
    "calls": "export const x = a" + ".b()" * N,
    "arguments": "export const x = " + "f(" * N + ")" * N,
    "sums": "export const x = a" + " + a" * N,
    "strings": "export const x = 'a'" + " + 'a'" * N,
    "ternaries": "export const x = " + "a ? b : " * N + "c",
    "object types": "export type X = " + "{ a: " * N + "1" + "}" * N,
    "array types": "export type X = string" + "[]" * N,
    "unions": "export type X = string" + " | string" * N,
    "elements": "export const x = " + "<a>" * N + "</a>" * N,
    "templates": "export const x = " + "`${" * N + "1" + "}`" * N,
    "arrows": "export const x = " + "() => " * N + "1",
    "casts": "export const x = a" + " as any" * N,
    "patterns": "const " + "{ a: " * N + "b" + "}" * N + " = x",
    "never closed": "(" * N,
}


@pytest.mark.parametrize("form", DEEP)
def test_code_that_is_nested_too_deep_is_one_error(beside: Path, form: str) -> None:
    (beside / "convex" / "a.tsx").write_text(DEEP[form] + ";\n", encoding="utf-8")
    ran = check(beside)
    # Types are read when they are asked about, and then not as deep.
    assert others(ran) == ([] if "types" in form or form == "unions" else [("convex/a.tsx", "syntax-error")])


LONG = {
    "statements": "f();\n" * N,
    "arguments": "f(" + "a, " * N + "a);\n",
    "elements": "export const x = [" + "1, " * N + "];\n",
    "exports": "".join(f"export const x{i} = {i};\n" for i in range(N)),
    "a line": "export const x = '" + "x" * 1_000_000 + "';\n",
    "comments": "// convex-lint-disable-next-line no-floating-promises\n" * 100 + "f();\n",
}


@pytest.mark.parametrize("form", LONG)
def test_code_may_be_long(beside: Path, form: str) -> None:
    project(beside, a=LONG[form])
    assert set(others(check(beside))) <= {("convex/a.ts", "unused-suppression")}


HEAD = 'import { mutation } from "./_generated/server";\n'


def handler(body: str) -> str:
    return f"{HEAD}export const m = mutation({{ args: {{}}, handler: async (ctx) => {{\n{body}\n}} }});\n"


FOLLOWED = {
    "aliases": HEAD + "const b0 = mutation;\n" + "".join(f"const b{i + 1} = b{i};\n" for i in range(400))
    + "export const m = b400(async (ctx) => { await ctx.db.get(x); });\n",
    "promises": handler("await Promise.all([" * 400 + "ctx.db.get(x)" + "])" * 400 + ";"),
    "calls": handler("await " + "ctx.db.get(" * 400 + "x" + ")" * 400 + ";"),
    "then": handler("await ctx.db.get(x)" + ".then(() => ctx.db.get(x)" * 400 + ")" * 400 + ";"),
    "filters": handler("await ctx.db.query('a')" + ".order('asc')" * 400 + ".collect();"),
    "references": handler("await ctx.runMutation(internal" + ".a" * 400 + ");"),
}  # fmt: skip


@pytest.mark.parametrize("form", FOLLOWED)
def test_code_that_leads_far_is_followed(beside: Path, form: str) -> None:
    project(beside, a=FOLLOWED[form])
    true = {"calls": "no-misused-promise", "filters": "valid-query-chain-order"}
    assert {rule for _, rule in others(check(beside))} <= {"no-old-registered-function-syntax", true.get(form)}


def test_a_chain_of_names_without_end_does_not_end_the_run(beside: Path) -> None:
    chain = "".join(f"const b{i + 1} = b{i};\n" for i in range(N))
    project(beside, a=f"{HEAD}const b0 = mutation;\n{chain}export const m = b{N}(async (ctx) => {{}});\n")
    ran = run("-f", "json", cwd=beside)
    assert ran.code == 1  # for what is wrong beside it
    assert {rule for _, rule in others(ran)} <= {"no-old-registered-function-syntax"}


def test_modules_may_import_one_another_in_a_circle(beside: Path) -> None:
    project(beside, a='export * from "./b";\nexport * from "./a";\n')
    project(beside, b='export * from "./a";\nexport { x } from "./b";\n')
    project(beside, c='import { x, y } from "./a";\nexport const z = x(async () => {});\nexport default y;\n')
    assert others(check(beside)) == []


# Workspaces that are large


def test_a_monorepo_may_have_300_projects(tmp_path: Path) -> None:
    for i in range(300):
        project(tmp_path / "apps" / f"app{i}", a=GOOD)
    project(tmp_path / "apps" / "app7", a=BAD)
    ran = check(tmp_path)
    assert ran.found == [("apps/app7/convex/a.ts", rule) for rule in BAD_RULES]
    assert ran.json["summary"]["filesChecked"] == 300


def test_folders_may_lie_deep(beside: Path) -> None:
    deep = beside / "convex" / Path(*["d"] * 60)
    deep.mkdir(parents=True)
    (deep / "a.ts").write_text(BAD, encoding="utf-8")
    inside = f"convex/{'d/' * 60}a.ts"
    assert others(check(beside)) == [(inside, rule) for rule in BAD_RULES]
    assert check(deep).found == [(inside, rule) for rule in BAD_RULES]


# Configurations that are broken


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "convex-lint.json:1:"),
        ("", "convex-lint.json"),
        ("[]", "expected an object"),
        ("null", "expected an object"),
        ('{"rulez": {}}', "did you mean `rules`?"),
        ('{"rules": {"no-floting-promises": "off"}}', "did you mean `no-floating-promises`?"),
        ('{"rules": {"no-floating-promises": "of"}}', "did you mean `off`?"),
        ('{"rules": []}', "convex-lint.json:1:11"),
        ('{"extends": ["./convex-lint.json"]}', "convex-lint.json"),
        ('{"extends": ["./gone.json"]}', "gone.json"),
        ('{"extends": ["convex-lint:recomended"]}', "did you mean"),
        ('{"functions": "gone"}', "gone"),
        ('{"a": ' * 20_000, "convex-lint.json"),
        ("[" * 20_000, "convex-lint.json"),
        ("\x00", "convex-lint.json"),
    ],
)
def test_a_broken_configuration_is_an_error_with_its_place(beside: Path, text: str, words: str) -> None:
    (beside / "convex-lint.json").write_text(text, encoding="utf-8")
    for arguments in ([], ["--print-config"], ["--config", "convex-lint.json"]):
        ran = run(*arguments, cwd=beside)
        if "functions" in text and arguments == ["--print-config"]:
            continue
        assert (ran.code, ran.out) == (2, "")
        assert words in ran.err
    assert run("--isolated", cwd=beside).code == 1


@pytest.mark.parametrize("data", [b"\xff\xfe{\x00}\x00", b'{"rules": "\xe9"}'])
def test_a_configuration_that_is_not_utf_8_is_an_error(beside: Path, data: bytes) -> None:
    (beside / "convex-lint.json").write_bytes(data)
    refused(run(cwd=beside), "convex-lint.json", "not UTF-8")


def test_a_configuration_that_is_named_must_be_there(beside: Path) -> None:
    refused(run("--config", "gone.json", cwd=beside), "gone.json", "does not exist")
    refused(run("--config", "convex", cwd=beside), "convex", "not a file")


@pytest.mark.parametrize("name", ["package.json", "convex.json", "tsconfig.json", "convex/tsconfig.json"])
@pytest.mark.parametrize(
    "text", ["{", "", "[]", "null", "3", '{"functions": {"a": []}, "name": 3}', "[" * 20_000, "\x00"]
)
def test_the_settings_of_other_tools_may_be_broken(beside: Path, name: str, text: str) -> None:
    (beside / name).write_text(text, encoding="utf-8")
    project(beside / "pkg")
    (beside / "convex" / "a.ts").write_text('import { x } from "@/x";\n' + GOOD, encoding="utf-8")
    ran = run("-f", "json", cwd=beside)
    assert ran.code == 1
    assert others(ran) in ([], [("convex.json", "unreadable-file")])
