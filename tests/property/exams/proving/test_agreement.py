"""Two computations that share no code give the same list, whatever the rulebook."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from app.exams import merit
from app.exams.proving import NotProvable, prove
from tests.property.exams.proving.worlds import HEAD, World, invent


# Each example opens a database and asks it a dozen questions; thousands were tried when this was written.
@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**9))
def test_both_computations_agree_or_both_refuse(number: int) -> None:
    world = invent(Random(number), 14)
    try:
        merit_list = world.ranked()
    except merit.MeritError:
        return
    try:
        proof = prove(**world.arguments())
    except NotProvable as refusal:
        raise AssertionError(f"{refusal}\n{world.text}") from refusal
    assert proof.first_difference(merit_list) == "", world.text
    assert proof.digest == merit_list.digest
    assert [(row.candidate_id, row.rank) for row in proof.rows] == [
        (row.candidate_id, row.rank) for row in merit_list.rows
    ]


CAPPED = """
[[component]]
name = "written"
kind = "mark"
maximum = "100"
weight = "100"
[preferences]
cap = { percent = "34", rounding = "floor", citation = "x" }
[[preference]]
claim = "v"
kind = "points"
points = "30"
citation = "x"
"""


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10**9))
def test_points_beyond_the_cap_are_taken_from_the_same_people(number: int) -> None:
    dice = Random(number)
    world = World(HEAD + CAPPED, facts={"vacancies": 6})
    ids = [f"p{place:02}" for place in range(24)]
    world.marks = {"written": {one: str(dice.randint(40, 70)) for one in ids}}
    world.claims = {one: ["v"] for one in dice.sample(ids, 10)}
    merit_list, proof = world.ranked(), prove(**world.arguments())
    assert proof.first_difference(merit_list) == ""
    assert proof.digest == merit_list.digest
    # the ten with points would hold most of the six places; two of them may owe theirs to points
    points = merit_list.working.preferred.points.numerators
    assert 0 < (points > 0).sum() < 10
