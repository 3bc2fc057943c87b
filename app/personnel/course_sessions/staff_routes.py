"""Sessions of courses for the staff: planned, changed, cancelled, and who takes part."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.personnel.completions.queries import map_by_source
from app.personnel.course_enrolments import session_services
from app.personnel.course_enrolments.queries import count_seats, list_of_session
from app.personnel.course_sessions import queries, services
from app.personnel.course_sessions.forms import CancelForm, SessionForm
from app.personnel.courses.queries import get_course
from app.platform import clock
from app.platform.db import reading
from app.web import listing
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("course_sessions", __name__)
ONE = "/staff/course-sessions/<id('crn'):session_id>"


@bp.get("/staff/course-sessions")
@requires("personnel.course_sessions.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the sessions to come, or those that are over."""
    is_past = request.args.get("when") == "past"
    with reading() as session:
        page = queries.list_sessions(
            session, current_actor(), is_past=is_past, at=clock.now(), cursor=listing.read_cursor()
        )
        seats = count_seats(session, [held.id for held in page.rows])
    return render(page=page, seats=seats, is_past=is_past, pages=listing.addresses(page))


@bp.get(ONE)
@requires("personnel.course_sessions.show")
def show(session_id: str) -> ResponseReturnValue:
    """Show a session: seats, the waiting list in its order, attendance and results."""
    with reading() as session:
        held = queries.get_session(session, session_id, current_actor(), "personnel.course_sessions.show")
        rows = list_of_session(session, held.id)
        certificates = map_by_source(session, [row.id for row in rows])
    has_begun = held.starts_at <= clock.now()
    return render(held=held, rows=rows, certificates=certificates, has_begun=has_begun)


@bp.route("/staff/courses/<id('crs'):course_id>/sessions/create", methods=["GET", "POST"])
@requires("personnel.course_sessions.create")
def create(course_id: str) -> ResponseReturnValue:
    """Plan a session of a course."""
    actor = current_actor()
    with reading() as session:
        course = get_course(session, course_id, actor, "personnel.course_sessions.create")
    form = SessionForm(zone=course.agency.time_zone)
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.create_session(
                session, course_id=course_id, values=form.values(), actor=actor, at=clock.now()
            ).id
        ),
    ):
        flash("Session planned.", "success")
        return redirect(url_for(".show", session_id=form.saved), 303)
    return render(form=form, course=course)


@bp.route(f"{ONE}/edit", methods=["GET", "POST"])
@requires("personnel.course_sessions.edit")
def edit(session_id: str) -> ResponseReturnValue:
    """Change a session that has not begun."""
    actor = current_actor()
    with reading() as session:
        held = queries.get_session(session, session_id, actor, "personnel.course_sessions.edit")
    form = SessionForm(zone=held.agency.time_zone, obj=held)
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            session_services.edit_session(
                session, session_id=session_id, values=form.values(), actor=actor, at=clock.now()
            ).id
        ),
    ):
        flash("Session saved. Who waited has moved up where seats are free.", "success")
        return redirect(url_for(".show", session_id=session_id), 303)
    return render(form=form, held=held)


@bp.route(f"{ONE}/cancel", methods=["GET", "POST"])
@requires("personnel.course_sessions.cancel")
def cancel(session_id: str) -> ResponseReturnValue:
    """Cancel a session."""
    actor, form = current_actor(), CancelForm()
    with reading() as session:
        held = queries.get_session(session, session_id, actor, "personnel.course_sessions.cancel")
        rows = list_of_session(session, held.id)
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            session_services.cancel_session(
                session, session_id=session_id, reason=form.reason.data, actor=actor, at=clock.now()
            ).id
        ),
    ):
        flash("Session cancelled. Everybody enrolled is told by mail.", "success")
        return redirect(url_for(".show", session_id=session_id), 303)
    return render(form=form, held=held, rows=rows)
