"""Looking for signs of mix-ups, and clearing them by name and reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.exams.alarms import queries, rules
from app.exams.alarms.material import Finding
from app.exams.alarms.models import Alarm, AlarmRun
from app.exams.alarms.states import AlarmState
from app.exams.examinations.models import Examination
from app.exams.examinations.queries import get_examination
from app.exams.responses.queries import find_current
from app.platform import audit, jobs
from app.platform.actors import Actor
from app.platform.ids import new_id


def examine(session: Session, *, examination_id: str, actor: Actor, at: dt.datetime) -> list[Alarm]:
    """Look for alarms in what stands now, and give the open ones.

    A sign found before is the same alarm and stays as it is; one that is no longer found is gone.
    """
    examination = get_examination(
        session, examination_id, actor, permission="exams.alarms.examine", lock=True
    )
    actor.demand("exams.alarms.examine", examination.agency_id)
    material = queries.load_material(session, examination)
    findings = rules.find_all(material) if material is not None else []
    return keep(session, examination, findings, actor, at)


@dataclass(frozen=True, slots=True)
class Found:
    """The signs of mix-ups in answers, marks and key of one digest."""

    inputs: str | None
    findings: list[Finding]


def look(session: Session, *, examination_id: str, actor: Actor) -> Found:
    """Look for alarms in what stands now, and keep nothing."""
    examination = get_examination(session, examination_id, actor, permission="exams.alarms.examine")
    inputs = queries.inputs_digest(session, examination_id)
    material = queries.load_material(session, examination)
    return Found(inputs, rules.find_all(material) if material is not None else [])


def keep_found(
    session: Session, *, examination_id: str, found: Found, actor: Actor, at: dt.datetime
) -> list[Alarm]:
    """Keep what was found; nothing where something else came in since, which is looked at by itself."""
    examination = get_examination(
        session, examination_id, actor, permission="exams.alarms.examine", lock=True
    )
    actor.demand("exams.alarms.examine", examination.agency_id)
    if queries.inputs_digest(session, examination_id) != found.inputs:
        return []
    return keep(session, examination, found.findings, actor, at)


def keep(
    session: Session, examination: Examination, findings: list[Finding], actor: Actor, at: dt.datetime
) -> list[Alarm]:
    """Keep what was found as the alarms of an examination."""
    found = {rules.fingerprint(finding): finding for finding in findings}
    known = {
        alarm.fingerprint: alarm
        for alarm in session.scalars(select(Alarm).where(Alarm.examination_id == examination.id))
    }
    current = find_current(session, examination.id)
    imported_by = current.imported_by if current else None
    for mark, alarm in known.items():
        if mark not in found and alarm.state is AlarmState.OPEN:
            alarm.state = AlarmState.GONE
        elif mark in found and alarm.state is AlarmState.GONE:
            alarm.state = AlarmState.OPEN
    for mark, finding in found.items():
        if mark not in known:
            session.add(_alarm(examination, finding, mark, imported_by, at))
    run = queries.find_run(session, examination.id) or AlarmRun(examination_id=examination.id)
    run.inputs_digest, run.ran_at = queries.inputs_digest(session, examination.id) or "0" * 64, at
    session.add(run)
    session.flush()
    still = [
        alarm for alarm in queries.list_alarms(session, examination.id) if alarm.state is AlarmState.OPEN
    ]
    kinds = sorted(alarm.kind.value for alarm in still)
    _record(session, "examine", examination, actor, at, digest=run.inputs_digest, open=kinds)
    return still


def clear_alarm(session: Session, *, alarm_id: str, reason: str, actor: Actor, at: dt.datetime) -> Alarm:
    """Clear an alarm as a named officer who did not import the answers, with what was found."""
    alarm, examination = queries.get_alarm(
        session, alarm_id, actor, permission="exams.alarms.clear", lock=True
    )
    actor.demand("exams.alarms.clear", examination.agency_id)
    rules.check_clearing(actor.id, alarm.imported_by, reason, is_open=alarm.state is AlarmState.OPEN)
    alarm.state, alarm.cleared_by, alarm.cleared_at = AlarmState.CLEARED, actor.id, at
    alarm.reason = reason.strip()
    session.flush()
    _record(session, "clear", examination, actor, at, alarm=alarm.id, kind=alarm.kind.value)
    return alarm


def ask(session: Session, *, examination_id: str, at: dt.datetime) -> None:
    """Promise that a worker looks for alarms in what stands now; once for the same inputs."""
    digest = queries.inputs_digest(session, examination_id)
    if digest:
        jobs.enqueue(
            session,
            "exams.examine_answers",
            key=f"exams.examine_answers:{examination_id}:{digest[:16]}",
            payload={"examination": examination_id},
            at=at,
        )


def _alarm(
    examination: Examination, finding: Finding, mark: str, imported_by: str | None, at: dt.datetime
) -> Alarm:
    return Alarm(
        id=new_id("alm"),
        examination_id=examination.id,
        kind=finding.kind,
        subject=finding.subject[:200],
        sentence=finding.sentence,
        evidence=finding.evidence,
        fingerprint=mark,
        state=AlarmState.OPEN,
        imported_by=imported_by,
        raised_at=at,
    )


def _record(
    session: Session, act: str, examination: Examination, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"exams.alarms.{act}",
        actor=actor,
        at=at,
        subject=examination.id,
        agency_id=examination.agency_id,
        **details,
    )
