"""The certificate of service, and the final statement of leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from app.notices.leave_letters import Minutes
from app.notices.letters import Letter
from app.notices.parts import Line, Lines, Part


class ServedPosition(Part):
    """A position that somebody held, with the first day and the last one."""

    title: Line
    unit: Line
    kind: Line
    from_on: dt.date
    to_on: dt.date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to_on < self.from_on:
            raise ValueError("a position is not left before it is held")
        return self


class ServiceCertificate(Letter):
    """Certifies from when to when somebody served, and in which positions; it does not say why they left."""

    employee_number: Line
    from_on: dt.date
    to_on: dt.date
    positions: Annotated[tuple[ServedPosition, ...], Field(max_length=60)]


class FinalAccount(Part):
    """A ledger on the last day, in minutes: what is left, what of it is paid, what has to be repaid."""

    kind: Line
    left: Minutes
    paid: Minutes
    owed: Minutes
    says: Line
    law: Line

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        if not 0 <= self.paid <= max(self.left, 0) or not 0 <= self.owed <= max(-self.left, 0):
            raise ValueError("no more is paid than is left, and no more repaid than was taken")
        return self


class FinalLeaveStatement(Letter):
    """States what leave is left on the last day of service, and what becomes of it."""

    employee_number: Line
    last_day: dt.date
    rule: Line
    accounts: Annotated[tuple[FinalAccount, ...], Field(min_length=1, max_length=10)]
    contact: Lines


LETTERS: Mapping[str, type[Letter]] = MappingProxyType(
    {"final_leave_statement": FinalLeaveStatement, "service_certificate": ServiceCertificate}
)

SAMPLES: Mapping[str, dict[str, Any]] = MappingProxyType(
    {
        "final_leave_statement": {
            "signed_by": {"name": "Human resources office", "title": "Harbor State Civil Service Commission"},
            "employee_number": "E-2011-000204",
            "last_day": "2026-11-20",
            "rule": "United States, title 5 (5 U.S.C. 6301-6307; 5 CFR part 630)",
            "accounts": [
                {
                    "kind": "Annual leave",
                    "left": 10320,
                    "paid": 10320,
                    "owed": 0,
                    "says": "Paid in a lump sum",
                    "law": "5 U.S.C. 5551(a); 5 CFR 550.1203(a)",
                },
                {
                    "kind": "Sick leave",
                    "left": 24450,
                    "paid": 0,
                    "owed": 0,
                    "says": "Not paid; it stays on record for a return",
                    "law": "5 CFR 630.502",
                },
            ],
            "contact": ["Telephone 555-0100", "people@harbor.example"],
        },
        "service_certificate": {
            "signed_by": {"name": "Human resources office", "title": "Harbor State Civil Service Commission"},
            "employee_number": "E-2011-000204",
            "from_on": "2011-03-01",
            "to_on": "2026-11-20",
            "positions": [
                {
                    "title": "Clerical associate",
                    "unit": "Records Commission",
                    "kind": "Permanent",
                    "from_on": "2011-03-01",
                    "to_on": "2018-06-30",
                },
                {
                    "title": "Records analyst",
                    "unit": "Records Commission",
                    "kind": "Permanent",
                    "from_on": "2018-07-01",
                    "to_on": "2026-11-20",
                },
            ],
        },
    }
)
