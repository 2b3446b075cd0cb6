"""The only walk over the disk: from the paths given to projects, and from projects to modules."""

from __future__ import annotations

from .closure import load
from .described import described
from .disk import LIMIT
from .layout import DiscoveryError, Layout, Settings, find, workspace_root
from .roles import is_test, role_of

__all__ = [
    "LIMIT",
    "DiscoveryError",
    "Layout",
    "Settings",
    "described",
    "find",
    "is_test",
    "load",
    "role_of",
    "workspace_root",
]
