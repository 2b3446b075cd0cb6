"""The fingerprints of GitHub's upload action.

The hashes were computed by running `hash` of github/codeql-action, `src/fingerprints.ts` at f3f1edbed, in Node 20
over these texts. Of two of them, what makes the hash is written out too.
"""

from __future__ import annotations

import time

import pytest

from convex_lint.reporters.fingerprint import line_fingerprints
from convex_lint.source import Source

END = "c129715d7a2bc9a3:1"
"""The hash of an empty last line."""

EXPECTED: dict[str, tuple[bytes, list[str]]] = {
    "empty": (b"", [END]),
    "one line": (b"x", ["638816509450efbf:1"]),
    "blank end": (b"x\n   ", ["828973aa50c68d6d:1", END]),
    "crlf": (b"a\r\n\r\nb\r\n", ["818c3a85b988abe4:1", "bf4c4d48992e2ca5:1", "ade70578248be16f:1", END]),
    "lone cr": (
        b"a\rb\r \nc",
        ["4850bf53658d4e53:1", "b0367d257df6d03c:1", "1c206f60a702cfe8:1", "188ff2f224477a1e:1"],
    ),
    "tabs": (b"\tif (x) {\n\t\treturn y;\n}\n", ["7fc4baf901c1d5d:1", "d90259f0b6e33fa8:1", "32dce9ccfdbc9d3e:1", END]),
    "emoji": (
        "const s = '🎉👩\u200d💻';\nconst t = 'ü漢';\n".encode(),
        ["92e473c2809f2466:1", "fcd83c72b6b99a8c:1", END],
    ),
    "byte order mark": ("\ufeffexport {};\n".encode(), ["9c1d44c69c4cbcf9:1", END]),
    "repeated": (
        b"await ctx.db.delete(id);\n" * 8,
        [
            "2915a8dde346454e:1",
            "2915a8dde346454e:2",
            "2915a8dde346454e:3",
            "2915a8dde346454e:4",
            "2915a8dea8d4fbe7:1",
            "b639650037f62046:1",
            "19e21e7930b9fc05:1",
            "409432e38640ab24:1",
            END,
        ],
    ),
    "two lines with one hash": (
        b"b!" + b"z" * 100 + b"\naF" + b"z" * 100 + b"\n",
        ["9a4b0e2a63714cef:1", "9a4b0e2a63714cef:2", END],
    ),
    "longer than the window": (
        b"y" * 250 + b"\n" + b"z" * 99 + b"\n" + b"w" * 100 + b"\n",
        ["cadd4b5b9d92c51c:1", "430534b53b7003a8:1", "da8d78a861d84724:1", END],
    ),
    "0 and 0xffff": ("a\0b\uffff\nc".encode(), ["c2f16ef278ea444e:1", "188ff2f224477a1e:1"]),
    "not UTF-8": (b"caf\xe9 \xff\n\xe2\x82x\n", ["3aa2c3a5f12cb400:1", "e8b5fa83423d6e92:1", END]),
}


def straight(units: str) -> str:
    """Return the hash of 100 characters as the sum that it stands for."""
    padded = units.ljust(100, "\0")
    return f"{sum(ord(unit) * 37 ** (99 - at) for at, unit in enumerate(padded)) % 2**64:x}"


@pytest.mark.parametrize("case", EXPECTED)
def test_fingerprints_are_those_of_the_upload_action(case: str) -> None:
    data, expected = EXPECTED[case]
    assert line_fingerprints(data, 1_000) == expected


@pytest.mark.parametrize("case", EXPECTED)
def test_there_are_as_many_fingerprints_as_lines(case: str) -> None:
    data, expected = EXPECTED[case]
    assert len(expected) == len(Source("a.ts", data).line_starts)


def test_a_hash_is_the_sum_of_100_units_and_powers_of_37() -> None:
    assert line_fingerprints(b"", 1) == [f"{straight(chr(0xFFFF))}:1"] == [END]
    assert line_fingerprints(b"\tif (x)\r\n", 1) == [f"{straight('if(x)' + chr(10) + chr(0xFFFF))}:1"]
    assert line_fingerprints("é🎉".encode(), 1) == [f"{straight('é' + chr(0xD83C) + chr(0xDF89) + chr(0xFFFF))}:1"]
    assert line_fingerprints(b"y" * 250, 1) == [f"{straight('y' * 100)}:1"]


def test_indentation_and_ends_of_line_do_not_count() -> None:
    unix = line_fingerprints(b"if (x) {\n  y();\n}\n", 9)
    assert unix == line_fingerprints(b"if(x){\r\n\t\ty();\r\n}\r\n", 9) == line_fingerprints(b"if (x) {\ry();\r }\r", 9)


def test_a_file_is_read_only_as_far_as_it_is_asked_for() -> None:
    data = b"const value = await ctx.db.get(id);\n" * 100
    assert line_fingerprints(data, 7) == line_fingerprints(data, 101)[:7]
    assert line_fingerprints(data, 0) == []


def test_20_000_lines_take_no_time_that_is_felt() -> None:
    data = b"".join(b"  const value%d = await ctx.db.get(id);\n" % number for number in range(20_000))
    start = time.perf_counter()
    assert len(line_fingerprints(data, 20_000)) == 20_000
    assert time.perf_counter() - start < 2
