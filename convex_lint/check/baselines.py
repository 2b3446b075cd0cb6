"""The baseline, from the file to the findings and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from convex_lint import baseline, fixes, registry
from convex_lint.suppressions import LOUD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from convex_lint.baseline import Baseline, Forgiven, Mark
    from convex_lint.diagnostics import Diagnostic
    from convex_lint.rule import Rule
    from convex_lint.summary import Summary

    from .loading import Loaded

_NEW = 0o644
"""The mode of a file that is written for the first time: it is to be shared."""

_PATIENCE = 30.0
"""Seconds to wait for another run that writes the same file."""


def place(root: str, cwd: str, given: str | None) -> Path:
    """Return where the baseline lies: where it was said to lie, else in the workspace root."""
    return Path(cwd, given) if given is not None else Path(root, baseline.NAME)


def read(path: Path, rules: Sequence[Rule]) -> Baseline | None:
    """Return the baseline in a file, None where there is none. Raises BaselineError."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise baseline.BaselineError(f"cannot read `{path}`: {(fault.strerror or str(fault)).lower()}") from fault
    names = registry.by_name(rules)
    known = baseline.parse(data, str(path))
    return {
        file: {names[rule].name if rule in names else rule: marks for rule, marks in found.items()}
        for file, found in known.items()
    }


def applied(loaded: Loaded, known: Baseline, found: Sequence[Diagnostic], summaries: Mapping[str, Summary]) -> Forgiven:
    """Forgive what a baseline forgives of what is found."""
    workspace = loaded.workspace
    broken = {diagnostic.place.path for diagnostic in found if diagnostic.rule in LOUD}

    def judged(path: str, rule: str) -> bool:
        if path not in workspace.reported or path in broken:
            return False
        return not loaded.partial or rule in loaded.config.levels(path)

    def defines(path: str, symbol: str) -> bool:
        return path in summaries and summaries[path].defines(symbol)

    def gone(path: str) -> bool:
        return path not in workspace.sources and not Path(workspace.root, path).exists()

    loud = [diagnostic for diagnostic in found if diagnostic.rule in LOUD]
    rest = [diagnostic for diagnostic in found if diagnostic.rule not in LOUD]
    forgiven = baseline.forgive(known, marked(loaded, rest, summaries), judged, defines, gone)
    kept = sorted((*loud, *forgiven.kept), key=lambda diagnostic: diagnostic.order) if loud else forgiven.kept
    return baseline.Forgiven(tuple(kept), forgiven.forgiven, forgiven.settled, forgiven.stale)


def marked(
    loaded: Loaded, found: Iterable[Diagnostic], summaries: Mapping[str, Summary]
) -> list[tuple[Diagnostic, Mark]]:
    """Return diagnostics with the marks by which they are known again."""
    marks: list[tuple[Diagnostic, Mark]] = []
    for diagnostic in found:
        path, span = diagnostic.place.path, diagnostic.place.span
        summary = summaries.get(path)
        symbol = summary.symbol_at(span.start) if summary is not None and span is not None else ""
        marks.append((diagnostic, baseline.mark_of(diagnostic, loaded.workspace.sources.get(path), symbol)))
    return marks


def update(path: Path, rules: Sequence[Rule], change: Callable[[Baseline], Baseline]) -> None:
    """Write what a change makes of the baseline in a file, alone among all runs. Raises BaselineError.

    A file that would stay as it is is not written.
    """
    import tempfile  # noqa: PLC0415  most runs write no baseline
    from hashlib import sha256  # noqa: PLC0415

    from filelock import FileLock, Timeout  # noqa: PLC0415

    # Not beside the file, where it would be left lying about.
    name = sha256(str(path.absolute()).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    lock = FileLock(Path(tempfile.gettempdir(), f"convex-lint-{name}.lock"), timeout=_PATIENCE)
    try:
        with lock:
            _replace(path, baseline.dump(change(read(path, rules) or {})))
    except Timeout as fault:
        raise baseline.BaselineError(f"another run is writing `{path}`; try again when it has ended") from fault


def _replace(path: Path, data: bytes) -> None:
    try:
        if not path.exists():
            fixes.put(path, data, _NEW)
        elif path.read_bytes() != data:
            fixes.write(path.parent, path.name, data)
    except OSError as fault:
        raise baseline.BaselineError(f"cannot write `{path}`: {(fault.strerror or str(fault)).lower()}") from fault
