"""Files tried out without an examination."""

from __future__ import annotations

import pytest

from app.exams.rehearsals import rules
from app.exams.scoring.rules import Effect
from app.platform.errors import Invalid

KEY = "item,key\n1,A\n2,B/C\n"
ANSWERS = b"2,candidate,1\nB,X1,A\nC,X2,-\n,X3,A\n"


def read(answers: bytes = ANSWERS, key: str = KEY) -> rules.Rehearsal:
    return rules.read(answers, key, ("A", "B", "C"), ("-",))


def test_the_file_says_who_sat_and_the_key_what_was_asked():
    rows = read().ranked().listing.rows
    assert [(row.candidate_id, row.rank, row.score) for row in rows] == [
        ("X1", 1, "100.000"),
        ("X2", 2, "50.000"),
        ("X3", 2, "50.000"),
    ]


def test_a_change_is_counted():
    assert read().changed("1", ["B", "C"]) == Effect(people=3, scores=2, ranks=2, now_pass=0, now_fail=0)


@pytest.mark.parametrize(
    ("item", "accepted", "told"),
    [("9", ["A"], "no item “9”"), ("1", ["Z"], "“Z” is no answer"), ("1", [], "is no answer of item 1")],
)
def test_a_change_must_be_possible(item, accepted, told):
    with pytest.raises(Invalid, match=told):
        read().changed(item, accepted)


def test_faults_of_either_file_are_told():
    with pytest.raises(Invalid, match="line 3, column candidate: X1 already stands in line 2"):
        read(b"candidate,1,2\nX1,A,B\nX1,A,B\n")
    with pytest.raises(Invalid, match="item 1 has no answer “Z”"):
        read(key="item,key\n1,Z\n2,A\n")
    with pytest.raises(Invalid, match="stands in the list twice"):
        read(key="item,key\n1,A\n1,A\n")
