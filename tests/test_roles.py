"""What a file is to its project, by its path and by what Convex bundles."""

from __future__ import annotations

import pytest

from convex_lint import engine, registry
from convex_lint.roles import inside_of, role_of, why_skipped
from convex_lint.workspace import Role

TEXT = b'import { query } from "./_generated/server";\nexport const list = query({});\n'


@pytest.mark.parametrize(
    ("inside", "role", "why"),
    [
        ("notes.ts", Role.ENTRY, None),
        ("lib/notes.tsx", Role.ENTRY, None),
        ("user notes.ts", Role.LIBRARY, "a space in its path"),
        ("my lib/notes.ts", Role.LIBRARY, "a space in its path"),
        ("notes.node.ts", Role.LIBRARY, "more than one dot in its name"),
        ("notes.d.ts", Role.LIBRARY, "more than one dot in its name"),
        ("v1.2/notes.ts", Role.ENTRY, None),
        (".notes.ts", Role.LIBRARY, "a name that begins with `.`"),
        ("lib/#notes.ts", Role.LIBRARY, "a name that begins with `#`"),
        ("schema.ts", Role.CONFIGURATION, "the name `schema.ts`"),
        ("lib/schema.js", Role.LIBRARY, "the name `schema.js`"),
        ("schema.tsx", Role.ENTRY, None),
        ("_deps/notes.ts", Role.LIBRARY, "a place in `_deps`, which is reserved"),
        ("lib/_deps/notes.ts", Role.ENTRY, None),
    ],
)
def test_a_path_says_whether_a_file_is_deployed(inside: str, role: Role, why: str | None) -> None:
    assert role_of(f"app/convex/{inside}", "app/convex", TEXT) is role
    assert role_of(inside, ".", TEXT) is role
    assert why_skipped(inside) == why


def test_a_file_outside_of_every_functions_folder_is_in_none() -> None:
    assert role_of("src/notes.ts", None, TEXT) is Role.LIBRARY
    assert inside_of("src/notes.ts", None) is None
    assert inside_of("app/convex/notes.ts", "app/convex") == "notes.ts"


def test_functions_are_lost_in_a_path_with_a_blank() -> None:
    rules = [rule for rule in registry.builtin() if rule.name == "no-function-in-skipped-file"]
    found = engine.lint_texts({"convex/user notes.ts": TEXT.decode()}, rules)
    assert [one.message for one in found] == ["`list` is never deployed: Convex skips a file with a space in its path"]
