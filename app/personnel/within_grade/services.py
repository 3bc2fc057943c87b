"""Finding increases that fall due, judging and deciding them, and looking at a denial again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import structlog
from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.accounts.models import Agency
from app.personnel.actions import services as actions
from app.personnel.actions.rules import Changes
from app.personnel.actions.states import ActionKind
from app.personnel.employees.models import Employee
from app.personnel.pay_scales.queries import find_pay
from app.personnel.ratings.queries import find_rating_of_record
from app.personnel.within_grade import letters, queries, regimes, rules
from app.personnel.within_grade.models import StepIncrease
from app.personnel.within_grade.states import IncreaseState, move
from app.platform import audit, clock
from app.platform.actors import SYSTEM, Actor
from app.platform.db import savepoint
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id

# Increases are listed so long before they are due that they can be judged and approved in time.
AHEAD = dt.timedelta(weeks=8)
# Until somebody has decided, the day follows the service as it is known.
UNDECIDED = (IncreaseState.DUE, IncreaseState.DETERMINED)
log = structlog.get_logger("meritum.within_grade")


def find_due(session: Session, *, at: dt.datetime) -> int:
    """List the increases of all agencies that fall due soon, let those lapse that no longer do; count new.

    An agency whose increases cannot be computed keeps them as they were, and keeps no other from its own.
    """
    found = 0
    for agency in queries.list_agencies(session):
        agency_id = agency.id
        try:
            with savepoint(session):
                found += _find_in(session, agency, at)
        except Exception:
            log.exception("increases of an agency were not computed", agency_id=agency_id)
    return found


def _find_in(session: Session, agency: Agency, at: dt.datetime) -> int:
    agency_id, today = agency.id, clock.local_date(at, agency.time_zone)
    regime, since = queries.regime_of(session, agency_id), queries.listed_from(session, agency)
    served = queries.load_service(session, Employee.agency_id == agency_id, today)
    due = {own: rules.next_increase(regime, service, today) for own, service in served.items()}
    known, renewed, lapsed = _renew(session, agency_id, regime, due)
    listed = queries.map_listed(session, agency_id)
    new, again = [], 0
    for own, one in due.items():
        if one is None or own in known or not (since or one.due_on) <= one.due_on <= today + AHEAD:
            continue
        earlier = listed.get((own, one.grade, one.from_step, one.waiting_from))
        if earlier is None:
            new.append(_row(own, agency_id, regime, one, at))
        elif earlier[1] is IncreaseState.LAPSED:
            _list_again(session.get_one(StepIncrease, earlier[0]), agency_id, regime, one)
            again += 1
    session.flush()
    if new:
        session.execute(insert(StepIncrease), new)
    if new or again or renewed or lapsed:
        audit.record(
            session,
            "personnel.within_grade.find_due",
            actor=SYSTEM,
            at=at,
            subject=agency_id,
            agency_id=agency_id,
            found=len(new) + again,
            renewed=renewed,
            lapsed=lapsed,
        )
    return len(new) + again


def _renew(
    session: Session, agency_id: str, regime: regimes.Regime, due: Mapping[str, rules.Due | None]
) -> tuple[set[str], int, int]:
    """Bring what waits to what is computed now; give whose increases go on, how many changed and lapsed."""
    known, renewed, lapsed = set(), 0, 0
    for row in queries.list_waiting(session, agency_id):
        now = due.get(row.employee_id)
        if now is not None and (now.grade, now.from_step, now.waiting_from) == _key(row):
            known.add(row.employee_id)
            if row.state in UNDECIDED and row.due_on != now.due_on:
                row.due_on, row.regime = now.due_on, regime.name
                renewed += 1
        elif row.state is IncreaseState.ASKED:
            known.add(row.employee_id)
        else:
            row.state = move(row.state, IncreaseState.LAPSED)
            lapsed += 1
    session.flush()
    return known, renewed, lapsed


def _list_again(row: StepIncrease, agency_id: str, regime: regimes.Regime, due: rules.Due) -> None:
    """Let what had lapsed be due once more; that it was denied before still moves the day of a grant."""
    row.state, row.agency_id = move(row.state, IncreaseState.DUE), agency_id
    row.due_on, row.regime = due.due_on, regime.name
    row.is_acceptable = row.grounds = row.determined_by = row.determined_at = None
    row.decided_by = row.decided_at = row.reconsidered_by = row.reconsidered_at = None


def _key(row: StepIncrease) -> tuple[str, int, dt.date]:
    return row.grade, row.from_step, row.waiting_from


def _row(
    employee_id: str, agency_id: str, regime: regimes.Regime, due: rules.Due, at: dt.datetime
) -> dict[str, object]:
    return {
        "id": new_id("wgi"),
        "employee_id": employee_id,
        "agency_id": agency_id,
        "grade": due.grade,
        "from_step": due.from_step,
        "to_step": due.from_step + 1,
        "waiting_from": due.waiting_from,
        "due_on": due.due_on,
        "regime": regime.name,
        "state": IncreaseState.DUE,
        "found_at": at,
    }


def determine(
    session: Session,
    *,
    increase_id: str,
    is_acceptable: bool,
    grounds: str,
    actor: Actor,
    at: dt.datetime,
) -> StepIncrease:
    """Say whether the work is at an acceptable level of competence; it rests on the rating of record."""
    row = queries.get_team_increase(
        session, increase_id, actor, "personnel.within_grade.determine", lock=True
    )
    state, today = move(row.state, IncreaseState.DETERMINED), _today(row, at)
    rating = find_rating_of_record(session, row.employee_id, today)
    rules.check_determination(
        regimes.find(row.regime),
        is_acceptable=is_acceptable,
        level=rating.summary_level if rating else None,
        due_on=row.due_on,
        today=today,
        grounds=grounds,
    )
    row.state, row.is_acceptable, row.grounds = state, is_acceptable, grounds.strip() or None
    row.determined_by, row.determined_at = actor.id, at
    row.decided_by = row.decided_at = row.reconsidered_by = row.reconsidered_at = None
    session.flush()
    _record(session, "determine", row, actor, at, acceptable=is_acceptable)
    return row


def decide(
    session: Session, *, increase_id: str, is_approved: bool, actor: Actor, at: dt.datetime
) -> StepIncrease:
    """Approve what the supervisor found, which grants or denies the increase, or give it back."""
    row = queries.get_staff_increase(session, increase_id, actor, lock=True)
    actor.demand("personnel.within_grade.decide", row.agency_id)
    _demand_not_own(row, actor)
    if actor.id is None or actor.id == row.determined_by:
        raise Conflict("You judged the work, so another person has to decide.")
    if not is_approved:
        row.state = move(row.state, IncreaseState.DUE)
        row.is_acceptable = row.determined_by = row.determined_at = None
    elif row.is_acceptable:
        row.state, row.decided_by, row.decided_at = move(row.state, IncreaseState.GRANTED), actor.id, at
        _grant(session, row, _effective_on(row, at), actor, at)
    else:
        _deny(session, row, actor, at)
    session.flush()
    _record(session, "decide", row, actor, at, approved=is_approved, state=row.state.value)
    return row


def ask_again(
    session: Session, *, increase_id: str, request: str, actor: Actor, at: dt.datetime
) -> StepIncrease:
    """Ask, as the employee, that a denial is looked at again, within the days of the rule."""
    row = queries.get_own_increase(session, increase_id, actor, lock=True)
    state = move(row.state, IncreaseState.ASKED)
    rules.check_request(row.reply_until, _today(row, at))
    if not request.strip():
        raise Invalid(request="Say why you believe that the denial is wrong")
    row.state, row.request, row.requested_at = state, request.strip(), at
    session.flush()
    _record(session, "ask", row, actor, at)
    return row


def reconsider(
    session: Session, *, increase_id: str, is_granted: bool, answer: str, actor: Actor, at: dt.datetime
) -> StepIncrease:
    """Answer a request, by somebody who took no part in the denial; a grant counts from the day due."""
    row = queries.get_staff_increase(session, increase_id, actor, lock=True)
    actor.demand("personnel.within_grade.reconsider", row.agency_id)
    _demand_not_own(row, actor)
    state = move(row.state, IncreaseState.GRANTED if is_granted else IncreaseState.UPHELD)
    if actor.id in (None, row.determined_by, row.decided_by):
        raise Conflict("You took part in the denial, so somebody else has to look at it again.")
    if not answer.strip():
        raise Invalid(answer="Enter the reasons of the answer")
    row.state, row.answer, row.reconsidered_by, row.reconsidered_at = state, answer.strip(), actor.id, at
    if is_granted:
        _grant(session, row, row.due_on, actor, at)
    session.flush()
    _record(session, "reconsider", row, actor, at, granted=is_granted)
    letters.tell_answer(session, row, at)
    return row


def _grant(session: Session, row: StepIncrease, effective_on: dt.date, actor: Actor, at: dt.datetime) -> None:
    regime = regimes.find(row.regime)
    rules.check_step(row.to_step, regime)
    pay = find_pay(session, row.agency_id, row.grade, row.to_step, effective_on)
    row.effective_on = effective_on
    actions.carry_out(
        session,
        employee_id=row.employee_id,
        kind=ActionKind.WITHIN_GRADE_INCREASE,
        effective_on=effective_on,
        changes=Changes(step=row.to_step, pay_minor=pay.pay_minor if pay else None),
        authority_code=regime.authority_code,
        authority=regime.authority,
        reason=f"Waiting period completed, acceptable level of competence ({regime.citation}).",
        source=row.id,
        approved_by=actor.id,
        actor=actor,
        at=at,
    )


def _deny(session: Session, row: StepIncrease, actor: Actor, at: dt.datetime) -> None:
    regime = regimes.find(row.regime)
    row.state, row.decided_by, row.decided_at = move(row.state, IncreaseState.DENIED), actor.id, at
    row.reply_until = rules.reply_until(regime, _today(row, at))
    row.request = row.requested_at = row.answer = None
    session.flush()
    letters.promise_denial(session, row, regime, actor, at)


def _effective_on(row: StepIncrease, at: dt.datetime) -> dt.date:
    """Give the day from which a grant counts: after a denial the next pay period (5 CFR 531.412(b))."""
    if row.reply_until is None:
        return row.due_on
    return rules.pay_period_after(regimes.find(row.regime), _today(row, at) + dt.timedelta(days=1))


def _demand_not_own(row: StepIncrease, actor: Actor) -> None:
    if actor.id is not None and actor.id == row.employee.account_id:
        raise Conflict("You cannot decide on your own increase.")


def _today(row: StepIncrease, at: dt.datetime) -> dt.date:
    return clock.local_date(at, row.agency.time_zone)


def _record(
    session: Session, act: str, row: StepIncrease, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"personnel.within_grade.{act}",
        actor=actor,
        at=at,
        subject=row.id,
        agency_id=row.agency_id,
        employee=row.employee_id,
        **details,
    )
