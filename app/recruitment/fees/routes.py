"""The fee of an application: the applicant's own pages."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.platform import clock
from app.platform.db import reading
from app.platform.errors import NotFound
from app.platform.locales import Money
from app.platform.sentences import say
from app.recruitment.applications.queries import get_own_application
from app.recruitment.drafts import steps
from app.recruitment.fees import gateways, queries, services
from app.recruitment.fees.forms import PAY, ChooseForm
from app.recruitment.fees.models import ApplicationFee
from app.recruitment.fees.states import SETTLED
from app.web.access import current_actor, signed_in
from app.web.pages import render, save

bp = Blueprint("fees", __name__)
PLACE = "/my/applications/<id('app'):application_id>/fee"


@bp.route(PLACE, methods=["GET", "POST"])
@signed_in
def choose(application_id: str) -> ResponseReturnValue:
    """Ask how the fee is settled, and show where it stands."""
    application = steps.get_draft(application_id)
    asked, fee = application.posting.fee, application.fee
    if asked is None or application.changes_id is not None:
        raise NotFound(say("There is no fee to pay here."))
    form = ChooseForm(data={"ground": PAY, "note": fee.note if fee else ""})
    form.ground.choices = [
        (PAY, gateways.current().title),
        *((row.id, row.title, f"{row.source}. {row.evidence}") for row in asked.grounds),
    ]
    is_settled = fee is not None and fee.state in SETTLED
    if form.is_submitted() and is_settled:
        return steps.onwards(application, "fee")
    if form.validate_on_submit() and save(form, lambda session: _choose(session, application_id, form)):
        return steps.onwards(application, "fee", form)
    step = steps.place(application, "fee")
    return render(form=form, application=application, asked=asked, fee=fee, is_settled=is_settled, step=step)


def _choose(session: Session, application_id: str, form: ChooseForm) -> ApplicationFee:
    return services.choose(
        session,
        application_id=application_id,
        ground_id=form.ground_id,
        note=form.note.data,
        actor=current_actor(),
        at=clock.now(),
    )


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
