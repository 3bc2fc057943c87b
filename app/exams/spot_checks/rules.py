"""How large a sample is, which sheets are in it, and what a second reading finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.exams import merit
from app.platform.errors import Conflict, Invalid

SEED_LENGTHS = (8, 200)
BLANK, SEVERAL = "", "*"
SIGNS = {"-": BLANK, "*": SEVERAL}


def sample_size(population: int, wrong_percent: int) -> int:
    """Give how many sheets catch a wrong one in 95 of 100 cases when so many percent of all are wrong.

    Counted exactly for a pile of this size, without putting sheets back; part of a sheet counts as one.
    """
    if population < 1:
        raise Conflict("There are no answer sheets to draw from.")
    wrong = -(-population * wrong_percent // 100)
    unseen, all_ways = 1, 1
    for size in range(1, population + 1):
        unseen *= max(population - wrong - size + 1, 0)
        all_ways *= population - size + 1
        if unseen * 20 <= all_ways:
            return size
    return population


def check_seed(seed: str) -> str:
    """Give the seed without spaces around it; Invalid when it is too short to have been drawn in public."""
    seed = seed.strip()
    if not SEED_LENGTHS[0] <= len(seed) <= SEED_LENGTHS[1]:
        raise Invalid(seed=f"Enter the seed that was drawn in public, {SEED_LENGTHS[0]} characters or more.")
    return seed


def drawn(seed: str, examination: str, numbers: Sequence[str], size: int) -> list[str]:
    """Draw so many candidate numbers: those with the lowest lots, in the order of the lots.

    A lot is HMAC-SHA256 with the seed as its key over "sample", the examination's and the candidate's number.
    """
    return sorted(numbers, key=lambda number: merit.draw(seed, f"sample{examination}", number))[:size]


def read_signs(text: str, codes: Sequence[str], options: Sequence[str]) -> dict[str, str]:
    """Read the answers of a sheet as typed, in the order of `codes`; Invalid names the first fault.

    A sign for each item, spaces between them or not: an answer, "-" for none, "*" for several. Where answers
    have more than one letter, spaces must stand between them.
    """
    are_single = all(len(option) == 1 for option in options)
    signs = list("".join(text.split())) if are_single else text.split()
    if len(signs) != len(codes):
        raise Invalid(answers=f"The sheet has {len(codes)} items; {len(signs)} answers are entered.")
    known = {option.casefold(): option for option in options} | SIGNS
    found = {}
    for code, sign in zip(codes, signs, strict=True):
        if sign.casefold() not in known:
            allowed = ", ".join(options)
            raise Invalid(answers=f"“{sign}” at item {code} is no answer. Answers are {allowed}, - and *.")
        found[code] = known[sign.casefold()]
    return found


def differences(stored: Mapping[str, str], read: Mapping[str, str]) -> dict[str, list[str]]:
    """Give what is stored and what was read of each item where they are not the same."""
    return {
        code: [stored.get(code, BLANK), sign]
        for code, sign in read.items()
        if stored.get(code, BLANK) != sign
    }


def demand_other_person(actor_id: str | None, read_by: str | None) -> None:
    """Raise Conflict when who settles a difference is who found it."""
    if actor_id is None or actor_id == read_by:
        raise Conflict("You read this sheet, so somebody else has to settle the difference.")
