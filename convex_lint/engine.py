"""Lint a workspace: summarise its modules, link them, ask the rules, sign what they find. Pure: no disk, no clock."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from convex_lint.diagnostics import Diagnostic, Place, Severity
from convex_lint.link import Linked
from convex_lint.rule import Level
from convex_lint.source import Source, Span
from convex_lint.subjects import GIVEN, SUBJECTS, Module
from convex_lint.summary import Summary, summarise
from convex_lint.syntax import room
from convex_lint.workspace import Project, Role, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from convex_lint.diagnostics import Finding
    from convex_lint.rule import Rule

    Levels = Callable[[str], Mapping[str, Level]]
    """Which rules run on a path, by name, and how they are set there."""


@dataclass(frozen=True, slots=True)
class Linting:
    """What linting a workspace gave: the diagnostics in reading order, and the summary of every module."""

    diagnostics: tuple[Diagnostic, ...]
    summaries: Mapping[str, Summary]


def lint(
    workspace: Workspace,
    rules: Sequence[Rule],
    levels: Levels,
    read: Callable[[Source], Summary] = summarise,
) -> Linting:
    """Ask the rules about every reported module of a workspace.

    `read` gives the summary of a source; a caller that lints more than once keeps what it gave.
    """
    summaries = {path: read(source) for path, source in workspace.sources.items()}
    linked = Linked(workspace, summaries)
    given = {kind: make(linked) for kind, make in GIVEN.items()}
    found: list[Diagnostic] = []
    with room():
        for path in sorted(workspace.reported & summaries.keys()):
            module = Module(linked, summaries[path])
            found.extend(_syntax(module.summary))
            if module.role is not Role.GENERATED:
                found.extend(_module(module, rules, levels(path), given))
    return Linting(tuple(sorted(set(found), key=lambda diagnostic: diagnostic.order)), summaries)


def _syntax(summary: Summary) -> Iterator[Diagnostic]:
    """Yield one diagnostic for a module that does not parse, at the first place."""
    if summary.code.deep:
        message, span = "the code is nested too deeply to be read", Span(0, 0)
    elif summary.code.errors:
        message, span = "this does not parse", summary.code.errors[0]
    else:
        return
    help_ = "mend the syntax; what is left of the file is linted as far as it can be understood"
    yield Diagnostic("syntax-error", Severity.ERROR, Place(summary.path, span), message, help_)


def _module(
    module: Module, rules: Sequence[Rule], levels: Mapping[str, Level], given: Mapping[type, Any]
) -> Iterator[Diagnostic]:
    project = module.linked.project_of(module.path)
    version = project.convex if project is not None else None
    running = [rule for rule in rules if rule.name in levels and _holds(rule, version)]
    for kind in {rule.each: None for rule in running}:
        asked = [rule for rule in running if rule.each is kind]
        try:
            subjects = list(SUBJECTS[kind](module))
        except RecursionError:
            continue  # see `_ask`
        for subject in subjects:
            for rule in asked:
                yield from _ask(rule, subject, module, levels[rule.name], given)


def _holds(rule: Rule, version: tuple[int, ...] | None) -> bool:
    """Say whether a rule holds for a version of `convex`; of one that is not known only what holds for all."""
    return rule.since is None or (version is not None and version >= rule.since)


def _ask(rule: Rule, subject: Any, module: Module, level: Level, given: Mapping[type, Any]) -> Iterator[Diagnostic]:
    arguments = [given[kind] for kind in rule.given]
    if rule.options is not None:
        arguments.append(level.options if level.options is not None else rule.options())
    try:
        for finding in rule.check(subject, *arguments):
            yield sign(rule, finding, level.severity, module.linked.workspace.sources)
    except RecursionError:
        return  # code that leads from name to name without end is not understood, and so not reported
    except Exception as crash:  # noqa: BLE001  a rule is a plug-in: its fault must not end the run
        yield _crashed(rule, crash, subject, module)


def sign(rule: Rule, finding: Finding, severity: Severity, sources: Mapping[str, Source]) -> Diagnostic:
    """Make a diagnostic of what a rule found; its place ends with the line that it starts in."""
    return Diagnostic(
        rule=rule.name,
        severity=Severity.WARNING if finding.at_most is Severity.WARNING else severity,
        place=_first_line(finding.place, sources),
        message=finding.message,
        help=finding.help,
        fix=finding.fix,
        related=finding.related,
    )


def _first_line(place: Place, sources: Mapping[str, Source]) -> Place:
    if place.span is None:
        return place
    source = sources[place.path]
    end = source.line_span(source.line_of(place.span.start)).end
    return place if place.span.end <= end else Place(place.path, Span(place.span.start, end))


def _crashed(rule: Rule, crash: Exception, subject: Any, module: Module) -> Diagnostic:
    last = traceback.extract_tb(crash.__traceback__)[-1]
    where = f"{last.filename.replace(chr(92), '/').rsplit('/', 1)[-1]}:{last.lineno}"
    return Diagnostic(
        "rule-crashed",
        Severity.ERROR,
        getattr(subject, "place", Place(module.path)),
        f"the rule `{rule.name}` failed here: {type(crash).__name__}: {crash} ({where})",
        "please report this; switch the rule off to go on without it",
    )


def of_texts(texts: Mapping[str, str], folder: str = "convex") -> Workspace:
    """Make a workspace of texts by path, with one project: what tests and the playground need."""
    sources = {path: Source(path, text.encode()) for path, text in texts.items()}
    modules = {path: source for path, source in sources.items() if not path.endswith(".json")}
    projects = [Project(folder)] + [
        Project(path.rsplit("/", 1)[0])
        for path in modules
        if path.rsplit("/", 1)[-1].startswith("convex.config.") and path.rsplit("/", 1)[0] != folder
    ]
    reported = frozenset(path for path in modules if "_generated/" not in path)
    return Workspace(projects=tuple(projects), sources=modules, reported=reported)


def lint_texts(
    texts: Mapping[str, str], rules: Iterable[Rule], options: object | None = None
) -> tuple[Diagnostic, ...]:
    """Lint texts by path with some rules, each at its own severity."""
    chosen = tuple(rules)
    levels = {rule.name: Level(rule.severity, options) for rule in chosen}
    return lint(of_texts(texts), chosen, lambda _path: levels).diagnostics
