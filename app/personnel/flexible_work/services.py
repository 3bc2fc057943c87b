"""Asking for flexible work, deciding by the criteria of the law, looking at it together, and ending it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.notices import services as notices
from app.personnel import reporting
from app.personnel.actions import authorities
from app.personnel.actions import services as actions
from app.personnel.actions.rules import Changes
from app.personnel.actions.states import ActionKind
from app.personnel.flexible_work import letters, queries, rules
from app.personnel.flexible_work.models import FlexibleArrangement
from app.personnel.flexible_work.rules import Pattern
from app.personnel.flexible_work.states import Kind, WorkState, move
from app.personnel.serving import get_own
from app.platform import audit, clock, db
from app.platform.actors import SYSTEM, Actor
from app.platform.calendars import add_days
from app.platform.errors import Conflict, Forbidden, Invalid
from app.platform.ids import new_id

LAST_DAY_PASSED = "The last day that was agreed has passed."
# Both reminders have gone by then, even after an outage of some days.
REMIND_AHEAD, REMIND_LATE = 30, 7


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for."""

    kind: Kind
    pattern: Pattern
    starts_on: dt.date
    ends_on: dt.date | None
    why: str


def request_work(session: Session, *, wish: Wish, actor: Actor, at: dt.datetime) -> FlexibleArrangement:
    """Ask for flexible work; the supervisor decides."""
    employee = get_own(session, actor.id)
    book = rules.RULEBOOKS[rules.USUAL]
    rules.check_dates(book, wish.starts_on, wish.ends_on, clock.local_date(at, employee.agency.time_zone))
    weekly = queries.find_weekly_minutes(session, employee.id, wish.starts_on)
    rules.check_pattern(book.laws[wish.kind], wish.pattern, weekly)
    if not wish.why.strip():
        raise Invalid(why="Say why, and how the work will be done.")
    supervisor = reporting.find_supervisor(session, employee.id)
    made = FlexibleArrangement(
        id=new_id("flx"),
        employee_id=employee.id,
        agency_id=employee.agency_id,
        kind=wish.kind,
        state=WorkState.REQUESTED,
        rulebook=book.name,
        pattern=wish.pattern.plain(),
        weekly_minutes=wish.pattern.weekly,
        starts_on=wish.starts_on,
        ends_on=wish.ends_on,
        why=wish.why.strip(),
        requested_by=str(actor.id),
        requested_at=at,
        approver_id=supervisor.account_id if supervisor else None,
    )
    made.employee = employee
    session.add(made)
    session.flush()
    _record(session, "request_work", made, actor, at, kind=made.kind.value)
    letters.ask(session, made, at)
    return made


def withdraw_request(session: Session, *, arrangement_id: str, actor: Actor, at: dt.datetime) -> None:
    """Take a request back before it is decided."""
    found = queries.get_own(session, arrangement_id, actor.id, lock=True)
    found.state = move(found.state, WorkState.WITHDRAWN)
    session.flush()
    _record(session, "withdraw", found, actor, at)


def decide_request(
    session: Session,
    *,
    arrangement_id: str,
    grants: bool,
    met: Collection[str],
    reason: str,
    review_on: dt.date | None,
    actor: Actor,
    at: dt.datetime,
) -> FlexibleArrangement:
    """Agree in writing, or refuse with the reasons; part time changes the hours of the service record."""
    found = _led(session, arrangement_id, actor)
    state = move(found.state, WorkState.GRANTED if grants else WorkState.REFUSED)
    book = rules.RULEBOOKS[found.rulebook]
    law = book.laws[found.kind]
    found.answers = rules.check_decision(law, met, grants=grants, reason=reason)
    if grants:
        if review_on is None:
            raise Invalid(review_on="Enter the day by which you look at it together.")
        rules.check_review(book, review_on, found.starts_on)
        rules.check_dates(book, found.starts_on, found.ends_on, _today(found, at))
    found.state, found.reason = state, reason.strip()
    found.decided_by, found.decided_at = actor.id, at
    found.review_on = review_on if grants else None
    session.flush()
    _record(session, "decide", found, actor, at, outcome=state.value)
    if grants:
        _agree(session, found, actor, at)
    else:
        letters.tell(session, found, f"It was not agreed. Reasons: {found.reason}", at)
    return found


def renew(
    session: Session, *, arrangement_id: str, review_on: dt.date, remark: str, actor: Actor, at: dt.datetime
) -> None:
    """Note that an agreement was looked at and goes on, until the next look."""
    found = _led(session, arrangement_id, actor)
    if found.state is not WorkState.GRANTED:
        raise Invalid("Only an agreement is looked at.")
    if not remark.strip():
        raise Invalid(remark="Say how it goes.")
    rules.check_review(rules.RULEBOOKS[found.rulebook], review_on, max(_today(found, at), found.starts_on))
    found.review_on = review_on
    session.flush()
    _record(session, "renew", found, actor, at, review_on=review_on)
    letters.tell(session, found, f"It goes on. {remark.strip()}", at)


def end_work(
    session: Session, *, arrangement_id: str, ended_on: dt.date, reason: str, actor: Actor, at: dt.datetime
) -> FlexibleArrangement:
    """End an agreement as the person or a superior; part time goes back to the hours before."""
    found = _of_either(session, arrangement_id, actor)
    rules.check_end(ended_on, found.starts_on, _today(found, at), found.ends_on)
    if not reason.strip():
        raise Invalid(reason="Enter the reason.")
    _end(session, found, ended_on, reason.strip(), actor, at)
    return found


def conclude(session: Session, *, at: dt.datetime) -> int:
    """End agreements whose last day has passed, and count them."""
    concluded = 0
    for row in queries.list_over(session, add_days(at.date(), 1)):
        found = queries.get_for_clock(session, row.id)
        if found.state is WorkState.GRANTED and found.ends_on and found.ends_on < _today(found, at):
            _end_of_time(session, found, found.ends_on, at)
            concluded += 1
    return concluded


def remind(session: Session, *, at: dt.datetime) -> int:
    """Remind both sides of agreements that are to be looked at, and count them."""
    reminded = 0
    for found in queries.list_to_review(
        session, add_days(at.date(), -REMIND_LATE), add_days(at.date(), REMIND_AHEAD)
    ):
        book = rules.RULEBOOKS[found.rulebook]
        days = rules.reminder(book, found.review_on or found.starts_on, _today(found, at))
        if days is not None:
            letters.remind(session, found, days, at)
            reminded += 1
    return reminded


def _agree(session: Session, found: FlexibleArrangement, actor: Actor, at: dt.datetime) -> None:
    law = rules.RULEBOOKS[found.rulebook].laws[found.kind]
    employee = found.employee
    notice = notices.promise(
        session,
        template="flexible_work_agreement",
        subject=found.id,
        agency_id=found.agency_id,
        account_id=employee.account_id,
        name=employee.name,
        email=employee.email,
        letter=letters.agreement(found, law, queries.find_position(session, employee.id), actor),
        actor=actor,
        at=at,
        key=f"flexible-work:{found.id}",
    )
    found.notice_id = notice.id
    if law.authority_code:
        found.hours_before = queries.find_weekly_minutes(session, employee.id, found.starts_on)
        _change_hours(session, found, found.weekly_minutes, found.starts_on, found.reason or "", actor, at)
    session.flush()


def _end_of_time(session: Session, found: FlexibleArrangement, ended_on: dt.date, at: dt.datetime) -> None:
    """End what was agreed for a time; where the hours cannot go back any more, they stay, and it says why."""
    try:
        with db.savepoint(session):
            _end(session, found, ended_on, LAST_DAY_PASSED, SYSTEM, at)
    except (Conflict, Invalid) as error:
        again = queries.get_for_clock(session, found.id)
        reason = f"{LAST_DAY_PASSED} The hours on the record were left as they are: {error}"
        _close(session, again, ended_on, reason)
        _record(session, "end", again, SYSTEM, at, ended_on=ended_on, hours_left=str(error))
        letters.tell(session, again, f"It ends. Reason: {reason}", at)


def _end(
    session: Session,
    found: FlexibleArrangement,
    ended_on: dt.date,
    reason: str,
    actor: Actor,
    at: dt.datetime,
) -> None:
    _close(session, found, ended_on, reason)
    if found.hours_before is not None:
        _change_hours(session, found, found.hours_before, add_days(ended_on, 1), reason, actor, at)
    _record(session, "end", found, actor, at, ended_on=ended_on)
    letters.tell(session, found, f"It ends. Reason: {reason}", at)


def _close(session: Session, found: FlexibleArrangement, ended_on: dt.date, reason: str) -> None:
    found.state = move(found.state, WorkState.ENDED)
    found.ended_on, found.end_reason = ended_on, reason
    session.flush()


def _change_hours(
    session: Session,
    found: FlexibleArrangement,
    weekly_minutes: int,
    effective_on: dt.date,
    reason: str,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Change the hours on the service record, from which leave is earned."""
    law = rules.RULEBOOKS[found.rulebook].laws[found.kind]
    actions.carry_out(
        session,
        employee_id=found.employee_id,
        kind=ActionKind.CHANGE_OF_HOURS,
        effective_on=effective_on,
        changes=Changes(weekly_minutes=weekly_minutes),
        authority_code=law.authority_code,
        authority=authorities.load()[law.authority_code].citation,
        reason=reason,
        source=found.id,
        approved_by=found.decided_by,
        actor=actor,
        at=at,
    )


def _led(session: Session, arrangement_id: str, actor: Actor) -> FlexibleArrangement:
    found = queries.get_led(session, arrangement_id, actor, lock=True)
    rules.demand_other(actor.id, found.requested_by, found.employee.account_id)
    if not queries.may_decide(session, found, actor):
        raise Forbidden("The person's supervisor decides.")
    return found


def _of_either(session: Session, arrangement_id: str, actor: Actor) -> FlexibleArrangement:
    found = queries.get_for_clock(session, arrangement_id)
    if found.employee.account_id is not None and found.employee.account_id == actor.id:
        return found
    return _led(session, arrangement_id, actor)


def _today(found: FlexibleArrangement, at: dt.datetime) -> dt.date:
    return clock.local_date(at, found.employee.agency.time_zone)


def _record(
    session: Session, act: str, found: FlexibleArrangement, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"personnel.flexible_work.{act}",
        actor=actor,
        at=at,
        subject=found.id,
        agency_id=found.agency_id,
        employee=found.employee_id,
        **details,
    )
