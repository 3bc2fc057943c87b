"""Centres, rooms and postcodes from files: looked at first, stored when that is confirmed."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.exams import tickets
from app.exams.centres import queries, rules, services
from app.exams.centres.forms import ConfirmForm, ImportForm
from app.exams.centres.staff_routes import bp
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.forms import named
from app.web.pages import render, save

ROOMS, POSTCODES = "rooms", "postcodes"


@bp.route("/staff/centres/import", methods=["GET", "POST"])
@requires("exams.centres.import_rooms")
def import_rooms() -> ResponseReturnValue:
    """Look at a file of centres and rooms; nothing is stored."""
    form, found = _offer("exams.centres.import_rooms"), None
    if form.validate_on_submit():
        content = form.file.data.read()
        _, found = rules.read_rooms(content)
        if not found.problem_count:
            return _ask(ROOMS, form.agency_id.data, content)
    page, _ = render(form=form, found=found, columns=(*rules.ROOM_COLUMNS, *rules.ROOM_OPTIONS))
    return page, 422 if form.errors or found else 200


@bp.post("/staff/centres/import/store")
@requires("exams.centres.store_rooms")
def store_rooms() -> ResponseReturnValue:
    """Store the file of centres that was looked at."""
    actor, form = current_actor(), ConfirmForm()
    agency_id, content = tickets.read(ROOMS, form.ticket.data)
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.import_rooms(
                session, agency_id=agency_id, content=content, actor=actor, at=clock.now()
            ).rooms
        ),
    ):
        flash("Centres and rooms are stored.", "success")
        return redirect(url_for(".list_staff"), 303)
    return _ask(ROOMS, agency_id, content, form)


@bp.route("/staff/centres/postcodes", methods=["GET", "POST"])
@requires("exams.centres.import_postcodes")
def import_postcodes() -> ResponseReturnValue:
    """Look at a file that tells where postcodes lie; nothing is stored."""
    form, found = _offer("exams.centres.import_postcodes"), None
    if form.validate_on_submit():
        content = form.file.data.read()
        _, found = rules.read_postcodes(content)
        if not found.problem_count:
            return _ask(POSTCODES, form.agency_id.data, content)
    page, _ = render(form=form, found=found, columns=rules.POSTCODE_COLUMNS)
    return page, 422 if form.errors or found else 200


@bp.post("/staff/centres/postcodes/store")
@requires("exams.centres.store_postcodes")
def store_postcodes() -> ResponseReturnValue:
    """Store the file of postcodes that was looked at."""
    actor, form = current_actor(), ConfirmForm()
    agency_id, content = tickets.read(POSTCODES, form.ticket.data)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.import_postcodes(
            session, agency_id=agency_id, content=content, actor=actor, at=clock.now()
        ),
    ):
        flash("Postcodes are stored.", "success")
        return redirect(url_for(".list_staff"), 303)
    return _ask(POSTCODES, agency_id, content, form)


def _offer(permission: str) -> ImportForm:
    form = ImportForm()
    with reading() as session:
        agencies = queries.list_agencies(session, current_actor(), permission)
    form.agency_id.choices = named(agencies)
    return form


def _ask(what: str, agency_id: str, content: bytes, form: Any = None) -> ResponseReturnValue:
    """Show what a file would bring, and ask to store it."""
    form = form or ConfirmForm(formdata=None, ticket=tickets.write(what, agency_id, content))
    with reading() as session:
        if what == ROOMS:
            known = queries.load_centres_by_code(session, agency_id)
            rows, _ = rules.read_rooms(content)
            return render(form=form, template="exams/centres/confirm_rooms.html", rows=rows, known=known)
        places, _ = rules.read_postcodes(content)
        before = queries.load_postcodes(session, agency_id)
    return render(form=form, template="exams/centres/confirm_postcodes.html", places=places, before=before)
