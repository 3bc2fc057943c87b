"""The statement of leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from app.notices.letters import Letter
from app.notices.parts import Line, Lines, Part

Minutes = Annotated[int, Field(ge=-(10**7), le=10**7)]


class LeaveAccount(Part):
    """One ledger over the time of the statement, in minutes: what there was, came, went, is left."""

    kind: Line
    brought_forward: Minutes
    earned: Minutes
    taken: Minutes
    otherwise: Minutes
    balance: Minutes
    days: Line  # the balance in working days of the person

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.brought_forward + self.earned - self.taken + self.otherwise != self.balance:
            raise ValueError("the figures do not add up to the balance")
        return self


class LeaveStatement(Letter):
    """States what leave somebody has on a day, and how it came to be since the leave year began."""

    employee_number: Line
    since: dt.date
    as_of: dt.date
    rule: Line
    accounts: Annotated[tuple[LeaveAccount, ...], Field(max_length=10)]
    contact: Lines

    def faults(self, issued_on: dt.date) -> dict[str, str]:
        if self.as_of < self.since:
            return {"as_of": "The day of the statement must not be before its beginning."}
        return {}


LETTERS: Mapping[str, type[Letter]] = MappingProxyType({"leave_statement": LeaveStatement})

SAMPLES: Mapping[str, dict[str, Any]] = MappingProxyType(
    {
        "leave_statement": {
            "signed_by": {"name": "Human resources office", "title": "Harbor State Civil Service Commission"},
            "employee_number": "E-2026-000017",
            "since": "2026-01-11",
            "as_of": "2026-11-20",
            "rule": "United States, title 5 (5 U.S.C. 6301-6307; 5 CFR part 630)",
            "accounts": [
                {
                    "kind": "Annual leave",
                    "brought_forward": 7200,
                    "earned": 7920,
                    "taken": 4800,
                    "otherwise": 0,
                    "balance": 10320,
                    "days": "21.5 days",
                },
                {
                    "kind": "Sick leave",
                    "brought_forward": 20160,
                    "earned": 5280,
                    "taken": 960,
                    "otherwise": 0,
                    "balance": 24480,
                    "days": "51 days",
                },
            ],
            "contact": ["Telephone 555-0100", "people@harbor.example"],
        }
    }
)
