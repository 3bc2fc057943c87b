"""Dates of birth for those who may see them, and retirements due for those who plan."""

from __future__ import annotations

import datetime as dt
from typing import cast

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts.queries import list_agencies_for
from app.personnel import desk
from app.personnel.employees.queries import get_employee
from app.personnel.retirements import pictures, queries, services
from app.personnel.retirements.forms import BirthForm, DueForm
from app.personnel.retirements.pictures import Retirements
from app.personnel.retirements.routes import bp
from app.platform import clock
from app.platform.actors import Actor
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.pages import render, save

__all__ = ["bp"]
SHOW = "personnel.retirements.show_record"
desk.add_record("Birth date and retirement", SHOW, order=88)


@bp.get("/staff/employees/<id('emp'):employee_id>/retirement")
@requires(SHOW)
def show_record(employee_id: str) -> ResponseReturnValue:
    """Show somebody's date of birth and the ways into retirement."""
    actor = current_actor()
    with reading() as session:
        employee = get_employee(session, employee_id, actor, SHOW)
        birth = queries.find_birth(session, employee.id)
        today = clock.local_date(clock.now(), employee.agency.time_zone)
        system, ways = queries.list_ways(session, employee, today)
    return render(employee=employee, birth=birth, system=system, ways=ways, today=today)


@bp.route("/staff/employees/<id('emp'):employee_id>/birth-date", methods=["GET", "POST"])
@requires(services.EDIT)
def edit(employee_id: str) -> ResponseReturnValue:
    """Enter or correct somebody's date of birth."""
    actor = current_actor()
    with reading() as session:
        employee = get_employee(session, employee_id, actor, services.EDIT)
        form = BirthForm(obj=queries.find_birth(session, employee_id))
    if form.validate_on_submit() and save(
        form,
        lambda session: services.record_birth(
            session,
            employee_id=employee_id,
            born_on=cast(dt.date, form.born_on.data),
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("The date of birth is saved.", "success")
        return redirect(url_for(".show_record", employee_id=employee_id), 303)
    return render(form=form, employee=employee)


@bp.get("/staff/workforce/retirements")
@requires(queries.DUE)
def show_due() -> ResponseReturnValue:
    """Show how many come to retirement when, by agency and by grade."""
    with reading() as session:
        filters, found = count(session, current_actor())
    return render(filters=filters, found=found, drawn=pictures.draw(found), headings=pictures.HEADINGS)


def count(session: Session, actor: Actor) -> tuple[DueForm, Retirements]:
    """Count the retirements due in the agencies that the address narrows the page to."""
    agencies = list_agencies_for(session, actor, queries.DUE)
    filters = DueForm(choices={"agency": [(agency.id, agency.name) for agency in agencies]})
    today = clock.now().date()
    return filters, pictures.count(queries.load_due(session, actor, today, filters.agency.data or ""), today)
