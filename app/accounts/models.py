"""Agencies, accounts, role grants, sign-in sessions, reset tokens and the sign-in throttle."""

from __future__ import annotations

import datetime as dt
import enum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.grants.states import GrantState
from app.accounts.roles import SENSITIVE, Role
from app.platform import constraints
from app.platform.db import Base, BigKey
from app.platform.sentences import say
from app.platform.types import state_type

LIVE = "state IN ('proposed', 'active')"
_SENSITIVE = ", ".join(f"'{role.value}'" for role in Role if role in SENSITIVE)


class AccountState(enum.Enum):
    ACTIVE = "active"
    CLOSED = "closed"


class Agency(Base):
    """A department, city office or board that employs people; `code` is short and public."""

    __tablename__ = "agencies"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    time_zone: Mapped[str] = mapped_column(String(60))
    address: Mapped[str]
    contact_email: Mapped[str] = mapped_column(String(254))
    contact_phone: Mapped[str] = mapped_column(String(40))


class Account(Base):
    """A person who can sign in; `email` is stored casefolded, is unique and has answered to a mail.

    Without a password (`password_hash` empty) one signs in by a passkey or through another service. A closed
    account that was merged names the account that goes on.
    """

    __tablename__ = "accounts"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str] = mapped_column(String(200))
    state: Mapped[AccountState] = mapped_column(state_type(AccountState, "state"))
    totp_secret: Mapped[str | None] = mapped_column(String(255))  # sealed: see platform/sealing.py
    totp_last_step: Mapped[int | None]
    totp_confirmed_at: Mapped[dt.datetime | None]
    language: Mapped[str | None] = mapped_column(String(10))  # empty: as the browser asks
    created_at: Mapped[dt.datetime]
    merged_into_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    role_grants: Mapped[list[RoleGrant]] = relationship(
        lazy="raise", foreign_keys="RoleGrant.account_id", order_by="RoleGrant.id", back_populates="account"
    )


class RoleGrant(Base):
    """A role that a person holds in an agency, or in all when `agency_id` is empty."""

    __tablename__ = "role_grants"
    __table_args__ = (
        Index(
            "uq_role_grants_held",
            "account_id",
            "role",
            "agency_id",
            unique=True,
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        ),
        # to a unique index no empty agency equals another, so roles in all agencies have one of their own
        Index(
            "uq_role_grants_held_everywhere",
            "account_id",
            "role",
            unique=True,
            sqlite_where=text(f"{LIVE} AND agency_id IS NULL"),
            postgresql_where=text(f"{LIVE} AND agency_id IS NULL"),
        ),
        CheckConstraint("account_id <> granted_by", name="not_oneself"),
        CheckConstraint("decided_by <> granted_by AND decided_by <> account_id", name="two_people"),
        # without a proposer it was installed from the command line, where there is no second person
        CheckConstraint(
            "state <> 'active' OR granted_by IS NULL OR decided_by IS NOT NULL "
            f"OR role NOT IN ({_SENSITIVE})",
            name="sensitive_decided",
        ),
        CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name="decided"),
        CheckConstraint("state <> 'refused' OR decision_reason IS NOT NULL", name="refused_with_reason"),
        CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name="ended"),
        CheckConstraint("(ended_at IS NULL) = (end_reason IS NULL)", name="ended_with_reason"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    role: Mapped[Role] = mapped_column(state_type(Role, "role"))
    agency_id: Mapped[str | None] = mapped_column(ForeignKey("agencies.id"))
    state: Mapped[GrantState] = mapped_column(state_type(GrantState, "state"))
    granted_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    granted_at: Mapped[dt.datetime]
    decided_at: Mapped[dt.datetime | None]
    decision_reason: Mapped[str | None]
    ended_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    ended_at: Mapped[dt.datetime | None]
    end_reason: Mapped[str | None]
    account: Mapped[Account] = relationship(
        lazy="raise", foreign_keys=[account_id], back_populates="role_grants"
    )
    agency: Mapped[Agency | None] = relationship(lazy="raise")
    proposer: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[granted_by])


class SignInSession(Base):
    """A browser that is signed in; the cookie holds the token, this row only its SHA-256.

    While `is_awaiting_code` the password was right and the second factor is still asked for; `is_strong` says
    that two factors were shown. `proved_at` is when the person last showed that it is them. `place` is the
    network, never the exact address.
    """

    __tablename__ = "sign_in_sessions"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    started_at: Mapped[dt.datetime]
    seen_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    is_awaiting_code: Mapped[bool] = mapped_column(default=False)
    is_strong: Mapped[bool] = mapped_column(default=False)
    proved_at: Mapped[dt.datetime | None]
    place: Mapped[str] = mapped_column(String(64))
    browser: Mapped[str] = mapped_column(String(200))


class KnownDevice(Base):
    """A browser in which a person signed in before, by the digest of a cookie of its own."""

    __tablename__ = "known_devices"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    seen_at: Mapped[dt.datetime] = mapped_column(index=True)


class PasswordReset(Base):
    """A link that was mailed; it holds for an hour and once."""

    __tablename__ = "password_resets"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    asked_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]


class SignInFailure(Base):
    """One try that was not (yet) right, counted under a key: a person's, or a network address's."""

    __tablename__ = "sign_in_failures"
    __table_args__ = (Index("ix_sign_in_failures_key", "key", "at"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    key: Mapped[str] = mapped_column(String(100))
    at: Mapped[dt.datetime]


constraints.declare(
    "uq_accounts_email", field="email", message=say("There is already an account with this email address.")
)
constraints.declare("uq_agencies_code", field="code", message="Another agency has this code.")
constraints.declare("uq_agencies_name", field="name", message="Another agency has this name.")
for held in ("uq_role_grants_held", "uq_role_grants_held_everywhere"):
    constraints.declare(
        held, field="role", message="This person already holds, or is proposed for, this role."
    )
