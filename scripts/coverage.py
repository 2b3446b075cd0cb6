"""Tell of how many uses of the schema and of functions the model knows what they mean: `scripts/coverage.py DIR...`.

What there is to be known is counted by tokens alone (`count_uses.py`). A use of an index is known when the index is
found in the schema, a reference when it leads to a function or surely to nothing, a call when the validator of the
function's arguments is known, an insert when that of the table is. The others are listed by their cause.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from convex_lint import check  # noqa: E402  found by the line above
from convex_lint.engine import summaries_of  # noqa: E402
from convex_lint.link import Linked  # noqa: E402
from convex_lint.link.shapes import bare  # noqa: E402
from convex_lint.subjects import GIVEN, SUBJECTS, Module, Schema  # noqa: E402
from convex_lint.subjects.fields import FieldUse  # noqa: E402
from convex_lint.subjects.indexes import IndexUse  # noqa: E402
from convex_lint.subjects.references import ReferenceUse  # noqa: E402
from convex_lint.subjects.written import WrittenReference  # noqa: E402
from convex_lint.syntax import room  # noqa: E402
from convex_lint.syntax.nodes import Call, Member  # noqa: E402
from convex_lint.workspace import Role  # noqa: E402
from scripts import count_tokens, count_uses  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Known = dict[str, dict[int, str]]
    """For each kind, why a use at an offset is not known; empty where it is."""

TARGETS = {"index": 98, "reference": 97, "call": 92, "insert": 98}
"""The share in percent that should be known."""


def known(module: Module, schema: Schema) -> Known:
    """Return what the model knows of the uses in a module."""
    found: Known = {kind: {} for kind in count_uses.KINDS}
    for index in SUBJECTS[IndexUse](module):
        found["index"][_named(index.call)] = _why_index(index, schema)
    for written in SUBJECTS[WrittenReference](module):
        span = written.place.span
        found["reference"][span.start if span is not None else 0] = _why_reference(written)
    for use in SUBJECTS[ReferenceUse](module):
        found["call"][_named(use.call)] = _why_call(use)
    for field in SUBJECTS[FieldUse](module):
        if field.method == "insert":
            found["insert"][_named(field.call)] = _why_insert(field, schema)
    return found


def _named(call: Call) -> int:
    """Return where the member stands that is called."""
    callee = bare(call.callee)
    return callee.name_start if isinstance(callee, Member) else callee.start


def _why_index(use: IndexUse, schema: Schema) -> str:
    if use.name is None:
        return "the name of the index is computed"
    if use.table is None:
        return "the table is not known"
    found = schema.index(use.module, use.table, use.name, use.form)
    return "the table is not seen whole" if found is not None and found.open else ""


def _why_reference(written: WrittenReference) -> str:
    leads, reference = written.leads_to, written.reference
    if leads.target is not None or leads.missing is not None:
        return ""
    # The name of a module is known where it is known what that module does not have.
    part = replace(reference, path=(*reference.path, "no such name"))
    return "" if written.module.linked.refers(part).missing is not None else "a module that is not seen whole"


def _why_call(use: ReferenceUse) -> str:
    if use.target is None:
        return f"a function of {use.reference.root or 'an unknown root'}"
    return "" if use.args.kind else "the validator of the arguments is not known, or there is none"


def _why_insert(use: FieldUse, schema: Schema) -> str:
    if use.table is None:
        return "the table is not known"
    found = schema.table(use.module, use.table)
    return (
        "the table is not seen whole, or there is no schema" if found is not None and not found.validator.kind else ""
    )


def report(folder: str) -> Iterator[str]:
    """Yield the lines about one folder."""
    loaded = check.load(check.Request(cwd=folder, isolated=True), check.Memory())
    workspace, summaries = summaries_of(loaded.workspace)
    linked = Linked(workspace, summaries)
    schema: Schema = GIVEN[Schema](linked)
    root = Path(workspace.root)
    counted: Counter[str] = Counter()
    causes: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], str] = {}
    with room():
        for path in sorted(workspace.reported):
            if linked.role(path) is Role.TEST or count_tokens.is_test(path):
                continue
            seen = known(Module(linked, summaries[path]), schema)
            for kind, places in count_uses.uses((root / path).read_bytes().decode("latin-1")).items():
                counted[kind] += len(places)
                for at in places:
                    why = seen[kind].get(at, "it is not seen")
                    if why:
                        causes[kind, why] += 1
                        examples.setdefault((kind, why), f"{path}@{at}")
    yield folder
    for kind in count_uses.KINDS:
        missed = sum(number for (of, _), number in causes.items() if of == kind)
        share = 100 * (counted[kind] - missed) / max(counted[kind], 1)
        enough = "" if share >= TARGETS[kind] else f", wanted are {TARGETS[kind]} %"
        yield f"  {kind:10} {counted[kind]:6} by tokens, {counted[kind] - missed:6} known ({share:.1f} %{enough})"
        for (of, why), number in causes.most_common():
            if of == kind:
                yield f"    {number:6} {why} ({examples[of, why]})"


def main(folders: Sequence[str]) -> int:
    """Print what is known of each folder."""
    for folder in folders:
        print(*report(folder), sep="\n", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
