"""Setting times for interviews, giving them to candidates by lot, and inviting them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.exams.interviews import letters, queries, rules
from app.exams.interviews.models import InterviewSlot, InterviewTerms
from app.exams.panels.models import Panel
from app.exams.panels.queries import get_panel
from app.exams.panels.states import PanelForm, PanelState
from app.notices import services as notices
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id
from app.recruitment.applications.letters import address as postal_address


def add_times(
    session: Session, *, panel_id: str, values: Mapping[str, Any], actor: Actor, at: dt.datetime
) -> int:
    """Add times one after another in one place, which is free then; tell how many there are now."""
    panel = _load(session, panel_id, actor, "add_times")
    rules.check_first(values["starts_at"], at)
    known = queries.list_slots(session, panel_id)
    rules.check_count(len(known), values["count"])
    own = rules.times(values["starts_at"], values["minutes"], values["pause"], values["count"])
    _demand_free_place(session, panel, values["place"], own, values["minutes"])
    for starts_at in own:
        session.add(
            InterviewSlot(
                id=new_id("isl"),
                panel_id=panel_id,
                starts_at=starts_at,
                minutes=values["minutes"],
                place=values["place"],
            )
        )
    session.flush()
    _record(session, "add_times", panel, actor, at, times=values["count"])
    return len(known) + int(values["count"])


def allot_times(session: Session, *, panel_id: str, actor: Actor, at: dt.datetime) -> int:
    """Give the free times to the candidates who have none, by lot; tell how many got one.

    A time at which the candidate or a rater of theirs has another interview goes to somebody else.
    """
    panel = _load(session, panel_id, actor, "allot_times")
    free = {slot.id: slot for slot in queries.list_slots(session, panel_id) if slot.script_id is None}
    spans = [
        (slot.id, rules.span(slot.starts_at, slot.minutes)) for slot in free.values() if slot.starts_at > at
    ]
    waiting = rules.order(panel.seed, queries.list_without_time(session, panel_id))
    if not waiting:
        raise Conflict("Every candidate has a time already.")
    if not spans:
        raise Conflict("No time is free. Add times first.")
    busy = queries.load_busy(session, spans[0][1][0], max(own[1] for _, own in spans))
    taken = {account_id: [own for _, own in rows] for account_id, rows in busy.items()}
    given = rules.give(waiting, spans, queries.load_people(session, waiting), taken)
    if not given:
        raise Conflict("At every free time somebody who must be there has another interview. Add times.")
    for script_id, slot_id in given.items():
        free[slot_id].script_id = script_id
    session.flush()
    _record(session, "allot_times", panel, actor, at, candidates=len(given))
    return len(given)


def invite(session: Session, *, panel_id: str, actor: Actor, at: dt.datetime) -> int:
    """Promise everybody who has a time ahead and was not told of it the letter; tell how many."""
    panel = _load(session, panel_id, actor, "invite")
    told = 0
    for slot in queries.list_slots(session, panel_id):
        if slot.script_id is not None and slot.invited_at is None and slot.starts_at > at:
            _write(session, panel, slot, actor, at)
            told += 1
    if not told:
        raise Conflict("Everybody who has a time is invited already.")
    _record(session, "invite", panel, actor, at, candidates=told)
    return told


def change_time(
    session: Session, *, slot_id: str, to_id: str, reason: str, actor: Actor, at: dt.datetime
) -> InterviewSlot:
    """Give a candidate another, free time; whoever was invited to the old one is promised a new letter.

    The old letter is kept; the new one names the time that holds no more.
    """
    permission = "exams.interviews.change_time"
    slot = queries.get_slot(session, slot_id, actor, permission=permission)
    panel = _load(session, slot.panel_id, actor, "change_time")
    to = queries.get_slot(session, to_id, actor, permission=permission)
    if slot.script_id is None:
        raise Conflict("Nobody has this time.")
    if to.panel_id != slot.panel_id or to.script_id is not None or to.starts_at <= at:
        raise Invalid(to="This time is not free any more.")
    _demand_all_there(session, slot, to)
    script, replaces = slot.script, slot.starts_at if slot.invited_at else None
    slot.script, slot.invited_at = None, None
    session.flush()
    to.script = script
    session.flush()
    if replaces is not None:
        _write(session, panel, to, actor, at, replaces=replaces)
    _record(session, "change_time", panel, actor, at, script=to.script_id, why=reason)
    return to


def set_terms(
    session: Session, *, panel_id: str, bring: str, shows_subjects: bool, actor: Actor, at: dt.datetime
) -> InterviewTerms:
    """Set what invitations say besides time and place; those sent already stay as they are."""
    panel = get_panel(session, panel_id, actor, permission="exams.interviews.edit_terms", lock=True)
    if panel.form is not PanelForm.INTERVIEW:
        raise Conflict("This panel holds no interviews.")
    if panel.state is PanelState.CLOSED:
        raise Conflict("The marks of this panel are handed over: nobody is invited any more.")
    terms = session.get(InterviewTerms, panel_id) or InterviewTerms(panel_id=panel_id)
    terms.bring, terms.shows_subjects = "\n".join(rules.read_things(bring)), shows_subjects
    terms.set_by, terms.set_at = str(actor.id), at
    session.add(terms)
    session.flush()
    _record(session, "edit_terms", panel, actor, at, shows_subjects=shows_subjects)
    return terms


def remove_time(session: Session, *, slot_id: str, actor: Actor, at: dt.datetime) -> None:
    """Take a free time out."""
    slot = queries.get_slot(session, slot_id, actor, permission="exams.interviews.remove_time")
    if slot.script_id is not None:
        raise Conflict("A candidate has this time. Give the candidate another one first.")
    panel = slot.panel
    session.delete(slot)
    session.flush()
    _record(session, "remove_time", panel, actor, at)


def _write(
    session: Session,
    panel: Panel,
    slot: InterviewSlot,
    actor: Actor,
    at: dt.datetime,
    *,
    replaces: dt.datetime | None = None,
) -> None:
    """Promise the letter that invites to a time, and note when; the slot comes with script and account."""
    assert slot.script is not None  # noqa: S101 - asked by the caller
    application = slot.script.candidate.application
    contact = (application.snapshot or {}).get("contact")
    terms = session.get(InterviewTerms, panel.id)
    notices.promise(
        session,
        template=queries.LETTER,
        subject=application.id,
        agency_id=panel.examination.agency_id,
        account_id=application.account_id,
        name=application.account.name,
        email=application.account.email,
        address=postal_address(contact) if contact else (),
        letter=letters.invitation(panel, slot.script, slot, terms, replaces),
        actor=actor,
        at=at,
        key=f"interview:{slot.id}:{slot.script_id}:{at.isoformat()}",
    )
    slot.invited_at = at
    session.flush()


def _demand_free_place(
    session: Session, panel: Panel, place: str, starts: Sequence[dt.datetime], minutes: int
) -> None:
    """Raise Invalid where another interview of the agency is held in the same place at the same time."""
    own = [rules.span(starts_at, minutes) for starts_at in starts]
    name = " ".join(place.split()).casefold()
    for taken, when in queries.load_places(session, panel.examination.agency_id, own[0][0], own[-1][1]):
        if " ".join(taken.split()).casefold() == name and any(rules.overlap(one, when) for one in own):
            raise Invalid(starts_at="Another interview is held in this place at one of these times.")


def _demand_all_there(session: Session, slot: InterviewSlot, to: InterviewSlot) -> None:
    """Raise Invalid where the candidate or a rater has another interview at the new time."""
    own = rules.span(to.starts_at, to.minutes)
    people = queries.load_people(session, [str(slot.script_id)])[str(slot.script_id)]
    busy = {
        account_id: [taken for slot_id, taken in rows if slot_id != slot.id]
        for account_id, rows in queries.load_busy(session, *own).items()
    }
    if not rules.is_free(own, people, busy):
        raise Invalid(to="The candidate or a rater has another interview at this time.")


def _load(session: Session, panel_id: str, actor: Actor, act: str) -> Panel:
    panel = get_panel(session, panel_id, actor, permission=f"exams.interviews.{act}", lock=True)
    if panel.form is not PanelForm.INTERVIEW:
        raise Conflict("This panel holds no interviews.")
    if panel.state is not PanelState.OPEN:
        raise Conflict("Open the panel first: then it is known who is to be interviewed.")
    return panel


def _record(
    session: Session, act: str, panel: Panel, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"exams.interviews.{act}",
        actor=actor,
        at=at,
        subject=panel.id,
        agency_id=panel.examination.agency_id,
        examination=panel.examination_id,
        **details,
    )
