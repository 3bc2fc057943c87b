"""Saved searches over HTTP: a person's own, and the link that ends their mail without signing in."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.platform import clock
from app.platform.db import reading, transaction
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.recruitment.postings import listing
from app.recruitment.saved_searches import letters, queries, services, wording
from app.recruitment.saved_searches.forms import EditSearchForm, SavedSearchForm
from app.recruitment.saved_searches.states import Frequency
from app.web import navigation
from app.web.access import current_actor, public, signed_in
from app.web.pages import act, render, save

bp = Blueprint("saved_searches", __name__)
navigation.add(say("Saved searches"), "recruitment.saved_searches.list_own", area="mine", order=45)
OWN = "/my/saved-searches/<id('ssr'):search_id>"


@bp.route("/saved-searches/new", methods=["GET", "POST"])
@signed_in
def create() -> ResponseReturnValue:
    """Save the search that this address holds."""
    actor = current_actor()
    with reading() as session:
        _, wanted, openness = listing.read_search(session, clock.now())
        query = wanted.parameters() | ({"mine": "y"} if openness else {})
        described = wording.describe(session, query)
    form = SavedSearchForm(data={"name": wording.suggest_name(described), "frequency": Frequency.DAILY})
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.create_search(
                session,
                name=form.name.data,
                query=query,
                frequency=Frequency(form.frequency.data),
                actor=actor,
                at=clock.now(),
            ).id
        ),
    ):
        flash(say("Your search is saved. We mail you when a new vacancy fits it."), "success")
        return redirect(url_for(".list_own"), 303)
    back = url_for("recruitment.postings.search") + ("?" + urlencode(query) if query else "")
    return render(form=form, described=described, back=back)


@bp.get("/my/saved-searches")
@signed_in
def list_own() -> ResponseReturnValue:
    """List a person's searches."""
    with reading() as session:
        searches = queries.list_own(session, current_actor())
        told = queries.count_told(session, [search.id for search in searches])
        described = {search.id: wording.describe(session, search.query) for search in searches}
    return render(searches=searches, told=told, described=described, most=services.MOST_SEARCHES)


@bp.route(f"{OWN}/edit", methods=["GET", "POST"])
@signed_in
def edit(search_id: str) -> ResponseReturnValue:
    """Rename a search, or change when it mails."""
    actor = current_actor()
    with reading() as session:
        search = queries.get_own(session, search_id, actor)
        described = wording.describe(session, search.query)
    form = EditSearchForm(obj=search)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.edit_search(
            session,
            search_id=search_id,
            name=form.name.data,
            frequency=Frequency(form.frequency.data),
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash(say("Your search is changed."), "success")
        return redirect(url_for(".list_own"), 303)
    return render(form=form, search=search, described=described)


@bp.post(f"{OWN}/pause")
@signed_in
def pause(search_id: str) -> ResponseReturnValue:
    """Send no mail for now."""
    return _act(services.pause_search, search_id, say("No mail is sent about this search for now."))


@bp.post(f"{OWN}/resume")
@signed_in
def resume(search_id: str) -> ResponseReturnValue:
    """Send mail again."""
    return _act(services.resume_search, search_id, say("Mail is sent about this search again."))


@bp.post(f"{OWN}/delete")
@signed_in
def delete(search_id: str) -> ResponseReturnValue:
    """Delete a search; the list offers to undo it."""
    return _act(
        services.delete_search, search_id, say("The search is deleted. You can undo this for 7 days.")
    )


@bp.post(f"{OWN}/restore")
@signed_in
def restore(search_id: str) -> ResponseReturnValue:
    """Undo deleting a search."""
    return _act(services.restore_search, search_id, say("The search is back. It is paused."))


@bp.route("/saved-searches/<id('ssr'):search_id>/unsubscribe/<signature>", methods=["GET", "POST"])
@public
def unsubscribe(search_id: str, signature: str) -> ResponseReturnValue:
    """End the mail about a search: asked by GET, done by POST, by one click of a mail program also."""
    if not letters.is_signed(search_id, signature):
        raise NotFound(say("This link is not complete. Copy the whole link from the mail."))
    is_done = request.method == "POST"
    with transaction() as session:
        if is_done:
            services.unsubscribe(session, search_id=search_id, actor=current_actor(), at=clock.now())
        search = queries.get_search(session, search_id)
    return render(name=search.name, is_done=is_done)


def _act(service: object, search_id: str, done: str) -> ResponseReturnValue:
    actor = current_actor()
    return act(
        lambda session: service(session, search_id=search_id, actor=actor, at=clock.now()),  # type: ignore[operator]
        done=done,
        then=url_for(".list_own"),
    )
