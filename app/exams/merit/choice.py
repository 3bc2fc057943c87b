"""Stage 9, one block of seats: the best people by merit under minimum guarantees for traits.

One-to-one: a person counts for one guarantee only. People are kept in order of merit as long as the
largest matching of people to guaranteed seats grows, then the other seats are filled by merit (Sönmez and
Yenmez, Affirmative Action in India via Vertical, Horizontal, and Overlapping Reservations, Econometrica
90(3), 2022, read 2026-11-22). One-to-all: a person counts for each of their traits; the best set is built
in order of merit, taking a person whenever the guarantees can still be met with the seats that are left.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.exams.merit.errors import MeritError

MERIT, GUARANTEE = "merit", "guarantee"


@dataclass(frozen=True, slots=True)
class Seeker:
    """Somebody who seeks a seat; the order of a sequence of seekers is the order of merit."""

    candidate_id: str
    claims: frozenset[str]


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is chosen, in order of merit, with the ground of each, and the guarantees that could not be met."""

    chosen: tuple[Seeker, ...]
    grounds: Mapping[str, str]
    missing: Mapping[str, int]


def choose(
    seekers: Sequence[Seeker],
    seats: int,
    guarantees: Mapping[str, int],
    *,
    matching: str = "one-to-one",
    hard: bool = False,
    protected: Collection[str] | None = None,
) -> Choice:
    """Fill the seats of one block.

    `hard` leaves a guaranteed seat empty when nobody has the trait; otherwise it goes by merit.
    `protected` limits who may take a seat by a guarantee; None lets everybody.
    """
    if sum(guarantees.values()) > seats and matching == "one-to-one":
        raise MeritError(f"{sum(guarantees.values())} seats are guaranteed, but the block has {seats}.")
    wanted = {trait: count for trait, count in guarantees.items() if count}
    if matching == "one-to-one":
        kept, missing = _matched(seekers, wanted, protected)
    else:
        kept, missing = _covering(seekers, seats, wanted, protected)
    empty = sum(missing.values()) if hard else 0
    taken = set(kept)
    for seeker in seekers:
        if len(taken) >= seats - empty:
            break
        taken.add(seeker.candidate_id)
    chosen = tuple(seeker for seeker in seekers if seeker.candidate_id in taken)
    first = {seeker.candidate_id for seeker in seekers[: len(chosen)]}
    grounds = {
        seeker.candidate_id: f"{GUARANTEE} for {kept[seeker.candidate_id]}"
        if seeker.candidate_id in kept and seeker.candidate_id not in first
        else MERIT
        for seeker in chosen
    }
    return Choice(chosen, grounds, {trait: count for trait, count in missing.items() if count})


def _matched(
    seekers: Sequence[Seeker], wanted: Mapping[str, int], protected: Collection[str] | None
) -> tuple[dict[str, str], dict[str, int]]:
    """Keep a person when the matching grows; give the trait each kept person serves and what is missing."""
    holders: dict[str, list[Seeker]] = {trait: [] for trait in wanted}
    open_seats = sum(wanted.values())
    for seeker in seekers:
        if not open_seats:
            break
        if (protected is None or seeker.candidate_id in protected) and _augment(
            seeker, wanted, holders, set()
        ):
            open_seats -= 1
    kept = {holder.candidate_id: trait for trait, people in holders.items() for holder in people}
    return kept, {trait: wanted[trait] - len(people) for trait, people in holders.items()}


def _augment(
    seeker: Seeker, wanted: Mapping[str, int], holders: dict[str, list[Seeker]], seen: set[str]
) -> bool:
    """Seat one more person, moving others between their traits where that makes room; nobody loses a seat."""
    for trait in sorted(seeker.claims & wanted.keys()):
        if trait in seen:
            continue
        seen.add(trait)
        if len(holders[trait]) < wanted[trait]:
            holders[trait].append(seeker)
            return True
        for place, holder in enumerate(holders[trait]):
            if _augment(holder, wanted, holders, seen):
                holders[trait][place] = seeker
                return True
    return False


def _covering(
    seekers: Sequence[Seeker], seats: int, wanted: Mapping[str, int], protected: Collection[str] | None
) -> tuple[dict[str, str], dict[str, int]]:
    """Give everybody chosen with the traits they serve, when each person counts for all their traits."""
    traits = tuple(wanted)
    able = [seeker for seeker in seekers if protected is None or seeker.candidate_id in protected]
    supply = _supply(able, traits)
    needs = _reachable(tuple(wanted[trait] for trait in traits), supply, seats)
    missing = {trait: wanted[trait] - need for trait, need in zip(traits, needs, strict=True)}
    kept: dict[str, str] = {}
    able_ids = {seeker.candidate_id for seeker in able}
    for seeker in seekers:
        if len(kept) == seats or not any(needs):
            break
        own = _signature(seeker, traits) if seeker.candidate_id in able_ids else (0,) * len(traits)
        supply = {kind: count - (kind == own) for kind, count in supply.items()}
        after = tuple(max(0, need - has) for need, has in zip(needs, own, strict=True))
        if _fewest(after, supply) <= seats - len(kept) - 1:
            served = [trait for trait, need, has in zip(traits, needs, own, strict=True) if need and has]
            kept[seeker.candidate_id] = " and ".join(served)
            needs = after
    return kept, missing


Signature = tuple[int, ...]


def _signature(seeker: Seeker, traits: tuple[str, ...]) -> Signature:
    return tuple(int(trait in seeker.claims) for trait in traits)


def _supply(seekers: Sequence[Seeker], traits: tuple[str, ...]) -> dict[Signature, int]:
    supply: dict[Signature, int] = {}
    for seeker in seekers:
        own = _signature(seeker, traits)
        if any(own):
            supply[own] = supply.get(own, 0) + 1
    return supply


def _reachable(needs: Signature, supply: dict[Signature, int], seats: int) -> Signature:
    """Lower each need, the first declared trait last, to what so few seats and people can meet together."""
    met: Signature = ()
    for need in needs:
        rest = (0,) * (len(needs) - len(met) - 1)
        met = (
            *met,
            next(least for least in range(need, -1, -1) if _fewest((*met, least, *rest), supply) <= seats),
        )
    return met


# More people than any block has seats: the needs cannot be met.
_BEYOND = 1 << 60


def _fewest(needs: Signature, supply: Mapping[Signature, int]) -> int:
    """Give the fewest people of the supply who meet all needs, _BEYOND when they cannot."""
    stock = sorted((pair for pair in supply.items() if pair[1]), key=lambda pair: -sum(pair[0]))
    return _search(needs, tuple(stock))


@lru_cache(maxsize=1 << 16)
def _search(needs: Signature, stock: tuple[tuple[Signature, int], ...]) -> int:
    """Try each number of people of the broadest kind; where more of it is never worse only the most is
    tried.
    """
    if not any(needs):
        return 0
    if not stock:
        return _BEYOND
    (kind, count), rest = stock[0], stock[1:]
    useful = max(need for need, has in zip(needs, kind, strict=True) if has)
    most = min(count, useful)
    covers_all = all(has for need, has in zip(needs, kind, strict=True) if need)
    fewest = _BEYOND
    for used in range(most, -1, -1):
        after = tuple(max(0, need - used * has) for need, has in zip(needs, kind, strict=True))
        fewest = min(fewest, used + _search(after, rest))
        if covers_all or sum(kind) == 1:
            break
    return fewest
