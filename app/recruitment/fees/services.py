"""Fees: declared with a posting, and recorded by the office."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.notices.numbers import payment_number
from app.platform import audit, clock, links, mail, sequences
from app.platform.actors import Actor
from app.platform.errors import Conflict
from app.platform.ids import new_id
from app.platform.locales import Money
from app.platform.sentences import Sentence, say
from app.recruitment.applications.models import Application
from app.recruitment.fees import queries, rules
from app.recruitment.fees.models import ApplicationFee, FeeEntry, PostingFee, WaiverGround
from app.recruitment.fees.states import FeeAct, FeeHold, FeeState, move
from app.recruitment.postings.models import Posting
from app.recruitment.postings.queries import get_posting
from app.recruitment.postings.states import PostingState


def declare_fee(
    session: Session,
    *,
    posting_id: str,
    values: Mapping[str, Any] | None,
    grounds: Sequence[Mapping[str, str]],
    actor: Actor,
    at: dt.datetime,
) -> Posting:
    """Declare what applying to a draft posting costs, and who need not pay; None for `values`: nothing."""
    posting = get_posting(session, posting_id, actor, lock=True)
    actor.demand("recruitment.fees.declare", posting.agency_id)
    if posting.state is not PostingState.DRAFT:
        raise Conflict("Only a draft can be changed. Send the posting back first.")
    if values is None:
        if posting.fee is not None:
            session.delete(posting.fee)
    else:
        fee = posting.fee or PostingFee(posting_id=posting.id, grounds=[])
        for name, value in values.items():
            setattr(fee, name, value)
        fee.grounds.clear()
        session.add(fee)
        session.flush()
        fee.grounds.extend(
            WaiverGround(id=new_id("wvg"), position=position, **ground)
            for position, ground in enumerate(grounds, start=1)
        )
    session.flush()
    amount = values["amount_minor"] if values else 0
    record_act(session, "declare", posting, posting.id, actor, at, amount_minor=amount, grounds=len(grounds))
    return posting


def record_payment(
    session: Session, *, application_id: str, reference: str, actor: Actor, at: dt.datetime
) -> FeeEntry:
    """Record that the whole fee was paid at the office; the person gets a numbered receipt by mail."""
    fee, application = _load(session, application_id, "record_payment", actor)
    state = move(fee.state, FeeState.PAID)
    year = clock.local_date(at, application.posting.time_zone).year
    number = payment_number(sequences.next_number(session, f"payment:{year}"), year)
    fee.state, fee.settled_at = state, at
    entry = _put(session, fee, FeeAct.PAYMENT, actor, at, number=number, reference=reference)
    _record_entry(session, "record_payment", application, entry, actor, at)
    amount = Money(fee.amount_minor, fee.currency)
    _tell(
        session, application, entry, at,
        say("Fee paid: receipt %(number)s", number=number),
        say("We received %(amount)s for your application. Your receipt has the number %(number)s.",
            amount=amount, number=number),
    )  # fmt: skip
    return entry


def decide_waiver(
    session: Session, *, application_id: str, is_granted: bool, reason: str, actor: Actor, at: dt.datetime
) -> FeeEntry:
    """Grant or refuse the waiver that was asked for, with the reason; refused, the fee is due."""
    fee, application = _load(session, application_id, "decide_waiver", actor)
    if fee.state is not FeeState.WAIVER_ASKED:
        raise Conflict("No waiver is asked for, so there is nothing to decide.")
    fee.state = move(fee.state, FeeState.WAIVED if is_granted else FeeState.DUE)
    fee.settled_at = at if is_granted else None
    act = FeeAct.WAIVER if is_granted else FeeAct.REFUSAL
    entry = _put(session, fee, act, actor, at, reason=reason)
    _record_entry(session, "decide_waiver", application, entry, actor, at)
    if is_granted:
        subject, text = say("Your fee is waived"), say("You need not pay the fee for your application.")
    else:
        subject = say("Your fee is not waived")
        text = say("The fee for your application is not waived: %(reason)s", reason=reason)
    _tell(session, application, entry, at, subject, text)
    return entry


def reverse(session: Session, *, application_id: str, reason: str, actor: Actor, at: dt.datetime) -> FeeEntry:
    """Take back a payment or a waiver that was recorded wrongly; both entries stay."""
    fee, application = _load(session, application_id, "reverse", actor)
    fee.state, fee.settled_at = move(fee.state, FeeState.DUE), None
    entry = _put(session, fee, FeeAct.REVERSAL, actor, at, reason=reason)
    _record_entry(session, "reverse", application, entry, actor, at)
    return entry


def demand_settled(session: Session, application: Application) -> None:
    """Raise Conflict while the fee of an application keeps it from being screened."""
    asked = session.get(PostingFee, application.posting_id)
    fee = queries.find_fee(session, application.id)
    if asked is not None and (fee is None or rules.holds(asked, fee, FeeHold.SCREENING)):
        raise Conflict(
            "The fee of this application is not settled yet. Record the payment or a waiver first."
        )


def _load(
    session: Session, application_id: str, verb: str, actor: Actor
) -> tuple[ApplicationFee, Application]:
    fee, application = queries.get_for_office(session, application_id, actor, lock=True)
    actor.demand(f"recruitment.fees.{verb}", application.posting.agency_id)
    if application.account_id == actor.id:
        raise Conflict("This is your own application. Another officer must record its fee.")
    return fee, application


def _put(
    session: Session,
    fee: ApplicationFee,
    act: FeeAct,
    actor: Actor,
    at: dt.datetime,
    *,
    number: str | None = None,
    reference: str = "",
    reason: str = "",
) -> FeeEntry:
    entry = FeeEntry(
        id=new_id("fen"),
        application_id=fee.application_id,
        act=act,
        amount_minor=fee.amount_minor,
        number=number,
        reference=reference,
        reason=reason,
        recorded_by=str(actor.id),
        recorded_at=at,
    )
    session.add(entry)
    session.flush()
    return entry


def _tell(
    session: Session,
    application: Application,
    entry: FeeEntry,
    at: dt.datetime,
    subject: Sentence,
    text: Sentence,
) -> None:
    account = application.account
    url = links.absolute(f"/my/applications/{application.id}/fee/slip")
    body = (
        say("Dear %(name)s,", name=account.name),
        text,
        say("Vacancy: %(title)s", title=application.posting.title),
        say("See it here: %(url)s", url=url),
    )
    mail.promise(
        session,
        key=f"fee:{entry.id}",
        to=account.email,
        subject=subject,
        body=body,
        at=at,
        language=account.language,
    )


def _record_entry(
    session: Session, verb: str, application: Application, entry: FeeEntry, actor: Actor, at: dt.datetime
) -> None:
    details = {"entry": entry.id, "act": entry.act.value, "amount_minor": entry.amount_minor}
    record_act(session, verb, application.posting, application.id, actor, at, number=entry.number, **details)


def record_act(
    session: Session,
    verb: str,
    posting: Posting,
    subject: str,
    actor: Actor,
    at: dt.datetime,
    **details: Any,
) -> None:
    """Record an act about a fee; the subject is the posting or the application."""
    audit.record(
        session,
        f"recruitment.fees.{verb}",
        actor=actor,
        at=at,
        subject=subject,
        agency_id=posting.agency_id,
        **details,
    )
