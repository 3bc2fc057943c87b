"""Taking in allegations, having them investigated, and saying what follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.personnel.allegations import queries, rules
from app.personnel.allegations.models import Allegation, Investigator
from app.personnel.allegations.states import AllegationState, Source, move
from app.personnel.case_files.models import Purpose
from app.personnel.case_files.services import put_file
from app.personnel.discipline import services as discipline
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.queries import get_case
from app.personnel.discipline.services import Draft
from app.personnel.employees.queries import get_employee
from app.platform import audit, clock, sequences
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.filecheck.kept import KeptFile
from app.platform.ids import new_id


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody is said to have done, from whom it came and when."""

    source: Source
    received_on: dt.date
    summary: str


def record_allegation(
    session: Session, *, employee_id: str, report: Report, actor: Actor, at: dt.datetime
) -> Allegation:
    """Take in an allegation against an employee; nobody is told, nor the employee, before a proposal."""
    employee = get_employee(session, employee_id, actor, queries.OVERSEE)
    if employee.account_id is not None and employee.account_id == actor.id:
        raise Conflict("You cannot take in an allegation against yourself.")
    today = clock.local_date(at, employee.agency.time_zone)
    rules.check_received(report.received_on, today)
    number = sequences.next_number(session, f"allegation:{today.year}")
    allegation = Allegation(
        id=new_id("alg"),
        number=rules.allegation_number(number, today.year),
        employee_id=employee.id,
        agency_id=employee.agency_id,
        source=report.source,
        received_on=report.received_on,
        summary=report.summary,
        state=AllegationState.RECEIVED,
        recorded_by=str(actor.id),
        recorded_at=at,
    )
    session.add(allegation)
    session.flush()
    record(session, "record", allegation, actor, at, source=report.source)
    return allegation


def assign(
    session: Session,
    *,
    allegation_id: str,
    investigator_id: str,
    due_on: dt.date,
    actor: Actor,
    at: dt.datetime,
) -> Allegation:
    """Name who investigates, and until when; from then on the investigator sees the allegation too.

    Another may be named until findings are handed in; whoever was named once never decides on it.
    """
    allegation = load(session, allegation_id, actor, "assign")
    state = move(allegation.state, AllegationState.INVESTIGATED)
    subject = allegation.employee.account_id
    if investigator_id not in dict(queries.list_investigators(session, allegation.agency_id, None)):
        raise Invalid(investigator_id="Select an investigator from the list")
    today = clock.local_date(at, allegation.agency.time_zone)
    rules.check_investigator(investigator_id, subject=subject, due_on=due_on, today=today)
    was = allegation.investigator_id
    allegation.state, allegation.investigator_id, allegation.due_on = state, investigator_id, due_on
    if session.get(Investigator, (allegation.id, investigator_id)) is None:
        session.add(Investigator(allegation_id=allegation.id, account_id=investigator_id, named_at=at))
    session.flush()
    record(session, "assign", allegation, actor, at, investigator=investigator_id, due_on=due_on, was=was)
    return allegation


def close(session: Session, *, allegation_id: str, reason: str, actor: Actor, at: dt.datetime) -> Allegation:
    """Close an allegation without action, with the reason, by somebody who was never named to investigate."""
    allegation = load(session, allegation_id, actor, "close")
    state = move(allegation.state, AllegationState.CLOSED)
    rules.demand_other(actor.id, queries.list_ever_named(session, allegation.id))
    if not reason.strip():
        raise Invalid(reason="Enter why nothing follows")
    allegation.state, allegation.closing_reason = state, reason.strip()
    allegation.ended_by, allegation.ended_at = actor.id, at
    session.flush()
    record(session, "close", allegation, actor, at)
    return allegation


def open_case(
    session: Session,
    *,
    allegation_id: str,
    draft: Draft,
    files: Collection[str],
    actor: Actor,
    at: dt.datetime,
) -> DisciplinaryCase:
    """Open a case on what was found, with those files of the investigation on which it shall rely.

    Only these files leave the investigation; Conflict for whoever was named to investigate.
    """
    allegation = load(session, allegation_id, actor, "open_case")
    state = move(allegation.state, AllegationState.LED_TO_CASE)
    rules.demand_other(actor.id, queries.list_ever_named(session, allegation.id))
    chosen = [queries.get_file(allegation, file_id) for file_id in files]
    opened = discipline.open_case(
        session,
        employee_id=allegation.employee_id,
        draft=draft,
        actor=actor,
        at=at,
        allegation_id=allegation.id,
    )
    case = get_case(session, opened.id, actor)
    for file in chosen:
        kept = KeptFile(file.filename, file.media_type, file.size, file.digest)
        put_file(session, case, purpose=Purpose.EVIDENCE, title=file.title, file=kept, actor=actor, at=at)
    allegation.state, allegation.ended_by, allegation.ended_at = state, actor.id, at
    session.flush()
    record(session, "open_case", allegation, actor, at, case=case.id)
    return case


def load(session: Session, allegation_id: str, actor: Actor, act: str) -> Allegation:
    """Give an allegation, locked, to somebody who may do an act with it."""
    allegation = queries.get_allegation(session, allegation_id, actor, lock=True)
    actor.demand(f"personnel.allegations.{act}", allegation.agency_id)
    return allegation


def record(
    session: Session, act: str, allegation: Allegation, actor: Actor, at: dt.datetime, **details: object
) -> None:
    """Record an act on an allegation in the trail."""
    audit.record(
        session,
        f"personnel.allegations.{act}",
        actor=actor,
        at=at,
        subject=allegation.id,
        agency_id=allegation.agency_id,
        number=allegation.number,
        **details,
    )
