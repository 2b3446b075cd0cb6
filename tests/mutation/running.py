"""Plant mutants and see which are found: as many at once as do not get in each other's way, then one by one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from convex_lint import check, engine
from convex_lint.rule import Level
from convex_lint.source import Source
from tests.mutation import planting
from tests.mutation.mutant import KINDS, Mutant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from convex_lint.diagnostics import Diagnostic
    from convex_lint.rule import Rule
    from convex_lint.summary import Summary
    from convex_lint.workspace import Workspace
    from tests.mutation.planting import Start


_RECENT = (1, 48, 0)
"""The version of `convex` that all code is taken to be for, whatever it asks for."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of the mutants of a folder: `missed` are some of `mutants`."""

    workspace: Workspace
    mutants: tuple[Mutant, ...]
    missed: tuple[Mutant, ...]


class Bed:
    """A folder that mutants are planted in, with what is known of it between one run and the next."""

    def __init__(self, folder: Path) -> None:
        self._memory = check.Memory()
        request = check.Request(cwd=str(folder.resolve()), isolated=True)
        loaded = check.load(request, self._memory)
        recent = tuple(replace(project, convex=_RECENT) for project in loaded.workspace.projects)
        self.workspace = replace(loaded.workspace, projects=recent)
        self._rules = {rule.name: rule for rule in loaded.rules}
        self._plain = {path: self._memory.read(source) for path, source in self.workspace.sources.items()}

    def find(self, kind: str, texts: Mapping[str, bytes]) -> set[Start]:
        """Return what the rules for a kind of mutants find, with some files changed."""
        rules = [self._rules[name] for name in sorted(KINDS[kind])]
        levels = {rule.name: Level(rule.severity, _options(rule, kind)) for rule in rules}
        sources = {**self.workspace.sources, **{path: Source(path, data) for path, data in texts.items()}}
        workspace = replace(self.workspace, sources=sources)
        linting = engine.lint(workspace, rules, lambda _path: levels, self._read, self._memory.kept)
        return {_start(one) for one in linting.diagnostics}

    def _read(self, source: Source) -> Summary:
        plain = self._plain.get(source.path)  # None: the stub of a package
        is_plain = plain is not None and source.data == self.workspace.sources[source.path].data
        return plain if plain is not None and is_plain else self._memory.read(source)


def _options(rule: Rule, kind: str) -> object | None:
    made: object | None = None
    if rule.options is not None:
        made = rule.options(mode="all") if kind == "filter-all" else rule.options()
    return made


def _start(diagnostic: Diagnostic) -> Start:
    span = diagnostic.place.span
    return diagnostic.rule, diagnostic.place.path, span.start if span is not None else 0


def run(folder: Path, kinds: Iterable[str] = KINDS) -> Result:
    """Plant the mutants of a folder, and see which are found."""
    bed = Bed(folder)
    every = planting.mutants(bed.workspace)
    missed: list[Mutant] = []
    mutants: list[Mutant] = []
    for kind in kinds:
        several = [one for one in every if one.kind == kind]
        if several:
            before = bed.find(kind, {})
            # One may have hidden another.
            missed.extend(one for one in _missed(bed, several, before) if _missed(bed, [one], before))
            mutants.extend(several)
    return Result(bed.workspace, tuple(mutants), tuple(missed))


def _missed(bed: Bed, mutants: Sequence[Mutant], before: Iterable[Start]) -> list[Mutant]:
    """Return those of some mutants of one kind that are not found when all are planted."""
    found = bed.find(mutants[0].kind, planting.texts(bed.workspace, mutants))
    hits = planting.hit(mutants, found, before)
    return [one for one in mutants if one not in hits]
