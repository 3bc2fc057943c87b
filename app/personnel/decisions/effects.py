"""Carrying out what was decided: the service record follows through personnel actions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.personnel.actions import services as actions
from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.rules import Changes
from app.personnel.actions.states import ActionKind
from app.personnel.decisions import queries, rules
from app.personnel.decisions.models import Decision
from app.personnel.decisions.services import record
from app.personnel.discipline.letters import tell_employee
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.rules import describe, procedure_of
from app.personnel.discipline.services import load_case
from app.personnel.discipline.states import Action, CaseState, move
from app.platform import clock, db
from app.platform.actors import Actor
from app.platform.calendars import add_days
from app.platform.errors import Conflict, Invalid


@dataclass(frozen=True, slots=True)
class Reduction:
    """To what a demotion leads: a grade, pay in minor units of the post's currency, or both."""

    grade: str = ""
    pay_minor: int | None = None


def carry_out(
    session: Session, *, case_id: str, reduction: Reduction, actor: Actor, at: dt.datetime
) -> DisciplinaryCase:
    """Carry out a decision from its effective day on; a reprimand is placed in the file and changes nothing.

    A suspension is followed by the return to duty on the day after its last. Conflict before the effective
    day; Invalid for a demotion that leads nowhere, or what the service record refuses.
    """
    case = load_case(session, case_id, actor, "personnel.decisions.carry_out")
    today = clock.local_date(at, case.agency.time_zone)
    rules.check_carry_out(case.state, case.effective_on, today)
    decision = queries.find_decision(session, case.id)
    if decision is None or decision.action is None or decision.effective_on is None:
        raise Conflict("No penalty was imposed, so there is nothing to carry out. Close the case.")
    _change_record(session, case, decision, reduction, actor, at)
    case.state = move(case.state, CaseState.CARRIED_OUT)
    decision.carried_out_by, decision.carried_out_at = actor.id, at
    session.flush()
    record(session, "carry_out", case, actor, at, carries_out=decision.action)
    return case


def record_not_entered(
    session: Session, *, case_id: str, reason: str, reduction: Reduction, actor: Actor, at: dt.datetime
) -> DisciplinaryCase:
    """Record that the service record refuses what was decided, with its words and an officer's reason.

    The record is asked first: Conflict where it takes the penalty, so that none is passed over.
    """
    case = load_case(session, case_id, actor, "personnel.decisions.record_not_entered")
    rules.check_carry_out(case.state, case.effective_on, clock.local_date(at, case.agency.time_zone))
    decision = queries.find_decision(session, case.id)
    if decision is None:
        raise Conflict("This case was not decided.")
    if not reason.strip():
        raise Invalid(reason="Enter what follows from this, and why")
    decision.refusal = _ask_record(session, case, decision, reduction, actor, at)[:1000]
    decision.not_entered_by, decision.not_entered_at = actor.id, at
    decision.not_entered_reason = reason.strip()
    case.state = move(case.state, CaseState.NOT_ENTERED)
    session.flush()
    record(session, "record_not_entered", case, actor, at)
    line = "What was decided in your case could not be entered in your service record. Your page says why."
    tell_employee(session, case, key="not_entered", lines=(line,), at=at)
    return case


def _ask_record(
    session: Session,
    case: DisciplinaryCase,
    decision: Decision,
    reduction: Reduction,
    actor: Actor,
    at: dt.datetime,
) -> str:
    """Give the words with which the service record refuses a penalty; nothing of the try is kept."""
    if decision.action is Action.DEMOTION:
        _demand_target(reduction)
    try:
        with db.savepoint(session):
            _change_record(session, case, decision, reduction, actor, at)
            raise _Taken
    except _Taken:
        raise Conflict("The service record takes this penalty. Carry it out.") from None
    except (Conflict, Invalid) as refused:
        return refused.message


class _Taken(Exception):
    """The service record took what was tried."""


def _demand_target(reduction: Reduction) -> None:
    if not reduction.grade and reduction.pay_minor is None:
        raise Invalid(grade="Enter the grade or the pay to which the employee is reduced")


def _change_record(
    session: Session,
    case: DisciplinaryCase,
    decision: Decision,
    reduction: Reduction,
    actor: Actor,
    at: dt.datetime,
) -> None:
    action, effective_on = decision.action, decision.effective_on
    if action is None or effective_on is None or action is Action.REPRIMAND:
        return
    if action.has_days and decision.days:
        last = add_days(effective_on, decision.days - 1)
        act(session, case, decision, ActionKind.SUSPENSION, effective_on, Changes(), actor, at, last)
        back_on = add_days(last, 1)
        act(session, case, decision, ActionKind.RETURN_TO_DUTY, back_on, Changes(), actor, at)
    elif action is Action.DEMOTION:
        _demand_target(reduction)
        changes = Changes(grade=reduction.grade or None, pay_minor=reduction.pay_minor)
        act(session, case, decision, ActionKind.REDUCTION, effective_on, changes, actor, at)
    else:
        act(session, case, decision, ActionKind.SEPARATION, effective_on, Changes(), actor, at)


def act(
    session: Session,
    case: DisciplinaryCase,
    decision: Decision,
    kind: ActionKind,
    effective_on: dt.date,
    changes: Changes,
    actor: Actor,
    at: dt.datetime,
    ends_on: dt.date | None = None,
) -> PersonnelAction:
    """Change the service record on the strength of a decision; `source` leads back to the case."""
    law = procedure_of(case.regime, case.procedure)
    return actions.carry_out(
        session,
        employee_id=case.employee_id,
        kind=kind,
        effective_on=effective_on,
        ends_on=ends_on,
        changes=changes,
        authority_code=law.authority_code,
        authority=law.law,
        reason=f"{describe(decision.action or case.action, decision.days).capitalize()}, case {case.number}",
        source=case.id,
        approved_by=decision.decided_by,
        actor=actor,
        at=at,
    )
