"""Corrections of submitted marks, by two officers."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.exams.mark_corrections import queries, services
from app.exams.mark_corrections.forms import CorrectionForm
from app.exams.marking.queries import load_marks
from app.exams.panels.queries import get_panel
from app.exams.panels.rules import write_units
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.pages import act, render, save

bp = Blueprint("mark_corrections", __name__)


@bp.get("/staff/panels/<id('pnl'):panel_id>/corrections")
@requires("exams.mark_corrections.list_staff")
def list_staff(panel_id: str) -> ResponseReturnValue:
    """List the corrections of a panel's marks."""
    with reading() as session:
        panel = get_panel(session, panel_id, current_actor(), permission="exams.mark_corrections.list_staff")
        corrections = queries.list_corrections(session, panel_id)
    return render(panel=panel, examination=panel.examination, corrections=corrections, write=write_units)


@bp.route("/staff/ratings/<id('asn'):assignment_id>/correct", methods=["GET", "POST"])
@requires("exams.mark_corrections.propose")
def propose(assignment_id: str) -> ResponseReturnValue:
    """Propose another mark."""
    actor, form, permission = current_actor(), CorrectionForm(), "exams.mark_corrections.propose"
    with reading() as session:
        rating = queries.get_submitted(session, assignment_id, actor, permission=permission)
        kept = load_marks(session, assignment_id)
    script, panel = rating.script, rating.script.panel
    form.offer(panel)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.propose_correction(
            session,
            assignment_id=assignment_id,
            criterion_id=form.criterion.data,
            mark=form.mark.data,
            reason=form.reason.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("The correction is proposed. Another officer decides.", "success")
        return redirect(url_for(".list_staff", panel_id=panel.id), 303)
    shown: dict[str, Any] = {"script": script, "panel": panel, "examination": panel.examination, "kept": kept}
    return render(form=form, write=write_units, **shown)


@bp.post("/staff/mark-corrections/<id('mkc'):correction_id>/decide")
@requires("exams.mark_corrections.decide")
def decide(correction_id: str) -> ResponseReturnValue:
    """Make a correction as a second person, or refuse it."""
    actor = current_actor()
    is_confirmed = request.form.get("decision") == "confirm"
    with reading() as session:
        permission = "exams.mark_corrections.decide"
        queries.get_correction(session, correction_id, actor, permission=permission)
        panel_id = queries.find_panel_id(session, correction_id)
    return act(
        lambda session: services.decide_correction(
            session, correction_id=correction_id, is_confirmed=is_confirmed, actor=actor, at=clock.now()
        ),
        done="The correction is made." if is_confirmed else "The correction is refused; the mark stays.",
        then=url_for(".list_staff", panel_id=panel_id),
    )
