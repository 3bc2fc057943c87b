"""What decides about an examination: its items, what a sheet may hold, numbers, and what is still missing."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.exams.examinations.states import ExaminationState
from app.notices.numbers import check_digit
from app.platform.errors import Conflict, Invalid

MOST_ITEMS = 500
LONGEST_CODE = 40
MOST_OPTIONS = 40
# Letters and digits of any script first, so that no spreadsheet takes a code for a formula.
_CODE = re.compile(r"[^\W_][\w.\- ]*")
_RANGE = re.compile(r"([A-Za-z0-9])\s*[-–]\s*([A-Za-z0-9])")
MULTIPLE = "*"
RESERVED = "candidate"
# Shares of wrong sheets, in percent, that a sample can be asked to catch. From a large pile one percent takes
# 299 sheets: 0.99 ** 299 is the first power below one in twenty.
SAMPLE_SHARES = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an officer sets down for an examination; `codes` are those of its items, in order.

    `sample_percent` is the share of wrong sheets that a sample must have caught before a list is published;
    None where no sample is asked for.
    """

    title: str
    held_on: dt.date
    codes: tuple[str, ...]
    options: tuple[str, ...]
    blanks: tuple[str, ...]
    multiples: tuple[str, ...]
    sample_percent: int | None = None


def number_items(count: int) -> tuple[str, ...]:
    """Give the codes 1 to `count`."""
    return tuple(str(number) for number in range(1, count + 1))


def read_codes(text: str) -> tuple[str, ...]:
    """Read item codes, one a line or separated by commas; Invalid names the first that cannot be used."""
    codes = [" ".join(part.split()) for line in text.splitlines() for part in line.split(",")]
    return check_codes([code for code in codes if code])


def check_codes(codes: Sequence[str]) -> tuple[str, ...]:
    """Give the codes back when each is short, plain and there once."""
    if len(codes) > MOST_ITEMS:
        raise Invalid(items=f"An examination may have up to {MOST_ITEMS} items. There are {len(codes)}.")
    seen: set[str] = set()
    for code in codes:
        if len(code) > LONGEST_CODE or not _CODE.fullmatch(code):
            raise Invalid(
                items=f"“{code[:LONGEST_CODE]}” cannot be a code: use letters, digits, dots and dashes."
            )
        if code.casefold() == RESERVED:
            raise Invalid(items="“candidate” names the column of candidate numbers. Use another code.")
        if code.casefold() in seen:
            raise Invalid(items=f"The code “{code}” stands in the list twice.")
        seen.add(code.casefold())
    return tuple(codes)


def read_options(text: str) -> tuple[str, ...]:
    """Read answers as typed: `A B C D`, `A, B, C` or a range such as `1-5`."""
    if match := _RANGE.fullmatch(text.strip()):
        first, last = ord(match[1]), ord(match[2])
        if first < last:
            return tuple(chr(code) for code in range(first, last + 1))
    return tuple(text.replace(",", " ").split())


def check_plan(plan: Plan, *, has_sheets: bool = True) -> Plan:
    """Give the plan back when its items and marks can be told apart, or raise Invalid.

    Without answer sheets it has no items, and nothing that could stand on a sheet.
    """
    if not has_sheets:
        if plan.codes:
            raise Invalid(item_count="This rulebook has no answer sheets. Leave the items empty.")
        return replace(plan, options=(), blanks=(), multiples=(), sample_percent=None)
    if not plan.codes:
        raise Invalid(item_count="Enter how many items the examination has, or their codes.")
    if not 2 <= len(plan.options) <= MOST_OPTIONS:
        raise Invalid(options=f"Enter from 2 to {MOST_OPTIONS} answers that can be marked, such as A B C D.")
    fields = {"options": plan.options, "blanks": plan.blanks, "multiples": plan.multiples}
    seen: dict[str, str] = {}
    for field, texts in fields.items():
        for text in texts:
            if len(text) > LONGEST_CODE:
                raise Invalid(**{field: f"“{text[:LONGEST_CODE]}…” is too long for an answer."})
            if text in seen:
                raise Invalid(**{field: f"“{text}” is listed twice. Each mark must have one meaning."})
            seen[text] = field
    if plan.sample_percent not in (None, *SAMPLE_SHARES):
        raise Invalid(sample_percent="Select what a sample must catch before a list is published.")
    if MULTIPLE in plan.options:
        raise Invalid(options="“*” stands for several marks in one item. Use another sign for an answer.")
    return plan


def check_posting(is_closed: bool, announced_on: dt.date | None, held_on: dt.date, unscreened: int) -> None:
    """Raise Conflict unless the posting is closed and each application screened, Invalid for a wrong date."""
    if not is_closed or announced_on is None:
        raise Conflict("The vacancy is not closed yet. An examination is made when all applications are in.")
    if unscreened:
        left = "1 application is" if unscreened == 1 else f"{unscreened} applications are"
        raise Conflict(f"{left} not screened yet. Each application needs its outcome before the examination.")
    if held_on < announced_on:
        raise Invalid(held_on="The examination cannot be held before the vacancy was announced.")


def check_planned(state: ExaminationState) -> None:
    """Raise Conflict once answers are stored."""
    if state is not ExaminationState.PLANNED:
        raise Conflict("Answers of this examination are already stored, so its plan can no longer change.")


def candidate_number(sequence: int) -> str:
    """Give a candidate's number: C, five digits or more and a check digit, for example C000123."""
    digits = f"{sequence:05d}"
    return f"C{digits}{check_digit(digits)}"


def blind_order(examination_id: str, application_ids: Iterable[str]) -> list[str]:
    """Put applications in an order that tells nothing of who applied first or what they are called."""
    return sorted(
        application_ids, key=lambda own: hashlib.sha256(f"{examination_id} {own}".encode()).hexdigest()
    )
