"""`convex-lint init`: a configuration file to start from."""

from __future__ import annotations

from pathlib import Path

import click

_NAME = "convex-lint.json"
_INITIAL = """\
{
  "extends": ["convex-lint:recommended"],
  "rules": {}
}
"""


@click.command()
def init() -> None:
    """Write a small configuration file in the current folder."""
    from convex_lint.config import NAMES  # noqa: PLC0415  not for --help

    for name in NAMES:
        if Path(name).exists():
            message = f"`{name}` is there already; edit it, or delete it first"
            raise click.ClickException(message)
    try:
        with Path(_NAME).open("x", encoding="utf-8", newline="\n") as file:
            file.write(_INITIAL)
    except OSError as fault:
        message = f"cannot write `{_NAME}`: {(fault.strerror or str(fault)).lower()}"
        raise click.ClickException(message) from fault
    click.echo(f"wrote {_NAME}; `convex-lint check` reads it")
