"""Pay scales: figures in force, and those of the coming year that wait for a second officer."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.demonstration import careers, occupations, places
from app.demonstration.office import Office
from app.demonstration.places import MAIN
from app.demonstration.timeline import Story
from app.personnel.pay_scales.rules import Rate
from app.personnel.pay_scales.services import NewScale, approve_version, create_scale, draft_version
from app.personnel.positions.states import PayPeriod

ZONE = places.ZONES[MAIN]
# The lowest grades, in which nobody serves yet: of the offices for a year, of the trades for an hour.
LOWEST, TRADES = (36_900_00, 47_100_00), (27_80, 35_60)


def tell(office: Office) -> Story:
    """Put a scale in force, and draft what it shall pay next year."""
    session, at = yield office.timeline.office(400, ZONE, 14)
    scale = _scale(session, office, "GEN", "General scale of City Services", PayPeriod.YEAR, _rates(100), at)
    _scale(session, office, "TRD", "Entry to the trades", PayPeriod.HOUR, _even("S-07", *TRADES), at)
    session, at = yield office.timeline.office(2, ZONE, 15)
    _raise_pay(session, office, scale, at)


def _rates(percent: int) -> list[Rate]:
    """Give the ten even steps of each grade of the main agency paid by the year, and of its lowest."""
    found: dict[str, list[Rate]] = {"A-04": _even("A-04", *LOWEST, percent)}
    for one in occupations.load().values():
        if one.agency == MAIN and one.period is PayPeriod.YEAR and one.grade not in found:
            found[one.grade] = _even(one.grade, one.pay_min_minor, one.pay_max_minor, percent)
    return sorted(rate for rates in found.values() for rate in rates)


def _even(grade: str, least: int, most: int, percent: int = 100) -> list[Rate]:
    """Give ten even steps from the lowest pay of a grade to the highest."""
    last = careers.LAST_STEP - 1
    steps = [least + (most - least) * n // last for n in range(careers.LAST_STEP)]
    return [Rate(grade, n + 1, pay * percent // 100) for n, pay in enumerate(steps)]


def _scale(
    session: Session,
    office: Office,
    code: str,
    title: str,
    period: PayPeriod,
    rates: list[Rate],
    at: dt.datetime,
) -> str:
    first, second = (office.member(session, key) for key in ("hr.officer", "second.hr.officer"))
    values = NewScale(office.agencies[MAIN], code, title, "USD", period)
    scale = create_scale(session, values=values, actor=first, at=at)
    version = draft_version(
        session, scale_id=scale.id, effective_on=dt.date(2001, 1, 1), rates=rates, actor=first, at=at,
        authority="Larkhaven Ordinance 01-4, as taken over from the old register",
    )  # fmt: skip
    approve_version(session, version_id=version.id, actor=second, at=at)
    return scale.id


def _raise_pay(session: Session, office: Office, scale: str, at: dt.datetime) -> None:
    """Draft the figures of the coming year, three per cent higher; the second officer has not decided yet."""
    draft_version(
        session, scale_id=scale, effective_on=dt.date(at.year + 1, 1, 1), rates=_rates(103), at=at,
        authority="Larkhaven Ordinance 26-17", actor=office.member(session, "hr.officer"),
    )  # fmt: skip
