"""Released keys, and objections to their items."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.exams.examinations.models import Candidate, Examination
from app.exams.keys.models import KeyVersion
from app.exams.objections.states import Claim, ObjectionState
from app.platform import constraints
from app.platform.db import Base
from app.platform.sentences import say
from app.platform.types import state_type


class KeyRelease(Base):
    """The key as candidates may see it beside their own answers; objections are taken until `closes_at`."""

    __tablename__ = "key_releases"
    __table_args__ = (
        UniqueConstraint("examination_id", name="uq_key_releases_examination_id"),
        CheckConstraint("closes_at > released_at", name="window"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    examination_id: Mapped[str] = mapped_column(ForeignKey("examinations.id"))
    key_version_id: Mapped[str] = mapped_column(ForeignKey("key_versions.id"))
    released_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    released_at: Mapped[dt.datetime]
    closes_at: Mapped[dt.datetime]
    examination: Mapped[Examination] = relationship(lazy="raise")
    key_version: Mapped[KeyVersion] = relationship(lazy="raise")


class ObjectionSubmission(Base):
    """What one candidate objected to at one time; `answered_at` says when the answers were sent."""

    __tablename__ = "objection_submissions"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    examination_id: Mapped[str] = mapped_column(ForeignKey("examinations.id"), index=True)
    candidate_id: Mapped[str] = mapped_column(ForeignKey("candidates.id"), index=True)
    filed_at: Mapped[dt.datetime]
    answered_at: Mapped[dt.datetime | None]


class Objection(Base):
    """One candidate's objection to one item; `document_digest` names the evidence in the file store.

    `series` is the booklet or language version that the candidate sat, "" where there is one only. What
    was decided on the item is written to every objection to it; `challenge_id` is that decision.
    """

    __tablename__ = "objections"
    __table_args__ = (
        UniqueConstraint("candidate_id", "item", name="uq_objections_item"),
        Index("ix_objections_examination", "examination_id", "item", "state"),
        CheckConstraint("confirmed_by IS NULL OR confirmed_by <> ruled_by", name="two_people"),
        CheckConstraint(
            "state IN ('filed', 'withdrawn') OR (ruled_by IS NOT NULL AND ruling IS NOT NULL"
            " AND is_well_founded IS NOT NULL)",
            name="ruled",
        ),
        CheckConstraint("(state IN ('upheld', 'rejected')) = (confirmed_by IS NOT NULL)", name="confirmed"),
        CheckConstraint("(document_digest IS NULL) = (document_name IS NULL)", name="document_has_name"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    examination_id: Mapped[str] = mapped_column(ForeignKey("examinations.id"))
    candidate_id: Mapped[str] = mapped_column(ForeignKey("candidates.id"))
    submission_id: Mapped[str] = mapped_column(ForeignKey("objection_submissions.id"), index=True)
    item: Mapped[str] = mapped_column(String(40))
    series: Mapped[str] = mapped_column(String(40), default="")
    claim: Mapped[Claim] = mapped_column(state_type(Claim, "claim"))
    grounds: Mapped[str]
    document_digest: Mapped[str | None] = mapped_column(String(64))
    document_name: Mapped[str | None] = mapped_column(String(200))
    document_type: Mapped[str | None] = mapped_column(String(60))
    state: Mapped[ObjectionState] = mapped_column(state_type(ObjectionState, "state"))
    filed_at: Mapped[dt.datetime]
    is_well_founded: Mapped[bool | None]
    ruling: Mapped[str | None]
    ruled_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    ruled_at: Mapped[dt.datetime | None]
    confirmed_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    confirmed_at: Mapped[dt.datetime | None]
    challenge_id: Mapped[str | None] = mapped_column(ForeignKey("challenges.id"), index=True)
    candidate: Mapped[Candidate] = relationship(lazy="raise")
    examination: Mapped[Examination] = relationship(lazy="raise")
    submission: Mapped[ObjectionSubmission] = relationship(lazy="raise")


constraints.declare(
    "uq_objections_item", field="", message=say("You have already objected to this question.")
)
constraints.declare(
    "uq_key_releases_examination_id", field="", message="The key of this examination is released already."
)
