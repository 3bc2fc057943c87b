"""Enrolments for the staff who keep training: nominated, present, marked."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.personnel.course_enrolments import queries, services, session_services
from app.personnel.course_enrolments.forms import AttendanceForm, NominateForm, ResultForm
from app.personnel.course_enrolments.routes import bp
from app.personnel.course_enrolments.states import EnrolmentState
from app.personnel.course_sessions.queries import get_session
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.pages import act, render, save

__all__ = ["bp"]
OF = "/staff/course-sessions/<id('crn'):session_id>"
ONE = "/staff/course-enrolments/<id('cer'):enrolment_id>"


@bp.route(f"{OF}/nominate", methods=["GET", "POST"])
@requires("personnel.course_enrolments.nominate")
def nominate(session_id: str) -> ResponseReturnValue:
    """Ask for a seat for an employee."""
    actor, form = current_actor(), NominateForm()
    with reading() as session:
        held = get_session(session, session_id, actor, "personnel.course_enrolments.nominate")
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.nominate(
                session,
                session_id=session_id,
                number=form.number.data,
                why=form.why.data,
                actor=actor,
                at=clock.now(),
            ).id
        ),
    ):
        flash("Asked for. The supervisor decides, or another officer where there is none.", "success")
        return redirect(url_for("personnel.course_sessions.show", session_id=session_id), 303)
    return render(form=form, held=held)


@bp.route(f"{OF}/attendance", methods=["GET", "POST"])
@requires("personnel.course_enrolments.take_attendance")
def take_attendance(session_id: str) -> ResponseReturnValue:
    """Say who came."""
    actor = current_actor()
    with reading() as session:
        held = get_session(session, session_id, actor, queries.KEEP)
        rows = queries.list_of_session(session, held.id)
    seated = [
        (row.id, f"{row.employee.name} ({row.employee.number})")
        for row in rows
        if row.state is EnrolmentState.ENROLLED
    ]
    form = AttendanceForm(seated=seated)
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            session_services.take_attendance(
                session, session_id=session_id, present=form.present.data, actor=actor, at=clock.now()
            ).id
        ),
    ):
        flash("Attendance recorded.", "success")
        return redirect(url_for("personnel.course_sessions.show", session_id=session_id), 303)
    return render(form=form, held=held, seated=seated)


@bp.post(f"{ONE}/correct-attendance")
@requires("personnel.course_enrolments.correct_attendance")
def correct_attendance(enrolment_id: str) -> ResponseReturnValue:
    """Say that somebody who was marked absent was there."""
    actor = current_actor()
    with reading() as session:
        session_id = queries.get_kept(session, enrolment_id, actor).session_id
    return act(
        lambda session: session_services.correct_attendance(
            session, enrolment_id=enrolment_id, actor=actor, at=clock.now()
        ),
        done="Marked as present.",
        then=url_for("personnel.course_sessions.show", session_id=session_id),
    )


@bp.route(f"{ONE}/result", methods=["GET", "POST"])
@requires("personnel.course_enrolments.record_result")
def record_result(enrolment_id: str) -> ResponseReturnValue:
    """Record the score of somebody who attended."""
    actor, form = current_actor(), ResultForm()
    with reading() as session:
        row = queries.get_kept(session, enrolment_id, actor)
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            session_services.record_result(
                session, enrolment_id=enrolment_id, score=form.score.data, actor=actor, at=clock.now()
            ).id
        ),
    ):
        flash("Result recorded.", "success")
        return redirect(url_for("personnel.course_sessions.show", session_id=row.session_id), 303)
    return render(form=form, row=row)
