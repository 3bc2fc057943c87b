"""An applicant's own offers."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.exams.offers import queries, services
from app.exams.offers.forms import AcceptForm, DeclineForm
from app.platform import clock
from app.platform.db import reading
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.web.access import current_actor, signed_in
from app.web.pages import render, save

bp = Blueprint("offers", __name__)


@bp.get("/my/applications/<id('app'):application_id>/offers")
@signed_in
def list_own(application_id: str) -> ResponseReturnValue:
    """Show the offers made on an application, and how to answer."""
    with reading() as session:
        offers = queries.list_own(session, application_id, current_actor())
    if not offers:
        raise NotFound(say("There is no offer for this application."))
    return render(offers=offers, application_id=application_id, at=clock.now())


@bp.route("/my/offers/<id('ofr'):offer_id>/accept", methods=["GET", "POST"])
@signed_in
def accept(offer_id: str) -> ResponseReturnValue:
    """Accept an offer."""
    actor, form = current_actor(), AcceptForm()
    with reading() as session:
        offer = queries.get_own(session, offer_id, actor)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.accept_offer(session, offer_id=offer_id, actor=actor, at=clock.now()),
    ):
        flash(say("You have accepted. The office will now appoint you and write to you."), "success")
        return redirect(url_for(".list_own", application_id=offer.entry.entry.application_id), 303)
    return render(form=form, offer=offer)


@bp.route("/my/offers/<id('ofr'):offer_id>/decline", methods=["GET", "POST"])
@signed_in
def decline(offer_id: str) -> ResponseReturnValue:
    """Decline an offer."""
    actor, form = current_actor(), DeclineForm()
    with reading() as session:
        offer = queries.get_own(session, offer_id, actor)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.decline_offer(
            session,
            offer_id=offer_id,
            code=form.code.data,
            words=form.words.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash(say("You have declined the offer."), "success")
        return redirect(url_for(".list_own", application_id=offer.entry.entry.application_id), 303)
    return render(form=form, offer=offer)
