"""People on preferred lists."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.exams.preferred_lists.states import PreferredState
from app.personnel.actions.models import PersonnelAction
from app.personnel.employees.models import Employee
from app.personnel.positions.models import Position
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type


class PreferredEntry(Base):
    """A person separated by a reduction in force, who comes before every other list for a class.

    `regime` is the name of the law (regimes.toml), `seniority_from` the day of the original appointment,
    `expires_on` the last day on the list. `position_id` is what was offered, from `starts_on`.
    """

    __tablename__ = "preferred_entries"
    __table_args__ = (
        UniqueConstraint("action_id", name="uq_preferred_entries_action_id"),
        CheckConstraint("(state IN ('standing', 'offered')) = (ended_at IS NULL)", name="ended"),
        CheckConstraint(
            "state <> 'offered' OR (position_id IS NOT NULL AND starts_on IS NOT NULL"
            " AND offered_by IS NOT NULL AND offered_at IS NOT NULL)",
            name="offered",
        ),
        CheckConstraint("answered_by IS NULL OR answered_by <> offered_by", name="two_people"),
        CheckConstraint(
            "state NOT IN ('declined', 'no_reply') OR (answered_by IS NOT NULL AND reason IS NOT NULL)",
            name="reasoned",
        ),
        Index("ix_preferred_entries_class", "regime", "class_code", "state"),
        Index("ix_preferred_entries_expiry", "state", "expires_on"),
        Index("ix_preferred_entries_agency", "agency_id", "class_code", "seniority_from", "id"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"), index=True)
    action_id: Mapped[str] = mapped_column(ForeignKey("personnel_actions.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    regime: Mapped[str] = mapped_column(String(40))
    class_code: Mapped[str] = mapped_column(String(40))
    class_title: Mapped[str] = mapped_column(String(200))
    seniority_from: Mapped[dt.date]
    separated_on: Mapped[dt.date]
    expires_on: Mapped[dt.date]
    state: Mapped[PreferredState] = mapped_column(state_type(PreferredState, "state"))
    placed_at: Mapped[dt.datetime]
    position_id: Mapped[str | None] = mapped_column(ForeignKey("positions.id"))
    starts_on: Mapped[dt.date | None]
    offered_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    offered_at: Mapped[dt.datetime | None]
    answered_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    reason: Mapped[str | None] = mapped_column(String(2000))
    ended_at: Mapped[dt.datetime | None]
    employee: Mapped[Employee] = relationship(lazy="raise")
    action: Mapped[PersonnelAction] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")
    position: Mapped[Position | None] = relationship(lazy="raise")
    offerer: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[offered_by])
    answerer: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[answered_by])


constraints.declare(
    "ck_preferred_entries_two_people",
    field="",
    message="The answer is recorded by someone other than who offered the position.",
)
