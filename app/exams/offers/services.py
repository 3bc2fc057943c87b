"""Making, answering and ending offers."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.exams.certificates import queries as certificate_queries
from app.exams.certificates.models import Certificate
from app.exams.certificates.name_services import decline_name, demand_appointable, find_name
from app.exams.offers import letters, queries, rules
from app.exams.offers.models import Offer
from app.exams.offers.states import OfferState, move
from app.personnel.appointments.states import AppointmentKind
from app.platform import audit, clock, mail
from app.platform.actors import SYSTEM, Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id


def make_offer(
    session: Session,
    *,
    certificate_id: str,
    entry_id: str,
    position_id: str,
    kind: AppointmentKind,
    starts_on: dt.date,
    days: int,
    actor: Actor,
    at: dt.datetime,
) -> Offer:
    """Offer a position to a certified name who could lawfully be appointed to it now, and mail it."""
    certificate = certificate_queries.get_certificate(session, certificate_id, actor, lock=True)
    actor.demand("exams.offers.create", certificate.agency_id)
    entry = find_name(certificate, entry_id, at)
    rules.demand_not_own(actor.id, entry.entry.application.account_id)
    demand_appointable(session, certificate, entry, position_id, at)
    zone = certificate.agency.time_zone
    reply_by = rules.reply_by(at, days, zone)
    if starts_on <= clock.local_date(reply_by, zone):
        raise Invalid(starts_on="The first day must come after the last day to answer.")
    demand_no_other_offer(session, certificate_entry_id=None, position_id=position_id)
    offer = Offer(
        id=new_id("ofr"),
        certificate_entry_id=entry.id,
        position_id=position_id,
        kind=kind,
        starts_on=starts_on,
        reply_by=reply_by,
        state=OfferState.MADE,
        made_by=actor.id,
        made_at=at,
    )
    session.add(offer)
    session.flush()
    _record(session, "create", offer, certificate, actor, at, position=position_id)
    made = queries.get_offer(session, offer.id, certificate_id)
    account = queries.find_account(session, entry.entry.application.account_id)
    _mail(session, f"offer:{offer.id}", account, letters.offered(made, account), at)
    return offer


def accept_offer(session: Session, *, offer_id: str, actor: Actor, at: dt.datetime) -> Offer:
    """Accept an offer made to oneself, in time; the office appoints from it."""
    offer = queries.get_own(session, offer_id, actor, lock=True)
    rules.demand_answerable(offer.state, offer.reply_by, at)
    offer.state, offer.ended_at = move(offer.state, OfferState.ACCEPTED), at
    session.flush()
    _record(session, "accept", offer, offer.entry.certificate, actor, at)
    return offer


def decline_offer(
    session: Session, *, offer_id: str, code: str, words: str, actor: Actor, at: dt.datetime
) -> Offer:
    """Decline an offer made to oneself; the certificate keeps it as the person's own statement."""
    offer = queries.get_own(session, offer_id, actor, lock=True)
    rules.demand_answerable(offer.state, offer.reply_by, at)
    offer.state, offer.ended_at = move(offer.state, OfferState.DECLINED), at
    offer.code, offer.reason = rules.check_reason(code), words.strip() or None
    certificate = certificate_queries.get_due(session, offer.entry.certificate_id)
    entry = find_name(certificate, offer.certificate_entry_id, at)
    said = f"The applicant declined the offer in person, signed in, at {at.isoformat(timespec='seconds')}."
    decline_name(
        session,
        certificate,
        entry,
        code=code,
        reason=f"{said} {words.strip()}".strip(),
        action="exams.offers.decline",
        actor=actor,
        at=at,
    )
    return offer


def withdraw_offer(
    session: Session, *, certificate_id: str, offer_id: str, reason: str, actor: Actor, at: dt.datetime
) -> Offer:
    """Take an offer back, with a reason that the person reads."""
    certificate = certificate_queries.get_certificate(session, certificate_id, actor, lock=True)
    actor.demand("exams.offers.withdraw", certificate.agency_id)
    offer = queries.get_offer(session, offer_id, certificate_id, lock=True)
    if not reason.strip():
        raise Invalid(reason="Enter why the offer is taken back.")
    offer.state, offer.ended_at = move(offer.state, OfferState.WITHDRAWN), at
    offer.reason = reason.strip()
    session.flush()
    _record(session, "withdraw", offer, certificate, actor, at)
    account = queries.find_account(session, offer.entry.entry.application.account_id)
    _mail(session, f"offer-back:{offer.id}", account, letters.withdrawn(offer, account), at)
    return offer


def lapse_offers(session: Session, *, at: dt.datetime) -> int:
    """End the offers that nobody answered in time, and give how many; an officer decides what follows."""
    overdue = queries.list_overdue(session, at)
    for offer in overdue:
        offer.state, offer.ended_at = move(offer.state, OfferState.LAPSED), at
        _record(session, "lapse", offer, offer.entry.certificate, SYSTEM, at)
    session.flush()
    return len(overdue)


def demand_no_other_offer(session: Session, *, certificate_entry_id: str | None, position_id: str) -> None:
    """Refuse to give a position away that is offered to somebody else, or whose offer is not answered yet."""
    live = queries.find_live(session, position_id=position_id)
    if live is None:
        return
    if live.certificate_entry_id != certificate_entry_id:
        raise Invalid(position_id="This position is offered to somebody else.")
    if live.state is OfferState.MADE:
        raise Conflict("This person has not answered the offer yet.")


def _mail(session: Session, key: str, account: Account, letter: letters.Mail, at: dt.datetime) -> None:
    subject, body = letter
    mail.promise(
        session, key=key, to=account.email, subject=subject, body=body, at=at, language=account.language
    )


def _record(
    session: Session,
    act: str,
    offer: Offer,
    certificate: Certificate,
    actor: Actor,
    at: dt.datetime,
    **details: str,
) -> None:
    audit.record(
        session,
        f"exams.offers.{act}",
        actor=actor,
        at=at,
        subject=certificate.id,
        agency_id=certificate.agency_id,
        offer=offer.id,
        **details,
    )
