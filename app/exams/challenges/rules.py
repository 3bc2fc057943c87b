"""What may be decided about a contested item, when, and by whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from app.exams.keys.rules import describe, entry_for, with_entry
from app.exams.keys.treatments import NORMAL, SEVERAL
from app.platform.errors import Conflict, Invalid

KEEP = "keep"
# What may become of an item, as the officer chooses it; the names of the treatments are the core's.
DECISIONS = {
    KEEP: "The key stays as it is",
    NORMAL: "Another answer is right",
    SEVERAL: "Several answers are right",
    "full-credit-all": "Full marks to everyone",
    "full-credit-answered": "Full marks to everyone who answered",
    "neutralised": "The question is dropped; its marks are divided over the others",
}
Entry = Mapping[str, Any]


def entry_of(decision: str, accepted: Sequence[str], before: Entry, options: Sequence[str]) -> dict[str, Any]:
    """Give the item's entry under a decision; Invalid for answers that do not go with it."""
    if decision not in DECISIONS:
        raise Invalid(decision="Select what becomes of the question.")
    if decision == KEEP:
        return entry_for(before, "")
    if decision not in (NORMAL, SEVERAL):
        return {"accepted": [], "treatment": decision}
    wrong = [answer for answer in accepted if answer not in options]
    if wrong:
        raise Invalid(accepted=f"The question has no answer “{wrong[0][:20]}”.")
    if decision == NORMAL and len(set(accepted)) != 1:
        raise Invalid(accepted="Select the one right answer.")
    if decision == SEVERAL and len(set(accepted)) < 2:
        raise Invalid(accepted="Select two or more right answers.")
    return {"accepted": [answer for answer in options if answer in accepted], "treatment": decision}


def check_change(before: Entry, after: Entry, decision: str) -> bool:
    """Tell whether the key changes; Invalid where another decision than keeping it changes nothing."""
    is_changed = dict(before) != dict(after)
    if decision != KEEP and not is_changed:
        raise Invalid(accepted="That is what the key says already. Choose “The key stays as it is”.")
    return is_changed


class Upheld(Protocol):
    """A decision that changes an entry of the key."""

    @property
    def item(self) -> str: ...

    @property
    def series(self) -> str: ...

    @property
    def after(self) -> dict[str, Any]: ...


def answers_after(answers: Mapping[str, Any], upheld: Sequence[Upheld]) -> dict[str, Any]:
    """Give the answers of a key as decisions leave them, one after the other."""
    left = dict(answers)
    for decision in upheld:
        left |= changed_answers(left, decision.item, decision.series, decision.after)
    return left


def changed_answers(key: Mapping[str, Entry], item: str, series: str, after: Entry) -> dict[str, Any]:
    """Give the item's whole entry with what was decided in its place, by item."""
    return {item: with_entry(key[item], series, after)}


def decision_of(before: Entry, after: Entry) -> str:
    """Name the decision that an entry stands for."""
    return KEEP if dict(before) == dict(after) else str(after["treatment"])


def in_words(before: Entry, after: Entry) -> str:
    """Say what was decided: what the key said and what it says from then on."""
    if dict(before) == dict(after):
        return f"The key stays: {describe(before)}"
    return f"The key changes from {describe(before)} to {describe(after)}"


def demand_none_proposed(has_proposed: bool) -> None:
    """Raise Conflict while another decision on the item waits."""
    if has_proposed:
        raise Conflict("A decision on this question already waits for its second person.")


def demand_second_person(actor_id: str | None, proposed_by: str) -> None:
    """Raise Conflict when who confirms a decision is who proposed it."""
    if actor_id is None or actor_id == proposed_by:
        raise Conflict("You proposed this decision, so a second person has to confirm it.")


def demand_no_party(has_objected: bool) -> None:
    """Raise Conflict when who decides on an item has objected to it."""
    if has_objected:
        raise Conflict("You objected to this question yourself. Another officer decides on it.")


def demand_closed(closes_at: dt.datetime | None, at: dt.datetime) -> None:
    """Raise Conflict while candidates may still object."""
    if closes_at is not None and at < closes_at:
        raise Conflict("Candidates may still object to the key. Decide when the time to object is over.")


def demand_unchanged(item: str, series: str, before: Entry, entry: Entry) -> None:
    """Raise Conflict when the key says something else of an item than when the decision was proposed."""
    if dict(before) != entry_for(entry, series):
        raise Conflict(f"The key changed on question {item} after this decision was proposed. Send it back.")
