"""The migrations make exactly the tables that the models declare, guards included."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from app.platform import constraints, db, migrations
from app.platform.db import Base

# The engines' own full-text indexes, which the models do not know: on SQLite tables of their own.
WORDS = ("open_posting_words", "past_posting_words")
GUARDED = ("audit_events", "exam_plans", "leave_entries")
GUARDS = {f"{table}_no_{verb}" for table in GUARDED for verb in ("update", "delete")}
ENTERING = {"postings_entered", "postings_changed", "posting_entries_removed"}


def is_declared(_item: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    """Leave the full-text indexes out of the comparison."""
    own = str(name)
    if kind == "column":
        return own != "words"
    return not own.startswith(WORDS) and own not in (
        "ix_posting_entries_open_words",
        "ix_posting_entries_past_words",
    )


def tables(engine: Engine) -> set[str]:
    return {name for name in inspect(engine).get_table_names() if not name.startswith(WORDS)}


@pytest.fixture
def migrated(database):
    return database


def test_migrations_and_models_are_the_same(migrated):
    with migrated.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": is_declared}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_the_database_is_at_the_newest_revision(migrated):
    with migrated.engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == migrations.head()


def test_the_trail_is_guarded_and_postings_enter_the_search_after_migrating(migrated):
    with migrated.engine.connect() as connection:
        if migrated.is_sqlite:
            found = connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
            assert set(found) == GUARDS | ENTERING
        else:
            found = connection.scalars(text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")).all()
            assert set(found) == {f"{table}_guard" for table in GUARDED} | {"postings_entered"}


def test_every_check_of_the_models_stands_in_the_database(migrated):
    """Autogenerate does not compare CHECKs, so their names are compared here."""
    inspector = inspect(migrated.engine)
    for table in Base.metadata.sorted_tables:
        declared = {
            str(constraint.name) for constraint in table.constraints if hasattr(constraint, "sqltext")
        }
        found = {str(check["name"]) for check in inspector.get_check_constraints(table.name)}
        assert declared - found == set(), table.name


def test_declared_sentences_belong_to_constraints_that_exist(app):
    names = {
        str(item.name)
        for table in Base.metadata.sorted_tables
        for item in [*table.constraints, *table.indexes]
    }
    assert constraints.declared() - names == set()


def test_unaudited_tables_exist(app):
    assert {table.name for table in Base.metadata.sorted_tables} >= db.UNAUDITED_TABLES


def test_every_migration_goes_both_ways(database, tmp_path):
    own = db.Database(f"sqlite:///{tmp_path / 'ways.db'}")
    db.bind(own)
    try:
        migrations.upgrade()
        migrations.downgrade("base")
        assert tables(own.engine) == {"alembic_version"}
        migrations.upgrade()
        assert tables(own.engine) == {*Base.metadata.tables, "alembic_version"}
    finally:
        db.bind(database)
        own.engine.dispose()
