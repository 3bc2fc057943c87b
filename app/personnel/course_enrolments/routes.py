"""Training for people in service and those who lead them: one's own, and what the team asks for."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.personnel import desk
from app.personnel.completions.queries import list_completions, map_by_source
from app.personnel.course_enrolments import queries, services, told
from app.personnel.course_enrolments.forms import DecideForm, EnrolForm, WithdrawForm
from app.personnel.course_enrolments.states import EnrolmentState
from app.personnel.course_sessions.queries import get_open_session
from app.personnel.courses.rules import told_hours
from app.personnel.mandatory_training import queries as mandatory
from app.personnel.mandatory_training.rules import MANDATES, standing
from app.personnel.serving import get_own
from app.personnel.team.queries import get_member
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, signed_in
from app.web.pages import render, save

bp = Blueprint("course_enrolments", __name__)
ONE = "/my/training/enrolments/<id('cer'):enrolment_id>"
desk.add_own("Training", "personnel.course_enrolments.own", order=40, told=told.say_training)
desk.add_team("Training", "personnel.course_enrolments.show_team", order=40, told=told.say_training)


@bp.get("/my/training")
@signed_in
def own() -> ResponseReturnValue:
    """Show one's own training: what is due, enrolments, certificates, and what waits for one's approval."""
    actor = current_actor()
    with reading() as session:
        employee = get_own(session, actor.id)
        duties = mandatory.list_own(session, employee.id)
        rows = queries.list_of_employee(session, employee.id)
        done = list_completions(session, employee.id)
        to_decide = queries.list_to_decide(session, actor.id)
    today = clock.local_date(clock.now(), employee.agency.time_zone)
    stands = {duty.id: standing(duty.due_on, duty.completed_on, today) for duty in duties}
    return render(
        employee=employee,
        duties=duties,
        stands=stands,
        mandates=MANDATES,
        rows=rows,
        done=done,
        to_decide=to_decide,
    )


@bp.route("/my/training/sessions/<id('crn'):session_id>/enrol", methods=["GET", "POST"])
@signed_in
def enrol(session_id: str) -> ResponseReturnValue:
    """Ask for a seat."""
    actor, form = current_actor(), EnrolForm()
    with reading() as session:
        employee = get_own(session, actor.id)
        held = get_open_session(session, session_id, employee)
        taken, waiting = queries.count_seats(session, [held.id]).get(held.id, (0, 0))
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.enrol_self(
                session, session_id=session_id, why=form.why.data, actor=actor, at=clock.now()
            ).id
        ),
    ):
        flash("Asked for. Your supervisor decides, and you are told by mail.", "success")
        return redirect(url_for(".show_own", enrolment_id=form.saved), 303)
    return render(form=form, held=held, taken=taken, waiting=waiting, told=told_hours)


@bp.get(ONE)
@signed_in
def show_own(enrolment_id: str) -> ResponseReturnValue:
    """Show how one's own enrolment stands."""
    with reading() as session:
        row = queries.get_own(session, enrolment_id, current_actor().id)
        before = queries.count_before(session, row) if row.state is EnrolmentState.WAITING else 0
        certificate = map_by_source(session, [row.id]).get(row.id)
    is_open = clock.now() < row.session.starts_at
    return render(row=row, before=before, certificate=certificate, is_open=is_open)


@bp.route(f"{ONE}/withdraw", methods=["GET", "POST"])
@signed_in
def withdraw(enrolment_id: str) -> ResponseReturnValue:
    """Give up a seat, a place on the waiting list or a request."""
    actor, form = current_actor(), WithdrawForm()
    with reading() as session:
        row = queries.get_own(session, enrolment_id, actor.id)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.withdraw(session, enrolment_id=enrolment_id, actor=actor, at=clock.now()).id,
    ):
        flash("Withdrawn.", "success")
        return redirect(url_for(".own"), 303)
    return render(form=form, row=row)


@bp.route("/my/team/enrolments/<id('cer'):enrolment_id>", methods=["GET", "POST"])
@signed_in
def decide(enrolment_id: str) -> ResponseReturnValue:
    """Approve or refuse what somebody of the team asks for."""
    actor, form = current_actor(), DecideForm()
    with reading() as session:
        row = queries.get_for_decision(session, enrolment_id, actor)
        taken, waiting = queries.count_seats(session, [row.session_id]).get(row.session_id, (0, 0))
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.decide_enrolment(
                session,
                enrolment_id=enrolment_id,
                approves=form.decision.data == "approve",
                reason=form.reason.data,
                actor=actor,
                at=clock.now(),
            ).state.title
        ),
    ):
        flash(f"Decided: {form.saved.lower()}. The person is told by mail.", "success")
        return redirect(url_for(".decide", enrolment_id=enrolment_id), 303)
    return render(form=form, row=row, taken=taken, waiting=waiting)


@bp.get("/my/team/<id('emp'):employee_id>/training")
@signed_in
def show_team(employee_id: str) -> ResponseReturnValue:
    """Show the training of somebody of the team."""
    with reading() as session:
        employee = get_member(session, employee_id, current_actor())
        duties = mandatory.list_own(session, employee.id)
        rows = queries.list_of_employee(session, employee.id)
        done = list_completions(session, employee.id)
    today = clock.local_date(clock.now(), employee.agency.time_zone)
    stands = {duty.id: standing(duty.due_on, duty.completed_on, today) for duty in duties}
    return render(employee=employee, duties=duties, stands=stands, mandates=MANDATES, rows=rows, done=done)
