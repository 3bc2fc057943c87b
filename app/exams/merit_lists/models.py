"""Merit lists and their entries."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.exams.examinations.models import Candidate, Examination
from app.exams.keys.models import KeyVersion
from app.exams.merit_lists.states import ListState
from app.exams.responses.models import ResponseImport
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type
from app.recruitment.applications.models import Application

OPEN = "state IN ('draft', 'approved')"
PUBLISHED = "state = 'published'"
WAS_PUBLISHED = "state IN ('published', 'superseded')"


class MeritList(Base):
    """One version of an examination's list: sealed inputs, the rulebook and what they gave.

    `inputs_digest` covers marks, claims, seed and facts; `digest` the rows that came out as well. `seed` is
    the public seed of the draw, `facts` are those of the announcement that the rulebook asks for.
    `mark_versions` names the version of the marks of each component that was marked outside the sheets; key
    and import are empty where the rulebook has no sheets. `reason` says why a later version was made.
    """

    __tablename__ = "merit_lists"
    __table_args__ = (
        UniqueConstraint("examination_id", "version", name="uq_merit_lists_version"),
        Index(
            "uq_merit_lists_open",
            "examination_id",
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
        Index(
            "uq_merit_lists_published",
            "examination_id",
            unique=True,
            sqlite_where=text(PUBLISHED),
            postgresql_where=text(PUBLISHED),
        ),
        CheckConstraint("approved_by IS NULL OR approved_by <> drafted_by", name="two_people"),
        CheckConstraint("(approved_by IS NULL) = (approved_at IS NULL)", name="approved"),
        CheckConstraint(f"({WAS_PUBLISHED}) = (published_at IS NOT NULL)", name="published"),
        CheckConstraint("published_at IS NULL OR approved_at IS NOT NULL", name="approved_first"),
        CheckConstraint("version = 1 OR reason IS NOT NULL", name="reason"),
        CheckConstraint("(key_version_id IS NULL) = (import_id IS NULL)", name="sheets_with_key"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    examination_id: Mapped[str] = mapped_column(ForeignKey("examinations.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"), index=True)
    version: Mapped[int]
    state: Mapped[ListState] = mapped_column(state_type(ListState, "state"))
    reason: Mapped[str | None]
    rulebook_digest: Mapped[str] = mapped_column(String(64))
    key_version_id: Mapped[str | None] = mapped_column(ForeignKey("key_versions.id"))
    import_id: Mapped[str | None] = mapped_column(ForeignKey("response_imports.id"))
    mark_versions: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    seed: Mapped[str] = mapped_column(String(200))
    facts: Mapped[dict[str, Any]]
    inputs_digest: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    ranked: Mapped[int]
    passed: Mapped[int]
    drafted_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    drafted_at: Mapped[dt.datetime]
    approved_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    approved_at: Mapped[dt.datetime | None]
    published_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    published_at: Mapped[dt.datetime | None]
    expires_on: Mapped[dt.date | None]
    superseded_at: Mapped[dt.datetime | None]
    examination: Mapped[Examination] = relationship(lazy="raise")
    key_version: Mapped[KeyVersion | None] = relationship(lazy="raise")
    response_import: Mapped[ResponseImport | None] = relationship(lazy="raise")
    drafter: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[drafted_by])
    approver: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[approved_by])
    publisher: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[published_by])


class MeritListEntry(Base):
    """A candidate's place on one list; amounts are whole units of 1/denominator.

    `place` is the order of the list from 1, unique; `rank` is the number the law prints and is empty for
    who did not pass. `final` is `marks` with `preference` added. `tier` and `category` are those of the
    rulebook, 1 and empty where it has none. `derivation` holds the steps with their citations.
    """

    __tablename__ = "merit_list_entries"
    __table_args__ = (
        UniqueConstraint("list_id", "candidate_id", name="uq_merit_list_entries_candidate_id"),
        UniqueConstraint("list_id", "place", name="uq_merit_list_entries_place"),
        Index("ix_merit_list_entries_application_id", "application_id"),
        Index("ix_merit_list_entries_candidate_id", "candidate_id"),
        CheckConstraint("denominator >= 1", name="denominator"),
        CheckConstraint("is_passed = (rank IS NOT NULL)", name="rank_of_passed"),
        CheckConstraint("final = marks + preference", name="final"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    list_id: Mapped[str] = mapped_column(ForeignKey("merit_lists.id"))
    candidate_id: Mapped[str] = mapped_column(ForeignKey("candidates.id"))
    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"))
    place: Mapped[int]
    rank: Mapped[int | None]
    marks: Mapped[int] = mapped_column(BigInteger)
    preference: Mapped[int] = mapped_column(BigInteger)
    final: Mapped[int] = mapped_column(BigInteger)
    denominator: Mapped[int] = mapped_column(BigInteger)
    is_passed: Mapped[bool]
    has_preference: Mapped[bool]
    tier: Mapped[int]
    category: Mapped[str] = mapped_column(String(40))
    derivation: Mapped[dict[str, Any]]
    candidate: Mapped[Candidate] = relationship(lazy="raise")
    application: Mapped[Application] = relationship(lazy="raise")


constraints.declare(
    "uq_merit_lists_version", field="", message="Another version of this list was drafted at the same moment."
)
constraints.declare(
    "uq_merit_lists_open",
    field="",
    message="A draft is already open. Publish or discard it first.",
)
constraints.declare(
    "uq_merit_lists_published", field="", message="A list of this examination is already published."
)
constraints.declare(
    "ck_merit_lists_two_people", field="", message="A list is approved by someone other than who drafted it."
)
