"""What a pay period of service earns, and what a leave year's end takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.personnel.accruals.periods import PERIOD, is_last_full, last_day, leave_year, period_of
from app.personnel.accruals.regimes import Band, KindRule, Regime
from app.personnel.leave.states import EntrySort, LeaveKind
from app.platform.calendars import add_months, is_business_day

DAY = dt.timedelta(days=1)
WORKDAYS_A_WEEK = 5
WEEKS_A_PERIOD = 2


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from `first` to `last` (None: until further notice) on which a person serves so many minutes."""

    first: dt.date
    last: dt.date | None
    weekly_minutes: int

    def covers(self, first: dt.date, last: dt.date) -> bool:
        return self.first <= first and (self.last is None or last <= self.last)


@dataclass(frozen=True, slots=True)
class Service:
    """A person's service: when it began, its stretches in order, minutes without pay by day, its last day."""

    began_on: dt.date
    stretches: tuple[Stretch, ...]
    unpaid: Mapping[dt.date, int]
    ended_on: dt.date | None = None

    def weekly_on(self, day: dt.date) -> int:
        """Give the minutes of the week that a person serves on a day; 0 when not serving."""
        return next((one.weekly_minutes for one in self.stretches if one.covers(day, day)), 0)


@dataclass(frozen=True, slots=True)
class Credit:
    """Minutes to be entered into a ledger; `key` is what makes an entry be posted once."""

    kind: LeaveKind
    sort: EntrySort
    minutes: int
    on: dt.date
    key: str
    basis: str


def day_minutes(weekly_minutes: int) -> int:
    """Give the length of a working day: a fifth of the week."""
    return weekly_minutes // WORKDAYS_A_WEEK


def completed_years(began_on: dt.date, day: dt.date) -> int:
    """Count the years of service completed before a day; the anniversary is the first day after one."""
    years = day.year - began_on.year
    return years if add_months(began_on, 12 * years) <= day else years - 1


def band_of(rule: KindRule, began_on: dt.date, start: dt.date) -> Band | None:
    """Give the rate of a pay period.

    A change takes effect with the pay period after the one in which the years were completed (5 U.S.C.
    6303(c)), so the years are counted on the period's first day.
    """
    years = max(completed_years(began_on, start), 0)  # hired on the first working day, after a day off
    held = [band for band in rule.bands if band.from_years <= years]
    return held[-1] if held else None


def earn(
    regime: Regime,
    service: Service,
    start: dt.date,
    holidays: Collection[dt.date],
    balance: Callable[[LeaveKind], int],
) -> list[Credit]:
    """List what the pay period that begins on a day earns; `balance` gives that of a kind on its last day."""
    end = last_day(start)
    weekly, served, days = _served(service, start, end, holidays)
    if not served:
        return []
    on = end if service.ended_on is None or end <= service.ended_on else service.ended_on
    credits = []
    for rule in regime.kinds.values():
        if not rule.bands:
            continue
        minutes, law = 0, ""
        if _counts(rule, service, served, days):
            minutes, law = _period_minutes(regime, rule, service, start, weekly)
        found = [(minutes, on, f"{rule.kind.value}:{start}", f"Pay period from {start}; {law}")]
        found += _bonuses(regime, rule, service, start, end)
        held = balance(rule.kind) if rule.most_minutes else 0
        for given, day, key, basis in found:
            kept = _below_most(regime, rule, weekly, held, given)
            if kept > 0:
                held += kept
                credits.append(Credit(rule.kind, EntrySort.ACCRUAL, kept, day, key, basis))
    return credits


def _served(
    service: Service, start: dt.date, end: dt.date, holidays: Collection[dt.date]
) -> tuple[int, list[dt.date], int]:
    """Give the week's minutes as of the last day served, the working days served, and of how many.

    Holidays and days off neither make nor break a full pay period (5 U.S.C. 6302(b)).
    """
    days = _workdays(start, frozenset(holidays))
    whole = next((one for one in reversed(service.stretches) if one.covers(start, end)), None)
    if whole is not None:
        return whole.weekly_minutes, days, len(days)
    served = [day for day in days if service.weekly_on(day)]
    return (service.weekly_on(served[-1]) if served else 0), served, len(days)


@lru_cache(maxsize=256)
def _workdays(start: dt.date, holidays: frozenset[dt.date]) -> list[dt.date]:
    """List the working days of a pay period; the same period is asked for once a person."""
    return [start + DAY * n for n in range(PERIOD.days) if is_business_day(start + DAY * n, holidays)]


def _counts(rule: KindRule, service: Service, served: list[dt.date], days: int) -> bool:
    """Tell whether a pay period counts: served whole, or with enough days in pay."""
    if not rule.least_workdays:
        return len(served) == days
    paid = [day for day in served if service.unpaid.get(day, 0) < max(day_minutes(service.weekly_on(day)), 1)]
    return len(paid) >= rule.least_workdays


def _period_minutes(
    regime: Regime, rule: KindRule, service: Service, start: dt.date, weekly: int
) -> tuple[int, str]:
    band = band_of(rule, service.began_on, start)
    if band is None:
        return 0, ""
    minutes = band.last_minutes if band.last_minutes and is_last_full(start) else band.minutes
    if weekly < regime.full_week_minutes:
        if band.part_time_hours:
            minutes = weekly * WEEKS_A_PERIOD // band.part_time_hours
        else:
            minutes = minutes * weekly // regime.full_week_minutes
    if rule.waits_periods:
        first = period_of(regime.first_period_on, service.began_on - DAY) + PERIOD
        completed = (start - first) // PERIOD + 1
        if completed < rule.waits_periods:
            return 0, ""
        if completed == rule.waits_periods:
            return minutes * completed, rule.waits_law
    if rule.is_reduced and _is_lost(regime, service, start, weekly):
        return 0, ""
    return minutes, band.law


def _is_lost(regime: Regime, service: Service, start: dt.date, weekly: int) -> bool:
    """Tell whether the hours without pay of the leave year reach those of a pay period once more."""
    if not service.unpaid or not weekly:
        return False
    begins, _ = leave_year(regime.first_period_on, start)
    until = {day: minutes for day, minutes in service.unpaid.items() if begins <= day <= last_day(start)}
    before = sum(minutes for day, minutes in until.items() if day < start)
    base = weekly * WEEKS_A_PERIOD
    return sum(until.values()) // base > before // base


def _bonuses(
    regime: Regime, rule: KindRule, service: Service, start: dt.date, end: dt.date
) -> list[tuple[int, dt.date, str, str]]:
    """List the days given for completed years on anniversaries in the period."""
    found = []
    for years, minutes in rule.bonuses.items():
        on = add_months(service.began_on, 12 * years)
        weekly = service.weekly_on(on) if start <= on <= end else 0
        if weekly:
            given = minutes * min(weekly, regime.full_week_minutes) // regime.full_week_minutes
            basis = f"{years} {'year' if years == 1 else 'years'} of service completed; {rule.bonus_law}"
            found.append((given, on, f"{rule.kind.value}:years:{years}", basis))
    return found


def _below_most(regime: Regime, rule: KindRule, weekly: int, held: int, minutes: int) -> int:
    """Give what of the minutes a ledger can still take."""
    if not rule.most_minutes:
        return minutes
    most = rule.most_minutes * min(weekly, regime.full_week_minutes) // regime.full_week_minutes
    return min(minutes, max(0, most - held))


def forfeit(rule: KindRule, ceiling: str, begins: dt.date, balance: int) -> Credit | None:
    """Give what is forfeited when a leave year begins; `balance` is that of the day before."""
    most = rule.ceilings.get(ceiling)
    if most is None or balance <= most:
        return None
    basis = f"Over {most // 60} hours at the leave year's end; {rule.ceiling_law}"
    return Credit(
        rule.kind, EntrySort.FORFEITED, most - balance, begins, f"{rule.kind.value}:over:{begins}", basis
    )


def restored_until(regime: Regime, restored_on: dt.date) -> dt.date | None:
    """Give the last day on which restored leave may be used: the end of the leave year so many years later.

    5 CFR 630.306(a), read 2026-11-22: the leave year ending two years after the date of restoration.
    """
    years = regime.kinds[LeaveKind.ANNUAL].restored_years
    if not years:
        return None
    return leave_year(regime.first_period_on, add_months(restored_on, 12 * years))[1]


def warning_due(regime: Regime, today: dt.date) -> int | None:
    """Give which reminder of the leave year's end is due: the least that the days left do not exceed."""
    left = (leave_year(regime.first_period_on, today)[1] - today).days
    due = [days for days in regime.warn_days if left <= days]
    return min(due) if due else None
