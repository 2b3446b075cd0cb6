"""What one run has to say: the plain data that every reporter turns into text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from convex_lint.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from convex_lint.diagnostics import Diagnostic
    from convex_lint.rule import Rule
    from convex_lint.source import Source


@record
class Suppressed:
    """A diagnostic that a comment silences, and the reason that the comment gives, if any.

    One that the baseline forgives is `external`: nothing in the code says that it is silenced.
    """

    diagnostic: Diagnostic
    justification: str | None
    external: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one run over a workspace.

    `diagnostics` are sorted by path, span and rule. `sources` has every file that a diagnostic or a
    related place names and that could be read. `checked` counts the files that were reported on, `read` all
    that were read. `folder` is where the user is, relative to the root: text for people names files from
    there. `rules` are those that ran, sorted by name. `notices` are remarks on the run as a
    whole, each one sentence for standard error. `patch` is what fixes change, or would change.
    """

    root: str
    diagnostics: tuple[Diagnostic, ...]
    suppressed: tuple[Suppressed, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    checked: int = 0
    read: int = 0
    projects: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    folder: str = "."
    patch: str = ""
