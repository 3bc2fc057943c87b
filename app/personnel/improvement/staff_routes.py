"""Improvement plans for the staff of an agency: the list, one plan, its outcome confirmed."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.personnel import history
from app.personnel.improvement import queries, rules, services
from app.personnel.improvement.forms import CancelForm, ConcludeForm, ImprovementsFilterForm
from app.personnel.improvement.routes import bp
from app.personnel.improvement.states import ImprovementState
from app.personnel.performance.queries import rule_of
from app.platform import clock
from app.platform.db import reading
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.pages import render, save

__all__ = ["bp"]
ONE = "/staff/improvement-plans/<id('ipl'):improvement_id>"
navigation.add("Improvement plans", "personnel.improvement.list_staff", area="staff", order=17)


@bp.get("/staff/improvement-plans")
@requires("personnel.improvement.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the improvement plans of the officer's agencies."""
    filters = ImprovementsFilterForm()
    state = ImprovementState(filters.state.data) if filters.state.data else None
    with reading() as session:
        page = queries.list_improvements(session, current_actor(), state, cursor=listing.read_cursor())
    return render(rows=page.rows, filters=filters, pages=listing.addresses(page))


@bp.get(ONE)
@requires("personnel.improvement.show")
def show(improvement_id: str) -> ResponseReturnValue:
    """Show an improvement plan."""
    return render(**_sight(improvement_id))


@bp.route(f"{ONE}/conclude", methods=["GET", "POST"])
@requires("personnel.improvement.conclude")
def conclude(improvement_id: str) -> ResponseReturnValue:
    """Confirm the outcome of an improvement plan, or give it back."""
    form = ConcludeForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.conclude(
            session,
            improvement_id=improvement_id,
            is_confirmed=form.verdict.data == "confirm",
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("Decided.", "success")
        return redirect(url_for(".show", improvement_id=improvement_id), 303)
    return render(form=form, **_sight(improvement_id))


@bp.route(f"{ONE}/cancel", methods=["GET", "POST"])
@requires("personnel.improvement.cancel")
def cancel(improvement_id: str) -> ResponseReturnValue:
    """Cancel an improvement plan that should not go on."""
    form = CancelForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.cancel(
            session,
            improvement_id=improvement_id,
            reason=form.reason.data,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("The improvement plan is cancelled.", "success")
        return redirect(url_for(".show", improvement_id=improvement_id), 303)
    return render(form=form, **_sight(improvement_id))


def _sight(improvement_id: str) -> dict[str, Any]:
    with reading() as session:
        improvement = queries.get_staff_improvement(session, improvement_id, current_actor())
        events = history.list_history(session, [improvement.id])
    rule = rule_of(improvement.plan).opportunity
    return {
        "improvement": improvement,
        "rule": rule,
        "rests_until": rules.rests_until(rule, improvement.ends_on),
        "timeline": history.timeline(events, improvement.agency.time_zone),
    }
