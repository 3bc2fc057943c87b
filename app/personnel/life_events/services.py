"""Reporting life events, and deciding on them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.personnel import mailing
from app.personnel.benefit_plans.queries import regime_of
from app.personnel.benefit_plans.rules import demand_not_own
from app.personnel.benefit_plans.states import EventKind
from app.personnel.dependants.models import Dependant
from app.personnel.life_events import queries, rules
from app.personnel.life_events.models import LifeEvent
from app.personnel.life_events.states import EventState, move
from app.personnel.serving import get_own_in_service
from app.platform import audit, clock, links
from app.platform.actors import SYSTEM, Actor
from app.platform.errors import Invalid
from app.platform.filecheck.kept import KeptFile
from app.platform.ids import new_id
from app.platform.locales import write_date


@dataclass(frozen=True, slots=True)
class Report:
    """What an employee says has happened, with the proof where there is one."""

    kind: EventKind
    happened_on: dt.date
    note: str = ""
    proof: KeptFile | None = None


def report_event(session: Session, *, report: Report, actor: Actor, at: dt.datetime) -> LifeEvent:
    """Report an event of one's own life; an officer decides whether it opens a choice."""
    employee = get_own_in_service(session, actor.id)
    regime = regime_of(session, employee.agency_id)
    rule = rules.rule_of(regime, report.kind)
    rules.check_report(regime, rule, report.happened_on, clock.local_date(at, employee.agency.time_zone))
    event = LifeEvent(
        id=new_id("lev"),
        employee_id=employee.id,
        agency_id=employee.agency_id,
        kind=report.kind,
        happened_on=report.happened_on,
        elects_until=rules.elects_until(rule, report.happened_on),
        note=report.note,
        evidence_digest=report.proof.digest if report.proof else None,
        evidence_name=report.proof.filename if report.proof else None,
        evidence_type=report.proof.media_type if report.proof else None,
        state=EventState.REPORTED,
        reported_at=at,
    )
    session.add(event)
    session.flush()
    _record(session, "create", event, actor, at, kind=event.kind)
    return event


def withdraw_event(session: Session, *, event_id: str, actor: Actor, at: dt.datetime) -> LifeEvent:
    """Take back an event of one's own on which nobody decided."""
    employee = get_own_in_service(session, actor.id)
    event = queries.get_own(session, event_id, employee.id, lock=True)
    event.state = move(event.state, EventState.WITHDRAWN)
    session.flush()
    _record(session, "withdraw", event, actor, at)
    return event


def decide_event(
    session: Session, *, event_id: str, approves: bool, reason: str, actor: Actor, at: dt.datetime
) -> LifeEvent:
    """Decide whether an event opens a choice; never on one's own, and a refusal says why."""
    event = queries.get_event(session, event_id, actor, lock=True)
    actor.demand("personnel.life_events.decide", event.agency_id)
    demand_not_own(actor.id, event.employee.account_id)
    state = move(event.state, EventState.APPROVED if approves else EventState.REFUSED)
    if not approves and not reason.strip():
        raise Invalid(reason="Enter the reason; the employee reads it")
    if approves:
        rule = rules.rule_of(regime_of(session, event.agency_id), event.kind)
        today = clock.local_date(at, event.agency.time_zone)
        event.elects_until = rules.until_after_decision(rule, event.elects_until, today)
    event.state, event.reason = state, reason.strip() or None
    event.decided_by, event.decided_at = actor.id, at
    session.flush()
    _record(session, "decide", event, actor, at, state=state)
    _tell(session, event, at)
    return event


def open_for_ended(session: Session, dependant: Dependant, at: dt.datetime) -> LifeEvent | None:
    """Open a choice for somebody whose dependant the clock has ended, where the rule gives one."""
    rule = regime_of(session, dependant.agency_id).events.get(EventKind.DEPENDANT_ENDS)
    if rule is None or dependant.ended_on is None:
        return None
    event = LifeEvent(
        id=new_id("lev"),
        employee_id=dependant.employee_id,
        agency_id=dependant.agency_id,
        kind=EventKind.DEPENDANT_ENDS,
        happened_on=dependant.ended_on,
        elects_until=rules.elects_until(rule, dependant.ended_on),
        note=f"{dependant.name} reached the age limit.",
        state=EventState.APPROVED,
        reported_at=at,
        decided_at=at,
        reason="Found by the clock; no proof is needed.",
        employee=dependant.employee,
        agency=dependant.agency,
    )
    session.add(event)
    session.flush()
    _record(session, "open", event, SYSTEM, at, kind=event.kind)
    _tell(session, event, at)
    return event


def record_download(session: Session, *, event: LifeEvent, actor: Actor, at: dt.datetime) -> None:
    """Record that somebody in the office read a proof."""
    _record(session, "download", event, actor, at)


def _tell(session: Session, event: LifeEvent, at: dt.datetime) -> None:
    if event.state is EventState.APPROVED:
        told = f"You can choose your benefits anew until the end of {write_date(event.elects_until)}."
    else:
        told = f"The office did not agree that it opens a new choice. Reason: {event.reason}"
    mailing.tell(
        session,
        event.employee,
        key=f"life-event:{event.id}:{event.state.value}",
        subject=f"Your life event: {event.kind.title.lower()}",
        lines=(told, links.absolute("/my/benefits")),
        at=at,
    )


def _record(
    session: Session, act: str, event: LifeEvent, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"personnel.life_events.{act}",
        actor=actor,
        at=at,
        subject=event.id,
        agency_id=event.agency_id,
        employee=event.employee_id,
        **details,
    )
