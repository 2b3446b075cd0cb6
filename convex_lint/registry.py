"""Find the rules: the built-in folder, then installed packs."""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from convex_lint.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import ModuleType

GROUP = "convex_lint.rules"
"""The entry point group of rule packs; each entry point names a package of rule modules."""

PLUGIN = "@convex-dev/"
"""The prefix that the official ESLint plugin's rules are known by in configurations and comments."""


def builtin() -> tuple[Rule, ...]:
    """Return the built-in rules, sorted by name."""
    return rules_of(importlib.import_module(f"{__package__}.rules"))


def installed() -> tuple[Rule, ...]:
    """Return the rules of the installed packs, sorted by name; the `URL` of a pack is where their pages are."""
    packs = _packs(tuple(sys.path))
    found = [replace(rule, pages=getattr(pack, "URL", None)) for pack in packs for rule in rules_of(pack)]
    return tuple(sorted(found, key=lambda rule: rule.name))


def stubs() -> tuple[Path, ...]:
    """Return the folders that describe npm packages: `stubs`, beside the rules of each installed pack."""
    folders = [Path(folder, "stubs") for pack in _packs(tuple(sys.path)) for folder in pack.__path__]
    return tuple(folder for folder in folders if folder.is_dir())


def rules_of(package: ModuleType) -> tuple[Rule, ...]:
    """Return the rules of a package: in each module, every `Rule` that it holds."""
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    modules = [importlib.import_module(f"{package.__name__}.{name}") for name in names]
    rules = [value for module in modules for value in vars(module).values() if isinstance(value, Rule)]
    return tuple(sorted(rules, key=lambda rule: rule.name))


def by_name(rules: Iterable[Rule]) -> Mapping[str, Rule]:
    """Map every name that a rule answers to (its own and its aliases, without `@convex-dev/`) to the rule."""
    return {name: rule for rule in rules for name in (*rule.aliases, rule.name)}


def bare(name: str) -> str:
    """Return a rule's name without the official plugin's prefix."""
    return name.removeprefix(PLUGIN)


@lru_cache(maxsize=1)
def _packs(path: tuple[str, ...]) -> tuple[ModuleType, ...]:
    """Return the rule packs that are installed, where Python looks for packages."""
    if not _has_packs(path):
        return ()
    from importlib.metadata import entry_points  # noqa: PLC0415  40 ms that a run without packs need not pay

    return tuple(point.load() for point in entry_points(group=GROUP))


def _has_packs(path: tuple[str, ...]) -> bool:
    """Say whether any installed package declares rules, from the text of its metadata alone."""
    wanted = f"[{GROUP}]"
    for folder in path:
        if Path(folder).is_dir():
            with os.scandir(folder or ".") as entries:
                found = [entry.path for entry in entries if entry.name.endswith((".dist-info", ".egg-info"))]
            for name in found:
                listed = Path(name, "entry_points.txt")
                if listed.is_file() and wanted in listed.read_text(encoding="utf-8", errors="replace"):
                    return True
    return False
