"""Which version is in force, until when it is acknowledged, and when somebody is reminded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from app.personnel.policies.markup import parse
from app.platform.errors import Conflict, Invalid
from app.platform.locales import write_date

# Days left at which a reminder goes out; below 0 the day has passed. The office's own measure, no law.
REMIND_DAYS = (7, 1)
LATE = -1
MOST_DAYS = 365


def due_on(effective_on: dt.date, published_on: dt.date, hired_on: dt.date, days: int) -> dt.date:
    """Give the day by which somebody acknowledges: so many days after it binds and can be read."""
    return max(effective_on, published_on, hired_on) + dt.timedelta(days=days)


def reminder_of(left: int) -> int | None:
    """Give which reminder is due with so many days left; None where none is."""
    if left < 0:
        return LATE
    due = [days for days in REMIND_DAYS if left <= days]
    return min(due) if due else None


def check_text(text: str) -> None:
    """Refuse a text without a paragraph or list."""
    if not any(block.kind not in ("h2", "h3") for block in parse(text)):
        raise Invalid(text="Enter the text: at least one paragraph or list")


def check_effective(effective_on: dt.date, before: dt.date | None, today: dt.date) -> None:
    """Refuse a day of effect before that of the version before, or in the past."""
    if effective_on < today:
        raise Invalid(effective_on="The day of effect cannot be in the past")
    if before is not None and effective_on < before:
        raise Invalid(
            effective_on=f"The version before takes effect on {write_date(before)}. Enter a later day"
        )


def demand_second_person(actor_id: str | None, writers: Collection[str], submitted_by: str | None) -> None:
    """Raise Conflict when who approves has written or submitted, were it long before others wrote on."""
    if actor_id is None or actor_id in writers or actor_id == submitted_by:
        raise Conflict("You wrote or submitted this version, so somebody else has to approve it.")
