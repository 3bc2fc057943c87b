"""What candidates contest and answer: a released key, an appeal, an offer; and the day of an examination."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from app.demonstration import places
from app.demonstration.office import Office
from app.demonstration.places import MAIN
from app.demonstration.timeline import Story
from app.exams.appeals import services as appeals
from app.exams.appeals.states import Subject
from app.platform.actors import Actor
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Screening
from app.recruitment.screening.models import ScreeningOutcome

ZONE = places.ZONES[MAIN]
DEGREE = "The certificate of my degree is page 3 of the file that I uploaded. It may have been overlooked."


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
