"""Deciding a case: once, by the deciding official, when the clock allows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.accounts.holidays.queries import load_days
from app.personnel.decisions import letters, rules
from app.personnel.decisions.models import Decision, Finding
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.regimes import Procedure
from app.personnel.discipline.rules import paragraphs, procedure_of
from app.personnel.discipline.services import load_case
from app.personnel.discipline.states import Action, CaseState, move
from app.personnel.penalty_factors.models import Stage
from app.personnel.penalty_factors.queries import map_answers
from app.personnel.penalty_factors.rules import demand_all
from app.personnel.replies import queries as replies
from app.platform import audit, clock
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the deciding official decides; without an `action` nothing is done.

    `sustained` says of each specification, by the charge's id and its number from 1, whether it is proved;
    `reasons` is a paragraph a line.
    """

    action: Action | None
    days: int | None
    effective_on: dt.date | None
    sustained: Mapping[rules.Specification, bool]
    reasons: str

    @property
    def penalty(self) -> tuple[Action, int | None] | None:
        return None if self.action is None else (self.action, self.days)


def decide_case(session: Session, *, case_id: str, ruling: Ruling, actor: Actor, at: dt.datetime) -> Decision:
    """Decide a case and promise the letter, all in one transaction.

    Conflict for the wrong person, before the first lawful day, without a hearing or the factors where the
    law asks for them, and for a second decision; Invalid for a heavier penalty, an uncited charge, or an
    effective day before the notice has run.
    """
    case = load_case(session, case_id, actor, "personnel.decisions.decide")
    law = procedure_of(case.regime, case.procedure)
    rules.check_state(case.state)
    rules.check_official(actor.id, case.deciding_official_id, case.proposed_by)
    today = clock.local_date(at, case.agency.time_zone)
    _demand_due(session, case, law, today)
    effective_on = _check(case, law, ruling, today)
    factors = map_answers(session, case.id, Stage.DECISION)
    if law.needs_factors and ruling.penalty is not None:
        demand_all(factors.keys(), "No penalty is decided")
    notice = letters.promise_decision(
        session,
        case,
        law,
        holidays=load_days(session, case.agency_id, since=today),
        decided=ruling.penalty,
        effective_on=effective_on,
        decided_on=today,
        reasons=ruling.reasons,
        sustained=ruling.sustained,
        factors=list(factors.values()),
        replies=replies.list_replies(session, case.id),
        actor=actor,
        at=at,
    )
    decision = Decision(
        id=new_id("dcs"),
        case_id=case.id,
        action=ruling.action,
        days=ruling.days if ruling.action else None,
        effective_on=effective_on,
        reasons=ruling.reasons.strip(),
        decided_by=str(actor.id),
        decided_at=at,
        decided_on=today,
        notice_id=notice.id,
    )
    _keep(session, decision, ruling)
    case.state, case.effective_on = move(case.state, CaseState.DECIDED), effective_on
    session.flush()
    record(
        session,
        "decide",
        case,
        actor,
        at,
        decides=ruling.action,
        effective_on=effective_on,
        notice=notice.number,
    )
    return decision


def clock_of(case: DisciplinaryCase) -> rules.Clock:
    """Give the days of a case whose notice was delivered."""
    if case.delivered_on is None or case.reply_due_on is None or case.effective_from_on is None:
        raise Conflict("The notice has not been delivered, so there is nothing to decide yet.")
    return rules.Clock(case.delivered_on, case.reply_due_on, case.effective_from_on)


def noticed(case: DisciplinaryCase) -> list[rules.Specification]:
    """List the specifications that the notice states, in its order."""
    return [
        (charge.id, number)
        for charge in case.charges
        for number, _ in enumerate(paragraphs(charge.specification), 1)
    ]


def record(
    session: Session, act: str, case: DisciplinaryCase, actor: Actor, at: dt.datetime, **details: object
) -> None:
    """Record an act on a decision in the trail."""
    audit.record(
        session,
        f"personnel.decisions.{act}",
        actor=actor,
        at=at,
        subject=case.id,
        agency_id=case.agency_id,
        number=case.number,
        **details,
    )


def _keep(session: Session, decision: Decision, ruling: Ruling) -> None:
    session.add(decision)
    session.flush()
    session.add_all(
        Finding(decision_id=decision.id, charge_id=charge, specification=number, is_sustained=is_sustained)
        for (charge, number), is_sustained in ruling.sustained.items()
    )


def _demand_due(session: Session, case: DisciplinaryCase, law: Procedure, today: dt.date) -> None:
    if replies.find_asked(session, case.id) is not None:
        raise Conflict("The employee has asked for more time to answer. Agree or refuse first.")
    rules.check_day(law, clock_of(case), today)
    rules.check_hearing(law, replies.was_heard(session, case.id))


def _check(case: DisciplinaryCase, law: Procedure, ruling: Ruling, today: dt.date) -> dt.date | None:
    """Check what is decided against what was proposed, and give the effective day."""
    if not ruling.reasons.strip():
        raise Invalid(reasons="Enter the reasons of the decision")
    rules.check_findings(noticed(case), ruling.sustained)
    rules.check_penalty(
        law,
        proposed=(case.action, case.days),
        decided=ruling.penalty,
        sustained=sum(ruling.sustained.values()),
    )
    return rules.check_effect(law, clock_of(case), ruling.penalty, ruling.effective_on, today)
