"""Passkeys and the questions that wait for one's answer."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.platform import constraints
from app.platform.db import Base
from app.platform.sentences import say


class Passkey(Base):
    """A public key that a person's device holds the other half of; `credential_id` is Base64URL.

    `halted_at` is set when its counter ran backward, as that of a copy does: it opens nothing any more.
    """

    __tablename__ = "passkeys"
    __table_args__ = (CheckConstraint("sign_count >= 0", name="sign_count"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(80))
    transports: Mapped[str] = mapped_column(String(100))
    is_backed_up: Mapped[bool]
    created_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]
    halted_at: Mapped[dt.datetime | None]


class PasskeyChallenge(Base):
    """A question that was put to a browser, by its digest; answered once, within minutes."""

    __tablename__ = "passkey_challenges"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    asked_at: Mapped[dt.datetime] = mapped_column(index=True)


constraints.declare(
    "uq_passkeys_credential_id", field="", message=say("This passkey is registered already. Use another one.")
)
