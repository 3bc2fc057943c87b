"""Booklets for the printer: asked for, drawn by the worker, and taken on record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.exams.booklets import queries, rules
from app.exams.booklets.models import BookletPrint
from app.platform import audit, jobs
from app.platform.actors import SYSTEM, Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id


def order_prints(
    session: Session,
    *,
    paper_id: str,
    series: Sequence[str],
    is_large: bool,
    instructions: str,
    minutes: int | None,
    actor: Actor,
    at: dt.datetime,
) -> list[BookletPrint]:
    """Have the booklets of some series drawn, "" for a paper without series.

    Conflict, with the reason, as long as something on them can still change.
    """
    paper = queries.get_paper(session, paper_id, actor, lock=True)
    actor.demand("exams.booklets.order", paper.agency_id)
    reason = rules.find_refusal(paper)
    if reason:
        raise Conflict(reason)
    lines = rules.read_instructions(instructions)
    wanted = sorted(set(series))
    if not wanted or not set(wanted) <= set(rules.names_of(paper)):
        raise Invalid(series="Select a series of this paper.")
    made = [
        BookletPrint(
            id=new_id("bkp"),
            paper_id=paper.id,
            series=name,
            is_large=is_large,
            instructions=lines,
            minutes=minutes,
            asked_by=str(actor.id),
            asked_at=at,
        )
        for name in wanted
    ]
    session.add_all(made)
    session.flush()
    for own in made:
        jobs.enqueue(session, "exams.draw_booklet", key=job_key(own.id), payload={"print": own.id}, at=at)
        _record(session, "order", own, paper.agency_id, actor, at)
    return made


def job_key(print_id: str) -> str:
    """Give the key of the job that draws a booklet."""
    return f"exams.draw_booklet:{print_id}"


def keep_print(session: Session, *, print_id: str, digest: str, pages: int, at: dt.datetime) -> None:
    """Keep what was drawn; done once, a repeat changes nothing."""
    own = queries.get_print_to_draw(session, print_id)
    if own.digest is not None:
        return
    own.digest, own.pages, own.ready_at = digest, pages, at
    session.flush()
    _record(session, "draw", own, own.paper.agency_id, SYSTEM, at, digest=digest, pages=pages)


def take_print(session: Session, *, print_id: str, actor: Actor, at: dt.datetime) -> BookletPrint:
    """Record that somebody takes a booklet, and give it; Conflict while it is not drawn."""
    own = queries.get_print(session, print_id, actor)
    actor.demand("exams.booklets.download", own.paper.agency_id)
    if own.digest is None:
        raise Conflict("This booklet is not drawn yet. Wait a moment.")
    _record(session, "download", own, own.paper.agency_id, actor, at, digest=own.digest)
    return own


def _record(
    session: Session,
    act: str,
    own: BookletPrint,
    agency_id: str,
    actor: Actor,
    at: dt.datetime,
    **details: object,
) -> None:
    audit.record(
        session,
        f"exams.booklets.{act}",
        actor=actor,
        at=at,
        subject=own.paper_id,
        agency_id=agency_id,
        booklet=own.id,
        series=own.series,
        large=own.is_large,
        **details,
    )
