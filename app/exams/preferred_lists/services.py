"""Placing people on preferred lists, offering them positions, recording the answers, ending their time."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.exams.merit_lists.models import MeritList
from app.exams.preferred_lists import queries, rules
from app.exams.preferred_lists.models import PreferredEntry
from app.exams.preferred_lists.rules import Regime
from app.exams.preferred_lists.states import PreferredState, move
from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.rules import Changes
from app.personnel.actions.services import carry_out
from app.personnel.actions.states import ActionKind
from app.personnel.employees.states import EmployeeState
from app.platform import audit, clock, db
from app.platform.actors import SYSTEM, Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id
from app.recruitment.requisitions.services import fill_position


def place_separated(session: Session, *, at: dt.datetime) -> int:
    """Put whoever was separated by a reduction in force on the list of the law it was done under."""
    placed = 0
    for regime in rules.regimes():
        for action in queries.list_separated(session, regime.authorities):
            with db.savepoint(session):
                placed += _place(session, regime, action, at)
    return placed


def _place(session: Session, regime: Regime, action: PersonnelAction, at: dt.datetime) -> bool:
    post = queries.find_last_post(session, action)
    since = queries.appointed_first_on(session, action.employee_id)
    expires_on = regime.expires_on(action.effective_on)
    today = clock.local_date(at, action.agency.time_zone)
    if post is None or since is None or today > expires_on:
        return False
    entry = PreferredEntry(
        id=new_id("prf"),
        employee_id=action.employee_id,
        action_id=action.id,
        agency_id=action.agency_id,
        regime=regime.name,
        class_code=post.class_code,
        class_title=post.class_title,
        seniority_from=since,
        separated_on=action.effective_on,
        expires_on=expires_on,
        state=PreferredState.STANDING,
        placed_at=at,
    )
    session.add(entry)
    session.flush()
    _record(session, "place", entry, SYSTEM, at, separation=action.id)
    return True


def end_entries(session: Session, *, at: dt.datetime) -> int:
    """End the time on the list of whoever is back in service or whose last day is over."""
    ended = 0
    for entry in queries.list_over(session, at.date() + dt.timedelta(days=1)):
        is_back = entry.employee.state is EmployeeState.ACTIVE
        if not is_back and entry.expires_on >= clock.local_date(at, entry.agency.time_zone):
            continue
        with db.savepoint(session):
            to = PreferredState.REINSTATED if is_back else PreferredState.EXPIRED
            entry.state, entry.ended_at = move(entry.state, to), at
            session.flush()
            _record(session, "end", entry, SYSTEM, at, outcome=to.value)
        ended += 1
    return ended


def offer_position(
    session: Session, *, entry_id: str, position_id: str, starts_on: dt.date, actor: Actor, at: dt.datetime
) -> PreferredEntry:
    """Offer a vacant position of the class to the first person on the list who was offered none.

    Invalid on `position_id` where it is not vacant, of another class, or of an agency in which the actor may
    not offer positions.
    """
    entry = queries.get_entry(session, entry_id, actor, lock=True)
    state = move(entry.state, PreferredState.OFFERED)
    today = clock.local_date(at, entry.agency.time_zone)
    rules.demand_alive(entry.expires_on, today)
    rules.demand_other_person(actor.id, None, entry.employee.account_id)
    if starts_on <= today:
        raise Invalid(starts_on="The first day must come after today.")
    vacant = {row.id: row for row in queries.list_vacant(session, entry, actor)}
    position = vacant.get(position_id)
    if position is None:
        raise Invalid(position_id="Select a vacant position of this class.")
    regime = rules.get_regime(entry.regime)
    waiting = queries.list_first(
        session,
        regime,
        agency_id=position.agency_id,
        class_code=entry.class_code,
        at=at,
        on=today,
        unoffered=True,
    )
    rules.demand_first(entry.id, waiting)
    entry.state, entry.position_id, entry.starts_on = state, position_id, starts_on
    entry.offered_by, entry.offered_at = actor.id, at
    session.flush()
    _record(session, "offer", entry, actor, at, position=position_id)
    return entry


def record_answer(
    session: Session, *, entry_id: str, answer: PreferredState, reason: str, actor: Actor, at: dt.datetime
) -> PreferredEntry:
    """Record what came of an offer, by another officer: back into service, or off the list."""
    entry = queries.get_entry(session, entry_id, actor, lock=True)
    if entry.state is not PreferredState.OFFERED or entry.position is None:
        raise Conflict("No position was offered to this person, so there is no answer to record.")
    actor.demand("exams.preferred_lists.answer", entry.position.agency_id)
    state = move(entry.state, answer)
    rules.demand_other_person(actor.id, entry.offered_by, entry.employee.account_id)
    entry.reason = rules.check_reason(reason)
    entry.state, entry.answered_by, entry.ended_at = state, actor.id, at
    session.flush()
    if answer is PreferredState.REINSTATED:
        _reinstate(session, entry, actor, at)
    _record(session, "answer", entry, actor, at, outcome=answer.value)
    return entry


def _reinstate(session: Session, entry: PreferredEntry, actor: Actor, at: dt.datetime) -> None:
    """Bring a person back by a personnel action of the two officers, and fill the position."""
    regime = rules.get_regime(entry.regime)
    carry_out(
        session,
        employee_id=entry.employee_id,
        kind=ActionKind.REINSTATEMENT,
        effective_on=entry.starts_on or entry.separated_on,
        changes=Changes(position_id=entry.position_id),
        authority_code="PREFERRED-LIST",
        authority=regime.reinstated_under,
        reason=entry.reason or "",
        source=entry.id,
        approved_by=actor.id,
        actor=actor,
        at=at,
    )
    if entry.position_id:
        fill_position(session, position_id=entry.position_id, at=at)


def demand_nobody_first(session: Session, merit_list: MeritList, at: dt.datetime) -> None:
    """Raise Conflict while somebody comes before every name of a loaded list, by the law of its rulebook."""
    regime, people = queries.list_before(session, merit_list, at)
    if regime is not None and (said := rules.say_who_comes_first(people, regime)):
        raise Conflict(said)


def _record(
    session: Session, act: str, entry: PreferredEntry, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"exams.preferred_lists.{act}",
        actor=actor,
        at=at,
        subject=entry.id,
        agency_id=entry.agency_id,
        **details,
    )
