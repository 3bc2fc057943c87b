"""A vacancy becomes a lawful appointment, played by the people whose work it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.browser import office
from tests.browser.conftest import PHONE, Person

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("hiring")]
TITLE = "Tree inspector"
ITEMS = [f"Q{number}" for number in range(1, 11)]
KEY = dict(zip(ITEMS, "ABCDABCDAB", strict=True))


def ask_for_positions(hr: Person) -> None:
    hr.opens("/staff/requisitions")
    hr.follows("New requisition")
    hr.page.get_by_label("Agency").select_option(label="Riverton Department of Parks")
    hr.presses("Show positions")
    for box in hr.page.get_by_role("checkbox").all():
        box.check()
    hr.fills(title=TITLE, justification="Two inspectors retired and storms damaged many street trees.")
    hr.page.get_by_role("radio").first.check()
    hr.presses("Save the draft")
    hr.presses("Submit for approval")


def test_a_vacancy_becomes_an_appointment(serve, person, tmp_path: Path):
    site = serve(office.fill)
    hr = person(site, "hr")
    hr.signs_in()
    ask_for_positions(hr)
    print(hr.page.url)
    print(hr.page.inner_text("main"))
