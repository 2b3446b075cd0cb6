"""The rules: one module each, named as the rule."""
