"""When interviews may be, and how times follow one another."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence

from app.platform.errors import Conflict, Invalid

MOST_AT_ONCE = 100
MOST = 2000
LONGEST = 480  # minutes
MOST_THINGS, LONGEST_THING = 12, 300
Span = tuple[dt.datetime, dt.datetime]


def times(first: dt.datetime, minutes: int, pause: int, count: int) -> list[dt.datetime]:
    """Give the beginnings of interviews one after another, with a pause between them."""
    step = dt.timedelta(minutes=minutes + pause)
    return [first + step * place for place in range(count)]


def check_first(first: dt.datetime, at: dt.datetime) -> None:
    """Refuse times that lie in the past."""
    if first <= at:
        raise Invalid(starts_at="The first interview must lie ahead.")


def check_count(existing: int, added: int) -> None:
    """Refuse more times than a panel can hold."""
    if existing + added > MOST:
        raise Conflict(f"A panel has at most {MOST} times.")


def order(seed: str, scripts: Sequence[str]) -> list[str]:
    """Put candidates in the order in which they get the free times: by lot, so that nobody is favoured."""
    return sorted(scripts, key=lambda own: hashlib.sha256(f"{seed}|time|{own}".encode()).hexdigest())


def span(starts_at: dt.datetime, minutes: int) -> Span:
    """Give from when until when an interview takes."""
    return starts_at, starts_at + dt.timedelta(minutes=minutes)


def overlap(one: Span, other: Span) -> bool:
    """Tell whether two interviews share a moment; one may begin as the other ends."""
    return one[0] < other[1] and other[0] < one[1]


def is_free(own: Span, people: Iterable[str], busy: Mapping[str, Sequence[Span]]) -> bool:
    """Tell whether nobody of these people is elsewhere at that time."""
    return not any(overlap(own, taken) for account_id in people for taken in busy.get(account_id, ()))


def give(
    scripts: Sequence[str],
    free: Sequence[tuple[str, Span]],
    people: Mapping[str, Iterable[str]],
    busy: Mapping[str, Sequence[Span]],
) -> dict[str, str]:
    """Give each script the first free time at which its candidate and its raters are nowhere else.

    `free` holds ids with their spans in order, `people` the accounts by script, `busy` what they have
    already. A script for which no time is left gets none.
    """
    taken: dict[str, list[Span]] = {account_id: list(spans) for account_id, spans in busy.items()}
    left, given = list(free), {}
    for script_id in scripts:
        own = list(people.get(script_id, ()))
        found = next((row for row in left if is_free(row[1], own, taken)), None)
        if found is None:
            continue
        left.remove(found)
        given[script_id] = found[0]
        for account_id in own:
            taken.setdefault(account_id, []).append(found[1])
    return given


def read_things(text: str) -> list[str]:
    """Give what is to be brought, a thing a line, or raise Invalid where a letter cannot hold it."""
    things = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if len(things) > MOST_THINGS or any(len(thing) > LONGEST_THING for thing in things):
        raise Invalid(bring=f"Enter {MOST_THINGS} lines at most, each of {LONGEST_THING} characters at most.")
    return things
