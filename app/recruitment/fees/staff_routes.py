"""Fees for the office: declared with a posting, listed, and recorded."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.platform import clock
from app.platform.db import reading
from app.platform.errors import Conflict
from app.recruitment.fees import forms, queries, services
from app.recruitment.fees.routes import bp
from app.recruitment.fees.states import FeeState
from app.recruitment.postings.queries import get_posting
from app.recruitment.postings.states import PostingState
from app.web import navigation
from app.web.access import current_actor, requires
from app.web.pages import render, save

navigation.add("Fees", "recruitment.fees.list_staff", area="staff", order=34)
ONE = "/staff/fees/<id('app'):application_id>"


@bp.route("/staff/postings/<id('pst'):posting_id>/fee", methods=["GET", "POST"])
@requires("recruitment.fees.declare")
def declare(posting_id: str) -> ResponseReturnValue:
    """Declare what applying costs and who need not pay."""
    actor = current_actor()
    with reading() as session:
        posting = get_posting(session, posting_id, actor)
    if posting.state is not PostingState.DRAFT:
        raise Conflict("Only a draft can be changed. Send the posting back first.")
    form = forms.DeclareForm(data=_declared(posting.fee, posting.pay_currency))

    def change(session: Session) -> Any:
        values = form.values()
        grounds = form.listed_grounds() if values else []
        return services.declare_fee(
            session, posting_id=posting_id, values=values, grounds=grounds, actor=actor, at=clock.now()
        )

    if form.validate_on_submit() and save(form, change):
        flash("Fee saved.", "success")
        return redirect(url_for("recruitment.postings.show", posting_id=posting_id), 303)
    return render(form=form, posting=posting)


def _declared(fee: Any, currency: str) -> dict[str, Any]:
    if fee is None:
        return {"has_fee": False, "currency": currency}
    grounds = (f"{row.title} | {row.source} | {row.evidence}" for row in fee.grounds)
    return {
        "has_fee": True,
        "currency": fee.currency,
        "amount_minor": fee.amount_minor,
        "authority": fee.authority,
        "where_to_pay": fee.where_to_pay,
        "hold": fee.hold,
        "grounds": "\n".join(grounds),
    }


@bp.get("/staff/fees")
@requires("recruitment.fees.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the fees of the officer's agencies, or find one by its slip."""
    filters = forms.FeesFilter()
    state = FeeState(filters.state.data) if filters.state.data else None
    with reading() as session:
        rows = queries.list_fees(session, current_actor(), state=state, number=filters.number.data or "")
    return render(rows=rows, filters=filters, most=queries.PAGE)


@bp.get(ONE)
@requires("recruitment.fees.show_staff")
def show_staff(application_id: str) -> ResponseReturnValue:
    """Show a fee with all that was recorded of it."""
    fee, application = _load(application_id)
    return render(fee=fee, application=application)


@bp.route(f"{ONE}/payment", methods=["GET", "POST"])
@requires("recruitment.fees.record_payment")
def record_payment(application_id: str) -> ResponseReturnValue:
    """Record that the fee was paid at the office."""
    (fee, application), form = _load(application_id), forms.PaymentForm()

    def change(session: Session) -> Any:
        return services.record_payment(
            session,
            application_id=application_id,
            reference=form.reference.data,
            actor=current_actor(),
            at=clock.now(),
        )

    if form.validate_on_submit() and save(form, change):
        return _done(application_id, f"Payment recorded: receipt {form.saved.number}.")
    return render(form=form, fee=fee, application=application)


@bp.route(f"{ONE}/waiver", methods=["GET", "POST"])
@requires("recruitment.fees.decide_waiver")
def decide_waiver(application_id: str) -> ResponseReturnValue:
    """Decide on a waiver, with the reason."""
    (fee, application), form = _load(application_id), forms.WaiverForm()

    def change(session: Session) -> Any:
        return services.decide_waiver(
            session,
            application_id=application_id,
            is_granted=form.decision.data == "grant",
            reason=form.reason.data,
            actor=current_actor(),
            at=clock.now(),
        )

    if form.validate_on_submit() and save(form, change):
        return _done(application_id, "Decision recorded.")
    return render(form=form, fee=fee, application=application)


@bp.route(f"{ONE}/reverse", methods=["GET", "POST"])
@requires("recruitment.fees.reverse")
def reverse(application_id: str) -> ResponseReturnValue:
    """Take back what was recorded wrongly, with the reason."""
    (fee, application), form = _load(application_id), forms.ReverseForm()

    def change(session: Session) -> Any:
        return services.reverse(
            session,
            application_id=application_id,
            reason=form.reason.data,
            actor=current_actor(),
            at=clock.now(),
        )

    if form.validate_on_submit() and save(form, change):
        return _done(application_id, "Taken back. The fee is due again.")
    return render(form=form, fee=fee, application=application)


def _load(application_id: str) -> Any:
    with reading() as session:
        return queries.get_for_office(session, application_id, current_actor())


def _done(application_id: str, text: str) -> ResponseReturnValue:
    flash(text, "success")
    return redirect(url_for(".show_staff", application_id=application_id), 303)
