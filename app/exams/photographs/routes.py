"""A person's own photograph."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.exams.photographs import queries, services
from app.exams.photographs.forms import PhotographForm
from app.platform import clock, storage, uploads
from app.platform.db import reading
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.web import navigation
from app.web.access import current_actor, safe_next, signed_in
from app.web.pages import act, download, render, save

bp = Blueprint("photographs", __name__)
navigation.add(say("My photograph"), "exams.photographs.show", area="mine", order=47)


@bp.route("/my/photograph", methods=["GET", "POST"])
@signed_in
def show() -> ResponseReturnValue:
    """Show the photograph, and take another."""
    actor, form = current_actor(), PhotographForm()
    with reading() as session:
        kept = queries.find_own(session, str(actor.id))
    if form.validate_on_submit():
        digest = uploads.keep(form.cropped)
        if save(
            form,
            lambda session: services.set_photograph(session, digest=digest, actor=actor, at=clock.now()).id,
        ):
            flash(say("Your photograph is saved. This is how it is printed."), "success")
            return redirect(safe_next(request.args.get("next")) or url_for(".show"), 303)
    return render(form=form, kept=kept)


@bp.get("/my/photograph/picture")
@signed_in
def picture() -> ResponseReturnValue:
    """Send a person their own photograph as it is printed."""
    with reading() as session:
        kept = queries.find_own(session, str(current_actor().id))
    if kept is None:
        raise NotFound(say("There is no photograph."))
    content = storage.current().get(kept.digest)
    return download(content, filename="photograph.jpg", media_type="image/jpeg", inline=True)


@bp.post("/my/photograph/remove")
@signed_in
def remove() -> ResponseReturnValue:
    """Take the photograph away."""
    return act(
        lambda session: services.remove_photograph(session, actor=current_actor(), at=clock.now()),
        done=say("Your photograph is removed."),
        then=url_for(".show"),
    )
