"""Count by tokens alone where a backend uses its schema and its functions: `scripts/count_uses.py DIR...`.

These are the uses of indexes, the references to functions, the calls of functions with an object of arguments, and the
inserts. It imports nothing of convex-lint, so that a place which the linter does not see is counted all the same.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.count_tokens import code_of, files_of

KINDS = ("index", "reference", "call", "insert")

_INDEX = re.compile(r"\.\s*(with(?:Search)?Index)\s*\(")
_REFERENCE = re.compile(r"(?<![\w$.])(?<!typeof )((?:internal|api)\b)(?:\s*!?\s*\??\.\s*[\w$]+){2,}")
_CALL = re.compile(r"\.\s*(run(?:Query|Mutation|Action)|runAfter|runAt)\s*\(")
_INSERT = re.compile(r"\bdb\s*!?\s*\??\.\s*(insert)\s*\(")
_OBJECT = {"runAfter": 2, "runAt": 2}
"""Which argument of a call are the arguments of the function, where it is not the second one."""

_PAIRS = {"(": ")", "[": "]", "{": "}"}


def uses(text: str) -> dict[str, list[int]]:
    """Return where the uses of each kind are named in a text."""
    code = code_of(text)
    calls = [one for one in _CALL.finditer(code) if _is_given_object(code, one.end(), _OBJECT.get(one[1], 1))]
    is_generated = "_generated/api" in text
    return {
        "index": [one.start(1) for one in _INDEX.finditer(code)],
        "reference": [one.start(1) for one in _REFERENCE.finditer(code)] if is_generated else [],
        "call": [one.start(1) for one in calls],
        "insert": [one.start(1) for one in _INSERT.finditer(code)],
    }


def _is_given_object(code: str, at: int, place: int) -> bool:
    """Say whether an argument of the call whose arguments start at an offset is an object literal."""
    closing: list[str] = []
    begins = True
    for one in code[at:]:
        if begins and place == 0 and not one.isspace():
            return one == "{"
        if not closing and one in ")]}":
            return False
        if one in _PAIRS:
            closing.append(_PAIRS[one])
        elif closing and one == closing[-1]:
            closing.pop()
        elif one == "," and not closing:
            place -= 1
        begins = one == "," and not closing if not one.isspace() else begins
    return False


if __name__ == "__main__":
    for folder in sys.argv[1:]:
        found = [uses(path.read_bytes().decode("latin-1")) for path in files_of(Path(folder))]
        print(folder, *(f"{kind} {sum(len(one[kind]) for one in found)}" for kind in KINDS))
