"""Plans for the staff: which there are, what they cost, who approved it."""

from __future__ import annotations

import datetime as dt
from typing import cast

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.queries import get_agency, list_agencies_for
from app.personnel import history
from app.personnel.benefit_plans import queries, rules, services
from app.personnel.benefit_plans.forms import PlanForm, RatesForm, RegimeForm
from app.personnel.benefit_plans.states import Tier
from app.platform import clock
from app.platform.db import reading
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.pages import act, render, save

bp = Blueprint("benefit_plans", __name__)
ONE = "/staff/benefit-plans/<id('bpl'):plan_id>"
navigation.add("Benefit plans", "personnel.benefit_plans.list_staff", area="staff", order=17)


@bp.get("/staff/benefit-plans")
@requires("personnel.benefit_plans.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the plans of the actor's agencies."""
    actor = current_actor()
    with reading() as session:
        page = queries.list_plans(session, actor, cursor=listing.read_cursor())
        agencies = list_agencies_for(session, actor, "personnel.benefit_plans.set_regime")
        regimes = {agency.id: queries.regime_of(session, agency.id) for agency in agencies}
    return render(rows=page.rows, agencies=agencies, regimes=regimes, pages=listing.addresses(page))


@bp.route("/staff/benefit-plans/new", methods=["GET", "POST"])
@requires("personnel.benefit_plans.create")
def create() -> ResponseReturnValue:
    """Offer a plan."""
    actor, form = current_actor(), PlanForm()
    with reading() as session:
        form.offer(list_agencies_for(session, actor, "personnel.benefit_plans.create"))
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.create_plan(
                session, agency_id=form.agency_id.data, values=form.values(), actor=actor, at=clock.now()
            ).id
        ),
    ):
        flash("Plan saved. Propose its rates, so that it can be chosen.", "success")
        return redirect(url_for(".show", plan_id=form.saved), 303)
    return render(form=form)


@bp.get(ONE)
@requires("personnel.benefit_plans.show")
def show(plan_id: str) -> ResponseReturnValue:
    """Show a plan with the versions of its rates."""
    with reading() as session:
        plan = queries.get_plan(session, plan_id, current_actor())
        events = history.list_history(session, [plan_id])
    return render(plan=plan, tiers=Tier, timeline=history.timeline(events, plan.agency.time_zone))


@bp.route(f"{ONE}/rates", methods=["GET", "POST"])
@requires("personnel.benefit_plans.propose_rates")
def propose_rates(plan_id: str) -> ResponseReturnValue:
    """Propose what a plan costs from a pay period on."""
    actor = current_actor()
    with reading() as session:
        plan = queries.get_plan(session, plan_id, actor)
    today = clock.local_date(clock.now(), plan.agency.time_zone)
    form = RatesForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.propose_rates(
            session,
            plan_id=plan_id,
            effective_from=cast(dt.date, form.effective_from.data),
            rates=form.rates(),
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Rates proposed. Somebody else approves them.", "success")
        return redirect(url_for(".show", plan_id=plan_id), 303)
    return render(
        form=form, plan=plan, tiers=Tier, next_period=rules.period_from(today + dt.timedelta(days=1))
    )


@bp.post(f"{ONE}/rates/<id('bpv'):version_id>/decide")
@requires("personnel.benefit_plans.decide_rates")
def decide_rates(plan_id: str, version_id: str) -> ResponseReturnValue:
    """Approve or refuse proposed rates."""
    approves = request.form.get("decision") == "approve"
    return act(
        lambda session: services.decide_rates(
            session,
            plan_id=plan_id,
            version_id=version_id,
            approves=approves,
            actor=current_actor(),
            at=clock.now(),
        ),
        done="Rates approved." if approves else "Rates refused.",
        then=url_for(".show", plan_id=plan_id),
    )


@bp.post(f"{ONE}/close")
@requires("personnel.benefit_plans.close")
def close(plan_id: str) -> ResponseReturnValue:
    """Offer a plan no longer."""
    return act(
        lambda session: services.close_plan(session, plan_id=plan_id, actor=current_actor(), at=clock.now()),
        done="Plan closed. Who is enrolled in it stays so.",
        then=url_for(".show", plan_id=plan_id),
    )


@bp.route("/staff/agencies/<id('agy'):agency_id>/benefit-rule", methods=["GET", "POST"])
@requires("personnel.benefit_plans.set_regime")
def set_regime(agency_id: str) -> ResponseReturnValue:
    """Say which rule of benefits an agency follows."""
    actor = current_actor()
    with reading() as session:
        agency = get_agency(session, agency_id)
        regime = queries.regime_of(session, agency_id)
    actor.demand("personnel.benefit_plans.set_regime", agency.id)
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
