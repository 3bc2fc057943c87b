from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, flash, render_template, render_template_string

from app.platform.actors import Actor
from app.web.forms import IdempotencyKeyField, MeritumForm, SubmitField, TextField, UploadField
from tests.page_checks import problems

PAGE = """{% extends "_layout/LAYOUT.html" %}{% import "_layout/ui.html" as ui %}
{% block title %}Posts{% endblock %}
{% block before_main %}{{ ui.back_link("/") }}{% endblock %}
{% block content %}<h1 class="govuk-heading-l">Posts</h1>BODY{% endblock %}"""


def draw(site: Flask, body: str, layout: str = "base", **context: Any) -> str:
    with site.test_request_context("/"):
        page = PAGE.replace("LAYOUT", layout).replace("BODY", body)
        return render_template_string(page, **context)


class Upload(MeritumForm):
    idempotency_key = IdempotencyKeyField()
    title = TextField("Title", max_length=10)
    cv = UploadField("File", allowed=["pdf"], max_bytes=10, required=False)
    submit = SubmitField("Save")


FORM = "{{ ui.form_start(form) }}{{ form.title() }}{{ form.cv() }}{{ form.submit() }}{{ ui.form_end() }}"


@pytest.mark.parametrize("layout", ["base", "staff"])
def test_a_page_with_a_refused_form_is_sound(site: Flask, layout: str) -> None:
    with site.test_request_context("/", method="POST", data={"title": ""}):
        form = Upload()
        form.validate()
        flash("Nothing was saved.", "error")
        html = render_template_string(PAGE.replace("LAYOUT", layout).replace("BODY", FORM), form=form)
    assert problems(html) == []
    assert "<title>Error: Posts – Meritum</title>" in html
    assert html.count("There is a problem") == 1
    assert html.count('name="idempotency_key"') == 1
    assert 'enctype="multipart/form-data"' in html
    assert 'role="alert">\n  <p>Nothing was saved.</p>' in html


def test_every_part_of_a_page_is_sound_and_escapes_what_it_is_given(site: Flask) -> None:
    body = """
    {{ ui.breadcrumbs([{"text": evil, "href": "/"}]) }}
    {% call ui.filter_panel(clear="/", is_used=true) %}
    <label for="q">Words</label> <input id="q" name="q">{% endcall %}
    {{ ui.result_count(2, 5, "post", "posts") }}{{ ui.result_count(2, "1,000+", "post", "posts") }}
    {% call ui.table("Open posts") %}
    <thead><tr>{{ ui.column(evil, "title", sort) }}{{ ui.column("Pay", numeric=true) }}</tr></thead>
    <tbody><tr><th scope="row">{{ evil }}</th><td>1</td></tr></tbody>
    {% endcall %}
    {{ ui.pages(previous="/?a", next="/?b") }}
    {{ ui.tag(evil, "green") }}
    {{ ui.summary_list([{"key": evil, "value": evil, "href": "/x"}, {"key": "Pay", "value": 1}]) }}
    {{ ui.timeline([{"title": evil, "at": evil, "by": evil, "text": evil}, {"title": "b", "at": "c"}]) }}
    {{ ui.empty(evil, "/", evil) }}
    {{ ui.task_list([{"title": evil, "status": evil, "href": "/", "hint": evil, "colour": "blue"},
                     {"title": "b", "status": "Completed"}]) }}
    {{ ui.key_figures([{"label": evil, "value": evil, "note": evil}, {"label": "b", "value": 1}]) }}
    {{ ui.receipt(evil, [{"key": "Post", "value": evil}], digest="ab12") }}
    {{ ui.message(evil, "warning", evil) }}
    {{ ui.bars("one", evil, [{"label": evil, "value": 3}, {"label": "b", "value": 0, "shown": evil}]) }}
    {{ ui.histogram("two", evil, [{"label": evil, "value": 3}]) }}{{ ui.bars("three", "None", []) }}
    {{ ui.histogram("four", "None", []) }}
    {{ ui.action_button(evil, "/do", context=evil, fields={"version": evil}) }}
    {{ ui.link_button(evil, "/") }}
    {{ component("details", summaryText=evil, text=evil) }}
    """
    sort = {"key": "title", "order": "ascending", "href": lambda key, order: f"/?sort={key}&order={order}"}
    html = draw(site, body, evil="<u>&", sort=sort)
    assert problems(html) == []
    assert "<u>" not in html
    assert 'aria-sort="ascending"' in html
    assert 'href="/?sort=title&amp;order=descending"' in html
    assert "5 posts, 2 shown" in html
    assert "1,000+ posts, 2 shown" in html


def test_a_confirmation_is_the_heading_of_its_page(site: Flask) -> None:
    with site.test_request_context("/"):
        html = render_template_string(
            '{% extends "_layout/base.html" %}{% import "_layout/ui.html" as ui %}'
            "{% block title %}Done{% endblock %}"
            '{% block content %}{{ ui.confirmation("Received", "Number 7") }}{% endblock %}'
        )
    assert problems(html) == []


def test_the_first_page_of_a_list_has_no_way_back_and_a_single_page_none_at_all(site: Flask) -> None:
    first = draw(site, '{{ ui.pages(next="/?b") }}')
    assert ("Next page" in first, "Previous page" in first) == (True, False)
    assert "merit-pages" not in draw(site, "{{ ui.pages() }}")


def test_a_person_signed_in_sees_name_and_role(site: Flask) -> None:
    actor = Actor(id="acc_1", name="Ada <Lovelace>", roles=("hr_officer", "auditor"))
    html = draw(site, "", actor=actor)
    assert problems(html) == []
    assert "Ada &lt;Lovelace&gt;" in html
    assert "HR officer, Auditor" in html


def test_a_demonstration_says_so(site: Flask) -> None:
    assert "The people, posts and results here are invented." in draw(site, "", is_demonstration=True)
    assert "are invented" not in draw(site, "")


def test_an_error_page_is_sound(site: Flask) -> None:
    with site.test_request_context("/"):
        html = render_template(
            "_layout/error.html", title="Page not found", message="Check the address.", status=404
        )
    assert problems(html) == []
