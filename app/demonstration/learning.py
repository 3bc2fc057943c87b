"""What people of the demonstration learn: seats asked for, certificates, what was said, plans, findings."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.demonstration.accounts import OFFICERS
from app.demonstration.office import Office
from app.demonstration.places import HEALTH, LAKES, MAIN, ZONES
from app.demonstration.timeline import Story
from app.personnel.competencies.queries import load_gaps
from app.personnel.competencies.services import assess
from app.personnel.course_enrolments import services, session_services
from app.personnel.course_feedback.services import give_feedback
from app.personnel.course_sessions.rules import SessionValues
from app.personnel.course_sessions.services import create_session
from app.personnel.development_plans import services as plans
from app.personnel.employees.queries import find_own_employee
from app.platform import clock

ZONE = ZONES[MAIN]
# Who of the cast took the course in information security, with what they scored and how they liked it.
SCORES = {
    "employee": (85, 4),
    "second.employee": (60, 3),
    "hr.officer": (95, 5),
    "exam.officer": (90, 4),
    "key.custodian": (100, 5),
    "appointing.authority": (75, 2),
    "agency.administrator": (80, 4),
}
REMARKS = {
    "employee": "The cases from our own yards were good.",
    "appointing.authority": "Half an hour would do.",
}
# Course, agency, days from now, seats, whether online, where, who teaches.
PLANNED = (
    ("SAF-110", MAIN, 9, 1, False, "Training room 2, 40 Harbor Street", "Halina Brooks"),
    ("WRT-105", MAIN, 13, 20, True, "https://meet.larkhaven.example/plain", "Oona Castile"),
    ("DRV-210", MAIN, 17, 6, False, "Closed track, Quarry Road", "Merrow Driving Academy"),
    ("LDR-300", MAIN, 31, 12, False, "Community College, room 114", "Ivo Brandt"),
    ("ETH-101", MAIN, 24, 60, True, "https://meet.larkhaven.example/ethics", "City Ethics Office"),
    ("HLT-130", HEALTH, 11, 16, False, "Health House, room 5", "Nurse educator"),
    ("LIB-150", HEALTH, 19, 10, False, "Central Library, studio", "Petra Lindqvist"),
    ("FOR-160", LAKES, 26, 4, False, "Ranger Station", "Merrow Forest School"),
)


def tell(office: Office) -> Story:
    """Hold a course, let people ask for others, and let a supervisor find, agree and answer."""
    held: dict[str, str] = {}
    yield from _hold(office, held)
    session, at = yield office.timeline.office(19, ZONE, 15)
    for place, key in enumerate(SCORES):
        give_feedback(
            session,
            enrolment_id=held[key],
            ratings=dict.fromkeys(("content", "teaching", "length", "place", "again"), SCORES[key][1])
            | {"teaching": 5 - place % 2},
            remark=REMARKS.get(key, ""),
            actor=office.member(session, key),
            at=at,
        )
    session, at = yield office.timeline.office(12, ZONE, 9)
    made = {row[0]: _plan(session, office, row, at) for row in PLANNED}
    yield from _ask(office, made)
    yield from _develop(office)


def _hold(office: Office, asked: dict[str, str]) -> Story:
    """Hold a course; `asked` is filled with the enrolments by who asked."""
    session, at = yield office.timeline.office(44, ZONE, 9)
    officer = office.member(session, "second.hr.officer")
    starts_at = office.timeline.office(22, ZONE, 9)
    values = SessionValues(
        starts_at, starts_at + dt.timedelta(hours=1), starts_at - dt.timedelta(days=3), False,
        "Council chamber, 40 Harbor Street", "City Data Office", 40,
    )  # fmt: skip
    course = office.courses["SEC-100"]
    session_id = create_session(session, course_id=course, values=values, actor=officer, at=at).id
    session, at = yield office.timeline.office(40, ZONE, 10)
    asked |= {key: _request(session, office, session_id, key, "It is due this year.", at) for key in SCORES}
    session, at = yield office.timeline.office(36, ZONE, 11)
    for own in asked.values():
        services.decide_enrolment(session, enrolment_id=own, approves=True, reason="", actor=officer, at=at)
    session, at = yield office.timeline.office(21, ZONE, 15)
    session_services.take_attendance(
        session, session_id=session_id, present=list(asked.values()), actor=officer, at=at
    )
    for key, own in asked.items():
        session_services.record_result(session, enrolment_id=own, score=SCORES[key][0], actor=officer, at=at)


def _request(session: Session, office: Office, session_id: str, key: str, why: str, at: dt.datetime) -> str:
    actor = office.member(session, key)
    return services.enrol_self(session, session_id=session_id, why=why, actor=actor, at=at).id


def _plan(
    session: Session,
    office: Office,
    row: tuple[str, str, int, int, bool, str, str],
    at: dt.datetime,
) -> str:
    code, agency, days, seats, is_online, place, trainer = row
    day = office.timeline.day(-days, ZONES[agency])
    starts_at = clock.zoned_moment(day, dt.time(9), ZONES[agency])
    values = SessionValues(
        starts_at, starts_at + dt.timedelta(hours=7), starts_at - dt.timedelta(days=2), is_online,
        place, trainer, seats,
    )  # fmt: skip
    actor = office.member(session, OFFICERS[agency][0])
    course_id = office.courses[code]
    return create_session(session, course_id=course_id, values=values, actor=actor, at=at).id


def _ask(office: Office, made: dict[str, str]) -> Story:
    """Let two ask for the one seat in first aid, and others wait for their supervisors."""
    session, at = yield office.timeline.office(10, ZONE, 9)
    officer = office.member(session, "second.hr.officer")
    for key in ("employee", "second.employee"):
        own = _request(session, office, made["SAF-110"], key, "The crew has no first aider.", at)
        services.decide_enrolment(session, enrolment_id=own, approves=True, reason="", actor=officer, at=at)
    session, at = yield office.timeline.office(3, ZONE, 14)
    _request(session, office, made["LDR-300"], "employee", "I stand in for the crew leader.", at)
    _request(session, office, made["DRV-210"], "second.employee", "I move to the large sweeper.", at)
    _request(session, office, made["WRT-105"], "exam.officer", "Our admit letters are long.", at)


def _develop(office: Office) -> Story:
    """Let the supervisor find how far the two are, agree to one plan, and keep the other to answer."""
    session, at = yield office.timeline.office(9, ZONE, 10)
    boss = office.member(session, "supervisor")
    for key, found in (("employee", (3, 2, 2)), ("second.employee", (2, 1, 1))):
        employee = find_own_employee(session, office.accounts[key])
        if employee is None:
            continue
        for gap, level in zip(load_gaps(session, employee), found, strict=False):
            assess(
                session,
                employee=employee,
                competency_id=gap.competency_id,
                level=level,
                evidence="Seen at work this year, and talked about in the talk of October.",
                is_own=False,
                actor=boss,
                at=at,
            )
    session, at = yield office.timeline.office(8, ZONE, 13)
    agreed = _write_plan(session, office, "employee", "Lead a crew of four for a week.", "LDR-300", at)
    _write_plan(session, office, "second.employee", "Drive the large sweeper alone.", "DRV-210", at)
    session, at = yield office.timeline.office(6, ZONE, 10)
    plans.answer_plan(
        session, plan_id=agreed, agrees=True, remark="Gladly. You begin in January.", actor=boss, at=at
    )


def _write_plan(session: Session, office: Office, key: str, goal: str, course: str, at: dt.datetime) -> str:
    actor, first = office.member(session, key), clock.local_date(at, ZONE)
    ends_on = first + dt.timedelta(days=364)
    plan = plans.create_plan(session, starts_on=first, ends_on=ends_on, actor=actor, at=at).id
    made = plans.add_goal(
        session, plan_id=plan, goal=goal, competency_id=None, level=None, actor=actor, at=at
    ).id
    for activity, course_id, days in (
        ("Take the course.", office.courses[course], 60),
        ("Do it with a colleague beside me.", None, 180),
    ):
        plans.add_activity(
            session,
            plan_id=plan,
            goal_id=made,
            activity=activity,
            course_id=course_id,
            by_on=first + dt.timedelta(days=days),
            actor=actor,
            at=at,
        )
    plans.propose_plan(session, plan_id=plan, actor=actor, at=at)
    return plan
