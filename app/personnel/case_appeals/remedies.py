"""Putting the service record right after an appeal."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from app.personnel.case_appeals import entries, queries
from app.personnel.case_appeals.models import CaseAppeal
from app.personnel.case_appeals.rules import Span
from app.personnel.case_appeals.services import record, waits_for_remedy
from app.personnel.decisions.effects import Reduction
from app.personnel.decisions.letters import last_day
from app.personnel.decisions.models import Decision
from app.personnel.decisions.queries import find_decision
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.rules import describe
from app.personnel.discipline.services import load_case
from app.personnel.discipline.states import Action
from app.platform import clock
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.locales import write_date


@dataclass(frozen=True, slots=True)
class Righting:
    """How an action is put right: in words, from which day, and where not in the former position.

    `to` is where a demotion leads that takes the place of a removal.
    """

    remedy: str
    effective_on: dt.date | None
    position_number: str = ""
    to: Reduction = field(default_factory=Reduction)


def apply_remedy(
    session: Session, *, case_id: str, righting: Righting, actor: Actor, at: dt.datetime
) -> CaseAppeal:
    """Put right what an appeal reversed or made lighter, once; a lighter penalty is entered by itself.

    Who was removed comes back, in the former position or another; who was demoted gets the former grade and
    pay; of a suspension the day of return moves. The time for which pay is owed is kept for the payroll.
    Invalid where the service record refuses, for example because somebody else holds the position.
    """
    case = load_case(session, case_id, actor, "personnel.case_appeals.apply_remedy")
    appeal, decision = queries.find_appeal(session, case.id), find_decision(session, case.id)
    if appeal is None or decision is None or not waits_for_remedy(appeal):
        raise Conflict("Nothing waits to be put right.")
    if not righting.remedy.strip():
        raise Invalid(remedy="Enter how the action is put right, with the pay for the time")
    owed = _enter(session, case, decision, appeal, righting, actor, at)
    appeal.remedy, appeal.remedied_by, appeal.remedied_at = righting.remedy.strip(), actor.id, at
    if owed is not None:
        appeal.back_pay_from, appeal.back_pay_to = owed
    session.flush()
    record(session, "apply_remedy", case, actor, at, outcome=appeal.outcome)
    return appeal


def say_righting(decision: Decision, appeal: CaseAppeal) -> dict[str, Any]:
    """Say what was decided and what the appeal leaves of it, and what the page has to ask for."""
    action, was_entered = decision.action, decision.carried_out_at is not None
    return {
        "was": describe(action, decision.days) if action else "no action",
        "left": describe(appeal.action, appeal.days) if appeal.action else "nothing",
        "appeal": appeal,
        "asks_day": was_entered and action in (Action.REMOVAL, Action.DEMOTION),
        "asks_post": was_entered and action is Action.REMOVAL,
        "asks_reduction": was_entered and action is Action.REMOVAL and appeal.action is Action.DEMOTION,
    }


def _enter(
    session: Session,
    case: DisciplinaryCase,
    decision: Decision,
    appeal: CaseAppeal,
    righting: Righting,
    actor: Actor,
    at: dt.datetime,
) -> Span | None:
    """Let the service record follow; nothing where the penalty was never entered in it."""
    began_on, action = decision.effective_on, decision.action
    if decision.carried_out_at is None or began_on is None or action in (None, Action.REPRIMAND):
        return None
    order = entries.Order(session, case, appeal, began_on, actor, at)
    if decision.action is not None and decision.action.has_days:
        last_on = last_day((decision.action, decision.days), began_on)
        return entries.right_suspension(
            order, last_on or began_on, clock.local_date(at, case.agency.time_zone)
        )
    if righting.effective_on is None:
        raise Invalid(effective_on="Enter the day from which it is put right")
    if righting.effective_on <= began_on:
        raise Invalid(effective_on=f"The action took effect on {write_date(began_on)}. Choose a later day")
    if action is Action.REMOVAL:
        return entries.right_removal(order, righting.effective_on, righting.position_number, righting.to)
    return entries.right_demotion(order, righting.effective_on)
