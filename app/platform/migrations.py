"""Bring a database to the newest schema, each step in one transaction, foreign keys checked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.platform import db

FOLDER = Path(__file__).resolve().parents[2] / "migrations"


def config() -> Config:
    """Give the migration tool's settings; the folder stands beside the package."""
    settings = Config()
    settings.set_main_option("script_location", str(FOLDER))
    settings.set_main_option("path_separator", "os")
    return settings


def upgrade(target: str = "head") -> str:
    """Upgrade the bound database to `target` and give the revision it is at."""
    _run(lambda settings: command.upgrade(settings, target))
    return head()


def downgrade(target: str) -> None:
    """Take the bound database back to `target`."""
    _run(lambda settings: command.downgrade(settings, target))


def head() -> str:
    """Give the newest revision that the code knows."""
    return str(ScriptDirectory.from_config(config()).get_current_head())


def _run(step: Callable[[Config], None]) -> None:
    settings = config()
    database = db.current()
    with database.writer, database.engine.connect() as plain:
        connection = plain.execution_options(is_migration=True)
        if database.is_sqlite:
            _switch_foreign_keys(connection, "OFF")
        try:
            with connection.begin():
                settings.attributes["connection"] = connection
                step(settings)
                if database.is_sqlite and (
                    broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                ):
                    raise RuntimeError(f"The migration broke foreign keys: {broken[:5]}")
        finally:
            if database.is_sqlite:
                _switch_foreign_keys(connection, "ON")


def _switch_foreign_keys(connection: Connection, to: str) -> None:
    """Say it to the driver, outside any transaction: inside one SQLite does not listen.

    A table is rebuilt by copying it, and with the keys on, dropping the old one deletes its children.
    """
    driver = connection.connection.driver_connection
    if driver is not None:
        driver.execute(f"PRAGMA foreign_keys={to}")
