"""Start a rule: write its file from a template, which is a rule already and needs only to be changed.

Any Python from 3.11 on can run it, with nothing installed: it reads the other rules and does not import them.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "rules"
CATEGORIES = ("correctness", "security", "performance", "runtime", "schema", "style", "maintenance")
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")

TEMPLATE = '''\
"""Disallow functions that are called `@example@`.

TODO: what goes wrong, why it matters, and what to do instead. Write it for someone who sees the finding in an editor,
and cite where Convex says so.

Source: TODO

## Bad

```ts
export const @example@ = query({
             @indent@~~~~~ the query `@example@` has this name
  args: {},
  handler: async (ctx) => await ctx.db.query("messages").take(50),
});
```

## Good

```ts
export const list = query({
  args: {},
  handler: async (ctx) => await ctx.db.query("messages").take(50),
});
```
"""

from convex_lint.api import Category, Finding, Findings, Preset, Registered, Severity, rule


@rule(
    "@name@",
    Category.@category@,
    Severity.WARNING,
    preset=Preset.STRICT,
    each=Registered,
)
def check(function: Registered) -> Findings:
    """Report each registered function that is called `@example@`."""
    if function.name == "@example@":
        yield Finding(
            function,
            f"the {function.kind} `@example@` has this name",
            help="TODO: say what to do instead",
        )
'''

NEXT = """\
wrote {path}

It is a rule already: `.venv/bin/pytest -q -k {name}` says what it still lacks. Change its page until the examples show
what you want to find, then `check` until the tests pass. CONTRIBUTING.md lists what a rule can ask about. More cases go
into fixtures/cases/{name}.md. At the end, `.venv/bin/python scripts/generate.py` renews the documentation.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the file of a new rule; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("name", help="in kebab-case, such as no-foo or require-bar")
    parser.add_argument(
        "--category",
        metavar="NAME",
        choices=CATEGORIES,
        default=CATEGORIES[0],
        help=f"what the rule protects: {', '.join(CATEGORIES)} (default: %(default)s)",
    )
    given = parser.parse_args(arguments)
    problem = wrong_with(given.name)
    if problem is not None:
        parser.error(problem)
    path = file_of(given.name)
    path.write_text(template(given.name, given.category), encoding="utf-8", newline="\n")
    print(NEXT.format(path=path.relative_to(ROOT).as_posix(), name=given.name), end="")
    return 0


def wrong_with(name: str) -> str | None:
    """Say why a rule cannot have a name; None where it can."""
    if not NAME.fullmatch(name):
        return f"`{name}` is not the name of a rule: two words or more, in lower case, joined by hyphens"
    path = file_of(name)
    if not path.exists():
        path = taken().get(name, path)
    return f"`{name}` is the name of a rule already: {path.relative_to(ROOT).as_posix()}" if path.exists() else None


def file_of(name: str) -> Path:
    """Return where a rule is."""
    return RULES / f"{name.replace('-', '_')}.py"


def taken() -> dict[str, Path]:
    """Return the file of the rule that answers to each name, an alias included."""
    return {name: path for path in sorted(RULES.glob("*.py")) for name in names(path.read_text(encoding="utf-8"))}


def names(text: str) -> list[str]:
    """Return the names in the `@rule(…)` of a file of `rules/`: the first argument, and the aliases."""
    try:
        module = ast.parse(text)
    except SyntaxError:  # a rule that someone is writing
        return []
    return [
        constant.value
        for call in ast.walk(module)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "rule"
        for part in (*call.args[:1], *(keyword.value for keyword in call.keywords if keyword.arg == "aliases"))
        for constant in ast.walk(part)
        if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
    ]


def template(name: str, category: str) -> str:
    """Return the text of a new rule: one that finds the functions of its own name."""
    first, *rest = name.split("-")
    example = first + "".join(word.capitalize() for word in rest)
    indent = " " * len(f"{example} = ")
    fields = {"name": name, "category": category.upper(), "example": example, "indent": indent}
    text = TEMPLATE
    for field, value in fields.items():
        text = text.replace(f"@{field}@", value)
    return text


if __name__ == "__main__":
    sys.exit(main())
