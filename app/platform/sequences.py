"""Series of numbers without gaps: the next one is taken under a row lock and kept only by a commit."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.platform import db
from app.platform.db import Base


class NumberSequence(Base):
    """The last number given in a series, such as `application:2026`."""

    __tablename__ = "number_sequences"

    series: Mapped[str] = mapped_column(String(60), primary_key=True)
    last: Mapped[int]


def next_number(session: Session, series: str) -> int:
    """Take the next number of the series, from 1."""
    return take_numbers(session, series, 1)[0]


def take_numbers(session: Session, series: str, count: int) -> range:
    """Take the next `count` numbers of the series at once."""
    dialect = sqlite if db.current().is_sqlite else postgresql
    insert = dialect.insert(NumberSequence).values(series=series, last=count)
    statement = insert.on_conflict_do_update(
        index_elements=["series"], set_={"last": NumberSequence.__table__.c.last + count}
    ).returning(NumberSequence.last)
    last = int(session.execute(statement).scalar_one())
    return range(last - count + 1, last + 1)
