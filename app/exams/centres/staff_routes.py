"""Centres and rooms for the office."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.exams.centres import queries, rules, services
from app.exams.centres.forms import CentreForm, CreateCentreForm, RoomForm
from app.exams.centres.models import Centre
from app.platform import clock
from app.platform.db import reading
from app.web import navigation
from app.web.access import current_actor, requires
from app.web.forms import named
from app.web.pages import render, save

bp = Blueprint("centres", __name__)
bp.record(lambda state: state.app.jinja_env.globals.update(place_name=rules.place_name))
navigation.add("Centres", "exams.centres.list_staff", area="staff", order=41)
ONE = "/staff/centres/<id('ctr'):centre_id>"


@bp.get("/staff/centres")
@requires("exams.centres.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the centres of the officer's agencies with their rooms."""
    actor = current_actor()
    with reading() as session:
        centres = queries.list_centres(session, actor)
        postcodes = queries.count_postcodes(session, actor)
    return render(centres=centres, postcodes=sum(postcodes.values()))


@bp.route("/staff/centres/new", methods=["GET", "POST"])
@requires("exams.centres.create")
def create() -> ResponseReturnValue:
    """Enter a centre."""
    actor, form = current_actor(), CreateCentreForm()
    with reading() as session:
        agencies = queries.list_agencies(session, actor, "exams.centres.create")
    form.agency_id.choices = named(agencies)
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.create_centre(
                session, agency_id=form.agency_id.data, values=form.values(), actor=actor, at=clock.now()
            ).id
        ),
    ):
        flash("Centre entered. Add its rooms now.", "success")
        return redirect(url_for(".show", centre_id=form.saved), 303)
    return render(form=form)


@bp.get(ONE)
@requires("exams.centres.show")
def show(centre_id: str) -> ResponseReturnValue:
    """Show a centre and its rooms."""
    with reading() as session:
        centre = queries.get_centre(session, centre_id, current_actor())
    return render(centre=centre, place=_degrees(centre))


@bp.route(f"{ONE}/edit", methods=["GET", "POST"])
@requires("exams.centres.edit")
def edit(centre_id: str) -> ResponseReturnValue:
    """Change a centre."""
    actor = current_actor()
    with reading() as session:
        centre = queries.get_centre(session, centre_id, actor, permission="exams.centres.edit")
    form = CentreForm(obj=centre, **_degrees(centre))
    if form.validate_on_submit() and save(
        form,
        lambda session: services.edit_centre(
            session, centre_id=centre_id, values=form.values(), actor=actor, at=clock.now()
        ),
    ):
        flash("Centre saved.", "success")
        return redirect(url_for(".show", centre_id=centre_id), 303)
    return render(form=form, centre=centre)


@bp.route(f"{ONE}/rooms/new", methods=["GET", "POST"])
@requires("exams.centres.add_room")
def add_room(centre_id: str) -> ResponseReturnValue:
    """Add a room."""
    actor, form = current_actor(), RoomForm()
    with reading() as session:
        centre = queries.get_centre(session, centre_id, actor, permission="exams.centres.add_room")
    if form.validate_on_submit() and save(
        form,
        lambda session: services.add_room(
            session, centre_id=centre_id, values=form.values(), actor=actor, at=clock.now()
        ),
    ):
        flash("Room added.", "success")
        return redirect(url_for(".show", centre_id=centre_id), 303)
    return render(form=form, centre=centre)


@bp.route("/staff/rooms/<id('rom'):room_id>/edit", methods=["GET", "POST"])
@requires("exams.centres.edit_room")
def edit_room(room_id: str) -> ResponseReturnValue:
    """Change a room."""
    actor = current_actor()
    with reading() as session:
        room = queries.get_room(session, room_id, actor, permission="exams.centres.edit_room")
    form = RoomForm(obj=room)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.edit_room(
            session, room_id=room_id, values=form.values(), actor=actor, at=clock.now()
        ),
    ):
        flash("Room saved.", "success")
        return redirect(url_for(".show", centre_id=room.centre_id), 303)
    return render(form=form, room=room)


def _degrees(centre: Centre) -> dict[str, str]:
    """Give where a centre lies as it is typed."""
    return {
        name: "" if value is None else f"{value / rules.MILLION:.6f}".rstrip("0").rstrip(".")
        for name, value in (("latitude", centre.latitude), ("longitude", centre.longitude))
    }
