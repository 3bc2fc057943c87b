"""Naming dependants, proving them, and ending them: by the person, or by the clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.personnel import mailing
from app.personnel.benefit_plans.queries import regime_of
from app.personnel.benefit_plans.rules import demand_not_own
from app.personnel.dependants import queries, rules
from app.personnel.dependants.models import Dependant
from app.personnel.dependants.states import DependantState, Relation, move
from app.personnel.serving import get_own_in_service
from app.platform import audit, clock, links
from app.platform.actors import SYSTEM, Actor
from app.platform.errors import Invalid
from app.platform.filecheck.kept import KeptFile
from app.platform.ids import new_id
from app.platform.locales import write_date


@dataclass(frozen=True, slots=True)
class Claim:
    """Whom an employee names, with the proof where there is one already."""

    name: str
    relation: Relation
    born_on: dt.date
    is_disabled: bool = False
    proof: KeptFile | None = None


def claim_dependant(session: Session, *, claim: Claim, actor: Actor, at: dt.datetime) -> Dependant:
    """Name a dependant of one's own; the office looks at the proof."""
    employee = get_own_in_service(session, actor.id)
    regime = regime_of(session, employee.agency_id)
    today = clock.local_date(at, employee.agency.time_zone)
    ends_on = rules.last_day(regime, claim.relation, claim.born_on, is_disabled=claim.is_disabled)
    rules.check_claim(regime, claim.born_on, ends_on, today)
    own = queries.list_own(session, employee.id)
    rules.check_single(claim.relation, [row.relation for row in own if row.state in queries.LIVE])
    dependant = Dependant(
        id=new_id("dpd"),
        employee_id=employee.id,
        agency_id=employee.agency_id,
        name=claim.name,
        relation=claim.relation,
        born_on=claim.born_on,
        is_disabled=claim.is_disabled,
        **_proof(claim.proof),
        state=DependantState.CLAIMED,
        claimed_at=at,
        ends_on=ends_on,
    )
    session.add(dependant)
    session.flush()
    _record(session, "create", dependant, actor, at, relation=claim.relation)
    return dependant


def add_evidence(
    session: Session, *, dependant_id: str, proof: KeptFile, actor: Actor, at: dt.datetime
) -> Dependant:
    """Hand in the proof of a dependant who waits for it, instead of the one before."""
    employee = get_own_in_service(session, actor.id)
    dependant = queries.get_own(session, dependant_id, employee.id, lock=True)
    move(dependant.state, DependantState.VERIFIED)
    for name, value in _proof(proof).items():
        setattr(dependant, name, value)
    session.flush()
    _record(session, "add_evidence", dependant, actor, at)
    return dependant


def decide_dependant(
    session: Session, *, dependant_id: str, verifies: bool, reason: str, actor: Actor, at: dt.datetime
) -> Dependant:
    """Confirm a dependant by the proof, or refuse with the reason; never one's own."""
    dependant = queries.get_dependant(session, dependant_id, actor, lock=True)
    actor.demand("personnel.dependants.decide", dependant.agency_id)
    demand_not_own(actor.id, dependant.employee.account_id)
    state = move(dependant.state, DependantState.VERIFIED if verifies else DependantState.REFUSED)
    if verifies:
        rules.demand_evidence(dependant.evidence_name)
    elif not reason.strip():
        raise Invalid(reason="Enter the reason; the employee reads it")
    dependant.state, dependant.reason = state, reason.strip() or None
    dependant.decided_by, dependant.decided_at = actor.id, at
    session.flush()
    _record(session, "decide", dependant, actor, at, state=state)
    _tell_decision(session, dependant, at)
    return dependant


def end_dependant(
    session: Session, *, dependant_id: str, reason: str, actor: Actor, at: dt.datetime
) -> Dependant:
    """Take a dependant of one's own off the list, from today."""
    employee = get_own_in_service(session, actor.id)
    dependant = queries.get_own(session, dependant_id, employee.id, lock=True)
    today = clock.local_date(at, dependant.agency.time_zone)
    return _end(session, dependant, today, reason.strip() or "Taken off by the employee.", actor, at)


def end_due(session: Session, *, at: dt.datetime) -> list[Dependant]:
    """Remind of coverage that nears its end, and end what has passed it; give those that ended."""
    horizon = at.date() + dt.timedelta(days=max(rules.REMIND_DAYS) + 1)
    ended = []
    for dependant in queries.list_ending(session, horizon):
        ends_on = dependant.ends_on or horizon
        today = clock.local_date(at, dependant.agency.time_zone)
        if ends_on < today:
            law = regime_of(session, dependant.agency_id).child_law
            ended.append(_end(session, dependant, ends_on, f"Reached the age limit ({law}).", SYSTEM, at))
        elif (days := rules.reminder_due(ends_on, today)) is not None:
            _remind(session, dependant, ends_on, days, at)
    return ended


def record_download(session: Session, *, dependant: Dependant, actor: Actor, at: dt.datetime) -> None:
    """Record that somebody in the office read a proof."""
    _record(session, "download", dependant, actor, at)


def _end(
    session: Session, dependant: Dependant, ended_on: dt.date, reason: str, actor: Actor, at: dt.datetime
) -> Dependant:
    dependant.state = move(dependant.state, DependantState.ENDED)
    dependant.ended_on, dependant.end_reason = ended_on, reason
    session.flush()
    _record(session, "end", dependant, actor, at, ended_on=ended_on)
    return dependant


def _proof(file: KeptFile | None) -> dict[str, str]:
    if file is None:
        return {}
    return {
        "evidence_digest": file.digest,
        "evidence_name": file.filename,
        "evidence_type": file.media_type,
    }


def _remind(session: Session, dependant: Dependant, ends_on: dt.date, days: int, at: dt.datetime) -> None:
    mailing.tell(
        session,
        dependant.employee,
        key=f"dependant:{dependant.id}:{ends_on}:{days}",
        subject=f"Coverage of {dependant.name} ends on {write_date(ends_on)}",
        lines=(
            f"{dependant.name} reaches the age limit, so coverage ends on {write_date(ends_on)}. When it has "
            "ended you can change your enrolment.",
            links.absolute("/my/benefits/dependants"),
        ),
        at=at,
    )


def _tell_decision(session: Session, dependant: Dependant, at: dt.datetime) -> None:
    told = (
        "is confirmed and can be covered"
        if dependant.state is DependantState.VERIFIED
        else "was not confirmed"
    )
    mailing.tell(
        session,
        dependant.employee,
        key=f"dependant-decided:{dependant.id}",
        subject="Your dependant",
        lines=(
            f"{dependant.name} {told}.",
            *([f"Reason: {dependant.reason}"] if dependant.reason else []),
            links.absolute("/my/benefits/dependants"),
        ),
        at=at,
    )


def _record(
    session: Session, act: str, dependant: Dependant, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"personnel.dependants.{act}",
        actor=actor,
        at=at,
        subject=dependant.id,
        agency_id=dependant.agency_id,
        employee=dependant.employee_id,
        **details,
    )
