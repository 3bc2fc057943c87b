"""Every table says what of it is about a person: a copy misses nothing, a deletion leaves nothing."""

from __future__ import annotations

from app.compliance.personal_data.declared import HELD, LEFT_OUT
from app.compliance.personal_data.queries import belongs_to, table_of
from app.platform.db import Base
from app.platform.personal_data import Fate

HOW = "declare it with hold() or leave_out() in its package's personal_data.py"


def test_every_table_is_declared_or_left_out_with_a_reason(app):
    tables = set(Base.metadata.tables)
    declared = set(HELD) | set(LEFT_OUT)
    assert tables - declared == set(), HOW
    assert declared - tables == set(), "no such table any more"
    assert set(HELD) & set(LEFT_OUT) == set()
    assert all(len(why) > 20 for why in LEFT_OUT.values())


def test_every_column_of_a_declared_table_is_handed_over_or_withheld_with_a_reason(app):
    wrong = {}
    for held in HELD.values():
        columns = {column.name for column in table_of(held).columns}
        named = {*held.columns, *held.withheld}
        if columns != named or set(held.columns) & set(held.withheld):
            wrong[held.table] = sorted(columns ^ named)
    assert wrong == {}, HOW
    assert all(why for held in HELD.values() for why in held.withheld.values())


def test_no_secret_is_handed_over(app):
    marks = ("password", "secret", "token", "salt")
    found = [
        (held.table, name)
        for held in HELD.values()
        for name in held.columns
        if any(mark in name for mark in marks)
    ]
    assert found == []


def test_every_link_leads_to_the_person(app):
    for held in HELD.values():
        assert str(belongs_to(held, "acc_x"))
        column, target = held.link
        parent, parent_column = target.split(".")
        assert column in table_of(held).c
        assert parent_column in Base.metadata.tables[parent].c


def test_what_points_at_deleted_rows_is_deleted_with_them(app):
    """Rows that go may be named only by rows that go as early, or the database would refuse."""
    rank = {Fate.ON_REQUEST: 0, Fate.WITH_DRAFT: 0, Fate.WITH_ACCOUNT: 1, Fate.KEPT: 2}
    wrong = []
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            target = key.column.table.name
            if target not in HELD or target in ("accounts", "applications") or target == table.name:
                continue
            own = rank[HELD[table.name].fate] if table.name in HELD else 2
            if own > rank[HELD[target].fate]:
                wrong.append((table.name, target))
    assert wrong == []


def test_what_is_kept_says_why(app):
    assert [held.table for held in HELD.values() if held.fate is Fate.KEPT and not held.why] == []
