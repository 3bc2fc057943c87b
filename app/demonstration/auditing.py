"""What goes with certificates: considerations owed, audits, entries on duty and longer lives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator
from hashlib import sha256
from pathlib import Path

from sqlalchemy.orm import Session

from app.demonstration import places
from app.demonstration.office import Office
from app.demonstration.places import MAIN
from app.demonstration.timeline import Scene, Story
from app.exams.certificates.queries import get_certificate
from app.exams.considerations.services import decide_consideration, propose_consideration
from app.exams.extensions.services import propose_extension
from app.exams.list_files.rules import read_lists
from app.exams.list_files.services import import_lists
from app.exams.name_requests.services import ask_for_names
from app.exams.selection_audits.queries import list_from
from app.exams.selection_audits.services import audit_certificate
from app.personnel.appointments.services import enter_on_duty

ZONE = places.ZONES[MAIN]
# Invented names in the columns in which lists are published.
NEIGHBOUR = Path(__file__).with_name("neighbour-lists.csv")
SOURCE = "operators"  # the vacancy whose list is in force
HURRY = "The depot loses two drivers at the end of the month."
LOST = "The notice of the last certificate went to an old address, so that no answer could come in time."
LOST_TOO = "The answer to the last offer came in time and was filed with another vacancy."
LOST_SHOWN = "The returned envelope is in the file; the new address was reported before the notice was sent."
LONGER = "Two interviews had to be moved because of the storm; the last is in three weeks."


def owe(office: Office, *, asked: int, granted: int) -> Generator[dt.datetime, Scene, str]:
    """Owe a consideration to somebody whom an error of the office cost one; another is only proposed."""
    session, at = yield office.timeline.office(asked, ZONE, 10, 5)
    officer, second = (office.member(session, key) for key in ("hr.officer", "second.hr.officer"))
    received = office.received[SOURCE]
    made = [
        propose_consideration(
            session,
            application_id=received[place].application_id,
            reason=reason,
            source=None,
            actor=officer,
            at=at,
        )
        for place, reason in ((-2, LOST), (-3, LOST_TOO))
    ]
    session, at = yield office.timeline.office(granted, ZONE, 16, 30)
    decide_consideration(
        session, consideration_id=made[0].id, is_granted=True, reason=LOST_SHOWN, actor=second, at=at
    )
    return made[0].id


def audit(office: Office, own: str, days: int) -> Story:
    """Replay a certificate by an officer who decided on none of its names."""
    session, at = yield office.timeline.office(days, ZONE, 9, 25)
    audit_certificate(session, certificate_id=own, actor=office.member(session, "hr.officer"), at=at)


def enter(session: Session, office: Office, own: str, at: dt.datetime) -> None:
    """Record that who was appointed from a certificate came to work on the first day."""
    officer = office.member(session, "hr.officer")
    for appointment in list_from(session, own, officer):
        enter_on_duty(
            session, appointment_id=appointment.id, entered_on=appointment.starts_on, actor=officer, at=at
        )


def lengthen(office: Office, own: str, days: int) -> Story:
    """Propose a longer life; it waits for a second officer."""
    session, at = yield office.timeline.office(days, ZONE, 15, 5)
    officer = office.member(session, "hr.officer")
    ends_on = get_certificate(session, own, officer).expires_on
    if ends_on is not None:
        ends_on += dt.timedelta(days=21)
        propose_extension(session, certificate_id=own, ends_on=ends_on, reason=LONGER, actor=officer, at=at)


def ask(office: Office, source: str, key: str, days: int) -> Story:
    """Ask for names as the appointing authority; HR has not answered yet."""
    session, at = yield office.timeline.office(days, ZONE, 11, 15)
    ask_for_names(
        session,
        list_id=office.sittings[source].list_id,
        requisition_id=office.requisitions[key],
        vacancies=1,
        note=HURRY,
        actor=office.member(session, "appointing.authority"),
        at=at,
    )


def take_in_lists(office: Office, days: int) -> Story:
    """Look into the lists of a neighbouring county, and take them in."""
    session, at = yield office.timeline.office(days, ZONE, 16, 10)
    content = NEIGHBOUR.read_bytes()
    lists, _found = read_lists(content)
    import_lists(
        session,
        agency_id=office.agencies[MAIN],
        lists=lists,
        digest=sha256(content).hexdigest(),
        actor=office.member(session, "hr.officer"),
        at=at,
    )
