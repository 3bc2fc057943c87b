"""Allegations: one running, one just taken in, one with findings, one closed without action."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.demonstration import papers, places
from app.demonstration.accounts import OFFICERS
from app.demonstration.office import Office
from app.demonstration.places import MAIN
from app.demonstration.timeline import Story
from app.personnel.allegations import inquiries
from app.personnel.allegations.inquiries import Talk
from app.personnel.allegations.services import Report, assign, close, record_allegation
from app.personnel.allegations.states import Source
from app.platform import clock

ZONE = places.ZONES[MAIN]
FIRST, SECOND = OFFICERS[MAIN]
FUEL = "Fuel cards of the depot were used at night, on days when no vehicle was out."
TICKETS = "Two day tickets were sold from one block with the same number."
GIFTS = "A contractor is said to have paid for a dinner of the custodians' crew."
LATE = "Somebody says that the last bus of line 7 leaves early, so that the driver gets home sooner."


def investigate(office: Office) -> Story:
    """Take four allegations in, and come as far with each as the demonstration shows."""
    session, at = yield office.timeline.office(80, ZONE, 10)
    gifts = _take_in(session, office, "custodian", 1, Source.ANONYMOUS, GIFTS, at)
    session, at = yield office.timeline.office(70, ZONE, 10)
    reason = "The receipts of the evening were produced: each of the crew had paid for their own dinner."
    close(session, allegation_id=gifts, reason=reason, actor=office.member(session, SECOND), at=at)
    session, at = yield office.timeline.office(30, ZONE, 10)
    tickets = _take_in(session, office, "bus-operator", 4, Source.AUDIT, TICKETS, at)
    _assign(session, office, tickets, "supervisor", 30, at)
    session, at = yield office.timeline.office(20, ZONE, 10)
    _look_into(session, office, tickets, at)
    session, at = yield office.timeline.office(10, ZONE, 15)
    findings = "Both tickets come from one block. The block was printed twice; nobody took any money."
    actor = office.member(session, "supervisor")
    inquiries.report_findings(session, allegation_id=tickets, findings=findings, actor=actor, at=at)
    session, at = yield office.timeline.office(14, ZONE, 10)
    fuel = _take_in(session, office, "bus-operator", 10, Source.COLLEAGUE, FUEL, at)
    _assign(session, office, fuel, "supervisor", 35, at)
    _look_into(session, office, fuel, at)
    session, at = yield office.timeline.before(days=1, hours=1)
    _take_in(session, office, "bus-operator", 11, Source.PUBLIC, LATE, at)


def _take_in(
    session: Session, office: Office, key: str, place: int, source: Source, summary: str, at: dt.datetime
) -> str:
    report = Report(source, clock.local_date(at, ZONE), summary)
    actor, employee_id = office.member(session, FIRST), office.employees[key][place]
    return record_allegation(session, employee_id=employee_id, report=report, actor=actor, at=at).id


def _assign(session: Session, office: Office, own: str, key: str, days: int, at: dt.datetime) -> None:
    assign(
        session,
        allegation_id=own,
        investigator_id=office.accounts[key],
        due_on=clock.local_date(at, ZONE) + dt.timedelta(days=days),
        actor=office.member(session, FIRST),
        at=at,
    )


def _look_into(session: Session, office: Office, own: str, at: dt.datetime) -> None:
    actor = office.member(session, "supervisor")
    plan = "Compare the log of the depot with the receipts. Hear the night shift, then the person."
    inquiries.write_plan(session, allegation_id=own, plan=plan, actor=actor, at=at)
    talk = Talk(clock.local_date(at, ZONE), "The head of the night shift", "Saw nothing out of the ordinary.")
    inquiries.add_interview(session, allegation_id=own, talk=talk, actor=actor, at=at)
    inquiries.add_file(
        session,
        allegation_id=own,
        title="Statement of the night shift",
        file=papers.keep(office, "statement"),
        actor=actor,
        at=at,
    )
