"""Dates as the law counts them: calendar days, business days, months that end early."""

from calendar import monthrange
from collections.abc import Collection
from datetime import date, timedelta


def add_days(day: date, days: int) -> date:
    """Count calendar days; the first day is not counted."""
    return day + timedelta(days=days)


def add_months(day: date, months: int) -> date:
    """Count months; a day that the month lacks becomes its last one (31 January and one month is 28
    February).
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_business_day(day: date, holidays: Collection[date] = ()) -> bool:
    """Tell whether a day is neither Saturday, Sunday nor holiday."""
    return day.weekday() < 5 and day not in holidays


def add_business_days(day: date, days: int, holidays: Collection[date] = ()) -> date:
    """Count business days; the first day is not counted, and ValueError comes of a negative count."""
    if days < 0:
        raise ValueError("Business days are counted forwards only.")
    while days:
        day += timedelta(days=1)
        days -= is_business_day(day, holidays)
    return day


def next_business_day(day: date, holidays: Collection[date] = ()) -> date:
    """Give the day itself, or the next business day when it is none."""
    while not is_business_day(day, holidays):
        day += timedelta(days=1)
    return day
