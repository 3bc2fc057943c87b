"""Who came for a time, and who never came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy.orm import Session

from app.demonstration import occupations, places
from app.demonstration.office import Office
from app.demonstration.places import MAIN
from app.demonstration.serving import add_position
from app.demonstration.timeline import Story
from app.personnel.appointment_proposals.models import AppointmentProposal
from app.personnel.appointment_proposals.rules import Wanted as Proposed
from app.personnel.appointment_proposals.services import (
    decide_proposal,
    propose_appointment,
    propose_taking_back,
)
from app.personnel.appointments.services import enter_on_duty

ZONE = places.ZONES[MAIN]
URGENT = "Two people are ill at once, and the permits must go out before the season."
NO_LIST = "The list has run out, and the next examination is held in spring."
AHEAD = "Reading room on Sundays, until the posts that the council granted are advertised."


def tell(office: Office) -> Iterator[Story]:
    """Appoint people for a time, one of whom never comes; another proposal waits for a decision."""
    yield _come(office, "custodian", "LCS-5.1", URGENT, days=88)
    yield _come(office, "administrative-clerk", "NY-64-1", URGENT, days=79)
    yield _come(office, "accountant", "LCS-5.3", NO_LIST, days=75)
    yield _never_came(office)


def _never_came(office: Office) -> Story:
    timeline = office.timeline
    session, at = yield timeline.office(24, ZONE, 10)
    proposal = _propose(
        session, office, "electrician", "NY-65", NO_LIST, timeline.day(10, ZONE), at, number=8024
    )
    session, at = yield timeline.office(22, ZONE, 10)
    _decide(session, office, proposal, "", at)
    session, at = yield timeline.office(3, ZONE, 11)
    propose_taking_back(
        session,
        appointment_id=proposal.appointment_id or "",
        reason="Wrote on the first day that the family stays where it is.",
        actor=office.member(session, "hr.officer"),
        at=at,
    )
    session, at = yield timeline.office(2, ZONE, 15)
    _propose(session, office, "data-analyst", "LCS-5.1", AHEAD, timeline.day(-20, ZONE), at, number=8002)


def _come(office: Office, key: str, code: str, reason: str, *, days: int) -> Story:
    """Propose, approve and begin an appointment for a time."""
    session, at = yield office.timeline.office(days, ZONE, 14)
    starts_on = office.timeline.day(days - 7, ZONE)
    proposal = _propose(session, office, key, code, reason, starts_on, at, number=8000 + days)
    session, at = yield office.timeline.office(days - 3, ZONE, 11)
    _decide(session, office, proposal, "The need was shown.", at)
    session, at = yield office.timeline.office(days - 14, ZONE, 9)
    enter_on_duty(
        session,
        appointment_id=proposal.appointment_id or "",
        entered_on=starts_on,
        actor=office.member(session, "hr.officer"),
        at=at,
    )


def _propose(
    session: Session,
    office: Office,
    key: str,
    code: str,
    reason: str,
    starts_on: dt.date,
    at: dt.datetime,
    *,
    number: int,
) -> AppointmentProposal:
    """Propose somebody for a position of their own."""
    person = office.register.invent()
    return propose_appointment(
        session,
        position_id=add_position(session, office, occupations.find(key), number, at),
        wanted=Proposed(
            name=person.name,
            email=person.email,
            starts_on=starts_on,
            term_ends_on=None,
            authority_code=code,
            reason=reason,
        ),
        actor=office.member(session, "hr.officer"),
        at=at,
    )


def _decide(
    session: Session, office: Office, proposal: AppointmentProposal, reason: str, at: dt.datetime
) -> None:
    decide_proposal(
        session,
        proposal_id=proposal.id,
        approves=True,
        reason=reason,
        actor=office.member(session, "appointing.authority"),
        at=at,
    )
