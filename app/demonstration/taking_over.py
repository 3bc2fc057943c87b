"""What the demonstration takes over from before: courses on cards, findings on the sheets of talks."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import and_, insert, select, true
from sqlalchemy.orm import Session

from app.demonstration.accounts import OFFICERS
from app.demonstration.office import Office
from app.demonstration.places import HEALTH, LAKES, MAIN
from app.personnel.competencies.models import ClassCompetency, CompetencyAssessment
from app.personnel.completions.models import CourseCompletion
from app.personnel.courses.rules import expires_on
from app.personnel.employees.models import Employee
from app.personnel.employees.states import EmployeeState
from app.personnel.positions.models import Position
from app.platform import audit
from app.platform.ids import new_id

# The register from which earlier courses were taken over, and how many of the people had taken each.
TAKEN_OVER = "Taken over from the card index of the training desk."
SHARE = 0.94
FOUND = "Taken over from the talk sheets of last year."
ASSESSED = 0.7
OLDEST_FINDING = 700
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


def take_courses_over(session: Session, office: Office, at: dt.datetime) -> None:
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


def take_findings_over(session: Session, office: Office, at: dt.datetime) -> None:
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
            "assessed_at": at - dt.timedelta(days=dice.randrange(OLDEST_FINDING)),
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
