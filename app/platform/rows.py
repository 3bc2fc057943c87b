"""Rows that two requests may want to make at one moment: made once, whoever comes first."""

from __future__ import annotations

from typing import Any

from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.platform import db
from app.platform.db import Base


def insert_once(session: Session, table: type[Base], **values: Any) -> bool:
    """Insert a row; False when one with the same key stands, even one that another request made just now."""
    dialect = sqlite if db.current().is_sqlite else postgresql
    statement = dialect.insert(table).values(values).on_conflict_do_nothing()
    made = session.execute(statement.returning(*inspect(table).primary_key))
    return made.first() is not None
