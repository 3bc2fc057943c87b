"""The fields of the notice of a personnel action."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from app.notices.letters import Letter
from app.notices.parts import Line, Part, Words


class ChangedValue(Part):
    """A value of the service before and after."""

    label: Line
    before: Line
    after: Line


class PersonnelActionNotice(Letter):
    """Gives notice of an action on the record: what changes, from when, by what authority.

    Of a separation `effective_on` is the last day of service.
    """

    employee_number: Line
    action: Line
    effective_on: dt.date
    is_last_day: bool
    ends_on: dt.date | None = None
    law: Line
    reason: Words
    changes: Annotated[tuple[ChangedValue, ...], Field(max_length=12)] = ()

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.ends_on is not None and self.ends_on < self.effective_on:
            raise ValueError("the action ends before it begins")
        return self


LETTERS: Mapping[str, type[Letter]] = MappingProxyType({"personnel_action": PersonnelActionNotice})
SAMPLES: Mapping[str, dict[str, Any]] = MappingProxyType(
    {
        "personnel_action": {
            "signed_by": {"name": "Eleanor Whitfield", "title": "Director of Personnel"},
            "employee_number": "E-004711-9",
            "action": "Promotion",
            "effective_on": dt.date(2026, 12, 7),
            "is_last_day": False,
            "law": "CFR-335.102 (5 CFR 335.102)",
            "reason": "Selected from certificate C-2026-000031-5 for the vacant post of the crew leader.",
            "changes": [
                {"label": "Position", "before": "Plumber (P-0201)", "after": "Plumber Supervisor (P-0107)"},
                {"label": "Grade", "before": "S-08", "after": "S-10"},
                {"label": "Step", "before": "6", "after": "1"},
                {"label": "Pay", "before": "$35.76 an hour", "after": "$37.44 an hour"},
            ],
        }
    }
)
