"""What an application says of training and experience, for raters who must not know whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.exams.examinations.models import Candidate
from app.exams.panels.states import PanelForm
from app.exams.scripts.models import Script
from app.recruitment.applications.models import Application

SECTIONS = ("education", "experience", "licences", "languages")
# The number of a licence leads to its holder in public registers.
HIDDEN = frozenset({"number"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """The entries of each section, and the answers to how requirements are met."""

    sections: dict[str, list[dict[str, Any]]]
    answers: list[dict[str, Any]]


def load(session: Session, script: Script) -> Evidence:
    """Load what belongs beside the form; nothing where a script or an interview is rated."""
    if script.panel.form is not PanelForm.EXPERIENCE:
        return Evidence({}, [])
    snapshot = session.scalar(
        select(Application.snapshot)
        .join(Candidate, Candidate.application_id == Application.id)
        .where(Candidate.id == script.candidate_id)
    )
    return blind(snapshot or {})


def blind(snapshot: dict[str, Any]) -> Evidence:
    """Take from an application what is to be judged, without contact details and names of others."""
    sections = {
        section: [
            {name: "" if name in HIDDEN else value for name, value in entry.items()}
            for entry in snapshot.get(section) or ()
        ]
        for section in SECTIONS
    }
    return Evidence(
        {name: rows for name, rows in sections.items() if rows}, list(snapshot.get("answers") or ())
    )
