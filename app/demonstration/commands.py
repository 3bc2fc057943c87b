"""The command that fills an empty database with the demonstration, and serves it where that is asked for."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from app.demonstration import accounts
from app.demonstration.load import STEPS, is_loaded, load
from app.platform import clock, migrations
from app.platform.errors import Conflict

if TYPE_CHECKING:
    from flask import Flask

# What opens the application, and what serves it at a port until it is stopped.
Opener = Callable[[], "Flask"]
Server = Callable[["Flask", int], None]


def make(open_application: Opener, serve: Server) -> click.Command:
    """Make the command; both are given by the program, which stands above the demonstration."""

    @click.command()
    @click.option("--serve", "is_served", is_flag=True, help="Serve the pages afterwards, until Ctrl-C.")
    @click.option("--port", default=8000, show_default=True)
    def demonstrate(is_served: bool, port: int) -> None:
        """Fill an empty database with an invented city, and print the accounts to try.

        Everything is made up. On a database that is filled already nothing is changed; one that people
        use is refused.
        """
        os.environ.setdefault("MERITUM_DEMONSTRATION", "on")
        os.environ.setdefault("MERITUM_URL", f"http://localhost:{port}")
        app = open_application()
        migrations.upgrade()
        try:
            fill(clock.now())
        except Conflict as error:
            raise click.ClickException(error.message) from error
        tell_accounts(port)
        if is_served:
            serve(app, port)

    return demonstrate


def fill(now: dt.datetime) -> None:
    """Load the demonstration, with a bar that shows the day it has come to."""
    if is_loaded():
        click.echo("The demonstration stands in this database already; nothing was changed.")
        return
    with click.progressbar(length=STEPS, label="Filling the office", item_show_func=_show) as bar:
        load(now, tell=lambda at: bar.update(1, at))
        bar.update(max(STEPS - bar.pos, 0), now)


def _show(at: dt.datetime | None) -> str:
    return "" if at is None else f"{at:%d %b %Y}"


def tell_accounts(port: int) -> None:
    """Print where to go, and who can sign in."""
    people = accounts.listed()
    wide = max(len(person["role"]) for person in people)
    name = max(len(person["name"]) for person in people)
    click.echo(f"\nSign in at http://localhost:{port}/sign-in with any of these addresses.")
    click.echo(f"All of them have the password {accounts.PASSWORD}\n")
    for person in people:
        click.echo(f"  {person['role']:<{wide}}  {person['name']:<{name}}  {person['email']}")
    click.echo()
