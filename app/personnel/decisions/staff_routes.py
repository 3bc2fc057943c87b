"""Deciding cases, and carrying decisions out."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.personnel.decisions import effects, queries, rules, services
from app.personnel.decisions.forms import CarryOutForm, DecideForm, NotEnteredForm, decide_form
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.queries import get_case
from app.personnel.discipline.regimes import REGIMES
from app.personnel.discipline.rules import describe, paragraphs, procedure_of
from app.personnel.discipline.states import Action
from app.personnel.replies.queries import list_replies
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("decisions", __name__)
CASE = "/staff/cases/<id('dsc'):case_id>"


@bp.route(f"{CASE}/decide", methods=["GET", "POST"])
@requires("personnel.decisions.decide")
def decide(case_id: str) -> ResponseReturnValue:
    """Decide a case, as its deciding official."""
    actor = current_actor()
    with reading() as session:
        case = get_case(session, case_id, actor)
        answers = list_replies(session, case_id)
    form, law = _form(case), procedure_of(case.regime, case.procedure)
    form.offer(REGIMES[case.regime], case.action)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.decide_case(
            session, case_id=case_id, ruling=form.ruling(), actor=actor, at=clock.now()
        ),
    ):
        flash("Decided. The letter is on its way.", "success")
        return redirect(url_for("personnel.discipline.show", case_id=case_id), 303)
    description = describe(case.action, case.days)
    return render(form=form, case=case, law=law, answers=answers, description=description, **_days(case))


@bp.route(f"{CASE}/carry-out", methods=["GET", "POST"])
@requires("personnel.decisions.carry_out")
def carry_out(case_id: str) -> ResponseReturnValue:
    """Carry out what was decided, from its effective day on."""
    actor, form = current_actor(), CarryOutForm()
    with reading() as session:
        case = get_case(session, case_id, actor)
        decision = queries.find_decision(session, case_id)
    if form.validate_on_submit() and save(
        form,
        lambda session: effects.carry_out(
            session,
            case_id=case_id,
            reduction=effects.Reduction(form.grade.data, form.pay_minor.data),
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Carried out. The service record follows.", "success")
        return redirect(url_for("personnel.discipline.show", case_id=case_id), 303)
    decided = describe(decision.action, decision.days) if decision and decision.action else "no action"
    is_demotion = decision is not None and decision.action is Action.DEMOTION
    return render(form=form, case=case, decision=decision, decided=decided, is_demotion=is_demotion)


@bp.route(f"{CASE}/not-entered", methods=["GET", "POST"])
@requires("personnel.decisions.record_not_entered")
def record_not_entered(case_id: str) -> ResponseReturnValue:
    """Record that the service record refuses what was decided."""
    actor, form = current_actor(), NotEnteredForm()
    with reading() as session:
        case = get_case(session, case_id, actor)
        decision = queries.find_decision(session, case_id)
    if form.validate_on_submit() and save(
        form,
        lambda session: effects.record_not_entered(
            session,
            case_id=case_id,
            reason=form.reason.data,
            reduction=effects.Reduction(form.grade.data, form.pay_minor.data),
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Recorded. Nothing waits to be carried out any more.", "success")
        return redirect(url_for("personnel.discipline.show", case_id=case_id), 303)
    decided = describe(decision.action, decision.days) if decision and decision.action else "no action"
    is_demotion = decision is not None and decision.action is Action.DEMOTION
    return render(form=form, case=case, decided=decided, is_demotion=is_demotion)


def _form(case: DisciplinaryCase) -> DecideForm:
    labels = {
        (charge.id, number): f"Charge {place}, specification {number}: {text[:200]}"
        for place, charge in enumerate(case.charges, 1)
        for number, text in enumerate(paragraphs(charge.specification), 1)
    }
    return decide_form([(labels[key], key) for key in services.noticed(case)])


def _days(case: DisciplinaryCase) -> dict[str, Any]:
    """Give the first days for a decision and its effect; nothing before the notice was delivered."""
    if case.effective_from_on is None:
        return {"decide_from": None, "effect_from": None}
    law, days = procedure_of(case.regime, case.procedure), services.clock_of(case)
    today = clock.local_date(clock.now(), case.agency.time_zone)
    return {
        "decide_from": rules.first_decision_day(law, days),
        "effect_from": rules.first_effective_day(days, today),
    }
