"""A linter for Convex backends that understands the whole project."""

__version__ = "0.1.0"
