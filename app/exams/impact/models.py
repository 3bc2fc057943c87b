"""What applicants say of themselves of their own will, in a table of its own."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base


class VoluntaryAnswers(Base):
    """Answers that nobody has to give and that decide nothing; empty where the person would rather not say.

    No page that screens, rates, ranks or selects reads this table: a test holds that only this noun does.
    """

    __tablename__ = "voluntary_answers"

    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    sex: Mapped[str] = mapped_column(String(20))
    background: Mapped[str] = mapped_column(String(40))
    disability: Mapped[str] = mapped_column(String(20))
    answered_at: Mapped[dt.datetime]
