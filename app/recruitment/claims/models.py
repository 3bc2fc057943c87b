"""The evidence of an application's claims, appeals against decisions, and until when evidence is taken."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.platform import constraints
from app.platform.db import Base
from app.platform.sentences import say


class ClaimEvidence(Base):
    """A document of an application that is to prove one of its claims; each claim may have several.

    It goes with a claim that a draft no longer makes.
    """

    __tablename__ = "claim_evidence"

    claim_id: Mapped[str] = mapped_column(
        ForeignKey("application_claims.id", ondelete="CASCADE"), primary_key=True
    )
    document_id: Mapped[str] = mapped_column(
        ForeignKey("application_documents.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    added_at: Mapped[dt.datetime]


class ClaimAppeal(Base):
    """What an applicant writes against a decision; it waits until a later version is decided."""

    __tablename__ = "claim_appeals"
    __table_args__ = (UniqueConstraint("claim_id", "version", name="uq_claim_appeals_version"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    claim_id: Mapped[str] = mapped_column(ForeignKey("application_claims.id"))
    version: Mapped[int]
    text: Mapped[str] = mapped_column(String(4000))
    made_at: Mapped[dt.datetime]


class ClaimClosing(Base):
    """Until when evidence is taken for a posting; without a row, until a list rests on the claims."""

    __tablename__ = "claim_closings"

    posting_id: Mapped[str] = mapped_column(ForeignKey("postings.id"), primary_key=True)
    closes_at: Mapped[dt.datetime]
    set_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    set_at: Mapped[dt.datetime]


constraints.declare(
    "uq_claim_appeals_version",
    field="",
    message=say("You have appealed already. Another officer will decide."),
)
