"""Reading fees: those that an officer may record, and one with all that belongs to it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.accounts.models import Account
from app.notices.numbers import verify_number
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import Invalid, NotFound
from app.platform.sentences import say
from app.recruitment.applications.models import Application
from app.recruitment.fees.models import ApplicationFee
from app.recruitment.fees.states import FeeState
from app.recruitment.postings.models import Posting

READ = "recruitment.fees.list_staff"
PAGE = keyset.SIZE


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition on postings whose fees an officer may see."""
    return scope.within(Posting.agency_id, actor, READ)


def list_fees(
    session: Session, actor: Actor, *, state: FeeState | None, number: str
) -> list[tuple[ApplicationFee, Application, Account]]:
    """List fees with their applications and people, the longest waiting first; at most a page.

    `number` finds one slip, typed loosely; what is no number finds nothing.
    """
    query = (
        select(ApplicationFee, Application, Account)
        .join(Application, Application.id == ApplicationFee.application_id)
        .join(Account, Account.id == Application.account_id)
        .join(Application.posting)
        .where(visible_to(actor))
        .options(joinedload(Application.posting).joinedload(Posting.agency))
        .order_by(ApplicationFee.chosen_at, ApplicationFee.application_id)
        .limit(PAGE)
    )
    if state is not None:
        query = query.where(ApplicationFee.state == state)
    if number:
        try:
            query = query.where(ApplicationFee.slip_number == verify_number(number))
        except Invalid:
            return []
    return [(row[0], row[1], row[2]) for row in session.execute(query)]


def get_for_office(
    session: Session, application_id: str, actor: Actor, *, lock: bool = False
) -> tuple[ApplicationFee, Application]:
    """Give a fee with its entries and its application, with person and posting, or raise NotFound."""
    query = (
        select(Application)
        .join(Application.posting)
        .where(Application.id == application_id, visible_to(actor))
        .options(joinedload(Application.posting).joinedload(Posting.agency), joinedload(Application.account))
    )
    application = session.scalar(query)
    fee = find_fee(session, application_id, lock=lock) if application else None
    if application is None or fee is None:
        raise NotFound(say("There is no such fee."))
    return fee, application


def find_fee(session: Session, application_id: str, *, lock: bool = False) -> ApplicationFee | None:
    """Find the fee of an application with its entries, or None."""
    query = (
        select(ApplicationFee)
        .where(ApplicationFee.application_id == application_id)
        .options(selectinload(ApplicationFee.entries))
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalar(query)
