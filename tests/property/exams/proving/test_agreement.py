"""Two computations that share no code give the same list, whatever the rulebook."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from app.exams import merit
from app.exams.proving import NotProvable, prove
from tests.property.exams.proving.worlds import invent


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
