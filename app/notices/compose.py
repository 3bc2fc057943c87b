"""A letter from its data: checked fields and a template give HTML and PDF with one and the same text."""

from __future__ import annotations

import base64
import datetime as dt
import functools
import hashlib
import html
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.notices import catalogue, letters, pdf, qr, wording
from app.notices.parts import Agency, Notice, Part, Recipient, Wording
from app.notices.wordings.speaking import speaker
from app.platform import languages
from app.platform.errors import Invalid
from app.platform.sentences import say, translate
from app.web.speech import speak


@dataclass(frozen=True, slots=True)
class Content:
    """A letter's checked data, and the name of its template."""

    template: str
    notice: Notice
    agency: Agency
    recipient: Recipient
    letter: letters.Letter
    wording: Wording


def check(template: str, context: Mapping[str, Any]) -> Content:
    """Check the fields of a letter: `context` holds notice, agency, recipient and letter, each a mapping.

    Raises Invalid with a sentence for each wrong field, named as in "letter.score", and KeyError for a
    template that is no letter.
    """
    kinds: dict[str, type[Part]] = {
        "notice": Notice,
        "agency": Agency,
        "recipient": Recipient,
        "letter": catalogue.LETTERS[template],
        "wording": Wording,
    }
    parts: dict[str, Any] = {}
    faults = {name: "A letter has no such part." for name in context if name not in kinds}
    for name, kind in kinds.items():
        try:
            parts[name] = kind.model_validate(context.get(name, {}))
        except ValidationError as error:
            faults |= {
                ".".join([name, *(str(step) for step in fault["loc"])]): _sentence(fault)
                for fault in error.errors()
            }
    if not faults:
        found = parts["letter"].faults(parts["notice"].issued_on)
        faults = {f"letter.{name}": sentence for name, sentence in found.items()}
    if faults:
        raise Invalid(**faults)
    return Content(template, **parts)


def _sentence(fault: ErrorDetails) -> str:
    """Give a fault as a sentence; what our own models refuse they say in words of their own."""
    words = str(fault["ctx"]["error"]) if fault["type"] == "value_error" else fault["msg"]
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."


def subject(template: str, context: Mapping[str, Any]) -> str:
    """Give the letter's subject, the text of its one h1."""
    return _subject(check(template, context))


def render_html(template: str, context: Mapping[str, Any]) -> str:
    """Give the letter as one self-contained accessible page, style sheet included, for browsers and print."""
    content = check(template, context)
    with languages.speaking(content.notice.language):
        return _template(content).render(_variables(content), style=Markup(_style()))  # noqa: S704 our own


def render_pdf(
    template: str, context: Mapping[str, Any], attachments: Sequence[pdf.Attachment] = ()
) -> bytes:
    """Give the letter as PDF/A-3a and PDF/UA-1 with its data inside as JSON; the same bytes each time.

    Raises what check and pdf.render raise.
    """
    content = check(template, context)
    notice = content.notice
    with languages.speaking(notice.language):
        # The renderer applies the style sheet itself, parsed once for all letters.
        page = _template(content).render(_variables(content), style="")
    return pdf.render(
        page,
        title=f"{_subject(content)} ({notice.number})",
        language=notice.language,
        identifier=notice.number,
        attachments=[
            pdf.Attachment(
                name=f"{notice.number}.json",
                content=data_json(content),
                description="The data of this notice",
                modified_at=dt.datetime.combine(notice.issued_on, dt.time(), dt.UTC),
            ),
            *attachments,
        ],
    )


def data_json(content: Content) -> bytes:
    """Give the letter's data as JSON in UTF-8, keys sorted; numbers with decimals stand as text."""
    data = {"template": content.template, **_plain_parts(content)}
    return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1).encode()


def freeze(template: str, context: Mapping[str, Any]) -> dict[str, Any]:
    """Check the fields of a letter and give them as plain JSON values, to be kept until it is rendered."""
    return _plain_parts(check(template, context))


def _plain_parts(content: Content) -> dict[str, Any]:
    return {
        name: getattr(content, name).model_dump(mode="json")
        for name in ("notice", "agency", "recipient", "letter", "wording")
        if name != "wording" or content.wording.passages
    }


@functools.cache
def style_source() -> str:
    """Give what a Content-Security-Policy's style-src needs, to allow render_html's style sheet alone."""
    digest = hashlib.sha256(_style().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@functools.cache
def _style() -> str:
    return pdf.STYLESHEET.read_text("utf-8")


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(pdf.TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    speak(environment)
    # Functions, not filters: the templates then compile in any environment.
    environment.globals |= {
        "date": wording.long_date,
        "moment": wording.long_moment,
        "money": wording.money,
        "marks": wording.marks,
        "pay": wording.pay,
        "points": wording.points,
        "qr_code": qr.svg,
    }
    return environment


def _subject(content: Content) -> str:
    template = _template(content)
    with languages.speaking(content.notice.language):
        block = "".join(template.blocks["subject"](template.new_context(_fields(content))))
    return html.unescape(" ".join(block.split()))


def _template(content: Content) -> Template:
    return _environment().get_template(f"notices/{content.template}.html")


def _variables(content: Content) -> dict[str, Any]:
    url = content.notice.verify_url
    title = translate(say("QR code that opens %(address)s", address=url))
    return _fields(content) | {"qr": qr.svg(url, title=title)}


def _fields(content: Content) -> dict[str, Any]:
    """Give what a subject needs: drawing the code takes longer than all else in promising a letter."""
    return {
        "notice": content.notice,
        "agency": content.agency,
        "recipient": content.recipient,
        "letter": content.letter,
        "passage": speaker(
            content.template,
            content.wording.passages,
            content.notice,
            content.agency,
            content.recipient,
            content.letter,
        ),
    }
