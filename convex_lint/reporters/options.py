"""What a client may choose about the output."""

from __future__ import annotations

from convex_lint.records import record


@record
class Options:
    """How a report is drawn; a format takes no notice of what it has no use for.

    `width` is the number of cells in a line of the terminal, `version` that of the linter.
    `include_suppressed` is SARIF's: GitHub opens an alert even for a result that is marked as suppressed.
    """

    color: bool = False
    hyperlinks: bool = False
    width: int = 100
    version: str = ""
    include_suppressed: bool = False
