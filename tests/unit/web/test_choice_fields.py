from __future__ import annotations

import enum
import io
from collections.abc import Callable
from typing import Any

import pytest
from markupsafe import Markup

from app.web.forms import CheckboxesField, CheckboxField, MeritumForm, RadiosField, SelectField, UploadField

GRADES = [("g1", "Grade 1"), ("g2", "Grade 2", "Needs a licence")]


class Choices(MeritumForm):
    grade = SelectField("Grade", choices=GRADES)
    kind = RadiosField("Kind", choices=GRADES, required=False)
    places = CheckboxesField("Places", choices=GRADES, required=False)
    sure = CheckboxField("I declare that this is true", required=True)


def test_choices_are_read_and_anything_else_is_refused(posted: Callable[..., Any]) -> None:
    good = posted(Choices, {"grade": "g1", "places": ["g2", "g1"], "sure": "y"})
    assert good.validate()
    assert (good.grade.data, good.kind.data, good.places.data, good.sure.data) == (
        "g1",
        "",
        ["g1", "g2"],
        True,
    )
    bad = posted(Choices, {"grade": "g9", "kind": "x" * 9999, "places": ["g1", "zz"]})
    assert not bad.validate()
    refused = ["Select one of the choices on the page"]
    assert bad.errors == {
        "grade": refused,
        "kind": refused,
        "places": refused,
        "sure": ["Tick the box: I declare that this is true"],
    }


def test_a_missing_choice_is_asked_for(posted: Callable[..., Any]) -> None:
    form = posted(Choices, {"sure": "y"})
    form.validate()
    assert form.errors == {"grade": ["Select grade"]}


def test_choices_may_be_set_before_validation(posted: Callable[..., Any]) -> None:
    form = posted(Choices, {"grade": "agy_1", "sure": "y"})
    form.grade.choices = [("agy_1", "Parks")]
    assert form.validate()


def test_a_chosen_entry_stays_chosen_and_hints_are_shown(posted: Callable[..., Any]) -> None:
    form = posted(Choices, {"grade": "g2", "kind": "g2", "places": "g1"})
    assert '<option value="g2" selected>' in form.grade()
    assert 'id="kind-2" name="kind" type="radio" value="g2" checked' in form.kind()
    assert "Needs a licence" in form.kind()
    assert 'id="places" name="places" type="checkbox" value="g1" checked' in form.places()


def test_members_of_an_enumeration_may_be_given_as_values(site: Any) -> None:
    class Grade(enum.Enum):
        TWO = "g2"

    with site.test_request_context("/"):
        form = Choices(data={"grade": Grade.TWO, "places": [Grade.TWO]})
        assert (form.grade.data, form.places.data) == ("g2", ["g2"])


def test_revealed_fields_use_no_attribute_that_aria_forbids_on_radios(posted: Callable[..., Any]) -> None:
    drawn = posted(Choices).kind(conditional={"g2": Markup('<p id="more">Which licence</p>')})
    assert '<p id="more">Which licence</p>' in drawn
    assert "aria-controls" not in drawn
    assert "--hidden" not in drawn


class Files(MeritumForm):
    cv = UploadField("Curriculum vitae", allowed=["pdf", "docx"], max_bytes=10)


@pytest.mark.parametrize(
    ("content", "name", "error"),
    [
        (b"%PDF-1.7", "cv.PDF", None),
        (b"%PDF-1.7", "cv.exe", "The file must be one of these kinds: PDF, DOCX"),
        (b"%PDF-1.7", "cv", "The file must be one of these kinds: PDF, DOCX"),
        (b"", "cv.pdf", "The file is empty"),
        (b"12345678901", "cv.pdf", "The file must be 10 bytes or smaller"),
        (b"%PDF-1.7", "c" * 250 + ".pdf", "The file's name must be 200 characters or fewer"),
    ],
)
def test_files(posted: Callable[..., Any], content: bytes, name: str, error: str | None) -> None:
    form = posted(Files, {"cv": (io.BytesIO(content), name)})
    form.validate()
    assert list(form.cv.errors) == ([error] if error else [])


def test_a_file_is_asked_for_and_keeps_only_the_last_part_of_its_name(posted: Callable[..., Any]) -> None:
    missing = posted(Files)
    missing.validate()
    assert missing.cv.errors == ["Choose a file for curriculum vitae"]
    form = posted(Files, {"cv": (io.BytesIO(b"x"), "../../me/cv.pdf")})
    assert form.validate()
    assert (form.cv.data.filename, form.cv.data.read()) == ("cv.pdf", b"x")
    assert 'accept=".pdf,.docx"' in form.cv()
