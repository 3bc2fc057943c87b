"""A person's own increases within the grade, and those of the people in one's charge."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.personnel import desk
from app.personnel.employees.models import Employee
from app.personnel.employees.queries import find_own_employee
from app.personnel.ratings.queries import find_rating_of_record
from app.personnel.within_grade import queries, regimes, rules, services
from app.personnel.within_grade.forms import AskForm, DetermineForm
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, signed_in
from app.web.dates import format_date
from app.web.pages import render, save

bp = Blueprint("within_grade", __name__)


def find_next(session: Session, employee: Employee) -> rules.Due | None:
    """Compute a person's next step from the service on record."""
    today = clock.local_date(clock.now(), employee.agency.time_zone)
    served = queries.load_service(session, Employee.id == employee.id, today).get(employee.id, [])
    return rules.next_increase(queries.regime_of(session, employee.agency_id), served, today)


def say_next(session: Session, employee: Employee) -> str:
    """Say when the next step is due, in a line."""
    due = find_next(session, employee)
    return f"Step {due.from_step + 1} is due on {format_date(due.due_on)}" if due else ""


desk.add_own("Step increases", "personnel.within_grade.list_own", order=32, told=say_next)


@bp.get("/my/step-increases")
@signed_in
def list_own() -> ResponseReturnValue:
    """Show when a person's next step is due, and what became of those before."""
    with reading() as session:
        employee = find_own_employee(session, current_actor().id)
        rows = queries.list_increases_of(session, employee.id) if employee else []
        due = find_next(session, employee) if employee else None
        regime = queries.regime_of(session, employee.agency_id) if employee else None
    wait = regime.waits[due.from_step + 1] if due and regime else None
    return render(rows=rows, due=due, regime=regime, wait=wait)


@bp.route("/my/step-increases/<id('wgi'):increase_id>/reconsideration", methods=["GET", "POST"])
@signed_in
def ask(increase_id: str) -> ResponseReturnValue:
    """Ask that a denial is looked at again."""
    actor, form = current_actor(), AskForm()
    with reading() as session:
        row = queries.get_own_increase(session, increase_id, actor)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.ask_again(
            session, increase_id=increase_id, request=form.request.data, actor=actor, at=clock.now()
        ),
    ):
        flash("Your request is handed in. Somebody who took no part in the denial answers it.", "success")
        return redirect(url_for(".list_own"), 303)
    return render(form=form, row=row, regime=regimes.find(row.regime))


@bp.route("/my/team/step-increases/<id('wgi'):increase_id>", methods=["GET", "POST"])
@signed_in
def determine(increase_id: str) -> ResponseReturnValue:
    """Say whether the work of somebody in one's charge is at an acceptable level of competence."""
    actor, form = current_actor(), DetermineForm()
    with reading() as session:
        row = queries.get_team_increase(session, increase_id, actor, "personnel.within_grade.determine")
        today = clock.local_date(clock.now(), row.agency.time_zone)
        rating = find_rating_of_record(session, row.employee_id, today)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.determine(
            session,
            increase_id=increase_id,
            is_acceptable=form.verdict.data == "acceptable",
            grounds=form.grounds.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Handed in. Another person decides.", "success")
        return redirect(url_for("personnel.performance_plans.list_team", employee_id=row.employee_id), 303)
    return render(form=form, row=row, rating=rating, regime=regimes.find(row.regime))
