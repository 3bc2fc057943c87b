"""What may be looked for, as a value that an address, a saved search and a feed all hold alike."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from app.platform.ids import is_id
from app.platform.sentences import Sentence, say
from app.platform.words import cut
from app.recruitment.postings.states import Audience, EmploymentType

MOST_PAY_MINOR = 10**11
LONGEST_TEXT = 300


class Sort(enum.Enum):
    BEST = "best"
    NEWEST = "newest"
    CLOSING = "closing"
    PAY = "pay"
    TITLE = "title"
    AGENCY = "agency"
    PLACE = "place"

    @property
    def title(self) -> Sentence:
        return SORT_TITLES[self]


SORT_TITLES = {
    Sort.BEST: say("Best match"),
    Sort.NEWEST: say("Newest first"),
    Sort.CLOSING: say("Closing soonest"),
    Sort.PAY: say("Highest pay first"),
    Sort.TITLE: say("Title, A to Z"),
    Sort.AGENCY: say("Agency, A to Z"),
    Sort.PLACE: say("Place, A to Z"),
}
# Agency and place are for programs: no index holds these orders.
OFFERED_SORTS = (Sort.BEST, Sort.NEWEST, Sort.CLOSING, Sort.PAY, Sort.TITLE)


@dataclass(frozen=True, slots=True)
class OpenTo:
    """Somebody for whom vacancies are looked for: an employee or not; `left_out` are ids of postings.

    `residence` and `licences` are the folded names in the profile; None where it says nothing, which leaves
    nothing out.
    """

    is_employee: bool
    left_out: frozenset[str] = frozenset()
    residence: frozenset[str] | None = None
    licences: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """What a visitor looks for; empty values narrow nothing.

    `text` is looked for anywhere, `title`, `class_text` and `places` in these alone; of several values
    in one field any will do. Pay is the lowest pay brought to a year, in minor units. `newer_than` is the key
    of an entry. `after` and `before` are ids of postings between which a page lies.
    """

    text: str = ""
    title: str = ""
    class_text: str = ""
    places: tuple[str, ...] = ()
    agency_ids: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    class_codes: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    employment_types: tuple[EmploymentType, ...] = ()
    audience: Audience | None = None
    pay_minor: int | None = None
    most_pay_minor: int | None = None
    posted_since: dt.datetime | None = None
    newer_than: int | None = None
    is_closing_soon: bool = False
    is_closed: bool = False
    open_to: OpenTo | None = None
    sort: Sort = Sort.NEWEST
    is_reversed: bool = False
    after: str = ""
    before: str = ""

    def parameters(self) -> dict[str, str]:
        """Give the search as the parameters of the list's address, without its page and its person."""
        given = {
            "text": self.text,
            "agency": next(iter(self.agency_ids), ""),
            "place": next(iter(self.places), ""),
            "category": next(iter(self.categories), ""),
            "title": self.class_text,
            "grade": next(iter(self.grades), ""),
            "pay": "" if self.pay_minor is None else f"{Decimal(self.pay_minor).scaleb(-2):f}",
            "employment": next((kind.value for kind in self.employment_types), ""),
            "audience": self.audience.value if self.audience else "",
            "status": "closed" if self.is_closed else "",
            "soon": "y" if self.is_closing_soon else "",
            "sort": "" if self.sort is usual_sort(self.text) else self.sort.value,
        }
        return {name: value for name, value in given.items() if value}


def usual_sort(text: str) -> Sort:
    """Give the order that a list has while none is chosen: with words the best match first."""
    return Sort.BEST if cut(text) else Sort.NEWEST


def from_parameters(given: Mapping[str, str]) -> Search:
    """Read what `Search.parameters` wrote; a value that cannot be read is left out."""
    wanted = Search(
        text=given.get("text", "")[:LONGEST_TEXT],
        class_text=given.get("title", "")[:LONGEST_TEXT],
        places=tuple(value[:LONGEST_TEXT] for value in (given.get("place", ""),) if value),
        agency_ids=tuple(value for value in (given.get("agency", ""),) if is_id(value, "agy")),
        categories=tuple(value for value in (given.get("category", ""),) if value),
        grades=tuple(value for value in (given.get("grade", ""),) if value),
        pay_minor=_minor(given.get("pay", "")),
        is_closing_soon=bool(given.get("soon")),
        is_closed=given.get("status") == "closed",
    )
    kinds = {kind.value: kind for kind in EmploymentType}
    audiences = {audience.value: audience for audience in Audience}
    sorts = {sort.value: sort for sort in OFFERED_SORTS}
    kind = kinds.get(given.get("employment", ""))
    return replace(
        wanted,
        employment_types=(kind,) if kind else (),
        audience=audiences.get(given.get("audience", "")),
        sort=sorts.get(given.get("sort", ""), usual_sort(wanted.text)),
    )


def _minor(text: str) -> int | None:
    try:
        amount = int(Decimal(text).scaleb(2))
    except (InvalidOperation, ValueError, OverflowError):
        return None
    return amount if 0 <= amount <= MOST_PAY_MINOR else None
