"""`convex-lint init`: a configuration file to start from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from convex_lint import peers

if TYPE_CHECKING:
    from convex_lint.config.translating import Translated

_NAME = "convex-lint.json"
_SCHEMA = "https://raw.githubusercontent.com/convex-lint/convex-lint/main/convex_lint/schemas/config.schema.json"


@click.command()
@click.option("--from", "source", type=click.Choice(peers.NAMES),
              help="Take over what another linter is set to, where a rule here is of the kind.")  # fmt: skip
def init(*, source: str | None) -> None:
    """Write a small configuration file in the current folder."""
    from convex_lint.config import NAMES  # noqa: PLC0415  not for --help

    for name in NAMES:
        if Path(name).exists():
            message = f"`{name}` is there already; edit it, or delete it first"
            raise click.ClickException(message)
    taken = _taken(source) if source is not None else None
    _write(_settings(taken))
    click.echo(f"wrote {_NAME}; `convex-lint check` reads it")
    for line in taken.left if taken is not None else ():
        click.echo(f"not taken over: {line}")
    if taken is None:
        _hint()


def _settings(taken: Translated | None) -> dict[str, Any]:
    made: dict[str, Any] = {
        "$schema": _SCHEMA,
        "extends": ["convex-lint:recommended"],
        "rules": dict(taken.rules) if taken is not None else {},
    }
    if taken is not None and taken.ignored:
        made["ignorePatterns"] = list(taken.ignored)
    builders = _builders()
    if builders:
        made["builders"] = builders
    return made


def _builders() -> dict[str, dict[str, object]]:
    """Return the function builders that the project uses and that are out of sight, by what their names say."""
    from convex_lint.check import unseen  # noqa: PLC0415  not for --help
    from convex_lint.config import ConfigError  # noqa: PLC0415
    from convex_lint.discovery import DiscoveryError  # noqa: PLC0415

    try:
        found = unseen(str(Path.cwd()))
    except (ConfigError, DiscoveryError):
        return {}  # a file can be written before there is a project
    written: dict[str, dict[str, object]] = {each.name: {"kind": each.kind} for each in found}
    for each in found:
        if each.internal:
            written[each.name]["internal"] = True
    return written


def _taken(source: str) -> Translated:
    from convex_lint.check import rules  # noqa: PLC0415  not for --help
    from convex_lint.config.translating import FILES, translate  # noqa: PLC0415

    path = next((Path(name) for name in FILES[source] if Path(name).is_file()), None)
    if path is None:
        message = f"there is no configuration of {source} here; it would be {', '.join(FILES[source][:3])} …"
        raise click.ClickException(message)
    try:
        found = translate(source, path.name, path.read_bytes(), rules())
    except OSError as fault:
        raise click.ClickException(f"cannot read `{path}`: {(fault.strerror or str(fault)).lower()}") from fault
    if found is None:
        raise click.ClickException(f"`{path}` does not parse; mend it, or run `convex-lint init` without --from")
    return found


def _write(settings: dict[str, Any]) -> None:
    try:
        with Path(_NAME).open("x", encoding="utf-8", newline="\n") as file:
            file.write(f"{json.dumps(settings, indent=2, ensure_ascii=False)}\n")
    except OSError as fault:
        message = f"cannot write `{_NAME}`: {(fault.strerror or str(fault)).lower()}"
        raise click.ClickException(message) from fault


def _hint() -> None:
    """Name the other linters that have a configuration here."""
    from convex_lint.config.translating import FILES  # noqa: PLC0415  not for --help

    for name, files in FILES.items():
        if any(Path(file).is_file() for file in files):
            click.echo(f"{name} is here, too: `convex-lint rules --replaces {name}` shows what it need not do any more")
