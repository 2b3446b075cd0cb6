"""The repository: its layout, its documents, and that what they show works."""

from __future__ import annotations

import ast
import json
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from convex_lint import __version__, config, jsonc, registry
from convex_lint.subjects import SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
README = (ROOT / "README.md").read_text("utf-8")
BUILT = {"build", "dist", "node_modules", "__pycache__"}
OPTIONAL = {"hypothesis"}
"""What only `convex_lint.testing.fuzz` needs, and says so."""


def files() -> Iterator[Path]:
    """Yield the files of the repository, without what tools leave in it."""
    for folder, folders, names in os.walk(ROOT):
        hidden = {name for name in folders if name.startswith(".") and name not in {".ci", ".github"}}
        folders[:] = sorted(set(folders) - hidden - BUILT)
        yield from (Path(folder) / name for name in sorted(names) if name != ".git")  # a file in a linked work tree


DOCUMENTS = [path for path in files() if path.suffix == ".md" and "fixtures" not in path.parts]


def name(path: Path) -> str:
    """Return a path as it is written in the repository."""
    return path.relative_to(ROOT).as_posix()


def fences(text: str, language: str) -> list[str]:
    """Return what stands in the fences of a language."""
    return [found[1] for found in re.finditer(rf"(?ms)^```{language}\n(.*?)^```$", text)]


def yaml(path: str) -> Any:
    """Return a YAML file as data."""
    return YAML(typ="safe").load((ROOT / path).read_text("utf-8"))


def test_rules_holds_one_file_per_rule_and_nothing_else() -> None:
    wanted = {"__init__.py", *(f"{rule.name.replace('-', '_')}.py" for rule in registry.builtin())}
    assert {path.name for path in (ROOT / "rules").iterdir() if path.name not in BUILT} == wanted


def test_no_file_names_a_place_that_only_one_machine_has() -> None:
    places = re.compile(
        "|".join((re.escape(str(ROOT)), r"/wo[r]k/", r"/roo[t]/", r"/User[s]/", r"\.\./share[d]/[A-Z]"))
    )
    texts = {path: path.read_bytes().decode("utf-8", "replace") for path in files()}
    assert {name(path): found[0] for path, text in texts.items() if (found := places.search(text))} == {}


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_links_between_our_documents_lead_somewhere(document: Path) -> None:
    prose = re.sub(r"(?ms)^```.*?^```$|`[^`\n]*`", "", document.read_text("utf-8"))
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", prose) if "://" not in link]
    assert [link for link in links if not leads_somewhere(document, link)] == []


def leads_somewhere(document: Path, link: str) -> bool:
    """Say whether a link leads to a file, and to a heading of it if it names one."""
    path, _, anchor = link.partition("#")
    target = document.parent / path if path else document
    if not target.exists():
        return False
    headings = re.findall(r"(?m)^#+ (.*)$", target.read_text("utf-8")) if anchor else []
    slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return not anchor or anchor in slugs


ADOPTING = (ROOT / "docs" / "adopting.md").read_text("utf-8")


def shown_commands() -> list[str]:
    """Return the commands of ours that the documents show, as one can type them."""
    texts = "\n".join(path.read_text("utf-8") for path in DOCUMENTS if "rules" not in path.parts)
    shown = re.findall(r"`(?:\$ )?(convex-lint(?: [^`\n]*)?)`", texts)
    shown += [line.removeprefix("$ ") for fence in fences(texts, "console") for line in fence.splitlines()[:1]]
    lines = [line.partition("  #")[0].strip() for fence in fences(ADOPTING, "sh") for line in fence.splitlines()]
    shown += [line for line in lines if line.startswith("convex-lint ")]
    shown = [re.sub(r"\b(?:REF|origin/main)\b", "HEAD", command) for command in shown]
    typed = (re.sub(r"\[(\w+)\]", r"\1", command).replace(" PATHS", "") for command in shown)
    return sorted({command.replace("NAME", "no-floating-promises") for command in typed} - {"convex-lint server"})


@pytest.mark.parametrize("command", shown_commands())
def test_commands_that_the_documents_show_work(command: str, tmp_path: Path) -> None:
    project = tmp_path / "fixtures" / "chat"
    shutil.copytree(ROOT / "fixtures" / "chat", project)
    (project / "eslint.config.js").write_text("export default [];\n", encoding="utf-8")
    words = shlex.split(command)
    assert words[0] == "convex-lint"
    folder = tmp_path if "fixtures/" in command else project
    for arguments in (["init", "-q"], ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a", "commit", "-qm", "a"]):
        subprocess.run(["git", *arguments], cwd=project, check=True)
    ended = subprocess.run(
        [sys.executable, "-m", "convex_lint", *words[1:]],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode in {0, 1}, ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("mark", ["lint", "test"])
def test_the_readme_has_the_commands_that_ci_runs(mark: str) -> None:
    commands = re.findall(rf"<!-- \.ci/run: {mark} -->\n\n```sh\n(.+)\n```\n", README)
    assert len(commands) == 1
    assert commands[0].startswith("python3 -m venv .venv && .venv/bin/pip install -q ")


@pytest.mark.skipif(sys.platform == "win32", reason="bash is not what it seems on Windows")
def test_what_ci_runs_is_a_script() -> None:
    assert (ROOT / ".ci" / "run").stat().st_mode & stat.S_IXUSR
    subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=True)


def test_the_settings_in_the_readme_are_settings() -> None:
    schema = config.schema(registry.builtin())
    shown = [jsonc.plain(jsonc.parse(fence)) for fence in fences(README, "jsonc")]
    assert len(shown) == 1
    jsonschema.Draft7Validator(schema).validate(shown[0])


def test_the_hooks_in_the_readme_are_offered_at_this_version() -> None:
    (shown,) = (YAML(typ="safe").load(fence) for fence in fences(README, "yaml") if "repos:" in fence)
    hooks = {hook["id"] for hook in yaml(".pre-commit-hooks.yaml")}
    (repository,) = shown["repos"]
    assert {hook["id"] for hook in repository["hooks"]} <= hooks
    assert all(f"`{hook}`" in README for hook in hooks)
    assert repository["rev"] == f"v{__version__}"


def test_the_problem_matcher_in_the_readme_matches() -> None:
    (tasks,) = (json.loads(fence) for fence in fences(README, "json") if "problemMatcher" in fence)
    pattern = tasks["tasks"][0]["problemMatcher"]["pattern"]
    command = [sys.executable, "-m", "convex_lint", "check", "fixtures/chat/convex/crons.ts", "--format", "concise"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    found = re.match(pattern["regexp"], ended.stdout.splitlines()[0])
    assert found is not None
    assert [found[pattern[part]] for part in ("file", "severity", "code")] == [
        "fixtures/chat/convex/crons.ts",
        "warning",
        "no-top-of-hour-crons",
    ]


def test_pip_and_dependency_groups_install_the_same_tools() -> None:
    assert PROJECT["project"]["optional-dependencies"]["dev"] == PROJECT["dependency-groups"]["dev"]


def test_what_is_imported_is_what_is_required() -> None:
    required = {re.split(r"[<>=]", line)[0].replace("-", "_") for line in PROJECT["project"]["dependencies"]}
    ours = {path for path in files() if path.suffix == ".py" and name(path).startswith(("convex_lint/", "rules/"))}
    imported = {module for path in ours for module in imports(path)}
    # pygls brings lsprotocol, and its version.
    assert imported - sys.stdlib_module_names - OPTIONAL - {"convex_lint", "lsprotocol"} == required


def imports(path: Path) -> Iterator[str]:
    """Yield the top-level packages that a module imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (alias.name.partition(".")[0] for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module.partition(".")[0]


@pytest.mark.parametrize(("schema", "path"), [("actions", "action.yml"), ("workflows", ".github/workflows/ci.yml")])
def test_what_github_reads_has_its_form(schema: str, path: str) -> None:
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        f"vendor.github-{schema}",
        str(ROOT / path),
    ]
    ended = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode == 0, ended.stdout


def test_the_action_puts_no_input_into_a_script() -> None:
    scripts = [step["run"] for step in yaml("action.yml")["runs"]["steps"] if "run" in step]
    assert [script for script in scripts if "${{" in script] == []


@pytest.mark.skipif(sys.platform == "win32", reason="bash is not what it seems on Windows")
@pytest.mark.parametrize(("args", "code"), [("", 1), ("--exit-zero --max-warnings 0", 0), ("--no-such-flag", 2)])
def test_the_action_lints_once_for_each_thing_that_it_gives(args: str, code: int, tmp_path: Path) -> None:
    (script,) = (step["run"] for step in yaml("action.yml")["runs"]["steps"] if step.get("id") == "lint")
    shutil.copytree(ROOT / "fixtures" / "chat", tmp_path / "chat")
    (tmp_path / "click.py").write_text("raise SystemExit('this is not to be run')", "utf-8")
    given = {"PATHS": "chat", "ARGS": args, "ANNOTATIONS": "true", "SUMMARY": "true", "SARIF": "true"}
    places = {"GITHUB_OUTPUT": "output", "GITHUB_STEP_SUMMARY": "summary", "RUNNER_TEMP": "temp"}
    (tmp_path / "temp").mkdir()
    paths = {variable: str(tmp_path / place) for variable, place in places.items()}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    environment = {**os.environ, **given, **paths, "PYTHON": sys.executable}
    ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode == code, ended.stderr
    if code <= 1:
        assert "::error file=chat/convex/" in ended.stdout
        outputs = dict(line.split("=", 1) for line in (tmp_path / "output").read_text("utf-8").splitlines())
        assert int(outputs["errors"]) > 0 < int(outputs["warnings"])
        assert json.loads(Path(outputs["sarif-file"]).read_text("utf-8"))["version"] == "2.1.0"
        assert "no-floating-promises" in (tmp_path / "summary").read_text("utf-8")


SHORT = {
    "unresolved": "no-unresolved-function-reference",
    "strings": "no-string-function-reference",
    "delays": "valid-scheduler-delay",
    "schedules": "valid-cron",
    "chain": "valid-query-chain-order",
    "reuse": "no-query-reuse",
    "pages": "no-multiple-paginate",
    "unrun": "no-unexecuted-query",
    "read": "no-collect-length",
    "promises": "no-floating-promises",
    "clock": "no-date-now-in-query",
    "filter": "no-filter-in-query",
    "callbacks": "no-unawaited-async-callback",
    "misused": "no-misused-promise",
    "references": "no-public-function-reference",
    "crons": "no-top-of-hour-crons",
    "router": "http-default-export",
    "circles": "no-validator-import-cycle",
    "skipped": "no-function-in-skipped-file",
    "args": "require-args-validator",
    "syntax": "no-old-registered-function-syntax",
    "builtins": "no-node-builtin",
    "runtimes": "import-wrong-runtime",
    "globals": "no-missing-global",
}


def test_every_case_that_the_specification_of_the_model_names_is_there() -> None:
    text = (ROOT / "docs" / "values.md").read_text("utf-8")
    named = re.findall(rf"\b({'|'.join(SHORT)}): ((?:(?! \|$).)+)", text, re.MULTILINE)
    cases = {short: (ROOT / "fixtures" / "cases" / f"{rule}.md").read_text("utf-8") for short, rule in SHORT.items()}
    assert len(named) > 50
    missing = [
        (short, words) for short, words in named if words.rstrip(" |.").rsplit("syntax: ", 1)[-1] not in cases[short]
    ]
    assert missing == []


def test_the_guide_lists_every_subject() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    listed = [name for row in re.findall(r"(?m)^\| (`\w+`(?:, `\w+`)*) \|", guide) for name in re.findall(r"\w+", row)]
    assert sorted(set(listed) - {"strict", "recommended", "error"}) == sorted(kind.__name__ for kind in SUBJECTS)
