"""The kind of work that the wording of letters makes: a version that waits for approval."""

from __future__ import annotations

from app.home.waiting import Kind, One, add
from app.notices.wordings.models import LetterWording
from app.notices.wordings.states import WordingState

WORDINGS = (
    Kind(
        "Letter texts to approve",
        "notices.decide_letter",
        "notices.list_letters",
        LetterWording,
        LetterWording.state == WordingState.SUBMITTED,
        LetterWording.agency_id,
        LetterWording.written_at,
        LetterWording.written_by,
        one=One("notices.decide_letter", "wording_id", LetterWording.id, LetterWording.template),
        days=7,
        visible=lambda actor: (
            LetterWording.submitted_by.is_distinct_from(actor.id)
            & ~LetterWording.writers.any(written_by=actor.id)
        ),
    ),
)
add(WORDINGS)
