"""Holidays, by agency."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.platform import constraints
from app.platform.db import Base


class Holiday(Base):
    """A day on which an agency does not work; Saturdays and Sundays need no row."""

    __tablename__ = "agency_holidays"

    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"), primary_key=True)
    on: Mapped[dt.date] = mapped_column("holiday_on", primary_key=True)
    name: Mapped[str] = mapped_column(String(120))


constraints.declare("pk_agency_holidays", field="on", message="This day is a holiday already.")
