"""Stage 9: seats in vertical blocks with guarantees inside them, supernumerary seats, and several posts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from app.exams.merit.choice import Seeker, choose
from app.exams.merit.errors import InputError, MeritError
from app.exams.merit.reading import Node
from app.exams.merit.rosters import Roster, read_roster
from app.exams.merit.rounding import MODES, round_whole


@dataclass(frozen=True, slots=True)
class Guarantee:
    """Least seats of a block for holders of a claim, as a share of the block in percent."""

    claim: str
    share: Fraction
    rounding: str


@dataclass(frozen=True, slots=True)
class Block:
    """Seats for holders of `claim`; "" is open to everybody.

    `share` is in percent of all seats. `barred` claims may not sit here. `guarantee_from` "unreserved"
    lets only people without a reserved claim take the guaranteed seats. `falls_to` names the block that
    gets seats nobody fills; "" leaves them empty, to be carried over.
    """

    name: str
    claim: str
    share: Fraction
    rounding: str
    guarantees: tuple[Guarantee, ...]
    guarantee_from: str
    barred: frozenset[str]
    falls_to: str
    citation: str


@dataclass(frozen=True, slots=True)
class Extra:
    """Supernumerary seats: holders of a claim are added up to a share of the vacancies, nobody loses a seat.

    `within` is how far below the last seated mark they may stand.
    """

    claim: str
    share: Fraction
    rounding: str
    within: Fraction
    citation: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Blocks in the order in which they are filled. `rest` gets the seats that the shares leave over."""

    blocks: tuple[Block, ...]
    rest: str
    matching: str
    hard: bool
    extras: tuple[Extra, ...]
    roster: Roster | None
    citation: str


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


def read_plan(root: Node) -> Plan | None:
    """Read [seats] with its blocks, extras and roster."""
    node = root.child("seats")
    if node is None:
        return None
    nodes = node.children("block")
    blocks = tuple(_read_block(child) for child in nodes)
    names = [block.name for block in blocks]
    for place, (child, block) in enumerate(zip(nodes, blocks, strict=True)):
        if block.name in names[:place]:
            child.fault(f"The block {block.name!r} stands here twice.", "name")
        if block.falls_to and block.falls_to not in names:
            child.fault(f"There is no block {block.falls_to!r}.", "falls_to")
    if not blocks:
        node.fault("[seats] needs at least one [[seats.block]].")
    rest = node.text("rest", " ").strip()
    if rest and rest not in names:
        node.fault(f"There is no block {rest!r}.", "rest")
    if sum(block.share for block in blocks) > 100:
        node.fault("The shares of the blocks add up to more than 100.")
    plan = Plan(
        blocks,
        rest,
        node.text("matching", "one-to-one", ("one-to-one", "one-to-all")),
        node.flag("hard", False),
        tuple(_read_extra(child) for child in node.children("extra")),
        read_roster(node.child("roster")),
        node.text("citation"),
    )
    node.finish()
    return plan


def _read_block(node: Node) -> Block:
    rounding = node.text("rounding", "half-up", MODES)
    guarantees = []
    for child in node.children("guarantee"):
        mode = child.text("rounding", rounding, MODES)
        guarantees.append(Guarantee(child.text("claim"), child.number("share", 0), mode))
        child.finish()
    block = Block(
        name=node.text("name"),
        claim=node.text("claim", " ").strip(),
        share=node.number("share", 0),
        rounding=rounding,
        guarantees=tuple(guarantees),
        guarantee_from=node.text("guarantee_from", "all", ("all", "unreserved")),
        barred=frozenset(node.texts("barred", ())),
        falls_to=node.text("falls_to", " ").strip(),
        citation=node.text("citation"),
    )
    node.finish()
    return block


def _read_extra(node: Node) -> Extra:
    extra = Extra(
        node.text("claim"),
        node.number("share"),
        node.text("rounding", "ceiling", MODES),
        node.number("within", 0),
        node.text("citation"),
    )
    node.finish()
    return extra


def seat_numbers(plan: Plan, vacancies: int, first_point: int = 1) -> dict[str, int]:
    """Share vacancies over the blocks: by the roster from `first_point` where there is one, else by
    percent.
    """
    if plan.roster is not None:
        counts = plan.roster.counts(first_point, vacancies)
        return {block.name: counts.get(block.name, 0) for block in plan.blocks}
    numbers = {
        block.name: round_whole(block.share * vacancies / 100, block.rounding) for block in plan.blocks
    }
    if plan.rest:
        numbers[plan.rest] += vacancies - sum(numbers.values())
        if numbers[plan.rest] < 0:
            raise MeritError(f"The shares ask for more than the {vacancies} vacancies.")
    return numbers


def guarantee_numbers(block: Block, seats: int) -> dict[str, int]:
    """Give the seats that each guarantee of a block asks for."""
    return {rule.claim: round_whole(rule.share * seats / 100, rule.rounding) for rule in block.guarantees}


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
    reserved = {block.claim for block in plan.blocks if block.claim}
    left = list(seekers)
    seated: dict[str, list[Seat]] = {block.name: [] for block in plan.blocks}
    empty: dict[str, int] = {}
    missing: dict[str, Mapping[str, int]] = {}
    for block in plan.blocks:
        count = numbers.get(block.name, 0)
        asked = guarantee_numbers(block, count) if guarantees is None else guarantees.get(block.name, {})
        able = _able(block, left)
        free = {seeker.candidate_id for seeker in able if not seeker.claims & reserved}
        protected = free if block.guarantee_from == "unreserved" else None
        choice = choose(able, count, asked, matching=plan.matching, hard=plan.hard, protected=protected)
        seated[block.name] = [
            Seat(seeker.candidate_id, block.name, choice.grounds[seeker.candidate_id])
            for seeker in choice.chosen
        ]
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
