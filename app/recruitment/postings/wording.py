"""A posting as people and machines read it: paragraphs and lists, pay in words, schema.org JobPosting."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from app.personnel.positions.states import PayPeriod
from app.platform.sentences import Sentence, say
from app.recruitment.postings.models import OWN, Posting
from app.recruitment.postings.states import EmploymentType
from app.web.amounts import format_money, minor_digits
from app.web.dates import format_date, format_moment

_MARK = re.compile(r"(?:[•·▪◦*–-]|\(?(\d{1,2})[.)])\s+")
# Text from systems that flatten line breaks has runs of spaces, or bullets in mid-line, where they stood.
_FLATTENED = re.compile(r"\s{3,}|\s{2,}(?=(?:[*–-]|\(?\d{1,2}[.)])\s)|(?<=\S)\s+(?=•\s)")

EMPLOYMENT_TYPES = {
    EmploymentType.FULL_TIME: "FULL_TIME",
    EmploymentType.PART_TIME: "PART_TIME",
    EmploymentType.TEMPORARY: "TEMPORARY",
    EmploymentType.INTERN: "INTERN",
}


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (`kind` "text", one line), or a list: "bullets", or "numbers" with the written numbers."""

    kind: str
    lines: tuple[str, ...]
    numbers: tuple[int, ...] = ()


def blocks(text: str) -> list[Block]:
    """Cut text into paragraphs at empty lines, and into lists where lines begin with a mark or number."""
    found: list[Block] = []
    for paragraph in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        for line in _FLATTENED.sub("\n", paragraph).split("\n"):
            block = _block(" ".join(line.split()))
            last = found[-1] if found else None
            if last and block.kind == last.kind != "text":
                found[-1] = Block(last.kind, last.lines + block.lines, last.numbers + block.numbers)
            elif block.lines[0]:
                found.append(block)
    return found


def _block(line: str) -> Block:
    mark = _MARK.match(line)
    if mark is None:
        return Block("text", (line,))
    entry = line[mark.end() :]
    return Block("numbers", (entry,), (int(mark[1]),)) if mark[1] else Block("bullets", (entry,))


# Whole sentences for each period: other languages put the period elsewhere, or bend the words before it.
PAY = {
    PayPeriod.YEAR: (say("%(pay)s a year"), say("Up to %(pay)s a year"), say("%(least)s to %(most)s a year")),
    PayPeriod.MONTH: (
        say("%(pay)s a month"),
        say("Up to %(pay)s a month"),
        say("%(least)s to %(most)s a month"),
    ),
    PayPeriod.DAY: (say("%(pay)s a day"), say("Up to %(pay)s a day"), say("%(least)s to %(most)s a day")),
    PayPeriod.HOUR: (
        say("%(pay)s an hour"),
        say("Up to %(pay)s an hour"),
        say("%(least)s to %(most)s an hour"),
    ),
}
_ZEROS = "[.,\u066b][0\u0660\u0966]{%d}(?![0-9\u0660-\u0669\u0966-\u096f])"


def pay(posting: Posting) -> Sentence:
    """Write the pay: `$72,500 to $98,000 a year`; digits after the point only where they say something."""
    least, most, currency = posting.pay_min_minor, posting.pay_max_minor, posting.pay_currency
    if least is None or most is None:
        return say("Not stated")
    one, up_to, span = PAY[posting.pay_period]
    if least == most:
        return Sentence(one.msgid, {"pay": _amount(least, currency)})
    if least == 0:
        return Sentence(up_to.msgid, {"pay": _amount(most, currency)})
    return Sentence(span.msgid, {"least": _amount(least, currency), "most": _amount(most, currency)})


def _amount(minor: int, currency: str) -> str:
    shown = format_money(minor, currency)
    digits = minor_digits(currency)
    return re.sub(_ZEROS % digits, "", shown) if digits and minor % 10**digits == 0 else shown


def dates(posting: Posting) -> list[dict[str, str]]:
    """List the public days of a posting as the entries of a timeline, moments in its own zone."""
    if posting.source != OWN:  # what is imported tells days, not hours
        return [
            {"title": say("Announced"), "at": format_date(posting.announced_on)},
            {"title": say("Applications closed"), "at": format_moment(posting.closes_at, posting.time_zone)},
        ]
    closing = say("Applications closed") if posting.closed_at else say("Applications close")
    moments = {
        say("Announced"): posting.published_at,
        say("Applications open"): posting.opens_at,
        closing: posting.closes_at,
        say("Cancelled"): posting.cancelled_at,
    }
    return [
        {"title": title, "at": format_moment(at, posting.time_zone)}
        for title, at in sorted(
            ((title, at) for title, at in moments.items() if at is not None), key=itemgetter(1)
        )
    ]


def job_posting(posting: Posting, *, url: str, takes_applications: bool) -> dict[str, Any]:
    """Give schema.org's JobPosting (read 2026-11-22) of a public posting; what is not known is left out."""
    described = (posting.summary, posting.duties, posting.preferred, posting.how_to_apply)
    essential = [criterion.statement for criterion in posting.criteria if criterion.is_essential]
    place = {"@type": "PostalAddress", "streetAddress": posting.location} if posting.location else None
    whole = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "identifier": {
            "@type": "PropertyValue",
            "name": posting.agency.name,
            "value": posting.number,
        },
        "title": posting.title,
        "description": "\n\n".join(text for text in described if text) or posting.title,
        "url": url,
        "datePosted": posting.announced_on.isoformat() if posting.announced_on else None,
        "validThrough": _offset(posting.closes_at, posting.time_zone),
        "employmentType": EMPLOYMENT_TYPES.get(posting.employment_type) if posting.employment_type else None,
        "hiringOrganization": {"@type": "GovernmentOrganization", "name": posting.agency.name},
        "jobLocation": {"@type": "Place", "address": place} if place else None,
        "baseSalary": _salary(posting),
        "totalJobOpenings": posting.openings,
        "qualifications": "\n\n".join(text for text in (posting.qualifications, *essential) if text) or None,
        "occupationalCategory": posting.category or None,
        "directApply": takes_applications and posting.source == OWN,
    }
    return {name: value for name, value in whole.items() if value is not None}


def _offset(at: dt.datetime | None, zone: str) -> str | None:
    """Write a moment with the zone's own offset at that moment, in ISO 8601."""
    return at.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds") if at else None


def _salary(posting: Posting) -> dict[str, Any] | None:
    if posting.pay_min_minor is None or posting.pay_max_minor is None:
        return None
    digits = minor_digits(posting.pay_currency)
    return {
        "@type": "MonetaryAmount",
        "currency": posting.pay_currency,
        "value": {
            "@type": "QuantitativeValue",
            "minValue": _plain(Decimal(posting.pay_min_minor).scaleb(-digits)),
            "maxValue": _plain(Decimal(posting.pay_max_minor).scaleb(-digits)),
            "unitText": posting.pay_period.value.upper(),
        },
    }


def _plain(amount: Decimal) -> int | float:
    """Give a number as JSON has it; two digits after the point survive a double in any pay there is."""
    return int(amount) if amount == int(amount) else float(amount)


def pay_least_words(minor: int, currency: str = "USD") -> Sentence:
    """Write the least pay that a search asks for."""
    return say("At least %(pay)s a year", pay=_amount(minor, currency))
