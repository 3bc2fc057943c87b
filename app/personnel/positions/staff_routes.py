"""Positions for the staff of an agency: the list, one position, and the acts on it."""

from __future__ import annotations

from decimal import Decimal

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts.queries import list_agencies_for
from app.personnel import history
from app.personnel.appointments.queries import list_incumbents
from app.personnel.positions import queries, services
from app.personnel.positions.forms import (
    AbolishForm,
    CreatePositionForm,
    EditPositionForm,
    PositionFilterForm,
)
from app.platform import clock
from app.platform.actors import Actor
from app.platform.db import reading
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.forms import as_choices, named
from app.web.pages import render, save

bp = Blueprint("positions", __name__)
navigation.add("Positions", "personnel.positions.list_staff", area="staff", order=10)


@bp.get("/staff/positions")
@requires("personnel.positions.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the positions of the officer's agencies."""
    actor, order = current_actor(), listing.read_order(queries.ORDERS, "number")
    with reading() as session:
        agencies, grades = _agencies(session, actor, queries.SHOW), queries.list_grades(session, actor)
        filters = PositionFilterForm(choices={"agency": agencies, "grade": as_choices(grades)})
        wanted = queries.Wanted(
            agency_id=filters.agency.data or "",
            grade=filters.grade.data or "",
            status=filters.status.data or "",
            text=filters.text.data or "",
        )
        page = queries.list_positions(
            session,
            actor,
            wanted,
            order=order.key,
            is_descending=order.is_descending,
            cursor=listing.read_cursor(),
        )
        total = queries.count_positions(session, actor, wanted)
    return render(filters=filters, page=page, total=total, order=order, pages=listing.addresses(page))


@bp.get("/staff/positions/<id('pos'):position_id>")
@requires("personnel.positions.show")
def show(position_id: str) -> ResponseReturnValue:
    """Show a position, who held it, and what was done with it."""
    with reading() as session:
        position = queries.get_position(session, position_id, current_actor())
        incumbents = list_incumbents(session, position.id)
        subjects = [position.id, *(appointment.id for appointment in incumbents)]
        events = history.list_history(session, subjects)
    timeline = history.timeline(events, position.agency.time_zone)
    return render(position=position, incumbents=incumbents, timeline=timeline)


@bp.route("/staff/positions/new", methods=["GET", "POST"])
@requires("personnel.positions.create")
def create() -> ResponseReturnValue:
    """Create a vacant position."""
    actor, form = current_actor(), CreatePositionForm()
    with reading() as session:
        form.offer(_agencies(session, actor, "personnel.positions.create"))

    def act(session: Session) -> str:
        return services.create_position(
            session, agency_id=form.agency_id.data, values=form.values(), actor=actor, at=clock.now()
        ).id

    if form.validate_on_submit() and save(form, act):
        flash("Position created.", "success")
        return redirect(url_for(".show", position_id=form.saved), 303)
    return render(form=form)


@bp.route("/staff/positions/<id('pos'):position_id>/edit", methods=["GET", "POST"])
@requires("personnel.positions.edit")
def edit(position_id: str) -> ResponseReturnValue:
    """Change what describes a position."""
    actor = current_actor()
    with reading() as session:
        position = queries.get_position(session, position_id, actor)
    actor.demand("personnel.positions.edit", position.agency_id)
    form = EditPositionForm(
        obj=position,
        weekly_hours=Decimal(position.authorized_minutes) / 60,
        superior=position.reports_to.number if position.reports_to else "",
    )
    if form.validate_on_submit() and save(
        form,
        lambda session: services.edit_position(
            session,
            position_id=position_id,
            described=form.described(),
            reason=form.reason.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Position saved.", "success")
        return redirect(url_for(".show", position_id=position_id), 303)
    return render(form=form, position=position)


@bp.route("/staff/positions/<id('pos'):position_id>/abolish", methods=["GET", "POST"])
@requires("personnel.positions.abolish")
def abolish(position_id: str) -> ResponseReturnValue:
    """Abolish a vacant position, with the reason."""
    actor, form = current_actor(), AbolishForm()
    with reading() as session:
        position = queries.get_position(session, position_id, actor)
    actor.demand("personnel.positions.abolish", position.agency_id)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.abolish_position(
            session, position_id=position_id, reason=form.reason.data, actor=actor, at=clock.now()
        ),
    ):
        flash("Position abolished.", "success")
        return redirect(url_for(".show", position_id=position_id), 303)
    return render(form=form, position=position)


def _agencies(session: Session, actor: Actor, permission: str) -> list[tuple[str, str]]:
    return named(list_agencies_for(session, actor, permission))
