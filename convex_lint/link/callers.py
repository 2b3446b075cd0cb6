"""Who refers to the functions of a project: its own code, clients, or what is not seen.

What counts is every way to a function that a reference leaves open. A part of one that is handed on (`api.users`, all
of `api`) leads to each function below it, and so does one that goes on with a computed member. What a text names in
any form counts, too, be it a comment.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from convex_lint import mentions
from convex_lint.link import modules
from convex_lint.link.shapes import outermost
from convex_lint.roles import is_test
from convex_lint.stubs import is_stub
from convex_lint.syntax.nodes import Declare, Member
from convex_lint.values import Reference, Structure
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Binding, Expression, Name
    from convex_lint.values import Value

_LOADED = re.compile(rb"""\b(?:import|require)\s*\(\s*["'`][^"'`\n]*_generated/api""")
"""How a module gets at references that is not followed."""

_MADE = re.compile(rb"""\bmakeFunctionReference\b\s*(?:<[^;]*?>)?\s*\(\s*(?!["'])[^)\s]""")
"""A reference that is made of a name which is not written there."""

_ROOTS = frozenset({"api", "internal", "anyApi"})
"""The names of what all references begin with."""

_ROLES = frozenset({Role.ENTRY, Role.LIBRARY, Role.CONFIGURATION})


class Mentions(NamedTuple):
    """What a module says of functions: references by the project and their path, and names in its text.

    With `anything` it may refer to any function.
    """

    paths: frozenset[tuple[str, str]] = frozenset()
    names: frozenset[str] = frozenset()
    anything: bool = False


NOTHING = Mentions()


class Usage(NamedTuple):
    """What the code of each functions folder says, by folder, and what all other files of the workspace say.

    `clients` are the functions folders whose functions a client refers to.
    """

    own: dict[str, Mentions]
    others: Mentions
    clients: frozenset[str] = frozenset()


UNSEEN = Usage({}, Mentions(anything=True))


class Callers(NamedTuple):
    """Who may refer to a function: code of its own project (`server`), or a text in it (`named`), or anything else.

    `seen` says that a client of its project is seen, and `surely` that code of its own project does refer to it: to the
    function by its whole path, and not to a part of what it is in.
    """

    server: bool = True
    named: bool = True
    others: bool = True
    seen: bool = False
    surely: bool = False


def mentioned(linked: Linked, path: str) -> Mentions:
    """Return what a module says of functions."""
    data = linked.text(path)
    found: set[tuple[str, str]] = set()
    anything = _LOADED.search(data) is not None or _MADE.search(data) is not None
    for imported in linked.summaries[path].code.imports:
        for binding in imported.bindings:
            held = linked.binding(binding, path)
            if isinstance(held, Reference) or _is_of_references(held, imported.specifier):
                found.update((one.project, ".".join(_parts(one))) for one in _led_to(linked, path, binding, held))
            elif binding.imported in _ROOTS:
                anything = anything or not all(_is_seen(use) for use in binding.uses)
    return Mentions(frozenset(found), frozenset(mentions.names(data, handed_on=False)), anything)


def _is_seen(use: Name) -> bool:
    """Say whether a name is the beginning of members, which are found in the text."""
    return use.text in _ROOTS and isinstance(outermost(use).parent, Member)


def _is_of_references(value: Value, specifier: str) -> bool:
    is_generated = modules.GENERATED in specifier
    return isinstance(value, Structure) and (is_generated or any(isinstance(one, Reference) for _, one in value.fields))


def _parts(reference: Reference) -> Iterator[str]:
    """Yield the parts of a path, those that are paths themselves taken apart: `internal["lib/mail"].send`."""
    for part in reference.path:
        yield from part.removesuffix(".js").split("/")


def _led_to(linked: Linked, path: str, binding: Binding, held: Value) -> Iterator[Reference]:
    """Yield the references, and the parts of some, that the uses of a name may lead to."""
    exported = linked.summaries[path].exported.get(binding, [])
    if any(name not in modules.ROOTS for name in exported):
        yield from _held(held)  # under another name it may be met anywhere
    for use in binding.uses:
        node, value = _longest(linked, use, held)
        declared = node.parent
        if isinstance(declared, Declare) and not any(one.writes for one in declared.bindings):
            yield from _declared(linked, path, declared, value)
        elif not (use.parent is None and exported):
            yield from _held(value)


def _longest(linked: Linked, use: Expression, held: Value) -> tuple[Expression, Value]:
    """Return the longest reference that a use of a name is the beginning of, and what it is."""
    node: Expression = outermost(use)
    while isinstance(node.parent, Member) and node.parent.of is node:
        value = linked.value(node.parent)
        if not isinstance(value, Reference | Structure):
            break
        node, held = outermost(node.parent), value
    return node, held


def _declared(linked: Linked, path: str, declared: Declare, value: Value) -> Iterator[Reference]:
    for binding in declared.bindings:
        held = linked.binding(binding, path)
        if isinstance(held, Reference) or (isinstance(held, Structure) and not binding.steps):
            yield from _led_to(linked, path, binding, held)
        else:
            yield from _held(value)


def _held(value: Value) -> Iterator[Reference]:
    if isinstance(value, Reference) and value.root != "components":
        yield value
    elif isinstance(value, Structure):
        for _, field in value.fields:
            yield from _held(field)


def usage(linked: Linked) -> Usage:
    """Return what all modules say of functions."""
    workspace = linked.workspace
    own: dict[str, list[Mentions]] = {}
    others = [Mentions(names=workspace.mentions or frozenset(), anything=workspace.mentions is None)]
    clients: set[str] = set()
    for path in linked.summaries:
        role = linked.role(path)
        if is_stub(path) or role is Role.GENERATED:
            continue
        said = linked.mentioned(path)
        project = linked.project_of(path)
        if project is not None and role in _ROLES:
            own.setdefault(project.folder, []).append(said)
        else:
            others.append(said)
            if role is Role.CLIENT and not is_test(path):
                clients.update(folder for folder, _ in said.paths)
    return Usage({folder: _together(each) for folder, each in own.items()}, _together(others), frozenset(clients))


def _together(said: list[Mentions]) -> Mentions:
    return Mentions(
        frozenset().union(*(one.paths for one in said)),
        frozenset().union(*(one.names for one in said)),
        any(one.anything for one in said),
    )


def of(linked: Linked, folder: str, name: str) -> Callers:
    """Return who may refer to a function of a functions folder, named as in a reference: `messages.list`."""
    known = linked.usage()
    own = known.own.get(folder, NOTHING)
    elsewhere = (said for other, said in known.own.items() if other != folder)
    return Callers(
        server=_refers_to(own, folder, name),
        named=_names(own, name),
        others=any(_refers_to(said, folder, name) or _names(said, name) for said in (known.others, *elsewhere)),
        seen=folder in known.clients,
        surely=(folder, name) in own.paths,
    )


def _refers_to(said: Mentions, folder: str, name: str) -> bool:
    """Say whether a reference may mean a function, or a part of one that it is below."""
    parts = name.split(".")
    beginnings = (".".join(parts[:end]) for end in range(len(parts) + 1))
    return said.anything or any((home, one) in said.paths for one in beginnings for home in (folder, ""))


def _names(said: Mentions, name: str) -> bool:
    """Say whether a text names a function, with its module or alone, or hands on a part that it is below."""
    *_, last = parts = name.split(".")
    parts_above = (".".join(parts[:end]) + "." for end in range(1, len(parts)))
    return name in said.names or last in said.names or any(part in said.names for part in parts_above)
