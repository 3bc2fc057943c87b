"""Deciding on merit lists for the staff: drafted, approved by another person, published or given up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.exams import rulebooks
from app.exams.examinations.queries import get_examination
from app.exams.merit_lists import preparing, queries, services
from app.exams.merit_lists.forms import ApproveForm, DiscardForm, DraftForm, PublishForm
from app.exams.merit_lists.routes import bp
from app.exams.merit_lists.staff_routes import list_sight
from app.exams.publications import holding
from app.exams.readiness import gates
from app.exams.readiness.queries import load_figures
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.pages import render, save


@bp.route("/staff/examinations/<id('exm'):examination_id>/merit-lists/new", methods=["GET", "POST"])
@requires("exams.merit_lists.draft")
def draft(examination_id: str) -> ResponseReturnValue:
    """Score and rank what is stored, as a draft."""
    actor, form, sight = current_actor(), DraftForm(), _plan(examination_id)
    form.ask(for_seed=sight["asks_seed"], for_reason=sight["published"] is not None)

    def change(session: Session) -> str:
        typed = {"seed": form.seed.data, "reason": form.reason.data}
        return services.draft_list(
            session, examination_id=examination_id, **typed, actor=actor, at=clock.now()
        ).id

    def prepare(session: Session) -> None:
        preparing.prepare_draft(session, examination_id, form.seed.data or "", actor)

    if form.validate_on_submit() and _save_ahead(form, prepare, change):
        flash("List drafted. A second person has to approve it.", "success")
        return redirect(url_for(".show", list_id=form.saved), 303)
    return render(form=form, **sight)


@bp.route("/staff/merit-lists/<id('lst'):list_id>/approve", methods=["GET", "POST"])
@requires("exams.merit_lists.approve")
def approve(list_id: str) -> ResponseReturnValue:
    """Approve a draft that somebody else made."""
    return _decide(list_id, ApproveForm(), services.approve_list, "List approved. It can be published now.")


@bp.route("/staff/merit-lists/<id('lst'):list_id>/publish", methods=["GET", "POST"])
@requires("exams.merit_lists.publish")
def publish(list_id: str) -> ResponseReturnValue:
    """Publish an approved list."""
    held = holding.current()
    done = "List published. Letters leave when the time to undo is over." if held else "List published."
    return _decide(list_id, PublishForm(), services.publish_list, done)


@bp.route("/staff/merit-lists/<id('lst'):list_id>/discard", methods=["GET", "POST"])
@requires("exams.merit_lists.discard")
def discard(list_id: str) -> ResponseReturnValue:
    """Give up a list that was not published."""
    form = DiscardForm()
    return _decide(
        list_id, form, services.discard_list, "List discarded. It stays on record.", reason=form.reason.data
    )


def _decide(list_id: str, form: Any, service: Any, done: str, **values: Any) -> ResponseReturnValue:
    """Answer a page with one decision on a list: the form, or the act and the way back."""
    actor = current_actor()

    def change(session: Session) -> str:
        return str(service(session, list_id=list_id, actor=actor, at=clock.now(), **values).id)

    def prepare(session: Session) -> None:
        if service is not services.discard_list:
            is_last = service is services.publish_list
            preparing.prepare_decision(session, list_id, actor, publishes=is_last)

    if form.validate_on_submit() and _save_ahead(form, prepare, change):
        flash(done, "success")
        return redirect(url_for(".show", list_id=list_id), 303)
    with reading() as session:
        merit_list = queries.get_list(session, list_id, actor)
        blocks = gates.list_blocks(session, merit_list.examination, clock.now())
    return render(form=form, blocks=blocks, hold=holding.current(), **list_sight(merit_list))


def _save_ahead(form: Any, prepare: Callable[[Session], None], change: Callable[[Session], str]) -> bool:
    """Save as `save` does, with what takes long worked out before the transaction."""
    with preparing.ahead():
        with reading() as session:
            prepare(session)
        return save(form, change)


def _plan(examination_id: str) -> dict[str, Any]:
    """Give what the page of a draft shows of the examination, and what it has to ask for."""
    with reading() as session:
        examination = get_examination(
            session, examination_id, current_actor(), permission="exams.merit_lists.draft"
        )
        figures = load_figures(session, examination)
        published = queries.find_published(session, examination_id)
        seed = queries.find_first_seed(session, examination_id)
        blocks = gates.list_blocks(session, examination, clock.now())
    book = rulebooks.read(examination.rulebook_text, examination.rulebook_digest)
    return {
        "examination": examination,
        "figures": figures,
        "published": published,
        "blocks": blocks,
        "asks_seed": book.order.needs_seed and seed is None,
        "sentences": rulebooks.sentences(book),
    }
