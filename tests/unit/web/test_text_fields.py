from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.web.forms import (
    CharacterCountField,
    EmailField,
    HiddenTextField,
    IdempotencyKeyField,
    MeritumForm,
    PasswordField,
    TextAreaField,
    TextField,
)

BAD = "contains characters that cannot be saved. Type it again"


class Words(MeritumForm):
    title = TextField("Title of the post", max_length=10, min_length=2)
    notes = TextAreaField("Notes", max_length=40, required=False)


@pytest.mark.parametrize(
    ("typed", "kept", "errors"),
    [
        ("  Clerk ", "Clerk", []),
        ("Cafe\u0301", "Café", []),
        ("\u202aClerk\u202c", "Clerk", []),
        ("a\tb\r\nc", "a b c", []),
        ("", "", ["Enter title of the post"]),
        ("\u200b \ufeff", "", ["Enter title of the post"]),
        ("x", "x", ["Title of the post must be 2 characters or more"]),
        ("x" * 11, "x" * 11, ["Title of the post must be 10 characters or fewer"]),
        ("e\u0301" * 10, "é" * 10, []),
        ("a\x00b", "", [f"Title of the post {BAD}"]),
        ("a\x07b", "", [f"Title of the post {BAD}"]),
        ("👩‍⚖️ judge", "👩‍⚖️ judge", []),
    ],
)
def test_one_line_of_text(posted: Callable[..., Any], typed: str, kept: str, errors: list[str]) -> None:
    form = posted(Words, {"title": typed})
    form.validate()
    assert (form.title.data, list(form.title.errors)) == (kept, errors)


def test_a_lone_surrogate_is_refused_with_a_sentence(posted: Callable[..., Any]) -> None:
    form = posted(Words)
    with pytest.raises(ValueError, match=r"Title of the post contains characters that cannot be saved"):
        form.title.process_formdata(["a\ud800b"])
    assert (form.title.data, form.title.typed()) == ("", "ab")


def test_several_lines_keep_their_breaks_and_optional_text_may_be_missing(
    posted: Callable[..., Any],
) -> None:
    form = posted(Words, {"title": "Clerk", "notes": " one\r\ntwo\rthree "})
    assert form.validate()
    assert form.notes.data == "one\ntwo\nthree"
    assert posted(Words, {"title": "Clerk"}).notes.data == ""


def test_what_was_typed_is_shown_again_and_escaped(posted: Callable[..., Any]) -> None:
    form = posted(Words, {"title": '<b>"&', "notes": "</textarea><script>"})
    form.validate()
    assert 'value="&lt;b&gt;&#34;&amp;"' in form.title()
    assert "&lt;/textarea&gt;&lt;script&gt;</textarea>" in form.notes()
    long = posted(Words, {"title": "too long for it\x00"})
    long.validate()
    assert 'value="too long for it"' in long.title()


def test_values_given_by_the_program_are_shown(posted: Callable[..., Any], site: Any) -> None:
    with site.test_request_context("/"):
        form = Words(data={"title": "Clerk", "notes": None})
        assert (form.title.typed(), form.notes.data) == ("Clerk", "")


class Access(MeritumForm):
    email = EmailField("Email address")
    password = PasswordField("Password", autocomplete="new-password")


@pytest.mark.parametrize(
    ("typed", "kept", "is_good"),
    [
        (" Ada@Example.ORG ", "Ada@example.org", True),
        ("ada", "ada", False),
        ("ada@b@c.org", "ada@b@c.org", False),
        ("a" * 250 + "@x.org", "a" * 250 + "@x.org", False),
    ],
)
def test_email(posted: Callable[..., Any], typed: str, kept: str, is_good: bool) -> None:
    form = posted(Access, {"email": typed, "password": "x"})
    assert (form.validate(), form.email.data) == (is_good, kept)


def test_a_password_keeps_its_spaces_and_never_returns_to_the_page(posted: Callable[..., Any]) -> None:
    form = posted(Access, {"email": "ada@example.org", "password": "  two words "})
    assert form.validate()
    assert form.password.data == "  two words "
    assert "two words" not in form.password()
    assert 'autocomplete="new-password"' in form.password()


class Count(MeritumForm):
    reason = CharacterCountField("Reason", max_length=300)


def test_the_limit_is_told_before_it_is_reached(posted: Callable[..., Any]) -> None:
    drawn = posted(Count).reason()
    assert "You can enter up to 300 characters" in drawn
    assert 'data-maxlength="300"' in drawn


class Carried(MeritumForm):
    idempotency_key = IdempotencyKeyField()
    version = HiddenTextField(max_length=5)


def test_a_sent_key_is_kept_and_an_odd_one_replaced(posted: Callable[..., Any]) -> None:
    assert posted(Carried, {"idempotency_key": "k" * 20}).idempotency_key.data == "k" * 20
    odd = posted(Carried, {"idempotency_key": "<script>"}).idempotency_key
    assert len(odd.data) == 32
    assert f'value="{odd.data}"' in odd()


def test_hidden_values_are_bounded_too(posted: Callable[..., Any]) -> None:
    form = posted(Carried, {"version": "123456"})
    assert not form.validate()
    assert form.version.errors == ["This page was incomplete. Reload it and try again"]
