"""The catalogue of training for people in service."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.personnel.course_enrolments.queries import count_seats, list_of_employee
from app.personnel.course_enrolments.states import LIVE
from app.personnel.course_sessions.queries import list_open
from app.personnel.courses import queries
from app.personnel.courses.forms import CourseFilterForm
from app.personnel.courses.rules import told_hours
from app.personnel.serving import get_own
from app.platform import clock
from app.platform.db import reading
from app.web import listing
from app.web.access import current_actor, signed_in
from app.web.pages import render

bp = Blueprint("courses", __name__)


@bp.get("/my/training/courses")
@signed_in
def list_own() -> ResponseReturnValue:
    """List the courses that the reader may take, with the next sessions of each."""
    filters = CourseFilterForm()
    with reading() as session:
        employee = get_own(session, current_actor().id)
        wanted = queries.Wanted(text=filters.text.data or "")
        page = queries.list_open(session, employee, wanted, cursor=listing.read_cursor())
        sessions = list_open(session, [course.id for course in page.rows], clock.now())
    return render(
        filters=filters, page=page, sessions=sessions, told=told_hours, pages=listing.addresses(page)
    )


@bp.get("/my/training/courses/<id('crs'):course_id>")
@signed_in
def show_own(course_id: str) -> ResponseReturnValue:
    """Show a course, its sessions to come, and where the reader stands in them."""
    with reading() as session:
        employee = get_own(session, current_actor().id)
        course = queries.get_open_course(session, course_id, employee)
        sessions = list_open(session, [course.id], clock.now()).get(course.id, [])
        seats = count_seats(session, [held.id for held in sessions])
        mine = {row.session_id: row for row in list_of_employee(session, employee.id) if row.state in LIVE}
    return render(course=course, sessions=sessions, seats=seats, mine=mine, told=told_hours)
