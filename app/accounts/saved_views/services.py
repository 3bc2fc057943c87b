"""Keeping and removing saved views; the page that they are of records it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.accounts.saved_views import queries
from app.accounts.saved_views.models import SavedView
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id


def save_view(
    session: Session, *, page: str, name: str, query: str, actor: Actor, at: dt.datetime
) -> SavedView:
    """Keep the filters of a page under a name; the actor alone sees it."""
    if len(queries.list_views(session, actor, page)) >= queries.MOST:
        raise Conflict(f"You have {queries.MOST} views of this page. Remove one first.")
    if not query:
        raise Invalid(name="Choose filters first: a view keeps them.")
    view = SavedView(
        id=new_id("svw"), account_id=str(actor.id), page=page, name=name, query=query, saved_at=at
    )
    session.add(view)
    session.flush()
    audit.record(session, "home.save_view", actor=actor, at=at, subject=view.id)
    return view


def remove_view(session: Session, *, view_id: str, actor: Actor, at: dt.datetime) -> None:
    """Remove one of the actor's own views."""
    view = queries.get_view(session, view_id, actor)
    session.delete(view)
    audit.record(session, "home.remove_view", actor=actor, at=at, subject=view_id)
