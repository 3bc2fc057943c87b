"""Trying other rules on a list, for the staff: a preview that touches nothing, and trials that were kept."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.exams import rulebooks
from app.exams.examinations.models import Examination
from app.exams.listing import asked_place
from app.exams.merit_lists.queries import get_list
from app.exams.sandboxes import queries, rules, services
from app.exams.sandboxes.forms import KeepForm, trial_form
from app.exams.sandboxes.previewing import load_preview
from app.exams.sandboxes.rules import Wanted
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.forms import FilterForm
from app.web.pages import render, save

bp = Blueprint("sandboxes", __name__)
NAMED = 20


@bp.route("/staff/merit-lists/<id('lst'):list_id>/sandbox", methods=["GET", "POST"])
@requires("exams.sandboxes.try_out")
def try_out(list_id: str) -> ResponseReturnValue:
    """Try other weights, minimums and vacancies on a list; what is tried stands in the address."""
    actor, keep = current_actor(), KeepForm()
    with reading() as session:
        merit_list = get_list(session, list_id, actor)
        basis, kept = queries.load_basis(session, merit_list), queries.list_kept(session, list_id)
    form, wanted = _wanted(merit_list.examination)

    def change(session: Session) -> str:
        purpose = keep.purpose.data
        return services.keep_trial(
            session, list_id=list_id, wanted=wanted, purpose=purpose, actor=actor, at=clock.now()
        ).id

    if not form.errors and keep.validate_on_submit() and save(keep, change):
        flash("Trial kept. The list itself is as it was.", "success")
        return redirect(url_for(".show", sandbox_id=keep.saved), 303)
    preview = {} if form.errors else load_preview(merit_list, basis, wanted, actor)
    sight: dict[str, Any] = {"merit_list": merit_list, "examination": merit_list.examination, "kept": kept}
    return render(form=keep, filters=form, **sight, **preview)


def _wanted(examination: Examination) -> tuple[FilterForm, Wanted]:
    """Read from the address what is tried; the rulebook's own numbers until a form was sent."""
    dials = rules.dials(rulebooks.read(examination.rulebook_text, examination.rulebook_digest))
    form = trial_form(dials, examination.posting.openings)
    typed = {dial.name: form[dial.name].data for dial in dials}
    today = clock.local_date(clock.now(), examination.agency.time_zone)
    return form, Wanted(dials, typed, form["vacancies"].data or 0, today, asked_place("after"))


@bp.get("/staff/sandboxes/<id('sbx'):sandbox_id>")
@requires("exams.sandboxes.show")
def show(sandbox_id: str) -> ResponseReturnValue:
    """Show a trial that was kept: what was tried, by whom and why, and what came out."""
    with reading() as session:
        sandbox = queries.get_sandbox(session, sandbox_id, current_actor())
    examination = sandbox.merit_list.examination
    dials = rules.dials(rulebooks.read(examination.rulebook_text, examination.rulebook_digest))
    again = sandbox.changes["dials"] | {"vacancies": sandbox.changes["vacancies"] or ""}
    return render(
        sandbox=sandbox, merit_list=sandbox.merit_list, examination=examination, dials=dials, again=again
    )
