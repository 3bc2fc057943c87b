"""What of the queue waits for a supervisor alone, as the page of the team shows it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from app.home import queries
from app.home.waiting import Item, Kind, list_kinds
from app.personnel import desk
from app.platform.actors import Actor


def list_errands(session: Session, actor: Actor, at: dt.datetime) -> list[desk.Errand]:
    """List what waits for the actor alone about people in service, by deadline, without deadline last."""
    items = queries.list_items_of(session, actor, _kinds(), at)
    return [
        desk.Errand(item.kind.text, item.label, _place(item), item.due, item.is_overdue) for item in items
    ]


def _place(item: Item) -> str:
    one = item.kind.one
    values: dict[str, Any] = {one.parameter: item.id} if one else {}
    return url_for(one.endpoint if one else item.kind.endpoint, **values)


def _kinds() -> list[Kind]:
    return [kind for kind in list_kinds() if kind.own is not None and kind.endpoint.startswith("personnel.")]


desk.add_errands(list_errands)
