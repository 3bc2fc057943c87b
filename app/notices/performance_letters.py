"""The fields of the letters about performance: ratings of record, opportunities to improve, denied steps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from app.notices.letters import Letter
from app.notices.parts import Line, Part, Words

Texts = Annotated[tuple[Words, ...], Field(min_length=1)]


class RatedElement(Part):
    """An element of the plan, its level, and what the level rests on; the words may be missing."""

    title: Line
    is_critical: bool
    weight: Annotated[int, Field(ge=1, le=100)] | None = None
    level: Line
    narrative: tuple[Words, ...] = ()


class RatingOfRecord(Letter):
    """Gives the rating of record: each element, the summary level, and the rule by which it follows."""

    position_title: Line
    unit: Line
    period_from: dt.date
    period_to: dt.date
    elements: Annotated[tuple[RatedElement, ...], Field(min_length=1, max_length=20)]
    summary: Line
    because: Words
    narrative: Texts
    rated_by: Line
    reviewed_by: Line
    law: Line

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.period_to <= self.period_from:
            raise ValueError("the period ends before it begins")
        if self.rated_by == self.reviewed_by:
            raise ValueError("who rated may not review")
        return self


class Opportunity(Letter):
    """Gives notice of unacceptable performance and of the opportunity to improve (5 CFR 432.104)."""

    number: Line
    position_title: Line
    unit: Line
    elements: Annotated[tuple[RatedElement, ...], Field(min_length=1, max_length=20)]
    instances: Texts
    requirement: Texts
    assistance: Texts
    delivered_on: dt.date
    ends_on: dt.date
    check_in_days: Annotated[int, Field(ge=1, le=90)]
    law: Line
    action_law: Line

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.ends_on <= self.delivered_on:
            raise ValueError("the opportunity ends before it begins")
        return self


class IncreaseDenied(Letter):
    """Tells that an increase within the grade is denied, why, and how to ask for reconsideration."""

    grade: Line
    from_step: Annotated[int, Field(ge=1, le=99)]
    to_step: Annotated[int, Field(ge=2, le=99)]
    due_on: dt.date
    grounds: Texts
    requirement: Words
    reply_until: dt.date
    law: Line
    reconsideration_law: Line


LETTERS: Mapping[str, type[Letter]] = MappingProxyType(
    {
        "increase_denied": IncreaseDenied,
        "performance_opportunity": Opportunity,
        "rating_of_record": RatingOfRecord,
    }
)

_SIGNER = {"name": "Helen Marsh", "title": "Supervisor"}
_FILING = {"title": "Filing and finding of permits", "is_critical": True}

SAMPLES: Mapping[str, dict[str, Any]] = MappingProxyType(
    {
        "rating_of_record": {
            "signed_by": {"name": "Ines Kowalski", "title": "HR officer"},
            "position_title": "Records analyst",
            "unit": "Records Commission",
            "period_from": "2025-10-01",
            "period_to": "2026-09-30",
            "elements": [
                _FILING
                | {
                    "level": "4, Exceeds fully successful",
                    "narrative": ["Found 99 of 100 permits within a day; the standard asks for 95."],
                },
                {"title": "Courtesy at the counter", "is_critical": False, "level": "3, Fully successful"},
            ],
            "summary": "Level 3, Fully successful",
            "because": "Level 3: every critical element is at level 3 or above (5 CFR 430.208).",
            "narrative": ["A steady year. The index of old permits was finished two months early."],
            "rated_by": "Helen Marsh",
            "reviewed_by": "Ines Kowalski",
            "law": "5 CFR 430.208(b) and (d), pattern H",
        },
        "performance_opportunity": {
            "signed_by": _SIGNER,
            "number": "IP-2026-00001",
            "position_title": "Records analyst",
            "unit": "Records Commission",
            "elements": [_FILING | {"level": "Unacceptable"}],
            "instances": ["In August 2026, 31 of 80 permits were filed under a wrong number."],
            "requirement": ["Ninety-five of one hundred permits are filed under their number, within a day."],
            "assistance": ["A talk each second week.", "Two days beside a colleague of the main archive."],
            "delivered_on": "2026-11-22",
            "ends_on": "2027-01-21",
            "check_in_days": 14,
            "law": "5 U.S.C. 4302(c)(6), 5 CFR 432.104",
            "action_law": "5 U.S.C. 4303, 5 CFR 432.105(a)",
        },
        "increase_denied": {
            "signed_by": {"name": "Ines Kowalski", "title": "HR officer"},
            "grade": "09",
            "from_step": 3,
            "to_step": 4,
            "due_on": "2026-11-29",
            "grounds": ["In the element filing, the rating of record is level 2."],
            "requirement": "A rating of record of level 3 or above.",
            "reply_until": "2026-12-07",
            "law": "5 U.S.C. 5335, 5 CFR 531.404",
            "reconsideration_law": "5 U.S.C. 5335(c), 5 CFR 531.410",
        },
    }
)
"""What a preview of each letter is filled with; all of it is invented."""
