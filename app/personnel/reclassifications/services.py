"""Proposing and deciding reclassifications, and putting them into effect."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.personnel.actions import planning
from app.personnel.actions import services as actions
from app.personnel.actions.directions import find_step
from app.personnel.actions.queries import as_of, get_employee_to_change
from app.personnel.actions.rules import Changes, read_service
from app.personnel.actions.states import ActionKind
from app.personnel.positions import services as positions
from app.personnel.positions.models import Position
from app.personnel.positions.queries import get_position, get_position_to_fill
from app.personnel.positions.states import PositionState
from app.personnel.reclassifications import queries, rules
from app.personnel.reclassifications.models import Reclassification
from app.personnel.reclassifications.rules import Classified
from app.personnel.reclassifications.states import ReclassificationState, move
from app.platform import audit, clock, db
from app.platform.actors import SYSTEM, Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id


def propose(
    session: Session,
    *,
    position_id: str,
    values: Classified,
    effective_on: dt.date,
    authority_code: str,
    reason: str,
    actor: Actor,
    at: dt.datetime,
) -> Reclassification:
    """Propose another class, grade or pay of a position from a day on; somebody else decides."""
    position = get_position(session, position_id, actor)
    actor.demand("personnel.reclassifications.propose", position.agency_id)
    position = _lock(session, position_id)
    now = classified(position)
    authority = rules.check_proposal(
        positions.stated(position), now, values, authority_code=authority_code, reason=reason,
        effective_on=effective_on, today=clock.local_date(at, position.agency.time_zone),
    )  # fmt: skip
    if queries.find_open(session, position.id) is not None:
        raise Conflict("A reclassification of this position waits already. It is decided or cancelled first.")
    _plan_promotion(session, position, values, effective_on)
    made = Reclassification(
        id=new_id("rcl"), position_id=position.id, agency_id=position.agency_id,
        state=ReclassificationState.PROPOSED, effective_on=effective_on, before=now.plain(),
        after=values.plain(), authority_code=authority.code, authority=authority.citation,
        reason=reason.strip(), proposed_by=str(actor.id), proposed_at=at,
    )  # fmt: skip
    session.add(made)
    session.flush()
    _record(session, "propose", made, actor, at)
    return made


def decide(
    session: Session,
    *,
    reclassification_id: str,
    approves: bool,
    reason: str,
    actor: Actor,
    at: dt.datetime,
) -> Reclassification:
    """Approve or, with a reason, refuse a reclassification; it takes effect at once when its day has come."""
    found = queries.get_reclassification(session, reclassification_id, actor, lock=True)
    actor.demand("personnel.reclassifications.decide", found.agency_id)
    rules.demand_second_person(actor.id, found.proposed_by)
    wanted = ReclassificationState.APPROVED if approves else ReclassificationState.REFUSED
    state = move(found.state, wanted)
    if not approves and not reason.strip():
        raise Invalid(reason="Enter the reason for refusing it")
    if approves:
        position = _lock(session, found.position_id)
        _demand_not_holder(position, actor)
        _plan_promotion(session, position, rules.read(found.after), found.effective_on)
    found.state, found.outcome_reason = state, reason.strip()
    found.decided_by, found.decided_at = actor.id, at
    session.flush()
    _record(session, "decide", found, actor, at, approves=approves)
    if approves and found.effective_on <= clock.local_date(at, found.agency.time_zone):
        _take_effect(session, found, actor, at)
    return found


def cancel(
    session: Session, *, reclassification_id: str, reason: str, actor: Actor, at: dt.datetime
) -> Reclassification:
    """Cancel a reclassification before it takes effect, with the reason."""
    found = queries.get_reclassification(session, reclassification_id, actor, lock=True)
    actor.demand("personnel.reclassifications.cancel", found.agency_id)
    state = move(found.state, ReclassificationState.CANCELLED)
    if not reason.strip():
        raise Invalid(reason="Enter the reason")
    found.state, found.outcome_reason = state, reason.strip()
    session.flush()
    _record(session, "cancel", found, actor, at)
    return found


def take_effect_of_due(session: Session, *, at: dt.datetime) -> int:
    """Put into effect each approved reclassification whose day has come; one that cannot be is cancelled."""
    done = 0
    for found in queries.list_due(session, at.date() + dt.timedelta(days=1)):
        session.refresh(found, with_for_update={"of": Reclassification})
        is_due = found.effective_on <= clock.local_date(at, found.agency.time_zone)
        if found.state is not ReclassificationState.APPROVED or not is_due:
            continue
        try:
            with db.savepoint(session):
                _take_effect(session, found, SYSTEM, at)
            done += 1
        except (Conflict, Invalid) as error:
            session.refresh(found)
            found.state = move(found.state, ReclassificationState.CANCELLED)
            found.outcome_reason = error.message[:2000]
            _record(session, "cancel", found, SYSTEM, at)
    return done


def classified(position: Position) -> Classified:
    """Give the class, grade and pay of a position."""
    return Classified(
        class_code=position.class_code,
        class_title=position.class_title,
        grade=position.grade,
        pay_min_minor=position.pay_min_minor,
        pay_max_minor=position.pay_max_minor,
        pay_currency=position.pay_currency,
        pay_period=position.pay_period,
    )


def _take_effect(session: Session, found: Reclassification, actor: Actor, at: dt.datetime) -> None:
    """Change the position, and promote its holder where the grade is higher."""
    position = _lock(session, found.position_id)
    values = rules.read(found.after)
    changes = _plan_promotion(session, position, values, found.effective_on)
    positions.classify(position, found.after | {"pay_period": values.pay_period})
    found.state, found.effected_at = move(found.state, ReclassificationState.EFFECTED), at
    session.flush()
    _record(session, "take_effect", found, actor, at)
    if changes is not None and position.incumbent_id is not None:
        actions.carry_out(
            session,
            employee_id=position.incumbent_id,
            kind=ActionKind.PROMOTION,
            effective_on=found.effective_on,
            changes=changes,
            authority_code=found.authority_code,
            authority=found.authority,
            reason=f"The position was classified anew: {found.reason}"[:4000],
            source=found.id,
            approved_by=found.decided_by,
            actor=actor,
            at=at,
        )


def _plan_promotion(session: Session, position: Position, values: Classified, on: dt.date) -> Changes | None:
    """Give what the holder's promotion changes; None where nobody is promoted. Invalid for what cannot be."""
    if position.incumbent_id is None:
        return None
    held = as_of(session, position.incumbent_id, on)
    if held is None or position.incumbent is None or held.position_id != position.id:
        raise Conflict("Who holds this position on that day is not settled. Choose another day.")
    now = read_service(held)
    if not rules.check_holder(position.incumbent.name, now, classified(position), values):
        return None
    steps = planning.list_steps(session, position.agency_id, values.grade, on)
    if not steps:
        pay = max(now.pay_minor, values.pay_min_minor)
        if pay == now.pay_minor:
            raise Invalid(pay_min="A higher grade pays its holder more. Enter more than is paid now")
        return Changes(grade=values.grade, step=1, pay_minor=pay)
    old = planning.list_steps(session, position.agency_id, now.grade, on)
    step = find_step(ActionKind.PROMOTION, now, rules.graded(now, values.grade), old, steps)
    pay = next(paid.pay_minor for paid in steps if paid.step == step)
    return Changes(grade=values.grade, step=step, pay_minor=pay)


def _lock(session: Session, position_id: str) -> Position:
    """Give a position, locked after its holder, as each act on a service locks them."""
    holder = session.get_one(Position, position_id).incumbent_id
    if holder is not None:
        get_employee_to_change(session, holder)
    position = get_position_to_fill(session, position_id)
    if position.incumbent_id != holder:
        raise Conflict("Who holds this position has changed a moment ago. Try again.")
    if position.state is PositionState.ABOLISHED:
        raise Conflict("This position was abolished. It can no longer be changed.")
    return position


def _demand_not_holder(position: Position, actor: Actor) -> None:
    if position.incumbent is not None and position.incumbent.account_id == actor.id:
        raise Conflict("You hold this position, so somebody else has to decide on it.")


def _record(
    session: Session, act: str, found: Reclassification, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"personnel.reclassifications.{act}",
        actor=actor,
        at=at,
        subject=found.id,
        agency_id=found.agency_id,
        position=found.position_id,
        **details,
    )
