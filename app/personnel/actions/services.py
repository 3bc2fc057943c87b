"""Changing service records: acts are carried out at once or by the clock, and applied to posts and people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from app.personnel.actions import letters, queries, rules
from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.rules import Changes, Service
from app.personnel.actions.states import ActionKind, ActionState, Standing, move
from app.personnel.appointments.services import leave_position, take_position
from app.personnel.employees.models import Employee
from app.personnel.employees.services import end_service, resume_service
from app.personnel.positions.models import Position
from app.personnel.positions.queries import get_position_to_fill
from app.personnel.service_records import services as service_records
from app.platform import audit, clock
from app.platform.actors import SYSTEM, Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id

# The last step of a grade in an agency on a day; None when it is not known here.
MostSteps = Callable[[Session, str, str, dt.date], int | None]
_most_steps: list[MostSteps] = []


def add_steps(most: MostSteps) -> None:
    """Let a noun that keeps pay scales say where a grade ends; the same one added twice is one."""
    if most not in _most_steps:
        _most_steps.append(most)


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
        effect=plan_effect(session, employee, kind, effective_on, changes),
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


def plan_effect(
    session: Session, employee: Employee, kind: ActionKind, effective_on: dt.date, changes: Changes
) -> dict[str, Any]:
    """Check an act against the person's history, and freeze what it sets; Invalid or Conflict."""
    began_on = queries.service_began_on(session, employee.id)
    if began_on is None:
        raise Conflict("This person's service has no beginning on record.")
    if effective_on < began_on:
        raise Invalid(effective_on=f"The day must not be before the first day of service, {began_on}")
    held = queries.as_of(session, employee.id, effective_on)
    now = rules.read_service(held) if held else None
    if now is None:
        raise Conflict("This person's service has no beginning on record.")
    rules.check_kind(kind, now.standing, effective_on.isoformat())
    rules.check_changes(kind, changes, now)
    effect = _effect(session, kind, changes, now)
    rules.check_step(
        effect.get("step", now.step),
        find_most_steps(session, now.agency_id, effect.get("grade", now.grade), effective_on),
        effect.get("grade", now.grade),
    )
    standing = queries.load_standing_acts(session, employee.id)
    rules.check_overlap(rules.first_day(effective_on, effect), effect, standing)
    return effect


def find_most_steps(session: Session, agency_id: str, grade: str, on: dt.date) -> int:
    """Give the last step of a grade: as the agency's pay scale has it, else as the usual rule."""
    for most in _most_steps:
        if (found := most(session, agency_id, grade, on)) is not None:
            return found
    return rules.USUAL_STEPS


def take_effect(
    session: Session, action: PersonnelAction, employee: Employee, actor: Actor, at: dt.datetime
) -> None:
    """Put an approved act into effect: the history, the posts and the person's record follow it."""
    action.state, action.effected_at = move(action.state, ActionState.EFFECTED), at
    session.flush()
    service_records.write_history(session, employee.id, at)
    _seat(session, action, employee, actor, at)


def take_effect_of_due(session: Session, *, at: dt.datetime) -> int:
    """Put into effect each approved act whose day has come, and count them."""
    done = 0
    for action in queries.list_due(session, at.date() + rules.DAY):
        employee = queries.get_employee_to_change(session, action.employee_id)
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
        with session.begin_nested():
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


def _effect(session: Session, kind: ActionKind, changes: Changes, now: Service) -> dict[str, Any]:
    effect: dict[str, Any] = {}
    if changes.position_id is not None and changes.position_id != now.position_id:
        post = get_position_to_fill(session, changes.position_id)
        if post.incumbent_id is not None:
            raise Invalid(position=f"Position {post.number} is held by somebody else")
        effect |= rules.move_to(service_records.first_service(post), now, post.pay_max_minor).effect()
        effect["weekly_minutes"] = now.weekly_minutes
        del effect["standing"]
    for name in ("grade", "step", "pay_minor", "weekly_minutes", "duty_station"):
        if (value := getattr(changes, name)) is not None:
            effect[name] = value
    standing = changes.standing or rules.STANDINGS.get(kind)
    if standing is not None:
        effect["standing"] = standing.value
    if standing is Standing.SEPARATED:
        effect["position_id"] = None
    if not effect:
        raise Invalid("This action changes nothing.")
    return effect


def _seat(
    session: Session, action: PersonnelAction, employee: Employee, actor: Actor, at: dt.datetime
) -> None:
    """Let posts, appointments and the person's record follow what the act says of the seat."""
    former = queries.find_live_appointment(session, employee.id)
    left_on = action.effective_on
    if "position_id" in action.effect and former is not None:
        if former.position_id == action.effect["position_id"]:
            return
        if action.effect["position_id"] is not None:
            left_on = max(former.starts_on, action.effective_on - rules.DAY)
        old = get_position_to_fill(session, former.position_id)
        leave_position(session, former, old, reason=action.reason or action.kind.title, ended_on=left_on)
    if action.effect.get("standing") == Standing.SEPARATED.value:
        end_service(session, employee=employee, separated_on=action.effective_on)
        return
    if (wanted := action.effect.get("position_id")) is None:
        return
    post: Position = get_position_to_fill(session, wanted)
    resume_service(session, employee=employee, agency_id=post.agency_id)
    take_position(
        session,
        employee,
        post,
        former=former,
        authority=action.authority,
        source=action.id,
        starts_on=action.effective_on,
        actor=actor,
        at=at,
    )
