"""The condition that keeps a list to the agencies in which somebody holds a permission."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, true
from sqlalchemy.orm import InstrumentedAttribute

from app.platform.actors import Actor


def within(column: InstrumentedAttribute[Any], actor: Actor, permission: str) -> ColumnElement[bool]:
    """Give the condition that `column`, an agency's id, is one where the actor holds the permission."""
    agencies = actor.agencies(permission)
    return true() if agencies is None else column.in_(sorted(agencies))
