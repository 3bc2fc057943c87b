"""Entering a register: posts and people with their histories, many at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.accounts.queries import get_agency
from app.personnel.actions.models import PersonnelAction
from app.personnel.appointments.models import Appointment
from app.personnel.employees.models import Employee
from app.personnel.employees.rules import employee_number
from app.personnel.positions.models import Position
from app.personnel.positions.rules import PositionValues
from app.personnel.registers import rows
from app.personnel.registers.rules import Entrant, Line
from app.personnel.retirements.services import enter_births
from app.personnel.service_records.models import ServiceRecord
from app.personnel.service_records.services import write_history
from app.platform import audit, sequences
from app.platform.actors import Actor
from app.platform.errors import Conflict


def enter_register(
    session: Session,
    *,
    agency_id: str,
    posts: Sequence[PositionValues],
    people: Sequence[Entrant],
    actor: Actor,
    at: dt.datetime,
) -> dict[str, str]:
    """Enter posts, superiors before those below, and people with their histories; give employees by post.

    The histories are known from `at` on. Acts name posts of this register by number; none may lie ahead.
    """
    actor.demand("personnel.registers.enter", agency_id)
    agency = get_agency(session, agency_id)
    batch = rows.Batch(agency.id, posts, actor, at)
    for entrant, place in zip(people, sequences.take_numbers(session, "employee", len(people)), strict=True):
        batch.add(entrant, employee_number(place))
    _insert(session, Employee, rows.PERSON_COLUMNS, batch.people)
    _insert(session, Position, rows.POST_COLUMNS, batch.post_rows())
    _insert(session, PersonnelAction, rows.ACTION_COLUMNS, batch.actions)
    _insert(session, ServiceRecord, rows.RECORD_COLUMNS, batch.records)
    _insert(session, Appointment, rows.APPOINTMENT_COLUMNS, batch.appointments)
    enter_births(session, agency_id=agency_id, births=batch.births, actor=actor, at=at)
    audit.record(
        session,
        "personnel.registers.enter",
        actor=actor,
        at=at,
        subject=agency.id,
        agency_id=agency.id,
        posts=len(posts),
        people=len(people),
    )
    return {number: batch.holders[own] for number, own in batch.ids.items() if own in batch.holders}


def enter_people(
    session: Session, *, agency_id: str, people: Sequence[Entrant], actor: Actor, at: dt.datetime
) -> None:
    """Enter people who hold posts that stand vacant, each with the history of the service.

    Conflict when a post was filled in between.
    """
    actor.demand("personnel.registers.enter", agency_id)
    wanted = [line.position for entrant in people for line in entrant.lines if line.position]
    found = select(Position).where(Position.number.in_(wanted), Position.agency_id == agency_id)
    posts = {post.number: post for post in session.scalars(found.with_for_update())}
    batch = rows.Batch(agency_id, (), actor, at)
    batch.posts, batch.ids = posts, {number: post.id for number, post in posts.items()}
    for entrant, place in zip(people, sequences.take_numbers(session, "employee", len(people)), strict=True):
        batch.add(entrant, employee_number(place))
    _insert(session, Employee, rows.PERSON_COLUMNS, batch.people)
    for post in posts.values():
        if post.incumbent_id is not None:
            raise Conflict(f"Position {post.number} was filled a moment ago.")
        post.incumbent_id = batch.holders.get(post.id)
    session.flush()
    _insert(session, PersonnelAction, rows.ACTION_COLUMNS, batch.actions)
    _insert(session, ServiceRecord, rows.RECORD_COLUMNS, batch.records)
    _insert(session, Appointment, rows.APPOINTMENT_COLUMNS, batch.appointments)
    enter_births(session, agency_id=agency_id, births=batch.births, actor=actor, at=at)
    audit.record(
        session,
        "personnel.registers.enter",
        actor=actor,
        at=at,
        subject=agency_id,
        agency_id=agency_id,
        people=len(people),
    )


def enter_lines(
    session: Session, *, agency_id: str, lines: Mapping[str, Sequence[Line]], actor: Actor, at: dt.datetime
) -> None:
    """Enter acts of people whose service has begun on record, none naming a post or lying ahead."""
    actor.demand("personnel.registers.enter", agency_id)
    batch = rows.Batch(agency_id, (), actor, at)
    for employee_id, own in lines.items():
        batch.add_lines(employee_id, own)
    _insert(session, PersonnelAction, rows.ACTION_COLUMNS, batch.actions)
    for employee_id in lines:
        write_history(session, employee_id, at)
    audit.record(
        session,
        "personnel.registers.enter",
        actor=actor,
        at=at,
        subject=agency_id,
        agency_id=agency_id,
        people=len(lines),
        acts=len(batch.actions),
    )


def _insert(
    session: Session, table: type[Any], columns: Sequence[str], values: Iterable[tuple[Any, ...]]
) -> None:
    """Insert rows past the mapper, which needs several times as long."""
    named = [dict(zip(columns, row, strict=True)) for row in values]
    if named:
        session.connection().execute(insert(table), named)
