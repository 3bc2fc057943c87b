"""Training: a catalogue, what is mandatory for whom, courses held and to come, competencies, plans."""

from __future__ import annotations

import datetime as dt
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import and_, insert, select, true
from sqlalchemy.orm import Session

from app.demonstration.accounts import OFFICERS
from app.demonstration.office import Office
from app.demonstration.places import HEALTH, LAKES, MAIN, ZONES
from app.demonstration.timeline import Story
from app.personnel.competencies.models import ClassCompetency, CompetencyAssessment
from app.personnel.competencies.services import create_competency, require_level
from app.personnel.completions.models import CourseCompletion
from app.personnel.courses.rules import CourseValues, expires_on
from app.personnel.courses.services import create_course, teach
from app.personnel.employees.models import Employee
from app.personnel.employees.states import EmployeeState
from app.personnel.mandatory_training.services import require
from app.personnel.positions.models import Position
from app.platform import audit
from app.platform.ids import new_id

# The register from which earlier courses were taken over, and how many of the people had taken each.
TAKEN_OVER = "Taken over from the card index of the training desk."
SHARE = 0.94
FOUND = "Taken over from the talk sheets of last year."
ASSESSED = 0.7
# Course, agency, class of positions ("" for all), mandate.
MANDATORY = (
    ("EEO-120", MAIN, "", "no-fear"),
    ("SEC-100", MAIN, "AD-4020", "information-security"),
    ("SAF-140", MAIN, "TD-5130", "lockout"),
    ("SAF-140", MAIN, "TD-5140", "lockout"),
    ("DRV-210", MAIN, "SN-1120", "own-safe-driving"),
    ("EEO-120", HEALTH, "", "no-fear"),
    ("HLT-130", HEALTH, "HE-6120", "bloodborne-pathogens"),
    ("EEO-120", LAKES, "", "no-fear"),
)


@cache
def read() -> dict[str, list[dict[str, Any]]]:
    """Read the catalogue."""
    return tomllib.loads(Path(__file__).with_name("training-catalogue.toml").read_text("utf-8"))


def tell(office: Office) -> Story:
    """Set the catalogue up, take earlier courses over, and say what is mandatory."""
    session, at = yield office.timeline.office(60, ZONES[MAIN], 9)
    competencies = _competencies(session, office, at)
    _courses(session, office, competencies, at)
    session, at = yield office.timeline.office(58, ZONES[MAIN], 10)
    _take_over(session, office, at)
    _take_findings_over(session, office, at)
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


def _take_over(session: Session, office: Office, at: dt.datetime) -> None:
    """Take over, in one go, what people had taken before the register was begun."""
    dice, months = office.dice("training"), {row["code"]: row.get("months") for row in read()["course"]}
    for code, agency, class_code, _ in MANDATORY:
        actor = office.member(session, OFFICERS[agency][1])
        people = session.scalars(
            select(Employee.id)
            .join(Position, Position.incumbent_id == Employee.id)
            .where(
                Employee.agency_id == office.agencies[agency],
                Employee.state == EmployeeState.ACTIVE,
                Position.class_code == class_code if class_code else true(),
                Employee.hired_on < at.date() - dt.timedelta(days=60),
            )
            .order_by(Employee.number)
        ).all()
        rows = []
        for employee_id in people:
            done_on = at.date() - dt.timedelta(days=dice.randrange(30, 710))
            if dice.random() > SHARE:
                continue
            rows.append(
                {
                    "id": new_id("ccm"),
                    "employee_id": employee_id,
                    "course_id": office.courses[code],
                    "agency_id": office.agencies[agency],
                    "completed_on": done_on,
                    "expires_on": expires_on(done_on, months[code]),
                    "evidence": TAKEN_OVER,
                    "recorded_by": actor.id,
                    "recorded_at": at,
                }
            )
        session.execute(insert(CourseCompletion), rows)
        audit.record(
            session,
            "personnel.completions.record",
            actor=actor,
            at=at,
            subject=office.courses[code],
            agency_id=office.agencies[agency],
            taken_over=len(rows),
        )


def _take_findings_over(session: Session, office: Office, at: dt.datetime) -> None:
    """Take over what supervisors had found last year: most meet what their posts ask, some lack a level."""
    dice, actor = office.dice("findings"), office.member(session, OFFICERS[MAIN][1])
    asked = session.execute(
        select(Employee.id, Employee.agency_id, ClassCompetency.competency_id, ClassCompetency.level)
        .join(Position, Position.incumbent_id == Employee.id)
        .join(
            ClassCompetency,
            and_(
                ClassCompetency.class_code == Position.class_code,
                ClassCompetency.agency_id == Position.agency_id,
            ),
        )
        .where(Employee.state == EmployeeState.ACTIVE, Employee.account_id.is_(None))
        .order_by(Employee.number, ClassCompetency.competency_id)
    ).all()
    rows = [
        {
            "id": new_id("cas"),
            "employee_id": employee_id,
            "competency_id": competency_id,
            "agency_id": agency_id,
            "serial": 1,
            "is_own": False,
            "level": max(level - dice.choice((0, 0, 0, 1)), 1),
            "evidence": FOUND,
            "assessed_by": actor.id,
            "assessed_at": at,
        }
        for employee_id, agency_id, competency_id, level in asked
        if dice.random() < ASSESSED
    ]
    session.execute(insert(CompetencyAssessment), rows)
    audit.record(
        session,
        "personnel.competencies.assess",
        actor=actor,
        at=at,
        subject="competency-assessments",
        agency_id=office.agencies[MAIN],
        taken_over=len(rows),
    )
