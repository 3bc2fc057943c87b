"""The questions that visitors ask of the list, each timed, and the same asked the naive way."""

from __future__ import annotations

import itertools
import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask.testing import FlaskClient
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session, joinedload

from app.accounts.models import Agency
from app.platform import db
from app.recruitment.postings import facets, search
from app.recruitment.postings.models import Posting
from app.recruitment.postings.queries import is_shown_as
from app.recruitment.postings.rules import CLOSING_SOON
from app.recruitment.postings.searches import Search, Sort
from tests.bench.postings.data import AT

ASKED = 100
TRIES = 2
NAIVE = 3
NUMBERS = itertools.count()
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
    words = " ".join((wanted.text, *wanted.places))
    conditions += [Posting.search_text.contains(word, autoescape=True) for word in words.casefold().split()]
    if wanted.class_text:
        conditions.append(func.lower(Posting.class_title).contains(wanted.class_text.lower()))
    for column, values in ((Posting.agency_id, wanted.agency_ids), (Posting.category, wanted.categories)):
        if values:
            conditions.append(column.in_(values))
    if wanted.pay_minor is not None:
        conditions.append(Posting.pay_year_minor >= wanted.pay_minor)
    if wanted.is_closing_soon:
        conditions.append(Posting.closes_at <= AT + CLOSING_SOON)
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


class Meter:
    """Counts processor milliseconds of this process and of the database's own, if it has one.

    On a machine that does nothing else that is the time by the clock, and beside other work it stays so.
    """

    def __init__(self) -> None:
        self.backends: list[Path] = []

    def look(self, session: Session) -> None:
        """Find the database's processes that work for us: a page has one more than the session around it."""
        if not db.current().is_sqlite:
            ours = text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
            self.backends = [Path(f"/proc/{pid}/schedstat") for pid in session.scalars(ours)]

    def read(self) -> float:
        """Give the milliseconds so far."""
        others = sum(int(path.read_text().split()[0]) for path in self.backends if path.exists())
        return time.process_time() * 1000 + others / 1e6

    def timed(self, work: Callable[[Session], object]) -> float:
        """Give what a piece of work costs in a reading session of its own, the less of TRIES."""
        return min(self.once(work) for _ in range(TRIES))

    def once(self, work: Callable[[Session], object]) -> float:
        """Give what a piece of work costs, once."""
        with db.reading() as session:
            self.look(session)
            begun = self.read()
            work(session)
            return self.read() - begun


def report(kind: str, count: int, offered: dict[str, list[str]], client: FlaskClient) -> None:
    """Print the tables of one engine, in milliseconds of a processor."""
    meter = Meter()
    dice = random.Random("questions")
    _say(f"\n{kind}, {count:,} open vacancies\n")
    _say("| first page | database, median | 95th percentile | whole page, median | 95th percentile | naive |")
    _say("|---|---|---|---|---|---|")
    for name, question in questions(offered, dice).items():
        asked = [question() for _ in range(ASKED)]
        times = [meter.timed(partial(ask, wanted=one)) for one in asked]
        pages = [meter.timed(partial(_open, client=client, wanted=one)) for one in asked]
        naive = [meter.once(partial(ask_naively, wanted=one)) for one in asked[:NAIVE]]
        cells = [statistics.median(times), _last(times), statistics.median(pages), _last(pages)]
        _say(f"| {name} | {' | '.join(f'{cell:.0f}' for cell in (*cells, statistics.median(naive)))} |")
    _report_depths(meter, offered)


def _open(_session: Session, *, client: FlaskClient, wanted: Search) -> None:
    # each address is a new one: the same page asked again within two seconds is kept
    response = client.get(f"/vacancies?{urlencode(wanted.parameters())}&asked={next(NUMBERS)}")
    if response.status_code != 200:
        raise AssertionError(response.status)


def _last(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[18]


def _report_depths(meter: Meter, offered: dict[str, list[str]]) -> None:
    _say("\n| page after so many rows | by key | by key, one common word | OFFSET |\n|---|---|---|---|")
    kinds = Search(), Search(text=offered["common"][0], sort=Sort.BEST)
    for depth in DEPTHS:
        cells = [_at_depth(meter, wanted, depth) for wanted in kinds]
        cells.append(f"{meter.timed(partial(_offset, depth=depth)):.1f}")
        _say(f"| {depth:,} | {' | '.join(cells)} |")


def _at_depth(meter: Meter, wanted: Search, depth: int) -> str:
    with db.reading() as session:
        anchor = search.list_ids(session, wanted, AT, limit=1, offset=depth) if depth else [""]
    if not anchor:
        return "no such page"
    return f"{meter.timed(partial(search.search, wanted=replace(wanted, after=anchor[0]), at=AT)):.1f}"


def _offset(session: Session, *, depth: int) -> None:
    query = select(Posting).where(is_shown_as(closed=False, at=AT)).options(joinedload(Posting.agency))
    session.scalars(query.order_by(Posting.published_at.desc(), Posting.id).offset(depth).limit(21)).all()


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201
