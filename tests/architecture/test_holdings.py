"""Every table that points at an account says how its rows go when two accounts of one person are joined."""

from __future__ import annotations

from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint

from app.accounts.holdings import HOLDINGS
from app.platform.db import Base


def pointers() -> set[str]:
    """Give the columns with a foreign key to accounts, without those that say who did something."""
    return {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if not column.name.endswith("_by")
        and any(key.target_fullname == "accounts.id" for key in column.foreign_keys)
    }


def test_every_pointer_is_declared(app):
    assert pointers() - HOLDINGS.keys() == set()


def test_what_is_declared_exists(app):
    tables = Base.metadata.sorted_tables
    columns = {f"{table.name}.{column.name}" for table in tables for column in table.columns}
    assert HOLDINGS.keys() - columns == set()


def test_what_moves_names_every_unique_key_it_is_part_of(app):
    wrong = {}
    for name, holding in HOLDINGS.items():
        if not holding.moves:
            continue
        keys = [key for key in unique_keys(holding.table) if holding.column in key]
        expected = {frozenset(key - {holding.column}) for key in keys}
        declared = set() if holding.once_by is None else {frozenset(holding.once_by)}
        if expected != declared:
            wrong[name] = expected
    assert wrong == {}


def unique_keys(name: str) -> list[set[str]]:
    """Give the columns of each key under which a table has one row at most."""
    table = Base.metadata.tables[name]
    kinds = (PrimaryKeyConstraint, UniqueConstraint)
    keys = [key for key in table.constraints if isinstance(key, kinds)]
    indexes = [index for index in table.indexes if index.unique]
    return [{column.name for column in key.columns} for key in [*keys, *indexes]]
