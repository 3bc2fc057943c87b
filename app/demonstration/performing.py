"""Years of performance: one closed and rated, others that run, with improvement, increases and awards."""

from __future__ import annotations

import datetime as dt
import random

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.demonstration import achieving, places, rewarding
from app.demonstration.accounts import OFFICERS
from app.demonstration.office import Office
from app.demonstration.places import HEALTH, LAKES, MAIN
from app.demonstration.timeline import Story
from app.demonstration.workforce import FIELD
from app.personnel.performance import regimes, services
from app.personnel.performance.models import PerformancePlan, PlanElement, ProgressReview
from app.personnel.performance.rules import CycleValues
from app.personnel.performance.states import PlanState
from app.personnel.ratings.models import ElementRating, PerformanceRating
from app.personnel.ratings.rules import Judged, summarize
from app.personnel.ratings.states import RatingState
from app.platform import audit
from app.platform.ids import new_id

ZONE = places.ZONES[MAIN]
# Days ago: when each period begins and ends, plans were given, talks held, ratings handed in and closed.
FIRST_YEAR, FIRST_ENDS, FIRST_GIVEN, FIRST_TALKS, RATED, CLOSED = 415, 61, 398, 226, 36, 20
SECOND_YEAR, SECOND_ENDS, SECOND_GIVEN = 60, -304, 51
OTHERS_YEAR, OTHERS_ENDS = 21, -343
ELEMENTS = (
    (
        "Quality of the work",
        True,
        "Ninety-five of one hundred pieces of work need no second visit or correction.",
    ),
    ("Work done in time", True, "Nine of ten tasks are finished on the day that was agreed."),
    ("Working with others", False, "Questions of colleagues and residents are answered within two days."),
)
TALK = "Quality and time are as agreed. We spoke about the vacation weeks and about one course in spring."
SAID = {
    1: "Far from what was agreed, in most weeks.",
    2: "Below what was agreed in several weeks; help was given.",
    3: "As agreed.",
    4: "Better than agreed in most weeks.",
    5: "Better than agreed in every week, and others learn from it.",
}
YEAR = "The year was looked at together, element by element, in October."
# Of one hundred people, how many work at each level; each crew leans a little to one side.
SHARES = {1: 0.4, 2: 4, 3: 40, 4: 40, 5: 15.6}


def tell(office: Office) -> Story:
    """Let a year pass in the main agency and begin the next; the others begin their first."""
    session, at = yield office.timeline.office(FIRST_YEAR - 1, ZONE, 9)
    first = _begin(session, office, MAIN, "First year", FIRST_YEAR, FIRST_ENDS, at)
    session, at = yield office.timeline.office(FIRST_GIVEN, ZONE, 9)
    _give(session, office, first, at)
    session, at = yield office.timeline.office(FIRST_TALKS, ZONE, 9)
    _talk(session, office, first, at)
    yield from achieving.fail(office, first)
    session, at = yield office.timeline.office(SECOND_YEAR - 1, ZONE, 9)
    second = _begin(session, office, MAIN, "Second year", SECOND_YEAR, SECOND_ENDS, at)
    session, at = yield office.timeline.office(SECOND_GIVEN, ZONE, 9)
    _give(session, office, second, at)
    yield from achieving.begin_to_improve(office, second)
    session, at = yield office.timeline.office(RATED, ZONE, 9)
    _rate(session, office, first, at)
    yield from achieving.rate_crew(office, first)
    session, at = yield office.timeline.office(CLOSED, ZONE, 9)
    services.close_cycle(session, cycle_id=first, actor=office.member(session, OFFICERS[MAIN][0]), at=at)
    for code in (HEALTH, LAKES):
        _begin(session, office, code, "First year", OTHERS_YEAR, OTHERS_ENDS, at)
    yield from rewarding.raise_and_reward(office)


def _begin(
    session: Session, office: Office, code: str, title: str, starts: int, ends: int, at: dt.datetime
) -> str:
    zone, actor = places.ZONES[code], office.member(session, OFFICERS[code][0])
    starts_on, ends_on = office.timeline.day(starts, zone), office.timeline.day(ends, zone)
    cycle = services.create_cycle(
        session,
        agency_id=office.agencies[code],
        values=CycleValues(title, starts_on, ends_on, starts_on + (ends_on - starts_on) / 2),
        actor=actor,
        at=at,
    )
    services.start_cycle(session, cycle_id=cycle.id, actor=actor, at=at)
    return cycle.id


def _give(session: Session, office: Office, cycle_id: str, at: dt.datetime) -> None:
    """Give every plan of a period to its person at once, as the office took them over from paper."""
    plans = session.scalars(
        select(PerformancePlan.id).where(
            PerformancePlan.cycle_id == cycle_id, PerformancePlan.state == PlanState.DRAFT
        )
    ).all()
    officer = office.member(session, "hr.officer")
    session.execute(
        insert(PlanElement),
        [
            {
                "id": new_id("pel"),
                "plan_id": own,
                "position": place,
                "title": title,
                "standard": standard,
                "is_critical": is_critical,
                "weight": None,
            }
            for own in plans
            for place, (title, is_critical, standard) in enumerate(ELEMENTS, 1)
        ],
    )
    session.execute(
        update(PerformancePlan)
        .where(PerformancePlan.cycle_id == cycle_id, PerformancePlan.state == PlanState.DRAFT)
        .values(state=PlanState.ACKNOWLEDGED, issued_by=officer.id, issued_at=at, acknowledged_at=at)
    )
    _note(session, office, "issue", cycle_id, len(plans), at)


def _talk(session: Session, office: Office, cycle_id: str, at: dt.datetime) -> None:
    plans = session.scalars(select(PerformancePlan.id).where(PerformancePlan.cycle_id == cycle_id)).all()
    writer = office.member(session, "hr.officer").id
    day = at.date()
    session.execute(
        insert(ProgressReview),
        [
            {
                "id": new_id("pgv"),
                "plan_id": own,
                "held_on": day,
                "narrative": TALK,
                "written_by": writer,
                "written_at": at,
            }
            for own in plans
        ],
    )
    _note(session, office, "add_progress", cycle_id, len(plans), at)


def _rate(session: Session, office: Office, cycle_id: str, at: dt.datetime) -> None:
    """Rate everybody of a period but the crew of the cast's supervisor; the rule gives each summary."""
    rows = session.execute(
        select(PlanElement.plan_id, PlanElement.id, PlanElement.is_critical, PerformancePlan.employee_id)
        .add_columns(PerformancePlan.agency_id, PerformancePlan.supervisor_id)
        .join(PerformancePlan, PerformancePlan.id == PlanElement.plan_id)
        .where(
            PerformancePlan.cycle_id == cycle_id,
            PerformancePlan.state == PlanState.ACKNOWLEDGED,
            PerformancePlan.supervisor_id.is_distinct_from(office.employees[FIELD][0]),
        )
        .order_by(PlanElement.plan_id, PlanElement.position)
    )
    plans: dict[str, list[tuple[str, bool, str, str, str]]] = {}
    for plan_id, *element in rows:
        plans.setdefault(plan_id, []).append(tuple(element))
    judged = _Judges(session, office, cycle_id, at)
    ratings, levels = [], []
    for plan_id, elements in plans.items():
        rating, own = judged.judge(plan_id, elements)
        ratings.append(rating)
        levels += own
    session.execute(insert(PerformanceRating), ratings)
    session.execute(insert(ElementRating), levels)
    session.execute(
        update(PerformancePlan)
        .where(
            PerformancePlan.cycle_id == cycle_id,
            PerformancePlan.id.in_(select(PerformanceRating.plan_id)),
        )
        .values(state=PlanState.RATED)
    )
    _note(session, office, "rate", cycle_id, len(ratings), at)


class _Judges:
    """Those who rate a period: officers in the place of supervisors, each crew with a leaning of its own."""

    def __init__(self, session: Session, office: Office, cycle_id: str, at: dt.datetime) -> None:
        self.regime, self.at = regimes.find(regimes.USUAL), at
        self.dice = office.dice(f"ratings:{cycle_id}")
        self.pair = [office.member(session, key).id for key in ("hr.officer", "second.hr.officer")]
        self.leaning: dict[str, float] = {}

    def judge(
        self, plan_id: str, elements: list[tuple[str, bool, str, str, str]]
    ) -> tuple[dict[str, object], list[dict[str, object]]]:
        """Give the rating of a plan and its elements as rows."""
        _, _, employee_id, agency_id, supervisor_id = elements[0]
        lean = self.leaning.setdefault(supervisor_id or "", self.dice.uniform(-0.6, 0.6))
        own, rating_id = _level(self.dice, lean), new_id("prt")
        given = [own if own == 1 else _near(self.dice, own) for _ in elements]
        summary = summarize(
            self.regime,
            [Judged(level, one[1]) for level, one in zip(given, elements, strict=True)],
        )
        rating = {
            "id": rating_id,
            "plan_id": plan_id,
            "employee_id": employee_id,
            "agency_id": agency_id,
            "summary_level": summary.level,
            "points": None,
            "because": summary.because,
            "narrative": YEAR,
            "state": RatingState.APPROVED,
            "rated_by": self.pair[0],
            "rated_at": self.at,
            "reviewed_by": self.pair[1],
            "reviewed_at": self.at,
        }
        return rating, [
            {"rating_id": rating_id, "element_id": one[0], "level": level, "narrative": SAID[level]}
            for level, one in zip(given, elements, strict=True)
        ]


def _level(dice: random.Random, lean: float) -> int:
    level = dice.choices(list(SHARES), list(SHARES.values()))[0]
    if level > 1 and dice.random() < abs(lean):
        level = min(max(level + (1 if lean > 0 else -1), min(level, 3)), 5)
    return level


def _near(dice: random.Random, level: int) -> int:
    return min(max(level + dice.choice((0, 0, 0, -1, 1)), min(level, 3)), 5)


def _note(session: Session, office: Office, act: str, cycle_id: str, count: int, at: dt.datetime) -> None:
    audit.record(
        session,
        f"personnel.performance_plans.{act}",
        actor=office.member(session, "hr.officer"),
        at=at,
        subject=cycle_id,
        plans=count,
    )
