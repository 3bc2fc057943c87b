"""The workbench of a list: a sample read again, rules tried, people compared, a publication undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from unittest import mock

import pytest
from sqlalchemy.orm import Session

from app.exams.impact.models import VoluntaryAnswers
from app.platform import clock, storage
from tests.browser.people import PHONE
from tests.browser.serving import Site, serving
from tests.integration.exams import world as exams

ZONE = "America/New_York"
SETTINGS = {"MERITUM_LETTER_HOLD": "30", "MERITUM_SMALLEST_GROUP": "2"}
SEED = "04 11 17 23 38 42"
SEXES = {"Ada": "woman", "Ben": "man", "Cleo": "woman", "Dan": "man", "Eva": "woman", "Fay": "man"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An office with two examinations' worth of answers: one list drafted, none published."""
    folder = tmp_path_factory.mktemp("workbench")
    with serving(folder, partial(fill, folder), more=SETTINGS) as started:
        yield started


def fill(folder: Path, session: Session) -> dict[str, str]:
    """Hold the examination yesterday; key and answers stand."""
    now = clock.now()
    held_on = clock.local_date(now, ZONE) - dt.timedelta(days=1)
    with (
        mock.patch.object(storage, "_store", storage.FileStore(folder / "files")),
        mock.patch.multiple(exams, AT=now, HELD_ON=held_on),
    ):
        world = exams.prepare(exams.make_world(session))
    for name, row in world.applications.items():
        answers = {"sex": SEXES[name], "background": "", "disability": ""}
        session.add(VoluntaryAnswers(application_id=row.id, answered_at=now, **answers))
    session.flush()
    sheets = {
        f"sheet {world.numbers()[name]}": exams.sheet(right, [item.code for item in world.exam.items])
        for name, right in exams.SCORES.items()
    }
    people = {short: account.email for short, account in world.accounts.items()}
    return people | {number: "".join(answers.values()) for number, answers in sheets.items()}


def to_the_examination(somebody) -> None:
    somebody.signs_in()
    somebody.opens("/staff/examinations")
    somebody.goes_on(somebody.page.locator("main a[href*='/staff/examinations/exm_']"))


def test_a_sample_is_read_again_and_its_difference_settled(person, site):
    officer = person("exam_officer")
    to_the_examination(officer)
    officer.follows("Sample of sheets read again")
    officer.reads("No sample was drawn")
    officer.presses("Draw a sample")
    officer.types("Public seed of the sample", "7")
    officer.ticks("1 percent")
    officer.presses("Draw the sample")
    officer.reads("8 characters or more")
    officer.types("Public seed of the sample", SEED)
    officer.presses("Draw the sample")
    officer.follows("Read it")
    for place in range(6):
        number = officer.page.locator("h1").inner_text().removeprefix("Read the sheet of ")
        answers = site.people[f"sheet {number}"]
        if place == 0:
            wrong = "B" if answers[0] == "A" else "A"
            answers = wrong + answers[1:]
            officer.types("Answers on the original", answers[:-1])
            officer.presses("Save this reading")
            officer.reads("answers are entered")
            officer.shows("sample-read")
        officer.types("Answers on the original", answers)
        officer.presses("Save this reading")
    officer.reads("Another officer settles it")
    officer.shows("sample")
    officer.goes_on(officer.page.get_by_role("link", name="EX-"))
    officer.reads("What blocks this list", "1 difference found by the sample must be settled.")
    officer.shows("blocked")
    hr = person("hr_officer")
    to_the_examination(hr)
    hr.follows("Put this right")
    hr.follows("Settle it")
    hr.types("What was found", "A stray pencil line; the stored answer stands.")
    hr.presses("Settle the difference")
    hr.reads("Read, nothing is open")


def test_other_rules_are_tried_while_they_are_typed_and_a_trial_is_kept(person):
    officer = person("exam_officer")
    to_the_examination(officer)
    officer.follows("Draft the list")
    officer.types("Public seed of the draw", SEED)
    officer.presses("Draft the list")
    officer.presses("Try other rules")
    officer.reads("This is a trial", "The list as it is")
    officer.page.get_by_label("Least total").fill("50")
    officer.reads("Preview of the trial", "Enters")
    officer.shows("trial")
    officer.sees_a_good_page()
    officer.page.get_by_label("Least total").fill("abc")
    officer.reads("Correct the numbers to see a preview")
    officer.page.get_by_label("Least total").fill("50")
    officer.reads("Enters")
    officer.types("What this trial is for", "The council asks what 50 would mean.")
    officer.presses("Keep this trial")
    officer.reads("It never was the list of this examination")
    officer.shows("trial-kept")


def test_rules_are_tried_without_script_on_a_phone(person):
    officer = person("exam_officer", viewport=PHONE, java_script_enabled=False)
    officer.signs_in()
    officer.opens("/staff/merit-lists")
    officer.goes_on(officer.page.locator("main a[href*='/staff/merit-lists/lst_']"))
    officer.presses("Try other rules")
    officer.types("Least total", "50")
    officer.presses("Preview")
    officer.reads("Preview of the trial", "Enters")


def test_candidates_stand_side_by_side_with_what_was_noted(person):
    hr = person("hr_officer")
    hr.signs_in()
    hr.opens("/staff/merit-lists")
    hr.goes_on(hr.page.locator("main a[href*='/staff/merit-lists/lst_']"))
    numbers = hr.page.locator("tbody th a").all_inner_texts()
    hr.goes_on(hr.page.locator("tbody th a").nth(1))
    hr.follows("Notes on this candidate")
    hr.presses("Write a note")
    hr.types("Note", "Shares the rank with the next; the lot decides.")
    hr.ticks("Everyone who reads this list")
    hr.presses("Save the note")
    hr.reads("the lot decides")
    hr.follows(f"Candidate {numbers[1]}")
    hr.follows("Compare with others")
    hr.types("Candidate numbers", " ".join(numbers[:3]))
    hr.presses("Compare")
    hr.reads(*numbers[:3], "the lot decides")
    hr.shows("compared")


def test_a_publication_is_undone_while_its_letters_wait(person):
    hr = person("hr_officer")
    hr.signs_in()
    hr.opens("/staff/merit-lists")
    hr.goes_on(hr.page.locator("main a[href*='/staff/merit-lists/lst_']"))
    hr.presses("Approve")
    hr.ticks("I have looked")
    hr.presses("Approve this list")
    publish(hr)
    hr.reads("Letters leave at", "left to undo")
    hr.shows("countdown")
    hr.presses("Undo the publication")
    hr.presses("Undo the publication")
    hr.reads("Enter why the publication is undone")
    hr.types("Why the publication is undone", "The date of the notice was wrong.")
    hr.presses("Undo the publication")
    hr.reads("The publication is undone", "The date of the notice was wrong.", "Approved")
    hr.shows("undone")
    visitor = person("nobody", viewport=PHONE)
    visitor.opens("/lists")
    visitor.reads("No list is published at present.")
    publish(hr)
    visitor.page.wait_for_timeout(2500)  # public pages are kept for two seconds
    visitor.opens("/lists")
    visitor.goes_on(visitor.page.locator("main a[href*='/lists/lst_']"))
    visitor.reads("a person read some original answer sheets again: 6 of 6")
    visitor.shows("public-list")
    assert visitor.downloads("Download the whole list to print").startswith(b"%PDF-1.7")
    assert visitor.downloads("Download the whole list (CSV)").startswith(b"candidate,rank,score")


def publish(hr) -> None:
    hr.presses("Publish")
    hr.ticks("I understand")
    hr.presses("Publish this list")


def test_how_groups_passed_is_seen_by_stage(person):
    hr = person("hr_officer")
    to_the_examination(hr)
    hr.follows("Adverse impact by stage")
    hr.reads("Below four fifths", "Woman", "Man")
    hr.shows("impact")
    phone = person("hr_officer", viewport=PHONE)
    phone.signs_in()
    phone.opens(hr.page.url)
