"""Recording the delivery of a notice, and of the decision."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.personnel.decisions.queries import find_decision
from app.personnel.deliveries import decisions, services
from app.personnel.deliveries.forms import DecisionDeliveryForm, DeliveryForm
from app.personnel.deliveries.models import Way
from app.personnel.discipline.queries import get_case
from app.platform import clock
from app.platform.db import reading
from app.platform.errors import NotFound
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("deliveries", __name__)


@bp.route("/staff/cases/<id('dsc'):case_id>/delivery", methods=["GET", "POST"])
@requires(services.PERMISSION)
def record(case_id: str) -> ResponseReturnValue:
    """Record how and when the notice was delivered."""
    actor, form = current_actor(), DeliveryForm()
    with reading() as session:
        case = get_case(session, case_id, actor)
    if form.validate_on_submit():
        file, given = form.keep(), _handover(form)
        if save(
            form,
            lambda session: services.record_delivery(
                session, case_id=case_id, handover=given, file=file, actor=actor, at=clock.now()
            ),
        ):
            flash("Delivery recorded. The days of the case are counted from it.", "success")
            return redirect(url_for("personnel.discipline.show", case_id=case_id), 303)
    return render(form=form, case=case)


@bp.route("/staff/cases/<id('dsc'):case_id>/decision-delivery", methods=["GET", "POST"])
@requires(decisions.PERMISSION)
def record_decision(case_id: str) -> ResponseReturnValue:
    """Record how and when the decision was delivered."""
    actor, form = current_actor(), DecisionDeliveryForm()
    with reading() as session:
        case = get_case(session, case_id, actor)
        decision = find_decision(session, case_id)
    if decision is None:
        raise NotFound("This case was not decided.")
    if form.validate_on_submit():
        file, given = form.keep(), _handover(form)
        if save(
            form,
            lambda session: decisions.record_decision_delivery(
                session, case_id=case_id, handover=given, file=file, actor=actor, at=clock.now()
            ),
        ):
            flash("Delivery recorded. The time to contest the decision is counted with it.", "success")
            return redirect(url_for("personnel.discipline.show", case_id=case_id), 303)
    return render(form=form, case=case, decision=decision)


def _handover(form: DeliveryForm) -> services.Handover:
    return services.Handover(
        way=Way(form.way.data),
        delivered_on=form.day(),
        delivered_by=form.delivered_by.data,
        proof=form.proof.data,
    )
