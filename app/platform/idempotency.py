"""Forms sent twice are done once: the key a page carries is kept with what the first sending made."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import String
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.platform import constraints
from app.platform.db import Base
from app.platform.sentences import say


class FormSubmission(Base):
    """A key that was used, by whom, and the id of what it made."""

    __tablename__ = "form_submissions"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    actor_id: Mapped[str | None] = mapped_column(String(40))
    result: Mapped[str] = mapped_column(String(200))
    at: Mapped[dt.datetime]


def find_result(session: Session, key: str, actor_id: str | None) -> str | None:
    """Give what the key made when the same actor used it before, or None."""
    row = session.get(FormSubmission, key)
    return row.result if row and row.actor_id == actor_id else None


def remember(session: Session, key: str, *, actor_id: str | None, result: str, at: dt.datetime) -> None:
    """Keep the key with the id of what it made; a second use at the same moment fails on the key."""
    session.add(FormSubmission(key=key, actor_id=actor_id, result=result, at=at))


constraints.declare(
    "pk_form_submissions",
    field="",
    message=say("This form was sent a moment ago. Reload the page to see the result."),
)
