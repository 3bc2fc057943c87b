"""What candidates are shown of a released key, and who decides on an objection."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.exams.deadlines import ends_at
from app.exams.keys.rules import describe, entry_for
from app.platform.errors import Conflict, Invalid
from app.platform.sentences import Sentence, say

# Long enough to find a book, short enough that ranks do not wait: five days is usual in published notices.
LEAST_DAYS, MOST_DAYS, USUAL_DAYS = 3, 30, 5
MOST_GROUNDS = 4000
# More at one time fit on no page that a person reads over before sending it; others follow in the next.
MOST_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class Marked:
    """One question as a candidate sees it: the own answer beside the key's, and whether they agree.

    `is_right` is None where the key's treatment, not the answer, decides.
    """

    item: str
    answer: str
    key: str
    is_right: bool | None


def closes_at(at: dt.datetime, days: int, zone: str) -> dt.datetime:
    """Give the first moment that is too late: 17:00 after so many days, on the agency's clock."""
    if not LEAST_DAYS <= days <= MOST_DAYS:
        raise Invalid(days=f"Give between {LEAST_DAYS} and {MOST_DAYS} days to object.")
    return ends_at(at, days, zone)


def lay_beside(
    codes: Sequence[str],
    answers: Mapping[str, str],
    key: Mapping[str, Mapping[str, Any]],
    series: str = "",
) -> list[Marked]:
    """Lay a sheet beside a key as it holds for its series, in the order of the items.

    A missing answer is a blank.
    """
    return [_mark(code, answers.get(code, ""), entry_for(key[code], series)) for code in codes if code in key]


def _mark(code: str, answer: str, entry: Mapping[str, Any]) -> Marked:
    is_ordinary = entry["treatment"] in ("normal", "several")
    return Marked(code, answer, describe(entry), answer in entry["accepted"] if is_ordinary else None)


def demand_open(closes: dt.datetime, at: dt.datetime) -> None:
    """Raise Conflict when the window is over."""
    if at >= closes:
        raise Conflict(say("The time to object to the key is over."))


def choose() -> Sentence:
    """Give the sentence for who chose no question, or too many."""
    return say("Select the questions to which you object, %(most)s at one time at most.", most=MOST_AT_ONCE)


def check_points(items: Sequence[str]) -> None:
    """Raise Invalid for no item, for an item named twice, and for more than fit in one submission."""
    if not items or len(set(items)) != len(items) or len(items) > MOST_AT_ONCE:
        raise Invalid(choose())


def check_grounds(grounds: str) -> str:
    """Give the grounds without surrounding space, or raise Invalid when nothing is said."""
    if not grounds.strip():
        raise Invalid(grounds=say("Enter why the key is wrong, with your source."))
    return grounds.strip()


def demand_not_own(actor_id: str | None, candidate_id: str) -> None:
    """Raise Conflict when an officer would decide on an objection of their own."""
    if actor_id == candidate_id:
        raise Conflict("This is your own objection. Another officer decides on it.")
