"""Relations between raters and candidates, found by comparing what both have written down."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.exams.assignments.states import Basis

_BETWEEN = re.compile(r"[^\w]+")
# Endings of the names of firms that one writes and another leaves out.
_FIRM_ENDINGS = frozenset(
    {"inc", "incorporated", "llc", "ltd", "limited", "corp", "corporation", "co", "company"}
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is compared of one person: everything plain, without case, accents and signs."""

    name: str
    surnames: frozenset[str]
    address: str
    postcode: str
    employers: frozenset[str]


def plain(text: str) -> str:
    """Give a text in small letters without accents and signs, words parted by one space."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(word for word in _BETWEEN.split(bare) if word)


def of_member(*, name: str, surnames: str, address: str, postcode: str, employers: str) -> Known:
    """Give what a rater has declared; several surnames have commas between, employers a line each."""
    own = [surname for surname in surnames.split(",") if surname.strip()] or [
        name.split()[-1] if name else ""
    ]
    return Known(
        plain(name),
        frozenset(filter(None, map(plain, own))),
        plain(address),
        plain(postcode),
        frozenset(filter(None, map(firm, employers.splitlines()))),
    )


def of_application(snapshot: Mapping[str, Any]) -> Known:
    """Give what an application says of its person."""
    contact = snapshot.get("contact") or {}
    name = str(contact.get("full_name") or "")
    employers = (str(entry.get("employer") or "") for entry in snapshot.get("experience") or ())
    return Known(
        plain(name),
        frozenset({plain(name).rpartition(" ")[2]} - {""}),
        plain(str(contact.get("address_line_1") or "")),
        plain(str(contact.get("postcode") or "")),
        frozenset(filter(None, map(firm, employers))),
    )


def firm(name: str) -> str:
    """Give the name of an employer without what is written now and then, such as Ltd."""
    words = plain(name).split()
    while len(words) > 1 and words[-1] in _FIRM_ENDINGS:
        words.pop()
    return " ".join(words)


def compare(rater: Known, candidate: Known) -> Basis | None:
    """Tell what relates the two, None when nothing does.

    A surname alone relates nobody; together with the same first line of the address, or house and postcode,
    it does.
    """
    if rater.surnames & candidate.surnames and _same_home(rater, candidate):
        return Basis.SURNAME_AND_ADDRESS
    return Basis.EMPLOYER if rater.employers & candidate.employers else None


def names_person(named: str, candidate: Known) -> bool:
    """Tell whether a rater's words name the candidate: the same words in any order."""
    words = set(plain(named).split())
    return len(words) > 1 and words == set(candidate.name.split())


def _same_home(one: Known, other: Known) -> bool:
    if not one.address or not other.address:
        return False
    if one.address == other.address:
        return not (one.postcode and other.postcode) or one.postcode == other.postcode
    houses = {place.address.split()[0] for place in (one, other)}
    is_house = len(houses) == 1 and next(iter(houses))[:1].isdigit()
    return is_house and bool(one.postcode) and one.postcode == other.postcode
