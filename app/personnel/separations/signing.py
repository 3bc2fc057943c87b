"""Who signs a step of a clearance: one person each for what is theirs, and nobody for another."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import find_account_by_email, get_agency
from app.personnel import reporting
from app.personnel.employees.models import Employee
from app.personnel.separations import letters, queries, recording
from app.personnel.separations.models import ClearanceItem, ClearanceSigner, Separation
from app.personnel.separations.states import CLEARED, ItemState, Signer, settle
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid, NotFound
from app.platform.ids import new_id


def begin_clearance(session: Session, separation: Separation, at: dt.datetime) -> None:
    """Lay out the steps of an accepted separation, and tell each person who signs one."""
    above = reporting.find_supervisor(session, separation.employee_id)
    for place, standard in enumerate(queries.standards_of(session, separation.agency_id), 1):
        separation.items.append(
            ClearanceItem(
                id=new_id("cli"),
                position=place,
                title=standard.title,
                owner=standard.owner,
                signer=standard.signer,
                named=_account(session, above) if standard.signer is Signer.SUPERVISOR else None,
                due_on=separation.last_day - dt.timedelta(days=standard.days_before),
                state=ItemState.OPEN,
            )
        )
    session.flush()
    letters.tell_signers(session, separation, "begun", at)


def _account(session: Session, employee: Employee | None) -> Account | None:
    return session.get(Account, employee.account_id) if employee and employee.account_id else None


def sign_off(session: Session, *, item_id: str, note: str, actor: Actor, at: dt.datetime) -> ClearanceItem:
    """Sign a step off that is the actor's to sign; somebody else's, and one's own leaving, are NotFound."""
    separation = queries.get_of_item(session, item_id, lock=True)
    item = queries.get_to_sign(session, item_id, actor)
    item.state = settle(item.state, ItemState.DONE)
    item.settled_by, item.settled_at, item.note = actor.id, at, note.strip() or None
    session.flush()
    recording.record(session, "sign_off", separation, actor, at, item=item.title)
    return item


def name_signer(
    session: Session,
    *,
    separation_id: str,
    item_id: str,
    email: str,
    reason: str,
    actor: Actor,
    at: dt.datetime,
) -> ClearanceItem:
    """Name who signs one open step, where who would have cannot: neither the leaver nor who names."""
    separation = queries.get_separation(session, separation_id, actor, lock=True)
    actor.demand("personnel.separations.name_signer", separation.agency_id)
    if actor.id == separation.employee.account_id:
        raise Conflict("Somebody else looks after your own clearance.")
    if separation.state not in CLEARED:
        raise Conflict("There is nothing to clear: the separation is not under way.")
    item = queries.get_item(separation, item_id)
    if item.state is not ItemState.OPEN:
        raise Conflict(f"This step is {item.state.value} already.")
    if not reason.strip():
        raise Invalid(reason="Enter why somebody else signs")
    account = _person(session, separation.agency_id, email, actor)
    if account.id == separation.employee.account_id:
        raise Invalid(email="Nobody clears themselves. Enter somebody else’s address")
    item.named = account
    session.flush()
    recording.record(session, "name_signer", separation, actor, at, item=item.title, reason=reason.strip())
    letters.tell_signers(session, separation, f"named:{item.id}:{at.isoformat()}", at, only=account.id)
    return item


def add_signer(
    session: Session, *, agency_id: str, desk: str, email: str, actor: Actor, at: dt.datetime
) -> ClearanceSigner:
    """Name somebody who signs for a desk of an agency."""
    agency = get_agency(session, agency_id)
    actor.demand("personnel.separations.set_rules", agency.id)
    if desk not in queries.list_desks(session, agency.id):
        raise Invalid(desk="Select a desk")
    account = _person(session, agency.id, email, actor)
    row = ClearanceSigner(
        id=new_id("csg"),
        agency_id=agency.id,
        desk=desk,
        account_id=account.id,
        added_by=str(actor.id),
        added_at=at,
    )
    session.add(row)
    session.flush()
    _record(session, "add_signer", row, actor, at)
    return row


def remove_signer(
    session: Session, *, agency_id: str, signer_id: str, actor: Actor, at: dt.datetime
) -> ClearanceSigner:
    """Take somebody off a desk; what they have signed stands."""
    actor.demand("personnel.separations.set_rules", agency_id)
    row = session.get(ClearanceSigner, signer_id)
    if row is None or row.agency_id != agency_id or row.removed_at is not None:
        raise NotFound("There is no such person.")
    row.removed_at = at
    session.flush()
    _record(session, "remove_signer", row, actor, at)
    return row


def _person(session: Session, agency_id: str, email: str, actor: Actor) -> Account:
    """Find somebody who serves in an agency or holds a role there, other than the actor."""
    account = find_account_by_email(session, email)
    if account is None or not queries.belongs(session, account.id, agency_id):
        raise Invalid(email="Nobody in this agency has this email address")
    if account.id == actor.id:
        raise Invalid(email="You cannot name yourself. Enter somebody else’s address")
    return account


def _record(session: Session, act: str, row: ClearanceSigner, actor: Actor, at: dt.datetime) -> None:
    audit.record(
        session,
        f"personnel.separations.{act}",
        actor=actor,
        at=at,
        subject=row.agency_id,
        agency_id=row.agency_id,
        desk=row.desk,
        account=row.account_id,
    )
