"""A configuration file under validation: its values with their places, and what is wrong with them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from convex_lint.jsonc import position
from convex_lint.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from convex_lint.jsonc import Node

_LONG = 100


class Problem(NamedTuple):
    """One thing wrong in a configuration: the file's path as shown, line and column from 1, and what."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        """Return it as a line that terminals and editors make a link of."""
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return f"{place}: {self.message}"


class ConfigError(Exception):
    """Everything that is wrong with the configuration; the text has one problem a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class Document:
    """A file's text and path, and the problems of the whole configuration, which its files share."""

    __slots__ = ("path", "problems", "text")

    def __init__(self, path: str, text: str, problems: list[Problem]) -> None:
        self.path = path
        self.text = text
        self.problems = problems

    def fail(self, offset: int, message: str) -> None:
        """Note a problem at an offset."""
        line, column = position(self.text, offset)
        self.problems.append(Problem(self.path, line, column, message))

    def expect(self, node: Node, what: str) -> None:
        """Note that a value is not what it should be."""
        self.fail(node.start, f"expected {what}, found {_kind(node)}")

    def members(self, node: Node, what: str) -> dict[str, Node]:
        """Return the members of an object."""
        if isinstance(node.value, dict):
            return node.value
        self.expect(node, what)
        return {}

    def known_members(self, node: Node, what: str, known: Iterable[str]) -> dict[str, Node]:
        """Return the members of an object whose keys are known; the others are problems."""
        known = tuple(known)
        members = self.members(node, what)
        for name, member in members.items():
            if name not in known:
                self.fail(member.key, f"unknown key `{shown(name)}`{meant(name, known)}")
        return {name: member for name, member in members.items() if name in known}

    def string(self, node: Node, what: str = "a string") -> str | None:
        """Return a string."""
        if isinstance(node.value, str):
            return node.value
        self.expect(node, what)
        return None

    def strings(self, node: Node, what: str = "a string or a list of strings") -> list[tuple[str, Node]]:
        """Return the strings of a list, or one alone, each with its node."""
        items = node.value if isinstance(node.value, list) else [node]
        return [(text, item) for item in items if (text := self.string(item, what)) is not None]

    def boolean(self, node: Node) -> bool:
        """Return a truth value."""
        if isinstance(node.value, bool):
            return node.value
        self.expect(node, "true or false")
        return False


def inside(path: str, root: str) -> str:
    """Return a path relative to the root, with `/` between parts; one that lies outside stays as it is."""
    try:
        found = os.path.relpath(path, root).replace(os.sep, "/")
    except ValueError:  # another drive of Windows
        return path
    return path if found.startswith("../") else found


def meant(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean …` for the known name nearest to a word, or nothing."""
    found = nearest(word, known)
    return f"; did you mean `{found}`?" if found is not None else ""


def shown(text: str) -> str:
    """Return what a user wrote in a form that any output can carry."""
    short = text if len(text) <= _LONG else f"{text[:_LONG]}…"
    return short.encode("utf-8", "replace").decode()


def _kind(node: Node) -> str:
    value = node.value
    if isinstance(value, str):
        return f"`{shown(value)}`"
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    if isinstance(value, (int, float)):
        return shown(str(value))
    return "a list" if isinstance(value, list) else "an object"
