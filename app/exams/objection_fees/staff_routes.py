"""Fees of objections for the office: listed, and recorded."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.exams.examinations.queries import get_examination
from app.exams.objection_fees import forms, queries, services
from app.platform import clock
from app.platform.db import reading
from app.web import listing
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("objection_fees", __name__)
ONE = "/staff/objections/<id('obj'):objection_id>/fee"


@bp.get("/staff/examinations/<id('exm'):examination_id>/objection-fees")
@requires("exams.objection_fees.list_staff")
def list_staff(examination_id: str) -> ResponseReturnValue:
    """List the fees of the objections to an examination's key."""
    with reading() as session:
        examination = get_examination(session, examination_id, current_actor(), permission=queries.READ)
        terms = queries.find_terms(session, examination_id)
        page = queries.list_fees(session, examination_id, cursor=listing.read_cursor())
    return render(examination=examination, terms=terms, fees=page.rows, pages=listing.addresses(page))


@bp.get(ONE)
@requires("exams.objection_fees.show")
def show(objection_id: str) -> ResponseReturnValue:
    """Show a fee with all that was recorded of it."""
    return render(**_sight(objection_id))


@bp.route(f"{ONE}/payment", methods=["GET", "POST"])
@requires("exams.objection_fees.record_payment")
def record_payment(objection_id: str) -> ResponseReturnValue:
    """Record that the fee was paid."""
    return _record(objection_id, services.record_payment, "Payment recorded.")


@bp.route(f"{ONE}/refund", methods=["GET", "POST"])
@requires("exams.objection_fees.record_refund")
def record_refund(objection_id: str) -> ResponseReturnValue:
    """Record that the fee was given back."""
    return _record(objection_id, services.record_refund, "Refund recorded.")


@bp.route(f"{ONE}/waiver", methods=["GET", "POST"])
@requires("exams.objection_fees.decide_waiver")
def decide_waiver(objection_id: str) -> ResponseReturnValue:
    """Decide whether the fee is waived."""
    form = forms.WaiverForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.decide_waiver(
            session,
            objection_id=objection_id,
            is_granted=form.decision.data == "grant",
            reason=form.reason.data,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("Decision recorded.", "success")
        return redirect(url_for(".show", objection_id=objection_id), 303)
    return render(form=form, **_sight(objection_id))


def _record(objection_id: str, service: Any, done: str) -> ResponseReturnValue:
    form = forms.ReferenceForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: service(
            session,
            objection_id=objection_id,
            reference=form.reference.data,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash(done, "success")
        return redirect(url_for(".show", objection_id=objection_id), 303)
    return render(form=form, **_sight(objection_id))


def _sight(objection_id: str) -> dict[str, Any]:
    with reading() as session:
        fee, objection = queries.get_fee(session, objection_id, current_actor())
    return {"fee": fee, "objection": objection, "examination": objection.examination}
