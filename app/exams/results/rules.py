"""What a candidate is told: the steps of the score, the rank, and until when it can be contested."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from app.accounts.roles import Role
from app.exams import merit, rulebooks, wording
from app.exams.deadlines import ends_at
from app.platform.sentences import in_turn, say

# A candidate has thirty days from the letter; the day it is written is not counted.
APPEAL_DAYS = 30
LONGEST_WORKING = 290
SHOWN_PLACES = 6


@dataclass(frozen=True, slots=True)
class Told:
    """What a letter is made of, apart from the candidate: examination, list, agency and signer."""

    examination_title: str
    examination_number: str
    held_on: dt.date
    agency_name: str
    address: Sequence[str]
    time_zone: str
    list_size: int
    valid_until: dt.date | None
    signed_by: Mapping[str, str]
    result_url: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the list before said of one person: the score as it was shown, exactly, and the rank."""

    shown: str
    score: Fraction
    rank: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """One entry as a letter needs it, amounts over the denominator."""

    application_number: str
    marks: int
    preference: int
    final: int
    denominator: int
    rank: int | None
    derivation: Mapping[str, Any]


def letter(told: Told, book: merit.Rulebook, place: Place, at: dt.datetime) -> dict[str, Any]:
    """Give the fields of the letter `examination_result` for someone who was ranked or did not pass."""
    score = Fraction(place.final, place.denominator)
    shown = shown_score(place.derivation["score"], score)
    return _frame(told, book, at) | {
        "application_number": place.application_number,
        "denominator": place.denominator,
        "arithmetic": _arithmetic(place),
        "rounding": None if Fraction(shown) == score else say("Shown rounded; the exact score decides."),
        "score": shown,
        "outcome": "not_passed" if place.rank is None else "passed",
        "unmet": [unmet(gate, book) for gate in place.derivation["failed"]] if place.rank is None else [],
        "rank": place.rank,
        "list_size": told.list_size if place.rank else None,
        "tie_rule": tie_rule(book) if place.rank and place.derivation["tied"] else None,
        "list_valid_until": told.valid_until if place.rank else None,
    }


def absence_letter(
    told: Told, book: merit.Rulebook, application_number: str, at: dt.datetime
) -> dict[str, Any]:
    """Give the fields of the letter for someone who was not there."""
    return _frame(told, book, at) | {
        "application_number": application_number,
        "denominator": 1,
        "arithmetic": [{"label": told.examination_title, "working": say("No answer sheet"), "points": 0}],
        "score": Decimal(0),
        "outcome": "not_passed",
        "unmet": [say("You were recorded as absent from the examination.")],
    }


def change_letter(
    letter: Mapping[str, Any], place: Place, earlier: Earlier | None, *, reason: str, size_before: int
) -> dict[str, Any]:
    """Give the letter of a corrected list: the fields of a result with what changed for this person."""
    now = (Fraction(place.final, place.denominator), place.rank)
    change = {
        "reason": " ".join(reason.split())[:4000],
        "score_before": shown_score(earlier.shown, earlier.score) if earlier else None,
        "rank_before": earlier.rank if earlier else None,
        "size_before": size_before,
        "is_changed": earlier is None or (earlier.score, earlier.rank) != now,
    }
    return dict(letter) | {"correction": change}


def _frame(told: Told, book: merit.Rulebook, at: dt.datetime) -> dict[str, Any]:
    return {
        "signed_by": dict(told.signed_by),
        "examination_title": told.examination_title,
        "examination_number": told.examination_number,
        "held_on": told.held_on,
        "pass_mark": shown_score("", rulebooks.pass_mark(book) or Fraction(0)),
        "rulebook": say(
            "%(title)s, version %(number)s", title=wording.title(book.title), number=book.version
        ),
        "appeal": {
            "deadline": {"at": appeal_deadline(at, told.time_zone), "zone": told.time_zone},
            "how": say(
                "Write to the agency and say which step of the arithmetic you contest and why. "
                "You can read every step on your result page."
            ),
            "where": [told.agency_name, *told.address, told.result_url],
        },
    }


def _arithmetic(place: Place) -> list[dict[str, Any]]:
    """Give the marks earned and the preference as rows that add up to the final score."""
    steps = [Step(*step) for step in place.derivation["steps"]]
    earned = [step for step in steps if step.stage in ("component", "rounding")]
    rows = [
        {
            "label": wording.together([step.label for step in earned if step.stage == "component"]),
            "working": _shortened(wording.one_by_one([step.arithmetic for step in earned])),
            "points": place.marks,
        }
    ]
    preference = next((step for step in steps if step.stage == "preference"), None)
    if preference is not None and place.preference:
        working = _shortened(wording.step(preference.arithmetic))
        label = wording.title(preference.label)
        rows.append({"label": label, "working": working, "points": place.preference})
    return rows


@dataclass(frozen=True, slots=True)
class Step:
    """One stored step of a derivation."""

    stage: str
    label: str
    value: str
    arithmetic: str
    citation: str


def shown_steps(derivation: Mapping[str, Any]) -> list[Step]:
    """Give the steps for a page: in sentence case, without those that only repeat a number, the lot apart."""
    steps = [Step(*step) for step in derivation["steps"]]
    told = [step for step in steps if step.stage != "draw" and not _is_repetition(step)]
    return [
        replace(
            step,
            label=wording.step(_sentence(step.label)),
            value=wording.step(_sentence(step.value)),
            arithmetic=wording.step(_sentence(_worded(step))),
        )
        for step in told
    ]


def find_lot(derivation: Mapping[str, Any]) -> Step | None:
    """Find the lot that was drawn for a person, where the rulebook declares a draw."""
    return next((Step(*step) for step in derivation["steps"] if step[0] == "draw"), None)


def _is_repetition(step: Step) -> bool:
    left, found, right = step.arithmetic.partition(" = ")
    return bool(found) and left == right


def _worded(step: Step) -> str:
    """Put a numbering's own name into plain words."""
    return step.arithmetic.replace("competition numbering", "equal scores share a rank").replace(
        "dense numbering", "equal scores share a rank and no rank is left out"
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def shown_score(shown: str, exact: Fraction) -> Decimal:
    """Give a score as a decimal: as the rulebook shows it, else exactly, else to six places."""
    try:
        return Decimal(shown)
    except InvalidOperation:
        value = Decimal(exact.numerator) / Decimal(exact.denominator)
        return value.quantize(Decimal(1).scaleb(-SHOWN_PLACES), ROUND_HALF_UP).normalize() + 0


def appeal_deadline(at: dt.datetime, zone: str) -> dt.datetime:
    """Give the moment at which the time to contest a result ends."""
    return ends_at(at, APPEAL_DAYS, zone)


def signs_as(roles: Collection[str]) -> str:
    """Give the title under which a result is signed: that of who may publish a list, else officer."""
    return Role.HR_OFFICER.title if Role.HR_OFFICER.value in roles else "Officer"


def tie_rule(book: merit.Rulebook) -> str | None:
    """Say how people with the same score are put in order, nothing where the score alone decides."""
    keys = [wording.title(key.title) for key in book.order.keys[1:]]
    if not keys:
        return None
    return say("People with the same score are put in order by: %(keys)s.", keys=in_turn(keys))


def unmet(gate: str, book: merit.Rulebook) -> str:
    """Say in a sentence which minimum was missed."""
    needed = rulebooks.pass_mark(book)
    if gate == "total" and needed is not None:
        return say(
            "A total of %(least)s of %(highest)s is needed to pass.",
            least=needed,
            highest=rulebooks.scale(book),
        )
    return say("Not met: %(minimum)s.", minimum=gate)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_WORKING else f"{text[: LONGEST_WORKING - 1]}…"
