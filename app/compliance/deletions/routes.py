"""A person's own request for deletion."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.compliance.deletions import planning, queries, services
from app.compliance.deletions.forms import AskForm
from app.platform import clock
from app.platform.db import reading
from app.platform.sentences import say
from app.web.access import current_actor, signed_in
from app.web.pages import act, render, save

bp = Blueprint("deletions", __name__)


@bp.route("/my/data/delete", methods=["GET", "POST"])
@signed_in
def ask() -> ResponseReturnValue:
    """Show what would be deleted, what is kept, until when and why; then take the request."""
    actor, form = current_actor(), AskForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.ask_deletion(session, reason=form.reason.data, actor=actor, at=clock.now()).id
        ),
    ):
        flash(say("We have your request. Two officers look at it."), "success")
        return redirect(url_for(".ask"), 303)
    with reading() as session:
        plan = planning.make_plan(session, str(actor.id))
        waiting = queries.find_own_open(session, actor)
        earlier = [row for row in queries.list_own(session, actor) if row is not waiting]
    return render(form=form, plan=plan, waiting=waiting, earlier=earlier)


@bp.post("/my/data/delete/take-back")
@signed_in
def take_back() -> ResponseReturnValue:
    """Take one's own request back."""
    return act(
        lambda session: services.take_back(session, actor=current_actor(), at=clock.now()),
        done=say("Your request is taken back. Nothing was deleted."),
        then=url_for(".ask"),
    )
