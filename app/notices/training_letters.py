"""The fields of the letters about training and flexible work: a certificate, an agreement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from app.notices.letters import Letter
from app.notices.parts import Line, Part, Words

Percent = Annotated[int, Field(ge=0, le=100)]


class TrainingCertificate(Letter):
    """Certifies that somebody completed a course; `valid_until` None: for good."""

    course_title: Line
    course_code: Line
    provider: Line
    trainer: Line
    length: Line
    place: Line
    began_on: dt.date
    completed_on: dt.date
    score: Percent | None = None
    pass_mark: Percent | None = None
    valid_until: dt.date | None = None
    competencies: tuple[Line, ...] = ()  # what the course leads to, an item each

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.completed_on < self.began_on:
            raise ValueError("a course is not completed before it begins")
        if self.valid_until is not None and self.valid_until <= self.completed_on:
            raise ValueError("a certificate is valid after the course is completed")
        if self.pass_mark is not None and (self.score is None or self.score < self.pass_mark):
            raise ValueError("a certificate is for who reached the pass mark")
        return self


class WorkDay(Part):
    """One day of the pattern: the name of the day, how long, and where."""

    day: Line
    length: Line
    place: Line


class FlexibleWorkAgreement(Letter):
    """Puts flexible work in writing: the pattern, its days, on what it rests, when it is looked at."""

    kind: Line
    position_title: Line
    law: Line
    days: Annotated[tuple[WorkDay, ...], Field(min_length=1, max_length=14)]
    weekly: Line  # the hours of a week, in words
    starts_on: dt.date
    ends_on: dt.date | None = None
    review_on: dt.date
    reasons: Words
    terms: Annotated[tuple[Words, ...], Field(min_length=1)]
    leave_effect: Words | None = None

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.ends_on is not None and self.ends_on < self.starts_on:
            raise ValueError("an agreement does not end before it begins")
        if self.review_on <= self.starts_on:
            raise ValueError("an agreement is looked at after it begins")
        return self


LETTERS: Mapping[str, type[Letter]] = MappingProxyType(
    {"flexible_work_agreement": FlexibleWorkAgreement, "training_certificate": TrainingCertificate}
)

SAMPLES: Mapping[str, dict[str, Any]] = MappingProxyType(
    {
        "training_certificate": {
            "signed_by": {"name": "Rosalind Okonjo", "title": "HR officer"},
            "course_title": "First aid at work",
            "course_code": "SAF-110",
            "provider": "Larkhaven Fire and Rescue",
            "trainer": "Halina Brooks",
            "length": "7 hours 30 minutes",
            "place": "Training room 2, 40 Harbor Street",
            "began_on": "2026-11-12",
            "completed_on": "2026-11-12",
            "score": 88,
            "pass_mark": 70,
            "valid_until": "2028-11-12",
            "competencies": ["Working safely, level 3"],
        },
        "flexible_work_agreement": {
            "signed_by": {"name": "Desmond Achterberg", "title": "Supervisor"},
            "kind": "Telework",
            "position_title": "Accountant",
            "law": "5 U.S.C. 6502",
            "days": [
                {"day": "Monday", "length": "8 hours", "place": "At the office"},
                {"day": "Tuesday", "length": "8 hours", "place": "At home"},
            ],
            "weekly": "40 hours a week",
            "starts_on": "2026-12-01",
            "ends_on": "2027-11-30",
            "review_on": "2027-06-01",
            "reasons": "The work is done as well from home on two days a week.",
            "terms": ["You can be reached during the core hours.", "City papers stay at the office."],
            "leave_effect": None,
        },
    }
)
"""What a preview of each letter is filled with; all of it is invented."""
