"""The scripts: what is generated is up to date, and a new rule is one file away from passing its tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from convex_lint import registry
from convex_lint.diagnostics import Category
from scripts import generate, new_rule

ROOT = Path(__file__).parent.parent
PARTS = ("convex_lint", "docs", "fixtures", "rules", "scripts", "tests", "README.md", "pyproject.toml")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a copy of the repository to change."""
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, tmp_path / part)
    return tmp_path


def run(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a copy of the repository, with the copy's own modules."""
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=tree, env=environment, capture_output=True, encoding="utf-8", check=False
    )


def test_what_is_generated_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert (generate.main(["--check"]), capsys.readouterr().out) == (0, "")


def test_stale_and_left_files_are_named_and_then_mended(tree: Path) -> None:
    assert run(tree, "scripts/generate.py").returncode == 0
    rules = tree / "docs" / "rules"
    (rules / "no-such-rule.md").write_text("left", "utf-8")
    (rules / "README.md").unlink()
    readme = (tree / "README.md").read_text("utf-8")
    (tree / "README.md").write_text(readme.replace("| correctness |", "| style |"), "utf-8")
    checked = run(tree, "scripts/generate.py", "--check")
    assert checked.returncode == 1
    assert checked.stdout.splitlines() == [
        "stale: README.md",
        "stale: docs/rules/README.md",
        "stale: docs/rules/no-such-rule.md",
    ]
    assert run(tree, "scripts/generate.py").returncode == 0
    assert (tree / "README.md").read_text("utf-8") == readme
    assert run(tree, "scripts/generate.py", "--check").stdout == ""


@pytest.mark.parametrize(
    ("info", "words"),
    [
        ("fixed", "With the fix:"),
        ("convex/a.ts", "`convex/a.ts`:"),
        ("fixed convex/a.ts", "`convex/a.ts`, with the fix:"),
        ('options={"mode": "all"}', 'With the options `{"mode": "all"}`:'),
        ('convex/a.ts options={"mode": "all"}', '`convex/a.ts`, with the options `{"mode": "all"}`:'),
    ],
)
def test_what_a_fence_says_of_its_file_is_said_to_readers_too(info: str, words: str) -> None:
    assert generate.labelled(f"```ts {info}\nf();\n```\n") == f"{words}\n\n```ts\nf();\n```\n"


def test_a_new_rule_is_one_file_and_its_test_says_what_it_lacks(tree: Path) -> None:
    made = run(tree, "scripts/new_rule.py", "no-such-name", "--category", "style")
    path = tree / "rules" / "no_such_name.py"
    assert (made.returncode, made.stderr) == (0, "")
    assert "wrote rules/no_such_name.py" in made.stdout
    tests = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "no-such-name", "tests/test_rules.py")
    lacking = run(tree, *tests)
    assert lacking.returncode == 1
    assert "no source is cited" in lacking.stdout
    text = path.read_text("utf-8").replace("Source: TODO", "Source: <https://docs.convex.dev>")
    path.write_text(text.replace("TODO: say", "say"), "utf-8")
    written = run(tree, *tests)
    assert (written.returncode, written.stderr) == (0, ""), written.stdout
    shown = run(tree, "-m", "convex_lint", "rule", "no-such-name")
    assert "Disallow functions that are called `noSuchName`." in shown.stdout


def test_a_rule_is_started_with_nothing_installed(tree: Path) -> None:
    made = run(tree, "-S", "scripts/new_rule.py", "no-such-name")
    assert (made.returncode, made.stderr) == (0, "")
    again = run(tree, "-S", "scripts/new_rule.py", "no-such-name")
    assert (again.returncode, "is the name of a rule already" in again.stderr) == (2, True)
    half = tree / "rules" / "no_half_name.py"
    half.write_text("def check(", "utf-8")
    assert run(tree, "-S", "scripts/new_rule.py", "no-other-name").returncode == 0
    assert run(tree, "-S", "scripts/new_rule.py", "no-half-name").returncode == 2
    assert half.read_text("utf-8") == "def check("


def test_a_new_rule_knows_the_names_and_the_categories_of_the_engine() -> None:
    known = {name: f"{rule.name.replace('-', '_')}.py" for name, rule in registry.by_name(registry.builtin()).items()}
    assert {name: path.name for name, path in new_rule.taken().items()} == known
    assert list(new_rule.CATEGORIES) == [str(category) for category in Category]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("NoFoo", "not the name of a rule"),
        ("foo", "not the name of a rule"),
        ("no-floating-promises", "is the name of a rule already: rules/no_floating_promises.py"),
        ("require-argument-validators", "is the name of a rule already: rules/require_args_validator.py"),
    ],
)
def test_a_name_that_a_rule_cannot_have_is_refused(name: str, problem: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        new_rule.main([name])
    assert ended.value.code == 2
    assert problem in capsys.readouterr().err
