"""Dates, moments, numbers and money as they are written in the language that is spoken.

English is written in a way of our own, plain and the same everywhere; the other languages as the Unicode
locale data has it. Digits are the European ones in every language, as on official forms.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel import dates, numbers

from app.platform import languages
from app.platform.languages import ENGLISH, locale_of

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
# Digits after the point, ISO 4217, where they are not two (read 2026-11-22).
_MINOR_DIGITS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND"), 0),
    **dict.fromkeys(("VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}
SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "INR": "₹", "JPY": "¥", "KRW": "₩", "VND": "₫"}


@dataclass(frozen=True, slots=True)
class ZonedMoment:
    """A moment and the zone on whose clock it is to be read; a sentence may hold one."""

    at: dt.datetime
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class ExactTime:
    """A time of day to the second, or finer; a sentence may hold one."""

    time: dt.time


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units of a currency; a sentence may hold one."""

    minor: int
    currency: str = "USD"


def month_names(language: str = "") -> tuple[str, ...]:
    """Give the names of the months, as they stand alone."""
    language = language or languages.current()
    if language == ENGLISH:
        return MONTHS
    names = dates.get_month_names("wide", "stand-alone", locale_of(language))
    return tuple(names[month] for month in range(1, 13))


def write_date(day: dt.date, language: str = "") -> str:
    """Write `14 November 2026`."""
    language = language or languages.current()
    if language == ENGLISH:
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return dates.format_date(day, "long", locale=locale_of(language))


def write_time(time: dt.time | dt.datetime, language: str = "") -> str:
    """Write `5:00 pm`; in English noon and midnight say which they are."""
    language = language or languages.current()
    if language != ENGLISH:
        plain = time.timetz() if isinstance(time, dt.datetime) else time
        return dates.format_time(plain.replace(tzinfo=None), "short", locale=locale_of(language))
    face = f"{time.hour % 12 or 12}:{time.minute:02d}"
    if time.minute == 0 and time.hour in (0, 12):
        return f"{face} {'noon' if time.hour else 'midnight'}"
    return f"{face} {'am' if time.hour < 12 else 'pm'}"


def zone_name(at: dt.datetime, zone: str) -> str:
    """Give the zone's short name at a moment, `EST`, or `UTC+03` where it has none."""
    short = at.astimezone(ZoneInfo(zone)).tzname() or zone
    return f"UTC{short}" if short[0] in "+-" else short


def write_exact_time(exact: ExactTime, language: str = "") -> str:
    """Write `5:00:00.214 pm`, thousandths only where there are any; other languages count to 24 hours."""
    time = exact.time
    fraction = f".{time.microsecond // 1000:03d}" if time.microsecond else ""
    if (language or languages.current()) != ENGLISH:
        return f"{time:%H:%M:%S}{fraction}"
    return f"{time.hour % 12 or 12}:{time:%M:%S}{fraction} {'am' if time.hour < 12 else 'pm'}"


def place_of(zone: str, language: str = "") -> str:
    """Name the city whose clock a zone keeps: `New York`."""
    language = language or languages.current()
    if language == ENGLISH:
        return zone.rsplit("/", 1)[-1].replace("_", " ")
    return dates.get_timezone_location(zone, locale=locale_of(language), return_city=True)


def write_moment(at: dt.datetime, zone: str = "UTC", language: str = "") -> str:
    """Write an aware moment in a zone: `14 November 2026, 5:00 pm EST`."""
    language = language or languages.current()
    local = at.astimezone(ZoneInfo(zone))
    comma = "، " if language == "ar" else ", "
    written = f"{write_date(local.date(), language)}{comma}{write_time(local, language)}"
    return f"{written} {zone_name(at, zone)}"


def write_number(number: int | Decimal, language: str = "") -> str:
    """Group the digits: `12,400`; in Hindi by lakh and crore."""
    language = language or languages.current()
    if language == ENGLISH:
        return f"{number:,}"
    return numbers.format_decimal(number, locale=locale_of(language), decimal_quantization=False)


def minor_digits(currency: str) -> int:
    """Give how many digits the currency has after the point."""
    return _MINOR_DIGITS.get(currency, 2)


def write_money(minor: int, currency: str = "USD", language: str = "") -> str:
    """Write an amount of minor units: `$54,200.00`, or `CHF 54,200.00` where the sign is not known."""
    language = language or languages.current()
    digits = minor_digits(currency)
    if language != ENGLISH:
        amount = Decimal(minor).scaleb(-digits)
        return numbers.format_currency(amount, currency, locale=locale_of(language), currency_digits=True)
    written = f"{Decimal(abs(minor)).scaleb(-digits):,.{digits}f}"
    symbol = SYMBOLS.get(currency, f"{currency} ")
    return f"{'−' if minor < 0 else ''}{symbol}{written}"
