"""Time a list from its draft to a correction: `python -m tests.bench.publishing [people] [pg]`.

Everything goes through the services, as pages and the worker do it; beside each act another thread writes
something small all the time, and the longest that it waited is told. The ranks of the correction are compared
with those of the naive way before its time is told. The exit status is 1 when a transaction needs a minute of
the processor, or an act 2 GiB of memory.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from app.exams import merit
from app.exams.examinations.queries import get_examination
from app.exams.keys.queries import find_in_force
from app.exams.merit_lists.queries import find_published, load_rows
from app.exams.scoring.queries import load_inputs, load_key, load_ranking
from app.platform.db import reading
from tests.bench.measuring import say
from tests.bench.publishing import acts, letters, naive, town
from tests.bench.publishing.data import Office
from tests.bench.publishing.watching import Cost, watching

PEOPLE = 10_000
LONGEST, MOST = 60.0, 2 << 30
LETTERS, FEW = 40, 500
VETERAN, LEAST = 5, 70


def main(arguments: list[str]) -> int:
    """Make an examination, do each act once, and tell what it cost."""
    people = int(next((word for word in arguments if word.isdigit()), PEOPLE))
    kind = "pg" if "pg" in arguments else "sqlite"
    say(f"{people:,} candidates, {kind}")
    with tempfile.TemporaryDirectory() as name, town.opened(Path(name), kind, people) as (_, office):
        costs = _publish(office, people)
        letters.draw(1)
        with watching("Letters drawn", beside=True) as cost:
            letters.draw(LETTERS)
        say(f"{LETTERS / cost.processor:.1f} letters for each second of processor time")
        _beside_explaining(office)
        _beside_one_by_one()
        _beside_naive(office, Path(name), costs["Corrected"])
    slow = [cost.name for cost in costs.values() if cost.held > LONGEST or cost.memory > MOST]
    say(f"Too slow or too large: {', '.join(slow)}" if slow else "Every act is within its limits.")
    return int(bool(slow))


def _publish(office: Office, people: int) -> dict[str, Cost]:
    """Draft, approve, publish, write, try another key, and correct."""
    costs = {}
    with watching("Drafted", beside=True) as costs["Drafted"]:
        list_id = acts.draft(office)
    with watching("Approved", beside=True) as costs["Approved"]:
        acts.approve(office, list_id)
    with watching("Published", beside=True) as costs["Published"]:
        acts.publish(office, list_id)
    with watching("Letters promised", beside=True) as costs["Letters promised"]:
        promised = acts.promise(list_id)
    with watching("What-if", beside=True) as costs["What-if"]:
        acts.what_if(office)
    challenge_id = acts.propose(office)
    with watching("Corrected", beside=True) as costs["Corrected"]:
        acts.correct(office, challenge_id)
    if promised != people:
        raise SystemExit(f"{promised} letters for {people} people")
    return costs


def _beside_explaining(office: Office) -> None:
    """Write down the working of every place together and person by person; both must be the same."""
    with reading() as session:
        examination = get_examination(session, office.examination_id, office.actors["exam_officer"])
        ranked, _ = load_ranking(session, examination, acts.SEED)
    scores = () if ranked.scores is None else (ranked.scores,)
    ids = [row.candidate_id for row in ranked.listing.rows[:: max(len(ranked.listing) // FEW, 1)]]
    start = time.process_time()
    everybody = {told.candidate_id: told for told in merit.explain_all(ranked.listing, *scores)}
    together = (time.process_time() - start) / len(everybody)
    start = time.process_time()
    told = {own: merit.explain(ranked.listing, own, *scores) for own in ids}
    alone = (time.process_time() - start) / len(told)
    if told != {own: everybody[own] for own in ids}:
        raise SystemExit("A derivation differs.")
    say(
        f"The working of a place among all: {together * 1e6:.0f} µs; alone: {alone * 1e6:.0f} µs,"
        f" {alone / together:.0f} times"
    )


def _beside_one_by_one() -> None:
    """Promise letters together and one by one, each as the office does it."""
    together, alone = letters.together(), letters.one_by_one()
    say(
        f"A letter promised among {letters.BATCH}: {together * 1e3:.2f} ms; alone: {alone * 1e3:.2f} ms,"
        f" {alone / together:.1f} times"
    )


def _beside_naive(office: Office, folder: Path, ours: Cost) -> None:
    """Do the same correction object by object; the ranks must be ours."""
    with reading() as session:
        examination = get_examination(session, office.examination_id, office.actors["exam_officer"])
        key, published = find_in_force(session, examination.id), find_published(session, examination.id)
        inputs = load_inputs(session, examination, published.import_id)
        expected = {row["number"]: row["rank"] for row in load_rows(session, published.id)}
    if key is None or published is None:
        raise SystemExit("There is no corrected list.")
    sheets = inputs.answers_for(load_key(key))
    people = [
        (
            number,
            {code: sheets.options[answer] for code, answer in zip(inputs.codes, own, strict=True)},
            VETERAN if inputs.claims.get(number) else 0,
        )
        for number, own in zip(inputs.numbers, sheets.answers.T.tolist(), strict=True)
    ]
    session = naive.prepare(folder, people)
    right = {code: frozenset(entry["accepted"]) for code, entry in key.answers.items()}
    session.expire_all()
    start, processor = time.perf_counter(), time.process_time()
    naive.correct(session, right, LEAST, 2)
    took, processor = time.perf_counter() - start, time.process_time() - processor
    if naive.ranks(session, 2) != expected:
        raise SystemExit("The naive way ranks otherwise.")
    session.close()
    say(
        f"The correction, ORM row by row, without working, second computation or trail: {took:.2f} s,"
        f" processor {processor:.2f} s; ours takes {ours.processor / processor:.2f} of it"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
