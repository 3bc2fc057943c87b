"""Letters before there is a list: the invitation to an interview, the answers to objections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import Field

from app.notices.letters import Letter
from app.notices.parts import Line, Lines, Moment, Part, WebAddress, Words
from app.notices.samples import EXAMINER, NEW_YORK, closing


class InterviewInvitation(Letter):
    """Invites a candidate to an interview; with `replaces` it takes the place of an earlier invitation."""

    examination_title: Line
    examination_number: Line
    candidate_number: Line
    starts: Moment
    minutes: Annotated[int, Field(ge=5, le=480)]
    place: Line
    bring: Annotated[tuple[Line, ...], Field(min_length=1, max_length=12)]
    subjects: tuple[Line, ...] = ()  # what is rated, where the office lets candidates know
    replaces: Moment | None = None  # the time that holds no more
    contact: Lines
    page_url: WebAddress

    def faults(self, issued_on: dt.date) -> dict[str, str]:
        if self.starts.on < issued_on:
            return {"starts": "Nobody can be invited to an interview that has been."}
        return {}


class ObjectionAnswer(Part):
    """What became of the objection to one question; `fee` says how its fee stands, where there is one."""

    item: Line
    series: Line | None = None
    claim: Line
    outcome: Literal["upheld", "rejected", "withdrawn", "unsettled"]
    ruling: Words | None = None
    fee: Line | None = None


class ObjectionsAnswered(Letter):
    """Answers all objections to a key that a candidate sent at one time."""

    examination_title: Line
    examination_number: Line
    candidate_number: Line
    filed: Moment
    answers: Annotated[tuple[ObjectionAnswer, ...], Field(min_length=1, max_length=20)]
    page_url: WebAddress


LETTERS: Mapping[str, type[Letter]] = MappingProxyType(
    {"interview_invitation": InterviewInvitation, "objections_answered": ObjectionsAnswered}
)

SAMPLES: Mapping[str, dict[str, Any]] = MappingProxyType(
    {
        "interview_invitation": {
            "signed_by": EXAMINER,
            "examination_title": "Senior Benefits Analyst, experience and interview",
            "examination_number": "E-2026-0042",
            "candidate_number": "C-00017",
            "starts": {"at": dt.datetime(2026, 12, 8, 15, 20, tzinfo=dt.UTC), "zone": NEW_YORK},
            "minutes": 30,
            "place": "City Hall, room 214, 1 Harbour Square, Port Ellis",
            "bring": ["An identity paper with your photograph", "The certificates that you named"],
            "subjects": ["Explaining something difficult", "Two people in a hurry", "Learning the work"],
            "replaces": {"at": dt.datetime(2026, 12, 7, 14, 0, tzinfo=dt.UTC), "zone": NEW_YORK},
            "contact": ["Telephone 555-0100", "help@civilservice.example"],
            "page_url": "https://civilservice.example/my/applications/app_0/interview",
        },
        "objections_answered": {
            "signed_by": EXAMINER,
            "examination_title": "Senior Benefits Analyst",
            "examination_number": "E-2026-0042",
            "candidate_number": "C-00017",
            "filed": closing(11, 16),
            "answers": [
                {
                    "item": "12",
                    "series": "B",
                    "claim": "More than one answer is right",
                    "outcome": "upheld",
                    "ruling": "Both readings can be defended. The key accepts two answers from now on.",
                    "fee": "To be given back",
                },
                {
                    "item": "31",
                    "claim": "Another answer is right",
                    "outcome": "rejected",
                    "ruling": "The postage of the third parcel is part of the printed total.",
                    "fee": "Paid",
                },
                {"item": "40", "claim": "No answer is right", "outcome": "unsettled", "fee": "Not paid"},
            ],
            "page_url": "https://civilservice.example/my/applications/app_0/sheet",
        },
    }
)
