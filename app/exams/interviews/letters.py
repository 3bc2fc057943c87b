"""What the letter of an invitation says."""

from __future__ import annotations

import datetime as dt
from typing import Any

from app.exams.interviews.models import InterviewSlot, InterviewTerms
from app.exams.interviews.rules import read_things
from app.exams.panels.models import Panel
from app.exams.scripts.models import Script
from app.platform import links
from app.platform.sentences import Sentence, say

IDENTITY = say("An identity paper with your photograph")
OFFICE = say("Examination office")


def things(terms: InterviewTerms | None) -> list[Sentence | str]:
    """Give what is to be brought: what the office named, else an identity paper."""
    named: list[Sentence | str] = [*read_things(terms.bring)] if terms is not None else []
    return named or [IDENTITY]


def invitation(
    panel: Panel,
    script: Script,
    slot: InterviewSlot,
    terms: InterviewTerms | None,
    replaces: dt.datetime | None,
) -> dict[str, Any]:
    """Give the fields of the letter; the panel comes with its criteria, the script with its candidate."""
    examination = panel.examination
    agency = examination.agency
    shows = terms is not None and terms.shows_subjects
    return {
        "signed_by": {"name": OFFICE, "title": agency.name},
        "examination_title": examination.title,
        "examination_number": examination.number,
        "candidate_number": script.candidate.number,
        "starts": {"at": slot.starts_at, "zone": agency.time_zone},
        "minutes": slot.minutes,
        "place": slot.place,
        "bring": things(terms),
        "subjects": [own.title for own in panel.criteria] if shows else [],
        "replaces": {"at": replaces, "zone": agency.time_zone} if replaces else None,
        "contact": [line for line in (agency.contact_phone, agency.contact_email) if line],
        "page_url": links.absolute(f"/my/applications/{script.candidate.application_id}/interview"),
    }
