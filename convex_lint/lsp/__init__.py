"""The language server: what an editor shows while a file is written. Only this package knows pygls."""

from __future__ import annotations

from .server import serve

__all__ = ["serve"]
