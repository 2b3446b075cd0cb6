"""Colours and links of a terminal, written by hand: importing rich would cost more than most runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from convex_lint.diagnostics import Severity
    from convex_lint.reporters.options import Options

_CODES = {
    "error": "1;31",
    "warning": "1;33",
    "note": "1;34",
    "bold": "1",
    "dim": "2",
    "rule": "36",
    "help": "32",
}


def paint(text: str, tone: str, options: Options) -> str:
    """Return a text in a tone (`error`, `warning`, `note`, `bold`, `dim`, `rule`, `help`) where colour is on."""
    return f"\x1b[{_CODES[tone]}m{text}\x1b[0m" if options.color else text


def link(text: str, url: str | None, options: Options) -> str:
    """Return a text that opens a page when it is clicked (OSC 8), where links are on."""
    return f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\" if options.hyperlinks and url else text


def severity_word(severity: Severity, options: Options) -> str:
    """Return the word for a severity in its own colour."""
    return paint(severity.value, severity.value, options)


def rule_word(name: str, url: str | None, options: Options) -> str:
    """Return a rule's name in its colour, linked to its page."""
    return link(paint(name, "rule", options), url, options)
