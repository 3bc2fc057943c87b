"""Time the preview of a list under other weights: `python -m tests.bench.previewing [people]`.

What comes out is compared with the naive way before anything is timed. The exit status is 1 when a preview
takes a second or more, or a page of it 200 ms.
"""

from __future__ import annotations

import random
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

from sqlalchemy import create_engine, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from app.exams import merit
from app.exams.sandboxes import rules, trials
from app.exams.sandboxes.trials import Basis
from app.platform import storage
from tests.bench.measuring import measured, say

PEOPLE = 100_000
PREVIEW, TURN = 1.0, 0.2
CHANGES = ((("component", "written", "weight"), "50"), (("component", "interview", "weight"), "50"))
BOOK = """
[rulebook]
name = "bench"
version = 1
title = "Two parts"
citation = "No law: a measurement decides nothing"
read_on = 2026-11-22
effective_from = 2026-01-01

[[component]]
name = "written"
title = "Written examination"
kind = "mark"
maximum = "100"
weight = "60"

[[component]]
name = "interview"
title = "Interview"
kind = "mark"
maximum = "100"
weight = "40"

[total]
scale = "100"
minimum = "60"
display = { places = 3, mode = "half-up" }

[order]
numbering = "competition"
"""


class Base(DeclarativeBase):
    pass


class Entry(Base):
    """What a list kept by an ordinary program holds of each person."""

    __tablename__ = "entries"

    number: Mapped[str] = mapped_column(primary_key=True)
    written: Mapped[int]
    interview: Mapped[int]
    rank: Mapped[int | None]


def marks(people: int) -> list[tuple[str, int, int]]:
    """Make people with marks out of 100 around 68 and 72."""
    dice = random.Random(19)
    return [(f"C{place:07}", _mark(dice, 68), _mark(dice, 72)) for place in range(people)]


def _mark(dice: random.Random, middle: int) -> int:
    return min(max(round(dice.gauss(middle, 14)), 0), 100)


def ranked(rows: list[tuple[str, Fraction]]) -> dict[str, int]:
    """Rank who has 60 or more, equal scores sharing a rank."""
    passed = sorted((row for row in rows if row[1] >= 60), key=lambda row: (-row[1], row[0]))
    ranks: dict[str, int] = {}
    last: Fraction | None = None
    rank = 0
    for place, (number, score) in enumerate(passed, start=1):
        if score != last:
            rank, last = place, score
        ranks[number] = rank
    return ranks


def naive(session: Session, written: int) -> tuple[dict[str, int], int]:
    """Load an object a row, rank in Python, and count who moves."""
    session.expire_all()
    entries = list(session.scalars(select(Entry)))
    scores = [
        (one.number, Fraction(one.written * written + one.interview * (100 - written), 100))
        for one in entries
    ]
    ranks = ranked(scores)
    return ranks, sum(one.rank != ranks.get(one.number) for one in entries)


def preview(basis: Basis) -> trials.Trial:
    """Try the other weights with nothing kept in memory, and make the first page."""
    for kept in (trials._candidates, trials._rank, trials.try_out):
        kept.cache_clear()
    trial = trials.try_out(basis, CHANGES, 0)
    rules.page(trial.real, trial.tried, 0)
    return trial


def main(arguments: list[str]) -> int:
    """Compare, measure, and say whether the goals are met."""
    people = int(arguments[0]) if arguments else PEOPLE
    rows = marks(people)
    candidates = [{"id": own, "marks": {"written": a, "interview": b}} for own, a, b in rows]
    with tempfile.TemporaryDirectory() as folder:
        storage.bind(storage.FileStore(Path(folder)))
        basis = Basis.of(
            storage.current().put(merit.pack(merit.Candidates.of(candidates))), BOOK, "B", "", {}
        )
        engine = create_engine(f"sqlite:///{folder}/naive.db")
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            now = ranked([(own, Fraction(a * 60 + b * 40, 100)) for own, a, b in rows])
            values = [{"number": o, "written": a, "interview": b, "rank": now.get(o)} for o, a, b in rows]
            session.execute(insert(Entry), values)
            session.commit()
            ranks, moved = naive(session, 50)
            trial = preview(basis)
            ours = dict(
                zip(
                    trial.tried.candidates.ids[trial.tried.order].tolist(),
                    trial.tried.ranks.tolist(),
                    strict=False,
                )
            )
            assert ours == ranks
            assert trial.ranks == moved
            calls = {"Meritum": lambda: preview(basis), "ORM row by row": lambda: naive(session, 50)}
            found = measured("Preview of a changed weight", people, calls)
    middle = people // 2
    turned = measured(
        "A page further on", people, {"Meritum": lambda: rules.page(trial.real, trial.tried, middle)}
    )
    say(f"{found[1].seconds / found[0].seconds:.1f} times as quick as row by row")
    return int(found[0].seconds >= PREVIEW or turned[0].seconds >= TURN)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
