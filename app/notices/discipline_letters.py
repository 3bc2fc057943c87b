"""The fields of the letter that decides a disciplinary case, with the rights that follow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from app.notices.letters import Letter, Paragraphs
from app.notices.parts import Contact, Line, Part, Words


class SpecificationFinding(Part):
    """One specification of a charge, and whether it is sustained."""

    text: Words
    is_sustained: bool


class ChargeFinding(Part):
    """A charge, and what was found of each of its specifications."""

    title: Line
    specifications: Annotated[tuple[SpecificationFinding, ...], Field(min_length=1)]


class WeighedFactor(Part):
    """A factor that was weighed in choosing the penalty, which way, and why."""

    title: Line
    weight: Line
    reason: Words


class WayOn(Part):
    """Where the decision may be contested, until when, and how.

    Who receives the letter after `later_after` has longer: the time then runs from the receipt.
    """

    title: Line
    until: dt.date
    later_after: dt.date | None = None
    how: Words
    law: Line


class DisciplinaryDecision(Letter):
    """Tells an employee what was decided on a proposed action, the reasons, and how to contest it.

    Without an `action` nothing is done. Each is a noun: "removal from service".
    """

    case_number: Line
    position_title: Line
    unit: Line
    law: Line
    proposed_action: Line
    action: Line | None = None
    delivered_on: dt.date  # of the notice
    effective_on: dt.date | None = None
    ends_on: dt.date | None = None  # the last day of a suspension
    answers: tuple[Line, ...]  # how and when the employee answered; empty where they did not
    charges: Annotated[tuple[ChargeFinding, ...], Field(min_length=1, max_length=20)]
    reasons: Annotated[Paragraphs, Field(min_length=1)]
    factors: tuple[WeighedFactor, ...] = ()
    ways_on: tuple[WayOn, ...] = ()
    contact: Contact

    @model_validator(mode="after")
    def _is_lawful(self) -> Self:
        if (self.action is None) != (self.effective_on is None):
            raise ValueError("an action has a day on which it takes effect")
        if self.effective_on is not None and self.effective_on <= self.delivered_on:
            raise ValueError("the action cannot take effect before the notice has run")
        is_any = any(one.is_sustained for charge in self.charges for one in charge.specifications)
        if self.action is not None and not is_any:
            raise ValueError("no action without a sustained charge")
        if self.action is not None and not self.ways_on:
            raise ValueError("a decision against the employee says how it can be contested")
        return self

    def faults(self, issued_on: dt.date) -> dict[str, str]:
        if self.effective_on is not None and self.effective_on < issued_on:
            return {"effective_on": "The action cannot take effect before it is decided."}
        return {}


LETTERS: Mapping[str, type[Letter]] = MappingProxyType({"disciplinary_decision": DisciplinaryDecision})

SAMPLES: Mapping[str, dict[str, Any]] = MappingProxyType(
    {
        "disciplinary_decision": {
            "signed_by": {"name": "Helen Marsh", "title": "HR officer"},
            "case_number": "D-2026-000012-9",
            "position_title": "Records analyst",
            "unit": "Records Commission",
            "law": "5 U.S.C. 7513(b) and 5 CFR 752.404",
            "proposed_action": "removal from service",
            "action": "suspension without pay for 30 calendar days",
            "delivered_on": "2026-10-19",
            "effective_on": "2026-11-30",
            "ends_on": "2026-12-29",
            "answers": [
                "Written answer of 23 October 2026",
                "Oral answer of 26 October 2026, heard by H. Marsh",
            ],
            "charges": [
                {
                    "title": "Absence without leave",
                    "specifications": [
                        {"text": "On 5 October 2026 you did not report for duty.", "is_sustained": True},
                        {"text": "On 6 October 2026 you left at noon.", "is_sustained": False},
                    ],
                }
            ],
            "reasons": [
                "You say that you had called in on 6 October; the log of the switchboard shows the call.",
                "For 5 October you gave no explanation.",
            ],
            "factors": [
                {
                    "title": "Past discipline",
                    "weight": "Weighs for a lighter penalty",
                    "reason": "Nothing stands against you in eleven years.",
                }
            ],
            "ways_on": [
                {
                    "title": "Appeal to the Merit Systems Protection Board",
                    "until": "2026-12-30",
                    "later_after": "2026-11-30",
                    "how": "You may appeal this action within 30 days after it takes effect or after you "
                    "receive this decision, whichever is later.",
                    "law": "5 U.S.C. 7513(d) and 5 CFR 1201.22(b); 5 CFR 1201.23(a)",
                }
            ],
            "contact": {
                "name": "Human resources office",
                "title": "Records Commission",
                "lines": ["555-0100", "hr@civilservice.example"],
            },
        },
    }
)
"""What a preview of the letter is filled with; all of it is invented."""
