"""Who may look into an allegation, and the numbers and limits of investigations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from app.notices.numbers import check_digit
from app.platform.errors import Conflict, Invalid
from app.platform.locales import write_date

MOST_INTERVIEWS = 100
MOST_FILES = 100
_KIND = "6"  # stands before a number's digits when its check digit is taken


def allegation_number(sequence: int, year: int) -> str:
    """Give the number of the `sequence`-th allegation of a year: L-2026-000012-9."""
    digits = f"{year:04d}{sequence:06d}"
    return f"L-{digits[:4]}-{digits[4:]}-{check_digit(_KIND + digits)}"


def check_received(received_on: dt.date, today: dt.date) -> None:
    """Raise Invalid for a day ahead."""
    if received_on > today:
        raise Invalid(received_on="The day must not be after today")


def check_investigator(investigator: str, *, subject: str | None, due_on: dt.date, today: dt.date) -> None:
    """Raise Invalid when who would investigate is whom the allegation is about, or the day has passed.

    Both are accounts' ids.
    """
    if investigator == subject:
        raise Invalid(investigator_id="The person whom the allegation is about cannot investigate it")
    if due_on < today:
        raise Invalid(due_on="The day must be today or later")


def demand_investigator(actor: str | None, investigator: str | None) -> None:
    """Raise Conflict unless the actor is the investigator."""
    if actor is None or actor != investigator:
        raise Conflict("Only the investigator may do this.")


def demand_other(actor: str | None, investigators: Collection[str]) -> None:
    """Raise Conflict when whoever was ever named to investigate would also decide what follows."""
    if actor in investigators:
        raise Conflict("You were named to investigate this, so somebody else has to say what follows.")


def check_held(held_on: dt.date, received_on: dt.date, today: dt.date) -> None:
    """Raise Invalid for a talk before the allegation was received, or ahead."""
    if held_on < received_on:
        raise Invalid(held_on=f"The allegation was received on {write_date(received_on)}, so not before")
    if held_on > today:
        raise Invalid(held_on="The day must not be after today")
