"""Hold rules to their pages: what rule packs test with.

`check_page` and `check_cases` say whether a rule finds what its page and its cases draw, fixes as they show, and
finds the same however the code is written. `convex_lint.testing.fuzz.no_crash` needs hypothesis.
"""

from __future__ import annotations

from convex_lint.testing.checks import Lint, check_cases, check_page, problems_of, variant_problems
from convex_lint.testing.form import code_lines, message_problems, overlaps, page_problems
from convex_lint.testing.prelude import with_preludes
from convex_lint.testing.variants import VARIANTS

__all__ = [
    "VARIANTS",
    "Lint",
    "check_cases",
    "check_page",
    "code_lines",
    "message_problems",
    "overlaps",
    "page_problems",
    "problems_of",
    "variant_problems",
    "with_preludes",
]
