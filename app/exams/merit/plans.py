"""Stage 9, as written: vertical blocks with guarantees inside them, supernumerary seats, rosters, and how
vacancies are shared over the blocks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

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
    """Blocks in the order in which they are filled. `rest` gets the seats that the shares leave over.

    `overall` guarantees are counted over all blocks together.
    """

    blocks: tuple[Block, ...]
    rest: str
    matching: str
    hard: bool
    extras: tuple[Extra, ...]
    roster: Roster | None
    citation: str
    overall: tuple[Guarantee, ...] = ()


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
        _read_guarantees(node, "overall", "half-up"),
    )
    for guarantee in plan.overall:
        if any(guarantee.claim == block.claim for block in blocks):
            node.fault(f"{guarantee.claim!r} has a block of its own; guarantee seats inside it.", "overall")
    node.finish()
    return plan


def _read_guarantees(node: Node, key: str, rounding: str) -> tuple[Guarantee, ...]:
    guarantees = []
    for child in node.children(key):
        mode = child.text("rounding", rounding, MODES)
        guarantees.append(Guarantee(child.text("claim"), child.number("share", 0), mode))
        child.finish()
    return tuple(guarantees)


def _read_block(node: Node) -> Block:
    rounding = node.text("rounding", "half-up", MODES)
    block = Block(
        name=node.text("name"),
        claim=node.text("claim", " ").strip(),
        share=node.number("share", 0),
        rounding=rounding,
        guarantees=_read_guarantees(node, "guarantee", rounding),
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


def seat_numbers(
    plan: Plan, vacancies: int, first_point: int = 1, carried: Mapping[str, int] | None = None
) -> dict[str, int]:
    """Share vacancies over the blocks: by the roster from `first_point` where there is one, else by
    percent. Seats `carried` over from before are added to their blocks.
    """
    numbers = _shared(plan, vacancies, first_point)
    for name, count in (carried or {}).items():
        if name not in numbers or count < 0:
            raise InputError("seats", f"{count} seats cannot be carried over to a block {name!r}.")
        numbers[name] += count
    return numbers


def _shared(plan: Plan, vacancies: int, first_point: int) -> dict[str, int]:
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
