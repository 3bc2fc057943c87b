"""The fields of the letters about a grievance: that it was received, and what was decided at a step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from app.notices.letters import Letter, Paragraphs
from app.notices.parts import Line, Part, Person, WebAddress, Words


class GrievanceReceived(Letter):
    """Confirms that a grievance was received: who answers it, until when, and what the grievant may do."""

    grievance_number: Line
    filed_on: dt.date
    matter: Line
    remedy_sought: Words
    procedure: Line
    law: Line
    step: Line
    decider: Person | None = None  # None while the office looks for somebody who is no party
    answer_due_on: dt.date
    how_counted: Line  # for example "14 calendar days"
    if_silent: Words  # what follows when nobody answers in time
    representative: Line | None = None
    follow_url: WebAddress

    def faults(self, issued_on: dt.date) -> dict[str, str]:
        if self.answer_due_on < self.filed_on:
            return {"answer_due_on": "The answer cannot be due before the grievance is filed."}
        return {}


class NextStep(Part):
    """Where somebody who does not accept an answer may go, and until when."""

    title: Line
    due_on: dt.date
    how: Words


class GrievanceDecision(Letter):
    """Gives the answer at a step, its reasons, the remedy, and the way on; `further` None: there is none."""

    grievance_number: Line
    step: Line
    law: Line
    decided_on: dt.date
    outcome: Literal["granted", "partly", "denied"]
    findings: Annotated[Paragraphs, Field(min_length=1)]
    remedy: Words | None = None
    remedy_due_on: dt.date | None = None
    further: NextStep | None = None

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if (self.remedy is None) != (self.remedy_due_on is None):
            raise ValueError("a remedy has a day by which it is carried out")
        if self.outcome == "denied" and self.remedy is not None:
            raise ValueError("a grievance that is denied has no remedy")
        if self.further is not None and self.further.due_on < self.decided_on:
            raise ValueError("the way on cannot be closed before the decision")
        return self


LETTERS: Mapping[str, type[Letter]] = MappingProxyType(
    {"grievance_decision": GrievanceDecision, "grievance_received": GrievanceReceived}
)

SAMPLES: Mapping[str, dict[str, Any]] = MappingProxyType(
    {
        "grievance_received": {
            "signed_by": {"name": "Ines Kowalski", "title": "Grievance officer"},
            "grievance_number": "G-2026-0007",
            "filed_on": "2026-11-20",
            "matter": "Working time",
            "remedy_sought": "Pay for the two shifts on 10 and 11 November, and a roster two weeks ahead.",
            "procedure": "Grievance procedure of the agency",
            "law": "Larkhaven Civil Service Rule 14",
            "step": "Step 1, immediate supervisor",
            "decider": {"name": "Helen Marsh", "title": "Supervisor"},
            "answer_due_on": "2026-12-07",
            "how_counted": "10 business days",
            "if_silent": "If nobody answers by then, the grievance goes to step 2 by itself.",
            "representative": "Dana Reyes, Local 14",
            "follow_url": "https://civilservice.example/my/grievances",
        },
        "grievance_decision": {
            "signed_by": {"name": "Helen Marsh", "title": "Supervisor"},
            "grievance_number": "G-2026-0007",
            "step": "Step 1, immediate supervisor",
            "law": "Larkhaven Civil Service Rule 14",
            "decided_on": "2026-11-22",
            "outcome": "partly",
            "findings": [
                "The roster of November was posted four days ahead. The agreement asks for fourteen.",
                "The shift of 10 November was worked and paid. That of 11 November was not paid.",
            ],
            "remedy": "The shift of 11 November is paid with the December salary.",
            "remedy_due_on": "2026-12-18",
            "further": {
                "title": "Step 2, division head",
                "due_on": "2026-12-08",
                "how": "Say on the page of your grievance that you go on, and why.",
            },
        },
    }
)
"""What a preview of each letter is filled with; all of it is invented."""
