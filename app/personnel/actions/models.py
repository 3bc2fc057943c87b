"""The personnel_actions table: each act on a service record, from its proposal to its effect."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.notices.models import Notice
from app.personnel.actions.states import ActionKind, ActionState
from app.personnel.employees.models import Employee
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type


class PersonnelAction(Base):
    """One act; `effect` holds each value that it sets, frozen when the act was made.

    Of a separation `effective_on` is the last day of service; of any other act the first day on which it
    holds. `late_reason` says why it was entered after that day. `ends_on` is the day up to which leave, a
    detail or a suspension was granted. A correction names the act in whose place it stands; without an
    effect it takes that act back.
    """

    __tablename__ = "personnel_actions"
    __table_args__ = (
        CheckConstraint("proposed_by <> decided_by", name="two_people"),
        CheckConstraint("state <> 'proposed' OR decided_at IS NULL", name="proposed_is_undecided"),
        CheckConstraint("(state IN ('effected', 'corrected')) = (effected_at IS NOT NULL)", name="effected"),
        CheckConstraint("(kind = 'correction') = (corrects_id IS NOT NULL)", name="correction"),
        CheckConstraint("state NOT IN ('refused', 'cancelled') OR outcome_reason <> ''", name="reasoned"),
        CheckConstraint("ends_on >= effective_on", name="ends_after_start"),
        Index("ix_personnel_actions_employee", "employee_id", "effective_on", "id"),
        Index("ix_personnel_actions_agency", "agency_id", "effective_on", "id"),
        Index("ix_personnel_actions_state", "state", "effective_on"),
        Index("ix_personnel_actions_source", "source"),
        Index("ix_personnel_actions_corrects_id", "corrects_id"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    kind: Mapped[ActionKind] = mapped_column(state_type(ActionKind, "kind"))
    state: Mapped[ActionState] = mapped_column(state_type(ActionState, "state"))
    effective_on: Mapped[dt.date]
    ends_on: Mapped[dt.date | None]
    effect: Mapped[dict[str, Any]]
    authority_code: Mapped[str] = mapped_column(String(20))
    authority: Mapped[str] = mapped_column(String(300))
    reason: Mapped[str] = mapped_column(String(4000))
    late_reason: Mapped[str] = mapped_column(String(2000), default="", server_default="")
    source: Mapped[str | None] = mapped_column(String(40))
    corrects_id: Mapped[str | None] = mapped_column(ForeignKey("personnel_actions.id"))
    proposed_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    proposed_at: Mapped[dt.datetime]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    outcome_reason: Mapped[str] = mapped_column(String(2000), default="")
    effected_at: Mapped[dt.datetime | None]
    notice_id: Mapped[str | None] = mapped_column(ForeignKey("notices.id"))
    employee: Mapped[Employee] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")
    notice: Mapped[Notice | None] = relationship(lazy="raise")
    proposer: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[proposed_by])
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by])
    corrects: Mapped[PersonnelAction | None] = relationship(lazy="raise", remote_side=[id])


constraints.declare(
    "ck_personnel_actions_two_people",
    field="",
    message="A personnel action is approved by someone other than who proposed it.",
)
constraints.declare(
    "ck_personnel_actions_ends_after_start",
    field="ends_on",
    message="The last day must not be before the first",
)
