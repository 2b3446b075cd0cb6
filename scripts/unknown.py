"""Tell what of a backend the model does not understand, and why: `scripts/unknown.py DIR...`.

For the modules of each functions folder (no tests): how many handlers, uses of ctx and calls there are by their tokens
alone (`count_tokens.py`), how many of them the model sees, and of how many it knows what they are. Then the ten most
frequent causes: what the first expression is, on the way from an unknown one, that nothing is known of.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from convex_lint import check  # noqa: E402  found by the line above
from convex_lint.engine import summaries_of  # noqa: E402
from convex_lint.link import Linked  # noqa: E402
from convex_lint.link.shapes import bare, outermost  # noqa: E402
from convex_lint.syntax import room  # noqa: E402
from convex_lint.syntax.nodes import Await, Call, Class, Declare, Function, Index, Member, Name  # noqa: E402
from convex_lint.values import UNKNOWN, Closure, Global, Method, Nullable, Package, Promise  # noqa: E402
from scripts import count_tokens  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from convex_lint.summary import Summary
    from convex_lint.syntax.nodes import Expression
    from convex_lint.values import Value

CTX_MEMBERS = frozenset(
    {"db", "scheduler", "storage", "auth", "meta", "runQuery", "runMutation", "runAction", "vectorSearch"}
)
DEEP = 30
"""Steps after which a cause is not looked for any more."""


@dataclass
class Tally:
    """What was seen in some modules: how many there are of each thing, and of how many nothing is known."""

    seen: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    causes: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    def add(self, what: str, value: Value, cause: str, place: str) -> None:
        """Count one thing."""
        self.seen[what] += 1
        if value is UNKNOWN:
            self.unknown[what] += 1
            self.causes[cause] += 1
            self.examples.setdefault(cause, place)


def tally(linked: Linked, summary: Summary, tallied: Tally) -> None:
    """Count what stands in a module."""
    for found in linked.registered(summary.path):
        tallied.seen["handlers"] += 1
        if found.handler is None and not found.wrapped:
            tallied.unknown["handlers"] += 1
    with linked.at(summary.path):
        for name in summary.code.names:
            use = outermost(name).parent
            if name.text.lower().endswith("ctx") and isinstance(use, Member) and use.name in CTX_MEMBERS:
                tallied.add("ctx", linked.value(use), cause(linked, use), _place(summary, name.start))
        for call in summary.code.calls:
            callee = linked.value(call.callee)
            tallied.add("calls", callee, cause(linked, call.callee), _place(summary, call.start))
            tallied.seen["results"] += 1
            tallied.unknown["results"] += linked.value(call) is UNKNOWN


def _place(summary: Summary, start: int) -> str:
    return f"{summary.path}@{start}"


def cause(linked: Linked, expression: Expression) -> str:
    """Return why nothing is known of an expression; empty where something is."""
    for _ in range(DEEP):
        if linked.value(expression) is not UNKNOWN:
            return ""
        inner = _inner(expression)
        if inner is None or linked.value(inner) is not UNKNOWN:
            return _says(linked, expression, inner)
        expression = inner
    return "too far away"


def _inner(expression: Expression) -> Expression | None:
    """Return the expression that another one takes what it is from."""
    expression = bare(expression)
    match expression:
        case Call():
            return expression.callee
        case Member() | Await() | Index():
            return expression.of
        case Name(binding=binding) if binding is not None and binding.form != "param":
            return binding.of if not isinstance(binding.of, Function | Class) else None
        case Name(binding=binding) if binding is not None and isinstance(binding.of, Function):
            site = outermost(binding.of).parent
            return site.callee if isinstance(site, Call) else None
        case _:
            return None


def _says(linked: Linked, expression: Expression, inner: Expression | None) -> str:
    """Name the step at which what is known ends."""
    expression = bare(expression)
    of = linked.value(inner) if inner is not None else None
    match expression:
        case Call():
            return f"the result of {_words(of)}"
        case Member():
            return f"a member of {_words(of)}"
        case Index():
            return f"an item of {_words(of)}"
        case Name(binding=None):
            return f"the global `{expression.text}`"
        case Name(binding=binding) if binding is not None:
            return _of_binding(linked, expression, of)
        case _:
            return f"a {type(expression).__name__.lower()}"


def _of_binding(linked: Linked, name: Name, of: Value | None) -> str:
    binding = name.binding
    if binding is None or binding.form == "import":
        return "an import that is not found"
    if binding.form != "param":
        taken = "taken out of" if binding.steps else "assigned again, first" if binding.writes else "declared as"
        return f"a name {taken} {_words(of)}"
    function = binding.of
    typed = isinstance(function, Function) and function.parameters[binding.parameter].type
    if of is not None:
        return f"a parameter of a callback of {_words(of)}"
    whole = isinstance(function, Function) and linked.parameter(function, binding.parameter) is not UNKNOWN
    part = "a part of a parameter" if binding.steps and whole else "a parameter"
    holder = outermost(function).parent if isinstance(function, Function) else None
    held = ", of a function in an object" if not isinstance(holder, Declare | None) else ""
    return f"{part} {f'of the type form `{typed.form}`' if typed else 'without a type'}{held}"


def _words(value: Value | None) -> str:  # noqa: PLR0911  one case a value
    match value:
        case None:
            return "nothing"
        case Package(specifier=specifier, name=name):
            return f"`{name}` of {specifier}"
        case Global(name=name):
            return f"the global `{name}`"
        case Method(of=of, name=name):
            return f"`{name}` of {_words(of)}"
        case Nullable(of=of):
            return _words(of)
        case Promise(of=of):
            return f"a promise of {_words(of)}"
        case Closure():
            return "a function of the project"
        case _:
            return type(value).__name__


def report(folder: str) -> Iterator[str]:
    """Yield the lines about one folder."""
    loaded = check.load(check.Request(cwd=folder, isolated=True), check.Memory())
    workspace, summaries = summaries_of(loaded.workspace)
    linked = Linked(workspace, summaries)
    root = Path(workspace.root)
    tallied, counted = Tally(), count_tokens.total([root / path for path in sorted(workspace.reported)])
    with room():
        for path in sorted(workspace.reported):
            tally(linked, summaries[path], tallied)
    yield f"{folder}: {counted.files} files"
    tokens = {"handlers": counted.handlers, "ctx": counted.ctx, "calls": counted.calls, "results": counted.calls}
    for what, number in tokens.items():
        seen, unknown = tallied.seen[what], tallied.unknown[what]
        share = 100 * unknown / max(seen, 1)
        yield f"  {what:9} {number:6} by tokens, {seen:6} seen, {unknown:6} unknown ({share:.1f} %)"
    for why, number in tallied.causes.most_common(10):
        yield f"  {number:6} {why} ({tallied.examples[why]})"


def main(folders: Sequence[str]) -> int:
    """Print what is known of each folder."""
    for folder in folders:
        print(*report(folder), sep="\n", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
