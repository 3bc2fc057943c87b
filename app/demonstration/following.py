"""What applicants and the office write to each other, what mail people want, and requests to delete data."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.preferences.kinds import MailKind
from app.accounts.preferences.services import choose
from app.compliance.deletions import services as deletions
from app.demonstration.accounts import OFFICERS
from app.demonstration.office import Office, Received
from app.demonstration.places import MAIN, ZONES
from app.demonstration.timeline import Story
from app.platform.actors import Actor
from app.recruitment.applications.models import Application
from app.recruitment.messages import services as messages
from app.recruitment.postings.models import Posting

DIPLOMA = "My diploma is still with the university. May I hand it in on the day of the examination?"
YES = "Yes. Bring the original, and we make a copy at the entrance."
# vacancy, place among those who applied, days ago, hour, what is asked, and the answer if there is one
TALKS = (
    ("clerks", 0, 52, 9, DIPLOMA, YES),
    ("clerks", 7, 49, 14, "I will move before the examination. Where do I change my address?", ""),
    ("inspectors", 3, 9, 10, "Is the examination held in the morning or in the afternoon?", ""),
    ("inspectors", 5, 6, 16, "I use a wheelchair. Is there a lift at the place of the examination?", ""),
    ("inspectors", 8, 4, 11, "I uploaded an old certificate by mistake. Can you take the new one?", ""),
    ("inspectors", 11, 3, 9, "Thank you for the quick answer on the telephone.", ""),
    ("inspectors", 14, 2, 15, DIPLOMA, YES),
    ("analysts", 2, 1, 10, "Does work for a university count as public service?", ""),
)
SETTLED = {("inspectors", 11), ("clerks", 7)}


def follow(office: Office) -> Story:
    """Write messages over the weeks, answer most of them, and leave some to be answered and read."""
    zone = ZONES[MAIN]
    for vacancy, place, days, hour, question, answer in sorted(TALKS, key=lambda talk: (-talk[2], talk[3])):
        session, at = yield office.timeline.office(days, zone, hour)
        one = _received(office, vacancy, place)
        if one is None or not _is_there(session, one):
            continue
        own = one.application_id
        messages.write(
            session, application_id=own, body=question, actor=office.applying[one.person.number], at=at
        )
        officer = _officer(session, office, own)
        if answer:
            session, at = yield office.timeline.office(days - 1, zone, hour)
            messages.reply(session, application_id=own, body=answer, actor=officer, at=at)
        elif (vacancy, place) in SETTLED:
            messages.settle(session, application_id=own, actor=officer, at=at)
    session, at = yield office.timeline.office(1, zone, 16)
    for key in ("applicant", "second.applicant"):
        _write_to(session, office, key, at)


def choose_mail(office: Office) -> Story:
    """Let one applicant do without mail of new vacancies."""
    session, at = yield office.timeline.office(30, ZONES[MAIN], 19)
    actor = office.member(session, "second.applicant")
    choose(session, wanted=[MailKind.REMINDERS, MailKind.MESSAGES], actor=actor, at=at)


def ask_deletions(office: Office) -> Story:
    """Leave one request to be looked at, one to be approved, and one under a hold."""
    zone = ZONES[MAIN]
    session, at = yield office.timeline.office(6, zone, 20)
    asked = office.member(session, "third.applicant")
    deletions.ask_deletion(session, reason="I have found work elsewhere.", actor=asked, at=at)
    people = [one.person.number for one in office.received.get("inspectors", [])[20:22]]
    session, at = yield office.timeline.office(5, zone, 11)
    records = office.member(session, "records.officer")
    for number, is_held in zip(people, (False, True), strict=False):
        person = office.applying[number]
        request = deletions.ask_deletion(session, reason="", actor=person, at=at)
        if is_held:
            reason = "Charge 26-117 before the Human Rights Commission concerns this vacancy."
            deletions.place_hold(session, account_id=str(person.id), reason=reason, actor=records, at=at)
            continue
        choose(session, wanted=[], actor=person, at=at)
        deletions.propose(
            session,
            request_id=request.id,
            reason="Choices of mail and drafts are no records of the office; what was received stays.",
            actor=records,
            at=at,
        )


def _received(office: Office, vacancy: str, place: int) -> Received | None:
    came = [one for one in office.received.get(vacancy, []) if not one.is_withdrawn]
    return came[place] if place < len(came) else None


def _is_there(session: Session, one: Received) -> bool:
    application = session.get(Application, one.application_id)
    return application is not None and application.number is not None


def _officer(session: Session, office: Office, application_id: str) -> Actor:
    """Give the first officer of the agency that an application went to."""
    query = (
        select(Posting.agency_id)
        .join(Application, Application.posting_id == Posting.id)
        .where(Application.id == application_id)
    )
    agency_id = session.scalars(query).one()
    code = next(code for code, own in office.agencies.items() if own == agency_id)
    return office.member(session, OFFICERS[code][0])


def _write_to(session: Session, office: Office, key: str, at: dt.datetime) -> None:
    """Let the office write to one of the cast about their latest application; they have not read it yet."""
    query = (
        select(Application.id)
        .where(Application.account_id == office.accounts[key], Application.number.is_not(None))
        .order_by(Application.submitted_at.desc())
        .limit(1)
    )
    own = session.scalar(query)
    if own is None:
        return
    body = "We could not reach you by telephone. Please tell us here on which number you can be called."
    messages.reply(session, application_id=own, body=body, actor=_officer(session, office, own), at=at)
