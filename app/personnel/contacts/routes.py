"""How an employee is reached: kept by the person, read by the office and by who leads the person."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.personnel import desk
from app.personnel.contacts import queries, services
from app.personnel.contacts.forms import ContactsForm
from app.personnel.employees.queries import get_employee
from app.personnel.serving import get_own
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, requires, signed_in
from app.web.pages import render, save

bp = Blueprint("contacts", __name__)
SHOW = "personnel.contacts.show"
desk.add_own(
    "Contact details and emergencies", "personnel.contacts.edit", order=90, told=queries.say_contacts
)
desk.add_record("Contact details and emergencies", SHOW, order=90)


@bp.route("/my/employment/contacts", methods=["GET", "POST"])
@signed_in
def edit() -> ResponseReturnValue:
    """Keep one's own contacts up to date."""
    actor = current_actor()
    with reading() as session:
        employee = get_own(session, actor.id)
        form = ContactsForm(obj=queries.find_contacts(session, employee.id))
    if form.validate_on_submit() and save(
        form,
        lambda session: services.set_own(session, contacts=form.values(), actor=actor, at=clock.now()),
    ):
        flash("Your contact details are saved.", "success")
        return redirect(url_for("personnel.employees.own"), 303)
    return render(form=form)


@bp.get("/staff/employees/<id('emp'):employee_id>/contacts")
@requires(SHOW)
def show(employee_id: str) -> ResponseReturnValue:
    """Show how an employee is reached."""
    with reading() as session:
        employee = get_employee(session, employee_id, current_actor(), SHOW)
        contacts = queries.find_contacts(session, employee_id)
    return render(employee=employee, contacts=contacts)
