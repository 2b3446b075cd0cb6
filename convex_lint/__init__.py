"""A linter for Convex backends that understands the whole project."""
