"""What a correction moves for certificates and appointments that were made under the list before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.exams import merit
from app.exams.certificates.states import Outcome
from app.platform.errors import Conflict

MOST_NUMBERS = 200


@dataclass(frozen=True, slots=True)
class Certified:
    """A certificate as it was made: whose names stand on it in order, and what became of each."""

    certificate_id: str
    number: str
    vacancies: int
    issued_on: dt.date
    names: tuple[tuple[str, str, Outcome], ...]  # entry id, candidate number, outcome


@dataclass(frozen=True, slots=True)
class Touch:
    """How a correction touches a certificate, or (with an entry) one person who was selected from it."""

    certificate_id: str
    entry_id: str | None
    effect: dict[str, Any]


def check_only_key(has_other_inputs: bool) -> None:
    """Raise Conflict where more than the key changed since a list was published."""
    if has_other_inputs:
        raise Conflict(
            "The answers or marks changed after the list was published. Draft a corrected list, so that"
            " somebody looks at that as well."
        )


def touches(
    book: merit.Rulebook,
    certified: Sequence[Certified],
    earlier: Sequence[merit.Eligible],
    later: Sequence[merit.Eligible],
) -> list[Touch]:
    """List what a correction touches: certificates whose reach or order changes, and who was selected.

    `earlier` and `later` are the eligible names of both lists in order. Who stood above the last certified
    name without being certified was out of reach for reasons of their own, and still is.
    """
    ranks = (
        {name.candidate_id: name.rank for name in earlier},
        {name.candidate_id: name.rank for name in later},
    )
    found = []
    for certificate in certified:
        found += _touches_of(book, certificate, earlier, later, ranks)
    return found


def _touches_of(
    book: merit.Rulebook,
    certificate: Certified,
    earlier: Sequence[merit.Eligible],
    later: Sequence[merit.Eligible],
    ranks: tuple[Mapping[str, int], Mapping[str, int]],
) -> list[Touch]:
    own = [number for _, number, _ in certificate.names]
    ranks_before, ranks_after = ranks
    reach = reach_again(book, certificate, own, earlier, later)
    order_before = [number for number in own if number in ranks_after]
    certified = set(own)
    order_after = [name.candidate_id for name in later if name.candidate_id in certified]
    came, left = [n for n in reach if n not in own], [n for n in own if n not in reach]
    if not came and not left and order_before == order_after:
        return []
    effect = {
        "came": came[:MOST_NUMBERS],
        "left": left[:MOST_NUMBERS],
        "order_changed": order_before != order_after,
        "ranks": {number: [ranks_before.get(number), ranks_after.get(number)] for number in own},
    }
    whole = Touch(certificate.certificate_id, None, effect)
    selected = [
        Touch(
            certificate.certificate_id,
            entry_id,
            {
                "number": number,
                "ranks": [ranks_before.get(number), ranks_after.get(number)],
                "in_reach": number in reach,
                "came": came[:MOST_NUMBERS],
            },
        )
        for entry_id, number, outcome in certificate.names
        if outcome is Outcome.APPOINTED and (number not in reach or came)
    ]
    return [whole, *selected]


def reach_again(
    book: merit.Rulebook,
    certificate: Certified,
    own: Collection[str],
    earlier: Sequence[merit.Eligible],
    later: Sequence[merit.Eligible],
) -> list[str]:
    """List who would be within reach of a certificate under the later list, in its order.

    Where a rulebook gives the certificate its names in another way, the reach is as many of the list's
    names as it had.
    """
    places = {name.candidate_id: place for place, name in enumerate(earlier)}
    last = max((places[number] for number in own if number in places), default=-1)
    absent = {name.candidate_id for name in earlier[: last + 1]} - set(own)
    try:
        formed = merit.certify(
            book,
            list(later),
            issued_on=certificate.issued_on,
            vacancies=certificate.vacancies,
            unavailable=absent,
        )
    except merit.MeritError as error:
        raise Conflict(
            f"The reach of certificate {certificate.number} cannot be worked out. {error}"
        ) from error
    return [name.candidate_id for name in formed.names]


Standing = tuple[int | None, int, int]


def figures(rows: Iterable[tuple[Standing, Standing]]) -> dict[str, int]:
    """Count what moved: each row has rank, score and its denominator before and after, of one person."""
    counts = dict.fromkeys(
        ("people", "scores", "ranks", "now_pass", "now_fail", "passed_before", "passed_after"), 0
    )
    for (old_rank, old, old_over), (rank, score, over) in rows:
        counts["people"] += 1
        counts["scores"] += old * over != score * old_over
        counts["ranks"] += old_rank != rank
        counts["now_pass"] += old_rank is None and rank is not None
        counts["now_fail"] += old_rank is not None and rank is None
        counts["passed_before"] += old_rank is not None
        counts["passed_after"] += rank is not None
    return counts


def sentences(effect: Mapping[str, Any]) -> list[str]:
    """Say what a flag tells, each number with what it means."""
    said = []
    if effect.get("number"):
        before, after = effect["ranks"]
        said.append(f"Candidate {effect['number']}: rank {before or 'none'} before, {after or 'none'} now.")
        said.append("Still within reach." if effect["in_reach"] else "No longer within reach.")
    if effect.get("left"):
        said.append(f"No longer within reach: {', '.join(effect['left'][:10])}.")
    if effect.get("came"):
        said.append(f"Now within reach, and not certified: {', '.join(effect['came'][:10])}.")
    if effect.get("order_changed"):
        said.append("The order of the names on it changes.")
    return said
