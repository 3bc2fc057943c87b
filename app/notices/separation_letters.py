"""The certificate of service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from app.notices.letters import Letter
from app.notices.parts import Line, Part


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


LETTERS: Mapping[str, type[Letter]] = MappingProxyType({"service_certificate": ServiceCertificate})

SAMPLES: Mapping[str, dict[str, Any]] = MappingProxyType(
    {
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
        }
    }
)
