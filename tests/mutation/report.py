"""What became of the mutants, as a text."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from tests.mutation.code import changed, short
from tests.mutation.mutant import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.mutation.mutant import Mutant
    from tests.mutation.running import Result


def table(results: Sequence[tuple[str, Result]]) -> Iterator[str]:
    """Yield a line for each kind of mutants."""
    made = Counter(one.kind for _, result in results for one in result.mutants)
    missed = Counter(one.kind for _, result in results for one in result.missed)
    yield f"{'kind':<20}{'mutants':>9}{'found':>9}{'missed':>9}{'found %':>9}"
    for kind in KINDS:
        if made[kind]:
            found = made[kind] - missed[kind]
            yield f"{kind:<20}{made[kind]:>9}{found:>9}{missed[kind]:>9}{100 * found / made[kind]:>9.2f}"


def misses(results: Sequence[tuple[str, Result]]) -> Iterator[str]:
    """Yield the mutants that were missed, by kind and by what was mutated, most frequent first."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, result in results:
        for one in result.missed:
            groups[one.kind, one.what].append(f"{name}/{place(result, one)}: {planted(result, one)}")
    order = list(KINDS)
    for (kind, what), lines in sorted(groups.items(), key=lambda item: (order.index(item[0][0]), -len(item[1]))):
        yield ""
        yield f"{kind}: {what} ({len(lines)})"
        yield from (f"  {line}" for line in lines)


def place(result: Result, mutant: Mutant) -> str:
    """Return where a mutant is, as `path:line`."""
    return f"{mutant.path}:{result.workspace.sources[mutant.path].line_of(mutant.start) + 1}"


def planted(result: Result, mutant: Mutant) -> str:
    """Return the beginning of what a mutant made of the code."""
    data = result.workspace.sources[mutant.path].data
    moved = sum(len(one.text) - (one.end - one.start) for one in mutant.changes if one.start < mutant.start)
    return short(changed(data, mutant.changes)[mutant.start + moved :])
