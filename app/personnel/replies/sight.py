"""What a person sees of their own case."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from app.personnel.case_appeals.queries import find_appeal
from app.personnel.case_files.models import Purpose
from app.personnel.case_files.queries import list_files
from app.personnel.decisions.queries import find_decision
from app.personnel.deliveries.decisions import last_remedy_day
from app.personnel.deliveries.queries import find_decision_delivery
from app.personnel.discipline import clock as ticking
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.queries import list_own_cases, list_readers
from app.personnel.discipline.rules import describe, law_after, procedure_of
from app.personnel.discipline.states import CaseState
from app.personnel.employees.models import Employee
from app.personnel.letters import official_title
from app.personnel.penalty_factors import models, rules
from app.personnel.penalty_factors.queries import map_answers
from app.personnel.replies import queries
from app.platform import clock


def own(session: Session, case: DisciplinaryCase, at: dt.datetime) -> dict[str, Any]:
    """Gather the own case for its page, from a case loaded with its people, charges and notice."""
    law = procedure_of(case.regime, case.procedure)
    today = clock.local_date(at, case.agency.time_zone)
    decision = find_decision(session, case.id)
    is_running = case.state is CaseState.DELIVERED and case.reply_due_on is not None
    last_on, delivered = last_remedy_day(session, case, decision), find_decision_delivery(session, case.id)
    return {
        "case": case,
        "law": law,
        "description": describe(case.action, case.days),
        "official_title": official_title(case),
        "decision": decision,
        "decision_delivery": delivered,
        "decided": describe(decision.action, decision.days) if decision and decision.action else "no action",
        "appeal": find_appeal(session, case.id),
        "last_remedy_on": last_on,
        "evidence": list_files(session, case.id, Purpose.EVIDENCE),
        "sent": list_files(session, case.id, Purpose.REPLY),
        "replies": queries.list_replies(session, case.id),
        "representatives": queries.list_representatives(session, case.id),
        "more_time": queries.list_more_time(session, case.id),
        "factors": map_answers(session, case.id, models.Stage.PROPOSAL),
        "factor_titles": rules.FACTORS,
        "left": ticking.days_left(case.reply_due_on, today) if is_running and case.reply_due_on else "",
        "can_answer": is_running and case.reply_due_on is not None and today <= case.reply_due_on,
        "ticks": ticking.ticks(
            case,
            law,
            decided_on=decision.decided_on if decision else None,
            received_on=delivered.delivered_on if delivered else None,
            last_remedy_on=last_on,
            contested_under=law_after(case.regime, case.procedure, decision.action if decision else None),
            today=today,
        ),
        "readers": list_readers(session, case.id),
    }


def told(session: Session, employee: Employee) -> str:
    """Say how the newest open case about a person stands, on the page of their employment."""
    cases = list_own_cases(session, employee.account_id)
    running = [case for case in cases if case.state is CaseState.DELIVERED and case.reply_due_on]
    if running and running[0].reply_due_on:
        today = clock.local_date(clock.now(), employee.agency.time_zone)
        return f"Time to answer: {ticking.days_left(running[0].reply_due_on, today)}"
    return f"{len(cases)} on record" if cases else ""
