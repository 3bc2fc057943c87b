"""Saved views of staff pages."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.platform import constraints
from app.platform.db import Base


class SavedView(Base):
    """The filters of a page (its endpoint) as a query string, under a name that one person gave them."""

    __tablename__ = "saved_views"
    __table_args__ = (UniqueConstraint("account_id", "page", "name", name="uq_saved_views_name"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    page: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(60))
    query: Mapped[str] = mapped_column(String(500))
    saved_at: Mapped[dt.datetime]


constraints.declare("uq_saved_views_name", field="name", message="You have a view with this name.")
