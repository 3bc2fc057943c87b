"""Leave of the people whom one supervises: who is away, and what waits for a decision."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.personnel import reporting
from app.personnel.employees.queries import find_own_employee
from app.personnel.leave.amounts import hours
from app.personnel.leave.calendars import read_month
from app.personnel.leave.sights import look
from app.personnel.leave_requests import queries, services, sights
from app.personnel.leave_requests.forms import DecideForm, RecallForm
from app.personnel.leave_requests.routes import bp
from app.platform import clock
from app.platform.db import reading
from app.platform.errors import Forbidden
from app.web.access import current_actor, signed_in
from app.web.pages import render, save

__all__ = ["bp"]
ONE = "/my/team/leave/<id('lvr'):request_id>"


@bp.get("/my/team/leave")
@signed_in
def team() -> ResponseReturnValue:
    """Show who of one's team is away in a month, as a calendar and as a table."""
    with reading() as session:
        employee = find_own_employee(session, current_actor().id)
        people = reporting.list_team(session, employee.id) if employee else []
        if employee is None or not people:
            raise Forbidden("Nobody reports to you.")
        zone = employee.agency.time_zone
        first = read_month(request.args.get("month", ""), clock.local_date(clock.now(), zone))
        month = sights.team_month(session, employee.agency_id, people, first, zone)
        away = queries.list_spans(session, [one.id for one in people], month.first, month.last)
        waiting = queries.list_waiting_of(session, [one.id for one in people])
    names = {one.id: one.name for one in people}
    return render(month=month, away=away, waiting=waiting, names=names, hours=hours, initials=sights.initials)


@bp.route(ONE, methods=["GET", "POST"])
@signed_in
def decide(request_id: str) -> ResponseReturnValue:
    """Decide on the leave of somebody whom one supervises."""
    form = DecideForm()
    if form.validate_on_submit() and save_decision(form, request_id):
        return redirect(url_for(".decide", request_id=request_id), 303)
    return render(form=form, **sight_of(request_id))


@bp.route(f"{ONE}/recall", methods=["GET", "POST"])
@signed_in
def recall(request_id: str) -> ResponseReturnValue:
    """Call somebody back from approved leave."""
    form = RecallForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.recall(
            session,
            request_id=request_id,
            since=form.day(),
            reason=form.reason.data,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("Called back. The rest of the leave is in the ledger again.", "success")
        return redirect(url_for(".decide", request_id=request_id), 303)
    return render(form=form, **sight_of(request_id))


def save_decision(form: DecideForm, request_id: str) -> bool:
    """Decide as the form says."""
    is_saved = save(
        form,
        lambda session: services.decide(
            session,
            request_id=request_id,
            approves=form.decision.data == "approve",
            reason=form.reason.data or "",
            actor=current_actor(),
            at=clock.now(),
        ),
    )
    if is_saved:
        flash("Decided. The person is told by mail.", "success")
    return is_saved


def sight_of(request_id: str) -> dict[str, Any]:
    """Give a request with how the person's leave stands, and who else is away on its days."""
    with reading() as session:
        found = queries.get_to_decide(session, request_id, current_actor())
        sight = look(session, found.employee, clock.now())
        supervisor = reporting.find_supervisor(session, found.employee_id)
        team = reporting.list_team(session, supervisor.id) if supervisor else []
        others = sights.conflicts(session, team, found.id, [day.on for day in found.days])
    own = found.employee.account_id == current_actor().id
    return {"leave": found, "sight": sight, "others": others, "hours": hours, "is_own": own}
