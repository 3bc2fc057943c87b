"""One's own development plan: written, proposed and done."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.personnel import desk
from app.personnel.competencies.queries import list_of_agency
from app.personnel.courses.queries import list_for_agency
from app.personnel.development_plans import queries, services
from app.personnel.development_plans.forms import ActivityForm, DoneForm, GoalForm, PlanForm
from app.personnel.employees.models import Employee
from app.personnel.serving import get_own
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, signed_in
from app.web.forms import named
from app.web.pages import act, render, save

bp = Blueprint("development_plans", __name__)
ONE = "/my/development/<id('dvp'):plan_id>"


def say_plan(session: Session, employee: Employee) -> str:
    """Say how the latest plan stands."""
    plans = queries.list_plans(session, employee.id, with_drafts=True)
    return f"{plans[0].state.title}." if plans else "No plan yet."


desk.add_own("Development plan", "personnel.development_plans.own", order=44, told=say_plan)


@bp.get("/my/development")
@signed_in
def own() -> ResponseReturnValue:
    """List one's own development plans."""
    with reading() as session:
        employee = get_own(session, current_actor().id)
        plans = queries.list_plans(session, employee.id, with_drafts=True)
    return render(employee=employee, plans=plans)


@bp.route("/my/development/create", methods=["GET", "POST"])
@signed_in
def create() -> ResponseReturnValue:
    """Begin a plan."""
    actor, form = current_actor(), PlanForm()
    with reading() as session:
        get_own(session, actor.id)
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.create_plan(
                session,
                starts_on=form.data["starts_on"],
                ends_on=form.data["ends_on"],
                actor=actor,
                at=clock.now(),
            ).id
        ),
    ):
        flash("Plan begun. Add your goals.", "success")
        return redirect(url_for(".show_own", plan_id=form.saved), 303)
    return render(form=form)


@bp.get(ONE)
@signed_in
def show_own(plan_id: str) -> ResponseReturnValue:
    """Show one's own plan."""
    with reading() as session:
        plan = queries.get_own(session, plan_id, current_actor().id)
    return render(plan=plan)


@bp.route(f"{ONE}/goals/add", methods=["GET", "POST"])
@signed_in
def add_goal(plan_id: str) -> ResponseReturnValue:
    """Add a goal."""
    actor = current_actor()
    with reading() as session:
        plan = queries.get_own(session, plan_id, actor.id)
        offered = named(list_of_agency(session, plan.agency_id))
    form = GoalForm(competencies=offered)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.add_goal(
            session, plan_id=plan_id, goal=form.goal.data, competency_id=form.competency.data or None,
            level=form.level.data, actor=actor, at=clock.now(),
        ).id,
    ):  # fmt: skip
        flash("Goal added. Say what you will do towards it.", "success")
        return redirect(url_for(".add_activity", plan_id=plan_id, goal_id=form.saved), 303)
    return render(form=form, plan=plan)


@bp.route(f"{ONE}/goals/<id('dvg'):goal_id>/activities/add", methods=["GET", "POST"])
@signed_in
def add_activity(plan_id: str, goal_id: str) -> ResponseReturnValue:
    """Add an activity to a goal."""
    actor = current_actor()
    with reading() as session:
        plan = queries.get_own(session, plan_id, actor.id)
        courses = [(one.id, one.title) for one in list_for_agency(session, plan.agency_id)]
    form = ActivityForm(courses=courses)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.add_activity(
            session, plan_id=plan_id, goal_id=goal_id, activity=form.activity.data,
            course_id=form.data["course"] or None, by_on=form.data["by_on"], actor=actor, at=clock.now(),
        ).id,
    ):  # fmt: skip
        flash("Activity added.", "success")
        return redirect(url_for(".show_own", plan_id=plan_id), 303)
    return render(form=form, plan=plan, goal=queries.get_goal(plan, goal_id))


@bp.post(f"{ONE}/goals/<id('dvg'):goal_id>/remove")
@signed_in
def remove_goal(plan_id: str, goal_id: str) -> ResponseReturnValue:
    """Take a goal out of a draft."""
    return act(
        lambda session: services.remove_goal(
            session, plan_id=plan_id, goal_id=goal_id, actor=current_actor(), at=clock.now()
        ),
        done="Goal removed.",
        then=url_for(".show_own", plan_id=plan_id),
    )


@bp.post(f"{ONE}/propose")
@signed_in
def propose(plan_id: str) -> ResponseReturnValue:
    """Agree to one's own plan and ask the supervisor to."""
    return act(
        lambda session: services.propose_plan(
            session, plan_id=plan_id, actor=current_actor(), at=clock.now()
        ),
        done="Proposed. Your supervisor reads it now.",
        then=url_for(".show_own", plan_id=plan_id),
    )


@bp.route(f"{ONE}/activities/<id('dva'):activity_id>/done", methods=["GET", "POST"])
@signed_in
def finish_activity(plan_id: str, activity_id: str) -> ResponseReturnValue:
    """Say when an activity was done."""
    actor, form = current_actor(), DoneForm()
    with reading() as session:
        plan = queries.get_own(session, plan_id, actor.id)
    activity = queries.get_activity(plan, activity_id)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.finish_activity(
            session, plan_id=plan_id, activity_id=activity_id, done_on=form.data["done_on"], actor=actor,
            at=clock.now(),
        ),
    ):  # fmt: skip
        flash("Saved.", "success")
        return redirect(url_for(".show_own", plan_id=plan_id), 303)
    return render(form=form, plan=plan, activity=activity)
