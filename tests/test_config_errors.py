"""What is wrong in a configuration is said at its place, all of it at once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from convex_lint import config
from tests.test_config_support import RULES, load, write

if TYPE_CHECKING:
    from pathlib import Path


def said(root: Path, text: str) -> list[str]:
    with pytest.raises(config.ConfigError) as caught:
        load(write(root, {"convex-lint.json": text}))
    return str(caught.value).replace("convex-lint.json:", "").splitlines()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[]", "1:1: expected an object with the settings, found a list"),
        ('{"rule": {}}', "1:2: unknown key `rule`; did you mean `rules`?"),
        ('{"rules": []}', "1:11: expected an object with a severity for each rule, found a list"),
        ('{"rules": {"no-eror": 1}}', "1:12: unknown rule `no-eror`; did you mean `no-error`?"),
        ('{"rules": {"@convex-dev/no-eror": 1}}', "1:12: unknown rule `@convex-dev/no-eror`; did you mean `no-error`?"),
        ('{"rules": {"zzz": 1}}', "1:12: unknown rule `zzz`"),
        ('{"rules": {"no-error": "eror"}}', "1:24: unknown severity `eror`; did you mean `error`?"),
        ('{"rules": {"no-error": "x"}}', "1:24: unknown severity `x`; it is `off`, `warn` or `error`"),
        ('{"rules": {"no-error": 3}}', "1:24: expected `off`, `warn`, `error`, 0, 1 or 2, found 3"),
        ('{"rules": {"no-error": true}}', "1:24: expected `off`, `warn`, `error`, 0, 1 or 2, found true"),
        (
            '{"rules": {"no-error": []}}',
            "1:24: expected a severity, or a list of a severity and the options, found a list",
        ),
        ('{"rules": {"no-error": ["warn", {}]}}', "1:33: the rule `no-error` takes no options"),
        (
            '{"rules": {"no-warning": ["warn", {"max-items": 1}]}}',
            "1:36: unknown option `max-items` of the rule `no-warning`; did you mean `maxItems`?",
        ),
        (
            '{"rules": {"no-warning": ["warn", {"maxItems": true}]}}',
            "1:48: expected a whole number for the option `maxItems`, found true",
        ),
        (
            '{"rules": {"no-warning": ["warn", {"mode": "none"}]}}',
            "1:44: expected `all` or `some` for the option `mode`, found `none`",
        ),
        (
            '{"rules": {"no-warning": ["warn", {"style": 1}]}}',
            "1:45: expected `strict` or `loose` for the option `style`, found 1",
        ),
        (
            '{"rules": {"no-warning": ["warn", {"allowedTables": ["a", 1]}]}}',
            "1:53: expected a list, each item a string, for the option `allowedTables`, found a list",
        ),
        (
            '{"extends": "convex-lint:strct"}',
            "1:13: unknown preset `convex-lint:strct`; did you mean `convex-lint:strict`?",
        ),
        (
            '{"extends": "recommended"}',
            "1:13: there is no file `recommended` to extend; did you mean `convex-lint:recommended`?",
        ),
        ('{"extends": ["./convex-lint.json"]}', "1:14: `./convex-lint.json` extends itself"),
        ('{"extends": 1}', "1:13: expected a string or a list of strings, found 1"),
        ('{"overrides": {}}', "1:15: expected a list of overrides, found an object"),
        ('{"overrides": [{"rules": {}}]}', "1:16: an override needs `files`"),
        ('{"overrides": [{"files": "a", "rules": {"nope-x": 1}}]}', "1:41: unknown rule `nope-x`"),
        (
            '{"overrides": [{"file": "a", "files": "a", "rules": {}}]}',
            "1:17: unknown key `file`; did you mean `files`?",
        ),
        ('{"functions": "no/where"}', "1:15: the functions folder `no/where` does not exist"),
        ('{"functions": "../x"}', "1:15: the functions folder `../x` lies outside the workspace"),
        ('{"clientRoots": "no/where"}', "1:17: the folder of a client `no/where` does not exist"),
        ('{"stubs": ["no/where"]}', "1:12: the folder of stubs `no/where` does not exist"),
        ('{"stubs": "../x"}', "1:11: the folder of stubs `../x` lies outside the workspace"),
        ('{"builders": {"q": {"kind": "qery"}}}', "1:29: unknown kind `qery`; did you mean `query`?"),
        ('{"builders": {"q": {}}}', "1:20: the builder `q` needs `kind`"),
        ('{"builders": {"q": {"kind": "query", "internal": 1}}}', "1:50: expected true or false, found 1"),
        ('{"includeTests": "yes"}', "1:18: expected true or false, found `yes`"),
        ('{"ignorePatterns": {"a": 1}}', "1:20: expected a string or a list of strings, found an object"),
        ('{"rules": {}, "rules": {}}', "1:15: the key `rules` is written twice"),
        ("{", "1:2: expected a key in double quotes"),
        ("", "1:1: expected a value"),
    ],
)
def test_one_message_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    assert said(tmp_path, text) == [message]


def test_all_of_it_at_once_over_several_files(tmp_path: Path) -> None:
    write(tmp_path, {"base/b.json": '{\r\n  "rules": {\r\n    "no-eror": "off"\r\n  }\r\n}'})
    text = '{\n  "extends": "./base/b.json",\n  "rulez": {},\n  "includeTests": 1\n}'
    with pytest.raises(config.ConfigError) as caught:
        load(write(tmp_path, {"convex-lint.json": text}), select=("no-wrning",), ignore=("securty",))
    assert str(caught.value).splitlines() == [
        "--select: unknown rule, category or preset `no-wrning`; did you mean `no-warning`?",
        "--ignore: unknown rule, category or preset `securty`; did you mean `security`?",
        "convex-lint.json:3:3: unknown key `rulez`; did you mean `rules`?",
        "base/b.json:3:5: unknown rule `no-eror`; did you mean `no-error`?",
        "convex-lint.json:4:19: expected true or false, found 1",
    ]


def test_a_column_counts_as_editors_do(tmp_path: Path) -> None:
    assert said(tmp_path, '{"rules": {/* 😀é */ "nope": 1}}') == ["1:22: unknown rule `nope`"]


def test_two_files_in_one_folder(tmp_path: Path) -> None:
    write(tmp_path, {"convex-lint.jsonc": "{}"})
    assert said(tmp_path, "{}") == [" settings lie in `convex-lint.json` and `convex-lint.jsonc`; keep one"]


def test_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "convex-lint.json").write_bytes(b'{\n"a": "\xff"}')
    with pytest.raises(config.ConfigError, match=r"^convex-lint.json: the text is not UTF-8 \(line 2\)$"):
        load(tmp_path)
    with pytest.raises(config.ConfigError, match=r"^no.json: it does not exist$"):
        config.load(tmp_path, tmp_path, RULES, explicit=tmp_path / "no.json")
    with pytest.raises(config.ConfigError, match=r"it is not a file$"):
        config.load(tmp_path, tmp_path, RULES, explicit=tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "convex-lint.json")
    with pytest.raises(config.ConfigError, match=r"^convex-lint.json: it is not a file$"):
        load(tmp_path)


def test_the_key_of_a_package_is_placed_in_the_package(tmp_path: Path) -> None:
    write(tmp_path, {"package.json": '{\n  "name": "x",\n  "convex-lint": { "rules": { "nope": 1 } }\n}'})
    with pytest.raises(config.ConfigError, match=r"^package.json:3:31: unknown rule `nope`$"):
        load(tmp_path)
