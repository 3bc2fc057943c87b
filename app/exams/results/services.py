"""Writing the outcome of a published list to the applications, and promising each candidate's letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from sqlalchemy.orm import Session

from app.exams import merit
from app.exams.merit_lists.models import MeritList, MeritListEntry
from app.exams.results import queries, rules
from app.exams.results.queries import Cursor
from app.exams.results.rules import Earlier, Place, Told
from app.notices import batches
from app.platform import links
from app.platform.actors import SYSTEM, Actor
from app.platform.errors import Conflict
from app.recruitment.applications import services as applications
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Assessment, Standing

# As many applications are moved by one statement.
BATCH = 5000
ACTION = "exams.merit_lists.publish"


def record_standings(
    session: Session, *, merit_list: MeritList, actor: Actor, at: dt.datetime, action: str = ACTION
) -> None:
    """Move every candidate's application to scored and passed or failed, or to absent."""
    moving = queries.list_to_move(session, merit_list.id)
    passed = [own for own, is_passed in moving if is_passed]
    failed = [own for own, is_passed in moving if not is_passed]
    for standing, people in ((Standing.PASSED, passed), (Standing.FAILED, failed)):
        for ids in _batches(people):
            applications.record_result(
                session, application_ids=ids, to=standing, action=action, actor=actor, at=at
            )
    absent = queries.list_unmarked_absent(session, merit_list.examination_id)
    _unscore(session, absent, action, actor, at)
    for ids in _batches(absent):
        applications.record_assessment(
            session, application_ids=ids, to=Assessment.ABSENT, action=action, actor=actor, at=at
        )


def take_back_standings(
    session: Session,
    *,
    merit_list: MeritList,
    replaced: MeritList | None,
    action: str,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Let the applications say again what they said before a list was published."""
    _unscore(session, [own for own, _ in queries.load_outcomes(session, merit_list.id)], action, actor, at)
    if replaced is not None:
        record_standings(session, merit_list=replaced, actor=actor, at=at, action=action)


def _unscore(session: Session, people: Sequence[str], action: str, actor: Actor, at: dt.datetime) -> None:
    """Take back the standing and the scores of applications."""
    for ids in _batches(people):
        applications.record_standing(
            session, application_ids=ids, to=Standing.NONE, action=action, actor=actor, at=at
        )
        applications.record_assessment(
            session, application_ids=ids, to=Assessment.PRESENT, action=action, actor=actor, at=at
        )


def promise_letters(
    session: Session,
    *,
    merit_list: MeritList,
    replaced_id: str | None,
    book: merit.Rulebook,
    signed_by: Mapping[str, str],
    after: Cursor,
    at: dt.datetime,
) -> tuple[int, Cursor | None]:
    """Promise the next letters with score, rank and arithmetic, a batch at most.

    Gives how many are new, and where to go on (None at the end). A later version of a list writes again,
    since each letter's key holds the list, and tells each person what it changes for them.
    """
    told = _told(merit_list, signed_by)
    entries = queries.list_next_entries(session, merit_list.id, after)
    if entries:
        letters = _letters_of(session, merit_list, replaced_id, book, told, entries, at)
        following = Cursor(entries[-1].place, "", after.done + len(entries))
        return _promise(session, merit_list, letters, at), following
    absent, last = queries.list_next_absent(session, merit_list.examination_id, after)
    letters = [(one, rules.absence_letter(_of(told, one), book, _number(one), at)) for one in absent]
    count = _promise(session, merit_list, letters, at)
    is_over = len(absent) < queries.BATCH
    return count, None if is_over else Cursor(after.place, last, after.done + len(absent))


def _letters_of(
    session: Session,
    merit_list: MeritList,
    replaced_id: str | None,
    book: merit.Rulebook,
    told: Told,
    entries: Sequence[MeritListEntry],
    at: dt.datetime,
) -> list[tuple[Application, dict[str, Any]]]:
    """Write the letters of people on a list; those of a correction tell what it changes for each."""
    before = session.get(MeritList, replaced_id) if replaced_id else None
    earlier = _earlier(session, before, [entry.application_id for entry in entries])
    letters = []
    for entry in entries:
        place = _place(entry)
        letter = rules.letter(_of(told, entry.application), book, place, at)
        if before is not None:
            own = earlier.get(entry.application_id)
            reason = merit_list.reason or ""
            letter = rules.change_letter(letter, place, own, reason=reason, size_before=before.passed)
        letters.append((entry.application, letter))
    return letters


def _earlier(
    session: Session, before: MeritList | None, application_ids: Sequence[str]
) -> dict[str, Earlier]:
    """Give what the list before said of each application; nothing before a first list."""
    rows = queries.load_earlier(session, before.id, application_ids) if before is not None else {}
    return {
        own: Earlier(shown, Fraction(final, denominator), rank)
        for own, (shown, final, denominator, rank) in rows.items()
    }


def _told(merit_list: MeritList, signed_by: Mapping[str, str]) -> Told:
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
        signed_by=signed_by,
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
    letters: Sequence[tuple[Application, dict[str, Any]]],
    at: dt.datetime,
) -> int:
    drafts = [
        batches.Draft(
            key=f"result:{merit_list.id}:{application.id}",
            subject=application.id,
            account_id=application.account_id,
            name=application.applicant_name or "",
            email=application.applicant_email,
            letter=letter,
        )
        for application, letter in letters
    ]
    return batches.promise_many(
        session,
        template="examination_result",
        agency_id=merit_list.agency_id,
        drafts=drafts,
        actor=SYSTEM,
        at=at,
    )


def _batches(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
