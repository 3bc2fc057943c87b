"""What candidates contest and answer: a released key, an appeal, an offer; and the day of an examination."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demonstration import places
from app.demonstration.office import Office
from app.demonstration.places import MAIN
from app.demonstration.timeline import Story
from app.demonstration.vacancies import Vacancy
from app.exams.admit_cards import services as admit_cards
from app.exams.appeals import services as appeals
from app.exams.appeals.states import Subject
from app.exams.examinations.models import Candidate
from app.exams.objections import services as objections
from app.exams.objections.states import Claim
from app.exams.responses.models import ResponseSheet
from app.platform import clock
from app.platform.actors import Actor
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Screening
from app.recruitment.screening.models import ScreeningOutcome

ZONE = places.ZONES[MAIN]
DAYS_TO_OBJECT = 9
BOTH = "The text names the clerk and the registrar. Larkhaven Records Manual, page 41, allows both."
OTHER = "The sum leaves out the postage of the third parcel; with it, another answer is right."
BRING = (
    "This card, on paper or on your telephone\n"
    "An identity paper with your photograph\n"
    "Two black pens\n"
    "Telephones and watches that count or connect stay at home"
)
DEGREE = "The certificate of my degree is page 3 of the file that I uploaded. It may have been overlooked."


def objected(office: Office, vacancy: Vacancy) -> Story:
    """Release a key, and let candidates object to it: one is upheld, one waits, one is ruled on."""
    session, at = yield office.timeline.office(7, ZONE, 15)
    sitting = office.sittings[vacancy.key]
    officer = office.member(session, "exam.officer")
    own = sitting.examination_id
    objections.release_key(session, examination_id=own, days=DAYS_TO_OBJECT, actor=officer, at=at)
    session, at = yield office.timeline.office(6, ZONE, 19)
    doubtful, other = sitting.paper.doubtful, sitting.paper.codes[11]
    filed = [
        _object(session, application, item, grounds, at)
        for application, (item, grounds) in zip(
            _sat(session, own), ((doubtful, BOTH), (doubtful, BOTH), (other, OTHER)), strict=False
        )
    ]
    session, at = yield office.timeline.office(4, ZONE, 10)
    officer = office.member(session, "exam.officer")
    ruling = "Both readings can be defended. The key accepts two answers from its next version on."
    for objection_id in filed[:2]:
        objections.rule_on_objection(
            session, objection_id=objection_id, is_well_founded=True, ruling=ruling, actor=officer, at=at
        )
    session, at = yield office.timeline.office(3, ZONE, 16)
    custodian = office.member(session, "key.custodian")
    objections.confirm_ruling(session, objection_id=filed[0], is_confirmed=True, actor=custodian, at=at)


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


def _sat(session: Session, examination_id: str) -> list[Application]:
    """Give three who sat an examination, by candidate number."""
    query = (
        select(Application)
        .join(Candidate, Candidate.application_id == Application.id)
        .join(ResponseSheet, ResponseSheet.candidate_id == Candidate.id)
        .where(Candidate.examination_id == examination_id)
        .order_by(Candidate.number)
        .limit(3)
    )
    return list(session.scalars(query))


def _object(session: Session, application: Application, item: str, grounds: str, at: dt.datetime) -> str:
    return objections.file_objection(
        session,
        application_id=application.id,
        item=item,
        claim=Claim.SEVERAL_ANSWERS if grounds == BOTH else Claim.OTHER_ANSWER,
        grounds=grounds,
        file=None,
        actor=Actor(id=application.account_id, name=application.applicant_name or ""),
        at=at,
    ).id
