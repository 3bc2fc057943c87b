"""The twelve factors, answered for the proposal and weighed for the decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.personnel.discipline.queries import get_case
from app.personnel.penalty_factors import queries, services
from app.personnel.penalty_factors.forms import FactorsForm, filled
from app.personnel.penalty_factors.models import Stage
from app.personnel.penalty_factors.rules import FACTORS, LAW, missing
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("penalty_factors", __name__)
CASE = "/staff/cases/<id('dsc'):case_id>/factors"


@bp.route(CASE, methods=["GET", "POST"])
@requires("personnel.penalty_factors.answer")
def answer(case_id: str) -> ResponseReturnValue:
    """Answer the factors for the proposal."""
    return _edit(case_id, Stage.PROPOSAL, services.answer_proposal)


@bp.route(f"{CASE}/decision", methods=["GET", "POST"])
@requires("personnel.penalty_factors.weigh")
def weigh(case_id: str) -> ResponseReturnValue:
    """Weigh the factors for the decision."""
    return _edit(case_id, Stage.DECISION, services.answer_decision)


def _edit(case_id: str, stage: Stage, act: Callable[..., Any]) -> ResponseReturnValue:
    actor = current_actor()
    with reading() as session:
        case = get_case(session, case_id, actor)
        answers = queries.map_answers(session, case_id, stage)
        proposed = queries.map_answers(session, case_id, Stage.PROPOSAL)
    form = FactorsForm(data=filled(answers))
    if form.validate_on_submit() and save(
        form,
        lambda session: act(session, case_id=case_id, answers=form.answers(), actor=actor, at=clock.now()),
    ):
        left = [number for number, given in form.answers().items() if not given.answer.strip()]
        flash(f"Saved. Still to answer: {len(left)}." if left else "Each factor is answered.", "success")
        return redirect(url_for("personnel.discipline.show", case_id=case_id), 303)
    return render(
        form=form, case=case, titles=FACTORS, law=LAW, proposed=proposed, left=missing(answers.keys())
    )
