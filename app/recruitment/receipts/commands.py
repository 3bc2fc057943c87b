"""The commands for receipts: new keys, and lost receipts made again."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from app.platform import clock
from app.platform.db import reading
from app.platform.errors import MeritumError
from app.recruitment.receipts import checking, keyring, rules


@click.group()
def receipts() -> None:
    """Sign receipts with a new key, or make a lost receipt again."""


@receipts.command("keys")
def list_keys() -> None:
    """List the names of the keys that sign receipts, oldest first, and since when each is in force."""
    for key in keyring.current().public():
        since = "the beginning" if key.since == keyring.BEGINNING else key.since.isoformat(timespec="seconds")
        click.echo(f"{key.name}  since {since}")


@receipts.command("rotate")
def rotate() -> None:
    """Sign with a new key from now on; what was signed before stays verifiable."""
    made = keyring.current().rotate(clock.now())
    click.echo(
        f"{made.name} signs from now on. Copy {keyring.current().path} to every machine, and back it up."
    )


@receipts.command("begin")
def begin() -> None:
    """Make the first key of an office that received applications before it had one."""
    ring = keyring.current()
    if ring.path.exists():
        click.echo(f"{ring.path} is there already.", err=True)
        sys.exit(1)
    ring.begin()
    click.echo(f"{ring.public()[0].name} signs. Copy {ring.path} to every machine, and back it up.")


@receipts.command("make")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def make(file: Path) -> None:
    """Write the receipt of FILE, which is exactly what was received, to the standard output."""
    try:
        with reading() as session:
            receipt = checking.make_again(session, file.read_bytes())
    except MeritumError as error:
        click.echo(error.message, err=True)
        sys.exit(1)
    sys.stdout.buffer.write(rules.write(receipt))
