"""The appointments table: who served in which position, from when to when, by what authority."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Agency
from app.personnel.appointments.states import AppointmentKind
from app.personnel.employees.models import Employee
from app.personnel.positions.models import Position
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type

LIVE = text("ended_on IS NULL")


class Appointment(Base):
    """One person in one position; live until `ended_on` is set, at work since `entered_on`.

    A provisional or temporary one ends on `term_ends_on` at the latest.
    `source` is the typed id of what led to it, such as a certificate entry: a later package's row, so it
    carries no foreign key.
    """

    __tablename__ = "appointments"
    __table_args__ = (
        Index(
            "uq_appointments_live_position",
            "position_id",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
        Index(
            "uq_appointments_live_employee",
            "employee_id",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
        CheckConstraint("(ended_on IS NULL) = (end_reason IS NULL)", name="ended_iff_reasoned"),
        CheckConstraint(
            "(kind = 'probational') = (probation_ends_on IS NOT NULL)", name="probational_iff_dated"
        ),
        CheckConstraint("probation_ends_on > starts_on", name="probation_after_start"),
        CheckConstraint("entered_on >= starts_on", name="entered_after_start"),
        CheckConstraint(
            "term_ends_on IS NULL OR kind IN ('provisional', 'temporary')", name="term_of_the_limited"
        ),
        Index("ix_appointments_position", "position_id", "starts_on", "id"),
        Index("ix_appointments_employee", "employee_id", "starts_on", "id"),
        Index("ix_appointments_agency", "agency_id", "starts_on", "id"),
        Index("ix_appointments_source", "source"),
        Index("ix_appointments_term", "term_ends_on", "id"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    position_id: Mapped[str] = mapped_column(ForeignKey("positions.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    kind: Mapped[AppointmentKind] = mapped_column(state_type(AppointmentKind, "kind"))
    authority: Mapped[str] = mapped_column(String(300))
    source: Mapped[str | None] = mapped_column(String(40))
    starts_on: Mapped[dt.date]
    probation_ends_on: Mapped[dt.date | None]
    term_ends_on: Mapped[dt.date | None]
    entered_on: Mapped[dt.date | None]
    ended_on: Mapped[dt.date | None]
    end_reason: Mapped[str | None] = mapped_column(String(2000))
    appointed_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[dt.datetime]
    employee: Mapped[Employee] = relationship(lazy="raise")
    position: Mapped[Position] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")


constraints.declare(
    "uq_appointments_live_position", field="", message="This position was filled a moment ago."
)
constraints.declare(
    "uq_appointments_live_employee", field="", message="This person already holds another position."
)
