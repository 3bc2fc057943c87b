"""Applications with their sections, documents and claims to preference."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.platform import constraints
from app.platform.db import Base
from app.platform.sentences import say
from app.platform.types import state_type
from app.recruitment.applications.states import (
    Assessment,
    ClaimState,
    Placement,
    Screening,
    Standing,
    Submission,
)
from app.recruitment.fees.models import ApplicationFee
from app.recruitment.postings.models import Posting

RECEIPT = ("number", "submitted_at", "snapshot", "snapshot_digest", "applicant_name", "applicant_email")
NO_RECEIPT = " AND ".join(f"{column} IS NULL" for column in RECEIPT)
WHOLE_RECEIPT = " AND ".join(f"{column} IS NOT NULL" for column in RECEIPT)


class Application(Base):
    """One person's application to one posting.

    `snapshot` is exactly what was received last, `snapshot_digest` the SHA-256 of its canonical JSON; name
    and address are copied from it for lists and letters. `changes_id` marks a working copy: the draft in
    which a received application is changed. It has no receipt; submitted or given up, it is gone.
    """

    __tablename__ = "applications"
    __table_args__ = (
        Index(
            "uq_applications_posting_id_account_id",
            "posting_id",
            "account_id",
            unique=True,
            sqlite_where=text("changes_id IS NULL"),
            postgresql_where=text("changes_id IS NULL"),
        ),
        Index("uq_applications_changes_id", "changes_id", unique=True),
        Index("ix_applications_posting", "posting_id", "submission", "submitted_at", "id"),
        Index("ix_applications_account", "account_id", "started_at", "id"),
        CheckConstraint(f"({WHOLE_RECEIPT}) OR ({NO_RECEIPT})", name="receipt_whole"),
        CheckConstraint("submission <> 'submitted' OR number IS NOT NULL", name="submitted_has_receipt"),
        CheckConstraint("submission <> 'draft' OR number IS NULL", name="draft_has_none"),
        CheckConstraint("(version IS NULL) = (number IS NULL)", name="version_of_received"),
        CheckConstraint("changes_id IS NULL OR submission = 'draft'", name="copy_is_draft"),
        CheckConstraint("(submission = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn_dated"),
        CheckConstraint("screening = 'pending' OR number IS NOT NULL", name="screened_once_received"),
        CheckConstraint("assessment = 'none' OR screening = 'eligible'", name="assessed_iff_eligible"),
        CheckConstraint("standing = 'none' OR assessment = 'scored'", name="standing_once_scored"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[str | None] = mapped_column(String(40), unique=True)
    version: Mapped[int | None]
    changes_id: Mapped[str | None] = mapped_column(ForeignKey("applications.id"))
    posting_id: Mapped[str] = mapped_column(ForeignKey("postings.id"))
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    submission: Mapped[Submission] = mapped_column(
        state_type(Submission, "submission"), default=Submission.DRAFT
    )
    screening: Mapped[Screening] = mapped_column(
        state_type(Screening, "screening"), default=Screening.PENDING
    )
    assessment: Mapped[Assessment] = mapped_column(
        state_type(Assessment, "assessment"), default=Assessment.NONE
    )
    standing: Mapped[Standing] = mapped_column(state_type(Standing, "standing"), default=Standing.NONE)
    placement: Mapped[Placement] = mapped_column(state_type(Placement, "placement"), default=Placement.NONE)
    started_at: Mapped[dt.datetime]
    saved_at: Mapped[dt.datetime]
    submitted_at: Mapped[dt.datetime | None]
    withdrawn_at: Mapped[dt.datetime | None]
    withdrawal_reason: Mapped[str | None] = mapped_column(String(1000))
    applicant_name: Mapped[str | None] = mapped_column(String(200))
    applicant_email: Mapped[str | None] = mapped_column(String(254))
    snapshot: Mapped[dict[str, Any] | None]
    snapshot_digest: Mapped[str | None] = mapped_column(String(64))
    account: Mapped[Account] = relationship(lazy="raise")
    posting: Mapped[Posting] = relationship(lazy="raise")
    sections: Mapped[list[ApplicationSection]] = relationship(
        lazy="raise", order_by="ApplicationSection.section"
    )
    documents: Mapped[list[ApplicationDocument]] = relationship(
        lazy="raise", order_by="ApplicationDocument.uploaded_at, ApplicationDocument.id"
    )
    claims: Mapped[list[ApplicationClaim]] = relationship(lazy="raise", order_by="ApplicationClaim.kind")
    fee: Mapped[ApplicationFee | None] = relationship(lazy="raise")


class ApplicationVersion(Base):
    """One version of an application exactly as it was received; none is ever changed, the latest counts."""

    __tablename__ = "application_versions"
    __table_args__ = (CheckConstraint("version >= 1", name="counted_from_one"),)

    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    snapshot: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))
    submitted_at: Mapped[dt.datetime]


class ApplicationSection(Base):
    """What the applicant entered at one step, as its form cleaned it; it may be saved half done.

    `writer` names the opened page that saved it last, so that a page knows its own savings from another's.
    """

    __tablename__ = "application_sections"
    __table_args__ = (Index("ix_application_sections_saved_at", "section", "saved_at"),)

    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    section: Mapped[str] = mapped_column(String(40), primary_key=True)
    data: Mapped[dict[str, Any]]
    is_complete: Mapped[bool]
    saved_at: Mapped[dt.datetime]
    writer: Mapped[str | None] = mapped_column(String(80))


class ApplicationDocument(Base):
    """An uploaded file; `digest` names its content in the file store, a removed one keeps its row."""

    __tablename__ = "application_documents"
    __table_args__ = (Index("ix_application_documents_application", "application_id", "uploaded_at", "id"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"))
    kind: Mapped[str] = mapped_column(String(40))
    filename: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    expires_on: Mapped[dt.date | None]
    uploaded_at: Mapped[dt.datetime]
    removed_at: Mapped[dt.datetime | None]


class ApplicationClaim(Base):
    """A claim to preference of one kind; points follow from it by the rulebook and are never typed."""

    __tablename__ = "application_claims"
    __table_args__ = (
        UniqueConstraint("application_id", "kind", name="uq_application_claims_application_id_kind"),
        CheckConstraint("(state = 'claimed') = (decided_at IS NULL)", name="decided_iff_dated"),
        CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name="decided_by_someone"),
        CheckConstraint("(decided_at IS NULL) = (reason IS NULL)", name="decided_with_reason"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"))
    kind: Mapped[str] = mapped_column(String(40))
    state: Mapped[ClaimState] = mapped_column(state_type(ClaimState, "state"), default=ClaimState.CLAIMED)
    document_id: Mapped[str | None] = mapped_column(ForeignKey("application_documents.id"))
    reason: Mapped[str | None] = mapped_column(String(1000))
    valid_until: Mapped[dt.date | None]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    application: Mapped[Application] = relationship(lazy="raise", viewonly=True)
    document: Mapped[ApplicationDocument | None] = relationship(lazy="raise")
    decisions: Mapped[list[ClaimDecision]] = relationship(lazy="raise", order_by="ClaimDecision.version")


class ClaimDecision(Base):
    """One decision on a claim; a later version corrects an earlier one and says why.

    `based_on` is the decision on an earlier application that the officer took over, where one was.
    """

    __tablename__ = "claim_decisions"
    __table_args__ = (
        UniqueConstraint("claim_id", "version", name="uq_claim_decisions_claim_id_version"),
        CheckConstraint("state <> 'claimed'", name="is_a_decision"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    claim_id: Mapped[str] = mapped_column(ForeignKey("application_claims.id"))
    version: Mapped[int]
    state: Mapped[ClaimState] = mapped_column(state_type(ClaimState, "state"))
    reason: Mapped[str] = mapped_column(String(1000))
    valid_until: Mapped[dt.date | None]
    based_on: Mapped[str | None] = mapped_column(String(40))
    decided_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime]


constraints.declare(
    "uq_applications_posting_id_account_id",
    field="",
    message=say("You already have an application for this vacancy."),
)
