"""The baseline, renewed: what is forgiven from now on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from convex_lint import baseline, registry
from convex_lint.nearest import nearest
from convex_lint.suppressions import LOUD

from . import baselines
from .linting import Outcome, forgiving

if TYPE_CHECKING:
    from convex_lint.baseline import Baseline

    from .loading import Loaded, Renewal, Request


def renew(loaded: Loaded, outcome: Outcome, request: Request) -> tuple[Outcome, tuple[str, ...]]:
    """Write the baseline anew; return what is found under it, with remarks. Raises BaselineError."""
    renewal = request.renewal
    if renewal is None:
        return outcome, ()
    rules = _named(loaded, renewal)
    place = baselines.place(loaded.workspace.root, request.cwd, request.suppressions)
    found = _unforgiven(outcome)
    made = [found]

    def change(known: Baseline) -> Baseline:
        before = forgiving(found, loaded, known)
        settled = before.forgiven.settled if before.forgiven is not None else known
        wanted = [
            diagnostic
            for diagnostic in before.kept
            if diagnostic.rule not in LOUD and (renewal.every or diagnostic.rule in rules)
        ]
        kept = settled if renewal.every or renewal.prune else known
        renewed = baseline.grown(kept, baselines.marked(loaded, wanted, found.summaries))
        made.append(forgiving(found, loaded, renewed))
        return renewed

    baselines.update(place, loaded.rules, change)
    return made[-1], (_told(made[-1], place.name),)


def _named(loaded: Loaded, renewal: Renewal) -> frozenset[str]:
    """Return the rules that are named, by their own names."""
    names = registry.by_name(loaded.rules)
    for name in renewal.rules:
        if registry.bare(name) not in names:
            near = nearest(registry.bare(name), names)
            hint = f"; did you mean `{near}`?" if near is not None else "; `convex-lint rules` lists them all"
            raise baseline.BaselineError(f"--suppress-rule: there is no rule `{name}`{hint}")
    return frozenset(names[registry.bare(name)].name for name in renewal.rules)


def _unforgiven(outcome: Outcome) -> Outcome:
    """Return an outcome as it is without a baseline: the file may have become another one since it was read."""
    external = [each.diagnostic for each in outcome.suppressed if each.external]
    kept = sorted((*outcome.kept, *external), key=lambda diagnostic: diagnostic.order)
    inside = tuple(each for each in outcome.suppressed if not each.external)
    return replace(outcome, kept=tuple(kept), suppressed=inside, forgiven=None)


def _told(outcome: Outcome, name: str) -> str:
    forgiven = len(outcome.forgiven.forgiven) if outcome.forgiven is not None else 0
    return f"{name} forgives {forgiven:,} finding{'' if forgiven == 1 else 's'} here"


def stale(outcome: Outcome) -> tuple[str, ...]:
    """Return the remark on what the baseline forgives and is not found any more."""
    number = outcome.forgiven.stale if outcome.forgiven is not None else 0
    if not number:
        return ()
    what = (
        "1 finding that the baseline forgives is"
        if number == 1
        else f"{number:,} findings that the baseline forgives are"
    )
    return (f"{what} not found any more; --prune-suppressions takes {'it' if number == 1 else 'them'} out",)
