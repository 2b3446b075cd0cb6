"""Which findings a baseline forgives, and which of its marks are not found any more."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from convex_lint.records import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from convex_lint.diagnostics import Diagnostic

    from .marks import Baseline, Mark, Marks

    Found = tuple[str, str, Mark]
    """The path, the rule and the mark of a finding."""


@record
class Forgiven:
    """What a baseline makes of findings.

    `kept` are those that it does not forgive, `forgiven` those that it does. `settled` is the baseline without what is
    not found any more, of which there were `stale` findings, and with what moved where it is now.
    """

    kept: tuple[Diagnostic, ...]
    forgiven: tuple[Diagnostic, ...]
    settled: Baseline
    stale: int


def forgive(
    baseline: Baseline,
    found: Sequence[tuple[Diagnostic, Mark]],
    judged: Callable[[str, str], bool],
    defines: Callable[[str, str], bool],
    gone: Callable[[str], bool],
) -> Forgiven:
    """Match findings with a baseline.

    `judged` says of a path and a rule whether the run would have found what there is, `defines` whether a file still
    has a definition of a name, and `gone` whether a file is not there any more. First what has stayed in its place is
    forgiven, then what stands in a definition that has another name now, then what stands in a file that has.
    """
    left = _copied(baseline)
    settled: Marks = {}
    pending = list(found)
    forgiven: list[Diagnostic] = []
    for pick in (_same, _renamed(defines), _moved(gone, baseline)):
        rest: list[tuple[Diagnostic, Mark]] = []
        for diagnostic, mark in pending:
            at = pick(left, (diagnostic.place.path, diagnostic.rule, mark))
            if at is None:
                rest.append((diagnostic, mark))
                continue
            _take(left, at)
            _put(settled, (diagnostic.place.path, diagnostic.rule, mark))
            forgiven.append(diagnostic)
        pending = rest
    stale = 0
    for path, rule, mark, count in _entries(left):
        if gone(path) or judged(path, rule):
            stale += count
        else:
            _put(settled, (path, rule, mark), count)
    return Forgiven(tuple(diagnostic for diagnostic, _ in pending), tuple(forgiven), settled, stale)


def grown(baseline: Baseline, found: Iterable[tuple[Diagnostic, Mark]]) -> Baseline:
    """Return a baseline that forgives some findings, too."""
    made = _copied(baseline)
    for diagnostic, mark in found:
        _put(made, (diagnostic.place.path, diagnostic.rule, mark))
    return made


def _copied(baseline: Baseline) -> Marks:
    return {path: {rule: Counter(marks) for rule, marks in rules.items()} for path, rules in baseline.items()}


def _same(left: Marks, found: Found) -> Found | None:
    path, rule, mark = found
    return found if left.get(path, {}).get(rule, Counter())[mark] > 0 else None


def _renamed(defines: Callable[[str, str], bool]) -> Callable[[Marks, Found], Found | None]:
    def pick(left: Marks, found: Found) -> Found | None:
        path, rule, mark = found
        for known, count in left.get(path, {}).get(rule, Counter()).items():
            if count > 0 and known.line == mark.line and known.symbol and not defines(path, known.symbol):
                return path, rule, known
        return None

    return pick


def _moved(gone: Callable[[str], bool], baseline: Baseline) -> Callable[[Marks, Found], Found | None]:
    missing = [path for path in baseline if gone(path)]

    def pick(left: Marks, found: Found) -> Found | None:
        at = ((path, *found[1:]) for path in missing)
        return next((one for one in at if _same(left, one)), None)

    return pick


def _entries(marks: Marks) -> list[tuple[str, str, Mark, int]]:
    return [
        (path, rule, mark, count)
        for path, rules in marks.items()
        for rule, counted in rules.items()
        for mark, count in counted.items()
        if count > 0
    ]


def _take(marks: Marks, at: Found) -> None:
    path, rule, mark = at
    marks[path][rule][mark] -= 1


def _put(marks: Marks, at: Found, count: int = 1) -> None:
    path, rule, mark = at
    marks.setdefault(path, {}).setdefault(rule, Counter())[mark] += count
