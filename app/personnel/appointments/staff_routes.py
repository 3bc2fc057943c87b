"""Appointments for the staff of an agency: the list, one appointment, and the entry on duty."""

from __future__ import annotations

import datetime as dt
from typing import cast

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts.queries import list_agencies_for
from app.personnel import history
from app.personnel.appointments import marks, queries, services, terms
from app.personnel.appointments.forms import AppointmentFilterForm, EnterForm
from app.personnel.appointments.states import AppointmentKind
from app.personnel.retirements.services import may_enter_birth, record_birth
from app.platform import clock
from app.platform.db import reading
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.forms import named
from app.web.pages import render, save

bp = Blueprint("appointments", __name__)
navigation.add("Appointments", "personnel.appointments.list_staff", area="staff", order=14)


@bp.get("/staff/appointments")
@requires("personnel.appointments.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the appointments of the officer's agencies, the newest first."""
    actor = current_actor()
    order = listing.read_order(queries.ORDERS, "starts", is_descending=True)
    with reading() as session:
        agencies = list_agencies_for(session, actor, queries.SHOW)
        filters = AppointmentFilterForm(choices={"agency": named(agencies)})
        wanted = read_wanted(filters)
        page = queries.list_appointments(
            session,
            actor,
            wanted,
            order=order.key,
            is_descending=order.is_descending,
            cursor=listing.read_cursor(),
        )
        total = queries.count_appointments(session, actor, wanted)
    return render(filters=filters, page=page, total=total, order=order, pages=listing.addresses(page))


def read_wanted(filters: AppointmentFilterForm) -> queries.Wanted:
    """Read what the list is narrowed to."""
    return queries.Wanted(
        agency_id=filters.agency.data or "",
        kind=AppointmentKind(filters.kind.data) if filters.kind.data else None,
        status=filters.status.data or "",
        text=filters.text.data or "",
    )


@bp.get("/staff/appointments/<id('apt'):appointment_id>")
@requires("personnel.appointments.show")
def show(appointment_id: str) -> ResponseReturnValue:
    """Show an appointment and what was done with it."""
    with reading() as session:
        appointment = queries.get_appointment(session, appointment_id, current_actor())
        events = history.list_history(session, [appointment.id])
        is_awaited = appointment.entered_on is None and appointment.ended_on is None
        bars = services.find_bars(session, appointment) if is_awaited else []
        told = marks.list_marks(session, appointment)
    today = clock.local_date(clock.now(), appointment.agency.time_zone)
    timeline = history.timeline(events, appointment.agency.time_zone)
    return render(
        appointment=appointment,
        bars=bars,
        marks=told,
        timeline=timeline,
        may_take_back=is_awaited and terms.is_to_take_back(appointment.starts_on, today),
    )


@bp.route("/staff/appointments/<id('apt'):appointment_id>/enter", methods=["GET", "POST"])
@requires("personnel.appointments.enter")
def enter(appointment_id: str) -> ResponseReturnValue:
    """Record that the appointed person began to work, unless something stands against it."""
    actor = current_actor()
    with reading() as session:
        appointment = queries.get_appointment(session, appointment_id, actor)
        bars = services.find_bars(session, appointment)
        asks_birth = may_enter_birth(session, appointment.employee, actor)
    actor.demand("personnel.appointments.enter", appointment.agency_id)
    form = EnterForm(data={"entered_on": appointment.starts_on})
    if not asks_birth:
        del form.born_on
    if form.validate_on_submit() and save(form, lambda session: _enter(session, appointment_id, form)):
        flash("Entry on duty recorded.", "success")
        return redirect(url_for(".show", appointment_id=appointment_id), 303)
    return render(form=form, appointment=appointment, bars=bars)


def _enter(session: Session, appointment_id: str, form: EnterForm) -> str:
    """Record the entry on duty, and the date of birth where it was given."""
    actor, at = current_actor(), clock.now()
    entered_on = cast(dt.date, form.entered_on.data)
    entered = services.enter_on_duty(
        session, appointment_id=appointment_id, entered_on=entered_on, actor=actor, at=at
    )
    if "born_on" in form and form.born_on.data:
        record_birth(session, employee_id=entered.employee_id, born_on=form.born_on.data, actor=actor, at=at)
    return entered.id
