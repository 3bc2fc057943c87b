"""Items are analysed from sealed answers, kept, shown and downloaded."""

from __future__ import annotations

import csv
import random

import pytest
from sqlalchemy import func, select

from app.demonstration.sheets import mark, write_paper
from app.exams.item_analysis import services
from app.exams.item_analysis.models import ItemAnalysis
from app.platform.errors import Conflict
from tests.conftest import sign_in
from tests.integration.exams import world as office

PEOPLE = [f"Person {number}" for number in range(1, 41)]


@pytest.fixture(scope="module")
def paper():
    return write_paper(random.Random(7), 12)


@pytest.fixture
def world(session, paper):
    made = office.make_world(session, PEOPLE)
    office.hold(made, codes=paper.codes)
    office.set_key(made, dict(paper.key) | {"5": paper.second if paper.doubtful == "5" else paper.key["5"]})
    dice = random.Random(11)
    numbers = made.numbers()
    sheets = {
        numbers[name]: dict(zip(paper.codes, mark(dice, paper, dice.gauss(0.3, 1.2)), strict=True))
        for name in PEOPLE
    }
    office.import_answers(made, office.csv_file(sheets, paper.codes))
    return made


def analyse(world, who="exam_officer") -> ItemAnalysis:
    made = services.ask(world.session, examination_id=world.exam.id, actor=world.actor(who), at=office.AT)
    assert made is not None
    return made


def test_figures_are_those_of_the_core(world, paper):
    found = analyse(world).figures
    assert (found["people"], len(found["items"])) == (40, 12)
    assert sum(found["before"]["counts"]) == 40
    assert found["before"]["classes"] == [str(number) for number in range(13)]
    assert (found["after"], found["before"]["sessions"]) == (None, {})
    item = found["items"][0]
    assert item["code"] == "1"
    assert sum(row["people"] for row in item["options"]) == 40
    (right,) = [row for row in item["options"] if row["kind"] == "key"]
    assert right["option"] == paper.key["1"]
    assert right["share"] == item["difficulty"]
    assert 0 < found["alpha"] < 1
    assert found["alpha"] == found["kr20"]


def test_the_same_answers_and_key_give_the_same_analysis(session, world, paper):
    first = analyse(world)
    assert analyse(world).id == first.id
    wrong = {"1": next(option for option in "ABCD" if option != paper.key["1"])}
    office.set_key(world, dict(paper.key) | wrong, "Item 1 was contested.")
    second = analyse(world)
    assert second.id != first.id
    assert session.scalar(select(func.count()).select_from(ItemAnalysis)) == 2
    (first_item, *_) = second.figures["items"]
    assert "distractor-better-than-key" in [code for code, _ in first_item["flags"]]


def test_nothing_is_analysed_without_answers_and_key(session):
    world = office.make_world(session)
    office.hold(world)
    with pytest.raises(Conflict, match="The key has to be approved"):
        analyse(world)


def test_pages_lead_from_the_whole_to_the_item(client, session, world):
    sign_in(client, world.accounts["exam_officer"])
    place = f"/staff/examinations/{world.exam.id}/item-analysis"
    assert "The items were not analysed yet." in client.get(place).text
    assert client.get(f"{place}/items/1").status_code == 404
    assert client.post(place).status_code == 303
    page = client.get(place).text
    assert "Difficulty against discrimination" in page
    assert f'href="{place}/items/7"' in page
    for order in ("difficulty", "discrimination", "flags", "nonsense"):
        assert client.get(f"{place}?sort={order}&session=none").status_code == 200
    item = client.get(f"{place}/items/7").text
    assert "Who chose which answer" in item
    assert f'href="{place}/items/8"' in item
    assert client.get(f"{place}/items/99").status_code == 404


def test_figures_can_be_downloaded(client, world):
    analyse(world)
    sign_in(client, world.accounts["exam_officer"])
    file = client.get(f"/staff/examinations/{world.exam.id}/item-analysis/figures")
    rows = list(csv.DictReader(file.text.splitlines()))
    assert file.mimetype == "text/csv"
    assert {row["item"] for row in rows} == {str(number) for number in range(1, 13)}
    assert sum(int(row["people"]) for row in rows if row["item"] == "3") == 40


def test_a_large_examination_is_analysed_by_a_worker(client, session, world, monkeypatch, run_jobs):
    monkeypatch.setattr(services, "MOST_AT_ONCE", 10)
    sign_in(client, world.accounts["exam_officer"])
    place = f"/staff/examinations/{world.exam.id}/item-analysis"
    client.post(place)
    assert "Analysing the items" in client.get(place).text
    run_jobs()
    assert "Difficulty against discrimination" in client.get(place).text
