from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from app.platform.errors import Invalid
from app.web.forms import (
    DateField,
    FilterForm,
    HiddenTextField,
    IntegerField,
    MeritumForm,
    MoneyField,
    RadiosField,
    SubmitField,
    TextField,
    UploadField,
    error_summary,
)


class Posting(MeritumForm):
    title = TextField("Title", max_length=20)
    version = HiddenTextField(max_length=20, required=False)
    kind = RadiosField("Kind", choices=[("p", "Permanent")])
    on = DateField("First day")
    submit = SubmitField("Save")


def test_each_error_of_the_summary_leads_to_a_control_of_the_form(posted: Callable[..., Any]) -> None:
    form = posted(Posting)
    assert not form.validate()
    targets = re.findall(r'href="#([^"]+)"', error_summary(form))
    drawn = form.title() + form.kind() + form.on()
    assert targets == ["title", "kind", "on"]
    assert [len(re.findall(rf'<input[^>]* id="{target}"', drawn)) for target in targets] == [1, 1, 1]


def test_a_services_refusal_stands_at_its_field_or_in_the_summary(posted: Callable[..., Any]) -> None:
    form = posted(Posting, {"title": "Clerk", "kind": "p", "on": "2026-11-14"})
    assert form.validate()
    assert error_summary(form) == ""
    form.add_errors(
        Invalid(
            "The budget is closed.", title="This post exists already.", version="It changed.", other="Hm."
        )
    )
    assert form.title.errors == ["This post exists already."]
    assert form.form_errors == ["The budget is closed.", "It changed.", "Hm."]
    assert form.errors
    summary = error_summary(form)
    assert '<a href="#title">This post exists already.</a>' in summary
    assert all(text in summary for text in form.form_errors)


def test_errors_are_escaped(posted: Callable[..., Any]) -> None:
    form = posted(Posting)
    form.add_errors(Invalid("<b>", title="<i>"))
    assert ("<b>" in error_summary(form), "<i>" in form.title()) == (False, False)


def test_optional_fields_say_so(posted: Callable[..., Any]) -> None:
    class Few(MeritumForm):
        notes = TextField("Notes", max_length=5, required=False)

    assert "Notes (optional)" in posted(Few).notes()


def test_a_label_can_be_the_pages_heading(posted: Callable[..., Any]) -> None:
    form = posted(Posting)
    assert [drawn.count("<h1") for drawn in (form.title(page_heading=True), form.on(page_heading=True))] == [
        1,
        1,
    ]


def test_only_forms_with_files_are_sent_in_parts(posted: Callable[..., Any]) -> None:
    class Sent(MeritumForm):
        cv = UploadField("File", allowed=["pdf"], max_bytes=5)

    assert (posted(Posting).has_upload, posted(Sent).has_upload) == (False, True)


def test_a_json_body_fills_no_form(site: Any) -> None:
    with site.test_request_context("/", method="POST", json=["not", "a", "form"]):
        assert Posting().title.data == ""


class Search(FilterForm):
    words = TextField("Words", max_length=5)
    least = MoneyField("Pay from")
    page = IntegerField("Page", minimum=1, maximum=9)


def test_filters_take_what_is_right_and_tell_what_is_wrong(site: Any) -> None:
    with site.test_request_context("/?words=clerk&least=abc&page=2"):
        used = Search()
        assert (used.is_used, used.words.data, used.least.data, used.page.data) == (True, "clerk", None, 2)
        assert list(used.errors) == ["least"]
        assert 'value="abc"' in used.least()
    with site.test_request_context("/?elsewhere=1"):
        unused = Search()
        assert (unused.is_used, unused.errors, unused.words.data) == (False, {}, "")
        assert "(optional)" not in unused.words()
