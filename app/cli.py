"""The `meritum` command."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import click

from app import create_app
from app.platform import clock
from app.platform.late_commands import LateGroup, found

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

# Slow clients may hold this many connections while others are served.
CONNECTION_LIMIT = 1000
HOST, THREADS = "127.0.0.1", 8


def application() -> Flask:
    """Build the application, or end with a sentence that names the wrong setting."""
    from app.platform.config import ConfigError

    try:
        return create_app()
    except ConfigError as error:
        raise click.ClickException(str(error)) from error


def on_the_bound_database(find: Callable[[], click.Command]) -> Callable[[], click.Command]:
    """Give a group of the same commands that binds this process to its database before one of them runs."""

    def bound() -> click.Command:
        group = find()
        if not isinstance(group, click.Group):
            raise TypeError(f"{group.name} is no group of commands.")
        return click.Group(
            group.name,
            commands=group.commands,
            help=group.help,
            callback=lambda: application() and None,
        )

    return bound


def demonstrating() -> click.Command:
    """Make the command that fills an empty database."""
    from app.demonstration import commands

    return commands.make(application, lambda app, port: run(app, port=port))


# A short command, such as one that needs no database, must not wait until the whole office is imported.
LATE = {
    "accounts": on_the_bound_database(found("app.accounts.commands", "accounts")),
    "exams": on_the_bound_database(found("app.exams.examinations.commands", "exams")),
    "postings": on_the_bound_database(found("app.recruitment.postings.commands", "postings")),
    "receipts": on_the_bound_database(found("app.recruitment.receipts.commands", "receipts")),
    "fonts": found("app.notices.commands", "fonts"),
    "merit": found("app.exams.merit_commands", "merit_group"),
    "demonstrate": demonstrating,
}


@click.group(cls=LateGroup, late=LATE)
def main() -> None:
    """Run a civil-service office: recruitment, merit examinations, personnel."""


@main.group()
def database() -> None:
    """Prepare the database."""


@database.command("upgrade")
def upgrade() -> None:
    """Bring the database to the newest schema; safe to repeat."""
    from app.platform import migrations

    application()
    click.echo(f"The database is at {migrations.upgrade()}.")


@main.command()
@click.option("--host", default=HOST, show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--threads", default=THREADS, show_default=True, help="Requests served at once.")
@click.option("--workers", default=1, show_default=True, help="Threads that do promised jobs; 0 for none.")
def serve(host: str, port: int, threads: int, workers: int) -> None:
    """Serve the pages and do promised jobs in one process."""
    from app.platform import migrations

    app = application()
    migrations.upgrade()
    run(app, host=host, port=port, threads=threads, workers=workers)


def run(app: Flask, *, host: str = HOST, port: int, threads: int = THREADS, workers: int = 1) -> None:
    """Serve an application, whose database is up to date, until the process is told to stop."""
    import waitress

    from app.notices import press
    from app.platform.worker import Worker
    from app.recruitment.interruptions import probe

    config = app.extensions["meritum"]
    probe.bind(config.probe_url or f"http://127.0.0.1:{port}/health", config.public_url)
    worker = Worker(threads=workers)
    if workers:
        press.start()
        worker.start()
    server = waitress.create_server(
        app, host=host, port=port, threads=threads, connection_limit=CONNECTION_LIMIT, ident=None
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    click.echo(f"Meritum is at http://{host}:{port}/  (stop it with Ctrl-C)")
    try:
        server.run()
    finally:
        server.close()
        worker.stop()
        press.stop()


@main.command()
@click.option("--threads", default=2, show_default=True)
def worker(threads: int) -> None:
    """Do promised jobs and keep the clock, without serving pages."""
    from app.platform.worker import Worker

    application()
    group = Worker(threads=threads)
    signal.signal(signal.SIGTERM, lambda *_: group.stop())
    group.start()
    try:
        group.wait()
    except KeyboardInterrupt:
        group.stop()


@main.group()
def ledger() -> None:
    """Read the audit trail."""


@ledger.command("verify")
def verify() -> None:
    """Recompute the whole chain; exit status 1 when it is broken."""
    from app.platform import audit
    from app.platform.db import reading

    application()
    with reading() as session:
        found, count = audit.verify(audit.read_chain(session)), audit.count_events(session)
    if found is not None:
        click.echo(found.reason, err=True)
        sys.exit(1)
    click.echo(f"{count:,} events, each follows the one before it.")


@main.command()
def now() -> None:
    """Print the server's clock, which decides every deadline."""
    click.echo(clock.now().isoformat(timespec="seconds"))


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    main()
