"""What is ready and what blocks, step by step."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.exams.readiness import rules
from app.exams.readiness.rules import Figures

READY = Figures(eligible=3, candidates=3, items=2, key_approved=1, sheets=3)


def test_the_panel_tells_what_blocks():
    empty = [(step.name, step.status) for step in rules.steps(Figures(items=2, unscreened=2))]
    assert empty == [
        ("candidates", "blocked"),
        ("key", "ready"),
        ("answers", "blocked"),
        ("claims", "done"),
        ("list", "blocked"),
    ]
    assert [step.status for step in rules.steps(READY)] == ["done", "done", "done", "done", "ready"]


@pytest.mark.parametrize(
    ("missing", "block"),
    [
        ({"eligible": 4}, "Register every eligible applicant first."),
        ({"key_approved": 0}, "The key has to be approved first."),
        ({"key_proposed": 2}, "A key version waits for its decision. Have it decided first."),
        ({"sheets": 0}, "The answers have to be imported first."),
        ({"undecided_claims": 1}, "Every claim to preference has to be decided first."),
    ],
)
def test_a_list_is_drafted_only_when_everything_is_there(missing, block):
    assert replace(READY, **missing).blocks == [block]
    assert READY.blocks == []


def test_what_another_noun_holds_against_a_list_blocks_its_step():
    everything = Figures(eligible=2, candidates=2, items=3, key_approved=1, sheets=2)
    held = ["A sample must be read again."]
    assert rules.steps(everything)[-1].status == "ready"
    step = rules.steps(everything, held)[-1]
    assert (step.status, step.text) == ("blocked", held[0])
