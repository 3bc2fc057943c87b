"""Letters to people on a list of eligible names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import Field

from app.notices.letters import Letter, Paragraphs
from app.notices.numbers import application_number
from app.notices.parts import Line, ReferenceNumber, WebAddress


class ReserveCall(Letter):
    """Tells a person on a reserve list that a place fell free and that they are next.

    Whose place it was, and why it fell free, is not told.
    """

    application_number: ReferenceNumber
    posting_title: Line
    posting_number: Line
    list_title: Line
    place: Annotated[int, Field(ge=1)]  # on the reserve list as it was formed
    called_on: dt.date
    next_steps: Annotated[Paragraphs, Field(min_length=1)]
    follow_url: WebAddress

    def faults(self, issued_on: dt.date) -> dict[str, str]:
        if self.called_on > issued_on + dt.timedelta(days=1):  # zones differ by up to a day
            return {"called_on": "Nobody is called after the letter is issued."}
        return {}


LETTERS: Mapping[str, type[Letter]] = MappingProxyType({"reserve_call": ReserveCall})
SAMPLES: Mapping[str, dict[str, Any]] = MappingProxyType(
    {
        "reserve_call": {
            "signed_by": {"name": "Office of Recruitment", "title": "Harbor State Civil Service Commission"},
            "application_number": application_number(4711, 2026),
            "posting_title": "Senior Benefits Analyst",
            "posting_number": "2026-0148",
            "list_title": "Senior Benefits Analyst, written examination",
            "place": 2,
            "called_on": "2026-11-20",
            "next_steps": [
                "The office looks at your papers once more. Then it offers you the position or says why not.",
                "An offer comes by mail. You answer it in Meritum, by the day that it names.",
            ],
            "follow_url": "https://civilservice.example/my/applications",
        }
    }
)
"""What a preview of each letter is filled with; all of it is invented."""
