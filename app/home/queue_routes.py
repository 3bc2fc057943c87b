"""An officer's work queue: what waits by deadline, views of it, and one act on many pieces."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import urlencode

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts.saved_views.queries import list_views
from app.accounts.saved_views.services import remove_view as remove
from app.accounts.saved_views.services import save_view as keep
from app.home import bulk as acts
from app.home import queries
from app.home.forms import BulkForm, QueueFilter, ScreenForm, ViewForm
from app.home.queries import PAGE
from app.home.routes import bp
from app.home.waiting import QUEUE, Item, Wanted, find_kind, list_kinds
from app.platform import clock
from app.platform.audit import canonical
from app.platform.db import reading, transaction
from app.web.access import current_actor, requires
from app.web.pages import act, render, save

FILTERS = ("kind", "agency", "late", "text")
FORMS = {"screen": ScreenForm, "remind": BulkForm}
MOST_CHOSEN = 100


@bp.get("/staff/")
@requires("home.staff")
def staff() -> ResponseReturnValue:
    """Show an officer what waits for them, by deadline."""
    return render(form=None, views_form=ViewForm(data={"query": _query()}), **_sight())


@bp.post("/staff/views")
@requires("home.save_view")
def save_view() -> ResponseReturnValue:
    """Keep the filters of the queue under a name."""
    actor, form = current_actor(), ViewForm()

    def change(session: Session) -> str:
        return keep(
            session, page=QUEUE, name=form.name.data, query=form.query.data, actor=actor, at=clock.now()
        ).id

    if form.validate_on_submit() and save(form, change):
        flash("View kept.", "success")
        return redirect(f"{url_for('.staff')}?{form.query.data}", 303)
    return render(form=form, views_form=form, template="home/staff.html", **_sight())


@bp.post("/staff/views/<id('svw'):view_id>/remove")
@requires("home.remove_view")
def remove_view(view_id: str) -> ResponseReturnValue:
    """Remove a view."""
    return act(
        lambda session: remove(session, view_id=view_id, actor=current_actor(), at=clock.now()),
        done="View removed.",
        then=url_for(".staff"),
    )


@bp.post("/staff/bulk")
@requires("home.bulk")
def bulk() -> ResponseReturnValue:
    """Do one act on the chosen pieces of work: ask what, show what will happen, then do it."""
    name, items = _chosen()
    if name not in FORMS or not items:
        flash("Choose work of one kind first. What was done meanwhile is left out.", "error")
        return redirect(url_for(".staff"), 303)
    form = FORMS[name]()
    context: dict[str, Any] = {"items": items, "title": acts.TITLES[name], "results": [], "is_done": False}
    if not (form.preview.data or form.submit.data):
        return render(form=FORMS[name](formdata=None, data={"act": name}), shown="", **context)
    shown = _mark(form, items)
    if form.validate_on_submit():
        # what is done is exactly what was shown: anything else is shown first
        context["is_done"] = bool(form.submit.data) and request.form.get("shown") == shown
        context["results"] = _run(name, items, form, is_tried=not context["is_done"])
    return render(form=form, shown=shown, **context)


def _mark(form: BulkForm, items: list[Item]) -> str:
    """Give the digest of what is asked for, on which pieces of work."""
    given = {name: form[name].data for name in ("outcome", "reason") if name in form}
    return hashlib.sha256(canonical([given, [item.id for item in items]]).encode()).hexdigest()


class _Undone(Exception):
    """Carries what would happen out of a transaction that is given up."""


def _run(name: str, items: list[Item], form: BulkForm, *, is_tried: bool) -> list[acts.Result]:
    """Do the act on each, or do it and give all of it up again, which shows exactly what would happen."""
    values = {field.name: field.data for field in form}
    results: list[acts.Result] = []
    try:
        with transaction() as session:
            results = acts.run(session, name, items, values, current_actor(), clock.now())
            if is_tried:
                raise _Undone
    except _Undone:
        return results
    return results


def _chosen() -> tuple[str, list[Item]]:
    """Give the act that is asked for, and the chosen pieces of one kind that still wait for the actor."""
    chosen = [value.partition(":") for value in request.form.getlist("chosen")[:MOST_CHOSEN]]
    kind = find_kind(chosen[0][0]) if chosen else None
    if kind is None or not kind.bulk or not current_actor().may(kind.permission):
        return "", []
    ids = [own for key, _, own in chosen if key == kind.key]
    with reading() as session:
        return kind.bulk, queries.find_items(session, current_actor(), kind, ids, clock.now())


def _sight() -> dict[str, Any]:
    """Give what the page of the queue shows under its filters."""
    actor, at = current_actor(), clock.now()
    with reading() as session:
        waiting = queries.list_waiting(session, actor, at)
        everything = queries.list_items(session, actor, Wanted(), at, waiting)
        agencies = queries.load_agencies(session, sorted({item.agency_id for item in everything}))
        kinds = [(kind.key, kind.text) for kind in list_kinds() if kind.one and actor.may(kind.permission)]
        filters = QueueFilter.about(kinds, agencies.values())
        views = list_views(session, actor, QUEUE)
        items = everything
        if filters.is_used:
            items = queries.list_items(session, actor, filters.wanted, at, waiting)
    start = _start(len(items))
    return {
        "waiting": waiting,
        "items": items[start : start + PAGE],
        "total": len(items),
        "overdue": sum(item.is_overdue for item in items),
        "agencies": agencies,
        "filters": filters,
        "views": views,
        "query": _query(),
        "pages": {
            "previous": _page(start - PAGE) if start else "",
            "next": _page(start + PAGE) if start + PAGE < len(items) else "",
        },
        "acts": acts.TITLES,
    }


def _start(total: int) -> int:
    text = request.args.get("start", "")
    start = int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0
    return start if start < total else 0


def _query() -> str:
    kept = {name: request.args[name][:80].replace("\0", "") for name in FILTERS if request.args.get(name)}
    return urlencode(kept)[:500]


def _page(start: int) -> str:
    kept = f"{_query()}&" if _query() else ""
    return f"{url_for('.staff')}?{kept}start={max(start, 0)}"
