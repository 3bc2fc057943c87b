"""Claims to preference, for the officer who verifies them."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.platform import clock
from app.platform.db import reading
from app.recruitment.applications import queries
from app.recruitment.applications.states import ClaimState
from app.recruitment.claims import services
from app.recruitment.claims.forms import DecideForm
from app.recruitment.claims.routes import bp
from app.web.access import current_actor, requires
from app.web.pages import render, save


@bp.get("/staff/claims")
@requires("recruitment.claims.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the claims that nobody has decided yet."""
    with reading() as session:
        rows = queries.list_claims_to_decide(session, current_actor(), "recruitment.claims.list_staff")
    return render(rows=rows)


@bp.route("/staff/applications/<id('app'):application_id>/claims/<kind>", methods=["GET", "POST"])
@requires("recruitment.claims.decide")
def decide(application_id: str, kind: str) -> ResponseReturnValue:
    """Verify or refuse one claim, with a reason."""
    actor = current_actor()
    with reading() as session:
        application = queries.get_application(session, application_id, actor)
    actor.demand("recruitment.claims.decide", application.posting.agency_id)
    claim, form = services.get_claim(application, kind), DecideForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.decide_claim(
            session,
            application_id=application_id,
            kind=kind,
            state=ClaimState(form.state.data),
            reason=form.reason.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("The decision is saved.", "success")
        return redirect(url_for("recruitment.applications.show_staff", application_id=application_id), 303)
    return render(form=form, application=application, claim=claim)
