"""A panel: opened by an officer, rated by keyboard, a third rater called in, the marks handed over."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from tests.browser.people import PHONE, Person
from tests.browser.serving import Site, serving
from tests.integration.exams.panels.board import make_board

RATERS = ("rater0", "rater1", "rater2")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An office with an examination, a panel that is set up, and three raters who have declared nothing."""
    with serving(tmp_path_factory.mktemp("panel"), fill) as started:
        yield started


def fill(session: Session) -> dict[str, str]:
    """Set the panel up by its services."""
    board = make_board(session, people=1, declares=False, opens=False)
    raters = dict(zip(RATERS, (account.email for account in board.raters), strict=True))
    return {"officer": board.officer.email, **raters}


def at_the_panel(officer: Person) -> None:
    officer.opens("/staff/examinations")
    officer.goes_on(officer.page.locator("main a[href*='/staff/examinations/exm_']"))
    officer.follows("Panels of raters")
    officer.follows("Interview")


def declares(rater: Person) -> None:
    rater.presses("Declare your relations")
    rater.types("Your surnames, now and before", "Rater")
    rater.types("First line of your home address", "1 Far Road")
    rater.shows("declaration")
    rater.presses("Declare")
    rater.reads("Your declaration is kept.")


def test_a_panel_is_rated_disputed_settled_and_handed_over(person):
    raters = [person(name) for name in RATERS]
    for rater in raters:
        rater.signs_in()
        rater.opens("/staff/marking")
        rater.follows("Interview")
        declares(rater)
    officer = person("officer")
    officer.signs_in()
    at_the_panel(officer)
    officer.presses("Open the panel")
    officer.reads("every candidate has a blind code")
    officer.shows("panel")
    for rater in raters:
        rater.page.reload()
    busy = [rater for rater in raters if rater.page.get_by_role("button", name="Go on rating").count()]
    assert len(busy) == 2
    waiting = next(rater for rater in raters if rater not in busy)
    for rater, marks in zip(busy, (("9", "9"), ("2", "3")), strict=True):
        rater.reads_nothing_of("C-001")
        go_on(rater, marks)
    waiting.page.reload()
    go_on(waiting, ("8", "9"))
    at_the_panel(officer)
    officer.presses("Hand the marks over")
    officer.reads("The marks are handed over to the list.")
    officer.follows("Scripts and their codes")
    officer.reads("87.5")
    officer.shows("scripts")
    officer.page.go_back()
    officer.follows("How far raters agree")
    officer.reads("Small numbers")
    officer.shows("agreement")


def go_on(rater: Person, marks: tuple[str, ...]) -> None:
    rater.presses("Go on rating")
    rater.shows("marking")
    keys = rater.page.keyboard
    for mark in marks:
        keys.press(mark)
        keys.press("Enter")
    with rater.page.expect_navigation():
        keys.press("Enter")
    rater.sees_a_good_page()
    rater.reads("1 of 1 submitted.")


def test_without_script_a_form_is_enough(person):
    rater = person("rater0", viewport=PHONE, java_script_enabled=False)
    rater.signs_in()
    rater.opens("/staff/marking")
    rater.follows("Interview")
    rater.reads("1 of 1 submitted.")
    rater.presses("Name somebody you know")
    rater.presses("Name this person")
    rater.reads("Select what is the person to you")
    rater.types("Name of the person", "Ana Pérez")
    rater.ticks("Friend")
    rater.presses("Name this person")
    rater.reads("Ana Pérez: Friend")
    rater.shows("own-panel")
