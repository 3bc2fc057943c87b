"""What every letter is made of: texts that are safe to print, people, moments, and the frame of a letter."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from app.notices.numbers import verify_number
from app.platform.clock import local_date
from app.platform.errors import Invalid

# Embeddings and overrides can make a name or a sum read as another; U+200E/F and the joiners stay, since
# Arabic, Persian and Indic spelling needs them.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _refuse_unprintable(text: str) -> str:
    for character in text:
        if unicodedata.category(character) == "Cc" or character in _REORDERING or character in "\ufffe\uffff":
            raise ValueError(f"the text holds the character U+{ord(character):04X}, which cannot be printed")
    return text


def _require_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError("this is not the name of a time zone, such as America/New_York") from error
    return name


def _require_number(text: str) -> str:
    try:
        return verify_number(text)
    except Invalid as error:
        raise ValueError("this is not a valid number") from error


_strip = StringConstraints(strip_whitespace=True, min_length=1, max_length=300)
_strip_long = StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)

Line = Annotated[str, _strip, AfterValidator(_refuse_unprintable)]
"""One line of text, 1 to 300 characters, without control characters."""

Words = Annotated[str, _strip_long, AfterValidator(_refuse_unprintable)]
"""One paragraph, 1 to 4,000 characters, without line breaks."""

Lines = Annotated[tuple[Line, ...], Field(min_length=1, max_length=12)]
"""A short block of lines: an address, ways to reach an office."""

ReferenceNumber = Annotated[str, AfterValidator(_require_number)]
"""A number with a right check digit, in its one written form."""

WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]{1,480}$")]
"""An absolute web address."""

Zone = Annotated[str, AfterValidator(_require_zone)]
"""The name of a time zone in the IANA database."""


class Part(BaseModel):
    """Base of all: frozen, and a field that is not listed is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Moment(Part):
    """A point in time and the zone it is printed in."""

    at: AwareDatetime
    zone: Zone

    @property
    def on(self) -> dt.date:
        """Its calendar date in its own zone."""
        return local_date(self.at, self.zone)


class Person(Part):
    """Someone in office: who signs, decides or answers questions."""

    name: Line
    title: Line


class Contact(Person):
    """Someone in office, and how to reach them: telephone, e-mail, address, a line each."""

    lines: Lines


class Remedy(Part):
    """How and until when a decision can be contested."""

    deadline: Moment
    how: Words  # what to send or do, as full sentences
    where: Lines  # address or web page that takes it
    law: Line | None = None


class Agency(Part):
    """Who issues the letter."""

    name: Line
    address: Lines
    contact: Lines  # telephone, e-mail, web page: one a line
    paper: Literal["letter", "a4"] = "letter"


class Recipient(Part):
    """Who gets the letter."""

    name: Line
    address: Lines


class Wording(Part):
    """The passages that an office wrote anew, by name; empty where a letter is as shipped."""

    passages: dict[str, str] = {}


class Notice(Part):
    """The letter as a record."""

    number: ReferenceNumber
    issued_on: dt.date
    language: Literal["en", "es", "hi", "ar"] = "en"
    verify_url: WebAddress  # a page that shows the letter's register entry without signing in
