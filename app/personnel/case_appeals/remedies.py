"""Putting the service record right after an appeal."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.personnel.actions.queries import as_of
from app.personnel.actions.rules import DAY, Changes
from app.personnel.actions.states import ActionKind
from app.personnel.case_appeals import queries
from app.personnel.case_appeals.models import CaseAppeal
from app.personnel.case_appeals.services import record, waits_for_remedy
from app.personnel.decisions.effects import act
from app.personnel.decisions.models import Decision
from app.personnel.decisions.queries import find_decision
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.services import load_case
from app.personnel.discipline.states import Action
from app.personnel.positions.queries import find_by_number
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid


@dataclass(frozen=True, slots=True)
class Righting:
    """How an action is put right: in words, from which day, and where not in the former position."""

    remedy: str
    effective_on: dt.date | None
    position_number: str = ""


def apply_remedy(
    session: Session, *, case_id: str, righting: Righting, actor: Actor, at: dt.datetime
) -> CaseAppeal:
    """Put right what an appeal reversed or made lighter, once.

    Who was removed is reinstated, in the former position or another; who was demoted gets the former grade
    and pay. What a suspension cost is paid, which the words tell the payroll. Invalid where the service
    record refuses, for example because somebody else holds the position.
    """
    case = load_case(session, case_id, actor, "personnel.case_appeals.apply_remedy")
    appeal, decision = queries.find_appeal(session, case.id), find_decision(session, case.id)
    if appeal is None or decision is None or not waits_for_remedy(appeal):
        raise Conflict("Nothing waits to be put right.")
    if not righting.remedy.strip():
        raise Invalid(remedy="Enter how the action is put right, with the pay for the time")
    if decision.action in (Action.REMOVAL, Action.DEMOTION):
        if righting.effective_on is None:
            raise Invalid(effective_on="Enter the day from which it is put right")
        _change_record(session, case, decision, righting, righting.effective_on, actor, at)
    appeal.remedy, appeal.remedied_by, appeal.remedied_at = righting.remedy.strip(), actor.id, at
    session.flush()
    record(session, "apply_remedy", case, actor, at, outcome=appeal.outcome)
    return appeal


def _change_record(
    session: Session,
    case: DisciplinaryCase,
    decision: Decision,
    righting: Righting,
    effective_on: dt.date,
    actor: Actor,
    at: dt.datetime,
) -> None:
    before = (decision.effective_on or decision.decided_on) - DAY
    former = as_of(session, case.employee_id, before)
    if former is None:
        raise Conflict("The service record does not say what held before this action.")
    if decision.action is Action.REMOVAL:
        wanted = righting.position_number
        own = _post(session, wanted, case.agency_id) if wanted.strip() else former.position_id
        kind, changes = ActionKind.REINSTATEMENT, Changes(position_id=own)
    else:
        kind = ActionKind.PROMOTION
        changes = Changes(grade=former.grade, step=former.step, pay_minor=former.pay_minor)
    act(session, case, decision, kind, effective_on, changes, actor, at)


def _post(session: Session, number: str, agency_id: str) -> str:
    post = find_by_number(session, number.strip(), agency_id)
    if post is None:
        raise Invalid(position="There is no position with this number in the agency")
    return post.id
