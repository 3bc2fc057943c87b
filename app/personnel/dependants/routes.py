"""A person's own dependants."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.personnel.benefit_plans.queries import regime_of
from app.personnel.dependants import queries, services
from app.personnel.dependants.forms import ClaimForm, EndForm, ProofForm
from app.personnel.serving import get_own
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, signed_in
from app.web.pages import render, save

bp = Blueprint("dependants", __name__)
ONE = "/my/benefits/dependants/<id('dpd'):dependant_id>"


@bp.get("/my/benefits/dependants")
@signed_in
def list_own() -> ResponseReturnValue:
    """List one's own dependants."""
    with reading() as session:
        employee = get_own(session, current_actor().id)
        rows = queries.list_own(session, employee.id)
        regime = regime_of(session, employee.agency_id)
    return render(rows=rows, regime=regime)


@bp.route("/my/benefits/dependants/new", methods=["GET", "POST"])
@signed_in
def create() -> ResponseReturnValue:
    """Name a dependant."""
    actor, form = current_actor(), ClaimForm()
    with reading() as session:
        regime = regime_of(session, get_own(session, actor.id).agency_id)
    if form.validate_on_submit():
        claim = form.claim(form.keep())
        if save(
            form,
            lambda session: services.claim_dependant(session, claim=claim, actor=actor, at=clock.now()).id,
        ):
            flash("Added. The office looks at the proof and tells you by mail.", "success")
            return redirect(url_for(".list_own"), 303)
    return render(form=form, regime=regime)


@bp.route(f"{ONE}/proof", methods=["GET", "POST"])
@signed_in
def add_evidence(dependant_id: str) -> ResponseReturnValue:
    """Hand in the proof of a dependant."""
    actor, form = current_actor(), ProofForm()
    with reading() as session:
        dependant = queries.get_own(session, dependant_id, get_own(session, actor.id).id)
    if form.validate_on_submit():
        proof = form.kept
        if save(
            form,
            lambda session: services.add_evidence(
                session, dependant_id=dependant_id, proof=proof, actor=actor, at=clock.now()
            ),
        ):
            flash("Proof handed in.", "success")
            return redirect(url_for(".list_own"), 303)
    return render(form=form, dependant=dependant)


@bp.route(f"{ONE}/end", methods=["GET", "POST"])
@signed_in
def end(dependant_id: str) -> ResponseReturnValue:
    """Take a dependant off the list."""
    actor, form = current_actor(), EndForm()
    with reading() as session:
        dependant = queries.get_own(session, dependant_id, get_own(session, actor.id).id)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.end_dependant(
            session, dependant_id=dependant_id, reason=form.reason.data, actor=actor, at=clock.now()
        ),
    ):
        flash("Taken off the list.", "success")
        return redirect(url_for(".list_own"), 303)
    return render(form=form, dependant=dependant)
