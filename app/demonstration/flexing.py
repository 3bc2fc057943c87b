"""Flexible work: agreements that run, and requests that wait for a decision."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.accounts.queries import actor_of, get_account
from app.demonstration.office import Office
from app.demonstration.places import MAIN, ZONES
from app.demonstration.timeline import Story
from app.personnel.employees.queries import find_own_employee
from app.personnel.flexible_work import services
from app.personnel.flexible_work.queries import find_weekly_minutes
from app.personnel.flexible_work.rules import RULEBOOKS, USUAL, Pattern, make_pattern
from app.personnel.flexible_work.services import Wish
from app.personnel.flexible_work.states import Kind
from app.personnel.reporting import find_supervisor
from app.platform import clock
from app.platform.calendars import add_months

ZONE = ZONES[MAIN]
# Who asked for what, why, and what was said to it; "" where nobody has decided yet.
ASKED = (
    (
        "employee",
        Kind.COMPRESSED,
        "Four long days save the crew an hour of driving.",
        "Tried in May.",
    ),
    (
        "key.custodian",
        Kind.PART_TIME,
        "My mother needs me in the afternoons.",
        "Keys go out until two.",
    ),
    ("exam.officer", Kind.TELEWORK, "Papers are read undisturbed at home.", ""),
    ("health.second.hr.officer", Kind.TELEWORK, "Two days a week without the ferry.", ""),
    ("lakes.second.hr.officer", Kind.TELEWORK, "The pass is closed in winter.", ""),
)


def tell(office: Office) -> Story:
    """Let people ask; the first two are agreed, the others wait."""
    session, at = yield office.timeline.office(20, ZONE, 11)
    made = {key: _ask(session, office, key, kind, why, at) for key, kind, why, _ in ASKED}
    session, at = yield office.timeline.office(15, ZONE, 15)
    for key, kind, _, reason in ASKED:
        if reason:
            _agree(session, office, key, made[key], kind, reason, at)


def _ask(session: Session, office: Office, key: str, kind: Kind, why: str, at: dt.datetime) -> str:
    employee = find_own_employee(session, office.accounts[key])
    starts_on = clock.local_date(at, ZONE) + dt.timedelta(days=7)
    weekly = find_weekly_minutes(session, employee.id, starts_on) if employee else 0
    wish = Wish(kind, _pattern(kind, weekly), starts_on, None, why)
    return services.request_work(session, wish=wish, actor=office.member(session, key), at=at).id


def _pattern(kind: Kind, weekly: int) -> Pattern:
    """Give a lawful pattern: four days of equal length, or five with one at home."""
    if kind is Kind.COMPRESSED:
        return make_pattern([weekly // 4] * 4, [], [])
    if kind is Kind.PART_TIME:
        return make_pattern([360] * 4, [], [])
    return make_pattern([weekly // 5] * 5, [], ["Tuesday", "Thursday"])


def _agree(
    session: Session, office: Office, key: str, own: str, kind: Kind, reason: str, at: dt.datetime
) -> None:
    employee = find_own_employee(session, office.accounts[key])
    boss = find_supervisor(session, employee.id) if employee else None
    decider = (
        actor_of(get_account(session, boss.account_id))
        if boss and boss.account_id
        else office.member(session, "hr.officer")
    )
    services.decide_request(
        session,
        arrangement_id=own,
        grants=True,
        met=set(RULEBOOKS[USUAL].laws[kind].criteria),
        reason=reason,
        review_on=add_months(clock.local_date(at, ZONE), 6),
        actor=decider,
        at=at,
    )
