"""Appointments for the staff of an agency: the list, one appointment, making and ending one."""

from __future__ import annotations

import datetime as dt
from typing import cast

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts.queries import find_account_by_email, list_agencies_for
from app.personnel import history
from app.personnel.appointments import marks, queries, services
from app.personnel.appointments.forms import (
    AppointForm,
    AppointmentFilterForm,
    EndForm,
    EnterForm,
)
from app.personnel.appointments.states import AppointmentKind
from app.personnel.positions.queries import get_position
from app.personnel.retirements.services import EDIT, record_birth_of_appointed
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
        wanted = queries.Wanted(
            agency_id=filters.agency.data or "",
            kind=AppointmentKind(filters.kind.data) if filters.kind.data else None,
            status=filters.status.data or "",
            text=filters.text.data or "",
        )
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
    timeline = history.timeline(events, appointment.agency.time_zone)
    return render(appointment=appointment, bars=bars, marks=told, timeline=timeline)


@bp.route("/staff/positions/<id('pos'):position_id>/appoint", methods=["GET", "POST"])
@requires("personnel.appointments.appoint")
def appoint(position_id: str) -> ResponseReturnValue:
    """Appoint a person without a certificate, provisionally or for a time."""
    actor, form = current_actor(), AppointForm()
    with reading() as session:
        position = get_position(session, position_id, actor)
    actor.demand("personnel.appointments.appoint", position.agency_id)
    if not actor.may(EDIT, position.agency_id):
        del form.born_on
    if form.validate_on_submit() and save(form, lambda session: _appoint(session, position_id, form)):
        flash("Appointment made. The letter is on its way.", "success")
        return redirect(url_for(".show", appointment_id=form.saved), 303)
    return render(form=form, position=position)


@bp.route("/staff/appointments/<id('apt'):appointment_id>/enter", methods=["GET", "POST"])
@requires("personnel.appointments.enter")
def enter(appointment_id: str) -> ResponseReturnValue:
    """Record that the appointed person began to work, unless something stands against it."""
    actor = current_actor()
    with reading() as session:
        appointment = queries.get_appointment(session, appointment_id, actor)
        bars = services.find_bars(session, appointment)
    actor.demand("personnel.appointments.enter", appointment.agency_id)
    form = EnterForm(data={"entered_on": appointment.starts_on})
    if form.validate_on_submit() and save(
        form,
        lambda session: services.enter_on_duty(
            session,
            appointment_id=appointment_id,
            entered_on=cast(dt.date, form.entered_on.data),
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Entry on duty recorded.", "success")
        return redirect(url_for(".show", appointment_id=appointment_id), 303)
    return render(form=form, appointment=appointment, bars=bars)


@bp.route("/staff/appointments/<id('apt'):appointment_id>/end", methods=["GET", "POST"])
@requires("personnel.appointments.end")
def end(appointment_id: str) -> ResponseReturnValue:
    """End an appointment, with its last day and the reason."""
    actor, form = current_actor(), EndForm()
    with reading() as session:
        appointment = queries.get_appointment(session, appointment_id, actor)
    actor.demand("personnel.appointments.end", appointment.agency_id)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.end_appointment(
            session,
            appointment_id=appointment_id,
            reason=form.reason.data,
            ended_on=cast(dt.date, form.ended_on.data),
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Appointment ended. The position is vacant.", "success")
        return redirect(url_for(".show", appointment_id=appointment_id), 303)
    return render(form=form, appointment=appointment)


def _appoint(session: Session, position_id: str, form: AppointForm) -> str:
    account = find_account_by_email(session, form.email.data)
    made = services.appoint(
        session,
        position_id=position_id,
        name=form.name.data,
        email=form.email.data,
        account_id=account.id if account else None,
        starts_on=cast(dt.date, form.starts_on.data),
        kind=AppointmentKind(form.kind.data),
        authority=form.authority.data,
        source=None,
        actor=current_actor(),
        at=clock.now(),
    )
    if "born_on" in form and form.born_on.data:
        record_birth_of_appointed(
            session, employee=made.employee, born_on=form.born_on.data, actor=current_actor(), at=clock.now()
        )
    return made.id
