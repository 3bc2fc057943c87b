"""What the form of a confirmation does: confirm, or promise it to a worker where many are ranked again."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.exams.challenges import queries
from app.exams.challenges.confirm_services import confirm_decisions
from app.exams.challenges.forms import ConfirmForm
from app.exams.corrections import promising
from app.exams.corrections.queries import find_correction
from app.exams.examinations.models import Examination
from app.exams.examinations.queries import count_candidates
from app.exams.merit_lists.queries import find_published
from app.platform import clock
from app.web.access import current_actor

PROMISED = "promised"


def sight_of(session: Session, examination: Examination) -> dict[str, Any]:
    """Give what the page shows: what waits, the list in force, and the correction that is going on."""
    published = find_published(session, examination.id)
    people = count_candidates(session, examination.id)
    return {
        "examination": examination,
        "proposed": queries.list_proposed(session, examination.id),
        "published": published,
        "is_long": published is not None and people > promising.MOST_AT_ONCE,
        "work": promising.find_work(session, examination.id),
        "correction": find_correction(session, published.id) if published else None,
    }


def confirm_or_promise(form: ConfirmForm, sight: dict[str, Any], session: Session) -> str:
    """Confirm what was chosen; give the corrected list, or PROMISED where a worker goes on."""
    examination, chosen = sight["examination"], form.chosen.data
    actor, at = current_actor(), clock.now()
    if sight["is_long"]:
        promising.promise_confirmation(
            session, examination=examination, challenge_ids=chosen, actor=actor, at=at
        )
        return PROMISED
    made = confirm_decisions(session, examination_id=examination.id, challenge_ids=chosen, actor=actor, at=at)
    return next((row.list_id for row in made if row.list_id), "")
