"""A person's own improvement plan, and those of the people in one's charge."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.personnel.improvement import queries, rules, services
from app.personnel.improvement.forms import AssessForm, CheckInForm, OpenForm
from app.personnel.improvement.states import Outcome
from app.personnel.performance.queries import get_team_plan, rule_of
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, signed_in
from app.web.pages import render, save

bp = Blueprint("improvement", __name__)
TEAM = "/my/team/improvement/<id('ipl'):improvement_id>"


@bp.get("/my/improvement/<id('ipl'):improvement_id>")
@signed_in
def show_own(improvement_id: str) -> ResponseReturnValue:
    """Show a person's own improvement plan."""
    with reading() as session:
        improvement = queries.get_own_improvement(session, improvement_id, current_actor())
    return render(improvement=improvement, rule=rule_of(improvement.plan).opportunity)


@bp.get(TEAM)
@signed_in
def show_team(improvement_id: str) -> ResponseReturnValue:
    """Show the improvement plan of somebody in one's charge."""
    return render(**_team(improvement_id))


@bp.route("/my/team/performance/<id('ppl'):plan_id>/improvement", methods=["GET", "POST"])
@signed_in
def open_plan(plan_id: str) -> ResponseReturnValue:
    """Open an improvement plan on critical elements of somebody's performance plan."""
    actor = current_actor()
    with reading() as session:
        plan = get_team_plan(session, plan_id, actor, services.OPEN)
    rule, today = rule_of(plan).opportunity, clock.local_date(clock.now(), plan.agency.time_zone)
    form = OpenForm(data={"delivered_on": today})
    form.elements.choices = [(one.id, one.title) for one in plan.elements if one.is_critical]
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.open_improvement(
                session, plan_id=plan_id, opening=form.opening(), actor=actor, at=clock.now()
            ).id
        ),
    ):
        flash("The improvement plan is open. The notice goes to the employee.", "success")
        return redirect(url_for(".show_team", improvement_id=form.saved), 303)
    return render(form=form, plan=plan, rule=rule, first=rules.first_last_day(rule, today))


@bp.route(f"{TEAM}/check-in", methods=["GET", "POST"])
@signed_in
def check_in(improvement_id: str) -> ResponseReturnValue:
    """Write down a talk in the opportunity period."""
    form = CheckInForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.check_in(
                session,
                improvement_id=improvement_id,
                held_on=cast(dt.date, form.held_on.data),
                progress=form.progress.data,
                help_given=form.help_given.data,
                actor=current_actor(),
                at=clock.now(),
            ).id
        ),
    ):
        flash("Check-in kept.", "success")
        return redirect(url_for(".show_team", improvement_id=improvement_id), 303)
    return render(form=form, **_team(improvement_id))


@bp.route(f"{TEAM}/outcome", methods=["GET", "POST"])
@signed_in
def assess(improvement_id: str) -> ResponseReturnValue:
    """Say whether the work became acceptable."""
    form = AssessForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.assess(
            session,
            improvement_id=improvement_id,
            outcome=Outcome(form.outcome.data),
            findings=form.findings.data,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("Outcome handed in. Another person confirms it.", "success")
        return redirect(url_for(".show_team", improvement_id=improvement_id), 303)
    return render(form=form, **_team(improvement_id))


def _team(improvement_id: str) -> dict[str, Any]:
    with reading() as session:
        improvement = queries.get_team_improvement(session, improvement_id, current_actor(), services.OPEN)
    return {"improvement": improvement, "rule": rule_of(improvement.plan).opportunity}
