"""Competencies for people in service and those who lead them: looked at and assessed."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.personnel import desk
from app.personnel.competencies import pictures, queries, services
from app.personnel.competencies.forms import AssessForm
from app.personnel.competencies.told import say_gaps
from app.personnel.serving import get_own
from app.personnel.team.queries import get_member
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, signed_in
from app.web.pages import render, save

bp = Blueprint("competencies", __name__)
TEAM = "/my/team/<id('emp'):employee_id>/competencies"
desk.add_own("Competencies", "personnel.competencies.own", order=42, told=say_gaps)
desk.add_team("Competencies", "personnel.competencies.show_team", order=42, told=say_gaps)


@bp.get("/my/competencies")
@signed_in
def own() -> ResponseReturnValue:
    """Show one's own competencies against what the position asks."""
    with reading() as session:
        employee = get_own(session, current_actor().id)
        gaps = queries.load_gaps(session, employee)
        rows = queries.list_history(session, employee.id)
    return render(employee=employee, gaps=gaps, rows=rows, picture=pictures.draw_person(gaps))


@bp.route("/my/competencies/<id('cmp'):competency_id>", methods=["GET", "POST"])
@signed_in
def assess_own(competency_id: str) -> ResponseReturnValue:
    """Say at which level one sees oneself."""
    actor = current_actor()
    with reading() as session:
        employee = get_own(session, actor.id)
        competency = queries.get_competency_of(session, competency_id, employee.agency_id)
    form = AssessForm(competency=competency)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.assess(
            session, employee=employee, competency_id=competency_id, level=int(form.level.data),
            evidence=form.evidence.data, is_own=True, actor=actor, at=clock.now(),
        ).id,
    ):  # fmt: skip
        flash("Saved beside what your supervisor found.", "success")
        return redirect(url_for(".own"), 303)
    return render(form=form, competency=competency)


@bp.get(TEAM)
@signed_in
def show_team(employee_id: str) -> ResponseReturnValue:
    """Show the competencies of somebody of the team."""
    with reading() as session:
        employee = get_member(session, employee_id, current_actor())
        gaps = queries.load_gaps(session, employee)
        rows = queries.list_history(session, employee.id)
    return render(employee=employee, gaps=gaps, rows=rows, picture=pictures.draw_person(gaps))


@bp.route(f"{TEAM}/<id('cmp'):competency_id>", methods=["GET", "POST"])
@signed_in
def assess(employee_id: str, competency_id: str) -> ResponseReturnValue:
    """Assess somebody of the team in one competency."""
    actor = current_actor()
    with reading() as session:
        employee = get_member(session, employee_id, actor)
        competency = queries.get_competency_of(session, competency_id, employee.agency_id)
    form = AssessForm(competency=competency)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.assess(
            session, employee=employee, competency_id=competency_id, level=int(form.level.data),
            evidence=form.evidence.data, is_own=False, actor=actor, at=clock.now(),
        ).id,
    ):  # fmt: skip
        flash("Saved. The person sees it.", "success")
        return redirect(url_for(".show_team", employee_id=employee_id), 303)
    return render(form=form, employee=employee, competency=competency)
