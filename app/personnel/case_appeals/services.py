"""Recording an appeal and what came of it, and closing a case."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.accounts.holidays.queries import load_days
from app.personnel.case_appeals import queries, rules
from app.personnel.case_appeals.models import CaseAppeal
from app.personnel.case_appeals.states import AppealOutcome
from app.personnel.decisions.models import Decision
from app.personnel.decisions.queries import find_decision
from app.personnel.deliveries.decisions import last_remedy_day, received_on
from app.personnel.deliveries.queries import find_decision_delivery
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.regimes import REGIMES
from app.personnel.discipline.rules import law_after, procedure_of
from app.personnel.discipline.services import load_case
from app.personnel.discipline.states import Action, CaseState, Forum, move
from app.platform import audit, clock
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id


@dataclass(frozen=True, slots=True)
class Ending:
    """What came of an appeal; `lighter` is the penalty in place of one that was mitigated."""

    outcome: AppealOutcome
    decided_on: dt.date
    reasons: str
    lighter: tuple[Action, int | None] | None = None


def record_appeal(
    session: Session,
    *,
    case_id: str,
    forum: Forum,
    docket: str,
    filed_on: dt.date,
    actor: Actor,
    at: dt.datetime,
) -> CaseAppeal:
    """Record that the decision was contested; late ones too, since whoever is asked decides on that."""
    case = load_case(session, case_id, actor, "personnel.case_appeals.record")
    decision = _decision(session, case)
    remedy = rules.find_remedy(law_after(case.regime, case.procedure, decision.action), forum)
    effective_on = decision.effective_on or decision.decided_on
    holidays = load_days(session, case.agency_id, since=decision.decided_on)
    rules.check_filing(
        case.state,
        remedy,
        filed_on,
        decided_on=decision.decided_on,
        effective_on=effective_on,
        today=clock.local_date(at, case.agency.time_zone),
    )
    appeal = CaseAppeal(
        id=new_id("cpl"),
        case_id=case.id,
        forum=forum,
        docket=docket.strip(),
        filed_on=filed_on,
        due_on=remedy.last_day(received_on(session, decision), effective_on, holidays),
        recorded_by=str(actor.id),
        recorded_at=at,
    )
    session.add(appeal)
    case.state = move(case.state, CaseState.APPEALED)
    session.flush()
    record(session, "record", case, actor, at, forum=forum, filed_on=filed_on)
    return appeal


def record_outcome(
    session: Session, *, case_id: str, ending: Ending, actor: Actor, at: dt.datetime
) -> CaseAppeal:
    """Record what was decided on an appeal; a lighter penalty or a reversal then waits for its remedy."""
    case = load_case(session, case_id, actor, "personnel.case_appeals.record_outcome")
    appeal, decision = _pending(session, case), _decision(session, case)
    if decision.action is None:
        raise Conflict("No penalty was imposed.")
    if not ending.reasons.strip():
        raise Invalid(reasons="Enter what was decided and why")
    rules.check_outcome(
        procedure_of(case.regime, case.procedure),
        ending.outcome,
        was=(decision.action, decision.days),
        lighter=ending.lighter,
        filed_on=appeal.filed_on,
        decided_on=ending.decided_on,
        today=clock.local_date(at, case.agency.time_zone),
    )
    appeal.outcome, appeal.decided_on = ending.outcome, ending.decided_on
    appeal.reasons = ending.reasons.strip()
    appeal.action, appeal.days = ending.lighter or (None, None)
    session.flush()
    record(session, "record_outcome", case, actor, at, outcome=ending.outcome)
    return appeal


def close_case(
    session: Session, *, case_id: str, note: str, actor: Actor, at: dt.datetime
) -> DisciplinaryCase:
    """Close a case, once nothing can follow any more; from then on the clock of its keeping runs."""
    case = load_case(session, case_id, actor, "personnel.case_appeals.close")
    appeal, decision = queries.find_appeal(session, case.id), find_decision(session, case.id)
    last_on = last_remedy_day(session, case, decision)
    today = clock.local_date(at, case.agency.time_zone)
    rules.check_closing(
        case.state,
        last_remedy_on=last_on,
        is_received=find_decision_delivery(session, case.id) is not None,
        has_open_appeal=appeal is not None and appeal.outcome is None,
        waits_for_remedy=waits_for_remedy(appeal),
        today=today,
    )
    case.state, case.closed_at = move(case.state, CaseState.CLOSED), at
    case.closing_note = note.strip()
    years = REGIMES[case.regime].years_kept(final_action(decision, appeal))
    case.retained_until = rules.retained_until(today, years)
    session.flush()
    record(session, "close", case, actor, at, retained_until=case.retained_until)
    return case


def final_action(decision: Decision | None, appeal: CaseAppeal | None) -> Action | None:
    """Give the action that a case ends with, after an appeal that changed it; None where nothing is done."""
    if decision is None or (appeal is not None and appeal.outcome is AppealOutcome.REVERSED):
        return None
    return appeal.action if appeal is not None and appeal.action is not None else decision.action


def waits_for_remedy(appeal: CaseAppeal | None) -> bool:
    """Tell whether an appeal changed the action and the service record was not put right yet."""
    return (
        appeal is not None
        and appeal.outcome is not None
        and appeal.outcome.needs_remedy
        and appeal.remedied_at is None
    )


def record(
    session: Session, act: str, case: DisciplinaryCase, actor: Actor, at: dt.datetime, **details: object
) -> None:
    """Record an act on an appeal in the trail."""
    audit.record(
        session,
        f"personnel.case_appeals.{act}",
        actor=actor,
        at=at,
        subject=case.id,
        agency_id=case.agency_id,
        number=case.number,
        **details,
    )


def _decision(session: Session, case: DisciplinaryCase) -> Decision:
    found = find_decision(session, case.id)
    if found is None:
        raise Conflict("This case was not decided, so there is nothing to contest.")
    return found


def _pending(session: Session, case: DisciplinaryCase) -> CaseAppeal:
    appeal = queries.find_appeal(session, case.id)
    if appeal is None:
        raise Conflict("No appeal is on record.")
    if appeal.outcome is not None:
        raise Conflict("What came of this appeal is on record already.")
    return appeal
