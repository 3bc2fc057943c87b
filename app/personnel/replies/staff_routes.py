"""The employee's side of a case for the office: who speaks for them, more time, and who was heard."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.queries import get_case
from app.personnel.discipline.rules import procedure_of
from app.personnel.replies import answers, queries
from app.personnel.replies.forms import DecideMoreTimeForm, HeardForm, RefuseRepresentativeForm
from app.personnel.replies.routes import bp
from app.personnel.replies.states import Ground, ReplyKind
from app.platform import clock
from app.platform.db import reading
from app.platform.errors import NotFound
from app.web.access import current_actor, requires
from app.web.pages import render, save

__all__ = ["bp"]
CASE = "/staff/cases/<id('dsc'):case_id>"
SHOW = "personnel.discipline.show"


@bp.route(f"{CASE}/representative/refuse", methods=["GET", "POST"])
@requires("personnel.replies.refuse_representative")
def refuse_representative(case_id: str) -> ResponseReturnValue:
    """Refuse whom the employee named, with the ground."""
    case, form = _get_case(case_id), RefuseRepresentativeForm()
    with reading() as session:
        named = queries.find_representative(session, case_id)
    if named is None:
        raise NotFound("Nobody is named.")
    if form.validate_on_submit() and save(
        form,
        lambda session: answers.refuse_representative(
            session,
            case_id=case_id,
            ground=Ground(form.ground.data),
            reason=form.reason.data,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("The representative is refused. The employee is told.", "success")
        return redirect(url_for(SHOW, case_id=case_id), 303)
    return render(form=form, case=case, named=named)


@bp.route(f"{CASE}/more-time", methods=["GET", "POST"])
@requires("personnel.replies.decide_more_time")
def decide_more_time(case_id: str) -> ResponseReturnValue:
    """Agree to more time to answer, or say why not."""
    case, form = _get_case(case_id), DecideMoreTimeForm()
    with reading() as session:
        asked = queries.get_asked(session, case_id)
    if form.validate_on_submit() and save(
        form,
        lambda session: answers.decide_more_time(
            session,
            case_id=case_id,
            is_agreed=form.is_agreed.data == "yes",
            answer=form.answer.data,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("Answered. The employee is told.", "success")
        return redirect(url_for(SHOW, case_id=case_id), 303)
    return render(form=form, case=case, asked=asked)


@bp.route(f"{CASE}/heard", methods=["GET", "POST"])
@requires("personnel.replies.record_heard")
def record_heard(case_id: str) -> ResponseReturnValue:
    """Record an oral answer or a hearing."""
    case, form = _get_case(case_id), HeardForm()
    form.offer(procedure_of(case.regime, case.procedure))
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            answers.record_heard(
                session, case_id=case_id, heard=_heard(form), actor=current_actor(), at=clock.now()
            ).id
        ),
    ):
        flash("Recorded.", "success")
        return redirect(url_for(SHOW, case_id=case_id), 303)
    return render(form=form, case=case)


def _get_case(case_id: str) -> DisciplinaryCase:
    with reading() as session:
        return get_case(session, case_id, current_actor())


def _heard(form: HeardForm) -> answers.Heard:
    return answers.Heard(
        kind=ReplyKind(form.kind.data),
        given_on=form.day(),
        heard_by_name=form.heard_by_name.data,
        summary=form.summary.data,
    )
