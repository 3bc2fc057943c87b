"""Fees of objections: asked for with the objection, paid or waived, given back when it is upheld."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.exams.objection_fees import queries, rules
from app.exams.objection_fees.models import ObjectionFee, ObjectionFeeEntry, ObjectionTerms
from app.exams.objection_fees.states import FeeAct, FeeState, move
from app.notices.numbers import slip_number
from app.platform import audit, sequences
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id
from app.platform.sentences import say


def set_terms(session: Session, *, examination_id: str, values: Mapping[str, Any]) -> ObjectionTerms | None:
    """Set what an objection costs, with the release of the key, which records it; None where it is free."""
    checked = rules.check_terms(values)
    if checked is None:
        return None
    terms = ObjectionTerms(examination_id=examination_id, **checked)
    session.add(terms)
    return terms


def ask_fee(
    session: Session, *, examination_id: str, objection_id: str, ground: str, at: dt.datetime
) -> ObjectionFee | None:
    """Ask for the fee of an objection that was just filed, or for its waiver on one of the declared grounds.

    The filing records it. An objection that is filed again keeps its fee.
    """
    terms = queries.find_terms(session, examination_id)
    held = session.get(ObjectionFee, objection_id)
    if terms is None or held is not None:
        return held
    if ground and ground not in terms.grounds:
        raise Invalid(ground=say("Select the ground on which the fee is waived"))
    number = sequences.next_number(session, f"fee_slip:{at.year}")
    fee = ObjectionFee(
        objection_id=objection_id,
        slip_number=slip_number(number, at.year),
        amount_minor=terms.amount_minor,
        currency=terms.currency,
        state=FeeState.WAIVER_ASKED if ground else FeeState.DUE,
        ground=ground or None,
        asked_at=at,
    )
    session.add(fee)
    session.flush()
    return fee


def record_payment(
    session: Session, *, objection_id: str, reference: str, actor: Actor, at: dt.datetime
) -> ObjectionFee:
    """Record that the fee was paid at the office; the objection is looked at from then on."""
    fee = _settle(session, objection_id, "record_payment", FeeState.PAID, actor, at)
    _put(session, fee, FeeAct.PAYMENT, actor, at, reference=reference)
    return fee


def decide_waiver(
    session: Session, *, objection_id: str, is_granted: bool, reason: str, actor: Actor, at: dt.datetime
) -> ObjectionFee:
    """Grant or refuse the waiver that was asked for, with the reason; refused, the fee is due."""
    to = FeeState.WAIVED if is_granted else FeeState.DUE
    if not reason.strip():
        raise Invalid(reason="Enter the reason.")
    fee = _settle(session, objection_id, "decide_waiver", to, actor, at)
    act = FeeAct.WAIVER if is_granted else FeeAct.REFUSAL
    _put(session, fee, act, actor, at, reason=reason.strip())
    return fee


def record_refund(
    session: Session, *, objection_id: str, reference: str, actor: Actor, at: dt.datetime
) -> ObjectionFee:
    """Record that the fee of an upheld objection was given back."""
    fee = _settle(session, objection_id, "record_refund", FeeState.REFUNDED, actor, at)
    _put(session, fee, FeeAct.REFUND, actor, at, reference=reference)
    return fee


def owe_refunds(session: Session, *, objection_ids: Sequence[str]) -> int:
    """Owe back what was paid for these objections, which were upheld; give how many fees that are.

    The decision records it.
    """
    done = session.execute(
        update(ObjectionFee)
        .where(ObjectionFee.objection_id.in_(objection_ids), ObjectionFee.state == FeeState.PAID)
        .values(state=FeeState.REFUND_DUE)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]


def _settle(
    session: Session, objection_id: str, verb: str, to: FeeState, actor: Actor, at: dt.datetime
) -> ObjectionFee:
    fee, objection = queries.get_fee(session, objection_id, actor, lock=True)
    agency_id = objection.examination.agency_id
    actor.demand(f"exams.objection_fees.{verb}", agency_id)
    if objection.candidate.application.account_id == actor.id:
        raise Conflict("This is your own objection. Another officer must record its fee.")
    fee.state = move(fee.state, to)
    if to is FeeState.DUE:
        fee.settled_at = None
    elif fee.settled_at is None:
        fee.settled_at = at
    session.flush()
    audit.record(
        session,
        f"exams.objection_fees.{verb}",
        actor=actor,
        at=at,
        subject=objection_id,
        agency_id=agency_id,
        state=to.value,
        amount_minor=fee.amount_minor,
    )
    return fee


def _put(
    session: Session,
    fee: ObjectionFee,
    act: FeeAct,
    actor: Actor,
    at: dt.datetime,
    *,
    reference: str = "",
    reason: str = "",
) -> None:
    session.add(
        ObjectionFeeEntry(
            id=new_id("ofe"),
            objection_id=fee.objection_id,
            act=act,
            reference=reference,
            reason=reason,
            recorded_by=str(actor.id),
            recorded_at=at,
        )
    )
    session.flush()
