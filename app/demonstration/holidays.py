"""The days off of the three agencies, computed as 5 U.S.C. 6103 names them (read 2026-11-22)."""

from __future__ import annotations

import datetime as dt

from app.accounts.holidays.services import add_holiday
from app.demonstration import places
from app.demonstration.accounts import BEGAN
from app.demonstration.office import Office
from app.demonstration.places import MAIN
from app.demonstration.timeline import Story

MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6
# (a): the days of a date, and the days of a week: which one of its kind in the month, -1 for the last.
DATED = (
    ("New Year's Day", 1, 1),
    ("Juneteenth National Independence Day", 6, 19),
    ("Independence Day", 7, 4),
    ("Veterans Day", 11, 11),
    ("Christmas Day", 12, 25),
)
WEEKLY = (
    ("Birthday of Martin Luther King, Jr.", 1, MONDAY, 3),
    ("Washington's Birthday", 2, MONDAY, 3),
    ("Memorial Day", 5, MONDAY, -1),
    ("Labor Day", 9, MONDAY, 1),
    ("Columbus Day", 10, MONDAY, 2),
    ("Thanksgiving Day", 11, THURSDAY, 4),
)


def days_off(year: int) -> list[tuple[dt.date, str]]:
    """Give the eleven days off of a year with their names, in order; the first may lie in the year before.

    One on a Saturday is kept on the Friday before, 5 U.S.C. 6103(b)(1); one on a Sunday on the Monday after,
    Executive Order 11582, section 3.
    """
    dated = [(kept(dt.date(year, month, day)), name) for name, month, day in DATED]
    weekly = [(nth(year, month, weekday, place), name) for name, month, weekday, place in WEEKLY]
    return sorted(dated + weekly)


def kept(day: dt.date) -> dt.date:
    """Give the working day on which a holiday is kept."""
    return day + dt.timedelta(days={SATURDAY: -1, SUNDAY: 1}.get(day.weekday(), 0))


def nth(year: int, month: int, weekday: int, place: int) -> dt.date:
    """Give one of the same weekdays of a month: the first is 1, the last is -1."""
    days = [
        day
        for number in range(31)
        if (day := dt.date(year, month, 1) + dt.timedelta(days=number)).month == month
        and day.weekday() == weekday
    ]
    return days[place - 1 if place > 0 else place]


def observe(office: Office) -> Story:
    """Enter the days off of the three agencies, from the office's first year to the one after next."""
    session, at = yield office.timeline.before(days=BEGAN - 1, hours=-1)
    chief = office.member(session, "administrator")
    last = office.timeline.now.year + 2
    for code in (MAIN, *(other for other in places.ZONES if other != MAIN)):
        for year in range(at.year, last + 1):
            for on, name in days_off(year):
                add_holiday(session, agency_id=office.agencies[code], on=on, name=name, actor=chief, at=at)
