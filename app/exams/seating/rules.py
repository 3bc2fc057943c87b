"""The published rule by which candidates are seated: pure, and the same from the same seed for everybody.

1. Everyone has a lot: HMAC-SHA256 of the public seed over the examination's and the candidate's number.
2. Who was granted a room, more time or a seat without a step goes first, then everyone else, by lot.
3. Each takes the first centre on their own order that still has a seat: the centres they named, then the
   others from the nearest to the furthest, then by code. Naming another centre first never helps.
4. In each centre people are dealt to the shifts by a second lot, always to the one that is filled least, so
   that the shifts hold like groups; then to rooms in the order of their codes, seat after seat.
"""

from __future__ import annotations

import hashlib
import hmac
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from app.platform.audit import canonical

RULE = "seating rule 1"
EARTH_METRES = 6_371_000
OWN_ROOM, READER, EXTRA_TIME, ACCESSIBLE = "own_room", "reader", "extra_time", "accessible_seat"
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Person:
    """A candidate: number, centres named, where they live (millionths of a degree), what was granted."""

    number: str
    wishes: tuple[str, ...] = ()
    home: Place | None = None
    needs: frozenset[str] = frozenset()
    extra_minutes: int = 0

    @property
    def is_alone(self) -> bool:
        return bool(self.needs & {OWN_ROOM, READER})


@dataclass(frozen=True, slots=True)
class Room:
    """A session that people can be seated in.

    `shift` counts the examination's shifts from 0, `spare` the minutes until the room is used again (None:
    not), `taken` the places that are given, `is_private` that who sits there sits alone.
    """

    id: str
    centre: str
    room: str
    shift: int
    capacity: int
    accessible: int = 0
    is_apart: bool = False
    spare: int | None = None
    taken: frozenset[int] = frozenset()
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A place in a session, which of the person's centres it is (1 for the first), and extra minutes."""

    session: str
    place: int
    choice: int
    extra_minutes: int = 0


@dataclass(slots=True)
class Seating:
    """Who sits where, and who could not be seated and why; both by candidate number."""

    given: dict[str, Given] = field(default_factory=dict)
    unplaced: dict[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """The SHA-256 of the seats, by candidate number."""
        body = {number: [seat.session, seat.place] for number, seat in self.given.items()}
        return hashlib.sha256(canonical(body).encode()).hexdigest()


class _State:
    """A room while it is being filled."""

    __slots__ = ("_accessible", "_others", "is_private", "people", "room")

    def __init__(self, room: Room) -> None:
        self.room = room
        self.people = len(room.taken)
        self.is_private = room.is_private
        last = min(room.accessible, room.capacity)
        # places are given from the end of these lists: those with steps first, in order
        self._others = [place for place in range(room.capacity, last, -1) if place not in room.taken]
        self._accessible = [place for place in range(last, 0, -1) if place not in room.taken]

    def free(self) -> int:
        return 0 if self.is_private else len(self._others) + len(self._accessible)

    def suits(self, person: Person) -> bool:
        """Tell whether the person can be given a place here."""
        if self.is_private or (person.is_alone and (self.people or not self.room.is_apart)):
            return False
        if self.room.spare is not None and person.extra_minutes > self.room.spare:
            return False
        return bool(self._accessible) if ACCESSIBLE in person.needs else self.free() > 0

    def give(self, person: Person) -> int:
        self.people += 1
        self.is_private = person.is_alone
        if ACCESSIBLE in person.needs or not self._others:
            return self._accessible.pop()
        return self._others.pop()


def lot(seed: str, examination: str, number: str, draw: str = "centre") -> str:
    """Draw a candidate's lot; nobody's depends on who else is there."""
    return hmac.new(seed.encode(), f"{examination}|{number}|{draw}".encode(), hashlib.sha256).hexdigest()


def metres(first: Place, second: Place) -> int:
    """Give the distance between two places over the ground, in whole metres."""
    (south, west), (north, east) = (
        (math.radians(degrees / 1_000_000) for degrees in place) for place in (first, second)
    )
    half = (
        math.sin((north - south) / 2) ** 2
        + math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    )
    return round(2 * EARTH_METRES * math.asin(min(1.0, math.sqrt(half))))


def order_centres(person: Person, nearest: Sequence[str]) -> Iterator[str]:
    """Give a person's order of centres: those named, then the others, which come from the nearest on."""
    named = [code for code in person.wishes if code in nearest]
    yield from named
    yield from (code for code in nearest if code not in named)


def nearest_first(home: Place | None, centres: Mapping[str, Place | None]) -> list[str]:
    """Order centres by the distance from a home, those of unknown place after the others, then by code."""

    def key(code: str) -> tuple[float, str]:
        place = centres[code]
        return (metres(home, place) if home and place else math.inf, code)

    return sorted(centres, key=key)


def assign(
    people: Iterable[Person],
    rooms: Sequence[Room],
    centres: Mapping[str, Place | None],
    *,
    examination: str,
    seed: str,
) -> Seating:
    """Seat people by the rule; `centres` says where each one lies."""
    house = _House(rooms, centres)
    seating = Seating()
    turns = sorted((_rank(one), lot(seed, examination, one.number), one.number, one) for one in people)
    dealt: dict[str, list[tuple[str, str, Person, int]]] = {code: [] for code in centres}
    for rank, _, number, person in turns:
        if rank < _EVERYONE:
            given = house.seat_needing(person)
            if given is None:
                seating.unplaced[number] = _why(person)
            else:
                seating.given[number] = given
            continue
        chosen = house.choose(person)
        if chosen is None:
            seating.unplaced[number] = "No centre has a seat left."
        else:
            code, choice = chosen
            dealt[code].append((lot(seed, examination, number, "shift"), number, person, choice))
    for code, group in dealt.items():
        for _, number, person, choice in sorted(group, key=lambda row: row[:2]):
            seating.given[number] = house.deal(code, person, choice)
    return seating


def write_inputs(
    people: Iterable[Person], rooms: Sequence[Room], centres: Mapping[str, Place | None], examination: str
) -> bytes:
    """Write what the rule is given in one form, so that anybody can compute the seats again."""
    body = {
        "rule": RULE,
        "examination": examination,
        "people": [
            asdict(one) | {"needs": sorted(one.needs)} for one in sorted(people, key=lambda one: one.number)
        ],
        "rooms": [
            asdict(room) | {"taken": sorted(room.taken)} for room in sorted(rooms, key=lambda room: room.id)
        ],
        "centres": dict(centres),
    }
    return canonical(body).encode()


def read_inputs(body: Mapping[str, Any]) -> tuple[list[Person], list[Room], dict[str, Place | None], str]:
    """Read what `write_inputs` wrote, once it is parsed."""
    people = [
        Person(
            row["number"],
            tuple(row["wishes"]),
            tuple(row["home"]) if row["home"] else None,
            frozenset(row["needs"]),
            row["extra_minutes"],
        )
        for row in body["people"]
    ]
    rooms = [Room(**row | {"taken": frozenset(row["taken"])}) for row in body["rooms"]]
    centres = {code: tuple(place) if place else None for code, place in body["centres"].items()}
    return people, rooms, centres, body["examination"]


_ALONE, _TIME, _STEP, _EVERYONE = range(4)


def _rank(person: Person) -> int:
    if person.is_alone:
        return _ALONE
    if EXTRA_TIME in person.needs:
        return _TIME
    return _STEP if ACCESSIBLE in person.needs else _EVERYONE


def _why(person: Person) -> str:
    if person.is_alone:
        return "No room is kept apart that is still empty and fits what was granted."
    if person.extra_minutes:
        return "No session has a seat left and enough time after its end."
    return "No seat is left that is reached without a step."


class _House:
    """All rooms while they are being filled."""

    def __init__(self, rooms: Sequence[Room], centres: Mapping[str, Place | None]) -> None:
        self.centres = centres
        self.states: dict[str, list[_State]] = {code: [] for code in centres}
        self.heads: dict[str, dict[int, list[_State]]] = {}
        self.seats: dict[tuple[str, bool, int], int] = {}
        self.filled: dict[tuple[str, bool, int], int] = {}
        for state in sorted(map(_State, rooms), key=_place_in_house):
            self.states[state.room.centre].append(state)
            own = _shift_of(state)
            self.seats[own] = self.seats.get(own, 0) + state.room.capacity
            self.filled[own] = self.filled.get(own, 0) + state.people
        self.near: dict[Place | None, list[str]] = {}
        # how many more people each centre takes who need nothing; set once those who do are seated
        self.left: dict[str, int] | None = None

    def order(self, person: Person) -> Iterator[str]:
        if person.home not in self.near:
            self.near[person.home] = nearest_first(person.home, self.centres)
        return order_centres(person, self.near[person.home])

    def seat_needing(self, person: Person) -> Given | None:
        """Give the first suiting place by the person's order; rooms kept apart go before the others."""
        for choice, code in enumerate(self.order(person), start=1):
            suiting = [state for state in self.states[code] if state.suits(person)]
            wants_apart = person.is_alone or bool(person.extra_minutes)
            kept = [state for state in suiting if state.room.is_apart == wants_apart]
            if found := kept or ([] if person.is_alone else suiting):
                return self._give(self._least_filled(found), person, choice)
        return None

    def choose(self, person: Person) -> tuple[str, int] | None:
        """Take a seat in the first centre that has one left; which seat is dealt later."""
        if self.left is None:
            self.left = {
                code: sum(state.free() for state in states if not state.room.is_apart)
                for code, states in self.states.items()
            }
        for choice, code in enumerate(self.order(person), start=1):
            if self.left[code]:
                self.left[code] -= 1
                return code, choice
        return None

    def deal(self, code: str, person: Person, choice: int) -> Given:
        """Give the next seat of the shift that is filled least, as a share of its seats."""
        if code not in self.heads:
            self.heads[code] = _by_shift(state for state in self.states[code] if not state.room.is_apart)
        heads = []
        for waiting in self.heads[code].values():
            while waiting and not waiting[-1].free():
                waiting.pop()
            heads += waiting[-1:]
        state = self._least_filled(sorted(heads, key=_place_in_house))
        return self._give(state, person, choice)

    def _give(self, state: _State, person: Person, choice: int) -> Given:
        self.filled[_shift_of(state)] += 1
        return Given(state.room.id, state.give(person), choice, person.extra_minutes)

    def _least_filled(self, states: Sequence[_State]) -> _State:
        """Give the first of these rooms in the shift that is filled least, as a share of its seats."""
        best = states[0]
        for state in states[1:]:
            one, other = _shift_of(state), _shift_of(best)
            if self.filled[one] * self.seats[other] < self.filled[other] * self.seats[one]:
                best = state
        return best


def _shift_of(state: _State) -> tuple[str, bool, int]:
    """Give what is filled together: a centre's rooms for everyone, or its rooms kept apart, in one shift."""
    return state.room.centre, state.room.is_apart, state.room.shift


def _place_in_house(state: _State) -> tuple[str, int, str]:
    return state.room.room, state.room.shift, state.room.id


def _by_shift(states: Iterable[_State]) -> dict[int, list[_State]]:
    """Group rooms by shift, the first one last, so that it is taken from the end."""
    found: dict[int, list[_State]] = {}
    for state in states:
        found.setdefault(state.room.shift, []).insert(0, state)
    return found
