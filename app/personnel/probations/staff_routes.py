"""Probations for the staff: who is on one, what is recommended, what is decided."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.accounts.queries import get_agency
from app.personnel import history
from app.personnel.probations import queries, rules, services
from app.personnel.probations.forms import DecideForm, RegimeForm, ReviewForm
from app.personnel.probations.states import Outcome
from app.personnel.separations.queries import find_live
from app.platform import clock
from app.platform.db import reading
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("probations", __name__)
ONE = "/staff/probations/<id('apt'):appointment_id>"
navigation.add("Probations", "personnel.probations.list_staff", area="staff", order=15)


@bp.get("/staff/probations")
@requires("personnel.probations.list_staff")
def list_staff() -> ResponseReturnValue:
    """List who is on probation, whose ends first at the top."""
    with reading() as session:
        page = queries.list_running(session, current_actor(), cursor=listing.read_cursor())
        reviews = queries.map_reviews(session, [row.id for row in page.rows])
    today = clock.now().date()
    left = {row.id: (row.probation_ends_on - today).days for row in page.rows if row.probation_ends_on}
    return render(rows=page.rows, reviews=reviews, left=left, pages=listing.addresses(page))


@bp.get(ONE)
@requires("personnel.probations.show")
def show(appointment_id: str) -> ResponseReturnValue:
    """Show a probation: its days under the rule, the recommendation, the decision."""
    return render(**_sight(appointment_id))


@bp.route(f"{ONE}/review", methods=["GET", "POST"])
@requires("personnel.probations.review")
def review(appointment_id: str) -> ResponseReturnValue:
    """Recommend what shall come of a probation."""
    form = ReviewForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.review_probation(
            session,
            appointment_id=appointment_id,
            recommended=Outcome(form.recommended.data),
            grounds=form.grounds.data,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("Recommendation handed in. Somebody else decides.", "success")
        return redirect(url_for(".show", appointment_id=appointment_id), 303)
    return render(form=form, **_sight(appointment_id))


@bp.route(f"{ONE}/decide", methods=["GET", "POST"])
@requires("personnel.probations.decide")
def decide(appointment_id: str) -> ResponseReturnValue:
    """Decide on a reviewed probation, within the days of the rule."""
    form = DecideForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.decide_probation(
            session,
            appointment_id=appointment_id,
            outcome=Outcome(form.outcome.data),
            last_day=form.last_day.data,
            reason=form.reason.data,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("Decided. The letter to the person is on its way.", "success")
        return redirect(url_for(".show", appointment_id=appointment_id), 303)
    return render(form=form, **_sight(appointment_id))


@bp.route("/staff/agencies/<id('agy'):agency_id>/probation-rule", methods=["GET", "POST"])
@requires("personnel.probations.set_regime")
def set_regime(agency_id: str) -> ResponseReturnValue:
    """Say under which rule an agency's probations run."""
    actor = current_actor()
    with reading() as session:
        agency = get_agency(session, agency_id)
        regime = queries.regime_of(session, agency_id)
    actor.demand("personnel.probations.set_regime", agency.id)
    form = RegimeForm(data={"name": regime.name})
    if form.validate_on_submit() and save(
        form,
        lambda session: services.set_regime(
            session, agency_id=agency_id, name=form.name.data, actor=actor, at=clock.now()
        ),
    ):
        flash("The rule is kept.", "success")
        return redirect(url_for(".list_staff"), 303)
    return render(form=form, agency=agency)


def _sight(appointment_id: str) -> dict[str, Any]:
    with reading() as session:
        appointment = queries.get_probation(session, appointment_id, current_actor())
        found = queries.find_review(session, appointment_id)
        leaving = find_live(session, appointment.employee_id)
        regime = queries.regime_of(session, appointment.agency_id)
        events = history.list_history(session, [appointment_id])
    ends_on = appointment.probation_ends_on or (found.ends_on if found else appointment.starts_on)
    today = clock.local_date(clock.now(), appointment.agency.time_zone)
    days = {outcome: rules.first_day(regime, outcome, appointment.starts_on, ends_on) for outcome in Outcome}
    return {
        "appointment": appointment,
        "review": found,
        "leaving": leaving,
        "regime": regime,
        "ends_on": ends_on,
        "keep_from": days[Outcome.RETAIN],
        "end_from": days[Outcome.END],
        "earliest_last_day": rules.earliest_last_day(regime, today),
        "decide_by": rules.decide_by(regime, ends_on),
        "timeline": history.timeline(events, appointment.agency.time_zone),
    }
