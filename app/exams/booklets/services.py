"""Changing papers: assembled by a blueprint, given to an examination, printed in series."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.exams.booklets import queries, rules
from app.exams.booklets.models import BookletSeries, ExamPaper, PaperItem
from app.exams.booklets.rules import Wish
from app.exams.examinations.models import Examination
from app.exams.examinations.queries import get_examination
from app.exams.examinations.rules import check_planned
from app.exams.item_bank.models import BankItem, BankItemVersion, ItemUse
from app.exams.item_bank.queries import load_usable
from app.exams.item_bank.states import USABLE, ItemState
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id


def assemble_paper(
    session: Session,
    *,
    agency_id: str,
    title: str,
    language: str,
    wishes: Sequence[Wish],
    seed: str,
    unused_since: dt.date | None,
    actor: Actor,
    at: dt.datetime,
) -> ExamPaper:
    """Fill a blueprint from the agency's bank; Invalid tells each cell that it cannot fill."""
    actor.demand("exams.booklets.assemble", agency_id)
    wanted = [wish for wish in rules.check_wishes(wishes) if wish.count]
    usable, resting = load_usable(session, agency_id, language, unused_since)
    chosen = rules.assemble(wanted, usable, resting, seed)
    digests = dict(
        session.execute(
            select(BankItemVersion.id, BankItemVersion.digest).where(BankItemVersion.id.in_(chosen))
        ).all()
    )
    paper = ExamPaper(
        id=new_id("ppr"),
        agency_id=agency_id,
        title=title,
        language=language,
        blueprint=[
            {"subject": wish.subject, "difficulty": wish.difficulty.value, "count": wish.count}
            for wish in wanted
        ],
        seed=seed,
        unused_since=unused_since,
        digest=rules.paper_digest(digests[own] for own in chosen),
        created_by=actor.id,
        created_at=at,
        places=[PaperItem(position=place, version_id=own) for place, own in enumerate(chosen, start=1)],
    )
    session.add(paper)
    session.flush()
    _record(session, "assemble", paper, actor, at, items=len(chosen), digest=paper.digest)
    return paper


def use_paper(
    session: Session, *, paper_id: str, examination_id: str, actor: Actor, at: dt.datetime
) -> ExamPaper:
    """Make a paper what an examination asks: its items 1 to n are the examination's.

    Conflict when the paper is taken, an item was retired or reworded since, or the examination has other
    items.
    """
    paper = _load(session, paper_id, actor, "use")
    examination = get_examination(session, examination_id, actor, lock=True)
    if paper.examination_id is not None:
        raise Conflict("Another examination asks this paper already.")
    if paper.agency_id != examination.agency_id:
        raise Conflict("This paper belongs to another agency.")
    _check_fits(paper, examination)
    paper.examination = examination
    session.execute(
        insert(ItemUse),
        [
            {"version_id": place.version_id, "examination_id": examination.id, "code": str(place.position)}
            for place in paper.places
        ],
    )
    own = [place.version.item_id for place in paper.places]
    session.execute(update(BankItem).where(BankItem.id.in_(own)).values(state=ItemState.IN_USE))
    session.flush()
    _record(session, "use", paper, actor, at, examination=examination.id, digest=paper.digest)
    return paper


def _check_fits(paper: ExamPaper, examination: Examination) -> None:
    check_planned(examination.state)
    codes = [item.code for item in examination.items]
    if codes != [str(place.position) for place in paper.places]:
        raise Conflict(
            f"The paper has the items 1 to {len(paper.places)}. Give the examination the same in its plan."
        )
    stale = [
        place.version.item.code
        for place in paper.places
        if place.version.item.state not in USABLE or place.version.item.version != place.version.version
    ]
    if stale:
        raise Conflict(f"Changed or retired since the paper was assembled: {', '.join(stale[:10])}.")
    longest = max(len(place.version.options) for place in paper.places)
    if len(examination.options) < longest:
        raise Conflict(f"Items of the paper have {longest} options. The examination has fewer.")


def make_series(
    session: Session, *, paper_id: str, count: int, seed: str, actor: Actor, at: dt.datetime
) -> ExamPaper:
    """Shuffle the items into booklet series A to D, once; A is the paper's own order.

    Conflict once answers of the examination that asks it are stored.
    """
    paper = _load(session, paper_id, actor, "make_series")
    if paper.series:
        raise Conflict("This paper has its series already; what was printed never changes.")
    if queries.has_prints(session, paper.id):
        raise Conflict("A booklet of this paper was printed already: everyone sits the same one.")
    if paper.examination is not None:
        check_planned(paper.examination.state)
    if not 2 <= count <= len(rules.SERIES):
        raise Invalid(count=f"Choose from 2 to {len(rules.SERIES)} series.")
    if not seed.strip():
        raise Invalid(seed="Enter a seed, so that the same series can be made again.")
    for name in rules.SERIES[:count]:
        order = rules.shuffle(seed.strip(), name, len(paper.places))
        paper.series.append(
            BookletSeries(
                id=new_id("bks"),
                name=name,
                seed=seed.strip(),
                order=order,
                made_by=actor.id,
                made_at=at,
            )
        )
    session.flush()
    _record(session, "make_series", paper, actor, at, series=count)
    return paper


def record_print(session: Session, *, paper_id: str, series: str, actor: Actor, at: dt.datetime) -> ExamPaper:
    """Record that somebody opened a booklet, and give the paper."""
    paper = _load(session, paper_id, actor, "print_booklet")
    _record(session, "print_booklet", paper, actor, at, series=series)
    return paper


def _load(session: Session, paper_id: str, actor: Actor, act: str) -> ExamPaper:
    paper = queries.get_paper(session, paper_id, actor, lock=True)
    actor.demand(f"exams.booklets.{act}", paper.agency_id)
    return paper


def _record(
    session: Session, act: str, paper: ExamPaper, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"exams.booklets.{act}",
        actor=actor,
        at=at,
        subject=paper.id,
        agency_id=paper.agency_id,
        **details,
    )
