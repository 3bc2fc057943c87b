"""Appeals against decisions, what comes of them, and closing cases."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.personnel.case_appeals import queries, remedies, services
from app.personnel.case_appeals.forms import AppealForm, CloseForm, OutcomeForm, RemedyForm
from app.personnel.case_appeals.states import AppealOutcome
from app.personnel.decisions.effects import Reduction
from app.personnel.decisions.queries import find_decision
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.queries import get_case
from app.personnel.discipline.regimes import REGIMES
from app.personnel.discipline.rules import law_after
from app.personnel.discipline.states import Forum
from app.platform import clock
from app.platform.db import reading
from app.platform.errors import NotFound
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("case_appeals", __name__)
CASE = "/staff/cases/<id('dsc'):case_id>"
SHOW = "personnel.discipline.show"


@bp.route(f"{CASE}/appeal", methods=["GET", "POST"])
@requires("personnel.case_appeals.record")
def record(case_id: str) -> ResponseReturnValue:
    """Record that the decision was contested."""
    case, form = _get_case(case_id), AppealForm()
    with reading() as session:
        decision = find_decision(session, case_id)
    form.offer(law_after(case.regime, case.procedure, decision.action if decision else None))
    if form.validate_on_submit() and save(
        form,
        lambda session: services.record_appeal(
            session,
            case_id=case_id,
            forum=Forum(form.forum.data),
            docket=form.docket.data,
            filed_on=form.day(),
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("The appeal is on record.", "success")
        return redirect(url_for(SHOW, case_id=case_id), 303)
    return render(form=form, case=case)


@bp.route(f"{CASE}/appeal/outcome", methods=["GET", "POST"])
@requires("personnel.case_appeals.record_outcome")
def record_outcome(case_id: str) -> ResponseReturnValue:
    """Record what was decided on an appeal."""
    case, form = _get_case(case_id), OutcomeForm()
    with reading() as session:
        appeal = queries.find_appeal(session, case_id)
    if appeal is None:
        raise NotFound("No appeal is on record.")
    if form.validate_on_submit() and save(
        form,
        lambda session: services.record_outcome(
            session, case_id=case_id, ending=_ending(form), actor=current_actor(), at=clock.now()
        ),
    ):
        flash("The outcome is on record.", "success")
        return redirect(url_for(SHOW, case_id=case_id), 303)
    return render(form=form, case=case, appeal=appeal)


@bp.route(f"{CASE}/appeal/remedy", methods=["GET", "POST"])
@requires("personnel.case_appeals.apply_remedy")
def apply_remedy(case_id: str) -> ResponseReturnValue:
    """Put the service record right after an appeal."""
    case, form = _get_case(case_id), RemedyForm()
    with reading() as session:
        decision, appeal = find_decision(session, case_id), queries.find_appeal(session, case_id)
    if decision is None or appeal is None:
        raise NotFound("No appeal is on record.")
    said = remedies.say_righting(decision, appeal)
    form.ask(day=said["asks_day"])

    def act(session: Session) -> object:
        to = Reduction(form.grade.data, form.pay_minor.data)
        wanted = remedies.Righting(form.remedy.data, form.effective_on.data, form.position_number.data, to)
        return remedies.apply_remedy(
            session, case_id=case_id, righting=wanted, actor=current_actor(), at=clock.now()
        )

    if form.validate_on_submit() and save(form, act):
        flash("Put right.", "success")
        return redirect(url_for(SHOW, case_id=case_id), 303)
    return render(form=form, case=case, **said)


@bp.route(f"{CASE}/close", methods=["GET", "POST"])
@requires("personnel.case_appeals.close")
def close(case_id: str) -> ResponseReturnValue:
    """Close a case once nothing can follow any more."""
    case, form = _get_case(case_id), CloseForm()
    regime = REGIMES[case.regime]
    with reading() as session:
        ends_with = services.final_action(
            find_decision(session, case_id), queries.find_appeal(session, case_id)
        )
    if form.validate_on_submit() and save(
        form,
        lambda session: services.close_case(
            session, case_id=case_id, note=form.note.data, actor=current_actor(), at=clock.now()
        ),
    ):
        flash("Case closed. From now on the clock of its keeping runs.", "success")
        return redirect(url_for(SHOW, case_id=case_id), 303)
    return render(form=form, case=case, regime=regime, years=regime.years_kept(ends_with))


def _get_case(case_id: str) -> DisciplinaryCase:
    with reading() as session:
        return get_case(session, case_id, current_actor())


def _ending(form: OutcomeForm) -> services.Ending:
    return services.Ending(
        outcome=AppealOutcome(form.outcome.data),
        decided_on=form.day(),
        reasons=form.reasons.data,
        lighter=form.lighter(),
    )
