"""Proposing an award, and deciding on it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.personnel.actions import services as actions
from app.personnel.actions.rules import Changes
from app.personnel.actions.states import ActionKind
from app.personnel.awards import letters, queries, regimes, rules
from app.personnel.awards.models import Award
from app.personnel.awards.rules import Nomination
from app.personnel.awards.states import AwardKind, AwardState, move
from app.personnel.pay_scales.queries import find_pay
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
    counts_from = queries.step_counts_from(session, employee, at)
    checked = rules.check(regime, asked, facts, counts_from)
    is_step = checked.kind is AwardKind.QUALITY_STEP
    award = Award(
        id=new_id("awd"),
        number=f"AW-{today.year}-{sequences.next_number(session, f'award:{today.year}'):05d}",
        employee_id=employee.id,
        agency_id=employee.agency_id,
        kind=checked.kind,
        amount_minor=checked.amount_minor,
        currency=facts.currency if checked.amount_minor else None,
        hours=checked.hours,
        grade=facts.grade if is_step else None,
        to_step=facts.step + 1 if is_step and facts.step is not None else None,
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
    state = move(award.state, AwardState.APPROVED if is_approved else AwardState.REFUSED)
    is_raise = is_approved and award.kind is AwardKind.QUALITY_STEP
    counts_from = _check_step(session, award, at) if is_raise else None
    award.state, award.effective_on = state, counts_from
    award.decided_by, award.decided_at, award.decision_reason = actor.id, at, reason.strip() or None
    session.flush()
    if counts_from is not None:
        _raise(session, award, counts_from, actor, at)
    _record(session, "decide", award, actor, at, approved=is_approved)
    if is_approved:
        letters.tell_approved(session, award, at)
    return award


def _check_step(session: Session, award: Award, at: dt.datetime) -> dt.date:
    """Give the day from which a quality step counts, once more within the rule on the day of the decision."""
    facts = queries.load_facts(session, award.employee, at)
    counts_from = queries.step_counts_from(session, award.employee, at)
    rules.check_step(regimes.find(award.regime), facts, counts_from, is_decided=True)
    rules.demand_same_step(award.grade, award.to_step, facts)
    return counts_from


def _raise(session: Session, award: Award, counts_from: dt.date, actor: Actor, at: dt.datetime) -> None:
    """Enter the personnel action of a quality step."""
    regime, grade, step = regimes.find(award.regime), str(award.grade), award.to_step or 0
    pay = find_pay(session, award.agency_id, grade, step, counts_from)
    actions.carry_out(
        session,
        employee_id=award.employee_id,
        kind=ActionKind.QUALITY_STEP_INCREASE,
        effective_on=counts_from,
        changes=Changes(step=step, pay_minor=pay.pay_minor if pay else None),
        authority_code=regime.step_code,
        authority=regime.citations[AwardKind.QUALITY_STEP.value],
        reason=f"Quality step increase, award {award.number}.",
        source=award.id,
        approved_by=actor.id,
        actor=actor,
        at=at,
    )


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
