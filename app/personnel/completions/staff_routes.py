"""A person's training record for the staff."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.personnel import desk
from app.personnel.completions import queries, services
from app.personnel.completions.forms import RecordForm
from app.personnel.course_enrolments.queries import list_of_employee
from app.personnel.course_enrolments.told import say_training
from app.personnel.courses.queries import list_for_agency
from app.personnel.employees.queries import get_employee
from app.personnel.mandatory_training.queries import list_own
from app.personnel.mandatory_training.rules import MANDATES, standing
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("completions", __name__)
desk.add_record("Training record", "personnel.completions.show_record", order=40, told=say_training)


@bp.get("/staff/employees/<id('emp'):employee_id>/training")
@requires("personnel.completions.show_record")
def show_record(employee_id: str) -> ResponseReturnValue:
    """Show what somebody must take, takes part in and has completed."""
    with reading() as session:
        employee = get_employee(session, employee_id, current_actor(), "personnel.completions.show_record")
        duties = list_own(session, employee.id)
        rows = list_of_employee(session, employee.id)
        done = queries.list_completions(session, employee.id)
    today = clock.local_date(clock.now(), employee.agency.time_zone)
    stands = {duty.id: standing(duty.due_on, duty.completed_on, today) for duty in duties}
    return render(employee=employee, duties=duties, stands=stands, mandates=MANDATES, rows=rows, done=done)


@bp.route("/staff/employees/<id('emp'):employee_id>/training/record", methods=["GET", "POST"])
@requires("personnel.completions.record")
def record(employee_id: str) -> ResponseReturnValue:
    """Put a course that somebody completed elsewhere on record."""
    actor = current_actor()
    with reading() as session:
        employee = get_employee(session, employee_id, actor, services.RECORD)
        courses = list_for_agency(session, employee.agency_id)
    form = RecordForm(courses=[(course.id, f"{course.title} ({course.code})") for course in courses])
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.record_completion(
                session,
                employee_id=employee_id,
                course_id=form.course.data,
                completed_on=form.data["completed_on"],
                evidence=form.evidence.data,
                actor=actor,
                at=clock.now(),
            ).id
        ),
    ):
        flash("On record.", "success")
        return redirect(url_for(".show_record", employee_id=employee_id), 303)
    return render(form=form, employee=employee)
