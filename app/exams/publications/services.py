"""Beginning a publication with its letters held, sending them, or undoing all of it before they leave."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.exams import rulebooks
from app.exams.merit_lists.models import MeritList
from app.exams.publications import queries
from app.exams.publications.models import ListPolicy, Publication
from app.exams.publications.states import PublicationState, move
from app.exams.results import services as results
from app.exams.results.queries import Cursor
from app.exams.results.rules import signs_as
from app.platform import audit, jobs
from app.platform.actors import SYSTEM, Actor
from app.platform.errors import Invalid
from app.platform.ids import new_id

SEND = "exams.send_result_letters"


def job_key(publication_id: str) -> str:
    """Name the job that sends the letters of a publication."""
    return f"letters:{publication_id}"


def begin_publication(
    session: Session,
    *,
    merit_list: MeritList,
    replaced: MeritList | None,
    hold: dt.timedelta,
    actor: Actor,
    at: dt.datetime,
) -> Publication:
    """Note that a list was published, and promise its letters for when the hold is over."""
    publication = Publication(
        id=new_id("pbl"),
        list_id=merit_list.id,
        agency_id=merit_list.agency_id,
        replaced_id=replaced.id if replaced else None,
        state=PublicationState.HELD,
        published_by=actor.id,
        published_at=at,
        signed_name=actor.name,
        signed_title=signs_as(actor.roles),
        letters_at=at + hold,
        letters=0,
    )
    session.add(publication)
    session.flush()
    jobs.enqueue(
        session,
        SEND,
        key=job_key(publication.id),
        payload={"publication": publication.id},
        at=at,
        run_at=publication.letters_at,
    )
    return publication


def send_letters(
    session: Session, *, publication_id: str, at: dt.datetime, after: Cursor | None = None
) -> Cursor | None:
    """Promise the next letters of a publication, and give where to go on; None when all are promised.

    From the first letter on the publication cannot be undone. One that was undone sends nothing.
    """
    publication = queries.get_publication(session, publication_id, lock=True)
    if publication.state is PublicationState.UNDONE:
        return None
    is_first = publication.state is PublicationState.HELD
    if is_first:
        publication.state, publication.sent_at = move(publication.state, PublicationState.SENT), at
    merit_list = publication.merit_list
    examination = merit_list.examination
    book = rulebooks.read(examination.rulebook_text, examination.rulebook_digest)
    signed_by = {"name": publication.signed_name, "title": publication.signed_title}
    count, following = results.promise_letters(
        session,
        merit_list=merit_list,
        replaced_id=publication.replaced_id,
        book=book,
        signed_by=signed_by,
        after=after or Cursor(),
        at=at,
    )
    publication.letters += count
    session.flush()
    if count or is_first:
        _record_sent(session, publication, count, at)
    return following


def _record_sent(session: Session, publication: Publication, count: int, at: dt.datetime) -> None:
    audit.record(
        session,
        "exams.publications.send",
        actor=SYSTEM,
        at=at,
        subject=publication.list_id,
        agency_id=publication.agency_id,
        letters=count,
    )


def set_policy(
    session: Session, *, agency_id: str, shows_names: bool, basis: str, actor: Actor, at: dt.datetime
) -> ListPolicy:
    """Decide whether an agency's public lists name people, with the law that asks for it."""
    actor.demand("exams.publications.set_policy", agency_id)
    if not basis.strip():
        raise Invalid(basis="Enter the law or rule that this follows.")
    policy = queries.find_policy(session, agency_id) or ListPolicy(agency_id=agency_id)
    policy.shows_names, policy.basis = shows_names, basis.strip()
    policy.set_by, policy.set_at = actor.id, at
    session.add(policy)
    session.flush()
    audit.record(
        session,
        "exams.publications.set_policy",
        actor=actor,
        at=at,
        subject=agency_id,
        agency_id=agency_id,
        names=shows_names,
        why=policy.basis,
    )
    return policy
