"""What other linters for Convex look for, and which rules here look for the same: read from `peers.toml`.

The file is the only place that knows their names: the list of the rules, the documents and the tests are made from it.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from convex_lint.records import record
from convex_lint.rule import Preset

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from convex_lint.rule import Rule

FILE = Path(__file__).with_suffix(".toml")
NAMES = ("eslint", "oxlint", "convex-doctor")
"""The peers, by the names that they have on the command line."""


class Verdict(StrEnum):
    """What became of a rule of theirs here: all, what of it is a fault, its part in Convex, by name only, nothing.

    That ours has to be turned on by name is no matter of the file: `verdict` says it of the rules that there are.
    """

    ADOPT = "adopt"
    ADAPT = "adapt"
    SHARE = "share"
    OPT_IN = "opt-in"
    REJECT = "reject"


@record
class Theirs:
    """A rule of theirs, what became of it, and the rules of ours that report what it reports.

    `case` is the heading of the case of the first of ours that shows what theirs is about; None where its page does.
    `why` says what ours leaves out, or why there is none.
    """

    name: str
    verdict: Verdict
    ours: tuple[str, ...]
    case: str | None
    why: str


@record
class Peer:
    """Another linter with its rules for Convex, in the version that they were read in."""

    title: str
    rules: tuple[Theirs, ...]


@cache
def peers() -> Mapping[str, Peer]:
    """Return the other linters by name."""
    import tomllib  # noqa: PLC0415  not for every run

    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {name: _peer(read, name) for name in NAMES}


def verdict(theirs: Theirs, rules: Mapping[str, Rule]) -> Verdict:
    """Return what became of a rule of theirs, with the rules that there are."""
    ours = [rules[name] for name in theirs.ours if name in rules]
    if not ours:
        return Verdict.REJECT
    return Verdict.OPT_IN if all(rule.preset == Preset.OPT_IN for rule in ours) else theirs.verdict


def replaced(rules: Iterable[str]) -> Mapping[str, Mapping[str, list[str]]]:
    """Return, for each of some rules of ours, the rules of each peer that report what it reports."""
    found: dict[str, dict[str, list[str]]] = {name: {} for name in rules}
    pairs = [(theirs, name, ours) for name, peer in peers().items() for theirs in peer.rules for ours in theirs.ours]
    for theirs, name, ours in pairs:
        if ours in found:
            found[ours].setdefault(name, []).append(theirs.name)
    return found


def _peer(read: Mapping[str, Any], name: str) -> Peer:
    """Return a peer; one that runs the plugin of another one has its rules, perhaps under other prefixes."""
    own = read[name]
    rules = read[own["like"]]["rules"] if "like" in own else own["rules"]
    renamed = own.get("renamed", {})
    return Peer(own["title"], tuple(_theirs(_renamed(rule, renamed), entry) for rule, entry in rules.items()))


def _renamed(name: str, prefixes: Mapping[str, str]) -> str:
    for old, new in prefixes.items():
        if name.startswith(old):
            return new + name.removeprefix(old)
    return name


def _theirs(name: str, entry: Mapping[str, Any]) -> Theirs:
    return Theirs(
        name, Verdict(entry["verdict"]), tuple(entry.get("ours", ())), entry.get("case"), entry.get("why", "")
    )
