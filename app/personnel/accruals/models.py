"""Under which rule an agency's people earn leave, and from when it is kept here."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.platform import constraints
from app.platform.db import Base


class LeaveRegime(Base):
    """The rule of an agency, by its name in the rulebooks; without a row leave is not kept here.

    `first_period_on` is the first day of any of its pay periods, `kept_from` that of the first one posted
    here, `posted_on` that of the last one; `ceiling` names which limit of carrying over holds.
    """

    __tablename__ = "leave_regimes"
    __table_args__ = (CheckConstraint("kept_from >= first_period_on", name="kept_later"),)

    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    ceiling: Mapped[str] = mapped_column(String(40))
    first_period_on: Mapped[dt.date]
    kept_from: Mapped[dt.date]
    posted_on: Mapped[dt.date | None]
    set_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    set_at: Mapped[dt.datetime]


constraints.declare(
    "pk_leave_regimes",
    field="",
    message="The rule of this agency was chosen a moment ago. Open the page again.",
)
