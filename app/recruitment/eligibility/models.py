"""The questions that a posting asks first; answers stand in the application as every step's do."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base
from app.platform.types import state_type
from app.recruitment.eligibility.states import About


class EligibilityQuestion(Base):
    """One question with the answers that the law admits and those that it does not.

    `explanation` is the sentence that says why another answer bars, `source` the law that says so. An
    advisory question bars nobody: it tells what to expect.
    """

    __tablename__ = "eligibility_questions"
    __table_args__ = (UniqueConstraint("posting_id", "position"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    posting_id: Mapped[str] = mapped_column(ForeignKey("postings.id"))
    position: Mapped[int]
    question: Mapped[str] = mapped_column(String(300))
    lawful: Mapped[list[Any]]
    unlawful: Mapped[list[Any]]
    explanation: Mapped[str] = mapped_column(String(1000))
    source: Mapped[str] = mapped_column(String(300))
    is_advisory: Mapped[bool]


class EligibilityMatch(Base):
    """Which places or licences of a person's profile answer a question as the law admits.

    `matches_text` holds the same names folded, each between line breaks, so that a search can look for one.
    """

    __tablename__ = "eligibility_matches"

    question_id: Mapped[str] = mapped_column(
        ForeignKey("eligibility_questions.id", ondelete="CASCADE"), primary_key=True
    )
    about: Mapped[About] = mapped_column(state_type(About, "about"))
    matches: Mapped[list[Any]]
    matches_text: Mapped[str] = mapped_column(String(2000))
