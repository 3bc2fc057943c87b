"""A person's own plans, and those of the people in one's charge."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.personnel import desk
from app.personnel.employees.models import Employee
from app.personnel.employees.queries import find_own_employee
from app.personnel.improvement.queries import list_improvements_of
from app.personnel.performance import queries
from app.personnel.performance_plans import services, sight
from app.personnel.performance_plans.forms import ElementForm, ProgressForm, SelfForm
from app.personnel.ratings.queries import map_ratings
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, signed_in
from app.web.pages import act, render, save

bp = Blueprint("performance_plans", __name__)
OWN = "/my/performance/<id('ppl'):plan_id>"
TEAM = "/my/team/performance/<id('ppl'):plan_id>"


def say_plan(session: Session, employee: Employee) -> str:
    """Say how the plan in force stands, in a line."""
    plan = queries.find_current_plan(session, employee.id)
    return f"{plan.cycle.title}: {plan.state.title.lower()}" if plan else ""


desk.add_own("Performance", "personnel.performance_plans.list_own", order=30, told=say_plan)
desk.add_team("Performance", "personnel.performance_plans.list_team", order=30, told=say_plan)


@bp.get("/my/performance")
@signed_in
def list_own() -> ResponseReturnValue:
    """List a person's own plans, ratings and improvement plans."""
    with reading() as session:
        employee = find_own_employee(session, current_actor().id)
        plans = queries.list_plans_of(session, employee.id, with_drafts=False) if employee else []
        improvements = list_improvements_of(session, employee.id) if employee else []
        ratings = map_ratings(session, [plan.id for plan in plans])
    return render(plans=plans, ratings=ratings, improvements=improvements)


@bp.get(OWN)
@signed_in
def show_own(plan_id: str) -> ResponseReturnValue:
    """Show a person's own plan with everything about it."""
    with reading() as session:
        plan = queries.get_own_plan(session, plan_id, current_actor())
        seen = sight.load(session, plan, with_unapproved=False)
    return render(**seen)


@bp.post(f"{OWN}/acknowledge")
@signed_in
def acknowledge(plan_id: str) -> ResponseReturnValue:
    """Note that the own plan was read."""
    return act(
        lambda session: services.acknowledge_plan(
            session, plan_id=plan_id, actor=current_actor(), at=clock.now()
        ),
        done="Noted that you have read your plan.",
        then=url_for(".show_own", plan_id=plan_id),
    )


@bp.route(f"{OWN}/self-assessment", methods=["GET", "POST"])
@signed_in
def assess(plan_id: str) -> ResponseReturnValue:
    """Say something about the own work."""
    actor = current_actor()
    with reading() as session:
        plan = queries.get_own_plan(session, plan_id, actor)
    form = SelfForm(data={"narrative": plan.self_assessment.narrative if plan.self_assessment else ""})
    if form.validate_on_submit() and save(
        form,
        lambda session: services.assess_self(
            session, plan_id=plan_id, narrative=form.narrative.data, actor=actor, at=clock.now()
        ),
    ):
        flash("Your self-assessment is kept. You can change it until your plan is rated.", "success")
        return redirect(url_for(".show_own", plan_id=plan_id), 303)
    return render(form=form, plan=plan)


@bp.get("/my/team/<id('emp'):employee_id>/performance")
@signed_in
def list_team(employee_id: str) -> ResponseReturnValue:
    """Show the performance of somebody in one's charge: plans, improvement, increases, awards."""
    with reading() as session:
        employee = queries.get_charge(session, employee_id, current_actor(), services.EDIT)
        seen = sight.load_record(session, employee, with_unapproved=True)
    return render(**seen)


@bp.get(TEAM)
@signed_in
def show_team(plan_id: str) -> ResponseReturnValue:
    """Show the plan of somebody in one's charge, with what can be done on it."""
    return render(**_team(plan_id))


@bp.route(f"{TEAM}/elements", methods=["GET", "POST"])
@signed_in
def edit(plan_id: str) -> ResponseReturnValue:
    """Write a plan: add an element, and see those that stand."""
    form = ElementForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.add_element(
                session, plan_id=plan_id, element=form.element(), actor=current_actor(), at=clock.now()
            ).id
        ),
    ):
        flash("Element added.", "success")
        return redirect(url_for(".edit", plan_id=plan_id), 303)
    return render(form=form, **_team(plan_id))


@bp.post(f"{TEAM}/elements/<id('pel'):element_id>/remove")
@signed_in
def remove_element(plan_id: str, element_id: str) -> ResponseReturnValue:
    """Take an element out of a plan that is being written."""
    return act(
        lambda session: services.remove_element(
            session, plan_id=plan_id, element_id=element_id, actor=current_actor(), at=clock.now()
        ),
        done="Element removed.",
        then=url_for(".edit", plan_id=plan_id),
    )


@bp.post(f"{TEAM}/copy")
@signed_in
def copy(plan_id: str) -> ResponseReturnValue:
    """Copy the elements of the person's last plan."""
    return act(
        lambda session: services.copy_elements(
            session, plan_id=plan_id, actor=current_actor(), at=clock.now()
        ),
        done="The elements of the last plan are copied. Look at each of them.",
        then=url_for(".edit", plan_id=plan_id),
    )


@bp.post(f"{TEAM}/issue")
@signed_in
def issue(plan_id: str) -> ResponseReturnValue:
    """Give a plan to the employee."""
    return act(
        lambda session: services.issue_plan(session, plan_id=plan_id, actor=current_actor(), at=clock.now()),
        done="The plan is given to the employee, who is told by mail.",
        then=url_for(".show_team", plan_id=plan_id),
    )


@bp.route(f"{TEAM}/progress", methods=["GET", "POST"])
@signed_in
def add_progress(plan_id: str) -> ResponseReturnValue:
    """Write down a talk about the work so far."""
    form = ProgressForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.add_progress(
                session,
                plan_id=plan_id,
                held_on=cast(dt.date, form.held_on.data),
                narrative=form.narrative.data,
                actor=current_actor(),
                at=clock.now(),
            ).id
        ),
    ):
        flash("Progress review kept.", "success")
        return redirect(url_for(".show_team", plan_id=plan_id), 303)
    return render(form=form, **_team(plan_id))


def _team(plan_id: str) -> dict[str, Any]:
    with reading() as session:
        plan = queries.get_team_plan(session, plan_id, current_actor(), services.EDIT)
        return sight.load(session, plan, with_unapproved=True)
