"""Extensions of certificates."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.exams.certificates.models import Certificate
from app.exams.extensions.states import ExtensionState
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type

PROPOSED = "state = 'proposed'"


class Extension(Base):
    """A later last day of a certificate, and why."""

    __tablename__ = "extensions"
    __table_args__ = (
        Index(
            "uq_extensions_proposed",
            "certificate_id",
            unique=True,
            sqlite_where=text(PROPOSED),
            postgresql_where=text(PROPOSED),
        ),
        CheckConstraint("ends_on > ended_on", name="longer"),
        CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="two_people"),
        CheckConstraint(f"({PROPOSED}) = (decided_at IS NULL)", name="decided"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    certificate_id: Mapped[str] = mapped_column(ForeignKey("certificates.id"), index=True)
    ended_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    reason: Mapped[str]
    state: Mapped[ExtensionState] = mapped_column(state_type(ExtensionState, "state"))
    proposed_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    proposed_at: Mapped[dt.datetime]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    decision_reason: Mapped[str | None]
    certificate: Mapped[Certificate] = relationship(lazy="raise")
    proposer: Mapped[Account] = relationship(lazy="raise", foreign_keys=[proposed_by])


constraints.declare(
    "uq_extensions_proposed",
    field="",
    message="An extension of this certificate already waits for a decision.",
)
constraints.declare(
    "ck_extensions_two_people",
    field="",
    message="An extension is granted by someone other than who proposed it.",
)
