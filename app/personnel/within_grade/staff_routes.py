"""Increases within the grade for the staff of an agency: what is due, and what is decided."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.personnel import history
from app.personnel.ratings.queries import find_rating_of_record
from app.personnel.within_grade import queries, regimes, services
from app.personnel.within_grade.forms import DecideForm, IncreasesFilterForm, ReconsiderForm
from app.personnel.within_grade.routes import bp
from app.personnel.within_grade.states import WAITING, IncreaseState
from app.platform import clock
from app.platform.db import reading
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.pages import render, save

__all__ = ["bp"]
ONE = "/staff/step-increases/<id('wgi'):increase_id>"
navigation.add("Step increases", "personnel.within_grade.list_staff", area="staff", order=18)


@bp.get("/staff/step-increases")
@requires("personnel.within_grade.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the increases of the officer's agencies, what is due first at the top."""
    filters = IncreasesFilterForm()
    states = [IncreaseState(filters.state.data)] if filters.state.data else sorted(WAITING, key=str)
    with reading() as session:
        page = queries.list_increases(session, current_actor(), states, cursor=listing.read_cursor())
    return render(rows=page.rows, filters=filters, pages=listing.addresses(page))


@bp.get(ONE)
@requires("personnel.within_grade.show")
def show(increase_id: str) -> ResponseReturnValue:
    """Show an increase: how it was computed, what was found and decided."""
    return render(**_sight(increase_id))


@bp.route(f"{ONE}/decide", methods=["GET", "POST"])
@requires("personnel.within_grade.decide")
def decide(increase_id: str) -> ResponseReturnValue:
    """Approve what the supervisor found, or give it back."""
    form = DecideForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.decide(
            session,
            increase_id=increase_id,
            is_approved=form.verdict.data == "approve",
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("Decided.", "success")
        return redirect(url_for(".show", increase_id=increase_id), 303)
    return render(form=form, **_sight(increase_id))


@bp.route(f"{ONE}/reconsider", methods=["GET", "POST"])
@requires("personnel.within_grade.reconsider")
def reconsider(increase_id: str) -> ResponseReturnValue:
    """Answer a request for reconsideration."""
    form = ReconsiderForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.reconsider(
            session,
            increase_id=increase_id,
            is_granted=form.verdict.data == "grant",
            answer=form.answer.data,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("Answered. The employee is told by mail.", "success")
        return redirect(url_for(".show", increase_id=increase_id), 303)
    return render(form=form, **_sight(increase_id))


def _sight(increase_id: str) -> dict[str, Any]:
    with reading() as session:
        row = queries.get_staff_increase(session, increase_id, current_actor())
        today = clock.local_date(clock.now(), row.agency.time_zone)
        rating = find_rating_of_record(session, row.employee_id, today)
        events = history.list_history(session, [row.id])
    regime = regimes.find(row.regime)
    return {
        "row": row,
        "rating": rating,
        "regime": regime,
        "wait": regime.waits[row.to_step],
        "timeline": history.timeline(events, row.agency.time_zone),
    }
