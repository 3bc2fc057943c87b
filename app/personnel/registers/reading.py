"""What the cells of a row mean: days, steps, pay and hours; a wrong one is told in a sentence."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from app.personnel.actions import authorities
from app.personnel.actions.rules import Asked, Changes
from app.personnel.actions.states import ActionKind
from app.personnel.registers.rules import Line
from app.personnel.retirements.rules import check_birth
from app.platform.errors import Invalid
from app.web.amounts import minor_digits, parse_number
from app.web.date_fields import EARLIEST, LATEST

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,180}\.[^@\s]{1,60}")
LONGEST_NAME, LONGEST_EMAIL, MOST_STEP, MOST_HOURS, MOST_PAY_MINOR = 200, 254, 99, 168, 10**13
Row = dict[str, str]


def read_line(row: Row, currency: str, today: dt.date) -> Line:
    """Read the appointment of a person from a row; Invalid for a wrong cell."""
    if not 0 < len(row["name"]) <= LONGEST_NAME:
        raise Invalid("The name is missing or too long.")
    if row["email"] and not (len(row["email"]) <= LONGEST_EMAIL and _EMAIL.fullmatch(row["email"])):
        raise Invalid("The e-mail address is not complete.")
    hired_on = read_day(row["hired_on"], "hired_on")
    if hired_on > today:
        raise Invalid("hired_on lies ahead. A register tells what has been.")
    law = authorities.load().get(row["authority_code"])
    if row["authority_code"] and (law is None or ActionKind.APPOINTMENT not in law.kinds):
        raise Invalid("authority_code is none for an appointment.")
    return Line(
        kind=ActionKind.APPOINTMENT,
        effective_on=hired_on,
        position=row["position"].strip(),
        step=_whole(row["step"], "step", MOST_STEP),
        pay_minor=_pay(row["pay"], currency),
        weekly_minutes=_minutes(row["hours"]),
        authority_code=law.code if law else "",
        authority=law.citation if law else "Entered with the register",
        reason="Entered with the register",
    )


def read_action(row: Row, position_id: str | None, currency: str) -> Asked:
    """Read what an action asks for from a row; Invalid for a wrong cell."""
    try:
        kind = ActionKind(row["kind"].casefold().replace(" ", "_").replace("-", "_"))
    except ValueError as error:
        raise Invalid("kind is none that is known, such as promotion.") from error
    return Asked(
        kind=kind,
        effective_on=read_day(row["effective_on"], "effective_on"),
        ends_on=read_day(row["until"], "until") if row["until"] else None,
        changes=Changes(
            position_id=position_id,
            grade=row["grade"][:20] or None,
            step=_whole(row["step"], "step", MOST_STEP),
            pay_minor=_pay(row["pay"], currency),
            weekly_minutes=_minutes(row["hours"]),
            duty_station=row["place"][:200] or None,
        ),
        reason=row["reason"],
        late_reason=row["late_reason"][:2000],
        authority_code=row["authority_code"],
    )


def read_day(text: str, name: str) -> dt.date:
    """Read a day as 2026-11-22, within what a page accepts too."""
    try:
        day = dt.date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise Invalid(f"{name} must be a day such as 2026-11-22.")
    if not EARLIEST <= day <= LATEST:
        raise Invalid(f"{name} must lie from {EARLIEST.isoformat()} to {LATEST.isoformat()}.")
    return day


def read_birth(text: str, entered_on: dt.date, today: dt.date) -> dt.date | None:
    """Read a date of birth, None where the cell is empty; Invalid for one that cannot be."""
    if not text:
        return None
    born_on = read_day(text, "born_on")
    check_birth(born_on, entered_on, today)
    return born_on


def _whole(text: str, name: str, most: int) -> int | None:
    number = _number(text, name)
    if number is None:
        return None
    if number != int(number) or not 1 <= number <= most:
        raise Invalid(f"{name} must be a whole number from 1 to {most}.")
    return int(number)


def _pay(text: str, currency: str) -> int | None:
    number = _number(text, "pay")
    if number is None:
        return None
    minor = number.scaleb(minor_digits(currency))
    if minor != int(minor) or not 0 <= minor <= MOST_PAY_MINOR:
        raise Invalid(f"pay is no amount in {currency}.")
    return int(minor)


def _minutes(text: str) -> int | None:
    number = _number(text, "hours")
    if number is None:
        return None
    if not 0 < number <= MOST_HOURS:
        raise Invalid("hours must be more than none and at most 168 a week.")
    return round(number * 60)


def _number(text: str, name: str) -> Decimal | None:
    if not text:
        return None
    number = parse_number(text)
    if number is None:
        raise Invalid(f"{name} must be a number.")
    return number
