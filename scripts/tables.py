"""Tell of how many implicit calls by id the table is known, and why not of the others: `scripts/tables.py DIR...`.

An implicit call is one of `db.get`, `db.patch`, `db.replace` or `db.delete` that names no table. For the modules of
each functions folder (no tests): how many there are by their tokens alone (`count_tokens.py`), how many of them the
model sees, and of how many it knows the table. Then what the ids are whose table is not known, the most frequent ones
first; with `--all`, each of them with its place. Of the calls that name the table, it is told for how many the model
knows it, too, and for how many it knows another one.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from convex_lint import check  # noqa: E402  found by the line above
from convex_lint.engine import summaries_of  # noqa: E402
from convex_lint.link import Linked  # noqa: E402
from convex_lint.subjects import Module, documents  # noqa: E402
from convex_lint.syntax import room  # noqa: E402
from convex_lint.values import UNKNOWN  # noqa: E402
from scripts import count_tokens, unknown  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from convex_lint.subjects import ById


def why(call: ById) -> str:
    """Return why the table of an id is not known."""
    linked = call.module.linked
    value = linked.value(call.id)
    return unknown.cause(linked, call.id) if value is UNKNOWN else f"a {type(value).__name__}"


def report(folder: str, *, each: bool) -> Iterator[str]:
    """Yield the lines about one folder."""
    loaded = check.load(check.Request(cwd=folder, isolated=True), check.Memory())
    workspace, summaries = summaries_of(loaded.workspace)
    linked = Linked(workspace, summaries)
    paths = sorted(path for path in workspace.reported if not count_tokens.is_test(path))
    counted = sum(count_tokens.implicit((Path(workspace.root) / path).read_text("utf-8", "replace")) for path in paths)
    seen, causes, places = 0, Counter[str](), list[str]()
    explicit = Counter[str]()
    with room():
        for path in paths:
            with linked.at(path):
                for call in documents.find(Module(linked, summaries[path])):
                    seen += not call.explicit
                    line = workspace.sources[path].line_of(call.call.start) + 1
                    if call.explicit:
                        is_known = call.table is not None and call.named is not None
                        differs = is_known and call.table != call.named
                        explicit.update(("named", *(("known",) if is_known else ()), *(("differ",) if differs else ())))
                        places += [f"    {path}:{line}: not {call.named!r} but {call.table!r}"] if differs else []
                    elif call.table is None:
                        cause = why(call)
                        causes[cause] += 1
                        places.append(f"    {path}:{line}: {call.module.text(call.call)[:90]!r}: {cause}")
    named = seen - causes.total()
    share = 100 * named / max(seen, 1)
    yield f"{folder}: {counted} implicit calls by tokens, {seen} seen, {named} named ({share:.1f} %)"
    yield f"  {explicit['named']} name it, {explicit['known']} of these known, {explicit['differ']} as another one"
    yield from places if each else (f"  {number:6} {cause}" for cause, number in causes.most_common(10))


def main(arguments: Sequence[str]) -> int:
    """Print what is known of each folder."""
    for folder in arguments:
        if folder != "--all":
            print(*report(folder, each="--all" in arguments), sep="\n", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
