"""The letters about an appointment after it was made: taken back, or decided at the end of its probation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from app.notices.letters import Letter, Paragraphs
from app.notices.parts import Line, Words


class AppointmentTakenBack(Letter):
    """Says that an appointment, which the person never took up, was taken back."""

    position_title: Line
    position_number: Line
    starts_on: dt.date
    reason: Words


class ProbationDecision(Letter):
    """Gives what came of a probation, with the reasons; `decided_on` None: by the rule, as nobody decided."""

    position_title: Line
    unit: Line
    from_on: dt.date
    ends_on: dt.date
    outcome: Literal["retain", "end"]
    last_day: dt.date | None = None  # of service, where it is ended
    decided_on: dt.date | None = None
    reasons: Annotated[Paragraphs, Field(min_length=1)]
    notice_law: Line | None = None  # what the notice before the last day rests on
    rights: Words | None = None
    law: Line

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if (self.outcome == "end") != (self.last_day is not None):
            raise ValueError("a service that is ended has a last day, and no other has")
        if self.last_day is not None and not self.from_on <= self.last_day <= self.ends_on:
            raise ValueError("service is ended within the probation")
        return self


LETTERS: Mapping[str, type[Letter]] = MappingProxyType(
    {"appointment_taken_back": AppointmentTakenBack, "probation_decision": ProbationDecision}
)

SAMPLES: Mapping[str, dict[str, Any]] = MappingProxyType(
    {
        "appointment_taken_back": {
            "signed_by": {"name": "Ruth Bell", "title": "Appointing authority"},
            "position_title": "Records analyst",
            "position_number": "RC-0042",
            "starts_on": "2026-11-16",
            "reason": "You wrote on 14 November that you took another post.",
        },
        "probation_decision": {
            "signed_by": {"name": "Ruth Bell", "title": "Appointing authority"},
            "position_title": "Records analyst",
            "unit": "Records Commission",
            "from_on": "2025-12-08",
            "ends_on": "2026-12-07",
            "outcome": "end",
            "last_day": "2026-11-27",
            "decided_on": "2026-11-20",
            "reasons": ["Late on eleven days since August, in spite of three talks on record."],
            "notice_law": "4 NYCRR 4.5(b)(5)(iii): written notice at least one week before",
            "rights": "If you ask for it, the appointing authority or a representative hears you.",
            "law": "4 NYCRR 4.5",
        },
    }
)
