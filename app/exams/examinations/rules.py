"""What decides about an examination: its items, what a sheet may hold, numbers, and what is still missing."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Plan:
    """What an officer sets down for an examination; `codes` are those of its items, in order."""

    title: str
    held_on: dt.date
    codes: tuple[str, ...]
    options: tuple[str, ...]
    blanks: tuple[str, ...]
    multiples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What stands of an examination so far; versions and counts are 0 where there is nothing."""

    unscreened: int = 0
    eligible: int = 0
    candidates: int = 0
    items: int = 0
    key_approved: int = 0
    key_proposed: int = 0
    sheets: int = 0
    absent: int = 0
    undecided_claims: int = 0
    list_state: str = ""
    list_version: int = 0

    @property
    def unregistered(self) -> int:
        """Count the eligible applications that have no candidate number yet."""
        return max(self.eligible - self.candidates, 0)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the panel: `status` is done, ready or blocked, `text` says what is so or what to do."""

    name: str
    title: str
    status: str
    text: str


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


def check_plan(plan: Plan) -> Plan:
    """Give the plan back when its items and marks can be told apart, or raise Invalid."""
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


def steps(figures: Figures) -> list[Step]:
    """Tell step by step what is done, what can be done now and what blocks the rest."""
    return [
        _candidates_step(figures),
        _key_step(figures),
        _answers_step(figures),
        _claims_step(figures),
        _list_step(figures),
    ]


def _candidates_step(figures: Figures) -> Step:
    if figures.unscreened:
        return Step(
            "candidates", "Candidates", "blocked", f"{figures.unscreened} applications are not screened yet."
        )
    if figures.unregistered:
        return Step(
            "candidates",
            "Candidates",
            "ready",
            f"{figures.unregistered} eligible applications have no candidate number yet.",
        )
    if not figures.candidates:
        return Step("candidates", "Candidates", "blocked", "No application was found eligible.")
    return Step("candidates", "Candidates", "done", f"{figures.candidates} candidates are registered.")


def _key_step(figures: Figures) -> Step:
    if figures.key_proposed:
        text = f"Version {figures.key_proposed} waits for a key custodian's decision."
        return Step("key", "Key", "ready", text)
    if not figures.key_approved:
        return Step("key", "Key", "ready", f"Propose the key of {figures.items} items.")
    return Step("key", "Key", "done", f"Version {figures.key_approved} is in force.")


def _answers_step(figures: Figures) -> Step:
    if figures.sheets:
        text = f"{figures.sheets} answer sheets, {figures.absent} candidates absent."
        return Step("answers", "Answers", "done", text)
    if not figures.candidates:
        return Step("answers", "Answers", "blocked", "Register the candidates first.")
    return Step("answers", "Answers", "ready", "Import the file of answers.")


def _claims_step(figures: Figures) -> Step:
    if figures.undecided_claims:
        text = f"{figures.undecided_claims} claims to preference have no decision yet."
        return Step("claims", "Claims to preference", "blocked", text)
    return Step("claims", "Claims to preference", "done", "Every claim that counts is decided.")


def _list_step(figures: Figures) -> Step:
    if figures.list_state == "published":
        return Step("list", "Merit list", "done", f"Version {figures.list_version} is published.")
    if figures.list_state in ("draft", "approved"):
        text = (
            f"Version {figures.list_version} is {'a draft' if figures.list_state == 'draft' else 'approved'}."
        )
        return Step("list", "Merit list", "ready", text)
    missing = draft_blocks(figures)
    if missing:
        return Step("list", "Merit list", "blocked", missing[0])
    return Step("list", "Merit list", "ready", "Everything is there: the list can be drafted.")


def draft_blocks(figures: Figures) -> list[str]:
    """Say what stands in the way of a list, nothing when it can be drafted."""
    blocks = []
    if figures.unregistered:
        blocks.append("Register every eligible applicant first.")
    if not figures.key_approved:
        blocks.append("The key has to be approved first.")
    if figures.key_proposed:
        blocks.append("A key version waits for its decision. Have it decided first.")
    if not figures.sheets:
        blocks.append("The answers have to be imported first.")
    if figures.undecided_claims:
        blocks.append("Every claim to preference has to be decided first.")
    return blocks
