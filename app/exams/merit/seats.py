"""Stage 9: seats in vertical blocks with guarantees inside them, supernumerary seats, and several posts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import MappingProxyType

from app.exams.merit.choice import Seeker, choose
from app.exams.merit.errors import InputError
from app.exams.merit.plans import Block, Plan, guarantee_numbers
from app.exams.merit.rounding import round_whole


@dataclass(frozen=True, slots=True)
class Seat:
    """Where somebody sits, and on what ground: by merit, by a guarantee, or supernumerary."""

    candidate_id: str
    block: str
    ground: str


@dataclass(frozen=True)
class Allocation:
    """The seats in the order of blocks and merit, the seats nobody fills, and the guarantees not met."""

    seats: tuple[Seat, ...]
    empty: Mapping[str, int]
    missing: Mapping[str, Mapping[str, int]]
    by_block: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def seat(self, candidate_id: str) -> Seat | None:
        """Find somebody's seat, None without one."""
        return next((seat for seat in self.seats if seat.candidate_id == candidate_id), None)


def allocate(
    plan: Plan,
    seekers: Sequence[Seeker],
    numbers: Mapping[str, int],
    guarantees: Mapping[str, Mapping[str, int]] | None = None,
) -> Allocation:
    """Fill the blocks one after the other from seekers in order of merit.

    `numbers` are the seats of each block. `guarantees` replaces the numbers that follow from the shares.
    """
    unknown = sorted(set(numbers) - {block.name for block in plan.blocks})
    if unknown:
        raise InputError("seats", f"the rulebook has no block {unknown[0]!r}.")
    asked = {
        block.name: dict(
            guarantee_numbers(block, numbers.get(block.name, 0))
            if guarantees is None
            else guarantees.get(block.name, {})
        )
        for block in plan.blocks
    }
    allocation = fill(plan, seekers, numbers, asked)
    placed: dict[str, tuple[str, str]] = {}
    for place, rule in enumerate(plan.overall):
        wanted = round_whole(rule.share * sum(numbers.values()) / 100, rule.rounding)
        claims = tuple(earlier.claim for earlier in plan.overall[:place])
        allocation = _Overall(plan, seekers, numbers, asked, placed, claims, rule.claim, wanted).met(
            allocation
        )
    return allocation


@dataclass
class _Overall:
    """A guarantee over all blocks together.

    Where it is not met, the best holder without a seat is placed in a block to which they belong, their own
    reserved one or else an open one, and the other seats are filled again (Anil Kumar Gupta, 1995 5 SCC 173:
    those wanting are adjusted against their own vertical groups). `placed` are these people with block and
    claim, those for the `earlier` claims too.
    """

    plan: Plan
    seekers: Sequence[Seeker]
    numbers: Mapping[str, int]
    asked: Mapping[str, Mapping[str, int]]
    placed: dict[str, tuple[str, str]]
    earlier: tuple[str, ...]
    claim: str
    wanted: int

    def met(self, allocation: Allocation) -> Allocation:
        """Place people as long as one more holder gets a seat by it."""
        better: Allocation | None = allocation
        while better is not None:
            allocation, better = better, self.one_more(better)
        lacking = self.wanted - len(self.held(allocation))
        if lacking <= 0:
            return allocation
        return replace(allocation, missing={**allocation.missing, "overall": {self.claim: lacking}})

    def one_more(self, allocation: Allocation) -> Allocation | None:
        """Seat one more holder, the best for whom that is possible; None where it is not or need not be."""
        held = self.held(allocation)
        if len(held) >= self.wanted:
            return None
        for seeker in self.seekers:
            if self.claim not in seeker.claims or allocation.seat(seeker.candidate_id):
                continue
            for block in self.own_blocks(seeker):
                placed = {**self.placed, seeker.candidate_id: (block, self.claim)}
                room = self.room(placed)
                if room[block] >= sum(self.asked[block].values()):
                    asked = {name: self.protected(allocation, name, left) for name, left in room.items()}
                    again = fill(self.plan, self.seekers, self.numbers, asked, placed)
                    if len(self.held(again)) > len(held):
                        self.placed.update(placed)
                        return again
        return None

    def room(self, placed: Mapping[str, tuple[str, str]]) -> dict[str, int]:
        """Count the seats of each block that are left beside people placed."""
        taken = [block for block, _ in placed.values()]
        return {name: self.numbers.get(name, 0) - taken.count(name) for name in self.asked}

    def protected(self, allocation: Allocation, block: str, room: int) -> dict[str, int]:
        """Guarantee their seats to holders who sit in a block by merit, as far as there is room for it."""
        seated = set(allocation.by_block[block]) - self.placed.keys()
        asked = dict(self.asked[block])
        for claim in (*self.earlier, self.claim):
            held = sum(one.candidate_id in seated and claim in one.claims for one in self.seekers)
            others = sum(count for name, count in asked.items() if name != claim)
            asked[claim] = max(asked.get(claim, 0), min(held, room - others))
        return asked

    def held(self, allocation: Allocation) -> list[str]:
        """List the people with a seat who hold the claim."""
        holders = {seeker.candidate_id for seeker in self.seekers if self.claim in seeker.claims}
        return [seat.candidate_id for seat in allocation.seats if seat.candidate_id in holders]

    def own_blocks(self, seeker: Seeker) -> list[str]:
        """List the blocks that somebody may sit in, reserved ones before open ones."""
        able = [block for block in self.plan.blocks if _able(block, [seeker])]
        return [block.name for block in sorted(able, key=lambda block: not block.claim)]


def fill(
    plan: Plan,
    seekers: Sequence[Seeker],
    numbers: Mapping[str, int],
    guarantees: Mapping[str, Mapping[str, int]],
    placed: Mapping[str, tuple[str, str]] = MappingProxyType({}),
) -> Allocation:
    """Fill the blocks one after the other, with so many seats guaranteed inside each.

    People `placed` in a block before, for the guarantee of a claim over all blocks, sit there.
    """
    reserved = {block.claim for block in plan.blocks if block.claim}
    left = [seeker for seeker in seekers if seeker.candidate_id not in placed]
    seated: dict[str, list[Seat]] = {block.name: [] for block in plan.blocks}
    empty: dict[str, int] = {}
    missing: dict[str, Mapping[str, int]] = {}
    for block in plan.blocks:
        own = {name: claim for name, (where, claim) in placed.items() if where == block.name}
        count = numbers.get(block.name, 0) - len(own)
        asked = guarantees[block.name]
        able = _able(block, left)
        free = {seeker.candidate_id for seeker in able if not seeker.claims & reserved}
        protected = free if block.guarantee_from == "unreserved" else None
        choice = choose(able, count, asked, matching=plan.matching, hard=plan.hard, protected=protected)
        seated[block.name] = [
            Seat(seeker.candidate_id, block.name, choice.grounds[seeker.candidate_id])
            for seeker in choice.chosen
        ] + [Seat(name, block.name, f"guarantee for {claim} over all seats") for name, claim in own.items()]
        gone = {seeker.candidate_id for seeker in choice.chosen}
        left = [seeker for seeker in left if seeker.candidate_id not in gone]
        empty[block.name] = count - len(choice.chosen)
        missing[block.name] = choice.missing
    _fall(plan, seated, empty, left)
    return _allocation(seated, empty, missing)


def _able(block: Block, seekers: Sequence[Seeker]) -> list[Seeker]:
    return [
        seeker
        for seeker in seekers
        if (not block.claim or block.claim in seeker.claims) and not seeker.claims & block.barred
    ]


def _fall(plan: Plan, seated: dict[str, list[Seat]], empty: dict[str, int], left: list[Seeker]) -> None:
    """Give seats that nobody fills to the block they fall to, by merit among those left."""
    by_name = {block.name: block for block in plan.blocks}
    for block in plan.blocks:
        if not block.falls_to or not empty[block.name]:
            continue
        for seeker in _able(by_name[block.falls_to], left)[: empty[block.name]]:
            ground = f"merit, in a seat that nobody of {block.name} fills"
            seated[block.falls_to].append(Seat(seeker.candidate_id, block.falls_to, ground))
            left.remove(seeker)
            empty[block.name] -= 1


def _allocation(
    seated: Mapping[str, Sequence[Seat]], empty: Mapping[str, int], missing: Mapping[str, Mapping[str, int]]
) -> Allocation:
    return Allocation(
        tuple(seat for seats in seated.values() for seat in seats),
        {name: count for name, count in empty.items() if count},
        {name: lacking for name, lacking in missing.items() if lacking},
        {name: tuple(seat.candidate_id for seat in seats) for name, seats in seated.items()},
    )


def add_extras(
    plan: Plan,
    allocation: Allocation,
    seekers: Sequence[Seeker],
    scores: Mapping[str, Fraction],
    vacancies: int,
) -> Allocation:
    """Add supernumerary seats; `scores` are the deciding marks by candidate id."""
    by_id = {seeker.candidate_id: seeker for seeker in seekers}
    seats = list(allocation.seats)
    if not seats:
        return allocation
    cut = min(scores[seat.candidate_id] for seat in seats)
    for extra in plan.extras:
        target = round_whole(extra.share * vacancies / 100, extra.rounding)
        inside = {seat.candidate_id for seat in seats}
        held = sum(extra.claim in by_id[candidate].claims for candidate in inside)
        for seeker in seekers:
            near = scores[seeker.candidate_id] >= cut - extra.within
            if held < target and seeker.candidate_id not in inside and extra.claim in seeker.claims and near:
                seats.append(Seat(seeker.candidate_id, f"extra {extra.claim}", "supernumerary"))
                held += 1
    grouped: dict[str, list[Seat]] = {}
    for seat in seats:
        grouped.setdefault(seat.block, []).append(seat)
    return _allocation(grouped, allocation.empty, allocation.missing)
