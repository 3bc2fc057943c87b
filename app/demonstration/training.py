"""Training: a catalogue, what is mandatory for whom, courses held and to come, competencies, plans."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy.orm import Session

from app.demonstration.accounts import OFFICERS
from app.demonstration.office import Office
from app.demonstration.places import MAIN, ZONES
from app.demonstration.taking_over import MANDATORY, read, take_courses_over, take_findings_over
from app.demonstration.timeline import Story
from app.personnel.competencies.services import create_competency, require_level
from app.personnel.courses.rules import CourseValues
from app.personnel.courses.services import create_course, teach
from app.personnel.mandatory_training.services import require


def tell(office: Office) -> Story:
    """Set the catalogue up, take earlier courses over, and say what is mandatory."""
    session, at = yield office.timeline.office(60, ZONES[MAIN], 9)
    competencies = _competencies(session, office, at)
    _courses(session, office, competencies, at)
    session, at = yield office.timeline.office(58, ZONES[MAIN], 10)
    take_courses_over(session, office, at)
    take_findings_over(session, office, at)
    session, at = yield office.timeline.office(57, ZONES[MAIN], 10)
    for code, agency, class_code, mandate in MANDATORY:
        require(
            session,
            agency_id=office.agencies[agency],
            course_id=office.courses[code],
            mandate=mandate,
            class_code=class_code,
            duty_station="",
            begins_on=at.date() - dt.timedelta(days=150),
            actor=office.member(session, OFFICERS[agency][0]),
            at=at,
        )


def _competencies(session: Session, office: Office, at: dt.datetime) -> dict[str, str]:
    made = {}
    for row in read()["competency"]:
        agency_id = office.agencies[row["agency"]]
        actor = office.member(session, OFFICERS[row["agency"]][0])
        own = create_competency(
            session,
            agency_id=agency_id,
            name=row["name"],
            definition=row["definition"],
            anchors=dict(enumerate(row["anchors"], 1)),
            actor=actor,
            at=at,
        ).id
        made[row["name"]] = own
        for class_code, level in row["asked"].items():
            require_level(
                session,
                agency_id=agency_id,
                class_code=class_code,
                competency_id=own,
                level=level,
                actor=actor,
                at=at,
            )
    return made


def _courses(session: Session, office: Office, competencies: dict[str, str], at: dt.datetime) -> None:
    for row in read()["course"]:
        values = CourseValues(
            code=row["code"],
            title=row["title"],
            provider=row["provider"],
            summary=row["summary"],
            hours=Decimal(row["hours"]),
            valid_months=row.get("months"),
            pass_mark=row.get("mark"),
            is_shared=row.get("shared", False),
        )
        actor = office.member(session, OFFICERS[row["agency"]][0])
        agency_id = office.agencies[row["agency"]]
        made = create_course(session, agency_id=agency_id, values=values, actor=actor, at=at)
        office.courses[row["code"]] = made.id
    officer = office.member(session, OFFICERS[MAIN][0])
    for code in ("SAF-110", "SAF-140"):
        teach(
            session,
            course_id=office.courses[code],
            competency_id=competencies["Working safely"],
            level=2,
            actor=officer,
            at=at,
        )
