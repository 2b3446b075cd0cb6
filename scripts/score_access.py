"""Tell how well the rules of access control agree with labels made by hand: `scripts/score_access.py DIR LABELS...`.

`DIR` is a checkout, and each of `LABELS` a table as in `benchmarks/access`: a line for each public function with what
it does (`write` or `read`), what someone meets who is not logged in (`enforced`, `secret`, `reached`, `none` or
`other`), and whether it is public by design. A write that is `reached` or open to all (`none`) is to be reported, by
`require-access-control` or by the rule that says more exactly why; where it is public by design, the report is true and
wants a `@public`, and is counted apart. HTTP actions are left out. In a project that nobody can log in to, the rule
names all of them in one finding. Then each function where the labels disagree.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from convex_lint import check  # noqa: E402  found by the line above
from convex_lint.engine import summaries_of  # noqa: E402
from convex_lint.link import Linked  # noqa: E402
from convex_lint.subjects import SUBJECTS, Module, Registered  # noqa: E402
from convex_lint.syntax import room  # noqa: E402
from convex_lint.workspace import Role  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OPEN = frozenset({"none", "reached"})


def labels(path: Path) -> list[dict[str, str]]:
    """Return the lines of a table of labels."""
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [row for row in csv.DictReader(lines, delimiter="\t") if row["kind"] != "httpAction"]


def found(folder: str) -> set[tuple[str, int]]:
    """Return the path and line of each function of a checkout by which anyone can have something done."""
    loaded = check.load(check.Request(cwd=folder, isolated=True), check.Memory())
    workspace, summaries = summaries_of(loaded.workspace)
    linked = Linked(workspace, summaries)
    said: set[tuple[str, int]] = set()
    with room():
        for path in sorted(workspace.reported):
            for function in SUBJECTS[Registered](Module(linked, summaries[path])):
                opening = function.opening() if function.exposed and function.kind != "httpAction" else None
                if opening is not None and opening.does and linked.role(path) is not Role.TEST:
                    line = workspace.sources[path].line_of(function.made.call.callee.start) + 1
                    said.add((path, line))
    return said


def score(folder: str, rows: list[dict[str, str]]) -> Iterator[str]:
    """Yield precision and recall, then where the rule and the labels disagree."""
    known = {(row["path"], int(row["line"])): row for row in rows}
    said = found(folder)
    wanted = {at: row for at, row in known.items() if row["does"] == "write" and row["access"] in OPEN}
    hidden = {at for at, row in wanted.items() if row["public"] == "yes"}
    true, false, missed = said & wanted.keys(), said - wanted.keys(), wanted.keys() - said
    counts = f"{len(said)} reports, {len(true)} true, {len(true & hidden)} of these public by design"
    yield f"{folder}: {len(rows)} labels, {counts}"
    yield f"  precision {share(len(true), len(said))}, recall {share(len(true), len(wanted))}"
    yield f"  recall of those not public by design {share(len(true - hidden), len(wanted.keys() - hidden))}"
    for word, places in (("false", false), ("missed", missed)):
        for path, line in sorted(places):
            row = known.get((path, line), {})
            label = " ".join(row.get(key, "?") for key in ("name", "kind", "does", "access", "public"))
            yield f"  {word} {path}:{line} {label}"


def share(part: int, whole: int) -> str:
    """Return a share as a number and as a fraction."""
    return f"{part / whole:.2f} ({part}/{whole})" if whole else "- (0/0)"


def main(arguments: Sequence[str]) -> int:
    """Print the score of a checkout."""
    folder, *tables = arguments
    print(*score(folder, [row for table in tables for row in labels(Path(table))]), sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
