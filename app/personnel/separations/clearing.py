"""Clearing: each step is signed off or waived, what an agency clears is laid down, and people are asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.accounts.queries import get_agency
from app.personnel.separations import queries, recording, rules
from app.personnel.separations.models import (
    ClearanceItem,
    ClearanceStandard,
    ExitInterview,
    Separation,
    SeparationRegime,
)
from app.personnel.separations.regimes import REGIMES
from app.personnel.separations.states import CLEARED, ItemState, SeparationState, Signer, move, settle
from app.personnel.serving import get_own
from app.platform import audit, clock
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid, NotFound
from app.platform.ids import new_id


def waive_item(
    session: Session, *, separation_id: str, item_id: str, note: str, actor: Actor, at: dt.datetime
) -> ClearanceItem:
    """Waive a step with the reason; nobody clears themselves."""
    separation = queries.get_separation(session, separation_id, actor, lock=True)
    actor.demand("personnel.separations.waive", separation.agency_id)
    if actor.id == separation.employee.account_id:
        raise Conflict("Nobody clears themselves.")
    if separation.state not in CLEARED:
        raise Conflict("There is nothing to clear: the separation is not under way.")
    item = queries.get_item(separation, item_id)
    if not note.strip():
        raise Invalid(note="Enter why it is waived")
    item.state = settle(item.state, ItemState.WAIVED)
    item.settled_by, item.settled_at, item.note = actor.id, at, note.strip()
    session.flush()
    recording.record(session, "waive", separation, actor, at, item=item.title)
    return item


def finish(session: Session, *, separation_id: str, actor: Actor, at: dt.datetime) -> Separation:
    """Close the file once everything is cleared or waived."""
    separation = queries.get_separation(session, separation_id, actor, lock=True)
    actor.demand("personnel.separations.finish", separation.agency_id)
    if separation.state is SeparationState.ACCEPTED:
        raise Conflict("The last day has not passed.")
    state = move(separation.state, SeparationState.FINISHED)
    rules.demand_cleared(item.state for item in separation.items)
    separation.state, separation.finished_by, separation.finished_at = state, actor.id, at
    session.flush()
    recording.record(session, "finish", separation, actor, at)
    return separation


def answer_interview(
    session: Session,
    *,
    separation_id: str,
    answers: Mapping[str, int | None],
    comment: str,
    actor: Actor,
    at: dt.datetime,
) -> ExitInterview:
    """Answer the questions of one's own leaving, once; nobody is told who said what."""
    employee = get_own(session, actor.id)
    separation = queries.get_own(session, separation_id, employee.id, lock=True)
    last = separation.last_day + dt.timedelta(days=rules.INTERVIEW_DAYS)
    is_asked = separation.state in (
        SeparationState.ACCEPTED,
        SeparationState.EFFECTED,
        SeparationState.FINISHED,
    )
    if not is_asked or clock.local_date(at, separation.agency.time_zone) > last:
        raise Conflict("The questions are open from the acceptance until 60 days after the last day.")
    if queries.find_interview(session, separation.id) is not None:
        raise Conflict("You have answered already. Thank you.")
    given = rules.check_answers(answers)
    if not given and not comment.strip():
        raise Invalid("Answer one question at least, or write something.")
    interview = ExitInterview(
        separation_id=separation.id, answers=given, comment=comment.strip(), answered_at=at
    )
    session.add(interview)
    session.flush()
    recording.record(session, "answer", separation, actor, at)
    return interview


def set_regime(session: Session, *, agency_id: str, name: str, actor: Actor, at: dt.datetime) -> None:
    """Say by which rule people leave an agency."""
    agency = get_agency(session, agency_id)
    actor.demand("personnel.separations.set_rules", agency.id)
    if name not in REGIMES:
        raise Invalid(name="Select a rule.")
    row = session.get(SeparationRegime, agency.id)
    if row is None:
        row = SeparationRegime(agency_id=agency.id)
        session.add(row)
    row.name, row.set_by, row.set_at = name, str(actor.id), at
    session.flush()
    _record(session, "set_rules", agency.id, actor, at, rule=name)


def add_standard(
    session: Session,
    *,
    agency_id: str,
    title: str,
    signer: Signer,
    owner: str,
    days_before: int,
    actor: Actor,
    at: dt.datetime,
) -> ClearanceStandard:
    """Lay down a step of an agency's own; with the first one the usual steps hold no more."""
    agency = get_agency(session, agency_id)
    actor.demand("personnel.separations.set_rules", agency.id)
    if signer is Signer.DESK and not owner.strip():
        raise Invalid(owner="Enter the name of the desk")
    row = ClearanceStandard(
        id=new_id("cst"),
        agency_id=agency.id,
        title=title,
        owner=owner.strip() if signer is Signer.DESK else signer.title.removeprefix("The ").capitalize(),
        signer=signer,
        days_before=days_before,
        added_by=str(actor.id),
        added_at=at,
    )
    session.add(row)
    session.flush()
    _record(session, "add_standard", agency.id, actor, at, title=title)
    return row


def remove_standard(
    session: Session, *, agency_id: str, standard_id: str, actor: Actor, at: dt.datetime
) -> None:
    """Take a step off an agency's list; clearances that have begun keep it."""
    actor.demand("personnel.separations.set_rules", agency_id)
    row = session.get(ClearanceStandard, standard_id)
    if row is None or row.agency_id != agency_id or row.removed_at is not None:
        raise NotFound("There is no such step.")
    row.removed_at = at
    session.flush()
    _record(session, "remove_standard", agency_id, actor, at, title=row.title)


def _record(
    session: Session, act: str, agency_id: str, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"personnel.separations.{act}",
        actor=actor,
        at=at,
        subject=agency_id,
        agency_id=agency_id,
        **details,
    )
