"""One transaction, audited, or nothing."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from sqlalchemy import delete, select, text, update

from app.accounts.models import Agency
from app.platform import audit, db
from app.platform.actors import SYSTEM
from app.platform.db import reading, transaction
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id


def agency(code: str = "PRK", name: str | None = None) -> Agency:
    return Agency(
        id=f"agy_{code.lower():0>26}",
        code=code,
        name=name or f"Agency {code}",
        time_zone="America/New_York",
        address="1 Main Street",
        contact_email="office@agency.example",
        contact_phone="555-0100",
    )


def add_agency(at: dt.datetime, code: str = "PRK", name: str | None = None) -> None:
    with transaction() as session:
        row = agency(code, name)
        row.id = new_id("agy")
        session.add(row)
        audit.record(session, "test.add", actor=SYSTEM, at=at, subject="agy_1")


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize(
    "change",
    [
        lambda session: session.add(agency("NEW")),
        lambda session: session.execute(update(Agency).values(address="2 Main Street")),
        lambda session: session.execute(delete(Agency)),
        lambda session: session.execute(text("UPDATE agencies SET address = '3 Main Street'")),
        lambda session: session.connection().execute(Agency.__table__.delete()),
    ],
    ids=["orm", "bulk update", "bulk delete", "text", "core"],
)
def test_a_change_without_an_audit_record_is_rolled_back(change, at):
    add_agency(at)
    with pytest.raises(db.AuditMissing, match="agencies"), transaction() as session:
        change(session)
    with reading() as session:
        rows = session.scalars(select(Agency)).all()
        assert [(row.code, row.address) for row in rows] == [("PRK", "1 Main Street")]


@pytest.mark.usefixtures("committed")
def test_rows_cannot_be_changed_outside_a_transaction(database):
    with pytest.raises(RuntimeError, match="inside transaction"), database.engine.begin() as connection:
        connection.execute(Agency.__table__.delete())


@pytest.mark.usefixtures("committed")
def test_a_reading_session_never_writes(at):
    with pytest.raises(RuntimeError, match="reading session"), reading() as session:
        session.add(agency())


@pytest.mark.usefixtures("committed")
def test_transactions_do_not_nest():
    with pytest.raises(RuntimeError, match="already open"), transaction(), transaction():
        pass


@pytest.mark.usefixtures("committed")
def test_a_named_constraint_becomes_a_field_error(at):
    add_agency(at)
    with pytest.raises(Invalid) as refused:
        add_agency(at, name="Another name")
    assert refused.value.fields == {"code": "Another agency has this code."}


@pytest.mark.usefixtures("committed")
def test_the_trail_is_chained_and_append_only(at, database):
    for code in ("AAA", "BBB", "CCC"):
        add_agency(at, code)
    with reading() as session:
        events = list(audit.read_chain(session))
        assert [event.index for event in events] == [1, 2, 3]
        assert audit.verify(events) is None
        events[1].details = {"forged": True}
        assert audit.verify(events) == audit.Break(2, "Event 2 was changed after it was written.")
        session.rollback()
    for statement in ("UPDATE audit_events SET action = 'x'", "DELETE FROM audit_events"):
        with pytest.raises(Exception, match="append-only"), transaction() as session:
            session.execute(text(statement))


@pytest.mark.usefixtures("committed")
def test_what_a_savepoint_undoes_is_not_in_the_trail(at):
    def add(session, code):
        session.add(agency(code))
        session.flush()
        audit.record(session, "test.add", actor=SYSTEM, at=at, subject=code)

    with transaction() as session:
        add(session, "ONE")
        with contextlib.suppress(Conflict), db.savepoint(session):
            add(session, "TWO")
            raise Conflict("Not this one.")
        with db.savepoint(session):
            add(session, "TRE")
    with reading() as session:
        assert list(session.scalars(select(Agency.code).order_by(Agency.code))) == ["ONE", "TRE"]
        trail = select(audit.AuditEvent.subject).order_by(audit.AuditEvent.index)
        assert list(session.scalars(trail)) == ["ONE", "TRE"]


@pytest.mark.usefixtures("committed")
def test_a_savepoint_alone_that_failed_asks_for_no_record(at):
    with transaction() as session, contextlib.suppress(Conflict), db.savepoint(session):
        session.add(agency("ONE"))
        session.flush()
        raise Conflict("Not this one.")
    with reading() as session:
        assert session.scalars(select(Agency)).all() == []
