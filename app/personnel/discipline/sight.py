"""What an officer sees of a case, gathered from every noun that has a part in it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from app.personnel import history, letters
from app.personnel.allegations.queries import find_allegation
from app.personnel.case_appeals import services as appeals
from app.personnel.case_appeals.queries import find_appeal
from app.personnel.case_files.queries import list_files
from app.personnel.decisions.queries import find_decision
from app.personnel.deliveries.decisions import last_remedy_day
from app.personnel.deliveries.queries import find_decision_delivery, find_delivery
from app.personnel.discipline import clock as ticking
from app.personnel.discipline import rules, steps, visibility
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.penalty_factors.models import Stage
from app.personnel.penalty_factors.queries import map_answers
from app.personnel.penalty_factors.rules import FACTORS
from app.personnel.replies import queries as replies
from app.platform import clock
from app.platform.actors import Actor


def office(session: Session, case: DisciplinaryCase, actor: Actor, at: dt.datetime) -> dict[str, Any]:
    """Gather a case for its page, from a case loaded with its people, charges and notice."""
    law = rules.procedure_of(case.regime, case.procedure)
    today = clock.local_date(at, case.agency.time_zone)
    decision, appeal = find_decision(session, case.id), find_appeal(session, case.id)
    last_on, delivered = last_remedy_day(session, case, decision), find_decision_delivery(session, case.id)
    events = [event for event in history.list_history(session, [case.id]) if event.action != visibility.SHOW]
    return {
        "case": case,
        "law": law,
        "description": rules.describe(case.action, case.days),
        "official_title": letters.official_title(case),
        "allegation": find_allegation(session, case.allegation_id, actor),
        "delivery": find_delivery(session, case.id),
        "decision_delivery": delivered,
        "files": list_files(session, case.id),
        "representatives": replies.list_representatives(session, case.id),
        "asked": replies.find_asked(session, case.id),
        "more_time": replies.list_more_time(session, case.id),
        "replies": replies.list_replies(session, case.id),
        "factors": {stage.value: map_answers(session, case.id, stage) for stage in Stage},
        "factor_titles": FACTORS,
        "decision": decision,
        "decided": rules.describe(decision.action, decision.days)
        if decision and decision.action
        else "no action",
        "findings": {(row.charge_id, row.specification): row.is_sustained for row in decision.findings}
        if decision
        else {},
        "appeal": appeal,
        "waits_for_remedy": appeals.waits_for_remedy(appeal),
        "last_remedy_on": last_on,
        "ticks": ticking.ticks(
            case,
            law,
            decided_on=decision.decided_on if decision else None,
            received_on=delivered.delivered_on if delivered else None,
            last_remedy_on=last_on,
            contested_under=rules.law_after(
                case.regime, case.procedure, decision.action if decision else None
            ),
            today=today,
        ),
        "todo": steps.list_steps(case, appeal, actor, is_received=delivered is not None),
        "timeline": history.timeline(events, case.agency.time_zone),
        "paragraphs": rules.paragraphs,
    }
