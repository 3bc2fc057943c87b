"""A person's claims, apart from those of any application, and the papers that prove them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.platform import constraints
from app.platform.db import Base
from app.platform.sentences import say
from app.recruitment.papers.models import Paper


class PersonClaim(Base):
    """A claim of one kind that a person makes; what is decided of it stands with each application."""

    __tablename__ = "person_claims"
    __table_args__ = (UniqueConstraint("account_id", "kind", name="uq_person_claims_kind"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    kind: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    papers: Mapped[list[Paper]] = relationship(
        lazy="raise", secondary="person_claim_papers", order_by="Paper.uploaded_at, Paper.id"
    )


class PersonClaimPaper(Base):
    """A paper that proves a claim."""

    __tablename__ = "person_claim_papers"

    claim_id: Mapped[str] = mapped_column(ForeignKey("person_claims.id"), primary_key=True)
    paper_id: Mapped[str] = mapped_column(ForeignKey("papers.id"), primary_key=True, index=True)


constraints.declare("uq_person_claims_kind", field="kind", message=say("You claim this already."))
