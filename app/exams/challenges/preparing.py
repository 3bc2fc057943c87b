"""Working out ahead what confirming decisions on the key stores."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.exams.challenges import queries, rules
from app.exams.corrections.preparing import prepare_correction
from app.exams.examinations.queries import get_examination
from app.exams.keys.queries import find_in_force, next_version
from app.exams.keys.rules import as_core
from app.platform import progress
from app.platform.actors import Actor


def prepare_confirmation(
    session: Session,
    *,
    examination_id: str,
    challenge_ids: Sequence[str],
    actor: Actor,
    teller: progress.Teller,
) -> None:
    """Work out ahead what confirming would store, where a list is published: see prepare_correction."""
    examination = get_examination(session, examination_id, actor, permission="exams.challenges.confirm")
    challenges = queries.list_proposed(session, examination.id, challenge_ids)
    key = find_in_force(session, examination.id)
    upheld = [challenge for challenge in challenges if challenge.is_upheld]
    if key is not None and upheld:
        tried = as_core(next_version(session, examination.id), rules.answers_after(key.answers, upheld))
        prepare_correction(session, examination=examination, key=tried, teller=teller)
