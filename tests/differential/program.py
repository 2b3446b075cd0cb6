"""A small Convex backend that is both linted and run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SERVER = 'import { query, mutation, internalMutation, httpAction } from "./_generated/server";\n'
VALUES = 'import { v } from "convex/values";\n'


@dataclass(frozen=True)
class Program:
    """The files of a backend, which are JavaScript and TypeScript, by their names in `convex/` without an ending.

    `entry` is the module that is run and `how` what is done with it (the cases of `run.mjs`). `hides` says that what
    the program does is computed, so that a linter cannot know it: it may be silent, but it must not be wrong.
    """

    how: str
    entry: str
    files: Mapping[str, str] = field(hash=False)
    hides: bool = False

    @property
    def text(self) -> str:
        """Return the module that is run."""
        return self.files[self.entry]
