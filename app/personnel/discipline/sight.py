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
from app.personnel.deliveries.queries import find_delivery
from app.personnel.discipline import clock as ticking
from app.personnel.discipline import queries, rules
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.states import CaseState
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
    last_on = appeals.last_remedy_day(case, decision)
    events = [event for event in history.list_history(session, [case.id]) if event.action != queries.SHOW]
    return {
        "case": case,
        "law": law,
        "description": rules.describe(case.action, case.days),
        "official_title": letters.official_title(case),
        "allegation": find_allegation(session, case.allegation_id, actor),
        "delivery": find_delivery(session, case.id),
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
            last_remedy_on=last_on,
            today=today,
        ),
        "todo": _todo(case, actor, at),
        "timeline": history.timeline(events, case.agency.time_zone),
        "paragraphs": rules.paragraphs,
    }


def _todo(case: DisciplinaryCase, actor: Actor, at: dt.datetime) -> list[tuple[str, str]]:
    """List what this person may do now with a case: the words of a button, and its endpoint."""
    may = {endpoint for _, endpoint in sum(ACTS.values(), ()) if actor.may(endpoint, case.agency_id)}
    found = [(words, endpoint) for words, endpoint in ACTS[case.state] if endpoint in may]
    if actor.id != case.deciding_official_id:
        return [one for one in found if one[1] not in FOR_DECIDER]
    return [one for one in found if one[1] not in FOR_PROPOSER]


_WITHDRAW = ("Withdraw the case", "personnel.discipline.withdraw")
_CLOSE = ("Close the case", "personnel.case_appeals.close")
# What may follow in each state, the next step first.
ACTS: dict[CaseState, tuple[tuple[str, str], ...]] = {
    CaseState.DRAFT: (
        ("Preview and propose", "personnel.discipline.propose"),
        ("Change the draft", "personnel.discipline.edit"),
        ("Answer the factors", "personnel.penalty_factors.answer"),
        ("Add a file", "personnel.case_files.add"),
        _WITHDRAW,
    ),
    CaseState.PROPOSED: (("Record the delivery", "personnel.deliveries.record"), _WITHDRAW),
    CaseState.DELIVERED: (
        ("Decide the case", "personnel.decisions.decide"),
        ("Weigh the factors", "personnel.penalty_factors.weigh"),
        ("Record an oral answer or a hearing", "personnel.replies.record_heard"),
        _WITHDRAW,
    ),
    CaseState.DECIDED: (("Carry it out", "personnel.decisions.carry_out"), _CLOSE),
    CaseState.CARRIED_OUT: (("Record an appeal", "personnel.case_appeals.record"), _CLOSE),
    CaseState.APPEALED: (
        ("Record what came of the appeal", "personnel.case_appeals.record_outcome"),
        ("Put the service record right", "personnel.case_appeals.apply_remedy"),
        _CLOSE,
    ),
    CaseState.CLOSED: (),
    CaseState.WITHDRAWN: (),
}
FOR_DECIDER = {"personnel.decisions.decide", "personnel.penalty_factors.weigh"}
FOR_PROPOSER = {"personnel.discipline.propose"}
