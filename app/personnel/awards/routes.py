"""A person's own awards, and proposing one for somebody in one's charge."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.personnel import desk
from app.personnel.awards import letters, queries, rules, services
from app.personnel.awards.forms import NominateForm
from app.personnel.employees.models import Employee
from app.personnel.employees.queries import find_own_employee
from app.personnel.performance.queries import get_charge
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, signed_in
from app.web.amounts import plural
from app.web.pages import render, save

bp = Blueprint("awards", __name__)


def say_awards(session: Session, employee: Employee) -> str:
    """Say how many awards a person has, in a line."""
    count = len(queries.list_awards_of(session, employee.id, with_waiting=False))
    return plural(count, "award") if count else ""


desk.add_own("Awards", "personnel.awards.list_own", order=34, told=say_awards)


@bp.get("/my/awards")
@signed_in
def list_own() -> ResponseReturnValue:
    """List a person's own awards."""
    with reading() as session:
        employee = find_own_employee(session, current_actor().id)
        rows = queries.list_awards_of(session, employee.id, with_waiting=False) if employee else []
    return render(rows=rows, worth=letters.worth)


@bp.route("/my/team/<id('emp'):employee_id>/award", methods=["GET", "POST"])
@signed_in
def nominate(employee_id: str) -> ResponseReturnValue:
    """Propose an award for somebody in one's charge."""
    actor, form = current_actor(), NominateForm()
    with reading() as session:
        employee = get_charge(session, employee_id, actor, services.NOMINATE)
        regime = queries.regime_of(session, employee.agency_id)
        facts = queries.load_facts(session, employee, clock.now())
        counts_from = queries.step_counts_from(session, employee, clock.now())
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.nominate(
                session, employee_id=employee_id, asked=form.nomination(), actor=actor, at=clock.now()
            ).id
        ),
    ):
        flash("Award proposed. Another person decides.", "success")
        return redirect(url_for("personnel.performance_plans.list_team", employee_id=employee_id), 303)
    fault = rules.find_step_fault(regime, facts, counts_from)
    told: dict[str, Any] = {"facts": facts, "counts_from": counts_from, "step_fault": fault}
    return render(form=form, employee=employee, regime=regime, **told)
