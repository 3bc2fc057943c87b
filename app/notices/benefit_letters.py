"""The statement of benefits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from app.notices.letters import Letter
from app.notices.parts import Line, Lines, Part

Amount = Annotated[int, Field(ge=0, le=10**12)]


class Benefit(Part):
    """One kind of benefit: the plan, or that it was waived."""

    kind: Line
    since: dt.date
    plan: Line
    tier: Line | None = None
    covers: tuple[Line, ...] = ()  # whom besides the employee
    employee_minor: Amount = 0
    employer_minor: Amount = 0


class BenefitStatement(Letter):
    """States which benefits somebody has on a day, and what they cost in a pay period."""

    employee_number: Line
    as_of: dt.date
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    currency_digits: Annotated[int, Field(ge=0, le=4)] = 2
    period_days: Annotated[int, Field(ge=1, le=31)]
    benefits: Annotated[tuple[Benefit, ...], Field(max_length=20)]
    contact: Lines

    @property
    def employee_total(self) -> int:
        """What the employee pays in a pay period for everything."""
        return sum(benefit.employee_minor for benefit in self.benefits)

    @property
    def employer_total(self) -> int:
        """What the employer adds."""
        return sum(benefit.employer_minor for benefit in self.benefits)


LETTERS: Mapping[str, type[Letter]] = MappingProxyType({"benefit_statement": BenefitStatement})

SAMPLES: Mapping[str, dict[str, Any]] = MappingProxyType(
    {
        "benefit_statement": {
            "signed_by": {"name": "Human resources office", "title": "Harbor State Civil Service Commission"},
            "employee_number": "E-2026-000017",
            "as_of": "2027-01-10",
            "currency": "USD",
            "period_days": 14,
            "benefits": [
                {
                    "kind": "Health",
                    "since": "2027-01-10",
                    "plan": "Harbor Standard",
                    "tier": "Self and family",
                    "covers": ["Lucía Santos", "Mateo Santos"],
                    "employee_minor": 21450,
                    "employer_minor": 64350,
                },
                {"kind": "Dental", "since": "2027-01-10", "plan": "Waived"},
                {
                    "kind": "Life insurance",
                    "since": "2026-01-11",
                    "plan": "Basic life",
                    "tier": "Self only",
                    "employee_minor": 480,
                    "employer_minor": 240,
                },
            ],
            "contact": ["Telephone 555-0100", "benefits@harbor.example"],
        }
    }
)
