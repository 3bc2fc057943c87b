"""One row of New York City's open data set “NYC Jobs” (kpav-sd4t), checked and mended."""

from __future__ import annotations

import codecs
import datetime as dt
import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

SOURCE = "nyc_jobs"
ZONE = "America/New_York"
# Rows without “Post Until” say no deadline; applications are then taken to have closed after this many days.
DEFAULT_OPEN_DAYS = 30
MOST_PAY = 10_000_000
EARLIEST, LATEST = dt.date(1990, 1, 1), dt.date(2100, 12, 31)
# What the city's own system writes where there is no place.
NO_PLACE = frozenset({"not used", "default", "unknown", "n/a"})
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T00:00:00(?:\.0+)?)?")
_MONTH_DATE = re.compile(r"(\d{1,2})-([A-Z]{3})-(\d{4})")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
# Controls that no page may hold; line breaks and tabs are none of them.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# What a spreadsheet writes where it took a text for a formula; the text itself is lost.
_SPREADSHEET_ERROR = re.compile(r"(ERROR: )?#(NAME|REF|VALUE|N/A|DIV/0|NUM|NULL)[?!]?")
# The five bytes that Windows-1252 leaves open; browsers and the damaged files read them as controls.
_OPEN_BYTES = frozenset(map(chr, (0x81, 0x8D, 0x8F, 0x90, 0x9D)))


def mend(text: str) -> str:
    """Give UTF-8 text back that was read as Windows-1252, when that is certain; else the text as it is.

    It is certain when every character has a byte in Windows-1252 and all these bytes together are valid
    UTF-8 beyond ASCII: text with one right “é” or dash in it fails this and is left alone.
    """
    while not text.isascii():
        try:
            mended = text.encode("cp1252", "open-bytes").decode("utf-8")
        except UnicodeError:
            return text
        text = mended
    return text


def unquote(text: str) -> str:
    """Take off the marks of a cell that was quoted twice over: the first reader left it quoted once."""
    inner = text[1:-1]
    if len(text) < 2 or text[0] != '"' or text[-1] != '"' or '"' in inner.replace('""', ""):
        return text
    return inner.replace('""', '"').strip()


def _encode_open_bytes(error: UnicodeError) -> tuple[bytes, int]:
    if not isinstance(error, UnicodeEncodeError) or error.object[error.start] not in _OPEN_BYTES:
        raise error
    return bytes([ord(error.object[error.start])]), error.start + 1


codecs.register_error("open-bytes", _encode_open_bytes)


def _refuse(sentence: str) -> PydanticCustomError:
    # braces would be taken for the sentence's own placeholders
    return PydanticCustomError("refused", "{sentence}", {"sentence": sentence})


def _text(value: Any) -> str:
    text = unquote(mend(str(value or "")).strip())
    if _CONTROLS.search(text):
        raise _refuse("holds control characters that cannot be saved.")
    if _SPREADSHEET_ERROR.fullmatch(text):
        raise _refuse(f"holds “{text}”, which a spreadsheet wrote in place of the text.")
    if text.startswith('"') and text.count('"') % 2:
        raise _refuse("begins a quotation that ends in a later column: the columns have shifted.")
    return unicodedata.normalize("NFC", text)


def _short(value: Any) -> str:
    text = " ".join(_text(value).split())
    if len(text) > 200:
        raise _refuse("is longer than 200 characters.")
    return text


def _named(value: Any) -> str:
    text = _short(value)
    if not text:
        raise _refuse("is empty.")
    return text


def _date(value: Any) -> dt.date | None:
    text = str(value or "").strip()
    if not text:
        return None
    named = _MONTH_DATE.fullmatch(text.upper())
    try:
        if iso := _ISO_DATE.fullmatch(text):
            day = dt.date(int(iso[1]), int(iso[2]), int(iso[3]))
        elif named and named[2] in _MONTHS:
            day = dt.date(int(named[3]), _MONTHS.index(named[2]) + 1, int(named[1]))
        else:
            raise ValueError
    except ValueError:
        raise _refuse(f"must be a date such as 2019-02-11, not “{text[:60]}”.") from None
    if not EARLIEST <= day <= LATEST:
        raise _refuse(f"must lie between {EARLIEST.year} and {LATEST.year}, not on {day.isoformat()}.")
    return day


def _needed_date(value: Any) -> dt.date:
    day = _date(value)
    if day is None:
        raise _refuse("is empty.")
    return day


def _pay(value: Any) -> int:
    """Give cents; the data set has hourly pay to four digits, which no pay slip can hold."""
    text = str(value or "").strip().replace(",", "").removeprefix("$")
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise _refuse(f"must be an amount of money, not “{text[:60]}”.") from None
    if not amount.is_finite() or not 0 <= amount <= MOST_PAY:
        raise _refuse(f"must lie between 0 and {MOST_PAY:,}.")
    return int((amount * 100).quantize(Decimal(1), ROUND_HALF_UP))


def _one_of(*allowed: str) -> BeforeValidator:
    def check(value: Any) -> str:
        text = str(value or "").strip()
        if text not in allowed:
            listed = ", ".join(f"“{name}”" if name else "empty" for name in allowed)
            raise _refuse(f"must be one of {listed}, not “{text[:60]}”.")
        return text

    return BeforeValidator(check)


def _matching(pattern: str, what: str) -> BeforeValidator:
    compiled = re.compile(pattern)

    def check(value: Any) -> str:
        text = str(value or "").strip()
        if not compiled.fullmatch(text):
            raise _refuse(f"must be {what}, not “{text[:60]}”.")
        return text

    return BeforeValidator(check)


def _openings(value: Any) -> int:
    text = str(value or "1").strip()
    if not re.fullmatch(r"[0-9]{1,5}", text) or not int(text):
        raise _refuse(f"must be a whole number from 1, not “{text[:60]}”.")
    return int(text)


Prose = Annotated[str, BeforeValidator(_text)]
Short = Annotated[str, BeforeValidator(_short)]
Named = Annotated[str, BeforeValidator(_named)]
Day = Annotated[dt.date | None, BeforeValidator(_date)]
NeededDay = Annotated[dt.date, BeforeValidator(_needed_date)]
Pay = Annotated[int, BeforeValidator(_pay)]


class JobRow(BaseModel):
    """A row; `job_id` and `posting_type` together are its key. Pay is in cents."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    job_id: Annotated[str, _matching(r"[0-9]{1,10}", "a number")] = Field(alias="Job ID")
    agency: Named = Field(alias="Agency")
    posting_type: Annotated[Literal["Internal", "External"], _one_of("Internal", "External")] = Field(
        alias="Posting Type"
    )
    title: Named = Field(alias="Business Title")
    class_title: Named = Field(alias="Civil Service Title")
    class_code: Annotated[str, _matching(r"[0-9A-Z]{1,10}", "a title code such as 20215")] = Field(
        alias="Title Code No"
    )
    level: Annotated[str, _matching(r"[A-Z]?[0-9]{1,2}[A-Z]?", "a level such as 2 or M1")] = Field(
        alias="Level"
    )
    category: Short = Field(alias="Job Category")
    indicator: Annotated[Literal["F", "P", ""], _one_of("F", "P", "")] = Field(
        alias="Full-Time/Part-Time indicator"
    )
    pay_from: Pay = Field(alias="Salary Range From")
    pay_to: Pay = Field(alias="Salary Range To")
    frequency: Annotated[Literal["Annual", "Hourly", "Daily"], _one_of("Annual", "Hourly", "Daily")] = Field(
        alias="Salary Frequency"
    )
    location: Short = Field(alias="Work Location")
    unit: Short = Field(alias="Division/Work Unit")
    duties: Prose = Field(alias="Job Description")
    qualifications: Prose = Field(alias="Minimum Qual Requirements")
    preferred: Prose = Field(alias="Preferred Skills")
    posted_on: NeededDay = Field(alias="Posting Date")
    openings: Annotated[int, BeforeValidator(_openings)] = Field(1, alias="# Of Positions")
    additional: Prose = Field("", alias="Additional Information")
    how_to_apply: Prose = Field("", alias="To Apply")
    hours: Prose = Field("", alias="Hours/Shift")
    other_location: Prose = Field("", alias="Work Location 1")
    contact: Prose = Field("", alias="Recruitment Contact")
    residency: Prose = Field("", alias="Residency Requirement")
    until: Day = Field(None, alias="Post Until")
    updated_on: Day = Field(None, alias="Posting Updated")
    processed_on: Day = Field(None, alias="Process Date")

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if self.pay_from > self.pay_to:
            raise _refuse("“Salary Range From” is higher than “Salary Range To”.")
        if self.until is not None and self.until < self.posted_on:
            raise _refuse("“Post Until” comes before “Posting Date”.")
        return self

    @property
    def key(self) -> str:
        return f"{SOURCE}:{self.job_id}:{self.posting_type}"

    @property
    def place(self) -> str:
        """Where the work is, or nothing where the city's system has a stopgap."""
        return "" if self.location.casefold() in NO_PLACE else self.location


COLUMNS = {str(field.alias): name for name, field in JobRow.model_fields.items()}
NEEDED_COLUMNS = tuple(str(field.alias) for field in JobRow.model_fields.values() if field.is_required())
