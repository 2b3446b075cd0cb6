"""The settings of a run: which rules hold for which file, and what else was configured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from convex_lint.diagnostics import Severity
from convex_lint.globs import Patterns, covers
from convex_lint.records import record
from convex_lint.rule import Level, Preset, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from convex_lint.workspace import BuilderSetting

Levels = Mapping[str, Level]

WORDS = {None: "off", Severity.WARNING: "warn", Severity.ERROR: "error"}
"""How each severity is written in a configuration."""


SHARED: Mapping[str, str] = {
    "authHelpers": "Functions that check who calls and that cannot be read, by name.",
    "public": "Functions that are open to everyone by design, as `module:name`; globs may stand for several.",
    "boundedTables": "Tables that stay small, so that all of one may be read.",
}
"""The settings that are an option of every rule that has one of the name, and that say it once for all of them."""


class Setting(NamedTuple):
    """What a configuration says of a rule: None is off. `scoped` is said for certain files only."""

    severity: Severity | None
    options: object | None = None
    scoped: bool = False


@record
class Layer:
    """Rules set together: by a preset, by a file, or by an override for the paths that its globs cover."""

    rules: Mapping[str, Setting]
    files: tuple[str, ...] = ()
    patterns: Patterns = ()


class Chosen(NamedTuple):
    """The rules that `--select` and `--ignore` name. `named` are by their own name, `grouped` with a set."""

    active: bool = False
    named: frozenset[str] = frozenset()
    grouped: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()


_ALL = Chosen()

Nested: TypeAlias = "Callable[[str], Config | None]"
"""The settings that hold in a folder, where a file further down says others than the one that was started with."""


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a run. All paths are relative to the workspace root, with `/` between parts.

    `files` are the configuration files that were read, the nearest first; `folder` is the folder that globs
    and `functions` are relative to ("" for the root). `client_roots` are folders of front ends, and `stubs` those that
    describe packages. `shared` are the options that are said once for all rules (see `SHARED`), and `nested` finds the
    settings of files further down.
    """

    rules: tuple[Rule, ...]
    layers: tuple[Layer, ...]
    files: tuple[str, ...] = ()
    folder: str = ""
    functions: tuple[str, ...] = ()
    builders: tuple[BuilderSetting, ...] = ()
    client_roots: tuple[str, ...] = ()
    stubs: tuple[str, ...] = ()
    ignore_patterns: tuple[str, ...] = ()
    ignored: Patterns = ()
    include_tests: bool = False
    shared: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    chosen: Chosen = _ALL
    nested: Nested | None = None
    _levels: dict[tuple[int, ...], Levels] = field(default_factory=dict, init=False, repr=False, compare=False)

    def of(self, path: str) -> Config:
        """Return the settings that hold for a file: those of the nearest configuration above it."""
        found = self.nested(path.rpartition("/")[0]) if self.nested is not None else None
        return found if found is not None else self

    def levels(self, path: str) -> Levels:
        """Return the rules that are on for a file, each with its severity and options.

        Files under the same overrides get the very same mapping.
        """
        own = self.of(path)
        if own is not self:
            return own.levels(path)
        inside = self._inside(path)
        key = tuple(
            i
            for i, layer in enumerate(self.layers)
            if not layer.files or (inside is not None and covers(layer.patterns, inside))
        )
        known = self._levels.get(key)
        if known is None:
            known = self._merged(self.layers[i] for i in key)
            self._levels[key] = known
        return known

    def asks(self, given: type[Any]) -> bool:
        """Say whether a rule that is on, for some files at least, asks about a project-wide fact."""
        asking = {rule.name: rule for rule in self.rules if given in rule.given}
        settings = ((name, layer.rules.get(name)) for layer in (*self.layers, Layer({})) for name in asking)
        return any(self._severity(asking[name], setting) is not None for name, setting in settings)

    def ignores(self, path: str) -> bool:
        """Say whether `ignorePatterns` cover a file or a folder."""
        own = self.of(path)
        if own is not self:
            return own.ignores(path)
        inside = self._inside(path) if self.ignored else None
        return inside is not None and covers(self.ignored, inside)

    def resolved(self, path: str | None = None) -> dict[str, object]:
        """Return the settings as `--print-config` shows them: of all files, or as they are for one."""
        general = [layer for layer in self.layers if not layer.files]
        levels = self.levels(path) if path is not None else self._merged(general)
        overrides = [layer for layer in self.layers if layer.files] if path is None else []
        return {
            "files": list(self.files),
            "functions": list(self.functions),
            "clientRoots": list(self.client_roots),
            "builders": {each.name: {"kind": each.kind, "internal": each.internal} for each in self.builders},
            "stubs": list(self.stubs),
            "ignorePatterns": list(self.ignore_patterns),
            "includeTests": self.include_tests,
            **{name: list(value) for name, value in self.shared.items()},
            "rules": {rule.name: _written(levels.get(rule.name)) for rule in self.rules},
            "overrides": [
                {"files": list(layer.files), "rules": {name: _written(each) for name, each in layer.rules.items()}}
                for layer in overrides
            ],
        }

    def _inside(self, path: str) -> str | None:
        if not self.folder:
            return path
        return path[len(self.folder) + 1 :] if path.startswith(f"{self.folder}/") else None

    def _merged(self, layers: Iterable[Layer]) -> Levels:
        merged: dict[str, Setting] = {}
        for layer in layers:
            for name, setting in layer.rules.items():
                before = merged.get(name)
                keeps = setting.options is None and before is not None
                merged[name] = setting._replace(options=before.options) if keeps and before else setting
        found = {rule.name: self._level(rule, merged.get(rule.name)) for rule in self.rules}
        return {name: level for name, level in found.items() if level is not None}

    def _level(self, rule: Rule, setting: Setting | None) -> Level | None:
        severity = self._severity(rule, setting)
        if severity is None:
            return None
        written = setting.options if setting is not None else None
        return Level(severity, self._options(rule, written))

    def _options(self, rule: Rule, written: object | None) -> object | None:
        """Return the options of a rule; what is set for all rules fills in what is not written for this one."""
        if rule.options is None:
            return None
        options = written if written is not None else rule.options()
        default = rule.options()
        names = {camel(each.name): each.name for each in fields(rule.options)}
        fill = {
            names[name]: value
            for name, value in self.shared.items()
            if name in names and getattr(options, names[name]) == getattr(default, names[name])
        }
        return replace(options, **fill) if fill else options  # type: ignore[type-var]

    def _severity(self, rule: Rule, setting: Setting | None) -> Severity | None:
        """Apply `--select` and `--ignore`: naming a rule turns it on, unless it is off for this very file."""
        if rule.name in self.chosen.ignored:
            return None
        configured = setting.severity if setting is not None else None
        if not self.chosen.active:
            return configured
        if rule.name in self.chosen.named:
            is_off_here = setting is not None and configured is None and setting.scoped
            return None if is_off_here else configured or rule.severity
        if rule.name in self.chosen.grouped:
            return rule.severity if setting is None else configured
        return None


def preset(name: Preset, rules: Iterable[Rule]) -> Layer:
    """Return what a preset turns on: `strict` has all of `recommended`."""
    wanted = (name, Preset.RECOMMENDED)
    return Layer({rule.name: Setting(rule.severity) for rule in rules if rule.preset in wanted})


def camel(name: str) -> str:
    """Return the name of an option as configurations write it: `max_items` is `maxItems`."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def options_as_json(options: object) -> dict[str, object]:
    """Return the options of a rule, an instance of a dataclass, as configurations write them."""
    return {camel(name): value for name, value in asdict(options).items()}  # type: ignore[call-overload]


def _written(level: Level | Setting | None) -> object:
    if level is None or level.severity is None:
        return "off"
    word = WORDS[level.severity]
    return [word, options_as_json(level.options)] if level.options is not None else word
