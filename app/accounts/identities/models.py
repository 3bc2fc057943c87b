"""Accounts at other services with which a person signs in."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.platform import constraints
from app.platform.db import Base
from app.platform.sentences import say


class Identity(Base):
    """A person as another service knows them: `subject` is unique and lasting with its `issuer`."""

    __tablename__ = "identities"
    __table_args__ = (
        UniqueConstraint("issuer", "subject", name="uq_identities_subject"),
        Index("uq_identities_account", "account_id", "issuer", unique=True),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    issuer: Mapped[str] = mapped_column(String(300))
    subject: Mapped[str] = mapped_column(String(255))
    email: Mapped[str] = mapped_column(String(254))
    linked_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]


constraints.declare(
    "uq_identities_subject", field="", message=say("That account is linked to another account here already.")
)
constraints.declare(
    "uq_identities_account",
    field="",
    message=say("Your account is linked to this service already."),
)
