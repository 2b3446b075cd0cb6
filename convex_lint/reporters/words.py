"""The words that several formats share: of rules, of fixes, and of the run as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from convex_lint.diagnostics import Safety, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from convex_lint.diagnostics import Diagnostic
    from convex_lint.report import Report
    from convex_lint.rule import Rule


class Own(NamedTuple):
    """What the linter itself may have to say of a file, without a rule."""

    summary: str
    explanation: str
    help: str


OWN: Mapping[str, Own] = {
    "syntax-error": Own(
        "A file does not parse",
        "The parts that do not parse were not checked, and nothing in the file was fixed.",
        "mend the syntax",
    ),
    "unreadable-file": Own(
        "A file cannot be read",
        "Nothing in the file was checked.",
        "make it a readable text file in UTF-8, or ignore it in the configuration",
    ),
    "rule-crashed": Own(
        "A rule failed",
        "This is a fault of the linter or of a rule pack, not of the file. The other rules ran.",
        "report it, with the file, to the authors of the rule",
    ),
    "unused-suppression": Own(
        "A comment silences nothing",
        "The rule that the comment names reports nothing where the comment applies.",
        "delete the comment",
    ),
    "unknown-rule": Own(
        "A comment names a rule that does not exist",
        "No rule has this name, so the comment silences nothing.",
        "correct the name; `convex-lint rules` lists them all",
    ),
}
"""The linter's own words, which stand in `Diagnostic.rule` where no rule has spoken."""


_NOTHING = "nothing to lint in what was given"


def rules_by_name(report: Report) -> dict[str, Rule]:
    """Return the rules that ran, by name."""
    return {rule.name: rule for rule in report.rules}


def help_of(diagnostic: Diagnostic) -> str | None:
    """Return what to do about a diagnostic, if anything is known."""
    own = OWN.get(diagnostic.rule)
    return diagnostic.help or (own.help if own else None)


def fixable(diagnostic: Diagnostic) -> str | None:
    """Return how the linter itself can mend a diagnostic, if it can."""
    if diagnostic.fix is None:
        return None
    return "fixable with --fix" if diagnostic.fix.safety is Safety.SAFE else "fixable with --fix --unsafe-fixes"


def errors_first(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return diagnostics with the errors first, then the warnings, then the notes, each in the order given."""
    order = list(Severity)
    return sorted(diagnostics, key=lambda diagnostic: order.index(diagnostic.severity))


def count(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where it has to be."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def outcome(report: Report) -> str:
    """Return the run in one line: how many problems, in how many files, and how many can be fixed."""
    if not report.diagnostics:
        none = "no new problems" if _forgiven(report) else "no problems"
        return f"{none} in {count(report.checked, 'file')}{_forgiven(report)}" if report.checked else _NOTHING
    counts = [
        count(number, severity.value)
        for severity in Severity
        if (number := sum(diagnostic.severity is severity for diagnostic in report.diagnostics))
    ]
    found = len({diagnostic.place.path for diagnostic in report.diagnostics})
    # A problem may lie in a file that is not among the checked ones, such as convex.json.
    files = count(max(found, report.checked), "file")
    return f"{', '.join(counts)} in {found:,} of {files}{_fixable_part(report)}{_forgiven(report)}"


def _forgiven(report: Report) -> str:
    number = sum(each.external for each in report.suppressed)
    return f"; {number:,} forgiven by the baseline" if number else ""


def _fixable_part(report: Report) -> str:
    fixes = [diagnostic.fix.safety for diagnostic in report.diagnostics if diagnostic.fix]
    safe, unsafe = fixes.count(Safety.SAFE), fixes.count(Safety.UNSAFE)
    if safe and unsafe:
        return f"; {safe:,} fixable with --fix, {unsafe:,} more with --unsafe-fixes"
    if safe or unsafe:
        return f"; {safe or unsafe:,} fixable with {'--fix' if safe else '--fix --unsafe-fixes'}"
    return ""
