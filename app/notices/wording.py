"""How letters write dates, moments, money and marks, in the language of the letter."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from app.notices.letters import Appointment
from app.notices.parts import Moment
from app.platform import languages, locales
from app.platform.sentences import Sentence, say, translate


def long_date(day: dt.date) -> str:
    """Write a date that leaves no doubt about day and month, 3 December 2026, its spaces unbreakable."""
    return locales.write_date(day).replace(" ", "\N{NO-BREAK SPACE}")


def long_moment(moment: Moment) -> str:
    """Write a moment with its zone: 5:00 pm on 3 December 2026, New York time (UTC-05:00)."""
    local = moment.at.astimezone(ZoneInfo(moment.zone))
    offset = local.strftime("%z")
    zone: str = "UTC"
    if moment.zone != "UTC":
        offset = f"UTC{offset[:3]}:{offset[3:5]}"
        zone = say("%(place)s time (%(offset)s)", place=locales.place_of(moment.zone), offset=offset)
    day, time = long_date(local.date()), _clock(local)
    return str(translate(say("%(time)s on %(day)s, %(zone)s", time=time, day=day, zone=zone)))


def _clock(local: dt.datetime) -> str:
    if languages.current() != languages.ENGLISH:
        return locales.write_time(local)
    # A letter says 12:00 pm, as official letters do, and not noon.
    return f"{local.hour % 12 or 12}:{local:%M} {'am' if local.hour < 12 else 'pm'}"


_PAY = {
    "year": say("%(pay)s a year"),
    "month": say("%(pay)s a month"),
    "day": say("%(pay)s a day"),
    "hour": say("%(pay)s an hour"),
}


def money(minor: int, currency: str, digits: int) -> str:
    """Write an amount with its currency's code, so that no dollar is taken for another: USD 54,250.00."""
    return f"{currency} {Decimal(minor).scaleb(-digits):,.{digits}f}"


def pay(letter: Appointment) -> str:
    """Write the pay of a position with its period: USD 54,250.00 a year."""
    amount = money(letter.pay_minor, letter.currency, letter.currency_digits)
    return str(translate(Sentence(_PAY[letter.pay_period], {"pay": amount})))


def marks(value: Decimal) -> str:
    """Write marks with exactly the decimals they come with."""
    return f"{value:f}"


def points(value: Fraction, decimals: int | None) -> str:
    """Write an exact number with `decimals` decimals, or as a mixed fraction, 23 2/3, where that is None.

    A value that has more decimals than that raises ValueError: a letter never rounds by itself.
    """
    sign = "\N{MINUS SIGN}" if value < 0 else ""
    if decimals is None:
        whole, rest = divmod(abs(value), 1)
        return sign + (f"{whole} {rest}" if whole and rest else f"{whole or rest}")
    scaled = abs(value) * 10**decimals
    if scaled.denominator != 1:
        raise ValueError(f"{value} has more than {decimals} decimals.")
    return f"{sign}{Decimal(scaled.numerator).scaleb(-decimals):f}"
