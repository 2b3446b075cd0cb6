"""The hooks that we offer to pre-commit, run by pre-commit."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NEEDED = ("convex_lint", "rules", ".pre-commit-hooks.yaml", "LICENSE", "README.md", "pyproject.toml")
BROKEN = 3
"""How pre-commit ends when the environment of a hook cannot be made."""

FAULTY = """\
import { mutation } from "./_generated/server";

export const send = mutation({
  args: {},
  handler: async (ctx) => {
    ctx.db.insert("messages", {});
  },
});
"""

PROJECT = {
    "package.json": "{}",
    "convex/messages.ts": FAULTY,
    "convex/module.mts": FAULTY,
    "convex/other.ts": FAULTY,
    "convex/_generated/server.js": "",
    "src/App.ts": "fetch('/');",
}


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the environment to run git and pre-commit in: nothing of the user's, one format."""
    home = tmp_path_factory.mktemp("home")
    who = {f"GIT_{role}_{what}": "test@example.com" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
    return {
        **outside,
        **who,
        "CONVEX_LINT_FORMAT": "concise",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "PRE_COMMIT_HOME": str(home),
    }


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Path:
    """Return a clone of this repository as it is now."""
    folder = tmp_path_factory.mktemp("hooks")
    for part in NEEDED:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, folder / part)
    return committed(folder, environment)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Path:
    """Return a small backend in a repository of its own."""
    folder = tmp_path_factory.mktemp("project")
    for path, text in PROJECT.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return committed(folder, environment)


def committed(folder: Path, environment: dict[str, str]) -> Path:
    """Make a repository of a folder."""
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not installed")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "all"]):
        subprocess.run([git, *command], cwd=folder, env=environment, check=True)
    return folder


def found(hooks: Path, project: Path, environment: dict[str, str], hook: str, *files: str) -> list[str]:
    """Return the files that a hook has findings in; skip where its environment cannot be made."""
    command = ["-m", "pre_commit", "try-repo", str(hooks), hook, "--ref", "HEAD", "--verbose", "--files", *files]
    ended = subprocess.run(
        [sys.executable, *command], cwd=project, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if ended.returncode == BROKEN and os.environ.get("CONVEX_LINT_REQUIRE_NPM") != "1":
        pytest.skip(f"pre-commit cannot install the hook here: {ended.stdout[-500:]}")
    assert ended.returncode == 1, ended.stdout + ended.stderr
    return sorted({line.split(":")[0] for line in ended.stdout.splitlines() if " error no-floating-promises " in line})


def test_the_hook_reports_the_files_it_is_given_in_all_spellings(
    hooks: Path, project: Path, environment: dict[str, str]
) -> None:
    given = ("convex/messages.ts", "convex/module.mts", "convex/_generated/server.js", "src/App.ts", "package.json")
    reported = found(hooks, project, environment, "convex-lint", *given)
    assert reported == ["convex/messages.ts", "convex/module.mts"]


def test_the_project_hook_reports_all_of_the_project(hooks: Path, project: Path, environment: dict[str, str]) -> None:
    reported = found(hooks, project, environment, "convex-lint-project", "convex/messages.ts")
    assert reported == ["convex/messages.ts", "convex/module.mts", "convex/other.ts"]


def test_the_manifest_and_our_own_configuration_are_valid() -> None:
    for what, file in (("manifest", ".pre-commit-hooks.yaml"), ("config", ".pre-commit-config.yaml")):
        subprocess.run([sys.executable, "-m", "pre_commit", f"validate-{what}", str(ROOT / file)], check=True)
