"""The rule of seating: own order of centres, lots, shifts that are alike, and what was granted."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace

import pytest

from app.exams.seating import rules
from app.exams.seating.rules import Person, Room

EXAM = "EX-2026-0001"
CENTRES = {"EAST": (40_700_000, -74_000_000), "WEST": (40_700_000, -74_200_000), "FAR": None}


def assign(people, rooms, seed="04 11 17", centres=None):
    given = {room.centre: CENTRES[room.centre] for room in rooms} if centres is None else centres
    return rules.assign(people, rooms, given, examination=EXAM, seed=seed)


def crowd(count, **values):
    return [Person(f"C{number:05d}", **values) for number in range(count)]


def rooms_of(centre, capacity, shifts=1, **values):
    return [Room(f"{centre}-{shift}", centre, "1", shift, capacity, **values) for shift in range(shifts)]


def test_nobody_shares_a_place_and_everybody_has_one_while_there_are_seats():
    seating = assign(crowd(30), [*rooms_of("EAST", 10, 2), *rooms_of("WEST", 10)])
    assert sorted((seat.session, seat.place) for seat in seating.given.values()) == sorted(
        (session, place) for session in ("EAST-0", "EAST-1", "WEST-0") for place in range(1, 11)
    )
    assert seating.unplaced == {}


def test_whoever_comes_too_late_in_the_lot_is_told_why():
    seating = assign(crowd(3), rooms_of("EAST", 2))
    last = max(crowd(3), key=lambda one: rules.lot("04 11 17", EXAM, one.number))
    assert seating.unplaced == {last.number: "No centre has a seat left."}


def test_a_wish_goes_before_distance_and_distance_before_the_code():
    rooms = [*rooms_of("EAST", 5), *rooms_of("WEST", 5), *rooms_of("FAR", 5)]
    near_east = (40_700_000, -74_010_000)
    people = [
        Person("C1", wishes=("FAR", "WEST"), home=near_east),
        Person("C2", home=near_east),
        Person("C3", home=(40_700_000, -74_190_000)),
        Person("C4"),
    ]
    seats = assign(people, rooms).given
    assert {number: (seat.session, seat.choice) for number, seat in seats.items()} == {
        "C1": ("FAR-0", 1),
        "C2": ("EAST-0", 1),
        "C3": ("WEST-0", 1),
        "C4": ("EAST-0", 1),
    }


def test_naming_another_centre_first_never_gives_a_centre_that_is_liked_more():
    """Whatever one person names, they get no centre that they like more than by naming what they like."""
    dice = random.Random(5)
    rooms = [*rooms_of("EAST", 3), *rooms_of("WEST", 3), *rooms_of("FAR", 3)]
    for trial in range(60):
        people = [Person(f"C{number}", wishes=tuple(dice.sample(list(CENTRES), 3))) for number in range(9)]
        honest = people[0].wishes
        told = honest.index(assign(people, rooms, seed=str(trial)).given["C0"].session[:-2])
        lied = [replace(people[0], wishes=tuple(dice.sample(list(CENTRES), 3))), *people[1:]]
        assert honest.index(assign(lied, rooms, seed=str(trial)).given["C0"].session[:-2]) >= told


def test_shifts_are_filled_alike_and_hold_like_groups():
    seating = assign(crowd(400), rooms_of("EAST", 300, 2))
    assert Counter(seat.session for seat in seating.given.values()) == {"EAST-0": 200, "EAST-1": 200}
    early = [number for number, seat in seating.given.items() if seat.session == "EAST-0"]
    # who registered first is as often in one shift as in the other: 4 standard errors
    assert abs(sum(number < "C00200" for number in early) - 100) < 40


def test_shifts_of_unlike_size_are_filled_by_their_share():
    rooms = [Room("A", "EAST", "1", 0, 30), Room("B", "EAST", "2", 1, 10)]
    counts = Counter(seat.session for seat in assign(crowd(20), rooms).given.values())
    assert counts == {"A": 15, "B": 5}


@pytest.mark.parametrize("need", [rules.OWN_ROOM, rules.READER])
def test_a_room_of_ones_own_is_shared_with_nobody(need):
    rooms = [*rooms_of("EAST", 10), Room("apart", "EAST", "2", 0, 4, is_apart=True)]
    people = [Person("alone", needs=frozenset({need})), *crowd(8)]
    seats = assign(people, rooms).given
    assert [number for number, seat in seats.items() if seat.session == "apart"] == ["alone"]
    without = assign([*people, Person("second", needs=frozenset({need}))], rooms)
    assert set(without.unplaced.values()) == {
        "No room is kept apart that is still empty and fits what was granted."
    }


def test_more_time_needs_a_room_that_is_free_long_enough():
    slow = Person("slow", needs=frozenset({rules.EXTRA_TIME}), extra_minutes=30)
    rooms = [Room("early", "EAST", "1", 0, 5, spare=15), Room("late", "EAST", "1", 1, 5, spare=60)]
    assert assign([slow], rooms).given["slow"] == rules.Given("late", 1, 1, 30)
    assert assign([slow], rooms[:1]).unplaced == {
        "slow": "No session has a seat left and enough time after its end."
    }
    apart = Room("apart", "EAST", "9", 0, 5, is_apart=True)
    assert assign([slow, *crowd(3)], [*rooms, apart]).given["slow"].session == "apart"


def test_a_seat_without_a_step_is_kept_for_who_needs_it():
    rooms = rooms_of("EAST", 6, accessible=2)
    wheels = Person("wheels", needs=frozenset({rules.ACCESSIBLE}))
    seats = assign([wheels, *crowd(4)], rooms).given
    assert seats["wheels"].place == 1
    assert sorted(seat.place for number, seat in seats.items() if number != "wheels") == [3, 4, 5, 6]
    assert sorted(seat.place for seat in assign(crowd(6), rooms).given.values()) == [1, 2, 3, 4, 5, 6]


def test_later_arrivals_take_what_is_left_and_nobody_moves():
    rooms = rooms_of("EAST", 4)
    first = assign(crowd(2), rooms)
    taken = frozenset(seat.place for seat in first.given.values())
    later = assign([Person("late")], [replace(rooms[0], taken=taken)])
    assert later.given["late"].place not in taken


def test_the_same_seed_gives_the_same_seats_in_any_order_and_another_seed_gives_others():
    people, rooms = crowd(40), [*rooms_of("EAST", 15, 2), *rooms_of("WEST", 15)]
    first = assign(people, rooms)
    assert assign(people[::-1], rooms[::-1]).digest == first.digest
    assert assign(people, rooms, seed="another").digest != first.digest


def test_seats_are_computed_again_from_what_was_kept():
    people = [
        *crowd(10, wishes=("WEST",)),
        Person("x", home=(40_000_000, -74_000_000), needs=frozenset({"reader"})),
    ]
    rooms = [*rooms_of("EAST", 15, 2), *rooms_of("WEST", 15), Room("apart", "EAST", "2", 0, 4, is_apart=True)]
    centres = {code: CENTRES[code] for code in ("EAST", "WEST")}
    content = rules.write_inputs(people, rooms, centres, EXAM)
    read_people, read_rooms, read_centres, examination = rules.read_inputs(json.loads(content))
    assert examination == EXAM
    assert assign(read_people, read_rooms, centres=read_centres).digest == assign(people, rooms).digest


def test_distance_over_the_ground():
    # one degree of a meridian is 111.19 km on this sphere
    assert rules.metres((40_000_000, -74_000_000), (41_000_000, -74_000_000)) == 111_195
