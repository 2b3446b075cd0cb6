"""What was found before and is forgiven, so that only what is new is reported: plain data, no disk.

A finding is known again by its file, its rule and its `Mark`: a hash of the line that it stands in, and the name of the
definition around it. So it may move within its file; and where one fault is mended and another one made, the new one is
reported, which a count of findings for each file and rule would hide.
"""

from __future__ import annotations

from .document import BaselineError, dump, parse
from .marks import Baseline, Mark, mark_of
from .matching import Forgiven, forgive, grown

__all__ = ["NAME", "Baseline", "BaselineError", "Forgiven", "Mark", "dump", "forgive", "grown", "mark_of", "parse"]

NAME = "convex-lint-suppressions.json"
"""The file that holds it, in the workspace root."""
