"""Corrections of ledgers for the office."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.personnel import history
from app.personnel.employees.queries import get_employee
from app.personnel.leave.amounts import hours
from app.personnel.leave_adjustments import queries, services
from app.personnel.leave_adjustments.forms import CorrectionForm, DecideForm
from app.platform import clock
from app.platform.db import reading
from app.web import listing
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("leave_adjustments", __name__)
ONE = "/staff/leave-corrections/<id('lva'):adjustment_id>"


@bp.get("/staff/leave-corrections")
@requires("personnel.leave_adjustments.list_staff")
def list_staff() -> ResponseReturnValue:
    """List corrections, the latest first."""
    with reading() as session:
        page = queries.list_adjustments(session, current_actor(), cursor=listing.read_cursor())
    return render(rows=page.rows, pages=listing.addresses(page), hours=hours)


@bp.get(ONE)
@requires("personnel.leave_adjustments.show")
def show(adjustment_id: str) -> ResponseReturnValue:
    """Show a correction."""
    with reading() as session:
        found = queries.get_adjustment(session, adjustment_id, current_actor())
        events = history.list_history(session, [adjustment_id])
    timeline = history.timeline(events, found.agency.time_zone)
    return render(found=found, hours=hours, timeline=timeline)


@bp.route("/staff/employees/<id('emp'):employee_id>/leave/correct", methods=["GET", "POST"])
@requires("personnel.leave_adjustments.propose")
def propose(employee_id: str) -> ResponseReturnValue:
    """Propose a correction of somebody's ledger."""
    actor = current_actor()
    with reading() as session:
        employee = get_employee(session, employee_id, actor, "personnel.leave_adjustments.propose")
    form = CorrectionForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.propose(
                session, employee_id=employee_id, values=form.values(), actor=actor, at=clock.now()
            ).id
        ),
    ):
        flash("Proposed. Somebody else decides.", "success")
        return redirect(url_for(".show", adjustment_id=form.saved), 303)
    return render(form=form, employee=employee)


@bp.route(f"{ONE}/decide", methods=["GET", "POST"])
@requires("personnel.leave_adjustments.decide")
def decide(adjustment_id: str) -> ResponseReturnValue:
    """Decide on a correction that somebody else proposed."""
    actor = current_actor()
    with reading() as session:
        found = queries.get_adjustment(session, adjustment_id, actor)
    form = DecideForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.decide(
            session,
            adjustment_id=adjustment_id,
            approves=form.decision.data == "approve",
            reason=form.reason.data or "",
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Decided.", "success")
        return redirect(url_for(".show", adjustment_id=adjustment_id), 303)
    return render(form=form, found=found, hours=hours)
