"""Which positions may be asked for together, and who may decide."""

from __future__ import annotations

import pytest

from app.platform.errors import Conflict, Invalid
from app.recruitment.requisitions.rules import (
    MOST_POSITIONS,
    Chosen,
    check_not_advertised,
    check_positions,
    demand_second_person,
)


def chosen(own: str, *, agency: str = "agy_a", code: str = "20215", is_vacant: bool = True) -> Chosen:
    return Chosen(own, f"P-{own}", agency, code, is_vacant)


def refusal(
    *positions: Chosen, asked: list[str] | None = None, taken: tuple[str, ...] = ()
) -> dict[str, str]:
    asked = [position.id for position in positions] if asked is None else asked
    with pytest.raises(Invalid) as refused:
        check_positions(positions, asked, "agy_a", taken)
    return refused.value.fields


def test_vacant_free_positions_of_one_class_and_agency_are_admitted():
    check_positions([chosen("1"), chosen("2")], ["1", "2"], "agy_a", ())


def test_what_is_refused_and_in_which_words():
    assert refusal() == {"positions": "Select at least one vacant position."}
    assert refusal(chosen("1"), chosen("2", is_vacant=False)) == {"positions": "Not vacant any more: P-2."}
    assert refusal(chosen("1"), chosen("2", code="10124")) == {
        "positions": "Select positions of one class only: each class has its own examination."
    }
    not_there = {"positions": "Some of these positions are not in the agency. Select from the list."}
    assert refusal(chosen("1"), chosen("2", agency="agy_b")) == not_there
    assert refusal(chosen("1"), asked=["1", "2"]) == not_there
    assert refusal(chosen("1"), chosen("2"), taken=("2",)) == {
        "positions": "Already in another requisition: P-2."
    }
    many = [str(number) for number in range(MOST_POSITIONS + 1)]
    assert refusal(asked=many) == {"positions": "Select 200 positions or fewer in one requisition."}


@pytest.mark.parametrize("actor", ["acc_writer", "acc_submitter", None])
def test_who_wrote_or_submitted_does_not_decide(actor: str | None):
    with pytest.raises(Conflict, match="second officer"):
        demand_second_person(actor, "acc_writer", "acc_submitter")


def test_a_second_person_decides():
    demand_second_person("acc_other", "acc_writer", "acc_submitter")


def test_an_advertised_requisition_is_not_cancelled():
    check_not_advertised(False)
    with pytest.raises(Conflict, match="Cancel the posting first"):
        check_not_advertised(True)
