"""Seats against an exhaustive search over every set of people."""

from fractions import Fraction
from itertools import combinations, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.exams.merit.assignment import Post, assign
from app.exams.merit.choice import Seeker, choose
from app.exams.merit.plans import Block, Guarantee, Plan
from app.exams.merit.seats import allocate

SEEKERS = st.lists(st.sets(st.sampled_from(["W", "D", "X"])), max_size=7).map(
    lambda held: [Seeker(f"p{place}", frozenset(claims)) for place, claims in enumerate(held)]
)
GUARANTEES = st.dictionaries(st.sampled_from(["W", "D", "X"]), st.integers(1, 2), max_size=3)


def matched(people: tuple[Seeker, ...], guarantees: dict[str, int]) -> int:
    """Count the most guaranteed seats that these people can fill, one each, by trying every arrangement."""
    slots = [trait for trait, count in guarantees.items() for _ in range(count)]
    longer = list(people) + [None] * len(slots)
    best = 0
    for line in set(permutations(longer, len(slots))):
        pairs = list(zip(slots, line, strict=True))
        best = max(best, sum(person is not None and slot in person.claims for slot, person in pairs))
    return best


def covered(people: tuple[Seeker, ...], guarantees: dict[str, int]) -> tuple[int, ...]:
    """Count the guaranteed seats of each trait that these people fill, each counting for all their traits."""
    held = {trait: sum(trait in person.claims for person in people) for trait in guarantees}
    return tuple(min(held[trait], guarantees[trait]) for trait in guarantees)


@settings(max_examples=60, deadline=None)
@given(SEEKERS, GUARANTEES, st.integers(0, 1))
def test_one_to_one_equals_exhaustive_search(
    seekers: list[Seeker], guarantees: dict[str, int], more: int
) -> None:
    seats = sum(guarantees.values()) + more
    size = min(seats, len(seekers))
    sets = [tuple(chosen) for chosen in combinations(seekers, size)]
    most = max(matched(chosen, guarantees) for chosen in sets)
    # combinations come in order of merit, so the first with the most guaranteed seats filled is the best.
    best = next(chosen for chosen in sets if matched(chosen, guarantees) == most)
    assert choose(seekers, seats, guarantees).chosen == best


@settings(max_examples=60, deadline=None)
@given(SEEKERS, GUARANTEES, st.integers(1, 5))
def test_one_to_all_equals_exhaustive_search(
    seekers: list[Seeker], guarantees: dict[str, int], seats: int
) -> None:
    size = min(seats, len(seekers))
    sets = [tuple(chosen) for chosen in combinations(seekers, size)]
    most = max(covered(chosen, guarantees) for chosen in sets)
    best = next(chosen for chosen in sets if covered(chosen, guarantees) == most)
    choice = choose(seekers, seats, guarantees, matching="one-to-all")
    assert choice.chosen == best
    held = covered(best, guarantees)
    assert dict(choice.missing) == {
        trait: guarantees[trait] - has
        for trait, has in zip(guarantees, held, strict=True)
        if guarantees[trait] > has
    }


def block(name: str, claim: str = "", falls_to: str = "") -> Block:
    return Block(name, claim, 0, "half-up", (), "all", frozenset(), falls_to, "test")  # type: ignore[arg-type]


PLAN = Plan((block("OPEN"), block("R", "X", "OPEN")), "", "one-to-one", False, (), None, "test")


@settings(max_examples=60, deadline=None)
@given(SEEKERS, st.integers(0, 3), st.integers(0, 3))
def test_two_steps_equal_filling_open_seats_first(
    seekers: list[Seeker], open_seats: int, reserved: int
) -> None:
    allocation = allocate(PLAN, seekers, {"OPEN": open_seats, "R": reserved})
    first = [person.candidate_id for person in seekers[:open_seats]]
    rest = seekers[open_seats:]
    held = [person.candidate_id for person in rest if "X" in person.claims][:reserved]
    others = [person.candidate_id for person in rest if person.candidate_id not in held]
    fallen = others[: reserved - len(held)]
    assert allocation.by_block == {"OPEN": (*first, *fallen), "R": tuple(held)}


PREFERENCES = st.lists(
    st.permutations(["a", "b", "c"]).flatmap(lambda posts: st.integers(0, 3).map(lambda n: posts[:n])),
    min_size=7,
    max_size=7,
)


@settings(max_examples=60, deadline=None)
@given(SEEKERS, PREFERENCES, st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 2)))
def test_by_merit_alone_posts_equal_letting_people_choose_in_turn(
    seekers: list[Seeker], named: list[list[str]], sizes: tuple[int, int, int]
) -> None:
    plan = Plan((block("OPEN"),), "", "one-to-one", False, (), None, "test")
    posts = [Post(name, {"OPEN": size}) for name, size in zip("abc", sizes, strict=True)]
    preferences = {person.candidate_id: named[place] for place, person in enumerate(seekers)}
    free = dict(zip("abc", sizes, strict=True))
    expected = {}
    for person in seekers:
        for name in preferences[person.candidate_id]:
            if free[name]:
                free[name] -= 1
                expected[person.candidate_id] = name
                break
    assert assign(plan, posts, seekers, preferences).post_of == expected


@settings(max_examples=60, deadline=None)
@given(SEEKERS, PREFERENCES)
def test_nobody_is_passed_over_at_a_post_they_wanted_more(
    seekers: list[Seeker], named: list[list[str]]
) -> None:
    posts = [Post(name, {"OPEN": 1, "R": 1}) for name in "abc"]
    preferences = {person.candidate_id: named[place] for place, person in enumerate(seekers)}
    assignment = assign(PLAN, posts, seekers, preferences)
    for person in seekers:
        wanted = preferences[person.candidate_id]
        own = assignment.post_of.get(person.candidate_id)
        for name in wanted[: wanted.index(own)] if own else wanted:
            seated = {seat.candidate_id for seat in assignment.posts[name].seats}
            again = [other for other in seekers if other.candidate_id in seated | {person.candidate_id}]
            assert person.candidate_id not in {
                seat.candidate_id for seat in allocate(PLAN, again, {"OPEN": 1, "R": 1}).seats
            }


def overall(share: int) -> Plan:
    rule = Guarantee("W", Fraction(share), "half-up")
    return Plan((block("OPEN"), block("R", "X")), "", "one-to-one", False, (), None, "test", (rule,))


@settings(max_examples=60, deadline=None)
@given(SEEKERS, st.integers(0, 3), st.integers(0, 3), st.integers(0, 100))
def test_a_guarantee_over_all_blocks_displaces_as_long_as_it_is_not_met(
    seekers: list[Seeker], open_seats: int, reserved: int, share: int
) -> None:
    numbers = {"OPEN": open_seats, "R": reserved}
    allocation, plain = allocate(overall(share), seekers, numbers), allocate(PLAIN, seekers, numbers)
    wanted = min((2 * share * (open_seats + reserved) + 100) // 200, open_seats + reserved)
    women = {person.candidate_id: person for person in seekers if "W" in person.claims}
    seated = {seat.candidate_id for seat in allocation.seats}
    before = sum(seat.candidate_id in women for seat in plain.seats)
    held = len(seated & women.keys())
    assert len(seated) >= len(plain.seats)
    assert held == before if before >= wanted else before <= held <= wanted
    assert allocation.missing.get("overall", {}).get("W", 0) == max(0, wanted - held)
    if held < wanted:
        # nobody without the claim sits where a woman without a seat might
        for name in women.keys() - seated:
            blocks = ["OPEN", "R"] if "X" in women[name].claims else ["OPEN"]
            assert {one for block_name in blocks for one in allocation.by_block[block_name]} <= women.keys()


PLAIN = Plan((block("OPEN"), block("R", "X")), "", "one-to-one", False, (), None, "test")
