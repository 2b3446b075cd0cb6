#!/usr/bin/env python3
"""Put convex-lint beside Oxlint with the official Convex plugin: same files, whole processes, alternating."""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from operator import attrgetter
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.npm import PINS, UnavailableError, cache_folder, npm, package  # noqa: E402  found by the line above

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

PEERS = {
    "oxlint": "1.94.0",
    "@convex-dev/eslint-plugin": "5.0.0",
    # What the plugin asks its project for; named here so that these are pinned too.
    "convex": "1.48.0",
    "eslint": "10.15.0",
    "typescript": "5.9.3",
}

RULES = (
    "explicit-table-ids",
    "import-wrong-runtime",
    "no-collect-in-query",
    "no-duplicate-indexes",
    "no-filter-in-query",
    "no-old-registered-function-syntax",
    "no-process-env",
    "no-schema-import-cycle",
    "no-top-of-hour-crons",
    "require-access-control",
    "require-args-validator",
)
"""All that the plugin has. Each is a warning, so that Oxlint does not fail for what it finds."""

CATEGORIES = ("correctness", "suspicious", "pedantic", "perf", "style", "restriction", "nursery")

SUFFIXES = {".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"}
LEFT_OUT = ("**/_generated/**", "**/node_modules/**", "**/*.test.*", "**/*.spec.*", "**/__tests__/**")
"""What no side lints; `is_linted` says the same in Python."""

FAULTY = """\
import { mutation, query } from "./_generated/server";
export const list = query({
  handler: async (ctx) => ctx.db.query("notes").filter((q) => q.eq(q.field("a"), process.env.A)).collect(),
});
export const old = mutation(async (ctx, { id }) => { await ctx.db.patch(id, {}); });
"""
FAULTS = {
    "explicit-table-ids",
    "no-collect-in-query",
    "no-filter-in-query",
    "no-old-registered-function-syntax",
    "no-process-env",
    "require-access-control",
    "require-args-validator",
}
"""What the plugin finds in `FAULTY`; a configuration that is not applied would make Oxlint fast and silent."""

OURS, OXLINT, PARSE = "convex-lint", "oxlint + plugin", "bare parse"


class Target(NamedTuple):
    """One functions folder and the files in it that are linted."""

    name: str
    folder: Path
    files: tuple[Path, ...]


class Run(NamedTuple):
    """What one whole process took, in seconds, and what it wrote to standard output."""

    wall: float
    cpu: float
    output: str


class Contender(NamedTuple):
    """One command to measure; `accepted` are the exit codes of a run that worked."""

    name: str
    command: list[str]
    folder: Path
    accepted: frozenset[int]
    environment: Callable[[Path], Mapping[str, str]]


def main() -> None:
    """Measure each target and print its table."""
    options = _options()
    with tempfile.TemporaryDirectory() as scratch:
        oxlint = _oxlint(Path(scratch))
        _prove(oxlint, Path(scratch))
        for target in _targets(options.folders):
            listing = Path(scratch) / "files.txt"
            listing.write_text("\n".join(map(str, target.files)), encoding="utf-8")
            contenders = _contenders(target, oxlint, listing)
            runs = measure(contenders, options.runs, Path(scratch))
            _print_table(target, runs, _strangers(target, contenders, oxlint))


def measure(contenders: list[Contender], times: int, scratch: Path) -> dict[str, list[Run]]:
    """Run all contenders in turn, each round in the other order, after one round that does not count."""
    runs: dict[str, list[Run]] = {contender.name: [] for contender in contenders}
    for round_ in range(times + 1):
        for contender in contenders if round_ % 2 else reversed(contenders):
            run = timed(contender, scratch)
            if round_:
                runs[contender.name].append(run)
    return runs


def timed(contender: Contender, scratch: Path) -> Run:
    """Run one process to its end; its CPU time counts all its threads and all that it waited for."""
    with tempfile.TemporaryDirectory(dir=scratch) as empty, (Path(empty) / "out").open("w+b") as output:
        environment = {**os.environ, **contender.environment(Path(empty))}
        start = time.perf_counter()
        process = subprocess.Popen(contender.command, cwd=contender.folder, env=environment, stdout=output)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode()
    if process.returncode not in contender.accepted:
        sys.exit(f"{contender.name} ended with {process.returncode}: {' '.join(contender.command)}\n{text[-2000:]}")
    return Run(wall, usage.ru_utime + usage.ru_stime, text)


def is_linted(path: Path) -> bool:
    """Say whether both sides lint a file, by its path relative to the target."""
    if path.suffix not in SUFFIXES or {"_generated", "node_modules", "__tests__"} & set(path.parts):
        return False
    return not re.search(r"\.(test|spec)\.", path.name)


def _contenders(target: Target, oxlint: list[str], listing: Path) -> list[Contender]:
    ours = [sys.executable, "-m", "convex_lint", "check", "--format", "concise", target.folder.name]
    parse = [sys.executable, str(ROOT / "benchmarks" / "bare_parse.py"), str(listing)]
    return [
        Contender(OURS, ours, target.folder.parent, frozenset({0, 1}), _cold),
        Contender(OXLINT, [*oxlint, "--format=unix", "."], target.folder, frozenset({0, 1}), lambda _: {}),
        Contender(PARSE, parse, target.folder, frozenset({0}), lambda _: {}),
    ]


def _cold(empty: Path) -> dict[str, str]:
    """Return an environment in which this checkout's convex-lint finds a cache folder with nothing in it."""
    return {"PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(empty), "NO_COLOR": "1"}


def _oxlint(scratch: Path) -> list[str]:
    """Return the Oxlint command with the plugin's rules and nothing else."""
    modules = _installed() / "node_modules"
    config = scratch / ".oxlintrc.json"
    config.write_text(json.dumps(_oxlint_config(modules / "@convex-dev" / "eslint-plugin")), encoding="utf-8")
    # Patterns in the configuration hold below its own folder only; on the command line, below the current one.
    ignored = [f"--ignore-pattern={pattern}" for pattern in LEFT_OUT]
    return [str(modules / ".bin" / "oxlint"), "-c", str(config), "--disable-nested-config", *ignored]


def _oxlint_config(plugin: Path) -> dict[str, object]:
    return {
        "plugins": [],
        "jsPlugins": [str(plugin / "dist" / "esm" / "index.js")],
        "categories": dict.fromkeys(CATEGORIES, "off"),
        "rules": {f"@convex-dev/{rule}": "warn" for rule in RULES},
    }


def _installed() -> Path:
    """Return the folder that holds the pinned peers, installed when first asked for."""
    folder = cache_folder() / "-".join(["peers", *PEERS.values()])
    if not (folder / "node_modules" / ".bin" / "oxlint").exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text(json.dumps({"private": True, "dependencies": PEERS}), encoding="utf-8")
        npm(["install", "--ignore-scripts", "--no-audit", "--no-fund"], folder)
    return folder


def _prove(oxlint: list[str], scratch: Path) -> None:
    """Stop if the plugin does not report the known faults, or more than its rules are on."""
    folder = scratch / "convex"
    folder.mkdir()
    # `no-process-env` looks at a folder `convex` beside a `package.json` only.
    (scratch / "package.json").write_text("{}", encoding="utf-8")
    (folder / "faulty.ts").write_text(FAULTY, encoding="utf-8")
    done = subprocess.run([*oxlint, "--format=json", "."], cwd=folder, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    found = {diagnostic["code"] for diagnostic in report["diagnostics"]}
    if found != {f"@convex-dev({rule})" for rule in FAULTS} or report["number_of_rules"] != len(RULES):
        sys.exit(f"Oxlint does not run the plugin as it should: {done.stdout}{done.stderr}")


def _strangers(target: Target, contenders: list[Contender], oxlint: list[str]) -> list[str]:
    """Return one remark for each side that does not lint exactly the files of the target."""
    listed = _output([*oxlint, "--debug=files", "."], target.folder)
    theirs = {target.folder / line for line in listed.splitlines() if Path(line).suffix in SUFFIXES}
    ours = contenders[0]
    command = [argument if argument != "concise" else "json" for argument in ours.command]
    checked = json.loads(_output(command, ours.folder))["summary"]["filesChecked"]
    remarks = [f"only one side lints {path}" for path in sorted(theirs.symmetric_difference(target.files))]
    return remarks if checked == len(target.files) else [*remarks, f"convex-lint reports on {checked} files"]


def _output(command: list[str], folder: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False).stdout


def _targets(folders: list[Path]) -> Iterator[Target]:
    named = [(str(folder), folder.resolve()) for folder in folders]
    for name, folder in named or [(name, package(name) / "src" / "component") for name in PINS]:
        files = sorted(path for path in folder.rglob("*") if is_linted(path.relative_to(folder)) and path.is_file())
        if not files:
            sys.exit(f"{name}: no file to lint")
        yield Target(name, folder, tuple(files))


def _print_table(target: Target, runs: dict[str, list[Run]], remarks: list[str]) -> None:
    texts = [path.read_bytes() for path in target.files]
    size, lines = sum(map(len, texts)), sum(text.count(b"\n") for text in texts)
    print(f"\n{target.name}: {len(texts)} files, {lines:,} lines, {size:,} bytes")
    print(f"  {'seconds':<16}{'wall min':>10}{'median':>10}{'cpu min':>10}{'median':>10}{'findings':>10}")
    for name, taken in runs.items():
        times = _spread(run.wall for run in taken) + _spread(run.cpu for run in taken)
        print(f"  {name:<16}{times}{_findings(taken):>10}")
    print("  convex-lint's share, pair by pair: min, median, max")
    print(f"    of oxlint's wall      {_ratios(runs, OXLINT, attrgetter('wall'))}")
    print(f"    of oxlint's cpu       {_ratios(runs, OXLINT, attrgetter('cpu'))}")
    print(f"    of bare parse's cpu   {_ratios(runs, PARSE, attrgetter('cpu'))}")
    for remark in remarks:
        print(f"  ! {remark}")


def _spread(values: Iterable[float]) -> str:
    seconds = list(values)
    return f"{min(seconds):>10.3f}{median(seconds):>10.3f}"


def _ratios(runs: dict[str, list[Run]], other: str, taken: Callable[[Run], float]) -> str:
    """Return the smallest, median and largest ratio of ours to another in the same round."""
    pairs = [taken(ours) / taken(theirs) for ours, theirs in zip(runs[OURS], runs[other], strict=True)]
    return f"{min(pairs):.2f} {median(pairs):.2f} {max(pairs):.2f}"


def _findings(runs: list[Run]) -> int:
    """Return how many findings were printed, one line each with `path:line:column:`."""
    return len(re.findall(r"^.+?:\d+:\d+: ", runs[0].output, re.MULTILINE))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="functions folders (default: the pinned npm packages)")
    parser.add_argument("--runs", type=int, default=9, help="counted rounds (default: 9)")
    return parser.parse_args()


if __name__ == "__main__":
    try:
        main()
    except UnavailableError as error:
        sys.exit(f"cannot fetch the peers: {error}")
