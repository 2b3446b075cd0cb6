"""What a rewriting gives, and how what is found in it is compared."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from convex_lint.testing.trees import changed, is_code, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tree_sitter import Node

    from convex_lint.diagnostics import Diagnostic
    from convex_lint.testing.trees import Change

Found = tuple[str, str, str, str]
"""A finding without its place: path, rule, message, and the text that it is at."""


_WORD = re.compile(r"[\w$]+|\W")
_NEAR = 400
"""Characters behind the start of a finding in which its first word surely is."""


@dataclass(frozen=True, slots=True)
class Variant:
    """The files of a rewritten example.

    `names` and `paths` map what is new to what it was called before. `moves` says that code changed its order,
    or its form, so that only messages can be compared.
    """

    files: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)
    paths: Mapping[str, str] = field(default_factory=dict)
    moves: bool = False

    def found(self, diagnostics: Iterable[Diagnostic]) -> list[Found]:
        """Return what is found, in the words of the example before it was rewritten."""
        said = [self._found(item) for item in sorted(diagnostics, key=lambda diagnostic: diagnostic.order)]
        return sorted((path, rule, message, "") for path, rule, message, _ in said) if self.moves else said

    def _found(self, diagnostic: Diagnostic) -> Found:
        path, span = diagnostic.place.path, diagnostic.place.span
        text = self.files.get(path, "").encode()[span.start :].decode("utf-8", "replace") if span else ""
        return (
            self.paths.get(path, path),
            diagnostic.rule,
            self._plain(diagnostic.message),
            self._first_word(text[:_NEAR]),
        )

    def _first_word(self, text: str) -> str:
        """Return the word that a finding starts with: its end moves with the lines, which some rewritings break."""
        spaced = self._plain(
            re.sub(r"[\s();]+", " ", re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.DOTALL)), blank=" "
        )
        first = _WORD.match(re.sub(r" *\. *", ".", spaced).replace("ctx.", "").strip())
        return first[0] if first else ""

    def _plain(self, text: str, blank: str = "") -> str:
        """Return a text without what the rewritings add or take away."""
        for new, old in self.paths.items():
            text = text.replace(new, old).replace(posixpath.basename(new), posixpath.basename(old))
        text = re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.DOTALL)
        text = re.sub(r"[A-Za-z_$][\w$]*", lambda match: self.names.get(match[0], match[0]), text)
        text = re.sub(r"\bas any\b|[\s();]", blank, text)
        return re.sub(r"\bctx\.", "", text)


def rewritten(
    files: Mapping[str, str], change: Callable[[str, Node], Iterable[Change]], names: Mapping[str, str] | None = None
) -> Variant | None:
    """Return a variant in which each module is changed as told, or None where nothing changes."""
    after = {
        path: changed(text, change(path, parse(path, text))) if is_code(path) else text for path, text in files.items()
    }
    return None if after == dict(files) else Variant(after, names or {})
