"""Separations from service, what is cleared before they are finished, and what people say when they leave."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.personnel.employees.models import Employee
from app.personnel.positions.models import Position
from app.personnel.separations.states import ItemState, SeparationKind, SeparationState, Signer
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type

LIVE = text("state IN ('submitted', 'accepted', 'effected')")
STANDS = text("removed_at IS NULL")


class SeparationRegime(Base):
    """The rule of an agency, by its name in regimes.toml; agencies without a row have the usual one."""

    __tablename__ = "separation_regimes"

    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    set_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    set_at: Mapped[dt.datetime]


class Separation(Base):
    """One leaving of one person; `source` is the typed id of the decision that it follows.

    `eligibility` says of a retirement by what it is known that the person may retire.
    """

    __tablename__ = "separations"
    __table_args__ = (
        Index("uq_separations_live", "employee_id", unique=True, sqlite_where=LIVE, postgresql_where=LIVE),
        Index("ix_separations_agency", "agency_id", "state", "last_day", "id"),
        CheckConstraint("(state = 'submitted') <= (decided_at IS NULL)", name="submitted_undecided"),
        CheckConstraint("decided_by IS NULL OR decided_by <> requested_by", name="two_people"),
        CheckConstraint("(state IN ('effected', 'finished')) = (effected_at IS NOT NULL)", name="effected"),
        CheckConstraint("(state = 'finished') = (finished_at IS NOT NULL)", name="finished"),
        CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    position_id: Mapped[str | None] = mapped_column(ForeignKey("positions.id"))
    kind: Mapped[SeparationKind] = mapped_column(state_type(SeparationKind, "kind"))
    state: Mapped[SeparationState] = mapped_column(state_type(SeparationState, "state"))
    last_day: Mapped[dt.date]
    reason: Mapped[str] = mapped_column(String(2000))
    born_on: Mapped[dt.date | None]
    eligibility: Mapped[str | None] = mapped_column(String(1000))
    source: Mapped[str | None] = mapped_column(String(40))
    requested_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    requested_at: Mapped[dt.datetime]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    decision_reason: Mapped[str | None] = mapped_column(String(1000))
    withdrawal_asked_at: Mapped[dt.datetime | None]
    withdrawal_answer: Mapped[str | None] = mapped_column(String(1000))
    withdrawn_at: Mapped[dt.datetime | None]
    effected_at: Mapped[dt.datetime | None]
    finished_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    finished_at: Mapped[dt.datetime | None]
    employee: Mapped[Employee] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")
    position: Mapped[Position | None] = relationship(lazy="raise")
    requester: Mapped[Account] = relationship(lazy="raise", foreign_keys=[requested_by])
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by])
    items: Mapped[list[ClearanceItem]] = relationship(
        lazy="raise", order_by="ClearanceItem.position", back_populates="separation"
    )


class ClearanceStandard(Base):
    """What an agency clears with everybody who leaves; taken off the list it stays for the past."""

    __tablename__ = "clearance_standards"
    __table_args__ = (CheckConstraint("days_before >= 0", name="days_before"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    owner: Mapped[str] = mapped_column(String(100))
    signer: Mapped[Signer] = mapped_column(state_type(Signer, "signer"))
    days_before: Mapped[int]
    added_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    added_at: Mapped[dt.datetime]
    removed_at: Mapped[dt.datetime | None]


class ClearanceSigner(Base):
    """Somebody who signs for a desk of an agency; taken off it, the row stays for what was signed."""

    __tablename__ = "clearance_signers"
    __table_args__ = (
        Index(
            "uq_clearance_signers_live",
            "agency_id",
            "desk",
            "account_id",
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
        Index("ix_clearance_signers_account", "account_id", "agency_id"),
        CheckConstraint("account_id <> added_by", name="not_oneself"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    desk: Mapped[str] = mapped_column(String(100))
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    added_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    added_at: Mapped[dt.datetime]
    removed_at: Mapped[dt.datetime | None]
    account: Mapped[Account] = relationship(lazy="raise", foreign_keys=[account_id])


class ClearanceItem(Base):
    """A step of one clearance: signed off by whom it belongs to, or waived with the reason.

    `owner` names the desk. `signer_id` is the one person who signs, where it is one: the supervisor when the
    clearance began, or somebody whom the office has named since.
    """

    __tablename__ = "clearance_items"
    __table_args__ = (
        UniqueConstraint("separation_id", "position", name="uq_clearance_items_position"),
        CheckConstraint("(state = 'open') = (settled_at IS NULL)", name="settled"),
        CheckConstraint("(state = 'open') = (settled_by IS NULL)", name="settled_by_someone"),
        CheckConstraint("state <> 'waived' OR note IS NOT NULL", name="waived_with_reason"),
        Index("ix_clearance_items_signer", "signer_id", "state"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    separation_id: Mapped[str] = mapped_column(ForeignKey("separations.id"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    owner: Mapped[str] = mapped_column(String(100))
    signer: Mapped[Signer] = mapped_column(state_type(Signer, "signer"))
    signer_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    due_on: Mapped[dt.date]
    state: Mapped[ItemState] = mapped_column(state_type(ItemState, "state"))
    settled_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    settled_at: Mapped[dt.datetime | None]
    note: Mapped[str | None] = mapped_column(String(1000))
    settler: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[settled_by])
    named: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[signer_id])
    separation: Mapped[Separation] = relationship(lazy="raise", back_populates="items")


class ExitInterview(Base):
    """What somebody said when leaving; the office reads answers only of five people together."""

    __tablename__ = "exit_interviews"

    separation_id: Mapped[str] = mapped_column(ForeignKey("separations.id"), primary_key=True)
    answers: Mapped[dict[str, Any]]
    comment: Mapped[str] = mapped_column(String(2000))
    answered_at: Mapped[dt.datetime]


constraints.declare(
    "uq_separations_live", field="", message="A separation of this person is under way already."
)
constraints.declare(
    "ck_separations_two_people",
    field="",
    message="A separation is decided by someone other than who asked for it.",
)
constraints.declare(
    "uq_clearance_signers_live", field="email", message="This person signs for the desk already."
)
constraints.declare(
    "ck_clearance_signers_not_oneself", field="email", message="Somebody else has to name you."
)
constraints.declare(
    "pk_separation_regimes",
    field="",
    message="The rule of this agency was chosen a moment ago. Open the page again.",
)
