"""The options of a rule: from JSON to its dataclass, and from the dataclass to a JSON schema."""

from __future__ import annotations

import types
from dataclasses import MISSING, fields
from enum import Enum
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints

from .document import meant, shown
from .model import camel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from convex_lint.jsonc import Node
    from convex_lint.rule import Rule

    from .document import Document

_PLAIN: dict[object, tuple[str, str]] = {
    bool: ("boolean", "true or false"),
    int: ("integer", "a whole number"),
    float: ("number", "a number"),
    str: ("string", "a string"),
    type(None): ("null", "null"),
}
_WRONG = object()


def parse(document: Document, node: Node, rule: Rule) -> object | None:
    """Return the options written for a rule; None, with the problems noted, where they are wrong."""
    if rule.options is None:
        document.fail(node.start, f"the rule `{rule.name}` takes no options")
        return None
    kinds = _kinds(rule.options)
    before = len(document.problems)
    values: dict[str, Any] = {}
    for name, member in document.members(node, f"an object with the options of `{rule.name}`").items():
        if name not in kinds:
            known = meant(name, kinds)
            document.fail(member.key, f"unknown option `{shown(name)}` of the rule `{rule.name}`{known}")
            continue
        field, kind = kinds[name]
        values[field] = _convert(member, kind)
        if values[field] is _WRONG:
            document.expect(member, f"{_words(kind)} for the option `{name}`")
    for name in (camel(each.name) for each in fields(rule.options) if _is_required(each)):
        if kinds[name][0] not in values:
            document.fail(node.start, f"the rule `{rule.name}` needs the option `{name}`")
    return rule.options(**values) if len(document.problems) == before else None


def schema(options: type[Any]) -> dict[str, object]:
    """Return the JSON schema of a rule's options."""
    kinds = _kinds(options)
    properties = {name: _schema(kind) for name, (_, kind) in kinds.items()}
    for field in fields(options):
        if field.default is not MISSING:
            is_tuple = isinstance(field.default, tuple)
            properties[camel(field.name)]["default"] = list(field.default) if is_tuple else field.default
    required = [camel(field.name) for field in fields(options) if _is_required(field)]
    found: dict[str, object] = {"type": "object", "properties": properties, "additionalProperties": False}
    return found | ({"required": required} if required else {})


def _kinds(options: type[Any]) -> Mapping[str, tuple[str, Any]]:
    """Map each option, as it is written, to its field and the field's type."""
    hints = get_type_hints(options)
    return {camel(field.name): (field.name, hints[field.name]) for field in fields(options)}


def _is_required(field: Any) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _convert(node: Node, kind: Any) -> Any:
    """Return a value of a type, or `_WRONG`."""
    value = node.value
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if kind in _PLAIN:
        return value if type(value) is kind else _WRONG
    if _is_union(kind):
        tried = (_convert(node, each) for each in get_args(kind))
        return next((each for each in tried if each is not _WRONG), _WRONG)
    if get_origin(kind) is tuple:
        items = [_convert(item, get_args(kind)[0]) for item in value] if isinstance(value, list) else [_WRONG]
        return _WRONG if any(item is _WRONG for item in items) else tuple(items)
    return next((each for each in _choices(kind) if type(value) is str and each == value), _WRONG)


def _choices(kind: Any) -> tuple[Any, ...]:
    if get_origin(kind) is Literal:
        return get_args(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return tuple(kind)
    message = f"an option cannot have the type {kind!r}"
    raise TypeError(message)


def _is_union(kind: Any) -> bool:
    return get_origin(kind) in (Union, types.UnionType)


def _words(kind: Any) -> str:
    if kind in _PLAIN:
        return _PLAIN[kind][1]
    if _is_union(kind):
        return " or ".join(_words(each) for each in get_args(kind))
    if get_origin(kind) is tuple:
        return f"a list, each item {_words(get_args(kind)[0])},"
    return " or ".join(f"`{each}`" for each in _choices(kind))


def _schema(kind: Any) -> dict[str, Any]:
    if kind in _PLAIN:
        return {"type": _PLAIN[kind][0]}
    if _is_union(kind):
        return {"anyOf": [_schema(each) for each in get_args(kind)]}
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _schema(get_args(kind)[0])}
    return {"enum": [str(each) for each in _choices(kind)]}
