"""Rewritings that cannot change what a program means, and so must not change what is found in it.

Each takes the files of an example, with their imports, to files that mean the same, or to None where it has
nothing to rewrite.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.testing.variants.handlers import destructured_ctx, moved_handler
from convex_lint.testing.variants.layout import as_any, parenthesised, reformatted
from convex_lint.testing.variants.modules import as_js, reexported_builder
from convex_lint.testing.variants.names import renamed_ctx, renamed_locals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from convex_lint.testing.variants.variant import Variant

VARIANTS: Mapping[str, Callable[[Mapping[str, str]], Variant | None]] = {
    "parenthesised": parenthesised,
    "reformatted": reformatted,
    "as-any": as_any,
    "renamed-locals": renamed_locals,
    "renamed-ctx": renamed_ctx,
    "destructured-ctx": destructured_ctx,
    "moved-handler": moved_handler,
    "reexported-builder": reexported_builder,
    "as-js": as_js,
}
"""The variants by the names that a page opts out of."""
