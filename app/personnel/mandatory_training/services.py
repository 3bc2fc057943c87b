"""Saying what training is mandatory, keeping each person's duties, and reminding in time."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.accounts.queries import get_agency
from app.personnel.competencies.queries import list_classes
from app.personnel.courses.queries import list_for_agency
from app.personnel.mandatory_training import letters, queries, rules
from app.personnel.mandatory_training.models import TrainingDuty, TrainingRequirement
from app.platform import audit, clock, db
from app.platform.actors import SYSTEM, Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id

# So many people are reminded in one turn of the clock; the next turn goes on.
MOST_AT_ONCE = 500


def require(
    session: Session,
    *,
    agency_id: str,
    course_id: str,
    mandate: str,
    class_code: str,
    duty_station: str,
    begins_on: dt.date,
    actor: Actor,
    at: dt.datetime,
) -> TrainingRequirement:
    """Make a course mandatory for an agency, a class of positions or a place of work, from a day on."""
    agency = get_agency(session, agency_id)
    actor.demand("personnel.mandatory_training.require", agency.id)
    if mandate not in rules.MANDATES:
        raise Invalid(mandate="Select a rule.")
    if course_id not in {course.id for course in list_for_agency(session, agency.id)}:
        raise Invalid(course="Select a course that the agency's people may take.")
    if class_code and class_code not in dict(list_classes(session, agency.id)):
        raise Invalid(class_code="Select a class of the agency's positions.")
    if duty_station and duty_station not in queries.list_stations(session, agency.id):
        raise Invalid(duty_station="Select a place where people of the agency work.")
    made = TrainingRequirement(
        id=new_id("trq"),
        agency_id=agency.id,
        course_id=course_id,
        class_code=class_code,
        duty_station=duty_station,
        mandate=mandate,
        begins_on=begins_on,
        set_by=str(actor.id),
    )
    session.add(made)
    session.flush()
    _record(session, "require", made.id, agency.id, actor, at, mandate=mandate, class_code=class_code)
    renew_duties(session, at=at)
    return made


def end_requirement(session: Session, *, requirement_id: str, actor: Actor, at: dt.datetime) -> None:
    """Ask for a training no more; what people completed stays on record."""
    found = queries.get_requirement(session, requirement_id, actor, "personnel.mandatory_training.end")
    if found.ended_on is not None:
        raise Conflict("This requirement was ended already.")
    found.ended_on = max(clock.local_date(at, found.agency.time_zone), found.begins_on)
    session.flush()
    _record(session, "end", found.id, found.agency_id, actor, at)
    renew_duties(session, at=at)


def renew_duties(session: Session, *, at: dt.datetime) -> int:
    """Give duties to whom a requirement has come to apply, end those of others, and count the changes."""
    today = at.date()
    applying = {(row[0], row[1]): row for row in queries.load_applying(session)}
    standing = queries.load_duties(session)
    done = queries.load_completions(session)
    made, begun = [], []
    # in one order: two that make the same duties at one moment wait for each other and never in a circle
    for key, (_, employee_id, agency_id, begins_on, mandate, course_id) in sorted(applying.items()):
        own, is_live = standing.get(key, ("", False))
        if is_live:
            continue
        begins = today if own else begins_on
        completed_on, expires_on = done.get((course_id, employee_id), (None, None))
        values = {
            "agency_id": agency_id,
            "begins_on": begins,
            "completed_on": completed_on,
            "due_on": rules.next_due(rules.MANDATES[mandate], completed_on, expires_on)
            if completed_on
            else rules.first_due(rules.MANDATES[mandate], begins),
            "ended_on": None,
        }
        if own:
            begun.append({"id": own} | values)
        else:
            made.append({"id": new_id("tdy"), "requirement_id": key[0], "employee_id": employee_id} | values)
    ended = [
        {"id": own, "ended_on": today}
        for key, (own, is_live) in standing.items()
        if is_live and key not in applying
    ]
    new = _make_once(session, made) if made else 0
    for changes in (begun, ended):
        if changes:
            session.execute(update(TrainingDuty), changes)
    if made or begun or ended:
        audit.record(
            session,
            "personnel.mandatory_training.renew",
            actor=SYSTEM,
            at=at,
            subject="training-duties",
            made=new + len(begun),
            ended=len(ended),
        )
    return new + len(begun) + len(ended)


def _make_once(session: Session, duties: list[dict[str, object]]) -> int:
    """Insert duties and count them, without those that a page or the clock made a moment ago."""
    dialect = sqlite if db.current().is_sqlite else postgresql
    statement = dialect.insert(TrainingDuty).on_conflict_do_nothing(
        index_elements=["requirement_id", "employee_id"]
    )
    return len(session.scalars(statement.returning(TrainingDuty.id), duties).all())


def note_completion(
    session: Session,
    *,
    employee_id: str,
    course_id: str,
    completed_on: dt.date,
    expires_on: dt.date | None,
) -> None:
    """Carry a completion to the duties that it meets; the act that it belongs to records itself."""
    for duty in queries.list_of_course(session, employee_id, course_id):
        if duty.completed_on is None or duty.completed_on <= completed_on:
            mandate = rules.MANDATES[duty.requirement.mandate]
            duty.completed_on = completed_on
            duty.due_on = rules.next_due(mandate, completed_on, expires_on)
    session.flush()


def remind(session: Session, *, at: dt.datetime) -> int:
    """Mail everybody whose training falls due or is overdue, each reminder once, and count the mails."""
    horizon = at.date() + dt.timedelta(days=max(rules.REMINDERS.before) + 1)
    sent = 0
    for duty in queries.list_to_remind(session, horizon):
        if duty.due_on is None or sent >= MOST_AT_ONCE:
            continue
        today = clock.local_date(at, duty.employee.agency.time_zone)
        name = rules.reminder(duty.due_on, today)
        if name is None or name == duty.reminded:
            continue
        letters.remind(session, duty, name, today, at)
        duty.reminded = name
        sent += 1
    if sent:
        session.flush()
        audit.record(
            session,
            "personnel.mandatory_training.remind",
            actor=SYSTEM,
            at=at,
            subject="training-duties",
            reminded=sent,
        )
    return sent


def _record(
    session: Session,
    act: str,
    subject: str,
    agency_id: str,
    actor: Actor,
    at: dt.datetime,
    **details: object,
) -> None:
    audit.record(
        session,
        f"personnel.mandatory_training.{act}",
        actor=actor,
        at=at,
        subject=subject,
        agency_id=agency_id,
        **details,
    )
