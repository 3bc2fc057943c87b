"""What candidates contest and answer: a released key, an appeal, an offer; and the day of an examination."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from app.demonstration import places
from app.demonstration.office import Office
from app.demonstration.places import MAIN
from app.demonstration.timeline import Story
from app.demonstration.vacancies import Vacancy
from app.exams.admit_cards import services as admit_cards
from app.exams.appeals import services as appeals
from app.exams.appeals.states import Subject
from app.platform import clock
from app.platform.actors import Actor
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Screening
from app.recruitment.screening.models import ScreeningOutcome

ZONE = places.ZONES[MAIN]
BRING = (
    "This card, on paper or on your telephone\n"
    "An identity paper with your photograph\n"
    "Two black pens\n"
    "Telephones and watches that count or connect stay at home"
)
DEGREE = "The certificate of my degree is page 3 of the file that I uploaded. It may have been overlooked."


def arranged(office: Office, vacancy: Vacancy) -> Story:
    """Arrange an examination that lies ahead, and release its admit cards."""
    session, at = yield office.timeline.office(2, ZONE, 14)
    sitting = office.sittings[vacancy.key]
    day = office.timeline.day(-12, ZONE)
    starts_at = clock.zoned_moment(day, dt.time(10), ZONE)
    officer = office.member(session, "exam.officer")
    values = {
        "venue": "Larkhaven Technical School, hall 2",
        "address": "18 Foundry Lane, Larkhaven",
        "doors_open_at": starts_at - dt.timedelta(hours=1),
        "doors_close_at": starts_at - dt.timedelta(minutes=15),
        "starts_at": starts_at,
        "minutes": 120,
        "bring": BRING,
    }
    own = sitting.examination_id
    admit_cards.arrange(session, examination_id=own, values=values, actor=officer, at=at)
    session, at = yield office.timeline.office(1, ZONE, 9)
    officer = office.member(session, "exam.officer")
    admit_cards.release(session, examination_id=own, actor=officer, at=at)


def appealed(office: Office) -> Story:
    """Let somebody who was found not eligible appeal."""
    session, at = yield office.timeline.office(1, ZONE, 18)
    refused = session.scalar(
        select(Application)
        .join(ScreeningOutcome, ScreeningOutcome.application_id == Application.id)
        .where(
            Application.screening == Screening.INELIGIBLE,
            ScreeningOutcome.decided_at > at - dt.timedelta(days=29),
        )
        .order_by(ScreeningOutcome.decided_at.desc(), Application.id)
        .limit(1)
    )
    if refused is None:
        return
    appeals.file_appeal(
        session,
        application_id=refused.id,
        subject=Subject.ELIGIBILITY,
        grounds=DEGREE,
        actor=Actor(id=refused.account_id, name=refused.applicant_name or ""),
        at=at,
    )
