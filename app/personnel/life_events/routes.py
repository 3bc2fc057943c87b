"""A person's own life events."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.personnel.benefit_plans.queries import regime_of
from app.personnel.life_events import queries, services
from app.personnel.life_events.forms import ReportForm
from app.personnel.serving import get_own
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, signed_in
from app.web.pages import act, render, save

bp = Blueprint("life_events", __name__)


@bp.get("/my/benefits/life-events")
@signed_in
def list_own() -> ResponseReturnValue:
    """List one's own events."""
    with reading() as session:
        employee = get_own(session, current_actor().id)
        rows = queries.list_own(session, employee.id)
        regime = regime_of(session, employee.agency_id)
    today = clock.local_date(clock.now(), employee.agency.time_zone)
    return render(rows=rows, regime=regime, today=today)


@bp.route("/my/benefits/life-events/new", methods=["GET", "POST"])
@signed_in
def create() -> ResponseReturnValue:
    """Report an event."""
    actor, form = current_actor(), ReportForm()
    with reading() as session:
        regime = regime_of(session, get_own(session, actor.id).agency_id)
    form.offer(regime)
    if form.validate_on_submit():
        report = form.report(form.keep())
        if save(
            form,
            lambda session: services.report_event(session, report=report, actor=actor, at=clock.now()).id,
        ):
            flash("Reported. The office decides and tells you by mail.", "success")
            return redirect(url_for(".list_own"), 303)
    return render(form=form, regime=regime)


@bp.post("/my/benefits/life-events/<id('lev'):event_id>/withdraw")
@signed_in
def withdraw(event_id: str) -> ResponseReturnValue:
    """Take back an event on which nobody decided."""
    return act(
        lambda session: services.withdraw_event(
            session, event_id=event_id, actor=current_actor(), at=clock.now()
        ),
        done="Taken back.",
        then=url_for(".list_own"),
    )
