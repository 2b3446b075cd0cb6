"""Disallow what the tests of the configuration disallow.

These rules find nothing: they are there to be configured.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from convex_lint import config
from convex_lint.diagnostics import Category, Finding, Severity
from convex_lint.rule import Preset, Rule, rule
from convex_lint.workspace import Project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Style(StrEnum):
    """A choice, as an enum."""

    STRICT = "strict"
    LOOSE = "loose"


@dataclass(frozen=True, slots=True)
class Options:
    """One option of each type."""

    max_items: int = 3
    mode: Literal["all", "some"] = "some"
    style: Style = Style.LOOSE
    ignore_unused: bool = False
    allowed_tables: tuple[str, ...] = ()
    pattern: str | None = None


@rule("no-error", Category.CORRECTNESS, Severity.ERROR, preset=Preset.RECOMMENDED, each=Project, aliases=("no-fault",))
def no_error(_: Project) -> Iterator[Finding]:
    yield from ()


@rule("no-warning", Category.PERFORMANCE, Severity.WARNING, preset=Preset.RECOMMENDED, each=Project, options=Options)
def no_warning(_: Project, __: Options) -> Iterator[Finding]:
    yield from ()


@rule("be-strict", Category.PERFORMANCE, Severity.WARNING, preset=Preset.STRICT, each=Project)
def be_strict(_: Project) -> Iterator[Finding]:
    yield from ()


@rule("be-odd", Category.PERFORMANCE, Severity.WARNING, preset=Preset.OPT_IN, each=Project)
def be_odd(_: Project) -> Iterator[Finding]:
    yield from ()


RULES: tuple[Rule, ...] = (be_odd, be_strict, no_error, no_warning)


def load(root: Path, start: str = ".", *, select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> config.Config:
    return config.load(root, root / start, RULES, select=select, ignore=ignore)


def words(settings: config.Config, path: str = "convex/a.ts") -> dict[str, str]:
    return {name: str(level.severity) for name, level in settings.levels(path).items()}


def write(root: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="")
    return root
