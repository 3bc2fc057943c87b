"""Reading a person's own saved views."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.saved_views.models import SavedView
from app.platform.actors import Actor
from app.platform.errors import NotFound

MOST = 20


def list_views(session: Session, actor: Actor, page: str) -> list[SavedView]:
    """List the actor's own views of a page, by name."""
    query = select(SavedView).where(SavedView.account_id == actor.id, SavedView.page == page)
    return list(session.scalars(query.order_by(SavedView.name)))


def get_view(session: Session, view_id: str, actor: Actor) -> SavedView:
    """Give one of the actor's own views, or raise NotFound."""
    view = session.scalar(select(SavedView).where(SavedView.id == view_id, SavedView.account_id == actor.id))
    if view is None:
        raise NotFound("There is no such view.")
    return view
