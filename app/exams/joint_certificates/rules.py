"""In which order lists serve one request for names, and how many vacancies each of them serves.

A list is used up before the next begins: vacancies are filled by promotion as far as that is possible (N.Y.
Civil Service Law sec. 52(1)), and the names of an old list come before those of a new one (sec. 60(1)). Both
were read 2026-11-22 in what two publishers of statutes print. Preferred lists come before all of them (sec.
81(1), app/exams/preferred_lists): until everybody on one was offered a position, no certificate is drafted.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from app.platform.errors import Conflict, Invalid
from app.recruitment.postings.states import Audience

# More vacancies than any list has people: divided over them, every list shows all its people.
EVERYONE = 10**9
KINDS = {Audience.EMPLOYEES: "Promotion list", Audience.EVERYONE: "Open list"}


@dataclass(frozen=True, slots=True)
class Order:
    """One law's order of lists; `first` are audiences, the first one served first."""

    name: str
    title: str
    first: tuple[Audience, ...]
    rulebooks: frozenset[str]
    citation: str


@dataclass(frozen=True, slots=True)
class Source:
    """One list in force: whom it was announced to, since when it stands, and who can be certified from it.

    `people` maps the candidate number of everyone who is available to the person's account, in list order.
    """

    list_id: str
    rulebook: str
    audience: Audience
    published_at: dt.datetime
    people: dict[str, str]


@dataclass(frozen=True, slots=True)
class Share:
    """What one list serves: its vacancies, its available people, and who of it stands on an earlier one."""

    list_id: str
    vacancies: int
    available: int
    elsewhere: tuple[str, ...]


@cache
def orders() -> tuple[Order, ...]:
    """Read the orders that are laid down."""
    laid_down = tomllib.loads((files("app.exams.joint_certificates") / "orders.toml").read_text("utf-8"))
    return tuple(
        Order(
            name,
            own["title"],
            tuple(Audience(audience) for audience in own["first"]),
            frozenset(own["rulebooks"]),
            own["citation"],
        )
        for name, own in laid_down.items()
    )


def find_order(rulebooks: Collection[str]) -> Order:
    """Give the order that all these rulebooks stand under, or raise Conflict."""
    for order in orders():
        if set(rulebooks) <= order.rulebooks:
            return order
    named = ", ".join(sorted(set(rulebooks)))
    raise Conflict(f"No order is laid down for lists of these rulebooks together: {named}.")


def get_order(name: str) -> Order:
    """Give an order by its name."""
    return next(order for order in orders() if order.name == name)


def divide(order: Order, sources: Sequence[Source], vacancies: int) -> list[Share]:
    """Divide vacancies over lists: each serves as many as it has people left, then the next one begins.

    A person who is available on an earlier list is not counted on a later one. Lists that serve no vacancy
    are left out.
    """
    if vacancies < 1:
        raise Invalid(vacancies="Enter at least one vacancy.")
    ordered = sorted(
        sources, key=lambda one: (order.first.index(one.audience), one.published_at, one.list_id)
    )
    shares, seen, left = [], set[str](), vacancies
    for source in ordered:
        elsewhere = tuple(number for number, account in source.people.items() if account in seen)
        available = len(source.people) - len(elsewhere)
        served = min(left, available)
        if served:
            shares.append(Share(source.list_id, served, available, elsewhere))
        seen |= set(source.people.values())
        left -= served
    return shares


def check_shares(shares: Sequence[Share]) -> None:
    """Raise Conflict where names are not asked from several lists at all."""
    if not shares:
        raise Conflict("Nobody on any list in force for this class can be considered.")
    if len(shares) == 1:
        raise Conflict(
            "The first list in the order has people for every vacancy. Ask for names from that list alone."
        )
