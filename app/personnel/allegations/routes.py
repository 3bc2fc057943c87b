"""Allegations for whoever oversees them: taking in, naming the investigator, and what follows."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.personnel import desk, history
from app.personnel.allegations import queries, services
from app.personnel.allegations.forms import AllegationFilterForm, AllegationForm, AssignForm, CloseForm
from app.personnel.allegations.models import Allegation
from app.personnel.allegations.states import AllegationState, Source
from app.personnel.employees.queries import get_employee
from app.platform import clock
from app.platform.db import reading
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("allegations", __name__)
ONE = "/staff/allegations/<id('alg'):allegation_id>"
navigation.add("Allegations", "personnel.allegations.list_staff", area="staff", order=16)
desk.add_record("Take in an allegation", "personnel.allegations.record", order=75)


@bp.get("/staff/allegations")
@requires("personnel.allegations.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the allegations that the officer oversees or investigates, the newest first."""
    filters = AllegationFilterForm()
    state = AllegationState(filters.state.data) if filters.state.data else None
    with reading() as session:
        page = queries.list_allegations(session, current_actor(), state=state, cursor=listing.read_cursor())
    return render(filters=filters, page=page, pages=listing.addresses(page))


@bp.get(ONE)
@requires("personnel.allegations.show")
def show(allegation_id: str) -> ResponseReturnValue:
    """Show an allegation and its investigation."""
    with reading() as session:
        allegation = queries.get_allegation(session, allegation_id, current_actor())
        events = history.list_history(session, [allegation_id])
    return render(allegation=allegation, timeline=history.timeline(events, allegation.agency.time_zone))


@bp.route("/staff/employees/<id('emp'):employee_id>/allegations/new", methods=["GET", "POST"])
@requires("personnel.allegations.record")
def record(employee_id: str) -> ResponseReturnValue:
    """Take in an allegation against an employee."""
    actor, form = current_actor(), AllegationForm()
    with reading() as session:
        employee = get_employee(session, employee_id, actor, queries.OVERSEE)

    def act(session: Session) -> str:
        report = services.Report(Source(form.source.data), form.day(), form.summary.data)
        return services.record_allegation(
            session, employee_id=employee_id, report=report, actor=actor, at=clock.now()
        ).id

    if form.validate_on_submit() and save(form, act):
        flash("Taken in. Name who investigates it.", "success")
        return redirect(url_for(".show", allegation_id=form.saved), 303)
    return render(form=form, employee=employee)


@bp.route(f"{ONE}/investigator", methods=["GET", "POST"])
@requires("personnel.allegations.assign")
def assign(allegation_id: str) -> ResponseReturnValue:
    """Name who investigates an allegation."""
    allegation, form = _get(allegation_id), AssignForm()
    with reading() as session:
        form.investigator_id.choices = queries.list_investigators(
            session, allegation.agency_id, allegation.employee.account_id
        )
    if form.validate_on_submit() and save(
        form,
        lambda session: services.assign(
            session,
            allegation_id=allegation_id,
            investigator_id=form.investigator_id.data,
            due_on=form.day(),
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("The investigator is named, and sees the allegation from now on.", "success")
        return redirect(url_for(".show", allegation_id=allegation_id), 303)
    return render(form=form, allegation=allegation)


@bp.route(f"{ONE}/close", methods=["GET", "POST"])
@requires("personnel.allegations.close")
def close(allegation_id: str) -> ResponseReturnValue:
    """Close an allegation without action."""
    allegation, form = _get(allegation_id), CloseForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.close(
            session,
            allegation_id=allegation_id,
            reason=form.reason.data,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("Closed without action.", "success")
        return redirect(url_for(".show", allegation_id=allegation_id), 303)
    return render(form=form, allegation=allegation)


def _get(allegation_id: str) -> Allegation:
    with reading() as session:
        return queries.get_allegation(session, allegation_id, current_actor())
