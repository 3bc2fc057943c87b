"""The agencies that hire, over HTTP, for system administrators."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.accounts.agencies import services
from app.accounts.agencies.forms import AgencyForm
from app.accounts.queries import get_agency, list_agencies_for
from app.accounts.routes import bp
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.pages import render, save


@bp.get("/staff/agencies")
@requires("accounts.list_agencies")
def list_agencies() -> ResponseReturnValue:
    """List the agencies."""
    with reading() as session:
        agencies = list_agencies_for(session, current_actor(), "accounts.list_agencies")
    return render(agencies=agencies)


@bp.route("/staff/agencies/new", methods=["GET", "POST"])
@requires("accounts.add_agency")
def add_agency() -> ResponseReturnValue:
    """Add an agency."""
    form, actor = AgencyForm(), current_actor()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.add_agency(session, values=form.values(), actor=actor, at=clock.now()),
    ):
        flash("The agency is added.", "success")
        return redirect(url_for(".list_agencies"), 303)
    return render(form=form)


@bp.route("/staff/agencies/<id('agy'):agency_id>/edit", methods=["GET", "POST"])
@requires("accounts.edit_agency")
def edit_agency(agency_id: str) -> ResponseReturnValue:
    """Edit an agency's particulars."""
    actor = current_actor()
    with reading() as session:
        agency = get_agency(session, agency_id)
    form = AgencyForm(obj=agency)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.edit_agency(
            session, agency_id=agency_id, values=form.values(), actor=actor, at=clock.now()
        ),
    ):
        flash("The agency is saved.", "success")
        return redirect(url_for(".list_agencies"), 303)
    return render(form=form, agency=agency)
