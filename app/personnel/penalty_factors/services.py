"""Answering the twelve factors, by who drafts the proposal and by who decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.services import load_case, load_draft
from app.personnel.discipline.states import CaseState
from app.personnel.penalty_factors import queries
from app.personnel.penalty_factors.models import PenaltyFactor, Stage, Weight
from app.personnel.penalty_factors.rules import FACTORS
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict
from app.platform.ids import new_id


@dataclass(frozen=True, slots=True)
class Answer:
    """Which way a factor weighs, and why."""

    weight: Weight
    answer: str


def answer_proposal(
    session: Session, *, case_id: str, answers: Mapping[int, Answer], actor: Actor, at: dt.datetime
) -> DisciplinaryCase:
    """Answer factors of a draft; those left out keep what was said before, an empty answer takes it out."""
    case = load_draft(session, case_id, actor, "personnel.penalty_factors.answer")
    _put(session, case, Stage.PROPOSAL, answers, actor, at)
    return case


def answer_decision(
    session: Session, *, case_id: str, answers: Mapping[int, Answer], actor: Actor, at: dt.datetime
) -> DisciplinaryCase:
    """Weigh the factors anew, as the deciding official, before deciding."""
    case = load_case(session, case_id, actor, "personnel.penalty_factors.weigh")
    if actor.id != case.deciding_official_id:
        raise Conflict("Only the deciding official weighs the factors for the decision.")
    if case.state is not CaseState.DELIVERED:
        raise Conflict(f"This case is {case.state.title.lower()}, so nothing is weighed now.")
    _put(session, case, Stage.DECISION, answers, actor, at)
    return case


def _put(
    session: Session,
    case: DisciplinaryCase,
    stage: Stage,
    answers: Mapping[int, Answer],
    actor: Actor,
    at: dt.datetime,
) -> None:
    known = queries.map_answers(session, case.id, stage)
    for factor in range(1, len(FACTORS) + 1):
        given = answers.get(factor)
        if given is None:
            continue
        row = known.get(factor)
        if not given.answer.strip():
            if row is not None:
                session.delete(row)
            continue
        if row is None:
            row = PenaltyFactor(id=new_id("pfa"), case_id=case.id, stage=stage, factor=factor)
            session.add(row)
        row.weight, row.answer = given.weight, given.answer.strip()
        row.answered_by, row.answered_at = str(actor.id), at
    session.flush()
    act = "answer" if stage is Stage.PROPOSAL else "weigh"
    audit.record(
        session,
        f"personnel.penalty_factors.{act}",
        actor=actor,
        at=at,
        subject=case.id,
        agency_id=case.agency_id,
        factors=sorted(answers),
    )
