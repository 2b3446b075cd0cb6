"""What typescript-eslint with types says of mutants: which of them a type checker knows to be faults.

The project is copied to a scratch folder, with what its functions import installed beside it, as far as the registry
has it: what it has not is `any` to the type checker, and is named. Nothing is written into the folder itself.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from convex_lint.source import Position, Source
from convex_lint.workspace import SUFFIXES
from tests.mutation import dependencies, planting
from tests.npm import UnavailableError, npm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from convex_lint.workspace import Workspace
    from tests.mutation.mutant import Mutant
    from tests.mutation.planting import Start

TOOLS = {
    "eslint": "9.39.1",
    "typescript": "5.9.3",
    "@typescript-eslint/eslint-plugin": "8.46.4",
    "@typescript-eslint/parser": "8.46.4",
}

PEERS: dict[str, dict[str, dict[str, bool]]] = {
    "await-statement": {"no-floating-promises": {}},
    "await-condition": {"no-misused-promises": {"checksVoidReturn": False, "checksSpreads": False}},
}
"""The kinds of mutants that typescript-eslint has a rule for, and the rule with its options."""

_COMPILER = {
    "allowImportingTsExtensions": True,
    "allowJs": True,
    "allowSyntheticDefaultImports": True,
    "esModuleInterop": True,
    "jsx": "react-jsx",
    "lib": ["ES2023", "DOM", "DOM.Iterable", "ESNext.AsyncIterable", "ESNext.Array"],
    "module": "ESNext",
    "moduleResolution": "Bundler",
    "noEmit": True,
    "resolveJsonModule": True,
    "skipLibCheck": True,
    "strict": True,
    "target": "ESNext",
    "types": ["node"],
}

TSCONFIG = "tsconfig.mutation.json"
"""The name of the settings of the compiler, in a copy."""

_CONFIGURATION = """\
module.exports = [{
  files: ["**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}"],
  languageOptions: {
    parser: require("@typescript-eslint/parser"),
    parserOptions: { project: "%(settings)s", tsconfigRootDir: %(home)s },
  },
  linterOptions: { noInlineConfig: true },
  plugins: { "@typescript-eslint": require("@typescript-eslint/eslint-plugin") },
  rules: %(rules)s,
}];
"""


class Said(NamedTuple):
    """The mutants that the type checker knows, and the packages that it could not be given."""

    known: frozenset[Mutant]
    lacking: tuple[str, ...]


def judge(workspace: Workspace, mutants: Sequence[Mutant], scratch: Path) -> Said:
    """Return those of some mutants of one kind that typescript-eslint reports, all of them planted at once.

    Raises `UnavailableError` where the tools cannot be installed or do not run.
    """
    home = scratch / "project"
    texts = planting.texts(workspace, mutants)
    copy(Path(workspace.root), home)
    for path, data in texts.items():
        (home / path).write_bytes(data)
    lacking = dependencies.install(workspace, home)
    write_tsconfig(workspace, home)
    tools = _tools(scratch.parent / "typescript-eslint", PEERS[mutants[0].kind], home)
    return Said(frozenset(planting.hit(mutants, _found(texts, home, tools))), lacking)


def copy(root: Path, home: Path) -> None:
    """Copy what compiling may need; links are not followed."""

    def left_out(folder: str, names: list[str]) -> set[str]:
        files = {name for name in names if not Path(folder, name).is_dir()}
        unwanted = {name for name in files if not name.endswith((*SUFFIXES, ".json"))}
        return unwanted | ({"node_modules", ".git"} & set(names)) | {n for n in names if Path(folder, n).is_symlink()}

    if home.exists():
        kept = home / "node_modules"
        aside = home.with_name("node_modules")
        if kept.is_dir():
            kept.rename(aside)
        shutil.rmtree(home)
    shutil.copytree(root, home, ignore=left_out)
    if home.with_name("node_modules").is_dir():
        home.with_name("node_modules").rename(home / "node_modules")


def write_tsconfig(workspace: Workspace, home: Path) -> None:
    """Write the settings by which the compiler reads the copy of a workspace."""
    paths: dict[str, list[str]] = {name: [f"./{path}"] for name, path in workspace.packages.items()}
    for alias in workspace.aliases:
        paths.setdefault(alias.pattern, []).extend(f"./{target}" for target in alias.targets)
    document = {"compilerOptions": {**_COMPILER, "paths": paths}, "files": sorted(workspace.reported)}
    (home / TSCONFIG).write_text(json.dumps(document), encoding="utf-8")


def _tools(folder: Path, rules: dict[str, dict[str, bool]], home: Path) -> Path:
    """Return the folder of the tools, installed when first asked for, with the configuration for a project in it."""
    if not (folder / "node_modules" / "eslint").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text(json.dumps({"private": True, "dependencies": TOOLS}), encoding="utf-8")
        npm(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], folder)
    chosen = {f"@typescript-eslint/{name}": ["error", options] for name, options in rules.items()}
    text = _CONFIGURATION % {"settings": TSCONFIG, "home": json.dumps(str(home)), "rules": json.dumps(chosen)}
    (folder / "eslint.config.cjs").write_text(text, encoding="utf-8")
    return folder


def _found(texts: dict[str, bytes], home: Path, tools: Path) -> Iterator[Start]:
    node = shutil.which("node")
    if node is None:
        raise UnavailableError("node is not installed")
    eslint = [str(tools / "node_modules/eslint/bin/eslint.js"), "--config", str(tools / "eslint.config.cjs")]
    done = subprocess.run(
        [node, "--max-old-space-size=8192", *eslint, "--format", "json", "--no-ignore", *sorted(texts)],
        cwd=home,
        env={**os.environ, "NODE_PATH": str(tools / "node_modules")},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in {0, 1}:
        raise UnavailableError(f"eslint failed: {done.stderr.strip()}")
    report: list[dict[str, Any]] = json.loads(done.stdout)
    for file in report:
        path = Path(file["filePath"]).relative_to(home).as_posix()
        source = Source(path, texts[path])
        for message in file["messages"]:
            if message.get("fatal"):
                raise UnavailableError(f"{path}: {message['message']}")
            yield "", path, source.offset(Position(message["line"] - 1, message["column"] - 1))
