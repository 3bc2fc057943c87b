"""Setting times for interviews, giving them to candidates by lot, and inviting them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.exams.interviews import queries, rules
from app.exams.interviews.models import InterviewSlot
from app.exams.panels.models import Panel
from app.exams.panels.queries import get_panel
from app.exams.panels.states import PanelForm, PanelState
from app.platform import audit, links, mail
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id
from app.platform.locales import ZonedMoment
from app.platform.sentences import say


def add_times(
    session: Session, *, panel_id: str, values: Mapping[str, Any], actor: Actor, at: dt.datetime
) -> int:
    """Add times one after another in one place; tell how many there are now."""
    panel = _load(session, panel_id, actor, "add_times")
    rules.check_first(values["starts_at"], at)
    known = queries.list_slots(session, panel_id)
    rules.check_count(len(known), values["count"])
    for starts_at in rules.times(values["starts_at"], values["minutes"], values["pause"], values["count"]):
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
    """Give the free times to the candidates who have none, by lot; tell how many got one."""
    panel = _load(session, panel_id, actor, "allot_times")
    free = [slot for slot in queries.list_slots(session, panel_id) if slot.script_id is None]
    free = [slot for slot in free if slot.starts_at > at]
    waiting = rules.order(panel.seed, queries.list_without_time(session, panel_id))
    if not waiting:
        raise Conflict("Every candidate has a time already.")
    if not free:
        raise Conflict("No time is free. Add times first.")
    for slot, script_id in zip(free, waiting, strict=False):
        slot.script_id = script_id
    session.flush()
    given = min(len(free), len(waiting))
    _record(session, "allot_times", panel, actor, at, candidates=given)
    return given


def invite(session: Session, *, panel_id: str, actor: Actor, at: dt.datetime) -> int:
    """Write to everybody who has a time and was not told of it; tell how many."""
    panel = _load(session, panel_id, actor, "invite")
    told = 0
    for slot in queries.list_slots(session, panel_id):
        if slot.script_id is not None and slot.invited_at is None:
            _tell(session, panel, slot, at)
            slot.invited_at = at
            told += 1
    if not told:
        raise Conflict("Everybody who has a time is invited already.")
    session.flush()
    _record(session, "invite", panel, actor, at, candidates=told)
    return told


def change_time(
    session: Session, *, slot_id: str, to_id: str, reason: str, actor: Actor, at: dt.datetime
) -> InterviewSlot:
    """Give a candidate another, free time; an invitation to the new one follows with the next mails."""
    permission = "exams.interviews.change_time"
    slot = queries.get_slot(session, slot_id, actor, permission=permission)
    to = queries.get_slot(session, to_id, actor, permission=permission)
    if slot.script_id is None:
        raise Conflict("Nobody has this time.")
    if to.panel_id != slot.panel_id or to.script_id is not None:
        raise Invalid(to="This time is not free any more.")
    script_id, slot.script_id, slot.invited_at = slot.script_id, None, None
    session.flush()
    to.script_id = script_id
    session.flush()
    _record(session, "change_time", slot.panel, actor, at, script=script_id, why=reason)
    return to


def remove_time(session: Session, *, slot_id: str, actor: Actor, at: dt.datetime) -> None:
    """Take a free time out."""
    slot = queries.get_slot(session, slot_id, actor, permission="exams.interviews.remove_time")
    if slot.script_id is not None:
        raise Conflict("A candidate has this time. Give the candidate another one first.")
    panel = slot.panel
    session.delete(slot)
    session.flush()
    _record(session, "remove_time", panel, actor, at)


def _tell(session: Session, panel: Panel, slot: InterviewSlot, at: dt.datetime) -> None:
    assert slot.script is not None  # noqa: S101 - asked by the caller
    application = slot.script.candidate.application
    account, agency = application.account, panel.examination.agency
    moment = ZonedMoment(slot.starts_at, agency.time_zone)
    link = links.absolute(f"/my/applications/{application.id}/interview")
    lines = (
        say("Dear %(name)s,", name=account.name),
        say("You are invited to an interview: %(title)s.", title=panel.examination.title),
        say("It begins on %(moment)s and lasts %(minutes)s minutes.", moment=moment, minutes=slot.minutes),
        say("Place: %(place)s", place=slot.place),
        say("Everybody is asked the same questions. Bring an identity paper with your photograph."),
        say("Your invitation, to print or to put into your calendar: %(link)s", link=link),
        say("If you cannot come, write to %(email)s at once.", email=agency.contact_email),
        agency.name,
    )
    mail.promise(
        session,
        key=f"interview:{slot.id}:{slot.script_id}:{at.isoformat()}",
        to=account.email,
        subject=say("Your interview: %(title)s", title=panel.examination.title),
        body=lines,
        at=at,
        language=account.language,
    )


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
