"""Where the rules are in a checkout: the folder beside this package (a wheel carries them inside)."""

from pathlib import Path

__path__ = [str(Path(__file__).resolve().parent.parent / "rules")]
