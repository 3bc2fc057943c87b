"""Writing the questions of a draft posting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict, NotFound
from app.platform.ids import new_id
from app.recruitment.eligibility.models import EligibilityMatch, EligibilityQuestion
from app.recruitment.eligibility.rules import MOST_QUESTIONS, matches_text
from app.recruitment.eligibility.states import About
from app.recruitment.postings.models import Posting
from app.recruitment.postings.queries import get_posting
from app.recruitment.postings.states import PostingState


def save_question(
    session: Session,
    *,
    posting_id: str,
    question_id: str | None,
    values: Mapping[str, Any],
    match: tuple[About, Sequence[str]] | None = None,
    actor: Actor,
    at: dt.datetime,
) -> Posting:
    """Add a question at the end, or change the one of that id; only while the posting is a draft.

    `match`: what in a person's profile answers it, with the names that do.
    """
    posting = _load_draft(session, posting_id, actor, "edit" if question_id else "add")
    if question_id is None:
        if len(posting.questions) >= MOST_QUESTIONS:
            raise Conflict(f"A posting has {MOST_QUESTIONS} questions at most. Remove one first.")
        last = max((question.position for question in posting.questions), default=0)
        question = EligibilityQuestion(id=new_id("eqn"), position=last + 1, **values)
        posting.questions.append(question)
    else:
        question = get_question(posting, question_id)
        for name, value in values.items():
            setattr(question, name, value)
    session.flush()
    _put_match(session, question, match)
    _record(session, "edit" if question_id else "add", posting, actor, at, count=len(posting.questions))
    return posting


def _put_match(
    session: Session, question: EligibilityQuestion, match: tuple[About, Sequence[str]] | None
) -> None:
    row = session.get(EligibilityMatch, question.id)
    if match is None:
        if row is not None:
            session.delete(row)
    else:
        row = row or EligibilityMatch(question_id=question.id)
        row.about, row.matches = match[0], list(match[1])
        row.matches_text = matches_text(match[1])
        session.add(row)
    session.flush()


def remove_question(
    session: Session, *, posting_id: str, question_id: str, actor: Actor, at: dt.datetime
) -> Posting:
    """Take a question out of a draft posting."""
    posting = _load_draft(session, posting_id, actor, "remove")
    posting.questions.remove(get_question(posting, question_id))
    session.flush()
    _record(session, "remove", posting, actor, at, count=len(posting.questions))
    return posting


def get_question(posting: Posting, question_id: str) -> EligibilityQuestion:
    """Give a posting's question, or raise NotFound."""
    for question in posting.questions:
        if question.id == question_id:
            return question
    raise NotFound("There is no such question.")


def _load_draft(session: Session, posting_id: str, actor: Actor, verb: str) -> Posting:
    posting = get_posting(session, posting_id, actor, lock=True)
    actor.demand(f"recruitment.eligibility.{verb}", posting.agency_id)
    if posting.state is not PostingState.DRAFT:
        raise Conflict("Only a draft can be changed. Send the posting back first.")
    return posting


def _record(
    session: Session, verb: str, posting: Posting, actor: Actor, at: dt.datetime, **details: Any
) -> None:
    audit.record(
        session,
        f"recruitment.eligibility.{verb}",
        actor=actor,
        at=at,
        subject=posting.id,
        agency_id=posting.agency_id,
        **details,
    )
