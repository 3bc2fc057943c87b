"""Development plans of the people whom somebody leads: agreed and looked back on."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.personnel import desk
from app.personnel.development_plans import queries, services
from app.personnel.development_plans.forms import AnswerForm, ReviewForm
from app.personnel.development_plans.routes import bp
from app.personnel.employees.models import Employee
from app.personnel.team.queries import get_member
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, signed_in
from app.web.pages import render, save

__all__ = ["bp"]
ONE = "/my/team/development/<id('dvp'):plan_id>"


def say_led(session: Session, employee: Employee) -> str:
    """Say how the latest plan that is no draft stands."""
    plans = queries.list_plans(session, employee.id, with_drafts=False)
    return f"{plans[0].state.title}." if plans else "No plan yet."


desk.add_team("Development plan", "personnel.development_plans.list_team", order=44, told=say_led)


@bp.get("/my/team/<id('emp'):employee_id>/development")
@signed_in
def list_team(employee_id: str) -> ResponseReturnValue:
    """List the plans of somebody of the team that are no drafts."""
    with reading() as session:
        employee = get_member(session, employee_id, current_actor())
        plans = queries.list_plans(session, employee.id, with_drafts=False)
    return render(employee=employee, plans=plans)


@bp.route(ONE, methods=["GET", "POST"])
@signed_in
def answer(plan_id: str) -> ResponseReturnValue:
    """Read a plan, and agree to it or send it back."""
    actor, form = current_actor(), AnswerForm()
    with reading() as session:
        plan = queries.get_led(session, plan_id, actor)
    employee_id = plan.employee_id
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.answer_plan(
                session,
                plan_id=plan_id,
                agrees=form.decision.data == "agree",
                remark=form.remark.data,
                actor=actor,
                at=clock.now(),
            ).id
        ),
    ):
        flash("Answered. The person is told by mail.", "success")
        return redirect(url_for(".list_team", employee_id=employee_id), 303)
    return render(form=form, plan=plan)


@bp.route(f"{ONE}/review", methods=["GET", "POST"])
@signed_in
def review(plan_id: str) -> ResponseReturnValue:
    """Look back on an agreed plan."""
    actor, form = current_actor(), ReviewForm()
    with reading() as session:
        plan = queries.get_led(session, plan_id, actor)
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.review_plan(
                session, plan_id=plan_id, review=form.review.data, actor=actor, at=clock.now()
            ).id
        ),
    ):
        flash("Closed. The person is told by mail.", "success")
        return redirect(url_for(".answer", plan_id=plan_id), 303)
    return render(form=form, plan=plan)
