"""Which days a request takes, and whether there is leave for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from app.personnel.accruals.courses import Course
from app.personnel.accruals.periods import leave_year
from app.personnel.accruals.regimes import KindRule, Regime
from app.personnel.accruals.rules import DAY, Service, day_minutes
from app.personnel.actions.rules import Away
from app.personnel.actions.states import ActionKind
from app.personnel.leave.amounts import hours
from app.personnel.leave.states import LeaveKind
from app.platform.calendars import add_months, is_business_day
from app.platform.errors import Conflict, Invalid
from app.platform.locales import write_date

# The office's own: how long afterwards an absence is entered, how far ahead, and how long one may be.
MOST_BACK = dt.timedelta(days=60)
MOST_AHEAD = dt.timedelta(days=400)
MOST_LENGTH = dt.timedelta(days=366)
YEAR_MONTHS = 12
WITHOUT_DUTY = (ActionKind.LEAVE_WITHOUT_PAY, ActionKind.SUSPENSION)

Days = dict[dt.date, int]


def check_span(starts_on: dt.date, ends_on: dt.date, began_on: dt.date, today: dt.date) -> None:
    """Raise Invalid for days in the wrong order, before hire, or too far from today."""
    if ends_on < starts_on:
        raise Invalid(ends_on="The last day must not be before the first")
    if starts_on < began_on:
        raise Invalid(starts_on=f"You serve since {write_date(began_on)}, so leave cannot begin before")
    if starts_on < today - MOST_BACK:
        raise Invalid(
            starts_on=f"Leave is entered at most {MOST_BACK.days} days later. Ask the office to correct it"
        )
    if ends_on > today + MOST_AHEAD:
        raise Invalid(ends_on=f"Leave is asked for at most {MOST_AHEAD.days} days ahead")
    if ends_on - starts_on > MOST_LENGTH:
        raise Invalid(ends_on="One request covers a year at most")


def check_away(starts_on: dt.date, ends_on: dt.date, away: Iterable[Away]) -> None:
    """Raise Invalid where a day falls into leave without pay or a suspension: no leave is needed then."""
    for one in away:
        if one.kind in WITHOUT_DUTY and one.starts_on <= ends_on and starts_on <= one.ends_on:
            raise Invalid(starts_on=f"These days fall into {one.text}. Choose other days")


def charge(
    starts_on: dt.date,
    ends_on: dt.date,
    minutes_a_day: int | None,
    service: Service,
    holidays: Collection[dt.date],
) -> Days:
    """Give the minutes that leave takes on each working day; days off and holidays take none.

    5 U.S.C. 6302(a), read 2026-11-22: the days of leave are exclusive of holidays and days off.
    """
    found: Days = {}
    day = starts_on
    while day <= ends_on:
        whole = day_minutes(service.weekly_on(day))
        if whole and is_business_day(day, holidays):
            found[day] = min(minutes_a_day or whole, whole)
        day += DAY
    if not found:
        raise Invalid(starts_on="These are all days off or holidays, so no leave is needed")
    return found


def check_unit(rule: KindRule, minutes_a_day: int | None) -> None:
    """Raise Invalid for a part of a day that is no multiple of the least unit."""
    if minutes_a_day is not None and minutes_a_day % rule.unit_minutes:
        raise Invalid(
            hours_a_day=f"{rule.kind.title} is taken in units of {hours(rule.unit_minutes)} ({rule.unit_law})"
        )


def rule_of(regime: Regime, kind: LeaveKind) -> KindRule:
    """Give the rule of a kind, or raise Invalid where the regime has none."""
    if kind not in regime.kinds:
        raise Invalid(kind="Your agency’s rule does not know this kind of leave")
    return regime.kinds[kind]


def check_balance(regime: Regime, rule: KindRule, course: Course, charged: Mapping[dt.date, int]) -> int:
    """Give how many minutes are taken in advance, or raise Invalid with the figures where there are too few.

    The course holds the request already, and is followed to the end of the leave year of its last day. Not
    only the days asked for count: what is promised for later must stay covered.
    """
    if not rule.kind.has_balance:
        return 0
    first, deepest = min(charged), 0
    for day in [day for day in course.days(rule.kind) if day >= first]:
        left = course.at(rule.kind, day)
        allowed = _allowance(regime, rule, course, day)
        if left < -allowed:
            raise Invalid(kind=_too_few(rule, charged, day, left, allowed))
        deepest = min(deepest, left)
    return min(-deepest, sum(charged.values()))


def _allowance(regime: Regime, rule: KindRule, course: Course, day: dt.date) -> int:
    """Give by how much a ledger may be overdrawn on a day: advance leave, by the rule."""
    if rule.advance == "limit":
        return rule.advance_minutes
    if rule.advance == "leave year":
        return course.coming(rule.kind, day, leave_year(regime.first_period_on, day)[1])
    return 0


def _too_few(rule: KindRule, charged: Mapping[dt.date, int], day: dt.date, left: int, allowed: int) -> str:
    asked = sum(minutes for on, minutes in charged.items() if on <= day)
    text = f"On {write_date(day)} you have {hours(left + asked)} of {rule.kind.title.lower()}"
    if allowed:
        text += f" and may take {hours(allowed)} in advance ({rule.advance_law})"
    return f"{text}, and would have taken {hours(asked)}: {hours(-left - allowed)} are missing"


def check_year(
    rule: KindRule,
    service: Service,
    full_week: int,
    taken: Mapping[dt.date, int],
    charged: Mapping[dt.date, int],
) -> None:
    """Raise Invalid where more than a year's share would be taken in the twelve months before any day."""
    if not rule.year_minutes:
        return
    together = {day: taken.get(day, 0) + charged.get(day, 0) for day in taken.keys() | charged.keys()}
    for day in sorted(day for day in together if day >= min(charged)):
        since = add_months(day, -YEAR_MONTHS)
        most = rule.year_minutes * min(service.weekly_on(day) or full_week, full_week) // full_week
        used = sum(minutes for on, minutes in together.items() if since < on <= day)
        if used > most:
            raise Invalid(
                kind=f"By {write_date(day)} you would have taken {hours(used)} of "
                f"{rule.kind.title.lower()} in twelve months; {hours(most)} are the most ({rule.year_law})"
            )


def needs_certificate(rule: KindRule, charged: Collection[dt.date]) -> bool:
    """Tell whether an absence is so long that a medical certificate is asked for."""
    return rule.certificate_days is not None and len(charged) > rule.certificate_days


def demand_not_own(actor_id: str | None, account_id: str | None) -> None:
    """Raise Conflict when a person would decide on their own leave."""
    if actor_id is None or actor_id == account_id:
        raise Conflict("Somebody else has to decide on your own leave.")


def first_to_give_back(since: dt.date, starts_on: dt.date, ends_on: dt.date) -> dt.date:
    """Give the first day that is given back, or raise Invalid where the leave is over by then."""
    if since > ends_on:
        raise Invalid(since=f"This leave ends on {write_date(ends_on)}")
    return max(since, starts_on)
