"""What is installed is what is in the tree, with the rules inside the package."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest

import convex_lint
from convex_lint import registry

ROOT = Path(__file__).parent.parent
BIN = "Scripts" if sys.platform == "win32" else "bin"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, with what is installed here: no network is needed."""
    folder = tmp_path_factory.mktemp("dist")
    done(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT))
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel in an environment of its own; its dependencies are those that are here."""
    folder = tmp_path_factory.mktemp("installed")
    done(sys.executable, "-m", "venv", "--without-pip", str(folder))
    python = folder / BIN / "python"
    done(sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps", "--no-index", str(wheel))
    packages = done(str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    # A path of a .pth file comes after the environment's own packages, so that convex_lint is the installed one.
    (Path(packages) / "dependencies.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return folder / BIN / "convex-lint"


def done(*command: str, cwd: Path | None = None, code: int = 0) -> str:
    """Return what a command prints; fail where it does not end as expected."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "CONVEX_LINT_FORMAT": "concise", "PYTHONUTF8": "1"}
    ended = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode == code, f"{command}\n{ended.stdout}\n{ended.stderr}"
    return ended.stdout


def files(folder: str) -> set[str]:
    """Return the files below a folder of the tree, without what running leaves behind."""
    paths = (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(ROOT).as_posix() for path in paths}


def bare(requirement: str) -> str:
    """Return the name of a package that is required."""
    return re.split(r"[<>=;! ]", requirement)[0]


def test_the_wheel_holds_the_engine_and_the_rules_inside_it(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    engine = files("convex_lint") - {"convex_lint/rules.py"}
    assert inside == engine | {f"convex_lint/{name}" for name in files("rules")}
    assert {"convex_lint/py.typed", "convex_lint/schemas/config.schema.json"} <= inside


def test_the_wheel_names_its_command_and_its_license(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        named = {name.partition(".dist-info/")[2]: name for name in archive.namelist() if ".dist-info/" in name}
        assert "convex-lint = convex_lint.cli:start" in archive.read(named["entry_points.txt"]).decode()
        assert "licenses/LICENSE" in named
        metadata = archive.read(named["METADATA"]).decode().splitlines()
    needed = [line.partition(": ")[2] for line in metadata if line.startswith("Requires-Dist") and "extra" not in line]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert sorted(map(bare, needed)) == sorted(map(bare, project["dependencies"]))


def test_the_installed_command_has_the_rules(command: Path, tmp_path: Path) -> None:
    listed = json.loads(done(str(command), "rules", "--format", "json", cwd=tmp_path))
    assert [rule["name"] for rule in listed] == [rule.name for rule in registry.builtin()]
    assert done(str(command), "--version", cwd=tmp_path).startswith("convex-lint ")


def test_the_installed_command_finds_what_the_tree_finds(command: Path, tmp_path: Path) -> None:
    project = tmp_path / "chat"
    shutil.copytree(ROOT / "fixtures" / "chat", project)
    here = done(sys.executable, "-m", "convex_lint", "check", str(project), cwd=tmp_path, code=1)
    assert done(str(command), "check", str(project), cwd=tmp_path, code=1) == here
    assert "no-floating-promises" in here


def test_the_installed_package_is_not_the_tree(command: Path, tmp_path: Path) -> None:
    python = command.with_name("python")
    where = done(str(python), "-c", "import convex_lint.rules as r; print(r.__file__)", cwd=tmp_path).strip()
    assert Path(where).name == "__init__.py"
    assert not Path(where).is_relative_to(Path(convex_lint.__file__).parent)
