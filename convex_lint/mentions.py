"""What may be the name of a function of Convex in a text that is not looked at as code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATH = re.compile(rb"(?<![\w-])([\w-]+(?:/[\w-]+)*+)(?:\.js)?:([A-Za-z_$][\w$]*)")
_BEGUN = re.compile(rb"""["'`]([\w-]+(?:/[\w-]+)*):(?:["']\s*\+|\$\{)""")
"""The name of a function that is put together: `"messages:" + name`, or the key of a cache."""

_ENDPOINT = re.compile(rb"/api/(?:query|mutation|action)\b")
"""Where functions are run by their names over HTTP."""

_DOTTED = re.compile(rb"\b(?:api|internal|anyApi)\b(?:\s*[?!]?\.\s*[A-Za-z_$][\w$]*)+")
_TOLD = re.compile(
    rb"""(?i:\b(?:use|run|call|invoke|trigger|execute|via)\b)[^\n|#.]{0,100}(?:\n[^\n|#.]{0,100})?"""
    rb"""`([\w-]+(?:[./][\w-]+)*)\.([A-Za-z_$][\w$]*)(?:\(\))?`"""
)
"""What prose says to run: "run `messages.purge`". That a list of all functions has it says no such thing."""

_RUN = re.compile(rb"/api/run/([\w/-]+)")
_WORD = re.compile(rb"[A-Za-z_$][\w$]*")


def names(data: bytes, *, handed_on: bool = True) -> Iterator[str]:
    """Give them as in a reference: `messages.list` for `messages:list`, `api.messages.list`, `/api/run/messages/list`.

    Of members one after another each may be the last one; all of them, `messages.`, may be the way to more, where it is
    not seen whether they are `handed_on`.
    """
    for module, name in _PATH.findall(data):
        parts = module.decode().split("/")
        yield from (".".join((*parts[start:], name.decode())) for start in range(len(parts)))
    for module in _BEGUN.findall(data) if _ENDPOINT.search(data) else ():
        yield f"{module.decode().replace('/', '.')}."
    for found in _DOTTED.findall(data):
        _, *parts = (part.decode() for part in _WORD.findall(found))
        yield from (".".join(parts[:end]) for end in range(2, len(parts) + 1))
        if handed_on:
            yield f"{'.'.join(parts)}."
    for found in _RUN.findall(data):
        yield found.decode().strip("/").replace("/", ".")


def told(data: bytes) -> Iterator[str]:
    """Give what may be the names of functions that prose says to run."""
    for module, name in _TOLD.findall(data):
        parts = module.decode().replace("/", ".").split(".")
        yield from (".".join((*parts[start:], name.decode())) for start in range(len(parts)))


def words(data: bytes) -> Iterator[str]:
    """Give all words, where it is not known how functions are named."""
    yield from (word.decode() for word in set(_WORD.findall(data)))
