"""How an applicant settles a fee: written, then chosen."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from app.notices.numbers import slip_number
from app.platform import clock, sequences
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid, NotFound
from app.platform.sentences import say
from app.recruitment.applications.models import Application
from app.recruitment.applications.queries import lock_own
from app.recruitment.applications.states import Submission
from app.recruitment.drafts.services import autosave_section, keep_section
from app.recruitment.fees import queries, rules
from app.recruitment.fees.models import ApplicationFee, PostingFee, WaiverGround
from app.recruitment.fees.services import record_act
from app.recruitment.fees.states import FeeState, move
from app.recruitment.profiles.rules import Page


def choose(
    session: Session,
    *,
    application_id: str,
    ground_id: str,
    note: str,
    actor: Actor,
    at: dt.datetime,
    page: Page | None = None,
) -> ApplicationFee:
    """Say how the fee of one's own application is settled: by paying, or waived on one of its grounds.

    The slip is made once and keeps its number; Conflict once the fee is settled, SavedElsewhere where another
    page has written something else since `page` was opened.
    """
    application = lock_own(session, application_id, actor)
    asked = session.get(PostingFee, application.posting_id)
    if asked is None or application.changes_id is not None:
        raise NotFound(say("There is no fee to pay here."))
    if application.submission is Submission.WITHDRAWN:
        raise Conflict(say("This application was withdrawn, so there is nothing to pay."))
    fee = queries.find_fee(session, application_id, lock=True)
    if fee is None:
        fee = _new_fee(session, application, asked, at)
    to, ground = FeeState.DUE, None
    if ground_id:
        found = session.get(WaiverGround, ground_id)
        if found is None or found.posting_id != application.posting_id:
            raise Invalid(ground=say("Select the ground on which the fee is waived"))
        to, ground = FeeState.WAIVER_ASKED, _words_of(found)
    if fee.state is not to:
        fee.state = move(fee.state, to)
    fee.ground, fee.note = ground, note
    data = {"ground": ground_id or rules.PAY, "note": note}
    keep_section(session, application, "fee", data, at=at, page=page)
    record_act(session, "choose", application.posting, application_id, actor, at, state=to.value)
    return fee


def autosave(
    session: Session,
    *,
    application_id: str,
    data: dict[str, Any],
    is_complete: bool,
    page: Page,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Save what stands in the step while it is written; it counts once the person goes on from it."""
    fee = queries.find_fee(session, application_id)
    found = session.get(WaiverGround, data["ground"])
    stands = (_words_of(found) if found else None, data["note"])
    is_chosen = is_complete and fee is not None and (fee.ground, fee.note) == stands
    autosave_section(
        session,
        application_id=application_id,
        section="fee",
        data=data,
        is_complete=is_chosen,
        page=page,
        actor=actor,
        at=at,
    )


def _new_fee(
    session: Session, application: Application, asked: PostingFee, at: dt.datetime
) -> ApplicationFee:
    year = clock.local_date(at, application.posting.time_zone).year
    fee = ApplicationFee(
        application_id=application.id,
        slip_number=slip_number(sequences.next_number(session, f"fee_slip:{year}"), year),
        amount_minor=asked.amount_minor,
        currency=asked.currency,
        state=FeeState.DUE,
        note="",
        chosen_at=at,
    )
    session.add(fee)
    return fee


def _words_of(ground: WaiverGround) -> str:
    return f"{ground.title} ({ground.source})"
