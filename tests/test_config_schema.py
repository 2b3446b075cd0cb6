"""The JSON schema agrees with the reader."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from convex_lint import config
from tests.test_config_support import RULES

SCHEMA = json.loads(json.dumps(config.schema(RULES)))


def test_is_a_schema_of_draft_7_each_time() -> None:
    assert config.schema(RULES) == config.schema(RULES)
    jsonschema.Draft7Validator.check_schema(SCHEMA)


def test_tells_of_each_rule() -> None:
    rules = SCHEMA["definitions"]["rules"]["properties"]
    assert set(rules) == {"no-error", "no-fault", "no-warning", "be-strict", "be-odd"}
    assert rules["no-error"]["description"].startswith("Disallow what the tests of the configuration disallow.")
    options = rules["no-warning"]["anyOf"][1]["items"][1]["properties"]
    assert options["maxItems"] == {"type": "integer", "default": 3}
    assert options["mode"] == {"enum": ["all", "some"], "default": "some"}
    assert options["style"] == {"enum": ["strict", "loose"], "default": "loose"}


@pytest.mark.parametrize(
    ("settings", "valid"),
    [
        ({"$schema": "x", "extends": ["convex-lint:strict", "./a.json"], "includeTests": True}, True),
        ({"rules": {"no-error": "off", "@convex-dev/no-fault": 2, "no-warning": ["warn", {"maxItems": 1}]}}, True),
        ({"overrides": [{"files": "a", "rules": {}}], "builders": {"q": {"kind": "query"}}, "functions": "a"}, True),
        ({"clientRoots": ["src"]}, True),
        ({"clientRoots": 1}, False),
        ({"stubs": ["lint/stubs"]}, True),
        ({"stubs": {"acme": "lint/acme.ts"}}, False),
        ({"rulez": {}}, False),
        ({"rules": {"nope": "off"}}, False),
        ({"rules": {"no-error": ["warn", {}]}}, False),
        ({"rules": {"no-warning": ["warn", {"maxItem": 1}]}}, False),
        ({"builders": {"q": {}}}, False),
        ({"overrides": [{"files": "a"}]}, False),
    ],
)
def test_accepts_what_the_reader_accepts(settings: Any, *, valid: bool) -> None:
    assert jsonschema.Draft7Validator(SCHEMA).is_valid(settings) is valid
