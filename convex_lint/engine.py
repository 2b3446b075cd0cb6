"""Lint a workspace: summarise its modules, link them, ask the rules, sign what they find. Pure: no disk, no clock."""

from __future__ import annotations

import re
import traceback
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from convex_lint import stubs
from convex_lint.diagnostics import Diagnostic, Place, Related, Severity
from convex_lint.facts.runtimes import NODE_MODULES
from convex_lint.link import EVERYTHING, Linked
from convex_lint.records import record
from convex_lint.rule import Level
from convex_lint.source import Source, Span
from convex_lint.subjects import GIVEN, SUBJECTS, Module
from convex_lint.summary import Summary, summarise
from convex_lint.syntax import room
from convex_lint.workspace import Project, Role, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from convex_lint.diagnostics import Finding, Pointer
    from convex_lint.rule import Rule

    Levels = Callable[[str], Mapping[str, Level]]
    """Which rules run on a path, by name, and how they are set there."""

    _Said = tuple[Rule, Finding] | Diagnostic
    """What a rule finds, or what the engine says of a rule that failed."""


@record
class Linting:
    """What linting a workspace gave: the diagnostics in reading order, and the summary of every module.

    `asked` are the modules that the rules were asked about; of all others the answers were known.
    """

    diagnostics: tuple[Diagnostic, ...]
    summaries: Mapping[str, Summary]
    asked: tuple[str, ...]


@record
class _Answers:
    """What the rules said of a module, and what that rests on: its own text and settings, and what others say."""

    summary: Summary
    settings: object
    footing: int
    asked: Any
    findings: tuple[_Said, ...]


class Kept:
    """What is kept between one linting of a workspace and the next: only what changed, and what read that, is asked.

    The diagnostics are the same as without it.
    """

    def __init__(self) -> None:
        self._linked: Linked | None = None
        self._answers: dict[str, _Answers] = {}
        self._changed = 0

    def link(self, workspace: Workspace, summaries: Mapping[str, Summary]) -> Linked:
        """Return the workspace, linked, with all that is known of it and still holds."""
        old = self._linked
        if old is not None and _same_structure(old.workspace, workspace):
            self._changed = old.change(workspace, summaries)
            return old
        self._changed = EVERYTHING
        self._linked = Linked(workspace, summaries)
        return self._linked

    def findings(self, module: Module, settings: object, ask: Callable[[], Iterable[_Said]]) -> tuple[_Said, ...]:
        """Return what is said of a module, asked anew only where it can have changed."""
        known = self._answers.get(module.path)
        linked = module.linked
        if known is not None and known.summary is module.summary and known.settings == settings:
            # Where everything may be another, so may what rests on no text: which files there are.
            if self._changed != EVERYTHING and not known.footing & self._changed:
                return known.findings
            with linked.asking() as footing:
                if linked.holds(known.asked):
                    # The same answers may rest on other modules now.
                    self._answers[module.path] = replace(known, footing=footing())
                    return known.findings
        with linked.asking() as footing, linked.at(module.path):
            found = tuple(ask())
            asked = linked.asked_by(module.path)
            self._answers[module.path] = _Answers(module.summary, settings, footing(), asked, found)
        return found


def _same_structure(old: Workspace, new: Workspace) -> bool:
    return replace(old, sources={}, reported=frozenset()) == replace(new, sources={}, reported=frozenset()) and (
        old.sources.keys() == new.sources.keys()
    )


def lint(
    workspace: Workspace,
    rules: Sequence[Rule],
    levels: Levels,
    read: Callable[[Source], Summary] = summarise,
    kept: Kept | None = None,
) -> Linting:
    """Ask the rules about every reported module of a workspace.

    `read` gives the summary of a source, always the same one for the same text where something is `kept`; a caller that
    lints more than once keeps both.
    """
    kept = kept or Kept()
    workspace, summaries = summaries_of(workspace, read)
    linked = kept.link(workspace, summaries)
    given = {kind: make(linked) for kind, make in GIVEN.items()}
    found: list[Diagnostic] = []
    asked: list[str] = []
    with room():
        for path in sorted(workspace.reported & summaries.keys()):
            module = Module(linked, summaries[path])
            found.extend(_syntax(module.summary) if module.role is not Role.CLIENT else ())
            if module.role is not Role.GENERATED:
                found.extend(_diagnostics(module, rules, levels(path), given, kept, asked))
    diagnostics = tuple(sorted(set(found), key=lambda diagnostic: diagnostic.order))
    return Linting(diagnostics, summaries, tuple(asked))


def summaries_of(
    workspace: Workspace, read: Callable[[Source], Summary] = summarise
) -> tuple[Workspace, dict[str, Summary]]:
    """Return the summaries of a workspace, and the workspace with the stubs of the packages that are imported in it."""
    summaries = {path: read(source) for path, source in workspace.sources.items()}
    described: dict[str, Source] = {}
    importers = list(summaries.values())
    while importers:
        specifiers = {specifier for summary in importers for specifier in summary.specifiers}
        specifiers -= workspace.packages.keys()  # the code itself tells more
        new = {source.path: source for source in stubs.wanted(specifiers, workspace.stubs)}
        new = {path: source for path, source in new.items() if path not in described}
        described |= new
        importers = [read(source) for source in new.values()]
        summaries |= {summary.path: summary for summary in importers}
    return replace(workspace, sources={**workspace.sources, **described}) if described else workspace, summaries


def _diagnostics(  # noqa: PLR0913, PLR0917  what is asked, of what, with what is known
    module: Module,
    rules: Sequence[Rule],
    levels: Mapping[str, Level],
    given: Mapping[type, Any],
    kept: Kept,
    asked: list[str],
) -> Iterator[Diagnostic]:
    project = module.linked.workspace.project_of(module.path)
    is_client = module.role is Role.CLIENT
    asked_here = (rule for rule in rules if rule.name in levels and (rule.clients or not is_client))
    running = tuple(rule for rule in asked_here if is_client or _holds(rule, project))

    def ask() -> Iterator[_Said]:
        asked.append(module.path)
        return _module(module, running, levels, given)

    settings = (running, dict(levels), project, module.role)
    for said in kept.findings(module, settings, ask):
        if isinstance(said, Diagnostic):
            yield said
        else:
            rule, finding = said
            yield sign(rule, finding, levels[rule.name].severity, module.linked)


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
) -> Iterator[_Said]:
    groups: dict[type, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(rule.each, []).append(rule)
    for kind, asked in groups.items():
        try:
            subjects = list(SUBJECTS[kind](module))
        except RecursionError:
            module.linked.give_up()
            continue  # see `_ask`
        asking = [(rule, _arguments(rule, levels[rule.name], given)) for rule in asked] if subjects else []
        for subject in subjects:
            for rule, arguments in asking:
                yield from _ask(rule, subject, module, arguments)


def _holds(rule: Rule, project: Project | None) -> bool:
    """Say whether a rule holds for the version of `convex`; of one that is not known only what holds for all."""
    version = project.convex if project is not None else None
    return rule.since is None or (version is not None and version >= rule.since)


def _arguments(rule: Rule, level: Level, given: Mapping[type, Any]) -> list[Any]:
    """Return what a rule is given beside its subject."""
    arguments = [given[kind] for kind in rule.given]
    if rule.options is not None:
        arguments.append(level.options if level.options is not None else rule.options())
    return arguments


def _ask(rule: Rule, subject: Any, module: Module, arguments: list[Any]) -> Iterator[_Said]:
    try:
        for finding in rule.check(subject, *arguments):
            for path in _elsewhere(finding, module.path):
                module.linked.text(path)  # where lines move there, it is to be found anew
            yield rule, finding
    except RecursionError:
        module.linked.give_up()  # code that leads from name to name without end is not understood, and so not reported
    except Exception as crash:  # noqa: BLE001  a rule is a plug-in: its fault must not end the run
        module.linked.give_up()
        yield _crashed(rule, crash, subject, module)


def _elsewhere(finding: Finding, path: str) -> set[str]:
    """Return the other modules that a finding has spans of."""
    related = {one.place.path for one in finding.related if isinstance(one, Related)}
    edited = {edit.path for edit in finding.fix.edits} if finding.fix is not None else set()
    return ({finding.place.path} | related | edited) - {path}


def sign(rule: Rule, finding: Finding, severity: Severity, linked: Linked) -> Diagnostic:
    """Make a diagnostic of what a rule found; its place ends with the line that it starts in."""
    return Diagnostic(
        rule=rule.name,
        severity=Severity.WARNING if finding.at_most is Severity.WARNING else severity,
        place=_first_line(finding.place, linked.workspace.sources),
        message=finding.message,
        help=finding.help,
        fix=finding.fix,
        related=tuple(one if isinstance(one, Related) else _related(one, linked) for one in finding.related),
    )


def _related(pointer: Pointer, linked: Linked) -> Related:
    """Return where a call stands that a pointer means."""
    code = linked.summaries[pointer.path].code
    function = code.functions[pointer.function]
    calls = (call for call in code.calls if call.function is function)
    call = next(islice(calls, pointer.nth, None))
    return Related(Place(pointer.path, Span(call.start, call.end)), pointer.message)


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
    """Make a workspace of texts by path, with one project: what tests and the playground need.

    The versions of `convex` and `convex-helpers` are what a `package.json` among them asks for. A `.tsx` or
    `.jsx` file outside of the projects is one of the front end, if they do not import it.
    """
    manifest = texts.get("package.json", "")
    convex, helpers = (_asked(manifest, name) for name in ("convex", "convex-helpers"))
    sources = {path: Source(path, text.encode()) for path, text in texts.items()}
    modules = {path: source for path, source in sources.items() if not path.endswith(".json")}
    is_static = '"staticApi": true' in texts.get("convex.json", "")
    projects = [Project(folder, convex, helpers=helpers, static_api=is_static)] + [
        Project(path.rsplit("/", 1)[0], convex, helpers=helpers, static_api=is_static)
        for path in modules
        if path.rsplit("/", 1)[-1].startswith("convex.config.") and path.rsplit("/", 1)[0] != folder
    ]
    reported = frozenset(path for path in modules if "_generated/" not in path)
    verbatim = {".": '"verbatimModuleSyntax": true' in texts.get("tsconfig.json", "")}
    polyfills = frozenset(name for name in NODE_MODULES if f'"{name}":' in manifest)
    return Workspace(
        projects=tuple(projects),
        sources=modules,
        reported=reported,
        roles=dict.fromkeys(_clients(modules, projects), Role.CLIENT),
        polyfills=polyfills,
        verbatim=verbatim,
        mentions=frozenset(),
    )


def _clients(modules: Mapping[str, Source], projects: Sequence[Project]) -> Iterator[str]:
    """Yield the files with JSX outside of the projects that no module in them imports."""
    inside = {path for path in modules if any(project.holds(path) for project in projects)}
    for path in modules.keys() - inside:
        stem, _, ending = path.rpartition("/")[2].rpartition(".")
        imported = f"/{stem}".encode()
        if ending in {"tsx", "jsx"} and not any(imported in modules[one].data for one in inside):
            yield path


def _asked(manifest: str, package: str) -> tuple[int, ...] | None:
    found = re.search(rf'"{package}":\s*"\D?(\d+(?:\.\d+)*)', manifest)
    return tuple(map(int, found[1].split("."))) if found else None


def lint_texts(
    texts: Mapping[str, str], rules: Iterable[Rule], options: object | None = None
) -> tuple[Diagnostic, ...]:
    """Lint texts by path with some rules, each at its own severity."""
    chosen = tuple(rules)
    levels = {rule.name: Level(rule.severity, options) for rule in chosen}
    return lint(of_texts(texts), chosen, lambda _path: levels).diagnostics
