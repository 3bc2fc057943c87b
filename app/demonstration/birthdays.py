"""When those who serve the invented city were born, entered in one go from the papers of the office."""

from __future__ import annotations

import datetime as dt
import random

from sqlalchemy import select

from app.demonstration import accounts
from app.demonstration.accounts import OFFICERS
from app.demonstration.office import Office
from app.demonstration.timeline import Story
from app.personnel.employees.models import Employee
from app.personnel.retirements.services import enter_births
from app.platform.calendars import add_months

# Ages at entry, the least, the most and the usual one; nobody serves beyond the last age.
ENTRY = (19, 56, 31)
OLDEST = 69
UNKNOWN = 0.01


def enter(office: Office) -> Story:
    """Enter the dates of birth of those who were in the old register, nobody the own one."""
    session, at = yield office.timeline.before(days=accounts.BEGAN - 3)
    for code, officers in OFFICERS.items():
        agency_id, dice = office.agencies[code], office.dice(f"births:{code}")
        rows = session.execute(
            select(Employee.id, Employee.account_id, Employee.hired_on, Employee.separated_on)
            .where(Employee.agency_id == agency_id)
            .order_by(Employee.number)
        )
        first, second = (office.member(session, key) for key in officers)
        births: dict[str | None, dict[str, dt.date]] = {first.id: {}, second.id: {}}
        for row in rows:
            born_on = _born(dice, row.hired_on, row.separated_on or at.date())
            if row.account_id or dice.random() > UNKNOWN:
                births[second.id if row.account_id == first.id else first.id][row.id] = born_on
        for actor in (first, second):
            enter_births(session, agency_id=agency_id, births=births[actor.id], actor=actor, at=at)


def _born(dice: random.Random, hired_on: dt.date, last_day: dt.date) -> dt.date:
    """Give a day of birth that suits the years of entry and of leaving."""
    months = round(dice.triangular(*ENTRY) * 12)
    day = add_months(hired_on, -months) - dt.timedelta(days=dice.randrange(28))
    return max(day, add_months(last_day, -OLDEST * 12))
