"""What a change of the key would move: worked out from the sealed inputs, never stored as a list."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.exams import merit
from app.exams.corrections.rules import Certified, sentences, touches
from app.exams.merit.fairness.four_fifths import Group
from app.exams.merit.fairness.stages import Stage, groups_to_hide
from app.exams.scoring.rules import Inputs, Ranked, rank, rank_again
from app.platform.audit import canonical

SHOWN = 50
STEPS = (1, 10, 50, 100, 500, 1000)
MARK = "meritum what-if: no list and no decision"
STOPPED = "It names people of the version that would be replaced: nothing more could be recorded on it."
COUNTED = ("people", "before", "after")
HEADINGS = ("candidate", "rank_before", "rank_after", "score_before", "score_after")


@dataclass(frozen=True, slots=True)
class Trial:
    """Two rankings of the same people by two keys, and what lies between them."""

    before: Ranked
    after: Ranked
    movers: bytes
    result: dict[str, Any]


def work_out(
    inputs: Inputs,
    base: merit.Key,
    tried: merit.Key,
    seed: str,
    certified: Sequence[Certified],
    least_shown: int,
    stopped: Mapping[str, str] | None = None,
) -> Trial:
    """Rank by the key in force and by the tried one, which looks only at the items that changed.

    Groups of fewer than `least_shown` people have no figures. `stopped` are the numbers, by id, of the
    certificates from the list in force on which nothing could be recorded after a new version of it.
    """
    before = rank(inputs, base, seed)
    after = rank_again(inputs, before, tried, seed)
    moved = merit.movement(before.listing, after.listing)
    rows = moved.moved()
    result = {
        "figures": _figures(moved, before, after),
        "steps": _steps(moved),
        "largest": [_line(row) for row in sorted(rows, key=_size, reverse=True)[:SHOWN]],
        "groups": _groups(inputs, before, after, least_shown),
        "certificates": _certificates(inputs, certified, before, after) + _stopped(stopped or {}),
    }
    return Trial(before, after, _movers_file(rows), result)


def seal(values: Mapping[str, Any]) -> str:
    """Give the SHA-256 of a what-if's content; its first line says that it is none of the lists."""
    return hashlib.sha256(canonical({"kind": MARK, **values}).encode()).hexdigest()


def _figures(moved: merit.Movement, before: Ranked, after: Ranked) -> dict[str, int]:
    up, down = _by_rank(moved)
    return {
        "people": len(moved),
        "scores": moved.scores,
        "ranks": moved.ranks,
        "up": up,
        "down": down,
        "now_pass": moved.now_pass,
        "now_fail": moved.now_fail,
        "passed_before": before.listing.passed_count,
        "passed_after": after.listing.passed_count,
    }


def _by_rank(moved: merit.Movement) -> tuple[int, int]:
    both = (moved.rank_before > 0) & (moved.rank_after > 0)
    return (
        int((both & (moved.rank_after < moved.rank_before)).sum()),
        int((both & (moved.rank_after > moved.rank_before)).sum()),
    )


def _steps(moved: merit.Movement) -> list[list[Any]]:
    """Count who moves by how many ranks, in steps: [words, up, down]."""
    both = (moved.rank_before > 0) & (moved.rank_after > 0)
    change = np.where(both, moved.rank_before - moved.rank_after, 0)
    found = []
    for low, above in zip(STEPS, (*STEPS[1:], None), strict=True):
        words = f"{low}" if above == low + 1 else f"{low} to {above - 1}" if above else f"{low} or more"
        most = above - 1 if above else int(np.abs(change).max(initial=0))
        up = int(((change >= low) & (change <= most)).sum())
        down = int(((-change >= low) & (-change <= most)).sum())
        if up or down:
            found.append([words, up, down])
    return found


def _groups(inputs: Inputs, before: Ranked, after: Ranked, least: int) -> list[dict[str, Any]]:
    """Count passing by verified claim to preference; who is in none is a group as well.

    Small groups have no figures, nor others by which a subtraction would tell of them.
    """
    people: dict[str, set[str]] = {}
    everybody = before.listing.candidates.ids.tolist()
    for number in everybody:
        for claim in inputs.claims.get(number) or ("",):
            people.setdefault(claim, set()).add(number)
    titles = {rule.claim: rule.title for rule in inputs.book.preferences.rules}
    passed = [_passed(ranked) for ranked in (before, after)]
    counts = {claim: (len(own), *(len(own & those) for those in passed)) for claim, own in people.items()}
    groups = tuple(Group(claim, size, before) for claim, (size, before, _) in counts.items())
    hidden = groups_to_hide([Stage("passing", groups)], least)
    return [
        {
            "title": titles.get(claim, claim) if claim else "No claim to preference",
            **dict(zip(COUNTED, (None, None, None) if claim in hidden else found, strict=True)),
        }
        for claim, found in sorted(counts.items())
    ]


def _passed(ranked: Ranked) -> set[str]:
    listing = ranked.listing
    return set(listing.candidates.ids[listing.order[: listing.passed_count]].tolist())


def _certificates(
    inputs: Inputs, certified: Sequence[Certified], before: Ranked, after: Ranked
) -> list[dict[str, Any]]:
    """Say which certificates and which people selected from them the change would touch."""
    if not certified:
        return []
    names = {row.certificate_id: row.number for row in certified}
    found = touches(inputs.book, certified, list(before.listing.eligibles()), list(after.listing.eligibles()))
    return [
        {
            "certificate_id": touch.certificate_id,
            "number": names[touch.certificate_id],
            "is_person": touch.entry_id is not None,
            "sentences": sentences(touch.effect),
        }
        for touch in found
    ]


def _stopped(numbers: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {"certificate_id": own, "number": number, "is_person": False, "sentences": [STOPPED]}
        for own, number in numbers.items()
    ]


def _size(row: merit.Moved) -> tuple[bool, int]:
    """Order people by how much they move: first who begins or ceases to pass."""
    is_gate = (row.rank_before is None) != (row.rank_after is None)
    return is_gate, abs((row.rank_before or 0) - (row.rank_after or 0))


def _line(row: merit.Moved) -> list[Any]:
    return [row.candidate_id, row.rank_before, row.rank_after, row.score_before, row.score_after]


def _movers_file(rows: Sequence[merit.Moved]) -> bytes:
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(HEADINGS)
    lines.writerows(_line(row) for row in rows)
    return out.getvalue().encode()
