"""What a tried key would mean for groups: no figure tells of a few people."""

from __future__ import annotations

import pytest

from app.exams import merit
from app.exams.scoring.rules import Inputs
from app.exams.what_ifs import rules
from tests.unit.exams.books import OPEN_BOOK

OPEN = merit.rulebook.load(OPEN_BOOK)


def key(*right: str) -> merit.Key:
    return merit.Key(1, tuple(merit.Item(str(code), (answer,)) for code, answer in enumerate(right, start=1)))


def groups(claims, least=5):
    numbers = tuple(f"C{place:02}" for place in range(14))
    claimed = {number: (claim,) for number, claim in zip(numbers, claims, strict=False) if claim}
    inputs = Inputs(OPEN, "EX-1", ("1", "2"), numbers, (("A", "B"),) * 14, claimed, {}, {})
    found = rules.work_out(inputs, key("A", "A"), key("A", "B"), "", [], least).result["groups"]
    return {row["title"]: (row["people"], row["before"], row["after"]) for row in found}


HIDDEN = (None, None, None)
REST = "No claim to preference"


@pytest.mark.parametrize(
    ("claims", "shown"),
    [
        (["veteran"], {"veteran": HIDDEN, REST: HIDDEN}),
        (["veteran"] * 5, {"veteran": (5, 5, 5), REST: (9, 9, 9)}),
        (["veteran", "widow"], {"veteran": HIDDEN, "widow": HIDDEN, REST: HIDDEN}),
        (["veteran"] * 2 + ["widow"] * 3, {"veteran": HIDDEN, "widow": HIDDEN, REST: (9, 9, 9)}),
        ([], {REST: (14, 14, 14)}),
    ],
)
def test_what_is_hidden_cannot_be_found_from_the_rest(claims, shown):
    assert groups(claims) == shown
