"""From the configuration of another linter to settings here: the levels and options of the rules that are known.

Nothing is run: a configuration that is a program is read for the objects in it that set a rule by its name, wherever
they stand; where a rule is set twice, the last one counts, as it does in ESLint.
"""

from __future__ import annotations

from dataclasses import Field, fields
from typing import TYPE_CHECKING, Any

from convex_lint import peers
from convex_lint.records import record
from convex_lint.rule import Preset
from convex_lint.source import Source
from convex_lint.syntax import read
from convex_lint.syntax.nodes import (
    Array,
    Assign,
    Call,
    Cast,
    Conditional,
    Declare,
    Evaluate,
    Literal,
    Object,
    Property,
    Spread,
)

from .model import WORDS, camel

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from convex_lint.rule import Rule
    from convex_lint.syntax import Code
    from convex_lint.syntax.nodes import Expression

FILES: Mapping[str, tuple[str, ...]] = {
    "eslint": (
        *(f"eslint.config.{suffix}" for suffix in ("js", "mjs", "cjs", "ts", "mts", "cts")),
        *(f".eslintrc.{suffix}" for suffix in ("js", "cjs", "json")),
        ".eslintrc",
    ),
    "oxlint": (".oxlintrc.json", ".oxlintrc.jsonc", "oxlint.config.ts", "oxlint.config.js"),
    "convex-doctor": ("convex-doctor.toml",),
}
"""Where each of them has its configuration, in the order in which it looks."""

_WORDS: Mapping[object, str] = {
    "off": "off", "warn": "warn", "error": "error", "0": "off", "1": "warn", "2": "error", 0: "off", 1: "warn",
    2: "error", "allow": "off", "deny": "error", "warning": "warn", "info": "warn",
}  # fmt: skip
"""The levels of all three."""

Set = tuple[str, Any]
"""A rule of theirs by its name, and what it is set to: a level, or a list of a level and options."""


@record
class Translated:
    """Settings for rules of ours, as a configuration has them, and in words what could not be taken over.

    `ignored` are the globs of the files that the other linter leaves out.
    """

    rules: Mapping[str, object]
    left: tuple[str, ...]
    ignored: tuple[str, ...] = ()


def translate(name: str, path: str, data: bytes, rules: Sequence[Rule]) -> Translated | None:
    """Translate the configuration of a peer, which lies at a path; None where it cannot be read."""
    if path.endswith(".toml"):
        return _doctor(data, rules)
    text = data.removeprefix(b"\xef\xbb\xbf")
    if path.endswith((".json", ".jsonc", "rc")):
        text = b"export default (" + text + b"\n);"
        path = f"{path}.js"
    code = read(Source(path, text))
    if code.errors or code.deep:
        return None
    known = {theirs.name for theirs in peers.peers()[name].rules}
    written = [
        (entry.key, _plain(entry.value))
        for found in _objects(code)
        for entry in found.properties
        if isinstance(entry, Property) and entry.key is not None and entry.key in known
    ]
    return _translated(name, written, rules)


def _objects(code: Code) -> list[Object]:
    """Return the objects that a program writes down outside of functions, in the order of its text."""
    roots = [statement.of for statement in code.body.items if isinstance(statement, Declare | Evaluate)]
    pending: list[Expression | None] = [*roots, *(export.of for export in code.exports)]
    found: dict[int, Object] = {}
    while pending:
        expression = pending.pop()
        if isinstance(expression, Object):
            found[expression.start] = expression
            pending += [entry.value if isinstance(entry, Property) else entry.of for entry in expression.properties]
        elif isinstance(expression, Array):
            pending += expression.items
        elif isinstance(expression, Call):
            pending += expression.arguments
        elif isinstance(expression, Cast | Spread):
            pending.append(expression.of)
        elif isinstance(expression, Assign):
            pending.append(expression.value)
        elif isinstance(expression, Conditional):
            pending += [expression.yes, expression.no]
    return [found[start] for start in sorted(found)]


def _plain(expression: Expression) -> Any:
    """Return the value of an expression that is written down as JSON has it; None where it is not."""
    if isinstance(expression, Cast):
        return _plain(expression.of)
    if isinstance(expression, Literal):
        return expression.value
    if isinstance(expression, Array):
        return [_plain(item) for item in expression.items]
    if isinstance(expression, Object):
        entries = [entry for entry in expression.properties if isinstance(entry, Property)]
        return {entry.key: _plain(entry.value) for entry in entries if entry.key is not None}
    return None


def _doctor(data: bytes, rules: Sequence[Rule]) -> Translated | None:
    import tomllib  # noqa: PLC0415  not for every run

    try:
        document = tomllib.loads(data.decode("utf-8-sig"))
    except ValueError:
        return None
    written, ignored = document.get("rules", {}), document.get("ignore", {})
    if not isinstance(written, dict) or not isinstance(ignored, dict):
        return None
    globs = [glob for glob in ignored.get("files", ()) if isinstance(glob, str) and "_generated" not in glob]
    return _translated("convex-doctor", list(written.items()), rules, tuple(globs))


def _translated(name: str, written: Iterable[Set], rules: Sequence[Rule], ignored: tuple[str, ...] = ()) -> Translated:
    ours = {rule.name: rule for rule in rules}
    known = {theirs.name: theirs for theirs in peers.peers()[name].rules}
    made: dict[str, object] = {}
    left: dict[str, str] = {}
    for theirs, value in dict(written).items():
        level, options = _set(value)
        targets = [ours[one] for one in known[theirs].ours if one in ours] if theirs in known else []
        if theirs not in known:
            left[theirs] = "no rule of this name is known"
        elif not targets:
            left[theirs] = known[theirs].why or "there is no rule of the kind here"
        elif level is None:
            left[theirs] = "its level is computed"
        else:
            for rule in targets:
                made |= _setting(rule, level, options)
            unknown = sorted(options.keys() - {camel(each.name) for rule in targets for each in _fields(rule)})
            if unknown:
                left[theirs] = f"its options {', '.join(f'`{one}`' for one in unknown)} are not known here"
    return Translated(made, tuple(f"{theirs}: {why}" for theirs, why in sorted(left.items())), ignored)


def _set(value: Any) -> tuple[str | None, dict[str, Any]]:
    """Return the level that a rule is set to, None where it is not written down, and its options."""
    items = value if isinstance(value, list) else [value]
    first = items[0] if items else None
    level = _WORDS.get(first) if isinstance(first, str | int | float) else None
    return level, items[1] if len(items) > 1 and isinstance(items[1], dict) else {}


def _setting(rule: Rule, level: str, options: Mapping[str, Any]) -> dict[str, object]:
    """Return the setting of a rule of ours, or nothing where it is what holds anyway."""
    names = {camel(each.name) for each in _fields(rule)}
    taken = {name: value for name, value in options.items() if name in names and value is not None}
    default = WORDS[rule.severity if rule.preset is Preset.RECOMMENDED else None]
    if level == default and not taken:
        return {}
    return {rule.name: [level, taken] if taken else level}


def _fields(rule: Rule) -> tuple[Field[Any], ...]:
    return fields(rule.options) if rule.options is not None else ()
