"""The JSON schema of a configuration file, from the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.registry import PLUGIN
from convex_lint.rule import Preset

from .model import SHARED, WORDS
from .options import schema as options_schema
from .reading import KINDS, PRESETS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from convex_lint.rule import Rule

_GLOBS = "`*` stands for anything but `/`, `**/` for any folders; a pattern without `/` names files anywhere."


def schema(rules: Iterable[Rule]) -> dict[str, object]:
    """Return the JSON schema, draft-07, of a configuration file."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Settings of convex-lint",
        "type": "object",
        "properties": _properties(),
        "additionalProperties": False,
        "allowComments": True,
        "allowTrailingCommas": True,
        "definitions": {
            "severity": {
                "description": "`off` (0), `warn` (1), or `error` (2), which makes the run fail.",
                "enum": [*WORDS.values(), 0, 1, 2],
            },
            "setting": {
                "anyOf": [
                    {"$ref": "#/definitions/severity"},
                    {
                        "type": "array",
                        "items": [{"$ref": "#/definitions/severity"}, {"type": "object"}],
                        "minItems": 1,
                        "maxItems": 2,
                    },
                ]
            },
            "strings": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
            "rules": _rules(tuple(rules)),
        },
    }


def _properties() -> dict[str, object]:
    extends = {"anyOf": [{"enum": list(PRESETS)}, {"type": "string"}]}
    return {
        "$schema": {"type": "string"},
        "extends": {
            "description": "Presets, and files whose settings come first; paths are relative to this file. "
            f"Without a preset, `{next(iter(PRESETS))}` holds.",
            "anyOf": [*extends["anyOf"], {"type": "array", "items": extends}],
        },
        "rules": {"description": "The severity, and the options, of each rule.", "$ref": "#/definitions/rules"},
        "overrides": {
            "description": "Rules for certain files; the last one that fits wins.",
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "files": {"description": f"Globs. {_GLOBS}", "$ref": "#/definitions/strings"},
                    "rules": {"$ref": "#/definitions/rules"},
                },
                "required": ["files", "rules"],
                "additionalProperties": False,
            },
        },
        "functions": {
            "description": "The functions folders, where `convex.json` and the names of folders do not tell.",
            "$ref": "#/definitions/strings",
        },
        "clientRoots": {
            "description": "Folders of front ends, whose calls of functions are checked, too; scripts that run "
            "functions count as well.",
            "$ref": "#/definitions/strings",
        },
        "builders": {
            "description": "Function builders of your own whose definition is out of sight, by name.",
            "type": "object",
            "additionalProperties": _builder(),
        },
        "stubs": {
            "description": "Folders of TypeScript files that describe npm packages: `acme/server.ts` says what an "
            "import of `acme/server` gives.",
            "$ref": "#/definitions/strings",
        },
        "ignorePatterns": {
            "description": f"Files that are read and not reported, as in `.gitignore`. {_GLOBS}",
            "$ref": "#/definitions/strings",
        },
        "includeTests": {"description": "Lint tests and benchmarks too.", "type": "boolean", "default": False},
        **{name: {"description": text, "$ref": "#/definitions/strings"} for name, text in SHARED.items()},
    }


def _builder() -> dict[str, object]:
    return {
        "type": "object",
        "properties": {
            "kind": {"description": "What it builds.", "enum": list(KINDS)},
            "internal": {"description": "Clients cannot call it.", "type": "boolean", "default": False},
        },
        "required": ["kind"],
        "additionalProperties": False,
    }


def _rules(rules: tuple[Rule, ...]) -> dict[str, object]:
    aliases = {alias: {"$ref": "#/definitions/setting"} for rule in rules for alias in rule.aliases}
    return {
        "type": "object",
        "properties": {rule.name: _rule(rule) for rule in rules} | aliases,
        "patternProperties": {f"^{PLUGIN}": {"$ref": "#/definitions/setting"}},
        "additionalProperties": False,
    }


def _rule(rule: Rule) -> dict[str, object]:
    default = f"`{WORDS[rule.severity]}` in `{rule.preset}`" if rule.preset is not Preset.OPT_IN else "off unless named"
    description = f"{rule.summary}. ({rule.category}; {default})\n{rule.url or ''}".rstrip()
    severity = {"$ref": "#/definitions/severity"}
    items = [severity] if rule.options is None else [severity, options_schema(rule.options)]
    listed = {"type": "array", "items": items, "minItems": 1, "maxItems": len(items)}
    return {"description": description, "anyOf": [severity, listed]}
