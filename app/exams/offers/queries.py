"""Reading offers."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from app.accounts.models import Account
from app.exams.certificates.models import Certificate, CertificateEntry
from app.exams.merit_lists.models import MeritListEntry
from app.exams.offers.models import Offer
from app.exams.offers.states import OfferState
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.recruitment.applications.models import Application
from app.recruitment.postings.models import Posting

LIVE = (OfferState.MADE, OfferState.ACCEPTED)
BATCH = 200


def get_own(session: Session, offer_id: str, actor: Actor, *, lock: bool = False) -> Offer:
    """Give an offer made to the actor, or raise NotFound."""
    query = _whole().where(Offer.id == offer_id, Application.account_id == actor.id)
    return _one(session, query.with_for_update(of=Offer) if lock else query)


def list_own(session: Session, application_id: str, actor: Actor) -> list[Offer]:
    """List the offers made on one of the actor's applications, newest first."""
    query = _whole().where(Application.id == application_id, Application.account_id == actor.id)
    return list(session.scalars(query.order_by(Offer.made_at.desc(), Offer.id.desc())))


def get_offer(session: Session, offer_id: str, certificate_id: str, *, lock: bool = False) -> Offer:
    """Give an offer made from a certificate, which the caller has loaded for the actor."""
    query = _whole().where(Offer.id == offer_id, CertificateEntry.certificate_id == certificate_id)
    return _one(session, query.with_for_update(of=Offer) if lock else query)


def list_for_certificate(session: Session, certificate_id: str) -> dict[str, Offer]:
    """List the newest offer to each name on a certificate, by the name's id."""
    query = (
        _whole().where(CertificateEntry.certificate_id == certificate_id).order_by(Offer.made_at, Offer.id)
    )
    return {offer.certificate_entry_id: offer for offer in session.scalars(query)}


def find_live(session: Session, *, position_id: str) -> Offer | None:
    """Find the offer of a position that waits for an answer or was accepted."""
    return session.scalar(select(Offer).where(Offer.position_id == position_id, Offer.state.in_(LIVE)))


def find_account(session: Session, account_id: str) -> Account:
    """Give the account that an offer is mailed to."""
    return session.scalars(select(Account).where(Account.id == account_id)).one()


def list_overdue(session: Session, at: dt.datetime) -> list[Offer]:
    """List, locked, offers whose time to answer is over, the earliest first."""
    query = (
        _whole()
        .where(Offer.state == OfferState.MADE, Offer.reply_by <= at)
        .order_by(Offer.reply_by, Offer.id)
        .limit(BATCH)
    )
    return list(session.scalars(query.with_for_update(of=Offer)))


def _whole() -> Select[Offer]:
    entry = joinedload(Offer.entry)
    return (
        select(Offer)
        .join(Offer.entry)
        .join(CertificateEntry.entry)
        .join(MeritListEntry.application)
        .options(
            entry.joinedload(CertificateEntry.certificate).joinedload(Certificate.agency),
            entry.joinedload(CertificateEntry.entry)
            .joinedload(MeritListEntry.application)
            .joinedload(Application.posting)
            .joinedload(Posting.agency),
            joinedload(Offer.position),
            joinedload(Offer.maker),
        )
    )


def _one(session: Session, query: Select[Offer]) -> Offer:
    found = session.scalar(query)
    if found is None:
        raise NotFound(say("There is no such offer."))
    return found
