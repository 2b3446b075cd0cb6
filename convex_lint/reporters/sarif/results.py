"""The results of a SARIF run: one for each diagnostic, known again by its fingerprint."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from convex_lint.diagnostics import Safety, Severity
from convex_lint.reporters.fingerprint import line_fingerprints
from convex_lint.reporters.places import describable
from convex_lint.reporters.sarif.locations import artifact, bare_region, location

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from convex_lint.diagnostics import Diagnostic, Fix, Related
    from convex_lint.report import Report, Suppressed

MAX_RESULTS = 5_000
"""How many results of a run GitHub keeps."""

_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")


def results(report: Report, index: Mapping[str, int], *, include_suppressed: bool) -> list[dict[str, Any]]:
    """Return the results, errors first; `index` says where each rule stands in the driver's list."""
    silenced: tuple[Suppressed, ...] = report.suppressed if include_suppressed else ()
    found = [(diagnostic, _none(include_suppressed)) for diagnostic in report.diagnostics]
    found += [(each.diagnostic, _suppression(each)) for each in silenced]
    rank = list(Severity)
    found.sort(key=lambda each: (rank.index(each[0].severity), each[0].order))
    del found[MAX_RESULTS:]
    hashes = _fingerprints(report, [diagnostic for diagnostic, _ in found])
    return [
        {**_result(report, each, index[each.rule]), **_fingerprint(report, each, hashes), **suppressions}
        for each, suppressions in found
    ]


def _result(report: Report, diagnostic: Diagnostic, index: int) -> dict[str, Any]:
    fix = describable(report, diagnostic.fix)
    related = [_related(report, each, at) for at, each in enumerate(diagnostic.related, 1)]
    return {
        "ruleId": diagnostic.rule,
        "ruleIndex": index,
        "level": diagnostic.severity.value,
        "message": {"text": _text(diagnostic)},
        "locations": [location(report, diagnostic.place)],
        **({"relatedLocations": related} if related else {}),
        **({"fixes": [_fix(report, fix)]} if fix else {}),
    }


def _text(diagnostic: Diagnostic) -> str:
    """Write sentences, the first of which GitHub takes as the title, and link the related places."""
    parts = [_sentence(diagnostic.message)]
    if diagnostic.help:
        parts.append(_sentence(diagnostic.help))
    links = [f"[{_link_text(each)}]({at})" for at, each in enumerate(diagnostic.related, 1)]
    if links:
        parts.append(f"See {', '.join(links)}.")
    return " ".join(parts)


def _sentence(text: str) -> str:
    text = _LINK.sub(r"\\[", text[:1].upper() + text[1:])
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _link_text(related: Related) -> str:
    return re.sub(r"([\\\[\]])", r"\\\1", related.message)


def _related(report: Report, related: Related, number: int) -> dict[str, Any]:
    return {"id": number, **location(report, related.place), "message": {"text": _sentence(related.message)}}


def _fix(report: Report, fix: Fix) -> dict[str, Any]:
    changes: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for edit in fix.edits:
        region = bare_region(report.sources[edit.path], edit.span)
        changes[edit.path].append({"deletedRegion": region, "insertedContent": {"text": edit.text}})
    caution = " (it may change what the code does)" if fix.safety is Safety.UNSAFE else ""
    return {
        "description": {"text": _sentence(fix.title + caution)},
        "artifactChanges": [
            {"artifactLocation": artifact(path), "replacements": replacements} for path, replacements in changes.items()
        ],
    }


def _fingerprints(report: Report, found: Sequence[Diagnostic]) -> dict[str, list[str]]:
    """Return the fingerprints of each file down to the last line that has a result."""
    lines: dict[str, int] = {}
    for diagnostic in found:
        line = _line(report, diagnostic)
        if line is not None:
            path = diagnostic.place.path
            lines[path] = max(lines.get(path, 0), line + 1)
    return {path: line_fingerprints(report.sources[path].data, until) for path, until in lines.items()}


def _fingerprint(report: Report, diagnostic: Diagnostic, hashes: Mapping[str, list[str]]) -> dict[str, Any]:
    line = _line(report, diagnostic)
    if line is None:
        return {}
    return {"partialFingerprints": {"primaryLocationLineHash": hashes[diagnostic.place.path][line]}}


def _line(report: Report, diagnostic: Diagnostic) -> int | None:
    """Return the line of a diagnostic, counted from 0; None if its file was not read."""
    source = report.sources.get(diagnostic.place.path)
    if source is None:
        return None
    span = diagnostic.place.span
    return source.line_of(min(span.start, len(source.data))) if span else 0


def _none(include_suppressed: bool) -> dict[str, Any]:  # noqa: FBT001  the option itself
    """Where some results say how they are suppressed, SARIF has the others say that they are not."""
    return {"suppressions": []} if include_suppressed else {}


def _suppression(silenced: Suppressed) -> dict[str, Any]:
    reason = {"justification": silenced.justification} if silenced.justification else {}
    return {"suppressions": [{"kind": "external" if silenced.external else "inSource", **reason}]}
