"""Changing considerations: proposed, granted or refused by a second officer, used once."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.exams.considerations import queries, rules
from app.exams.considerations.models import Consideration
from app.exams.considerations.states import ConsiderationState, move
from app.platform import audit
from app.platform.actors import Actor
from app.platform.ids import new_id


def propose_consideration(
    session: Session, *, application_id: str, reason: str, source: str | None, actor: Actor, at: dt.datetime
) -> Consideration:
    """Propose that a person is considered first for the next vacancy of the class they applied for."""
    application = queries.get_application(session, application_id, actor)
    posting = application.posting
    actor.demand("exams.considerations.propose", posting.agency_id)
    consideration = Consideration(
        id=new_id("pcn"),
        application_id=application.id,
        agency_id=posting.agency_id,
        class_code=posting.class_code,
        reason=rules.check_reason(reason),
        source=source,
        state=ConsiderationState.PROPOSED,
        proposed_by=actor.id,
        proposed_at=at,
    )
    session.add(consideration)
    session.flush()
    _record(session, "propose", consideration, actor, at, source=source)
    return consideration


def decide_consideration(
    session: Session, *, consideration_id: str, is_granted: bool, reason: str, actor: Actor, at: dt.datetime
) -> Consideration:
    """Grant or refuse a proposed consideration, by an officer other than who proposed it."""
    consideration = queries.get_consideration(session, consideration_id, actor, lock=True)
    actor.demand("exams.considerations.decide", consideration.agency_id)
    state = move(consideration.state, ConsiderationState.OWED if is_granted else ConsiderationState.REFUSED)
    rules.demand_second_person(actor.id, consideration.proposed_by)
    consideration.decision_reason = rules.check_reason(reason)
    consideration.state, consideration.decided_by, consideration.decided_at = state, actor.id, at
    session.flush()
    _record(session, "decide", consideration, actor, at, outcome=state.value)
    return consideration


def use_consideration(
    session: Session,
    consideration: Consideration,
    *,
    used_on: str,
    outcome: str,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Keep that a person was considered first on a certificate, and what came of it."""
    consideration.state = move(consideration.state, ConsiderationState.USED)
    consideration.used_on, consideration.used_by, consideration.used_at = used_on, actor.id, at
    consideration.outcome = rules.check_reason(outcome)
    session.flush()
    _record(session, "use", consideration, actor, at, certificate=used_on)


def _record(
    session: Session, act: str, consideration: Consideration, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"exams.considerations.{act}",
        actor=actor,
        at=at,
        subject=consideration.id,
        agency_id=consideration.agency_id,
        application=consideration.application_id,
        **details,
    )
