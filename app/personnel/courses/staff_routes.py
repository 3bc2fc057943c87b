"""The catalogue of training for the staff who keep it."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.accounts.queries import list_agencies_for
from app.personnel.competencies.queries import list_of_agency
from app.personnel.course_enrolments.queries import count_seats
from app.personnel.course_feedback.queries import count_answers
from app.personnel.course_sessions.queries import list_of_course
from app.personnel.courses import queries, services
from app.personnel.courses.forms import CourseFilterForm, CourseForm, TeachForm
from app.personnel.courses.routes import bp
from app.personnel.courses.rules import told_hours
from app.platform import clock
from app.platform.db import reading
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.forms import named
from app.web.pages import act, render, save

__all__ = ["bp"]
ONE = "/staff/courses/<id('crs'):course_id>"
navigation.add(
    "Training",
    "personnel.courses.list_staff",
    area="staff",
    order=17,
    covers=(
        "personnel.competencies",
        "personnel.course_sessions",
        "personnel.course_enrolments",
        "personnel.course_feedback",
        "personnel.mandatory_training",
    ),
)


@bp.get("/staff/courses")
@requires("personnel.courses.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the courses of the officer's agencies."""
    filters = CourseFilterForm()
    wanted = queries.Wanted(text=filters.text.data or "", with_retired=True)
    with reading() as session:
        page = queries.list_courses(session, current_actor(), wanted, cursor=listing.read_cursor())
    return render(filters=filters, page=page, told=told_hours, pages=listing.addresses(page))


@bp.get(ONE)
@requires("personnel.courses.show")
def show(course_id: str) -> ResponseReturnValue:
    """Show a course with its sessions."""
    with reading() as session:
        course = queries.get_course(session, course_id, current_actor(), "personnel.courses.show")
        sessions = list_of_course(session, course.id)
        seats = count_seats(session, [held.id for held in sessions])
        answers = count_answers(session, course.id)
    return render(course=course, sessions=sessions, seats=seats, answers=answers, told=told_hours)


@bp.route("/staff/courses/create", methods=["GET", "POST"])
@requires("personnel.courses.create")
def create() -> ResponseReturnValue:
    """Add a course to the catalogue."""
    actor, form = current_actor(), CourseForm()
    with reading() as session:
        agencies = list_agencies_for(session, actor, "personnel.courses.create")
    form.agency.choices = named(agencies)
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.create_course(
                session,
                agency_id=form.agency.data or agencies[0].id,
                values=form.values(),
                actor=actor,
                at=clock.now(),
            ).id
        ),
    ):
        flash("Course saved.", "success")
        return redirect(url_for(".show", course_id=form.saved), 303)
    return render(form=form)


@bp.route(f"{ONE}/edit", methods=["GET", "POST"])
@requires("personnel.courses.edit")
def edit(course_id: str) -> ResponseReturnValue:
    """Describe a course anew."""
    actor = current_actor()
    with reading() as session:
        course = queries.get_course(session, course_id, actor, "personnel.courses.edit")
    form = CourseForm.of(course)
    form.agency.choices = [(course.agency_id, course.agency.name)]
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.edit_course(
                session, course_id=course_id, values=form.values(), actor=actor, at=clock.now()
            ).id
        ),
    ):
        flash("Course saved.", "success")
        return redirect(url_for(".show", course_id=course_id), 303)
    return render(form=form, course=course)


@bp.route(f"{ONE}/teach", methods=["GET", "POST"])
@requires("personnel.courses.teach")
def teach(course_id: str) -> ResponseReturnValue:
    """Say to which level of a competency a course leads."""
    actor = current_actor()
    with reading() as session:
        course = queries.get_course(session, course_id, actor, "personnel.courses.teach")
        offered = list_of_agency(session, course.agency_id)
    form = TeachForm(competencies=named(offered))
    if form.validate_on_submit() and save(
        form,
        lambda session: services.teach(
            session,
            course_id=course_id,
            competency_id=form.competency.data,
            level=form.data["level"],
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Saved.", "success")
        return redirect(url_for(".show", course_id=course_id), 303)
    return render(form=form, course=course)


@bp.post(f"{ONE}/retire")
@requires("personnel.courses.retire")
def retire(course_id: str) -> ResponseReturnValue:
    """Offer a course no more."""
    return act(
        lambda session: services.retire_course(
            session, course_id=course_id, actor=current_actor(), at=clock.now()
        ),
        done="The course is offered no more.",
        then=url_for(".show", course_id=course_id),
    )
