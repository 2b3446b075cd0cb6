"""The tool and its rules, as GitHub shows them beside an alert."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from convex_lint.diagnostics import Category, Precision, Severity
from convex_lint.reporters.words import OWN
from convex_lint.rule import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from convex_lint.rule import Rule

FAILURES = ("rule-crashed", "syntax-error", "unreadable-file")
"""Those of the linter's own words that say that something was not checked."""

_MAX_TEXT = 1024
_PRECISION = {Precision.CERTAIN: "very-high", Precision.LIKELY: "high"}
# From 7.0 GitHub shows "high", below it "medium".
_SECURITY_SEVERITY = {Severity.ERROR: "8.0", Severity.WARNING: "5.0"}
_RECOMMENDED_ONLY = (Category.STYLE, Category.MAINTENANCE)


def driver(rules: Iterable[Rule], spoken: Iterable[str], version: str) -> dict[str, Any]:
    """Return the tool with every rule that ran, and with those of the linter's own words that were spoken."""
    described = {rule.name: _rule(rule) for rule in rules}
    described |= {name: _own(name) for name in sorted(spoken) if name not in described}
    return {
        "name": "convex-lint",
        "informationUri": REPOSITORY,
        **({"semanticVersion": version, "version": version} if version else {}),
        "rules": list(described.values()),
        "notifications": [_own(name) for name in FAILURES],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    page = rule.page.strip() or rule.name
    return {
        "id": rule.name,
        "name": _pascal(rule.name),
        "shortDescription": {"text": _sentence(rule.summary or rule.name)},
        "fullDescription": {"text": _introduction(page)},
        "help": {"text": page, "markdown": page},
        **({"helpUri": rule.url} if rule.url is not None else {}),
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": _properties(rule),
    }


def _properties(rule: Rule) -> dict[str, Any]:
    recommendation = rule.category in _RECOMMENDED_ONLY and rule.severity is Severity.WARNING
    properties = {
        "tags": [rule.category.value, "convex"],
        "precision": _PRECISION[rule.precision],
        "problem.severity": "recommendation" if recommendation else rule.severity.value,
    }
    if rule.category is Category.SECURITY:
        # On any other rule it would move the alert to the scale of security problems.
        properties["security-severity"] = _SECURITY_SEVERITY[rule.severity]
    return properties


def _own(name: str) -> dict[str, Any]:
    """Describe a word of the linter itself, or a rule that is known by its name only."""
    own = OWN.get(name)
    summary = own.summary if own else f"The rule `{name}`"
    explanation = f"{own.explanation} {_sentence(own.help)}" if own else _sentence(summary)
    severity = "error" if name in FAILURES else "warning"
    return {
        "id": name,
        "name": _pascal(name),
        "shortDescription": {"text": _sentence(summary)},
        "fullDescription": {"text": f"{_sentence(summary)} {explanation}"},
        "help": {"text": explanation, "markdown": explanation},
        "defaultConfiguration": {"level": severity},
        "properties": {"tags": ["convex"], "precision": "very-high", "problem.severity": severity},
    }


def _introduction(page: str) -> str:
    """Return what a page says before its first heading or code, on one line."""
    text = " ".join(page.split("\n## ", 1)[0].split("\n```", 1)[0].split())
    return text if len(text) <= _MAX_TEXT else text[: _MAX_TEXT - 1] + "…"


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    text = text[: _MAX_TEXT - 1]
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def _pascal(name: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in name.split("-"))
