"""Ask TypeScript what fixing breaks: `scripts/typecheck_fixes.py [--scratch FOLDER] DIR...`.

Each project is copied below the scratch folder, with what its functions import from npm installed there. All fixes of
all rules, the unsafe ones too, are applied to the copy, and the errors that the compiler gives before and after are
compared.
Nothing is written into the folders themselves. Packages that cannot be had are `any` to the compiler, and are named.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.fixing import Bed  # noqa: E402  found by the line above
from tests.mutation import dependencies, typed  # noqa: E402  as above
from tests.npm import UnavailableError, package  # noqa: E402  as above

if TYPE_CHECKING:
    from collections.abc import Sequence

_ERROR = re.compile(r"(?m)^(?P<path>[^\s(][^(\n]*)\(\d+,\d+\): error (?P<what>TS\d+: .*)$")


class Error(NamedTuple):
    """An error of the compiler, without its line: fixes move lines."""

    path: str
    what: str


class Compared(NamedTuple):
    """What fixing a project did: `fresh` are the errors that were not there, `clean` the files that had none."""

    fixes: int
    files: int
    before: int
    after: int
    fresh: tuple[Error, ...]
    clean: frozenset[str]
    lacking: tuple[str, ...]

    @property
    def broken(self) -> tuple[Error, ...]:
        """The new errors in files that had none."""
        return tuple(error for error in self.fresh if error.path in self.clean)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print for each folder how many fixes were applied, and each error that they made."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--scratch", type=Path, help="where copies are made, and what was installed is used again")
    parser.add_argument("--rule", action="append", help="apply only the fixes of this rule")
    chosen = parser.parse_args(arguments)
    scratch = chosen.scratch or Path(tempfile.mkdtemp(prefix="convex-lint-fixes-"))
    bad = 0
    for folder in chosen.folders:
        name = folder.resolve().name
        found = compared(folder, scratch.resolve() / name, chosen.rule)
        lacking = f", without {', '.join(found.lacking)}" if found.lacking else ""
        print(f"{name}: {found.fixes} fixes in {found.files} files; errors {found.before} → {found.after}{lacking}")
        print(f"  new errors: {len(found.broken)} in files without errors, {len(found.fresh)} in all")
        print(*(f"  {error.path}: {error.what}" for error in sorted(found.fresh)), sep="\n")
        bad += len(found.broken)
    return 1 if bad else 0


def compared(folder: Path, scratch: Path, rules: Sequence[str] | None = None) -> Compared:
    """Fix a copy of a project, and compare what the compiler says of it before and after."""
    bed = Bed(folder, rules)
    home = scratch / "project"
    typed.copy(Path(bed.workspace.root), home)
    lacking = dependencies.install(bed.workspace, home)
    typed.write_tsconfig(bed.workspace, home)
    before = _errors(home)
    settled = bed.settle(bed.sources)
    changed = [path for path, source in settled.sources.items() if source.data != bed.sources[path].data]
    for path in changed:
        (home / path).write_bytes(settled.sources[path].data)
    after = _errors(home)
    clean = frozenset(bed.workspace.reported) - {error.path for error in before}
    fresh = tuple((after - before).elements())
    return Compared(settled.applied, len(changed), before.total(), after.total(), fresh, clean, lacking)


def _errors(home: Path) -> Counter[Error]:
    node = shutil.which("node")
    if node is None:
        raise UnavailableError("node is not installed")
    compiler = str(package("typescript") / "bin" / "tsc")
    command = [node, "--max-old-space-size=8192", compiler, "--project", typed.TSCONFIG, "--pretty", "false"]
    done = subprocess.run(command, cwd=home, capture_output=True, text=True, check=False)
    return Counter(Error(match["path"], match["what"]) for match in _ERROR.finditer(done.stdout))


if __name__ == "__main__":
    raise SystemExit(main())
