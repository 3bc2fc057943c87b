"""Families of the cast with their proofs, a birth that is reported, and an enrolment to be corrected."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demonstration import papers, places
from app.demonstration.office import Office
from app.demonstration.places import MAIN
from app.personnel.benefit_plans.states import BenefitKind, EventKind, Tier
from app.personnel.dependants.services import Claim, claim_dependant, decide_dependant
from app.personnel.dependants.states import Relation
from app.personnel.employees.models import Employee
from app.personnel.enrolment_corrections.rules import Wanted
from app.personnel.enrolment_corrections.services import propose_correction
from app.personnel.life_events.services import Report, report_event
from app.platform.filecheck.kept import KeptFile

ZONE = places.ZONES[MAIN]


def name_families(session: Session, office: Office, at: dt.datetime) -> str:
    """Name the families of two of the cast, with proofs that the office has looked at; give a child's id."""
    officer = office.member(session, "hr.officer")
    today = office.timeline.day(0, ZONE)
    almost = today.replace(year=today.year - 26, day=min(today.day, 28)) + dt.timedelta(days=20)
    birth, marriage = _proof(office, "birth"), _proof(office, "marriage")
    named = (
        (
            "employee",
            Claim("Juno Brightwater", Relation.CHILD, dt.date(2016, 2, 29), proof=birth),
        ),
        (
            "second.employee",
            Claim("Otto Rusk", Relation.SPOUSE, dt.date(1979, 9, 3), proof=marriage),
        ),
        ("second.employee", Claim("Petra Rusk", Relation.CHILD, almost, proof=birth)),
    )
    made = []
    for key, claim in named:
        row = claim_dependant(session, claim=claim, actor=office.member(session, key), at=at)
        decide_dependant(session, dependant_id=row.id, verifies=True, reason="", actor=officer, at=at)
        made.append(row.id)
    return made[0]


def report(session: Session, office: Office, at: dt.datetime) -> None:
    """Let the second employee report a birth, and name the child; both wait for the office."""
    actor, proof = office.member(session, "second.employee"), _proof(office, "birth")
    born_on = at.date() - dt.timedelta(days=11)
    told = Report(EventKind.BIRTH, born_on, "Our second child was born at home.", proof)
    report_event(session, report=told, actor=actor, at=at)
    claim = Claim("Quentin Rusk", Relation.CHILD, born_on, proof=proof)
    claim_dependant(session, claim=claim, actor=actor, at=at)


def ask_correction(session: Session, office: Office, plan_id: str, since: dt.date, at: dt.datetime) -> None:
    """Ask to enrol the second employee in a plan since a day; another officer has to decide."""
    employee_id = session.scalar(
        select(Employee.id).where(Employee.account_id == office.accounts["second.employee"])
    )
    wanted = Wanted(
        BenefitKind.DENTAL,
        plan_id,
        Tier.SELF,
        since,
        "The form was handed in on paper in the last open season and was found behind the tray.",
    )
    propose_correction(
        session,
        employee_id=str(employee_id),
        wanted=wanted,
        actor=office.member(session, "hr.officer"),
        at=at,
    )


def _proof(office: Office, kind: str) -> KeptFile:
    checked, digest = papers.find(office, kind)
    return KeptFile(checked.filename, checked.media_type, len(checked.content), digest)
