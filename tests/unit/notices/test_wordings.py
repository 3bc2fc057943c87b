"""What may stand in a passage of a letter, and how it is written: no markup, no template, no odd field."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from app.notices import compose
from app.notices.catalogue import LETTERS, SAMPLES
from app.notices.wordings import rules
from app.notices.wordings.passages import fields_of, find_passage, passages_of
from app.notices.wordings.speaking import write
from app.platform.errors import Conflict, Invalid
from tests.unit.notices.samples import letter

TEMPLATE = "appointment"


def test_every_letter_has_passages_and_its_shipped_texts_keep_their_own_rules():
    for template in LETTERS:
        names = [passage.name for passage in passages_of(template)]
        assert (names[0], names[-1], len(set(names))) == ("beginning", "ending", len(names))
        for passage in passages_of(template):
            shipped = re.sub(r"%\((\w+)\)s", r"{\1}", passage.text)
            assert rules.find_fault(template, passage, shipped) == "", (template, passage.name)
            assert set(passage.required) <= set(passage.own_fields)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Welcome {recipient_name}.\nYour {salary} is high.", "Line 2: there is no field {salary}"),
        ("{{ 7*7 }}", "Line 1: a brace stands without its field"),
        ("{% for x in y %}", "Line 1: a brace stands without its field"),
        ("{recipient_name.__class__}", "Line 1: a brace stands without its field"),
        ("One }", "Line 1: a brace stands without its field, near character 5"),
        ("{__class__}", "Line 1: there is no field {__class__}"),
        ("x" * 2001, "The passage must be 2000 characters or shorter"),
    ],
)
def test_what_may_not_stand_in_a_passage_is_refused_with_its_place(text, fault):
    with pytest.raises(Invalid) as caught:
        rules.check_texts(TEMPLATE, {"beginning": text})
    assert caught.value.fields["beginning"].startswith(fault)


def test_a_required_field_must_stay():
    with pytest.raises(Invalid) as caught:
        rules.check_texts(TEMPLATE, {"confirmation": "Welcome."})
    assert caught.value.fields == {"confirmation": "The field {position} must stay in this passage"}
    with pytest.raises(Invalid):
        rules.check_texts(TEMPLATE, {"appeal": "None."})
    kept = rules.check_texts(TEMPLATE, {"confirmation": "Be {position}.", "ending": " ", "beginning": ""})
    assert kept == {"confirmation": "Be {position}."}


def test_a_letter_says_what_the_office_wrote_and_else_what_is_shipped():
    template, context = letter("confirmation")
    shipped = compose.render_html(template, context)
    assert "We are pleased to appoint you to the position of" in shipped
    texts = {
        "confirmation": "From {start_on} on you are our {position}, {recipient_name}.",
        "ending": "One.\n\nTwo.",
    }
    worded = compose.render_html(template, context | {"wording": {"passages": texts}})
    assert "We are pleased" not in worded
    assert "you are our <bdi>Senior Benefits Analyst</bdi>, <bdi>María Fernanda Santos</bdi>." in worded
    assert "<p>One.</p>\n<p>Two.</p>" in worded


def test_markup_in_words_and_in_values_is_text():
    evil = '<img src=x onerror="alert(1)">'
    template, context = letter("confirmation", position_title=evil)
    context["recipient"] |= {"name": "{agency_name} <b>"}
    texts = {"beginning": f"{evil} <script>alert(1)</script> {{recipient_name}}"}
    page = compose.render_html(template, context | {"wording": {"passages": texts}})
    assert "<img" not in page
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <bdi>{agency_name} &lt;b&gt;</bdi>" in page


def test_a_value_with_braces_is_not_filled_again():
    assert write("{a}", {"a": "{b}", "b": "secret"}) == "<p><bdi>{b}</bdi></p>"


def test_days_are_written_as_in_letters_and_paragraphs_are_cut():
    day = dt.date(2026, 12, 3)
    assert write("On {on}.\nThen\n\n\nnext", {"on": day}).replace("\xa0", " ") == (
        "<p>On 3 December 2026. Then</p>\n<p>next</p>"
    )


def test_the_legally_required_parts_stay_whatever_is_written():
    template, context = letter("proposed_action")
    texts = {
        passage.name: " ".join(f"{{{name}}}" for name in passage.required) or "x"
        for passage in passages_of(template)
    }
    page = compose.render_html(template, context | {"wording": {"passages": texts}})
    for heading in ("Charges", "Your right to answer", "Your right to be represented", "How it is decided"):
        assert f"<h2>{heading}</h2>" in page


def test_fields_of_a_passage_are_those_of_the_letter_and_of_every_letter():
    fields = fields_of("grievance_received", find_passage("grievance_received", "beginning"))
    assert {"grievance_number", "answer_due_on", "recipient_name", "issued_on"} <= set(fields)
    assert "decider" not in fields
    for template in LETTERS:
        texts = {
            "beginning": " ".join(f"{{{name}}}" for name in fields_of(template, passages_of(template)[0]))
        }
        context = dict(
            zip(
                ("notice", "agency", "recipient"),
                map(letter("offer")[1].get, ("notice", "agency", "recipient")),
                strict=True,
            )
        )
        compose.render_html(template, context | {"letter": SAMPLES[template], "wording": {"passages": texts}})


def test_who_wrote_does_not_approve():
    with pytest.raises(Conflict):
        rules.demand_second_person("acc_a", "acc_a", None)
