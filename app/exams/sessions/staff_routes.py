"""Shifts and sessions for the office."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.exams.centres.queries import list_rooms
from app.exams.examinations.queries import count_candidates, get_examination
from app.exams.seating.queries import find_plan
from app.exams.sessions import queries, services
from app.exams.sessions.forms import AddShiftForm, RoomsForm, SessionForm, ShiftForm
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.pages import act, render, save

bp = Blueprint("sessions", __name__)
EXAM = "/staff/examinations/<id('exm'):examination_id>/sessions"
SHIFT = "/staff/shifts/<id('shf'):shift_id>"
ONE = "/staff/sessions/<id('shs'):session_id>"


@bp.get(EXAM)
@requires("exams.sessions.list_staff")
def list_staff(examination_id: str) -> ResponseReturnValue:
    """Show the shifts and sessions of an examination, and how far they are filled."""
    with reading() as session:
        examination = get_examination(session, examination_id, current_actor(), permission=queries.READ)
        shifts = queries.list_shifts(session, examination_id)
        sessions = queries.list_sessions(session, examination_id)
        filled = queries.load_filled(session, examination_id)
        people = count_candidates(session, examination_id)
        plan = find_plan(session, examination_id)
    return render(
        examination=examination, shifts=shifts, sessions=sessions, filled=filled, people=people, plan=plan
    )


@bp.route(f"{EXAM}/shifts/new", methods=["GET", "POST"])
@requires("exams.sessions.add_shift")
def add_shift(examination_id: str) -> ResponseReturnValue:
    """Add a shift."""
    actor = current_actor()
    with reading() as session:
        examination = get_examination(session, examination_id, actor, permission="exams.sessions.add_shift")
    form = AddShiftForm(zone=examination.agency.time_zone)
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.add_shift(
                session, examination_id=examination_id, values=form.values(), actor=actor, at=clock.now()
            ).id
        ),
    ):
        flash("Shift added. Choose its rooms now.", "success")
        return redirect(url_for(".add_sessions", shift_id=form.saved), 303)
    return render(form=form, examination=examination)


@bp.route(f"{SHIFT}/edit", methods=["GET", "POST"])
@requires("exams.sessions.edit_shift")
def edit_shift(shift_id: str) -> ResponseReturnValue:
    """Change a shift."""
    actor = current_actor()
    with reading() as session:
        shift, examination = queries.get_shift(
            session, shift_id, actor, permission="exams.sessions.edit_shift"
        )
    form = ShiftForm(obj=shift, zone=examination.agency.time_zone)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.edit_shift(
            session, shift_id=shift_id, values=form.values(), actor=actor, at=clock.now()
        ),
    ):
        flash("Shift saved.", "success")
        return redirect(url_for(".list_staff", examination_id=examination.id), 303)
    return render(form=form, examination=examination, shift=shift)


@bp.post(f"{SHIFT}/remove")
@requires("exams.sessions.remove_shift")
def remove_shift(shift_id: str) -> ResponseReturnValue:
    """Take out a shift without rooms."""
    actor = current_actor()
    with reading() as session:
        _, examination = queries.get_shift(session, shift_id, actor, permission="exams.sessions.remove_shift")
    return act(
        lambda session: services.remove_shift(session, shift_id=shift_id, actor=actor, at=clock.now()),
        done="Shift taken out.",
        then=url_for(".list_staff", examination_id=examination.id),
    )


@bp.route(f"{SHIFT}/rooms", methods=["GET", "POST"])
@requires("exams.sessions.add_sessions")
def add_sessions(shift_id: str) -> ResponseReturnValue:
    """Use rooms in a shift."""
    actor, form = current_actor(), RoomsForm()
    with reading() as session:
        shift, examination = queries.get_shift(
            session, shift_id, actor, permission="exams.sessions.add_sessions"
        )
        used = {
            row.room_id for row in queries.list_sessions(session, examination.id) if row.shift_id == shift_id
        }
        rooms = [room for room in list_rooms(session, examination.agency_id) if room.id not in used]
    form.offer(rooms)
    if form.validate_on_submit() and save(
        form,
        lambda session: len(
            services.add_sessions(session, shift_id=shift_id, actor=actor, at=clock.now(), **_of(form))
        ),
    ):
        flash("Rooms added.", "success")
        return redirect(url_for(".list_staff", examination_id=examination.id), 303)
    return render(form=form, examination=examination, shift=shift, rooms=rooms)


@bp.route(f"{ONE}/edit", methods=["GET", "POST"])
@requires("exams.sessions.edit_session")
def edit_session(session_id: str) -> ResponseReturnValue:
    """Change how a session is used."""
    actor = current_actor()
    with reading() as session:
        found = queries.get_session(session, session_id, actor, permission="exams.sessions.edit_session")
    form = SessionForm(obj=found)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.edit_session(
            session,
            session_id=session_id,
            capacity=form.capacity.data or 0,
            is_apart=form.is_apart.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Session saved.", "success")
        return redirect(url_for(".list_staff", examination_id=found.examination_id), 303)
    return render(form=form, found=found, examination=found.examination)


@bp.post(f"{ONE}/remove")
@requires("exams.sessions.remove_session")
def remove_session(session_id: str) -> ResponseReturnValue:
    """Take a room out of a shift."""
    actor = current_actor()
    with reading() as session:
        found = queries.get_session(session, session_id, actor, permission="exams.sessions.remove_session")
    return act(
        lambda session: services.remove_session(session, session_id=session_id, actor=actor, at=clock.now()),
        done="The room is taken out.",
        then=url_for(".list_staff", examination_id=found.examination_id),
    )


def _of(form: RoomsForm) -> dict[str, Any]:
    return {"room_ids": form.room_ids.data, "capacity": form.capacity.data, "is_apart": form.is_apart.data}
