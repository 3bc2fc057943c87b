"""One plan for the staff of an agency."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.personnel import desk, history
from app.personnel.employees.queries import get_employee
from app.personnel.performance import queries
from app.personnel.performance_plans import services, sight
from app.personnel.performance_plans.forms import VoidForm
from app.personnel.performance_plans.routes import bp, say_plan
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.pages import render, save

__all__ = ["bp"]
desk.add_record("Performance", "personnel.performance_plans.list_record", order=30, told=say_plan)
ONE = "/staff/performance/plans/<id('ppl'):plan_id>"


@bp.get("/staff/employees/<id('emp'):employee_id>/performance")
@requires("personnel.performance_plans.list_record")
def list_record(employee_id: str) -> ResponseReturnValue:
    """Show what is on record about a person's performance: plans, improvement, increases, awards."""
    actor = current_actor()
    with reading() as session:
        employee = get_employee(session, employee_id, actor, "personnel.performance_plans.list_record")
        seen = sight.load_record(session, employee, with_unapproved=employee.account_id != actor.id)
    return render(**seen)


@bp.get(ONE)
@requires("personnel.performance_plans.show_staff")
def show_staff(plan_id: str) -> ResponseReturnValue:
    """Show a plan with everything about it."""
    return render(**_sight(plan_id))


@bp.route(f"{ONE}/void", methods=["GET", "POST"])
@requires("personnel.performance_plans.void")
def void(plan_id: str) -> ResponseReturnValue:
    """Void a plan that will not be rated."""
    form = VoidForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.void_plan(
            session, plan_id=plan_id, reason=form.reason.data, actor=current_actor(), at=clock.now()
        ),
    ):
        flash("The plan is void.", "success")
        return redirect(url_for(".show_staff", plan_id=plan_id), 303)
    return render(form=form, **_sight(plan_id))


def _sight(plan_id: str) -> dict[str, Any]:
    with reading() as session:
        actor = current_actor()
        plan = queries.get_staff_plan(session, plan_id, actor)
        seen = sight.load(session, plan, with_unapproved=plan.employee.account_id != actor.id)
        about = [plan.id, *([seen["rating"].id] if seen["rating"] else [])]
        events = history.list_history(session, about)
    return seen | {"timeline": history.timeline(events, plan.agency.time_zone)}
