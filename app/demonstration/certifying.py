"""Certificates told as stories: asked for, issued, names appointed, declined and passed over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator

from sqlalchemy.orm import Session

from app.demonstration import auditing, places
from app.demonstration.accounts import OFFICERS
from app.demonstration.occupations import find as find_occupation
from app.demonstration.office import Office
from app.demonstration.places import MAIN
from app.demonstration.timeline import Scene, Story
from app.demonstration.vacancies import Vacancy
from app.exams.certificates.queries import get_certificate
from app.exams.certificates.services import (
    discard_certificate,
    expire_certificates,
    issue_certificate,
    request_certificate,
)
from app.exams.certificates.states import Outcome
from app.exams.joint_certificates.services import ask_jointly, issue_jointly
from app.exams.selections.services import appoint_name, consider_first, pass_over, record_decline
from app.personnel.appointments.states import AppointmentKind
from app.platform import clock

# A part of a story that gives the id of the certificate it made.
Making = Generator[dt.datetime, Scene, str]
ZONE = places.ZONES[MAIN]
SOURCE = "operators"  # the vacancy whose list is in force
# Who must stay on the list, so that the name is before an agency today.
KEPT = "second.applicant@"
NO_REPLY = "The offer was sent twice, by letter and by mail. The week to answer is over."
NOT_YET = "Answered on the day of the offer, by telephone: bound to another post until the end of the season."
HOURS = "Answered on the second day, by mail: cannot work nights."
CONSIDERED = "Interviewed by the depot's manager; lacks the passenger endorsement that the class needs."
BETTER = "The next name has driven articulated buses for six years; the depot is changing over to them."


def filled(office: Office, vacancy: Vacancy) -> Story:
    """The first certificate: three people are appointed, one is passed over, and it closes by itself."""
    own = yield from _issue(office, vacancy.key, 3, asked=140, issued=138)
    yield from _decline(office, own, 136, "unavailable", NOT_YET, is_kept=True)
    yield from _appoint(office, vacancy.key, own, 135)
    yield from _pass_over(office, own, 134)
    yield from _appoint(office, vacancy.key, own, 133)
    yield from _appoint(office, vacancy.key, own, 130)
    yield from auditing.audit(office, own, 127)
    session, at = yield office.timeline.office(105, ZONE, 8, 10)
    auditing.enter(session, office, own, at)
    yield from auditing.ask(office, SOURCE, vacancy.key, 4)


def expired(office: Office, vacancy: Vacancy) -> Story:
    """A certificate that ended by the clock, and one for the same posts that waits for a second officer."""
    own = yield from _issue(office, vacancy.key, 2, asked=99, issued=98)
    yield from _decline(office, own, 90, "no_reply", NO_REPLY)
    session, at = yield office.timeline.before(days=35)
    expire_certificates(session, at=at)
    yield from _request(office, vacancy.key, 2, 2)


def half_decided(office: Office, vacancy: Vacancy) -> Story:
    """A certificate on which names wait for a decision, after one that was asked for by mistake."""
    own = yield from _request(office, vacancy.key, 1, 12)
    session, at = yield office.timeline.office(11, ZONE, 9, 15)
    officer = office.member(session, "hr.officer")
    discard_certificate(session, certificate_id=own, actor=officer, at=at)
    owed = yield from auditing.owe(office, asked=11, granted=9)
    own = yield from _issue(office, vacancy.key, 2, asked=10, issued=8)
    session, at = yield office.timeline.office(7, ZONE, 13, 20)
    authority = office.member(session, "appointing.authority")
    consider_first(
        session, certificate_id=own, consideration_id=owed, outcome=CONSIDERED, actor=authority, at=at
    )
    yield from _appoint(office, vacancy.key, own, 6)
    yield from _pass_over(office, own, 5)
    yield from _decline(office, own, 3, "hours", HOURS)
    yield from auditing.lengthen(office, own, 2)


def waiting(office: Office, vacancy: Vacancy, *, asked: int) -> Story:
    """A certificate of another agency, on which nothing is decided yet."""
    officers = OFFICERS[find_occupation(vacancy.occupation).agency]
    own = yield from _request(office, vacancy.key, vacancy.openings, asked, vacancy.key, officers[0])
    session, at = yield office.timeline.office(asked - 1, ZONE, 10)
    issue_certificate(session, certificate_id=own, actor=office.member(session, officers[1]), at=at)


def jointly(office: Office, vacancy: Vacancy) -> Story:
    """Names asked for from two lists in the law's order, and issued together by a second officer."""
    first, second = OFFICERS[find_occupation(vacancy.occupation).agency]
    session, at = yield office.timeline.office(22, ZONE, 10, 20)
    joint = ask_jointly(
        session,
        merit_list_id=office.sittings["wardens"].list_id,
        requisition_id=office.requisitions[vacancy.key],
        vacancies=vacancy.openings,
        actor=office.member(session, first),
        at=at,
    )
    session, at = yield office.timeline.office(19, ZONE, 14, 25)
    issue_jointly(session, joint_id=joint.id, actor=office.member(session, second), at=at)


def _request(
    office: Office, key: str, vacancies: int, days: int, source: str = SOURCE, by: str = "hr.officer"
) -> Making:
    session, at = yield office.timeline.office(days, ZONE, 11, 40)
    made = request_certificate(
        session,
        merit_list_id=office.sittings[source].list_id,
        requisition_id=office.requisitions[key],
        vacancies=vacancies,
        actor=office.member(session, by),
        at=at,
    )
    return made.id


def _issue(office: Office, key: str, vacancies: int, *, asked: int, issued: int) -> Making:
    own = yield from _request(office, key, vacancies, asked)
    session, at = yield office.timeline.office(issued, ZONE, 14, 5)
    officer = office.member(session, "second.hr.officer")
    issue_certificate(session, certificate_id=own, actor=officer, at=at)
    return own


def _next_name(session: Session, office: Office, own: str, *, is_kept: bool = False) -> str:
    """Give the first name of a certificate that waits for a decision: the kept one, or one of the others."""
    certificate = get_certificate(session, own, office.member(session, "appointing.authority"))
    return next(
        entry.id
        for entry in certificate.entries
        if entry.outcome is Outcome.PENDING
        and str(entry.entry.application.applicant_email).startswith(KEPT) == is_kept
    )


def _appoint(office: Office, key: str, own: str, days: int) -> Story:
    """Appoint the next name from a Monday three weeks ahead."""
    session, at = yield office.timeline.office(days, ZONE, 10, 30)
    today = clock.local_date(at, ZONE)
    starts_on = today + dt.timedelta(days=21 - today.weekday())
    appoint_name(
        session,
        certificate_id=own,
        entry_id=_next_name(session, office, own),
        position_id=office.positions[key].pop(0),
        starts_on=starts_on,
        kind=AppointmentKind.PROBATIONAL,
        actor=office.member(session, "appointing.authority"),
        at=at,
    )


def _decline(office: Office, own: str, days: int, code: str, reason: str, *, is_kept: bool = False) -> Story:
    session, at = yield office.timeline.office(days, ZONE, 15, 45)
    record_decline(
        session,
        certificate_id=own,
        entry_id=_next_name(session, office, own, is_kept=is_kept),
        code=code,
        reason=reason,
        actor=office.member(session, "appointing.authority"),
        at=at,
    )


def _pass_over(office: Office, own: str, days: int) -> Story:
    session, at = yield office.timeline.office(days, ZONE, 9, 50)
    pass_over(
        session,
        certificate_id=own,
        entry_id=_next_name(session, office, own),
        code="better_qualified",
        reason=BETTER,
        actor=office.member(session, "appointing.authority"),
        at=at,
    )
