"""Answers come in with doubtful marks and under a key with temporary values; people put both right."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from unittest import mock

import pytest
from sqlalchemy.orm import Session

from app.demonstration.sheets import mark, write_paper
from app.exams.alarms import services as alarms
from app.platform import clock, storage
from tests.browser.people import PHONE, Person
from tests.browser.serving import Site, serving
from tests.browser.steps_exams import opens_the_examination
from tests.integration.exams import world as exams

PEOPLE = [f"Person {number}" for number in range(1, 31)]
TITLE = "Civil Engineer, written examination"
CODES = tuple(str(number) for number in range(1, 31))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An office whose answers are in, under a key in which A was left for every item."""
    folder = tmp_path_factory.mktemp("alarms")
    with serving(folder, partial(fill, folder)) as started:
        yield started


def fill(folder: Path, session: Session) -> dict[str, str]:
    with mock.patch.object(storage, "_store", storage.FileStore(folder / "files")):
        return play(session)


def play(session: Session) -> dict[str, str]:
    """Hold the examination today, import the answers with three doubtful marks, and look for alarms."""
    now = clock.now()
    held_on = clock.local_date(now, "America/New_York")
    paper, dice = write_paper(random.Random(5), len(CODES)), random.Random(6)
    with mock.patch.multiple(exams, AT=now, HELD_ON=held_on):
        world = exams.make_world(session, PEOPLE)
        exams.hold(world, codes=CODES)
        exams.set_key(world)
        numbers = world.numbers()
        sheets = {
            numbers[name]: dict(zip(CODES, mark(dice, paper, dice.gauss(0.4, 1)), strict=True))
            for name in PEOPLE
        }
        first, second, *_ = sorted(sheets)
        sheets[first] |= {"3": "B?", "9": "A+C"}
        sheets[second] |= {"4": "?"}
        exams.import_answers(world, exams.csv_file(sheets, CODES))
    alarms.examine(session, examination_id=world.exam.id, actor=world.actor("exam_officer"), at=now)
    session.flush()
    return {short: account.email for short, account in world.accounts.items()}


def to_the_examination(somebody: Person) -> None:
    somebody.signs_in()
    opens_the_examination(somebody, TITLE)


def test_doubtful_marks_are_decided_by_keys_alone(person):
    officer = person("exam_officer")
    to_the_examination(officer)
    officer.reads("3 doubtful marks have to be looked at by a person.", "1 alarm is open.")
    officer.follows("Readings and doubtful marks")
    officer.presses("Look at the next mark")
    officer.reads("3 marks left.")
    officer.shows("doubtful-mark")
    officer.page.keyboard.press("b")
    officer.reads("2 marks left.")
    officer.sees_a_good_page()
    second = item_shown(officer)
    officer.page.keyboard.press("0")
    officer.reads("1 mark left.")
    third = item_shown(officer)
    officer.page.keyboard.press("Backspace")
    officer.reads(f"item {second}")
    officer.sees_a_good_page()
    officer.page.keyboard.press("a")
    officer.reads(f"item {third}")
    officer.page.keyboard.press("0")
    officer.reads("No mark waits for you")


def item_shown(officer: Person) -> str:
    """Give the item of the mark on the page; candidates, and so marks, come in an order of their own."""
    found = re.search(r"item (\d+)", officer.page.locator("main").inner_text())
    assert found
    return found[1]


def test_the_importer_cannot_clear_the_alarm_and_another_officer_can(person):
    officer = person("exam_officer")
    to_the_examination(officer)
    officer.follows("Alarms", exact=True)
    officer.follows("Temporary values in the key")
    officer.reads("“A” 30 times in a row", "somebody else has to clear the alarm")
    second = person("hr_officer", viewport=PHONE)
    to_the_examination(second)
    second.follows("Alarms", exact=True)
    second.follows("Temporary values in the key")
    second.shows("alarm")
    second.presses("Clear the alarm")
    second.reads("Enter what you found")
    second.types("What you found", "The paper has A for every item: it was printed so for a rehearsal.")
    second.presses("Clear the alarm")
    second.reads("Alarm cleared", "Cleared")
    opens_the_examination(officer, TITLE)
    officer.reads_nothing_of("1 alarm is open.")


def test_items_are_looked_at_from_the_whole_to_the_one(person):
    officer = person("exam_officer")
    to_the_examination(officer)
    officer.follows("Item analysis")
    officer.presses("Analyse the items")
    officer.reads("Difficulty against discrimination", "Standard error of measurement")
    officer.shows("item-analysis")
    officer.goes_on(officer.page.get_by_role("rowheader", name="7", exact=True).get_by_role("link"))
    officer.reads("Who chose which answer")
    officer.sees_a_good_page()
    officer.shows("item")
    assert b"item,difficulty" in figures(officer)


def figures(officer: Person) -> bytes:
    officer.follows("Item analysis")
    return officer.downloads("Download all figures (CSV)")
