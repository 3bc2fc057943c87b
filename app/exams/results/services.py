"""Writing the outcome of a published list to the applications, and promising each candidate's letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from app.exams import merit
from app.exams.merit_lists.models import MeritList, MeritListEntry
from app.exams.results import queries, rules
from app.exams.results.rules import Place, Told
from app.notices import services as notices
from app.platform import links
from app.platform.actors import Actor
from app.platform.errors import Conflict
from app.recruitment.applications import services as applications
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Assessment, Standing

BATCH = 500
ACTION = "exams.merit_lists.publish"


def record_standings(session: Session, *, merit_list: MeritList, actor: Actor, at: dt.datetime) -> None:
    """Move every candidate's application to scored and passed or failed, or to absent."""
    entries = queries.load_ranked(session, merit_list.id)
    passed = [entry.application_id for entry in entries if entry.is_passed]
    failed = [entry.application_id for entry in entries if not entry.is_passed]
    for ids in _batches([*passed, *failed]):
        applications.record_assessment(
            session, application_ids=ids, to=Assessment.SCORED, action=ACTION, actor=actor, at=at
        )
    for standing, people in ((Standing.PASSED, passed), (Standing.FAILED, failed)):
        for ids in _batches(people):
            applications.record_standing(
                session, application_ids=ids, to=standing, action=ACTION, actor=actor, at=at
            )
    _record_absent(session, merit_list, actor, at)


def _record_absent(session: Session, merit_list: MeritList, actor: Actor, at: dt.datetime) -> None:
    """Take back the standing of who has no sheet any more; those who never had one are absent already."""
    absent = queries.list_absent(session, merit_list.examination_id)
    scored = [row.id for row in absent if row.assessment is not Assessment.ABSENT]
    for ids in _batches(scored):
        applications.record_standing(
            session, application_ids=ids, to=Standing.NONE, action=ACTION, actor=actor, at=at
        )
        for assessment in (Assessment.PRESENT, Assessment.ABSENT):
            applications.record_assessment(
                session, application_ids=ids, to=assessment, action=ACTION, actor=actor, at=at
            )


def promise_letters(
    session: Session, *, merit_list: MeritList, book: merit.Rulebook, actor: Actor, at: dt.datetime
) -> int:
    """Promise each candidate the letter with score, rank and arithmetic, and tell how many there are.

    A later version of a list writes again, since each letter's key holds the list.
    """
    told = _told(merit_list, actor)
    count = 0
    for entry in queries.load_ranked(session, merit_list.id):
        letter = rules.letter(_of(told, entry.application), book, _place(entry), at)
        _promise(session, merit_list, entry.application, letter, actor, at)
        count += 1
    for application in queries.list_absent(session, merit_list.examination_id):
        number = _number(application)
        letter = rules.absence_letter(_of(told, application), book, number, at)
        _promise(session, merit_list, application, letter, actor, at)
        count += 1
    return count


def _told(merit_list: MeritList, actor: Actor) -> Told:
    examination = merit_list.examination
    agency = examination.agency
    return Told(
        examination_title=examination.title,
        examination_number=examination.number,
        held_on=examination.held_on,
        agency_name=agency.name,
        address=[line for line in agency.address.splitlines() if line.strip()],
        time_zone=agency.time_zone,
        list_size=merit_list.passed,
        valid_until=merit_list.expires_on,
        signed_by={"name": actor.name, "title": rules.signs_as(actor.roles)},
        result_url="",
    )


def _of(told: Told, application: Application) -> Told:
    return replace(told, result_url=links.absolute(f"/my/applications/{application.id}/result"))


def _place(entry: MeritListEntry) -> Place:
    return Place(
        _number(entry.application),
        entry.marks,
        entry.preference,
        entry.final,
        entry.denominator,
        entry.rank,
        entry.derivation,
    )


def _number(application: Application) -> str:
    if application.number is None:
        raise Conflict("A candidate's application has no number. Nothing was published.")
    return application.number


def _promise(
    session: Session,
    merit_list: MeritList,
    application: Application,
    letter: dict[str, object],
    actor: Actor,
    at: dt.datetime,
) -> None:
    notices.promise(
        session,
        template="examination_result",
        subject=application.id,
        agency_id=merit_list.agency_id,
        account_id=application.account_id,
        name=application.applicant_name or "",
        email=application.applicant_email,
        letter=letter,
        actor=actor,
        at=at,
        key=f"result:{merit_list.id}:{application.id}",
    )


def _batches(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
