"""What a rule finds and what the engine makes of it: plain data, byte spans, no lines."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from convex_lint.records import record

if TYPE_CHECKING:
    from convex_lint.source import Span


class Severity(StrEnum):
    """How bad a diagnostic is. Errors make the run fail; a note is never a rule's own severity."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Category(StrEnum):
    """What a rule protects; each is one promise to the reader."""

    CORRECTNESS = "correctness"
    """It fails to deploy or when it runs."""
    SECURITY = "security"
    """Someone gets in, or sees what they should not."""
    PERFORMANCE = "performance"
    """It costs reads, writes, cache or conflicts."""
    RUNTIME = "runtime"
    """It is in the wrong runtime, layout or import."""
    SCHEMA = "schema"
    """The schema says what it should not."""
    STYLE = "style"
    """It works, and could be written better."""
    MAINTENANCE = "maintenance"
    """It is not needed, or it will be in the way."""


class Precision(StrEnum):
    """How sure a rule is of what it reports."""

    CERTAIN = "certain"
    LIKELY = "likely"


class Safety(StrEnum):
    """Whether a fix keeps the behaviour. Only safe fixes are applied without being asked for by name."""

    SAFE = "safe"
    UNSAFE = "unsafe"


@record
class Place:
    """Where something is: a file, and a span in it, or no span for the file as a whole."""

    path: str
    span: Span | None = None


class Located(Protocol):
    """Anything that knows where it is."""

    @property
    def place(self) -> Place:
        """Where it is."""
        ...


@record
class Related:
    """Another place that explains a finding, with what is to be seen there."""

    place: Place
    message: str


@record
class Pointer:
    """A call that explains a finding, with what is to be seen there: the `nth` call in a function of a module.

    `function` is the ordinal of the function in the module. Unlike a place, a pointer stays what it is when lines
    move; the engine makes a `Related` of it.
    """

    path: str
    function: int
    nth: int
    message: str


@record
class Edit:
    """Replace a span of a file with a text; an empty span inserts."""

    path: str
    span: Span
    text: str


@record
class Fix:
    """A change that mends a finding: edits over one or more files, all applied or none."""

    title: str
    safety: Safety
    edits: tuple[Edit, ...]


class Finding:
    """What a rule says of one place. The engine adds the rule's name, the severity and the path.

    The place is a `Place` or anything that has one, such as a subject.
    """

    __slots__ = ("at_most", "fix", "help", "message", "place", "related")

    def __init__(  # noqa: PLR0913  each is a part of the finding, and all but two are named
        self,
        at: Place | Located,
        message: str,
        *,
        help: str | None = None,  # noqa: A002  the word that the output uses
        fix: Fix | None = None,
        related: tuple[Related | Pointer, ...] = (),
        at_most: Severity | None = None,
    ) -> None:
        self.place = at if isinstance(at, Place) else at.place
        self.message = message
        self.help = help
        self.fix = fix
        self.related = related
        self.at_most = at_most


@record
class Diagnostic:
    """A finding, signed: what every reporter, cache and client handles.

    `rule` is the rule's name, or one of the linter's own words: `syntax-error`, `unreadable-file`,
    `rule-crashed`, `unused-suppression`, `unknown-rule`.
    """

    rule: str
    severity: Severity
    place: Place
    message: str
    help: str | None = None
    fix: Fix | None = None
    related: tuple[Related, ...] = ()

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """The key that puts diagnostics in reading order."""
        span = self.place.span or (0, 0)
        return (self.place.path, span[0], span[1], self.rule, self.message)
