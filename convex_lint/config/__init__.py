"""The settings of a run: found, read, checked. Nothing in a configuration can run code."""

# Paths are strings here: a Path costs more than what it names.
# ruff: noqa: PTH100, PTH112, PTH117, PTH118, PTH119, PTH120, PTH123

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from convex_lint.diagnostics import Category
from convex_lint.globs import patterns
from convex_lint.registry import bare, by_name
from convex_lint.rule import Preset

from .document import ConfigError, Problem, inside, meant, shown
from .model import Chosen, Config, Layer, Nested, Setting, options_as_json, preset

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from convex_lint.rule import Rule

    from .reading import Read

__all__ = ["NAMES", "Config", "ConfigError", "Layer", "Problem", "Setting", "load", "options_as_json", "schema"]

NAMES = ("convex-lint.json", "convex-lint.jsonc")
"""The files that hold settings; the key `convex-lint` of `package.json` may, too."""

_MANIFEST = "package.json"


def load(  # noqa: PLR0913  the ways to say where settings come from, most of them named
    root: str | os.PathLike[str],
    start: str | os.PathLike[str],
    rules: Iterable[Rule],
    *,
    explicit: str | os.PathLike[str] | None = None,
    isolated: bool = False,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> Config:
    """Return the settings that hold at `start`: those of the nearest file from there up to `root`.

    `explicit` names the file instead; with `isolated` none is read. `select` and `ignore` are what the
    command line says of rules: names, aliases, categories, `recommended`, `strict`, `all`. Raises ConfigError
    with everything that is wrong.
    """
    rules = tuple(rules)
    problems: list[Problem] = []
    named, grouped = _selected(select, rules, "--select", problems)
    ignored = frozenset().union(*_selected(ignore, rules, "--ignore", problems))
    chosen = Chosen(bool(select), named, grouped, ignored)
    root = os.path.abspath(root)
    path = None if explicit is None else os.path.abspath(explicit)
    if isolated:
        path = None
    elif path is None:
        path = _nearest(root, os.path.abspath(start), problems)
    config = Config(rules, (preset(Preset.RECOMMENDED, rules),), chosen=chosen)
    base = config
    if path is not None:
        config = _read(path, root, config, problems)
    if problems:
        raise ConfigError(problems)
    if isolated or explicit is not None:
        return config
    return replace(config, nested=_nested(root, path, base))


def _nested(root: str, main: str | None, base: Config) -> Nested:
    """Return what finds the settings of a folder below the one whose file was started with, each file read once.

    It raises ConfigError.
    """
    known: dict[str, Config | None] = {}
    read: dict[str, Config] = {}
    stop = "" if main is None else os.path.dirname(inside(main, root))

    def find(folder: str) -> Config | None:
        if folder not in known:
            is_below = folder != stop and (not stop or folder.startswith(f"{stop}/"))
            known[folder] = own(folder) if is_below and not folder.startswith("../") else None
        return known[folder]

    def own(folder: str) -> Config | None:
        problems: list[Problem] = []
        path = _in_folder(os.path.join(root, folder), root, problems)
        if path is not None and path not in read:
            read[path] = _read(path, root, base, problems)
        if problems:
            raise ConfigError(problems)
        return read[path] if path is not None else find(folder.rpartition("/")[0])

    return find


def schema(rules: Iterable[Rule]) -> dict[str, object]:
    """Return the JSON schema, draft-07, of a configuration file."""
    from .json_schema import schema as made  # noqa: PLC0415  only the generator of the schema needs it

    return made(rules)


def _nearest(root: str, start: str, problems: list[Problem]) -> str | None:
    folder = start if os.path.isdir(start) else os.path.dirname(start)
    while True:
        found = _in_folder(folder, root, problems)
        if found is not None:
            return found
        above = os.path.dirname(folder)
        if folder in {root, above}:
            return None
        folder = above


def _in_folder(folder: str, root: str, problems: list[Problem]) -> str | None:
    """Return the file in a folder that holds settings."""
    found = [path for name in NAMES if os.path.lexists(path := os.path.join(folder, name))]
    manifest = os.path.join(folder, _MANIFEST)
    if _holds_settings(manifest):
        found.append(manifest)
    if len(found) > 1:
        names = " and ".join(f"`{os.path.basename(path)}`" for path in found)
        problems.append(Problem(inside(found[0], root), 0, 0, f"settings lie in {names}; keep one"))
    return found[0] if found else None


def _holds_settings(manifest: str) -> bool:
    if not Path(manifest).is_file():
        return False
    try:
        with open(manifest, "rb") as file:
            text = file.read()
    except OSError:
        return False
    if b'"convex-lint"' not in text:
        return False
    from convex_lint.jsonc import JsoncError, parse  # noqa: PLC0415  few packages mention us

    try:
        value = parse(text.decode("utf-8-sig", "replace")).value
    except JsoncError:
        return False
    return isinstance(value, dict) and "convex-lint" in value


def _read(path: str, root: str, config: Config, problems: list[Problem]) -> Config:
    from . import reading  # noqa: PLC0415  most projects have no configuration

    folder = os.path.dirname(inside(path, root))
    read = reading.Read(root, config.rules, "" if os.path.isabs(folder) else folder, problems)
    document = reading.text_of(path, read)
    node = reading.parsed(document) if document is not None else None
    if document is not None and node is not None:
        if os.path.basename(path) == _MANIFEST:
            node = document.members(node, "an object").get("convex-lint", node)
        reading.add(path, document, node, read)
    return _config(config, read)


def _config(config: Config, read: Read) -> Config:
    return Config(
        rules=config.rules,
        layers=(*(() if read.has_preset else config.layers), *read.layers),
        files=tuple(read.files),
        folder=read.folder,
        functions=read.functions,
        client_roots=read.client_roots,
        builders=tuple(read.builders.values()),
        stubs=read.stubs,
        ignore_patterns=tuple(read.ignore_patterns),
        ignored=patterns(read.ignore_patterns),
        include_tests=read.include_tests,
        shared=read.shared,
        chosen=config.chosen,
    )


def _selected(
    words: Sequence[str], rules: Sequence[Rule], flag: str, problems: list[Problem]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the rules that words name by themselves, and those of the sets that they name."""
    named: set[str] = set()
    grouped: set[str] = set()
    names = by_name(rules) if words else {}
    for word in words:
        rule = names.get(bare(word))
        group = _group(word, rules, everything=flag == "--ignore")
        if rule is not None:
            named.add(rule.name)
        elif group is not None:
            grouped.update(group)
        else:
            hint = meant(bare(word), [*names, *Category, "recommended", "strict", "all"])
            problems.append(Problem(flag, 0, 0, f"unknown rule, category or preset `{shown(word)}`{hint}"))
    return frozenset(named), frozenset(grouped)


def _group(word: str, rules: Sequence[Rule], *, everything: bool) -> set[str] | None:
    """Return the rules of a set.

    Unless `everything` is meant, a category leaves out the rules that are opt-in: those go by name, or `all`.
    """
    word = word.removeprefix("convex-lint:")
    if word == "all":
        return {rule.name for rule in rules}
    if word in (Preset.RECOMMENDED, Preset.STRICT):
        return set(preset(Preset(word), rules).rules)
    if word in tuple(Category):
        opted = [rule for rule in rules if everything or rule.preset is not Preset.OPT_IN]
        return {rule.name for rule in opted if rule.category == word}
    return None
