"""What decides about a posting: its window, its two people, what it must say, pay brought to a year."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from app.personnel.positions.states import PayPeriod
from app.platform import clock
from app.platform.errors import Conflict, Invalid
from app.recruitment.postings.states import PostingState

# Rules differ by place: five business days in some cities, twenty days in Saint Paul (Civil Service Rules,
# section 4, read 2026-11-22). Ten days lie between, and take in two weekends wherever they begin.
MINIMUM_OPEN_DAYS = 10
LONGEST_OPEN_DAYS = 366
CLOSING_SOON = dt.timedelta(days=7)
# Hours in a working year, 5 U.S.C. 5504(b)(1), read 2026-11-22. For comparing postings only.
YEAR_HOURS = 2087
DAY_HOURS = 8
# What a posting must say before a second person is asked to approve it.
NEEDED = {
    "title": "Enter the title.",
    "class_title": "Enter the class title.",
    "employment_type": "Select the kind of employment.",
    "location": "Enter the place of work.",
    "summary": "Enter a summary.",
    "duties": "Enter what the person will do.",
    "qualifications": "Enter what the person needs.",
    "pay_min_minor": "Enter the lowest pay.",
    "pay_max_minor": "Enter the highest pay.",
    "rulebook": "Select how applicants are ranked.",
}
# What can be done in each state; rules and services check more.
ACTS: dict[PostingState, tuple[str, ...]] = {
    PostingState.DRAFT: ("edit", "criteria", "submit", "cancel"),
    PostingState.SUBMITTED: ("approve", "send_back", "cancel"),
    PostingState.APPROVED: ("publish", "send_back", "cancel"),
    PostingState.PUBLISHED: ("cancel",),
    PostingState.CLOSED: (),
    PostingState.CANCELLED: (),
}


def window_is_open(
    state: PostingState, opens_at: dt.datetime | None, closes_at: dt.datetime | None, at: dt.datetime
) -> bool:
    """Tell whether an application may come in: from `opens_at` on, and before `closes_at`.

    The deadline itself decides, not the job that closes the posting some seconds after it.
    """
    if state is not PostingState.PUBLISHED or opens_at is None or closes_at is None:
        return False
    return opens_at <= at < closes_at


def is_due_to_close(state: PostingState, closes_at: dt.datetime | None, at: dt.datetime) -> bool:
    """Tell whether the deadline of a published posting has come."""
    return state is PostingState.PUBLISHED and closes_at is not None and closes_at <= at


def check_window(opens_at: dt.datetime, closes_at: dt.datetime, zone: str, at: dt.datetime) -> None:
    """Raise Invalid unless applications may come in for at least MINIMUM_OPEN_DAYS from now on.

    Days are counted on the zone's calendar, the day of opening not among them, so that a change of clocks
    inside the window neither adds nor takes an hour.
    """
    if opens_at < at - dt.timedelta(days=1):
        raise Invalid(opens_at="The opening must not lie more than a day in the past.")
    start = max(opens_at, at).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    end = closes_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if closes_at <= max(opens_at, at):
        raise Invalid(closes_at="The deadline must come after the opening.")
    # to the minute, as people set it: opening now and closing at the same time of day is whole days
    if end - start.replace(second=0, microsecond=0) < dt.timedelta(days=MINIMUM_OPEN_DAYS):
        raise Invalid(
            closes_at=f"The deadline must be at least {MINIMUM_OPEN_DAYS} days after the opening,"
            " so that everyone has time to apply."
        )
    if end - start > dt.timedelta(days=LONGEST_OPEN_DAYS):
        raise Invalid(closes_at="The deadline must not be more than a year after the opening.")


def demand_second_person(actor_id: str | None, *involved: str | None) -> None:
    """Raise Conflict when the person who approves wrote or submitted the posting."""
    if actor_id is None or actor_id in involved:
        raise Conflict(
            "You wrote or submitted this posting, so you cannot also approve it. Ask a second officer."
        )


def check_complete(values: dict[str, object], essential_count: int) -> None:
    """Raise Invalid for each needed value that is missing, or when no criterion is essential."""
    missing = {name: sentence for name, sentence in NEEDED.items() if values.get(name) in (None, "")}
    if missing:
        raise Invalid("Some parts are still empty. " + " ".join(missing.values()))
    if essential_count == 0:
        raise Invalid("Add at least one essential criterion: screening decides on these alone.")


def yearly(minor: int, period: PayPeriod) -> int:
    """Bring pay to a year, rounded down, so that postings with different periods can be compared."""
    if period is PayPeriod.YEAR:
        return minor
    if period is PayPeriod.MONTH:
        return minor * 12
    if period is PayPeriod.DAY:
        return minor * YEAR_HOURS // DAY_HOURS
    return minor * YEAR_HOURS


def search_text(*parts: str) -> str:
    """Fold what a search looks in: one line a part, letter case gone."""
    return "\n".join(" ".join(part.split()) for part in parts if part.strip()).casefold()


def acts_in(state: PostingState) -> tuple[str, ...]:
    """List what can be done with a posting in a state, by the names of the acts."""
    return ACTS[state]


def suggest_deadline(at: dt.datetime, zone: str) -> dt.datetime:
    """Suggest a deadline: three weeks from now, at 5 pm on the zone's clock."""
    day = clock.local_date(at, zone) + dt.timedelta(days=21)
    return clock.zoned_moment(day, dt.time(17), zone)
