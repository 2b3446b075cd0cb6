"""The stubs of npm packages say what the packages' own type declarations say."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from convex_lint import engine, stubs
from convex_lint.link import Linked
from convex_lint.link.members import member
from convex_lint.link.signatures import Given
from convex_lint.values import (
    UNKNOWN,
    Builder,
    ClassOf,
    Closure,
    Instance,
    Method,
    Nullable,
    Promise,
    Reference,
    Registration,
    Signature,
    Structure,
    Value,
    present,
)
from tests.npm import DECLARATIONS, PINS, needed

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = sorted(path.relative_to(stubs.FOLDER).as_posix().removesuffix(".ts") for path in stubs.FOLDER.rglob("*.ts"))
"""What is described, as it is imported."""

UNSEEN = {
    "convex-ents": r".* (edge|edgeX) (\(\)|#0)( .*)?| .* edgeX",  # what an edge leads to hangs on the schema
    # The name of `execute` before version 0.6; the results of `ai` 7, which is another one than is described.
    "@convex-dev/agent": r"createTool #0 handler( .*)?|.* streamText \(\) await .*",
}
"""What the declarations cannot say, or do not say any more, as a pattern of the ways to it, by module."""

READER = Path(__file__).with_name("declarations.cjs")
DEEP = 8


class Said(NamedTuple):
    """What a stub says of something: the way to it from an export, and what it is."""

    path: tuple[str, ...]
    value: Value


def package_of(specifier: str) -> str:
    """Return the package that a module belongs to."""
    if specifier.split("/", maxsplit=1)[0] in {"fs", "timers"}:
        return "@types/node"
    return "/".join(specifier.split("/")[: 2 if specifier.startswith("@") else 1])


@cache
def linked() -> Linked:
    """Return a project that imports all that is described."""
    text = "".join(f'import * as m{at} from "{name}";\n' for at, name in enumerate(FILES))
    return Linked(*engine.summaries_of(engine.of_texts({"convex/a.ts": text})))


def said(specifier: str) -> Iterator[Said]:
    """Yield all that a stub says."""
    summary = linked().summaries[stubs.path_of(specifier)]
    seen: set[Value] = set()
    for name in summary.exports:
        yield from _within(Said((name,), linked().export(summary.path, name)), seen)


def _within(one: Said, seen: set[Value]) -> Iterator[Said]:
    yield one
    path, value = one.path, present(one.value)
    if value in seen or len(path) > DEEP:
        return
    if isinstance(value, Closure | ClassOf | Instance | Method):
        seen.add(value)
    for step, inner in _parts(value):
        yield from _within(Said((*path, step), inner), seen)


def _parts(value: Value) -> Iterator[tuple[str, Value]]:  # noqa: C901  one case a value
    match value:
        case Closure() if stubs.is_stub(value.path):
            yield "()", linked().given(value.path, value.ordinal)
            yield from _parameters(value)
        case Method(of=Instance() as of):
            method = linked().member(of.of, value.name, of.given)
            if isinstance(method, Closure):
                yield "()", linked().applied(method.path, method.ordinal, Given(of))
                yield from _parameters(method, of)
        case Signature():
            yield "()", value.of
            yield from ((f"#{at}", one) for at, one in enumerate(value.takes))
        case ClassOf():
            yield "new", Instance(value)
            constructor = linked().member(value, "constructor")
            yield from _parameters(constructor) if isinstance(constructor, Closure) else ()
        case Instance():
            node = linked().summaries[value.of.path].code.classes[value.of.ordinal]
            names = dict.fromkeys([*(entry.key for entry in node.members), *node.types])
            for name in names:
                if name not in {None, "constructor"}:
                    yield str(name), member(linked(), value, str(name))
            above = linked().base(value.of, value.given)
            yield from _parts(above) if above is not None else ()
        case Promise():
            yield "await", value.of
            yield from _parts(value.also) if value.also is not None else ()
        case Structure():
            yield from value.fields
        case _:
            pass


def _parameters(closure: Closure, of: Value = UNKNOWN) -> Iterator[tuple[str, Value]]:
    for at, _ in enumerate(linked().function(closure).parameters):
        yield f"#{at}", linked().takes(closure.path, closure.ordinal, Given(of), at)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder where the packages that are described are installed, and no others."""
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    folder = tmp_path_factory.mktemp("installed")
    for name in sorted({"convex", *map(package_of, FILES)}):
        target = folder / "node_modules" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(needed(name), target, ignore=shutil.ignore_patterns("*.js", "*.map", "*.jsx", "src"))
    return folder


@pytest.fixture(scope="module")
def declared(installed: Path) -> dict[tuple[str, tuple[str, ...]], frozenset[str]]:
    """Return what the declarations say of all that the stubs speak of."""
    questions = [(name, one.path) for name in FILES for one in said(name)]
    command = ["node", str(READER), str(needed("typescript")), str(installed)]
    asked = json.dumps([{"module": name, "path": path} for name, path in questions])
    done = subprocess.run(command, input=asked, capture_output=True, encoding="utf-8", check=True)
    return {question: frozenset(answer) for question, answer in zip(questions, json.loads(done.stdout), strict=True)}


def disagreement(value: Value, answer: frozenset[str]) -> str | None:  # noqa: PLR0911  one case a value
    """Return what the declarations should say, or None where they say it."""
    real = {"promise" if one.startswith("promise with") else one for one in answer - {"nothing"}}
    more = {name for one in answer if one.startswith("promise with") for name in one.split()[2:]}
    match present(value):
        case _ if "missing" in answer:
            return "it exists"
        case _ if answer == {"type"}:
            return None
        case Promise(also=also) if more and not _has(also, more):
            return f"a promise that has {', '.join(sorted(more))}"
        case Promise():
            wanted = real == {"promise"} and (isinstance(value, Nullable) or "nothing" not in answer)
            return None if wanted else "a promise"
        case Registration(builder=Builder() as builder):
            what = f"{builder.kind} {'internal' if builder.internal else 'public'}"
            return None if real and all(what.startswith(one) for one in real - {"value"}) else what
        case Closure() | Signature() | Builder() | ClassOf() | Method():
            return None if real & {"function", "value", "any"} and "promise" not in real else "a function"
        case Reference():
            return None if "reference" in real else "a reference"
        case _:
            return "no promise" if real == {"promise"} else None


def _has(also: Value | None, names: set[str]) -> bool:
    return also is not None and all(member(linked(), also, name) is not UNKNOWN for name in names)


@pytest.mark.parametrize("specifier", FILES)
def test_a_stub_agrees_with_what_is_published(
    specifier: str, declared: dict[tuple[str, tuple[str, ...]], frozenset[str]]
) -> None:
    wrong = []
    for one in said(specifier):
        way = " ".join(one.path)
        answer = declared[specifier, one.path]
        wanted = disagreement(one.value, answer)
        if wanted is not None and not re.fullmatch(UNSEEN.get(specifier, "(?!)"), way):
            wrong.append(f"{way}: said to be {wanted}, declared as {', '.join(sorted(answer))}")
    assert wrong == []


@pytest.mark.parametrize("specifier", FILES)
def test_a_stub_parses_and_names_the_version_that_it_was_written_for(specifier: str) -> None:
    summary = linked().summaries[stubs.path_of(specifier)]
    assert not summary.code.errors
    assert summary.exports or summary.stars
    first = (stubs.FOLDER / f"{specifier}.ts").read_text("utf-8").splitlines()[0]
    named = re.match(r"// (\S+) ([\d.]+)(?::|$)", first)
    name = package_of(specifier)
    assert named is not None
    assert named.groups() == (name, {**PINS, **DECLARATIONS}[name].version)
