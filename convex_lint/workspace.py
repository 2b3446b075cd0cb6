"""What is linted together: the files that were read, and the projects they make up. Plain data, no disk."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from convex_lint.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from convex_lint.source import Source

SUFFIXES = (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs")
"""The endings of the files that are modules."""


class Role(StrEnum):
    """What a module is to its project."""

    ENTRY = "entry"
    """Convex bundles it and deploys the functions that it exports."""
    LIBRARY = "library"
    """It is read because an entry imports it, or lies in the functions folder without being an entry."""
    CONFIGURATION = "configuration"
    """`schema`, `auth.config`, `convex.config`."""
    TEST = "test"
    CLIENT = "client"
    """It lies outside of what is deployed, and is read for the functions that it runs: the front end, a script."""
    GENERATED = "generated"


@record
class Alias:
    """One entry of `paths` in a `tsconfig.json`: in files below `folder`, `pattern` stands for `targets`.

    All paths are relative to the workspace root; a pattern and its targets have at most one `*` each.
    """

    folder: str
    pattern: str
    targets: tuple[str, ...]


@record
class BuilderSetting:
    """A function builder that the configuration declares, for builders that cannot be resolved.

    `kind` is `query`, `mutation`, `action` or `httpAction`.
    """

    name: str
    kind: str
    internal: bool = False


@record
class Project:
    """One functions folder, relative to the workspace root (`convex`, `apps/web/convex`, or `.`).

    `convex` is the resolved version of the `convex` package, or None where it is not known; where it is not `is_exact`,
    it is the lowest one of a range, and a later one may be installed. `helpers` is that of `convex-helpers`, which is
    looked for where it is imported. With `static_api` the generated code has the types of the functions written out
    (`codegen.staticApi` of `convex.json`), and does not make them of the modules.
    """

    folder: str
    convex: tuple[int, ...] | None = None
    builders: tuple[BuilderSetting, ...] = ()
    helpers: tuple[int, ...] | None = None
    is_exact: bool = True
    static_api: bool = False

    def is_before(self, version: tuple[int, ...]) -> bool:
        """Say whether the `convex` package is surely older than a version."""
        return self.convex is not None and self.is_exact and self.convex < version

    def holds(self, path: str) -> bool:
        """Say whether a path lies in the functions folder."""
        return self.folder == "." or path.startswith(f"{self.folder}/")

    def is_beside(self, path: str) -> bool:
        """Say whether a path lies where the functions folder does: other packages of a workspace lie elsewhere."""
        app = self.folder.rpartition("/")[0]
        return not app or path.startswith(f"{app}/")


@dataclass(frozen=True, slots=True)
class Workspace:
    """All that one run reads: an immutable set of files with the projects that they belong to.

    `sources` has every module that was read, by its path relative to `root` with `/` between parts.
    `reported` are the paths that findings are shown for (never generated files). `aliases` come from
    `tsconfig.json`, the deepest folder first; `packages` maps the name of a workspace package to the
    path of the module that its name stands for, and `name/sub` forms to theirs. `roles` has the role of
    each source. `polyfills` are the modules of Node that an npm package of the same name, or a setting of
    `package.json`, stands in for. `untracked` are the functions folders whose generated code git
    ignores. `verbatim` says of each folder with a `tsconfig.json` whether imports of names that are not used are left
    in bundles. `stubs` are the user's own descriptions of packages, by the paths that these stand at (see `stubs`).
    `mentions` are what may be names of functions in the other files of the workspace, `messages.list`; None where
    it was not looked for them, nor for all that may run functions. `tests` are the tests of the functions folders,
    where these are not linted: what they say is known by their texts alone.
    """

    root: str = "."
    projects: tuple[Project, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    reported: frozenset[str] = frozenset()
    aliases: tuple[Alias, ...] = ()
    packages: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    polyfills: frozenset[str] = frozenset()
    untracked: frozenset[str] = frozenset()
    verbatim: Mapping[str, bool] = field(default_factory=dict)
    stubs: Mapping[str, Source] = field(default_factory=dict)
    mentions: frozenset[str] | None = None
    tests: Mapping[str, Source] = field(default_factory=dict)

    def with_source(self, source: Source) -> Workspace:
        """Return the workspace with one file changed or added."""
        return replace(self, sources={**self.sources, source.path: source})

    def is_verbatim(self, path: str) -> bool:
        """Say whether imports of names that are not used are left in what a module is bundled to."""
        folder = path
        while self.verbatim and folder:
            folder = folder.rpartition("/")[0]
            found = self.verbatim.get(folder or ".")
            if found is not None:
                return found
        return False

    def project_of(self, path: str) -> Project | None:
        """Return the innermost project whose functions folder holds a path."""
        found = [project for project in self.projects if project.holds(path)]
        return max(found, key=lambda project: len(project.folder), default=None)
