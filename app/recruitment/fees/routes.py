"""The fee of an application: the applicant's own pages."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.platform import clock
from app.platform.db import reading
from app.platform.errors import NotFound
from app.platform.locales import Money
from app.platform.sentences import say
from app.recruitment.applications.models import Application
from app.recruitment.applications.queries import get_own_application
from app.recruitment.applications.standing import saved_data
from app.recruitment.drafts import steps
from app.recruitment.fees import choosing, gateways, queries, rules
from app.recruitment.fees.forms import ChooseForm
from app.recruitment.fees.models import ApplicationFee, PostingFee
from app.recruitment.fees.states import SETTLED
from app.web.access import current_actor, signed_in
from app.web.pages import render
from app.web.typed import keeps_typing

bp = Blueprint("fees", __name__)
PLACE = "/my/applications/<id('app'):application_id>/fee"


@bp.route(PLACE, methods=["GET", "POST"])
@signed_in
@keeps_typing
def choose(application_id: str) -> ResponseReturnValue:
    """Ask how the fee is settled, and show where it stands."""
    application, asked, fee = _load(application_id)
    chosen = saved_data(application, "fee") or {"ground": rules.PAY, "note": fee.note if fee else ""}
    form = steps.fill(ChooseForm, chosen, steps.saved_at(application, "fee"))
    form.offer(gateways.current().title, asked.grounds)
    is_settled = fee is not None and fee.state in SETTLED
    if form.is_submitted() and is_settled:
        return steps.onwards(application, "fee")
    if form.validate_on_submit() and steps.keep(
        form,
        lambda session: choosing.choose(
            session,
            application_id=application_id,
            ground_id=form.ground_id,
            note=form.note.data,
            actor=current_actor(),
            at=clock.now(),
            page=form.page,
        ),
    ):
        return steps.onwards(application, "fee", form)
    step = steps.place(application, "fee")
    return render(form=form, application=application, asked=asked, fee=fee, is_settled=is_settled, step=step)


@bp.post("/my/applications/<id('app'):application_id>/autosave/fee")
@signed_in
def autosave(application_id: str) -> ResponseReturnValue:
    """Save what stands in the step, for the script that sends each field when it is left."""
    application, asked, _ = _load(application_id)
    form = ChooseForm()
    form.offer(gateways.current().title, asked.grounds)
    return steps.save_standing(
        form, application, choosing.autosave, application_id=application_id, actor=current_actor()
    )


def _load(application_id: str) -> tuple[Application, PostingFee, ApplicationFee | None]:
    application = steps.get_draft(application_id)
    asked = application.posting.fee
    if asked is None or application.changes_id is not None:
        raise NotFound(say("There is no fee to pay here."))
    return application, asked, application.fee


@bp.get(f"{PLACE}/slip")
@signed_in
def slip(application_id: str) -> ResponseReturnValue:
    """Show the slip to pay with, or what was recorded; it can be printed."""
    with reading() as session:
        application = get_own_application(session, application_id, current_actor())
        fee = queries.find_fee(session, application_id)
    if fee is None or application.posting.fee is None:
        raise NotFound(say("There is no slip for this application."))
    instructions = gateways.current().begin(
        slip_number=fee.slip_number,
        amount=Money(fee.amount_minor, fee.currency),
        where=application.posting.fee.where_to_pay,
    )
    return render(
        application=application,
        fee=fee,
        instructions=instructions,
        is_settled=fee.state in SETTLED,
    )
