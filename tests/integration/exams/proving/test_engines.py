"""The same list on DuckDB and on PostgreSQL, on twenty thousand people and on real sheets."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from app.exams import merit
from app.exams.proving import Sheets, prove
from tests import databases
from tests.bench.proving.exams import city
from tests.cases import sat12
from tests.property.exams.proving.worlds import invent
from tests.unit.exams.merit.books import ITEMS, book


@pytest.fixture(scope="module")
def postgres() -> str:
    return os.environ.get("TEST_PG_URL") or databases._start_postgres()


@pytest.fixture(scope="module")
def exam():
    return city(20_000)


@pytest.fixture(scope="module")
def merit_list(exam):
    return exam.ranked()


def test_twenty_thousand_people_on_duckdb(exam, merit_list):
    proof = prove(**exam.arguments())
    assert proof.digest == merit_list.digest
    assert (len(proof.rows), len(proof.ranks)) == (20_000, merit_list.passed_count)
    assert proof.first_difference(merit_list) == ""


@pytest.mark.postgres
def test_twenty_thousand_people_on_postgresql(exam, merit_list, postgres):
    assert prove(**exam.arguments(), engine=postgres).digest == merit_list.digest


@pytest.mark.postgres
@pytest.mark.parametrize("number", [3, 20, 77, 1009])
def test_other_rulebooks_on_postgresql(number, postgres):
    world = invent(Random(number), 14)
    assert prove(**world.arguments(), engine=postgres).digest == world.ranked().digest


def test_real_answer_sheets():
    key, responses = sat12.load()
    rulebook = merit.rulebook.load(book(ITEMS, '[order]\nnumbering = "competition"\n'))
    for version in (
        key,
        key.replacing(merit.Item("Item.32", ("3",))),
        key.replacing(merit.Item("Item.32", treatment="full-credit-all")),
        key.replacing(merit.Item("Item.32", treatment="neutralised")),
    ):
        table = merit.Candidates.from_scores(merit.score(rulebook, version, responses))
        listed = merit.rank(rulebook, table, list_id="SAT12")
        assert prove(rulebook, responses, version, list_id="SAT12").digest == listed.digest


@pytest.mark.parametrize("rulebook", merit.rulebook.shipped(), ids=lambda book: f"{book.name}-{book.version}")
def test_every_shipped_rulebook_with_components(rulebook):
    if not rulebook.components:
        pytest.skip("tables and time limits only")
    dice = Random(11)
    ids = [f"p{number}" for number in range(60)]
    claims = sorted({rule.claim for rule in rulebook.preferences.rules})
    people = {person: [claim for claim in claims if dice.random() < 0.2] for person in ids}
    attributes = {
        person: {
            "applied_on": date(2026, 1, dice.randint(1, 9)),
            "born_on": date(1990 + dice.randint(0, 9), 1, 1),
            "name": dice.choice(["Asha", "Bela", "Chandra"]),
            "shift": dice.choice("123"),
            "session": dice.choice("123"),
        }
        for person in ids
    }
    facts = {"grade": 7, "scientific_or_professional": False, "vacancies": 3}
    given = {"claims": people, "attributes": attributes, "list_id": "L", "seed": "seed", "facts": facts}
    if rulebook.components[0].kind == "items":
        key = merit.Key(1, tuple(merit.Item(str(item), ("A",)) for item in range(20)))
        rows = [[dice.choice(["A", "A", "A", "A", "B", ""]) for _ in key.items] for _ in ids]
        codes = [item.code for item in key.items]
        scores = merit.score(rulebook, key, merit.Responses.from_rows(ids, codes, rows))
        table = merit.Candidates.from_scores(scores, claims=people, attributes=attributes)
        proof = prove(rulebook, Sheets.from_rows(ids, codes, rows), key, **given)
    else:
        marks = {
            part.name: {
                person: dice.randint(int((part.maximum or 0) // 2), int(part.maximum or 0)) for person in ids
            }
            for part in rulebook.components
        }
        table = merit.Candidates.of(
            {
                "id": person,
                "marks": {name: column[person] for name, column in marks.items()},
                "claims": people[person],
                "attributes": attributes[person],
            }
            for person in ids
        )
        proof = prove(rulebook, marks=marks, **given)
    listed = merit.rank(rulebook, table, list_id="L", seed="seed", facts=facts)
    assert proof.first_difference(listed) == ""
    assert proof.digest == listed.digest


def test_one_wrong_key_is_seen(exam, merit_list):
    wrong = replace(exam, key=exam.key.replacing(merit.Item("1", ("A", "B", "C", "D"), "several")))
    proof = prove(**wrong.arguments())
    assert proof.digest != merit_list.digest
    assert (
        proof.first_difference(merit_list)
        == "The marks, claims or attributes that the list is made of differ."
    )


def test_one_swapped_place_is_named(exam, merit_list):
    order = merit_list.order.copy()
    order[[0, 1]] = order[[1, 0]]
    proof = prove(**exam.arguments())
    swapped = replace(merit_list, order=order)
    assert swapped.digest != proof.digest
    first, second = proof.rows[0], proof.rows[1]
    assert proof.first_difference(swapped).startswith(
        f"At place 1 the list has {second.candidate_id} on rank {first.rank} with "
    )
