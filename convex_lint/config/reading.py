"""A configuration file, with those that it extends, as layers and settings."""

# Paths are strings here: a Path costs more than what it names.
# ruff: noqa: PTH112, PTH113, PTH118, PTH120, PTH123

from __future__ import annotations

import os
from dataclasses import dataclass, field
from posixpath import normpath
from typing import TYPE_CHECKING

from convex_lint.diagnostics import Severity
from convex_lint.globs import patterns
from convex_lint.jsonc import JsoncError, Node, parse
from convex_lint.registry import bare, by_name
from convex_lint.rule import Preset
from convex_lint.workspace import BuilderSetting

from . import options
from .document import Document, Problem, inside, meant, shown
from .model import SHARED, WORDS, Layer, Setting, preset

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from convex_lint.rule import Rule

PRESETS = {f"convex-lint:{each}": each for each in (Preset.RECOMMENDED, Preset.STRICT)}
KEYS = (
    "$schema",
    "extends",
    "rules",
    "overrides",
    "functions",
    "clientRoots",
    "builders",
    "stubs",
    "ignorePatterns",
    "includeTests",
    *SHARED,
)
KINDS = ("query", "mutation", "action", "httpAction")

_SEVERITIES: dict[object, Severity | None] = {word: severity for severity, word in WORDS.items()}
_NUMBERS: dict[object, Severity | None] = {0: None, 1: Severity.WARNING, 2: Severity.ERROR}


@dataclass(slots=True)
class Read:
    """What was read so far, of all files; `shown` is how the paths of files are shown."""

    root: str
    rules: Sequence[Rule]
    folder: str
    problems: list[Problem] = field(default_factory=list)
    layers: list[Layer] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    has_preset: bool = False
    functions: tuple[str, ...] = ()
    client_roots: tuple[str, ...] = ()
    builders: dict[str, BuilderSetting] = field(default_factory=dict)
    stubs: tuple[str, ...] = ()
    ignore_patterns: list[str] = field(default_factory=list)
    include_tests: bool = False
    shared: dict[str, tuple[str, ...]] = field(default_factory=dict)
    names: Mapping[str, Rule] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index the rules by all their names."""
        self.names = by_name(self.rules)


def text_of(path: str, read: Read) -> Document | None:
    """Read a configuration file; None, with the problem noted, where it cannot be read."""
    path = os.path.normpath(path)
    name = inside(path, read.root)
    try:
        if not os.path.isfile(path):
            wrong = "it is not a file" if os.path.lexists(path) else "it does not exist"
            read.problems.append(Problem(name, 0, 0, wrong))
            return None
        with open(path, "rb") as file:
            return Document(name, file.read().decode("utf-8-sig"), read.problems)
    except UnicodeDecodeError as fault:
        line = fault.object[: fault.start].count(b"\n") + 1
        read.problems.append(Problem(name, 0, 0, f"the text is not UTF-8 (line {line})"))
    except OSError as fault:
        read.problems.append(Problem(name, 0, 0, f"it cannot be read: {(fault.strerror or '').lower()}"))
    return None


def parsed(document: Document) -> Node | None:
    """Parse a configuration file; None, with the problem noted, where it is no JSON."""
    try:
        return parse(document.text, unique=True)
    except JsoncError as fault:
        document.fail(fault.offset, fault.message)
        return None


def add(path: str, document: Document, node: Node, read: Read, above: tuple[str, ...] = ()) -> None:
    """Add the settings of a file, which lies at `path`; those of the files that it extends come first."""
    read.files.append(document.path)
    members = document.known_members(node, "an object with the settings", KEYS)
    if "extends" in members:
        chain = (*above, os.path.normpath(path))
        for name, item in document.strings(members["extends"]):
            _extend(name, item, document, read, chain)
    if "$schema" in members:
        document.string(members["$schema"])
    if "rules" in members:
        read.layers.append(Layer(_rules(document, members["rules"], read.names)))
    if "overrides" in members:
        read.layers += _overrides(document, members["overrides"], read.names)
    if "builders" in members:
        read.builders |= _builders(document, members["builders"])
    if "ignorePatterns" in members:
        read.ignore_patterns += [glob for glob, _ in document.strings(members["ignorePatterns"])]
    if "includeTests" in members:
        read.include_tests = document.boolean(members["includeTests"])
    _add_folders(document, members, read)
    shared = {name: document.strings(members[name]) for name in SHARED if name in members}
    read.shared |= {name: tuple(text for text, _ in strings) for name, strings in shared.items()}


def _add_folders(document: Document, members: Mapping[str, Node], read: Read) -> None:
    if "functions" in members:
        read.functions = _folders(document, members["functions"], read, "the functions folder")
    if "clientRoots" in members:
        read.client_roots = _folders(document, members["clientRoots"], read, "the folder of a client")
    if "stubs" in members:
        read.stubs = _folders(document, members["stubs"], read, "the folder of stubs")


def _extend(name: str, item: Node, document: Document, read: Read, chain: tuple[str, ...]) -> None:
    if name.startswith("convex-lint:"):
        if name in PRESETS:
            read.layers.append(preset(PRESETS[name], read.rules))
            read.has_preset = True
        else:
            document.fail(item.start, f"unknown preset `{shown(name)}`{meant(name, PRESETS)}")
        return
    target = os.path.normpath(os.path.join(os.path.dirname(chain[-1]), name))
    if target in chain:
        document.fail(item.start, f"`{shown(name)}` extends itself")
    elif "\0" in name or not os.path.isfile(target):
        hint = meant(f"convex-lint:{name}", PRESETS)
        document.fail(item.start, f"there is no file `{shown(name)}` to extend{hint}")
    else:
        extended = text_of(target, read)
        node = parsed(extended) if extended is not None else None
        if extended is not None and node is not None:
            add(target, extended, node, read, chain)


def _rules(document: Document, node: Node, names: Mapping[str, Rule], *, scoped: bool = False) -> dict[str, Setting]:
    found = {}
    for name, member in document.members(node, "an object with a severity for each rule").items():
        rule = names.get(bare(name))
        if rule is None:
            document.fail(member.key, f"unknown rule `{shown(name)}`{meant(bare(name), names)}")
        else:
            setting = _setting(document, member, rule)
            if setting is not None:
                found[rule.name] = setting._replace(scoped=scoped)
    return found


def _setting(document: Document, node: Node, rule: Rule) -> Setting | None:
    items = node.value if isinstance(node.value, list) else [node]
    if len(items) not in {1, 2}:
        document.expect(node, "a severity, or a list of a severity and the options")
        return None
    before = len(document.problems)
    severity = _severity(document, items[0])
    written = options.parse(document, items[1], rule) if len(items) > 1 else None
    return Setting(severity, written) if len(document.problems) == before else None


def _severity(document: Document, node: Node) -> Severity | None:
    value = node.value
    if isinstance(value, str) and value in _SEVERITIES:
        return _SEVERITIES[value]
    if type(value) is int and value in _NUMBERS:
        return _NUMBERS[value]
    if isinstance(value, str):
        words = [word for word in _SEVERITIES if isinstance(word, str)]
        hint = meant(value, words) or "; it is `off`, `warn` or `error`"
        document.fail(node.start, f"unknown severity `{shown(value)}`{hint}")
    else:
        document.expect(node, "`off`, `warn`, `error`, 0, 1 or 2")
    return None


def _overrides(document: Document, node: Node, names: Mapping[str, Rule]) -> list[Layer]:
    if not isinstance(node.value, list):
        document.expect(node, "a list of overrides")
        return []
    found = []
    for item in node.value:
        members = document.known_members(item, "an object with `files` and `rules`", ("files", "rules"))
        missing = [key for key in ("files", "rules") if key not in members]
        if missing and isinstance(item.value, dict):
            document.fail(item.start, f"an override needs `{missing[0]}`")
        globs = tuple(glob for glob, _ in document.strings(members["files"])) if "files" in members else ()
        rules = _rules(document, members["rules"], names, scoped=True) if "rules" in members else {}
        if globs:
            found.append(Layer(rules, globs, patterns(globs)))
    return found


def _folders(document: Document, node: Node, read: Read, what: str) -> tuple[str, ...]:
    found = []
    for written, item in document.strings(node):
        folder = normpath(f"{read.folder}/{written}" if read.folder else written)
        if folder.startswith(("../", "/")) or folder == "..":
            document.fail(item.start, f"{what} `{shown(written)}` lies outside the workspace")
        elif "\0" in folder or not os.path.isdir(os.path.join(read.root, folder)):
            document.fail(item.start, f"{what} `{shown(written)}` does not exist")
        else:
            found.append("" if folder == "." else folder)
    return tuple(found)


def _builders(document: Document, node: Node) -> dict[str, BuilderSetting]:
    found = {}
    for name, member in document.members(node, "an object with a description of each builder").items():
        members = document.known_members(member, "an object with `kind` and perhaps `internal`", ("kind", "internal"))
        kind = document.string(members["kind"]) if "kind" in members else None
        internal = document.boolean(members["internal"]) if "internal" in members else False
        if "kind" not in members and isinstance(member.value, dict):
            document.fail(member.start, f"the builder `{shown(name)}` needs `kind`")
        elif kind is not None and kind not in KINDS:
            hint = meant(kind, KINDS) or f"; it is one of {', '.join(f'`{each}`' for each in KINDS)}"
            document.fail(members["kind"].start, f"unknown kind `{shown(kind)}`{hint}")
        elif kind is not None:
            found[name] = BuilderSetting(name, kind, internal)
    return found
