"""Which modules a module loads: its imports as they are left when it is bundled."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.link import Linked
    from convex_lint.summary import Summary
    from convex_lint.syntax.nodes import Import

_JAVASCRIPT = (".js", ".jsx", ".mjs", ".cjs")


def loaded(linked: Linked, summary: Summary) -> Iterator[str]:
    """Yield the modules of the workspace that a module loads before it runs, in their order.

    Of TypeScript, esbuild leaves out an import none of whose names is used as a value, unless `tsconfig.json` says that
    the syntax is meant as it is written (`verbatimModuleSyntax`).
    """
    for found in summary.code.imports:
        path = linked.resolve(found.specifier, summary.path) if is_kept(linked, summary, found) else None
        if path is not None:
            yield path


def is_kept(linked: Linked, summary: Summary, found: Import) -> bool:
    """Say whether an import, or a re-export, is still there when the module is bundled."""
    if found.type_only or not found.specifier:
        return False
    if found.form != "import" or summary.path.endswith(_JAVASCRIPT):
        return True
    is_used = any(binding.uses and not binding.type_only for binding in found.bindings)
    return is_used or linked.workspace.is_verbatim(summary.path)
