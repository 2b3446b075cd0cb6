"""Plant faults in the code of folders, and print which of them are found: `scripts/mutate.py DIR...`.

With `--typed SCRATCH`, typescript-eslint with types is run on the same mutants, in copies below that folder with what
they import from npm installed; the share is then given of those that it reports too, or that are plainly calls of ctx.
Each project is copied below a folder of its own name, and what was installed there is used again.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.mutation import report, running, typed  # noqa: E402  found by the line above
from tests.mutation.mutant import KINDS  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.mutation.running import Result


CTX = re.compile(r"\b\w*ctx\.(?:db|scheduler|storage|run(?:Query|Mutation|Action))\b")
"""How a call of ctx is spelt that surely gives a promise."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table for each folder, one for all, and all mutants that were missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--kind", action="append", choices=list(KINDS), help="plant only this kind")
    parser.add_argument("--typed", type=Path, metavar="SCRATCH", help="ask typescript-eslint too, below this folder")
    chosen = parser.parse_args(arguments)
    results = []
    known: dict[str, list[bool]] = {}
    for folder in chosen.folders:
        name = folder.resolve().name
        result = running.run(folder, chosen.kind or KINDS)
        results.append((name, result))
        print(f"\n{name}", *report.table(results[-1:]), sep="\n")
        if chosen.typed is not None:
            for kind, found in _typed(result, chosen.typed.resolve() / name).items():
                known.setdefault(kind, []).extend(found)
    if len(results) > 1:
        print("\nall", *report.table(results), sep="\n")
    for kind, found in known.items():
        share = 100 * sum(found) / max(len(found), 1)
        print(f"\n{kind}, reported with types or plainly of ctx: {sum(found)} of {len(found)}, {share:.2f} %")
    print(*report.misses(results), sep="\n")
    return 0


def _typed(result: Result, scratch: Path) -> dict[str, list[bool]]:
    """Return for each kind whether the mutants are found that a type checker knows, or that are plainly of ctx."""
    shares = {}
    for kind in typed.PEERS:
        mutants = [one for one in result.mutants if one.kind == kind]
        if mutants:
            said = typed.judge(result.workspace, mutants, scratch)
            wanted = said.known | {one for one in mutants if CTX.search(one.what)}
            shares[kind] = [one not in result.missed for one in mutants if one in wanted]
            lacking = f" without {', '.join(said.lacking)}" if said.lacking else ""
            print(f"{kind}: typescript-eslint{lacking} reports {len(said.known)} of {len(mutants)},", end=" ")
            print(f"{len(wanted)} with those of ctx; found of these: {sum(shares[kind])}")
    return shares


if __name__ == "__main__":
    raise SystemExit(main())
