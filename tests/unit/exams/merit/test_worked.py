"""For every shipped rulebook and every candidate the worked lines lead to the engine's mark and rank."""

from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from app.exams import merit
from tests.unit.exams.merit.worked import follow, last

BOOKS = [found for found in merit.rulebook.shipped() if found.components]
PEOPLE = 200


def claims_of(rulebook: merit.Rulebook) -> list[str]:
    """List every claim that the rulebook knows."""
    found = {rule.claim for rule in rulebook.preferences.rules}
    for block in rulebook.seats.blocks if rulebook.seats else ():
        found |= {block.claim, *(guarantee.claim for guarantee in block.guarantees)}
    return sorted(found - {""})


def mixed(rulebook: merit.Rulebook, dice: Random) -> tuple[merit.MeritList, list[merit.Scores]]:
    """Invent people of every kind: absent, with claims, with equal marks, from several sessions."""
    ids = [f"p{number:03}" for number in range(PEOPLE)]
    known = claims_of(rulebook)
    held = {name: [claim for claim in known if dice.random() < 0.25] for name in ids}
    described: dict[str, dict[str, Any]] = {
        name: {
            "born_on": date(1990, 1, 1) + timedelta(dice.randint(0, 99)),
            "applied_on": date(2026, 1, 1) + timedelta(dice.randint(0, 9)),
            "name": dice.choice(["Ada", "Ben", "Cleo"]),
            "shift": dice.choice("123"),
            "session": dice.choice("12"),
            "category": dice.choice(["BQ", "WQ", "Q"]),
        }
        for name in ids
    }
    items = [part for part in rulebook.components if part.kind == "items"]
    if items:
        codes = [str(number) for number in range(1, 21)]
        key = merit.Key(
            1, (*(merit.Item(code, ("A",)) for code in codes[:-1]), merit.Item("20", treatment="neutralised"))
        )
        rows = [[dice.choice(["A", "A", "A", "B", None]) for _ in codes] for _ in ids]
        scores = [
            merit.score(rulebook, key, merit.Responses.from_rows(ids, codes, rows), component=part.name)
            for part in items
        ]
        return _ranked(
            rulebook, merit.Candidates.from_scores(*scores, claims=held, attributes=described)
        ), scores
    parts = [part for part in rulebook.components if part.kind != "composite"]
    tops = {part.name: part.maximum or Fraction(100) for part in parts}
    rows_of = [
        {
            "id": name,
            "marks": {
                part: None if dice.random() < 0.03 else int(top * dice.randint(50, 100) / 100)
                for part, top in tops.items()
            },
            "claims": held[name],
            "attributes": described[name],
        }
        for name in ids
    ]
    return _ranked(rulebook, merit.Candidates.of(rows_of)), []


def _ranked(rulebook: merit.Rulebook, candidates: merit.Candidates) -> merit.MeritList:
    facts = {"grade": 7, "scientific_or_professional": False, "vacancies": 5}
    return merit.rank(rulebook, candidates, list_id="L", seed="seed", facts=facts)


@pytest.mark.parametrize("rulebook", BOOKS, ids=[f"{found.name} {found.version}" for found in BOOKS])
def test_a_worked_page_equals_the_engine_for_every_candidate(rulebook: merit.Rulebook) -> None:
    merit_list, scores = mixed(rulebook, Random(7))
    normalised = [part.normalise.rounding.places for part in rulebook.components if part.normalise]
    certificate = None
    if rulebook.certification:
        certificate = merit.certify(rulebook, merit_list.eligibles(), issued_on=date(2026, 1, 2), vacancies=3)
    allocation = merit.seat(rulebook, merit_list, 40) if rulebook.seats else None
    assert len(merit_list.rows) == PEOPLE
    assert merit_list.passed_count > 0
    for row in merit_list.rows:
        told = merit.explain(
            merit_list, row.candidate_id, *scores, certificate=certificate, allocation=allocation
        )
        assert follow(told.steps, min(normalised, default=0)) > 0
        assert last(told.steps) == Fraction(row.numerator, row.denominator)
        by_stage = {step.stage: step for step in told.steps}
        assert by_stage["rank"].value == (str(row.rank) if row.rank else "none")
        gates = [step.value for step in told.steps if step.stage == "gate"]
        assert ("not met" not in gates) == row.passed
        if row.passed:
            ordered = [step.label for step in told.steps if step.stage in ("order", "draw")]
            assert len(ordered) == sum(key.by != "total" for key in rulebook.order.keys)
        if certificate:
            names = {name.candidate_id for name in certificate.names}
            assert (by_stage["certificate"].value == "certified") == (row.candidate_id in names)
        if allocation:
            seat = allocation.seat(row.candidate_id)
            assert by_stage["seat"].value == (seat.block if seat else "none")


def test_every_shipped_rule_is_cited_where_it_is_told() -> None:
    uncited: set[tuple[str, str]] = set()
    for rulebook in BOOKS:
        merit_list, scores = mixed(rulebook, Random(7))
        for row in merit_list.rows:
            for step in merit.explain(merit_list, row.candidate_id, *scores).steps:
                if (
                    step.stage in ("normalisation", "preference", "category", "certificate")
                    and not step.citation
                ):
                    uncited.add((rulebook.name, step.label))
    assert uncited == set()
