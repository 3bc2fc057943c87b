"""Proposing an award, and deciding on it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.personnel.awards import letters, queries, rules
from app.personnel.awards.models import Award
from app.personnel.awards.rules import Nomination
from app.personnel.awards.states import AwardState, move
from app.personnel.performance.queries import get_charge
from app.platform import audit, clock, sequences
from app.platform.actors import Actor
from app.platform.errors import Invalid
from app.platform.ids import new_id

NOMINATE = "personnel.awards.nominate"


def nominate(
    session: Session, *, employee_id: str, asked: Nomination, actor: Actor, at: dt.datetime
) -> Award:
    """Propose somebody in one's charge for an award, within the limits of the agency's rule."""
    employee = get_charge(session, employee_id, actor, NOMINATE)
    today = clock.local_date(at, employee.agency.time_zone)
    regime, facts = queries.regime_of(session, employee.agency_id), queries.load_facts(session, employee, at)
    checked = rules.check(regime, asked, facts)
    award = Award(
        id=new_id("awd"),
        number=f"AW-{today.year}-{sequences.next_number(session, f'award:{today.year}'):05d}",
        employee_id=employee.id,
        agency_id=employee.agency_id,
        kind=checked.kind,
        amount_minor=checked.amount_minor,
        currency=facts.currency if checked.amount_minor else None,
        hours=checked.hours,
        reason=checked.reason,
        regime=regime.name,
        state=AwardState.NOMINATED,
        nominated_by=str(actor.id),
        nominated_at=at,
    )
    session.add(award)
    session.flush()
    _record(session, "nominate", award, actor, at, kind=checked.kind.value)
    return award


def decide(
    session: Session, *, award_id: str, is_approved: bool, reason: str, actor: Actor, at: dt.datetime
) -> Award:
    """Approve or refuse an award, by somebody other than who proposed it; the person hears of approvals."""
    award = queries.get_award(session, award_id, actor, lock=True)
    actor.demand("personnel.awards.decide", award.agency_id)
    rules.demand_not_own(actor.id, award.employee.account_id)
    rules.demand_second_person(actor.id, award.nominated_by)
    if not is_approved and not reason.strip():
        raise Invalid(reason="Enter why the award is refused")
    award.state = move(award.state, AwardState.APPROVED if is_approved else AwardState.REFUSED)
    award.decided_by, award.decided_at, award.decision_reason = actor.id, at, reason.strip() or None
    session.flush()
    _record(session, "decide", award, actor, at, approved=is_approved)
    if is_approved:
        letters.tell_approved(session, award, at)
    return award


def _record(
    session: Session, act: str, award: Award, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"personnel.awards.{act}",
        actor=actor,
        at=at,
        subject=award.id,
        agency_id=award.agency_id,
        employee=award.employee_id,
        **details,
    )
