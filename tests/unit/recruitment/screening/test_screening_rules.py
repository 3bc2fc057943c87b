"""Decisions and outcome agree, or are refused."""

from __future__ import annotations

import pytest

from app.platform.errors import Invalid
from app.recruitment.screening.rules import Asked, Decision, check_consistent, unmet_essentials

CRITERIA = [Asked("a", True), Asked("b", True), Asked("c", False)]
MET, NOT_MET = Decision(True, "The diploma shows it."), Decision(False, "Nothing shows it.")


def decided(**changes):
    return {"a": MET, "b": MET, "c": MET} | changes


@pytest.mark.parametrize(
    ("decisions", "is_eligible"),
    [
        (decided(), True),
        (decided(), False),  # refused for another reason, which is given
        (decided(c=NOT_MET), True),
        (decided(b=NOT_MET), False),
        (decided(a=NOT_MET, b=NOT_MET, c=NOT_MET), False),
    ],
)
def test_what_agrees_is_taken(decisions, is_eligible):
    check_consistent(CRITERIA, decisions, is_eligible=is_eligible, reason="As decided.")


@pytest.mark.parametrize("missing", ["a", "b"])
def test_who_misses_an_essential_criterion_is_not_eligible(missing):
    with pytest.raises(Invalid) as refused:
        check_consistent(CRITERIA, decided(**{missing: NOT_MET}), is_eligible=True, reason="A good person.")
    assert refused.value.fields == {
        "outcome": "The outcome must be “Not eligible”: an essential requirement is not met."
    }


def test_each_criterion_is_decided_and_no_other():
    for decisions in ({"a": MET, "b": MET}, decided(d=MET)):
        with pytest.raises(Invalid) as refused:
            check_consistent(CRITERIA, decisions, is_eligible=True, reason="As decided.")
        assert refused.value.fields == {"": "Decide each requirement of this vacancy, and no other."}


@pytest.mark.parametrize(
    ("decisions", "reason"), [(decided(b=Decision(True, " ")), "As decided."), (decided(), " ")]
)
def test_each_decision_has_a_reason(decisions, reason):
    with pytest.raises(Invalid) as refused:
        check_consistent(CRITERIA, decisions, is_eligible=True, reason=reason)
    assert refused.value.fields == {"": "Give a reason for each decision and for the outcome."}


def test_unmet_essentials_come_in_order_and_leave_helpful_ones_out():
    assert unmet_essentials(CRITERIA, decided(a=NOT_MET, b=NOT_MET, c=NOT_MET)) == ["a", "b"]
