"""Publications for the staff: undoing one in time, and what public lists show of people."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts.queries import get_agency
from app.exams.merit_lists.queries import get_list
from app.exams.publications import queries, services
from app.exams.publications.forms import PolicyForm, UndoForm, policy_data
from app.exams.publications.undoing import undo_publication
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("publications", __name__)


@bp.route("/staff/merit-lists/<id('lst'):list_id>/undo", methods=["GET", "POST"])
@requires("exams.publications.undo")
def undo(list_id: str) -> ResponseReturnValue:
    """Take a published list back while its letters are held."""
    actor, form = current_actor(), UndoForm()

    def change(session: Session) -> str:
        return undo_publication(
            session, list_id=list_id, reason=form.reason.data, actor=actor, at=clock.now()
        ).id

    if form.validate_on_submit() and save(form, change):
        flash("The publication is undone. No letter has left; the list is an approved one again.", "success")
        return redirect(url_for("exams.merit_lists.show", list_id=list_id), 303)
    with reading() as session:
        merit_list = get_list(session, list_id, actor)
        publication = queries.find_live(session, list_id)
    examination = merit_list.examination
    return render(form=form, merit_list=merit_list, examination=examination, publication=publication)


@bp.route("/staff/agencies/<id('agy'):agency_id>/public-lists", methods=["GET", "POST"])
@requires("exams.publications.set_policy")
def set_policy(agency_id: str) -> ResponseReturnValue:
    """Decide whether an agency's public lists name people."""
    actor = current_actor()
    actor.demand("exams.publications.set_policy", agency_id)
    with reading() as session:
        agency = get_agency(session, agency_id)
        policy = queries.find_policy(session, agency_id)
    form = PolicyForm(data=policy_data(policy))

    def change(session: Session) -> str:
        shows_names = form.shows_names.data == "names"
        typed = {"shows_names": shows_names, "basis": form.basis.data}
        return services.set_policy(
            session, agency_id=agency_id, **typed, actor=actor, at=clock.now()
        ).agency_id

    if form.validate_on_submit() and save(form, change):
        flash("Saved. It holds for every public list of the agency from now on.", "success")
        return redirect(url_for("exams.merit_lists.list_staff"), 303)
    return render(form=form, agency=agency, policy=policy)
