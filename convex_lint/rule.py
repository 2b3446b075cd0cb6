"""What a rule is: a function that is asked about each subject of one kind, and what is known about it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any, TypeVar, overload

from convex_lint.diagnostics import Category, Finding, Precision, Severity
from convex_lint.records import record

S = TypeVar("S")
G = TypeVar("G")
H = TypeVar("H")
O = TypeVar("O")  # noqa: E741  S, G, H, O: subject, given, the second given, options

Findings = Iterator[Finding]
REPOSITORY = "https://github.com/convex-lint/convex-lint"
PAGES = f"{REPOSITORY}/blob/main/docs/rules/{{name}}.md"
"""Where the pages of the built-in rules are on the web."""


class Preset(StrEnum):
    """The smallest set that a rule is in. `strict` has all of `recommended`; opt-in rules are in neither."""

    RECOMMENDED = "recommended"
    STRICT = "strict"
    OPT_IN = "opt-in"


@record
class Rule:
    """A rule as the engine sees it; made by `@rule` and never by hand.

    `each` is the class of subjects that `check` is asked about. `given` are the classes of project-wide
    facts that follow as further arguments, and an instance of `options`, a frozen dataclass, comes last. With
    `clients` it is asked about the files of the front end, too.
    """

    name: str
    pages: str | None
    """Where the pages of such rules are on the web, with `{name}` for the rule; None where a pack does not say."""
    category: Category
    severity: Severity
    preset: Preset
    each: type[Any]
    given: tuple[type[Any], ...]
    check: Callable[..., Findings]
    precision: Precision
    since: tuple[int, ...] | None
    aliases: tuple[str, ...]
    options: type[Any] | None
    clients: bool = False

    @property
    def page(self) -> str:
        """The text of the rule's page: the docstring of its module."""
        return sys.modules[self.check.__module__].__doc__ or ""

    @property
    def summary(self) -> str:
        """The first line of the page, without its full stop."""
        return self.page.strip().split("\n", 1)[0].removesuffix(".")

    @property
    def url(self) -> str | None:
        """Where the page is on the web, if it is."""
        return self.pages.format(name=self.name) if self.pages is not None else None


@record
class Level:
    """How a rule is set for one file: the severity of what it finds there, and its options."""

    severity: Severity
    options: object | None = None


@overload
def rule(
    name: str,
    category: Category,
    severity: Severity,
    *,
    preset: Preset,
    each: type[S],
    precision: Precision = ...,
    since: tuple[int, ...] | None = ...,
    aliases: tuple[str, ...] = ...,
    clients: bool = ...,
) -> Callable[[Callable[[S], Findings]], Rule]: ...
@overload
def rule(
    name: str,
    category: Category,
    severity: Severity,
    *,
    preset: Preset,
    each: type[S],
    options: type[O],
    precision: Precision = ...,
    since: tuple[int, ...] | None = ...,
    aliases: tuple[str, ...] = ...,
    clients: bool = ...,
) -> Callable[[Callable[[S, O], Findings]], Rule]: ...
@overload
def rule(
    name: str,
    category: Category,
    severity: Severity,
    *,
    preset: Preset,
    each: type[S],
    given: type[G],
    precision: Precision = ...,
    since: tuple[int, ...] | None = ...,
    aliases: tuple[str, ...] = ...,
    clients: bool = ...,
) -> Callable[[Callable[[S, G], Findings]], Rule]: ...
@overload
def rule(
    name: str,
    category: Category,
    severity: Severity,
    *,
    preset: Preset,
    each: type[S],
    given: type[G],
    options: type[O],
    precision: Precision = ...,
    since: tuple[int, ...] | None = ...,
    aliases: tuple[str, ...] = ...,
    clients: bool = ...,
) -> Callable[[Callable[[S, G, O], Findings]], Rule]: ...
@overload
def rule(
    name: str,
    category: Category,
    severity: Severity,
    *,
    preset: Preset,
    each: type[S],
    given: tuple[type[G], type[H]],
    precision: Precision = ...,
    since: tuple[int, ...] | None = ...,
    aliases: tuple[str, ...] = ...,
    clients: bool = ...,
) -> Callable[[Callable[[S, G, H], Findings]], Rule]: ...
def rule(  # noqa: PLR0913  the metadata of a rule, all named
    name: str,
    category: Category,
    severity: Severity,
    *,
    preset: Preset,
    each: type[Any],
    given: type[Any] | tuple[type[Any], ...] = (),
    options: type[Any] | None = None,
    precision: Precision = Precision.CERTAIN,
    since: tuple[int, ...] | None = None,
    aliases: tuple[str, ...] = (),
    clients: bool = False,
) -> Callable[[Callable[..., Findings]], Rule]:
    """Make a rule of the function below.

    `each` is the kind of subject the function is asked about; `given` are the project-wide facts it asks
    (in the same order as its parameters); `since` is the lowest version of `convex` the rule holds for;
    `aliases` are further names that select, configure and suppress it; with `clients` it is asked about what the
    files of the front end say, too.
    """

    def make(check: Callable[..., Findings]) -> Rule:
        return Rule(
            name=name,
            pages=PAGES,
            category=category,
            severity=severity,
            preset=preset,
            each=each,
            given=given if isinstance(given, tuple) else (given,),
            check=check,
            precision=precision,
            since=since,
            aliases=aliases,
            options=options,
            clients=clients,
        )

    return make
