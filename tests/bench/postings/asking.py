"""The questions that visitors ask of the list, each timed, and the same asked the naive way."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.accounts.models import Agency
from app.platform import db
from app.recruitment.postings import facets, search
from app.recruitment.postings.models import Posting
from app.recruitment.postings.queries import is_shown_as
from app.recruitment.postings.searches import Search, Sort
from tests.bench.postings.data import AT

ASKED = 150
NAIVE = 8
DEPTHS = (0, 1000, 20_000, 80_000)
SORTS = (Sort.NEWEST, Sort.CLOSING, Sort.PAY, Sort.TITLE)


def questions(offered: dict[str, list[str]], dice: random.Random) -> dict[str, Callable[[], Search]]:
    """Give the kinds of searches; each call asks another one of its kind."""

    def words() -> str:
        kind = dice.choice(("titles", "titles", "common", "rare", "both", "places"))
        if kind == "both":
            return f"{dice.choice(offered['titles'])} {dice.choice(offered['common'])}"
        return dice.choice(offered[kind])

    def filters() -> dict[str, Any]:
        kinds: dict[str, Callable[[], Any]] = {
            "agency_ids": lambda: (dice.choice(offered["agencies"]),),
            "categories": lambda: (dice.choice(offered["categories"]),),
            "places": lambda: (dice.choice(offered["places"]),),
            "class_text": lambda: dice.choice(offered["titles"]),
            "pay_minor": lambda: dice.randrange(40, 150) * 100_000,
            "is_closing_soon": lambda: True,
        }
        return {name: kinds[name]() for name in dice.sample(sorted(kinds), dice.choice((1, 1, 2, 3)))}

    sorts = (*SORTS, Sort.BEST, Sort.BEST)
    return {
        "no words, no filter": lambda: Search(sort=dice.choice(SORTS)),
        "words": lambda: Search(text=words(), sort=dice.choice(sorts)),
        "filters": lambda: Search(**filters(), sort=dice.choice(SORTS)),
        "words and filters": lambda: Search(text=words(), **filters(), sort=dice.choice(sorts)),
    }


def ask(session: Session, wanted: Search) -> None:
    """Do all that the page of a search does with the database."""
    facets.load_choices(session)
    search.search(session, wanted, AT)
    facets.survey(session, wanted, AT)


def ask_naively(session: Session, wanted: Search, offset: int = 0) -> None:
    """Do the same as one would at first."""
    shown = is_shown_as(closed=False, at=AT)
    conditions = [shown]
    text = " ".join((wanted.text, *wanted.places))
    conditions += [Posting.search_text.contains(word, autoescape=True) for word in text.casefold().split()]
    if wanted.class_text:
        conditions.append(func.lower(Posting.class_title).contains(wanted.class_text.lower()))
    for column, values in ((Posting.agency_id, wanted.agency_ids), (Posting.category, wanted.categories)):
        if values:
            conditions.append(column.in_(values))
    if wanted.pay_minor is not None:
        conditions.append(Posting.pay_year_minor >= wanted.pay_minor)
    if wanted.is_closing_soon:
        conditions.append(Posting.closes_at <= AT + search.CLOSING_SOON)
    for column in (Posting.category, Posting.class_title, Posting.location):
        session.scalars(select(column).where(shown).distinct().order_by(column).limit(500)).all()
    session.execute(
        select(Agency.id, Agency.name).where(Agency.id.in_(select(Posting.agency_id).where(shown)))
    ).all()
    order = {Sort.CLOSING: Posting.closes_at, Sort.PAY: Posting.pay_year_minor, Sort.TITLE: Posting.title_key}
    query = (
        select(Posting).where(*conditions).order_by(order.get(wanted.sort, Posting.published_at), Posting.id)
    )
    session.scalars(query.options(joinedload(Posting.agency)).offset(offset).limit(21)).all()
    session.scalar(select(func.count()).select_from(Posting).where(*conditions))


def timed(work: Callable[[Session], None]) -> float:
    """Give how many milliseconds a piece of work takes in a reading session of its own."""
    with db.reading() as session:
        begun = time.perf_counter()
        work(session)
        return (time.perf_counter() - begun) * 1000


def report(kind: str, count: int, offered: dict[str, list[str]]) -> None:
    """Print the tables of one engine, in milliseconds."""
    dice = random.Random("questions")
    print(f"\n{kind}, {count:,} open vacancies\n")  # noqa: T201
    print("| first page | median | 95th percentile | slowest | naive median |")  # noqa: T201
    print("|---|---|---|---|---|")  # noqa: T201
    for name, question in questions(offered, dice).items():
        asked = [question() for _ in range(ASKED)]
        times = [timed(lambda session, one=one: ask(session, one)) for one in asked]
        naive = [timed(lambda session, one=one: ask_naively(session, one)) for one in asked[:NAIVE]]
        cuts = statistics.quantiles(times, n=20)
        print(  # noqa: T201
            f"| {name} | {statistics.median(times):.0f} | {cuts[18]:.0f} | {max(times):.0f}"
            f" | {statistics.median(naive):.0f} |",
            flush=True,
        )
    _report_depths(offered)


def _report_depths(offered: dict[str, list[str]]) -> None:
    print("\n| page after so many rows | keyset | with words | OFFSET |\n|---|---|---|---|")  # noqa: T201
    plain, worded = Search(), Search(text=offered["common"][0], sort=Sort.BEST)
    for depth in DEPTHS:
        cells = []
        for wanted in (plain, worded):
            with db.reading() as session:
                anchor = search.list_ids(session, wanted, AT, limit=1, offset=depth) if depth else [""]
            placed = replace(wanted, after=(anchor or [""])[0]) if anchor else None
            times = (
                [timed(lambda session, one=placed: search.search(session, one, AT)) for _ in range(9)]
                if placed
                else []
            )
            cells.append(f"{statistics.median(times):.1f}" if times else "no such page")
        naive = [timed(lambda session: _offset(session, depth)) for _ in range(3)]
        print(f"| {depth:,} | {cells[0]} | {cells[1]} | {statistics.median(naive):.1f} |", flush=True)  # noqa: T201


def _offset(session: Session, depth: int) -> None:
    query = select(Posting).where(is_shown_as(closed=False, at=AT)).options(joinedload(Posting.agency))
    session.scalars(query.order_by(Posting.published_at.desc(), Posting.id).offset(depth).limit(21)).all()
