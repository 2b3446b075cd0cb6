"""The rule pack of `docs/rule-packs.md` is built, installed beside convex-lint and run, from the files on that page."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.command import project

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "docs" / "rule-packs.md").read_text("utf-8")
BIN = "Scripts" if sys.platform == "win32" else "bin"
RULE = "acme-no-seed-function"

CODE = """\
import { mutation } from "./_generated/server";
import { Mailer } from "@acme/mail";

const mailer = new Mailer();

export const seedAll = mutation({
  args: {},
  handler: async (ctx) => {
    mailer.send(ctx, "done");
    await ctx.db.insert("notes", { text: "a" });
  },
});
"""


def files() -> dict[str, str]:
    """Return the files that the page shows: fences whose first line is a comment with a path."""
    shown = re.findall(r"(?ms)^(`{3,})\w+\n(?:#|//) ([\w@./-]+\.\w+)\n(.*?)^\1$", GUIDE)
    return {path: text for _, path, text in shown}


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the pack into a folder."""
    folder = tmp_path_factory.mktemp("pack")
    for path, text in files().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def python(pack: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel of the pack, and install it where convex-lint and what it needs are found; return that Python."""
    dist, home = tmp_path_factory.mktemp("dist"), tmp_path_factory.mktemp("installed")
    done(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(dist), str(pack))
    done(sys.executable, "-m", "venv", "--without-pip", str(home))
    python = home / BIN / "python"
    (wheel,) = dist.glob("*.whl")
    done(sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps", "--no-index", str(wheel))
    packages = done(str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    (Path(packages) / "dependencies.pth").write_text(f"{ROOT}\n{sysconfig.get_path('purelib')}\n", "utf-8")
    return python


def done(*command: str, cwd: Path | None = None, code: int = 0) -> str:
    """Return what a command prints; fail where it does not end as expected."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "CONVEX_LINT_FORMAT": "concise", "PYTHONUTF8": "1"}
    ended = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode == code, f"{command}\n{ended.stdout}\n{ended.stderr}"
    return ended.stdout


def lint(python: Path, *arguments: str, cwd: Path, code: int = 0) -> str:
    """Return what convex-lint prints in the environment of the pack."""
    return done(str(python), "-m", "convex_lint", *arguments, cwd=cwd, code=code)


def test_the_page_shows_the_files_that_it_lists() -> None:
    listed = re.search(r"(?ms)^```text\n(.*?)^```$", GUIDE)
    assert listed is not None
    assert all(path.rsplit("/", 1)[-1] in listed[1] for path in files())
    assert len(files()) == len(re.findall(r"\.\w+$", listed[1], re.MULTILINE))


def test_the_rule_is_listed_and_explains_itself(python: Path, tmp_path: Path) -> None:
    listed = {rule["name"]: rule for rule in json.loads(lint(python, "rules", "-f", "json", cwd=tmp_path))}
    assert listed[RULE]["url"] == f"https://acme.example/rules/{RULE}"
    assert "no-floating-promises" in listed
    assert lint(python, "rule", RULE, cwd=tmp_path).startswith(f"# {RULE}\n")


def test_the_rule_and_the_stub_are_used_as_the_built_in_ones(python: Path, tmp_path: Path) -> None:
    folder = project(tmp_path, notes=CODE)
    found = re.findall(r"(?m)^convex/notes\.ts:(\d+):\d+: (\w+) ([\w-]+)", lint(python, "check", cwd=folder, code=1))
    assert ("6", "error", RULE) in found
    assert ("9", "error", "no-floating-promises") in found
    (folder / "convex-lint.json").write_text(json.dumps({"rules": {RULE: "off"}}), encoding="utf-8")
    assert RULE not in lint(python, "check", cwd=folder, code=1)


def test_the_tests_of_the_pack_pass(python: Path, pack: Path) -> None:
    assert "1 passed" in done(str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", str(pack), cwd=pack)
