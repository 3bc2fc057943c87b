"""The acts on a list, each as the office does it: through the services, in the transactions of the pages."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import Session

from app.exams.challenges import services as challenges
from app.exams.challenges.confirm_services import confirm_decisions
from app.exams.challenges.preparing import prepare_confirmation
from app.exams.examinations.queries import get_examination
from app.exams.keys.queries import find_in_force
from app.exams.merit_lists import preparing
from app.exams.merit_lists import services as lists
from app.exams.publications.queries import find_live
from app.exams.publications.services import send_letters
from app.exams.results.queries import Cursor
from app.exams.what_ifs.queries import try_changes
from app.exams.what_ifs.services import keep_what_if
from app.platform import clock, progress
from app.platform.db import reading, transaction
from tests.bench.publishing.data import AT, Office

# Processor seconds of each transaction since they were last told: for so long nobody else could write.
held: list[float] = []
SEED = "drawn in public on 16 November"
ITEM = "7"


@contextmanager
def storing() -> Iterator[Session]:
    """Open a transaction, and note how much work it was to its end."""
    start = time.thread_time()
    with transaction() as session:
        yield session
    held.append(time.thread_time() - start)


def draft(office: Office) -> str:
    """Draft the list."""
    actor = office.actors["exam_officer"]
    with preparing.ahead():
        with reading() as session:
            preparing.prepare_draft(session, office.examination_id, SEED, actor)
        with storing() as session:
            return lists.draft_list(
                session, examination_id=office.examination_id, seed=SEED, reason="", actor=actor, at=AT
            ).id


def approve(office: Office, list_id: str) -> None:
    """Approve it."""
    actor = office.actors["hr_officer"]
    with preparing.ahead():
        with reading() as session:
            preparing.prepare_decision(session, list_id, actor, publishes=False)
        with storing() as session:
            lists.approve_list(session, list_id=list_id, actor=actor, at=AT)


def publish(office: Office, list_id: str) -> None:
    """Publish it."""
    actor = office.actors["hr_officer"]
    with preparing.ahead():
        with reading() as session:
            preparing.prepare_decision(session, list_id, actor, publishes=True)
        with storing() as session:
            lists.publish_list(session, list_id=list_id, actor=actor, at=AT)


def promise(list_id: str, most: int = sys.maxsize) -> int:
    """Promise letters batch by batch, and give how many."""
    with reading() as session:
        publication = find_live(session, list_id)
    after: Cursor | None = Cursor()
    while after is not None and after.done < most:
        with storing() as session:
            after = send_letters(session, publication_id=publication.id, at=AT, after=after)
    with reading() as session:
        return find_live(session, list_id).letters


def what_if(office: Office) -> str:
    """Try another right option on one item, and keep what it would move."""
    actor = office.actors["exam_officer"]
    with reading() as session:
        examination = get_examination(session, office.examination_id, actor)
        tried = try_changes(session, examination, {ITEM: changed(session, office)})
    with storing() as session:
        return keep_what_if(session, examination=examination, tried=tried, actor=actor, at=clock.now()).id


def changed(session: Session, office: Office) -> dict[str, Any]:
    """Give the entry of the item by which two options are right."""
    accepted = find_in_force(session, office.examination_id).answers[ITEM]["accepted"]
    other = next(option for option in "ABCD" if option not in accepted)
    return {"accepted": sorted([*accepted, other]), "treatment": "several"}


def propose(office: Office) -> str:
    """Propose that decision."""
    with storing() as session:
        entry = changed(session, office)
        return challenges.propose_decision(
            session,
            examination_id=office.examination_id,
            item=ITEM,
            decision=entry["treatment"],
            accepted=entry["accepted"],
            reason="Two options are right by the code of practice.",
            origin="A judgment.",
            actor=office.actors["exam_officer"],
            at=clock.now(),
        ).id


def correct(office: Office, challenge_id: str) -> str:
    """Confirm the decision, which puts the published list right; give the new list."""
    asked: dict[str, Any] = {"examination_id": office.examination_id, "challenge_ids": [challenge_id]}
    actor = office.actors["custodian"]
    with preparing.ahead():
        with reading() as session:
            prepare_confirmation(session, **asked, actor=actor, teller=progress.silent())
        with storing() as session:
            made = confirm_decisions(session, **asked, actor=actor, at=clock.now())
            return str(made[0].list_id)
