"""What the office does: answer a step, give it up as a party, name who answers, record hearing and remedy."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.accounts.queries import get_agency
from app.personnel.grievances import chain, deciding, letters, queries, rules
from app.personnel.grievances.models import Grievance, GrievanceProcedure, GrievanceRecusal, GrievanceStep
from app.personnel.grievances.states import Ending, GrievanceState, Outcome, StepState, move
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict, Forbidden, Invalid
from app.platform.locales import write_date


@dataclass(frozen=True, slots=True)
class Answer:
    """What is decided, why, and what is done about it, by when."""

    outcome: Outcome
    findings: str
    remedy: str = ""
    remedy_due_on: dt.date | None = None


def answer(session: Session, *, grievance_id: str, values: Answer, actor: Actor, at: dt.datetime) -> None:
    """Answer the step that is open, with reasons; only who is named for it may."""
    grievance, step = _own_step(session, grievance_id, actor)
    today = chain.today_of(grievance, at)
    if not letters.paragraphs(values.findings):
        raise Invalid(findings="Enter the reasons")
    is_granted = values.outcome is not Outcome.DENIED
    if not is_granted and values.remedy.strip():
        raise Invalid(remedy="A grievance that is denied has no remedy. Take it out, or grant it in part")
    due_on = rules.check_remedy(values.remedy, values.remedy_due_on, today, is_needed=is_granted)
    step.outcome, step.findings = values.outcome, values.findings.strip()
    step.remedy, step.remedy_due_on = values.remedy.strip(), due_on
    step.decided_by, step.decided_at, step.state = actor.id, at, StepState.ANSWERED
    procedure = chain.procedure_of(grievance)
    within = procedure.step(step.level).appeal_within
    if procedure.way_on(step.level) is None or within is None:
        chain.end(session, grievance, Ending.DECIDED, note="", promised=chain.promised_by(step), at=at)
    else:
        chain.wait_for_grievant(session, grievance, within, at)
    chain.record(session, "answer", grievance, actor, at, level=step.level, outcome=values.outcome.value)
    letters.decide(session, grievance, step, procedure, actor, today, at)


def recuse(session: Session, *, grievance_id: str, reason: str, actor: Actor, at: dt.datetime) -> None:
    """Give a step up as being a party; somebody outside the line of supervision answers it.

    Who gave it up is never named again, and does not read it any more.
    """
    grievance, step = _own_step(session, grievance_id, actor)
    if not reason.strip():
        raise Invalid(reason="Enter what part you have in the matter")
    session.add(
        GrievanceRecusal(
            grievance_id=grievance.id, account_id=str(actor.id), reason=reason.strip(), recused_at=at
        )
    )
    rule = chain.procedure_of(grievance).step(step.level)
    choice = deciding.choose(session, grievance, rule, step.level, without=actor.id)
    step.decider_id, step.moved = choice.account_id, choice.moved
    session.flush()
    chain.record(session, "recuse", grievance, actor, at, level=step.level)
    letters.tell_decider(session, grievance, step, rule, at)


def assign(
    session: Session, *, grievance_id: str, account_id: str, reason: str, actor: Actor, at: dt.datetime
) -> None:
    """Name who answers the step that is open: no party, and nobody who answered another step."""
    grievance = queries.get_grievance(session, grievance_id, actor, lock=True)
    actor.demand(queries.OFFICER, grievance.agency_id)
    step = _open_step(grievance)
    if not reason.strip():
        raise Invalid(reason="Enter why")
    if account_id == actor.id:
        raise Invalid(decider_id="You cannot name yourself. Choose somebody else")
    if account_id not in {account.id for account in deciding.list_free(session, grievance)}:
        raise Invalid(decider_id="This person cannot answer. Choose somebody of the list")
    step.decider_id, step.moved = account_id, reason.strip()
    session.flush()
    chain.record(session, "assign", grievance, actor, at, level=step.level)
    rule = chain.procedure_of(grievance).step(step.level)
    letters.tell_decider(session, grievance, step, rule, at)


def arrange_hearing(
    session: Session,
    *,
    grievance_id: str,
    arbitrator: str,
    hearing_on: dt.date | None,
    place: str,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Record who hears a grievance outside, when and where."""
    grievance = _watched(session, grievance_id, actor)
    if grievance.state is not GrievanceState.OUTSIDE or grievance.hearing is None:
        raise Conflict("This grievance is not before anybody outside.")
    if not arbitrator.strip():
        raise Invalid(arbitrator="Enter who hears it")
    hearing = grievance.hearing
    hearing.arbitrator, hearing.hearing_on = arbitrator.strip(), hearing_on
    hearing.place, hearing.recorded_by = place.strip(), actor.id
    session.flush()
    chain.record(session, "arrange_hearing", grievance, actor, at)
    when = f" on {write_date(hearing_on)}" if hearing_on else ""
    line = (f"It is heard by {hearing.arbitrator}{when}. {hearing.place}".strip(),)
    key = f"{grievance.id}:hearing:{at.isoformat()}"
    letters.tell_grievant(session, grievance, key, "Hearing of your grievance", line, at)


def record_award(
    session: Session,
    *,
    grievance_id: str,
    values: Answer,
    award_on: dt.date,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Record the award or decision from outside, which ends the grievance."""
    grievance = _watched(session, grievance_id, actor)
    hearing, today = grievance.hearing, chain.today_of(grievance, at)
    if grievance.state is not GrievanceState.OUTSIDE or hearing is None:
        raise Conflict("This grievance is not before anybody outside.")
    if not hearing.arbitrator:
        raise Conflict("Record first who hears it.")
    if not grievance.filed_on <= award_on <= today:
        raise Invalid(award_on="The day of the award is between the filing and today")
    if not values.findings.strip():
        raise Invalid(findings="Enter what was decided, and why")
    is_granted = values.outcome is not Outcome.DENIED
    due_on = rules.check_remedy(values.remedy, values.remedy_due_on, today, is_needed=is_granted)
    hearing.award_on, hearing.outcome, hearing.award = award_on, values.outcome, values.findings.strip()
    hearing.recorded_by = actor.id
    promised = [(values.remedy.strip(), due_on)] if due_on else []
    chain.end(session, grievance, Ending.AWARD, note="", promised=promised, at=at)
    chain.record(session, "record_award", grievance, actor, at, outcome=values.outcome.value)
    line = (f"{values.outcome.title}. The reasons stand on the page of your grievance.",)
    letters.tell_grievant(session, grievance, f"{grievance.id}:award", "Award on your grievance", line, at)


def finish_remedy(
    session: Session,
    *,
    grievance_id: str,
    remedy_id: str,
    done_on: dt.date,
    note: str,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Record that what was promised is done; the last one closes the grievance."""
    grievance = _watched(session, grievance_id, actor)
    remedy = next((row for row in grievance.remedies if row.id == remedy_id), None)
    if remedy is None or remedy.done_on is not None:
        raise Conflict("This is recorded as done already.")
    if not grievance.filed_on <= done_on <= chain.today_of(grievance, at):
        raise Invalid(done_on="The day is between the filing and today")
    remedy.done_on, remedy.done_by, remedy.done_note = done_on, str(actor.id), note.strip()
    if all(row.done_on for row in grievance.remedies):
        grievance.state, grievance.closed_at = move(grievance.state, GrievanceState.CLOSED), at
    session.flush()
    chain.record(session, "finish_remedy", grievance, actor, at, remedy=remedy.id)
    line = (f"It was done on {write_date(done_on)}: {letters.one_paragraph(remedy.what)}",)
    letters.tell_grievant(session, grievance, f"{remedy.id}:done", "What was promised is done", line, at)


def set_procedure(session: Session, *, agency_id: str, name: str, actor: Actor, at: dt.datetime) -> None:
    """Say by which procedure grievances are filed in an agency; those that run keep theirs."""
    agency = get_agency(session, agency_id)
    actor.demand("personnel.grievances.set_procedure", agency.id)
    if name not in rules.procedures():
        raise Invalid(name="Select a procedure")
    row = session.get(GrievanceProcedure, agency.id)
    if row is None:
        row = GrievanceProcedure(agency_id=agency.id)
        session.add(row)
    row.name, row.set_by, row.set_at = name, str(actor.id), at
    session.flush()
    audit.record(
        session,
        "personnel.grievances.set_procedure",
        actor=actor,
        at=at,
        subject=agency.id,
        agency_id=agency.id,
        procedure=name,
    )


def note_reading(session: Session, *, grievance_id: str, actor: Actor, at: dt.datetime) -> None:
    """Record that somebody of the office opened a grievance: the grievant sees who did."""
    grievance = queries.get_grievance(session, grievance_id, actor)
    chain.record(session, "show", grievance, actor, at)


def _own_step(session: Session, grievance_id: str, actor: Actor) -> tuple[Grievance, GrievanceStep]:
    grievance = queries.get_grievance(session, grievance_id, actor, lock=True)
    step = _open_step(grievance)
    if step.decider_id != actor.id:
        raise Forbidden()
    return grievance, step


def _open_step(grievance: Grievance) -> GrievanceStep:
    if grievance.state is not GrievanceState.AT_STEP:
        raise Conflict(f"No answer is awaited. It stands at: {grievance.state.title.lower()}.")
    return grievance.current


def _watched(session: Session, grievance_id: str, actor: Actor) -> Grievance:
    grievance = queries.get_grievance(session, grievance_id, actor, lock=True)
    actor.demand(queries.OFFICER, grievance.agency_id)
    return grievance
