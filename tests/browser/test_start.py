"""A visitor's first pages, at a desk and on a phone."""

from __future__ import annotations

import pytest

from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    "viewport", [DESKTOP, PHONE, {"width": 320, "height": 600}], ids=["desk", "phone", "320"]
)
def test_the_public_pages_read_well_at_every_width(serve, person, viewport):
    site = serve(lambda session: {})
    visitor = person(site, "visitor", viewport=viewport)
    for path in ("/", "/vacancies", "/check", "/how-ranking-works", "/accessibility", "/privacy", "/sign-in"):
        visitor.opens(path)
