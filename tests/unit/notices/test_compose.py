"""The page of a letter: one heading, everything escaped, nothing from outside, the same text as its data."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import re
import subprocess
import sys

import html5lib
import pytest

from app.notices import compose
from app.notices.catalogue import LETTERS
from app.platform.errors import Invalid
from tests.unit.notices.samples import CASES, NOTICE, letter

XHTML = "{http://www.w3.org/1999/xhtml}"


def parse(page: str):
    parser = html5lib.HTMLParser()
    root = parser.parse(page)
    assert parser.errors == []
    return root


def text_of(element) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.mark.parametrize("case", CASES)
def test_a_letter_is_a_valid_page_with_one_heading_and_its_title(case: str):
    root = parse(compose.render_html(*letter(case)))
    [heading] = root.iter(f"{XHTML}h1")
    assert root.attrib["lang"] == "en"
    assert text_of(heading) == compose.subject(*letter(case))
    assert text_of(next(root.iter(f"{XHTML}title"))) == f"{text_of(heading)} ({NOTICE['number']})"


@pytest.mark.parametrize("case", CASES)
def test_headings_descend_one_level_at_a_time(case: str):
    root = parse(compose.render_html(*letter(case)))
    levels = [int(element.tag[-1]) for element in root.iter() if re.fullmatch(r".*}h[1-6]", str(element.tag))]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("case", CASES)
def test_every_cell_has_a_header(case: str):
    root = parse(compose.render_html(*letter(case)))
    for row in root.iter(f"{XHTML}tr"):
        headers = [cell.attrib.get("scope") for cell in row.iter(f"{XHTML}th")]
        assert headers
        assert set(headers) <= {"row", "col"}


@pytest.mark.parametrize("case", CASES)
def test_a_page_asks_for_nothing_from_outside(case: str):
    root = parse(compose.render_html(*letter(case)))
    names = {str(element.tag).rpartition("}")[2] for element in root.iter()}
    assert names.isdisjoint({"img", "link", "script", "iframe", "object", "embed", "image", "use"})
    assert "url(" not in compose.render_html(*letter(case))
    assert "@import" not in compose.render_html(*letter(case))


def test_texts_are_escaped():
    attack = '<img src=x onerror="alert(1)"> & {{ 7 * 7 }}'
    template, context = letter("proposed_action", unit=attack, evidence=[attack])
    context["recipient"]["name"] = context["agency"]["name"] = attack
    root = parse(compose.render_html(template, context))
    assert list(root.iter(f"{XHTML}img")) == []
    assert text_of(root).count(attack) >= 4


def test_a_subject_is_plain_text():
    assert compose.subject(*letter("offer", position_title="Clerk & “Typist” <2>")) == (
        "Offer of appointment: Clerk & “Typist” <2>"
    )


HIRING = list(CASES)[:7]


def test_subjects():
    subjects = {case: compose.subject(*letter(case)) for case in CASES}
    assert all(subjects.values())
    assert {case: subjects[case] for case in HIRING} == {
        "application_received": "We have received your application: Senior Benefits Analyst",
        "examination_passed": "Your result: Senior Benefits Analyst",
        "examination_failed": "Your result: Senior Benefits Analyst",
        "not_eligible": "Your application does not go forward: Senior Benefits Analyst",
        "offer": "Offer of appointment: Senior Benefits Analyst",
        "confirmation": "Your appointment: Senior Benefits Analyst",
        "proposed_action": "Notice of proposed suspension without pay for 21 calendar days",
    }


def test_a_score_is_shown_with_its_arithmetic():
    root = parse(compose.render_html(*letter("examination_failed")))
    table = next(element for element in root.iter(f"{XHTML}table") if element.attrib["class"] == "sum")
    assert [[text_of(cell) for cell in row] for row in table.iter(f"{XHTML}tr")] == [
        ["Part", "How it was worked out", "Points"],
        ["Written paper", "40 right less 6/3", "38"],
        ["Interview", "Mean of 24, 23 and 23 of 30", "23 1/3"],
        ["Sum", "All parts together", "61 1/3"],
        ["Score", "Rounded half up to two decimals", "61.33"],
    ]


def test_the_notice_of_a_proposed_action_tells_every_right():
    text = text_of(parse(compose.render_html(*letter("proposed_action"))))
    for sentence in (
        "This is a proposal, not a decision.",
        "Specification 2. On 6 October 2026 you did not come to work.",
        "You and your representative may read all of it and ask for copies.",
        "You may answer orally, in writing, or both, and you may give affidavits",
        "You can answer until 5:00 pm on 8 December 2026, New York time (UTC-05:00).",
        "An attorney or another person of your choice may represent you.",
        "You have at least 30 days' notice: nothing that is proposed here can take effect before 28 December",
        "Helen Marsh, Deputy Commissioner, decides. I do not take part in the decision.",
        "You will get a written decision with its reasons",
    ):
        assert sentence in text


def test_an_offer_says_how_to_answer_and_a_confirmation_does_not():
    offer, confirmation = (
        text_of(parse(compose.render_html(*letter(case)))) for case in ("offer", "confirmation")
    )
    assert "Without an answer by then the offer ends." in offer
    assert "USD 74,215.00 a year" in offer
    assert "How to answer" not in confirmation
    assert "USD 74,215.00 an hour" in confirmation


def test_data_kept_as_json_give_the_same_letter():
    template, context = letter("examination_passed")
    frozen = json.loads(json.dumps(compose.freeze(template, context)))
    assert compose.render_html(template, frozen) == compose.render_html(template, context)
    data = json.loads(compose.data_json(compose.check(template, context)))
    assert data == {"template": template, **frozen}
    assert (data["letter"]["score"], data["letter"]["held_on"]) == ("80.00", "2026-10-17")


def test_the_policy_of_the_page_allows_its_style_sheet_alone():
    [style] = parse(compose.render_html(*letter("offer"))).iter(f"{XHTML}style")
    digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    assert compose.style_source() == f"'sha256-{digest}'"


def test_a_template_that_is_no_letter_is_refused():
    assert "_letter" not in LETTERS
    with pytest.raises(KeyError):
        compose.render_html("_letter", letter("offer")[1])


def test_wrong_fields_stop_a_letter_before_it_is_made():
    with pytest.raises(Invalid):
        compose.render_html(*letter("offer", pay_minor=-1))


def test_pages_are_composed_without_loading_the_pdf_library():
    code = (
        "import sys; from app.notices import compose\n"
        "print('weasyprint' in sys.modules, 'flask' in sys.modules, 'sqlalchemy' in sys.modules)"
    )
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert output == "False False False\n"
