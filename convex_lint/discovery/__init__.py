"""The only walk over the disk: from the paths given to projects, and from projects to modules."""

from __future__ import annotations

from convex_lint.roles import is_test, role_of

from .changes import Changes, ChangesError, Since, changes
from .closure import load
from .described import described
from .disk import LIMIT
from .layout import DiscoveryError, Layout, Settings, find, workspace_root

__all__ = [
    "LIMIT",
    "Changes",
    "ChangesError",
    "DiscoveryError",
    "Layout",
    "Settings",
    "Since",
    "changes",
    "described",
    "find",
    "is_test",
    "load",
    "role_of",
    "workspace_root",
]
