"""What an operator asks about letters."""

from __future__ import annotations

import click

from app.notices import scripts


@click.command("fonts")
def fonts() -> None:
    """Say in which scripts names can be printed on letters."""
    lacking = scripts.uncovered()
    covered = [script for script in scripts.SAMPLES if script not in lacking]
    click.echo(f"Names can be printed in {len(covered)} scripts: {', '.join(covered)}.")
    if lacking:
        click.echo(f"Not in: {', '.join(lacking)}. {scripts.INSTALL}")
        raise SystemExit(1)
