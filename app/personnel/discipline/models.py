"""Disciplinary cases and their charges."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.notices.models import Notice
from app.personnel.discipline.states import Action, CaseState
from app.personnel.employees.models import Employee
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type


class DisciplinaryCase(Base):
    """A case against an employee; `days` is the length of a suspension.

    `summary` is for the file; `penalty_reasons`, a paragraph a line, goes into the notice.
    `notice_days` and `reply_days` are what the notice grants, at least what the law asks; the dates that
    follow from them are those of the delivery that was planned until the real one is recorded. `regime` and
    `procedure` name the rulebook and its clocks as they held when the case was opened. `effective_on` is the
    day on which what was decided takes effect. `purged_at` is when its content went by the schedule.
    """

    __tablename__ = "disciplinary_cases"
    __table_args__ = (
        UniqueConstraint("number", name="uq_disciplinary_cases_number"),
        CheckConstraint("proposed_by <> deciding_official_id", name="two_people"),
        CheckConstraint("opened_by <> deciding_official_id", name="opener_does_not_decide"),
        CheckConstraint(
            "CASE action WHEN 'suspension' THEN coalesce(days, 0) BETWEEN 1 AND 14"
            " WHEN 'long_suspension' THEN coalesce(days, 0) > 14 ELSE days IS NULL END",
            name="days_fit_action",
        ),
        CheckConstraint("notice_days >= 0 AND reply_days >= 1", name="days_are_counts"),
        CheckConstraint(
            "delivered_on < reply_due_on AND reply_due_on < effective_from_on", name="dates_in_order"
        ),
        CheckConstraint(
            "state <> 'proposed' OR (proposed_by IS NOT NULL AND proposed_at IS NOT NULL"
            " AND notice_id IS NOT NULL AND delivered_on IS NOT NULL AND reply_due_on IS NOT NULL"
            " AND effective_from_on IS NOT NULL)",
            name="proposed_is_whole",
        ),
        CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn_iff_dated"),
        CheckConstraint(
            "(state = 'withdrawn') = (withdrawal_reason IS NOT NULL)", name="withdrawn_iff_reasoned"
        ),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_iff_dated"),
        CheckConstraint("(closed_at IS NULL) = (retained_until IS NULL)", name="closed_iff_retained"),
        CheckConstraint("purged_at IS NULL OR state IN ('closed', 'withdrawn')", name="purged_after_its_end"),
        Index("ix_disciplinary_cases_agency", "agency_id", "opened_at", "id"),
        Index("ix_disciplinary_cases_employee", "employee_id", "opened_at", "id"),
        Index("ix_disciplinary_cases_deciding", "deciding_official_id", "opened_at", "id"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[str] = mapped_column(String(20))
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    action: Mapped[Action] = mapped_column(state_type(Action, "action"))
    days: Mapped[int | None]
    state: Mapped[CaseState] = mapped_column(state_type(CaseState, "state"))
    summary: Mapped[str] = mapped_column(String(4000))
    penalty_reasons: Mapped[str] = mapped_column(String(4000))
    notice_days: Mapped[int]
    reply_days: Mapped[int]
    opened_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    deciding_official_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    proposed_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    opened_at: Mapped[dt.datetime]
    proposed_at: Mapped[dt.datetime | None]
    delivered_on: Mapped[dt.date | None]
    reply_due_on: Mapped[dt.date | None]
    effective_from_on: Mapped[dt.date | None]
    notice_id: Mapped[str | None] = mapped_column(ForeignKey("notices.id"))
    regime: Mapped[str] = mapped_column(String(40))
    procedure: Mapped[str] = mapped_column(String(40))
    allegation_id: Mapped[str | None] = mapped_column(ForeignKey("allegations.id"))
    effective_on: Mapped[dt.date | None]
    closed_at: Mapped[dt.datetime | None]
    closing_note: Mapped[str | None] = mapped_column(String(2000))
    retained_until: Mapped[dt.date | None]
    purged_at: Mapped[dt.datetime | None]
    withdrawn_at: Mapped[dt.datetime | None]
    withdrawal_reason: Mapped[str | None] = mapped_column(String(2000))
    employee: Mapped[Employee] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")
    opener: Mapped[Account] = relationship(lazy="raise", foreign_keys=[opened_by])
    proposer: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[proposed_by])
    deciding_official: Mapped[Account] = relationship(lazy="raise", foreign_keys=[deciding_official_id])
    notice: Mapped[Notice | None] = relationship(lazy="raise")
    charges: Mapped[list[Charge]] = relationship(lazy="raise", order_by="Charge.position")


class DisciplineRegime(Base):
    """The rulebook of an agency, by its name in regimes.REGIMES; others have the usual one."""

    __tablename__ = "discipline_regimes"

    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    set_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    set_at: Mapped[dt.datetime]


class Charge(Base):
    """One charge: a label such as "Absence without leave", what happened, and the evidence for it."""

    __tablename__ = "charges"
    __table_args__ = (UniqueConstraint("case_id", "position", name="uq_charges_position"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disciplinary_cases.id"))
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(200))
    specification: Mapped[str] = mapped_column(String(4000))
    evidence: Mapped[str] = mapped_column(String(4000))


constraints.declare(
    "ck_disciplinary_cases_two_people",
    field="deciding_official_id",
    message="The person who proposes cannot be the deciding official",
)
constraints.declare(
    "ck_disciplinary_cases_opener_does_not_decide",
    field="deciding_official_id",
    message="The person who opens the case cannot be the deciding official",
)
constraints.declare(
    "ck_disciplinary_cases_days_fit_action",
    field="days",
    message="The number of days does not fit the action",
)
constraints.declare(
    "uq_charges_position", field="", message="Another person changed the charges. Reload and try again."
)
constraints.declare(
    "pk_discipline_regimes", field="name", message="Somebody chose a rulebook a moment ago. Look again"
)
