"""A visitor's first pages, at a desk and on a phone."""

from __future__ import annotations

import pytest

from tests.browser.people import DESKTOP, PHONE

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


@pytest.mark.parametrize(
    "viewport", [DESKTOP, PHONE, {"width": 320, "height": 600}], ids=["desk", "phone", "320"]
)
def test_the_public_pages_read_well_at_every_width(person, viewport):
    visitor = person("visitor", viewport=viewport)
    for path in PAGES:
        visitor.opens(path)
