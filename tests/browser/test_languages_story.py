"""Someone applies in Arabic on a phone, from the search to the receipt and its letter."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser import office
from tests.browser import steps_applicant as applicants
from tests.browser.people import DESKTOP, PHONE, options
from tests.browser.reader import Reader
from tests.browser.serving import Site

pytestmark = pytest.mark.browser
PAGES = (
    "/",
    "/vacancies",
    "/lists",
    "/check",
    "/receipts/check",
    "/how-ranking-works",
    "/accessibility",
    "/privacy",
    "/sign-in",
    "/register",
)


@pytest.fixture
def reader(browser: Browser, site: Site) -> Iterator[Callable[..., Reader]]:
    """Give someone whose browser asks for a language: `reader("nora", "ar", PHONE)`."""
    contexts: list[BrowserContext] = []

    def sit_down(name: str, language: str, viewport: dict[str, int]) -> Reader:
        contexts.append(browser.new_context(**options(viewport, locale=language)))
        return Reader(contexts[-1], site, name, language=language)

    yield sit_down
    for context in contexts:
        context.close()


@pytest.mark.parametrize("language", ["es", "hi", "ar"])
@pytest.mark.parametrize("viewport", [DESKTOP, {"width": 320, "height": 600}], ids=["desk", "320"])
def test_the_public_pages_read_well_in_each_language(reader, viewport: dict[str, int], language: str):
    visitor = reader("visitor", language, viewport)
    for path in PAGES:
        visitor.opens(path)


def test_someone_applies_in_arabic_on_a_phone(reader):
    nora: Reader = reader("chen", "ar", PHONE)
    applicants.finds_the_vacancy(nora, office.GARDENER)
    applicants.signs_in_to_apply(nora)
    applicants.begins_with_contact_details(nora)
    nora.presses("Save and continue")
    nora.reads("There is a problem")
    applicants.gives_contact_details(nora)
    applicants.tells_of_a_school(nora)
    applicants.has_no_more(nora)
    applicants.tells_of_a_post(nora)
    for _list in ("posts", "licences", "languages"):
        applicants.has_no_more(nora)
    nora.shows("arabic-answers")
    applicants.answers_the_requirements(nora)
    applicants.claims_nothing(nora)
    applicants.adds_no_document(nora)
    nora.shows("arabic-review")
    number, _digest = applicants.submits(nora)
    nora.shows("arabic-receipt")
    nora.opens("/my/applications")
    nora.reads("Received", number)


def test_a_visitor_changes_the_language_without_losing_the_page(reader):
    visitor: Reader = reader("visitor", "ar", PHONE)
    visitor.opens("/vacancies?place=Riverton")
    visitor.page.get_by_role("link", name="Español").click()
    expect(visitor.page.locator("html")).to_have_attribute("lang", "es")
    assert visitor.page.url.endswith("/vacancies?place=Riverton")
    visitor.sees_a_good_page()
