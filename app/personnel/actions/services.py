"""Changing service records: acts are carried out at once or by the clock, and applied to posts and people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from app.personnel.actions import directions, letters, planning, queries, rules, seating
from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.rules import Asked, Changes
from app.personnel.actions.states import ActionKind, ActionState, Standing, move
from app.personnel.documents.services import Paper, add_papers
from app.personnel.employees.models import Employee
from app.personnel.positions.models import Position
from app.personnel.positions.queries import get_position_to_fill
from app.personnel.positions.states import PositionState
from app.personnel.service_records import services as service_records
from app.platform import audit, clock, db
from app.platform.actors import SYSTEM, Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id
from app.platform.locales import write_date


def carry_out(
    session: Session,
    *,
    employee_id: str,
    kind: ActionKind,
    effective_on: dt.date,
    changes: Changes,
    authority_code: str,
    authority: str,
    reason: str,
    source: str | None,
    approved_by: str | None,
    actor: Actor,
    at: dt.datetime,
    ends_on: dt.date | None = None,
) -> PersonnelAction:
    """Carry out an act that two people decided on elsewhere: at once, or by the clock when it lies ahead.

    Of a separation `effective_on` is the last day of service. `source` is the typed id of the decision.
    Invalid on effective_on, position, step, weekly_minutes or pay_minor; Conflict for an act that does not
    fit how the person stands on that day.
    """
    employee = queries.get_employee_to_change(session, employee_id)
    action = PersonnelAction(
        id=new_id("act"),
        employee_id=employee.id,
        agency_id=employee.agency_id,
        kind=kind,
        state=ActionState.APPROVED,
        effective_on=effective_on,
        ends_on=ends_on,
        effect=planning.plan_effect(session, employee, kind, effective_on, changes, ends_on=ends_on),
        authority_code=authority_code,
        authority=authority,
        reason=reason,
        source=source,
        proposed_at=at,
        decided_by=approved_by,
        decided_at=at,
    )
    session.add(action)
    session.flush()
    if effective_on <= clock.local_date(at, employee.agency.time_zone):
        take_effect(session, action, employee, actor, at)
    record(session, "carry_out", action, actor, at, kind=kind, effective_on=effective_on, source=source)
    return action


def propose_action(
    session: Session,
    *,
    employee_id: str,
    asked: Asked,
    documents: Sequence[Paper] = (),
    actor: Actor,
    at: dt.datetime,
) -> PersonnelAction:
    """Propose an action with its legal authority and reason, for somebody else to approve."""
    employee = queries.get_employee_to_change(session, employee_id)
    actor.demand("personnel.actions.propose", employee.agency_id)
    rules.demand_not_own(actor.id, employee.account_id)
    authority = rules.check_asked(replace(asked, has_paper=bool(documents)), _today(employee, at))
    effect = planning.plan_effect(
        session, employee, asked.kind, asked.effective_on, asked.changes,
        ends_on=asked.ends_on, is_proposed=True,
    )  # fmt: skip
    action = _propose(session, employee, asked, effect, actor, at)
    action.authority_code, action.authority = authority.code, authority.citation
    session.flush()
    add_papers(session, employee, documents, action_id=action.id, actor=actor, at=at)
    record(session, "propose", action, actor, at, kind=asked.kind, effective_on=asked.effective_on)
    return action


def propose_correction(
    session: Session,
    *,
    action_id: str,
    effective_on: dt.date,
    changes: Changes,
    takes_back: bool,
    reason: str,
    actor: Actor,
    at: dt.datetime,
) -> PersonnelAction:
    """Propose a new version of an act in effect, or that it be taken back; somebody else approves it.

    Conflict when one waits already or when the history would no longer hold; Invalid without a change.
    """
    seen = queries.get_action(session, action_id, actor)
    employee = queries.get_employee_to_change(session, seen.employee_id)  # the person first, then the act
    wrong = queries.get_action(session, action_id, actor, lock=True)
    actor.demand("personnel.actions.correct", wrong.agency_id)
    rules.demand_not_own(actor.id, employee.account_id)
    rules.check_correctable(wrong.state, wrong.kind, takes_back=takes_back)
    if queries.find_waiting_correction(session, wrong.id) is not None:
        raise Conflict("A correction of this action waits for approval already.")
    effect = {} if takes_back else rules.corrected(wrong.effect, changes)
    if not takes_back and (effect, effective_on) == (dict(wrong.effect), wrong.effective_on):
        raise Invalid("This correction changes nothing.")
    if rules.first_day(effective_on, effect) > _today(employee, at):
        raise Invalid(effective_on="A correction of the past takes effect by today at the latest")
    _check_history(session, wrong, effective_on, effect)
    asked = Asked(kind=ActionKind.CORRECTION, effective_on=effective_on, changes=changes, reason=reason)
    action = _propose(session, employee, asked, effect, actor, at, corrects_id=wrong.id)
    action.authority_code, action.authority = wrong.authority_code, wrong.authority
    session.flush()
    record(session, "correct", action, actor, at, corrects=wrong.id)
    return action


def decide_action(
    session: Session, *, action_id: str, approves: bool, reason: str, actor: Actor, at: dt.datetime
) -> PersonnelAction:
    """Approve or refuse a proposed action, by somebody other than who proposed it.

    An approved one takes effect at once when its day has come, and the person is sent the notice.
    """
    seen = queries.get_action(session, action_id, actor)
    employee = queries.get_employee_to_change(session, seen.employee_id)  # the person first, then the act
    action = queries.get_action(session, action_id, actor, lock=True)
    actor.demand("personnel.actions.decide", action.agency_id)
    rules.demand_not_own(actor.id, employee.account_id)
    rules.demand_second_person(actor.id, action.proposed_by)
    state = move(action.state, ActionState.APPROVED if approves else ActionState.REFUSED)
    if not approves and not reason.strip():
        raise Invalid(reason="Enter the reason for refusing the action")
    if approves:
        _demand_post(session, action, employee, actor)
        _check_again(session, action)
    action.state, action.outcome_reason = state, reason.strip()
    action.decided_by, action.decided_at = actor.id, at
    session.flush()
    record(session, "decide", action, actor, at, approves=approves)
    if approves:
        action.notice_id = letters.promise_notice(session, action, employee, actor, at).id
        if rules.first_day(action.effective_on, action.effect) <= _today(employee, at):
            take_effect(session, action, employee, actor, at)
    return action


def cancel_action(
    session: Session, *, action_id: str, reason: str, actor: Actor, at: dt.datetime
) -> PersonnelAction:
    """Cancel an action before it takes effect, with the reason; afterwards only a correction is possible."""
    action = queries.get_action(session, action_id, actor, lock=True)
    actor.demand("personnel.actions.cancel", action.agency_id)
    rules.demand_not_own(actor.id, action.employee.account_id)
    if action.state is ActionState.EFFECTED:
        raise Conflict("This action is in effect. Correct it instead.")
    was_approved = action.state is ActionState.APPROVED
    state = move(action.state, ActionState.CANCELLED)
    if not reason.strip():
        raise Invalid(reason="Enter the reason for cancelling the action")
    action.state, action.outcome_reason = state, reason.strip()
    session.flush()
    record(session, "cancel", action, actor, at)
    if was_approved:
        letters.tell_person_cancelled(session, action, at)
    return action


def take_effect(
    session: Session, action: PersonnelAction, employee: Employee, actor: Actor, at: dt.datetime
) -> None:
    """Put an approved act into effect: the history, the posts and the person's record follow it."""
    if action.corrects_id is not None:
        corrected = session.get_one(PersonnelAction, action.corrects_id)
        corrected.state = move(corrected.state, ActionState.CORRECTED)
    before = seating.find_seat(session, employee.id) if action.corrects_id is not None else None
    action.state, action.effected_at = move(action.state, ActionState.EFFECTED), at
    session.flush()
    service_records.write_history(session, employee.id, at)
    seating.follow(session, action, employee, before, actor, at)


def take_effect_of_due(session: Session, *, at: dt.datetime) -> int:
    """Put into effect each approved act whose day has come, and count them."""
    done = 0
    for action in queries.list_due(session, at.date() + rules.DAY):
        employee = queries.get_employee_to_change(session, action.employee_id)  # as in decide_action()
        session.refresh(action, with_for_update={"of": PersonnelAction})
        if action.state is not ActionState.APPROVED:
            continue
        day = rules.first_day(action.effective_on, action.effect)
        if day > clock.local_date(at, employee.agency.time_zone):
            continue
        done += _take_effect_or_cancel(session, action, employee, at)
    return done


def _take_effect_or_cancel(
    session: Session, action: PersonnelAction, employee: Employee, at: dt.datetime
) -> bool:
    """Put an act into effect; one that no longer can is cancelled with the reason, and its proposer told."""
    try:
        with db.savepoint(session):
            _check_again(session, action)
            take_effect(session, action, employee, SYSTEM, at)
    except (Conflict, Invalid) as error:
        session.refresh(action)
        action.state, action.outcome_reason = move(action.state, ActionState.CANCELLED), str(error)
        record(session, "cancel", action, SYSTEM, at)
        letters.tell_cancelled(session, action, employee, at)
        return False
    record(session, "take_effect", action, SYSTEM, at, kind=action.kind)
    return True


def record(
    session: Session, act: str, action: PersonnelAction, actor: Actor, at: dt.datetime, **details: object
) -> None:
    """Record an act on a personnel action in the trail."""
    audit.record(
        session,
        f"personnel.actions.{act}",
        actor=actor,
        at=at,
        subject=action.id,
        agency_id=action.agency_id,
        employee=action.employee_id,
        **details,
    )


def _propose(
    session: Session,
    employee: Employee,
    asked: Asked,
    effect: dict[str, Any],
    actor: Actor,
    at: dt.datetime,
    corrects_id: str | None = None,
) -> PersonnelAction:
    action = PersonnelAction(
        id=new_id("act"),
        employee_id=employee.id,
        agency_id=employee.agency_id,
        kind=asked.kind,
        state=ActionState.PROPOSED,
        effective_on=asked.effective_on,
        ends_on=asked.ends_on,
        effect=effect,
        authority_code="",
        authority="",
        reason=asked.reason.strip(),
        late_reason=asked.late_reason.strip(),
        corrects_id=corrects_id,
        proposed_by=actor.id,
        proposed_at=at,
    )
    session.add(action)
    return action


def _demand_post(session: Session, action: PersonnelAction, employee: Employee, actor: Actor) -> None:
    """Raise Forbidden unless the actor decides for the agency too whose post an action fills."""
    wanted = action.effect.get("position_id")
    if wanted is not None and action.corrects_id is None:
        post = session.get_one(Position, wanted)
        if post.agency_id != employee.agency_id:
            actor.demand("personnel.actions.decide", post.agency_id)


def _check_again(session: Session, action: PersonnelAction) -> None:
    """Raise Conflict when something has changed since an action was proposed, so that it no longer fits."""
    if action.corrects_id is not None:
        wrong = session.get_one(PersonnelAction, action.corrects_id)
        move(wrong.state, ActionState.CORRECTED)
        _check_history(session, wrong, action.effective_on, action.effect)
        return
    held = queries.as_of(session, action.employee_id, action.effective_on)
    if held is None:
        raise Conflict("This person's service has no beginning on record.")
    now = rules.read_service(held)
    detail = queries.find_detail(session, action.employee_id, action.effective_on)
    rules.check_kind(
        action.kind, now.standing, write_date(action.effective_on), is_detailed=detail is not None
    )
    if not action.source:
        directions.check_direction(action.kind, now, rules.after(now, action.effect))
    planning.check_apart(
        session, action.employee_id, action.kind, action.effective_on, action.ends_on, but=action.id
    )
    wanted = action.effect.get("position_id")
    if wanted is not None and wanted != held.position_id:
        post = get_position_to_fill(session, wanted)
        if post.incumbent_id is not None or post.state is not PositionState.ACTIVE:
            raise Conflict(f"Position {post.number} can no longer be filled by this action.")


def _check_history(
    session: Session, wrong: PersonnelAction, effective_on: dt.date, effect: dict[str, Any]
) -> None:
    """Raise Conflict when a person's history would not hold with a correction in an act's place."""
    acts = [
        replace(act, first_day=rules.first_day(effective_on, effect), effect=effect)
        if act.id == wrong.id
        else act
        for act in service_records.load_acts(session, wrong.employee_id)
    ]
    spans = rules.replay(acts)
    if not spans or spans[0].service.standing is Standing.SEPARATED:
        raise Conflict("Without this action the person's service would have no beginning.")


def _today(employee: Employee, at: dt.datetime) -> dt.date:
    return clock.local_date(at, employee.agency.time_zone)
