"""Relations and recusals for the exam office."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.exams.assignments.queries import count_unfilled, list_recusals
from app.exams.panels.queries import get_panel, get_relation
from app.exams.recusals import services
from app.exams.recusals.forms import RecuseForm, SettleForm
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("recusals", __name__)
PANEL = "/staff/panels/<id('pnl'):panel_id>/recusals"


@bp.get(PANEL)
@requires("exams.recusals.list_staff")
def list_staff(panel_id: str) -> ResponseReturnValue:
    """List what members declared and who is kept from whom."""
    with reading() as session:
        panel = get_panel(session, panel_id, current_actor(), permission="exams.recusals.list_staff")
        recusals = list_recusals(session, panel_id)
        unfilled = count_unfilled(session, panel)
    return render(panel=panel, examination=panel.examination, recusals=recusals, unfilled=unfilled)


@bp.route(f"{PANEL}/new", methods=["GET", "POST"])
@requires("exams.recusals.create")
def create(panel_id: str) -> ResponseReturnValue:
    """Keep a rater from a candidate."""
    actor, form = current_actor(), RecuseForm()
    with reading() as session:
        panel = get_panel(session, panel_id, actor, permission="exams.recusals.create")
    form.offer(panel.members)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.recuse_member(
            session,
            panel_id=panel_id,
            member_id=form.member.data,
            number=form.number.data,
            reason=form.reason.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("The rater is kept from this candidate.", "success")
        return redirect(url_for(".list_staff", panel_id=panel_id), 303)
    return render(form=form, panel=panel, examination=panel.examination)


@bp.route("/staff/panel-relations/<id('prl'):relation_id>", methods=["GET", "POST"])
@requires("exams.recusals.settle")
def settle(relation_id: str) -> ResponseReturnValue:
    """Say whether somebody whom a rater named is a candidate."""
    actor, form, permission = current_actor(), SettleForm(), "exams.recusals.settle"
    with reading() as session:
        relation = get_relation(session, relation_id, actor, permission=permission)
        panel = get_panel(session, relation.member.panel_id, actor, permission=permission)
    if form.validate_on_submit():
        if form.outcome.data == "yes" and not form.number.data:
            form.number.errors = ["Enter the candidate's number"]
        elif save(
            form,
            lambda session: services.settle_relation(
                session,
                relation_id=relation_id,
                number=form.number.data if form.outcome.data == "yes" else "",
                actor=actor,
                at=clock.now(),
            ),
        ):
            flash("Saved.", "success")
            return redirect(url_for(".list_staff", panel_id=panel.id), 303)
    return render(form=form, relation=relation, panel=panel, examination=panel.examination)
