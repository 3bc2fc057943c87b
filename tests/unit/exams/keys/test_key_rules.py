"""Reading and comparing keys."""

from __future__ import annotations

import pytest

from app.exams import merit
from app.exams.keys import rules
from app.platform.errors import Conflict, Invalid

CODES, OPTIONS = ("1", "2", "3", "4", "5"), ("A", "B", "C", "D")
WHOLE = {
    "1": {"accepted": ["A"], "treatment": "normal"},
    "2": {"accepted": ["B", "D"], "treatment": "several"},
    "3": {"accepted": [], "treatment": "full-credit-all"},
    "4": {"accepted": ["C"], "treatment": "full-credit-answered"},
    "5": {"accepted": [], "treatment": "neutralised"},
}


def refusal(text: str) -> str:
    """Give why a key is refused."""
    with pytest.raises(Invalid) as refused:
        rules.read_key(text, CODES, OPTIONS)
    assert list(refused.value.fields) == ["key"]
    return refused.value.fields["key"]


def test_a_key_is_read_by_item_in_any_order():
    text = "\ufeffitem,key,treatment\n5,,cancelled\n4,C,answered\n\n2,B/D\n3,,ALL\n1,A,\n"
    read = rules.read_key(text, CODES, OPTIONS)
    assert read == WHOLE
    assert list(read) == list(CODES)


def test_what_is_written_is_read_again():
    text = rules.write_key(WHOLE, CODES)
    assert text == (
        "item,key,treatment\n1,A\n2,B/D\n3,,full-credit-all\n4,C,full-credit-answered\n5,,neutralised"
    )
    assert rules.read_key(text, CODES, OPTIONS) == WHOLE


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("1,A\n2,B\n", "No key for items 3, 4, 5."),
        ("1,A\n2,A\n3,A\n4,A\n5,A\n5,B\n", "Line 7: item 5 stands here for the second time."),
        ("9,A\n", "Line 2: the examination has no item “9”."),
        ("1,Z\n", "Line 2: item 1 has no answer “Z”."),
        ("1,A/A\n", "Line 2: item 1 names an answer twice."),
        ("1,\n", "Line 2: item 1 needs exactly one right answer."),
        ("1,A/B,normal\n", "Line 2: item 1 needs exactly one right answer."),
        ("1,A,several\n", "Line 2: item 1 needs two or more right answers, divided by a slash."),
        ("1,A,dropped\n", "Line 2: “dropped” is no treatment."),
        ("1\n", "Line 2: there are 1 values where there should be two or three."),
        ("1,A,all,x\n", "Line 2: there are 4 values where there should be two or three."),
    ],
)
def test_a_faulty_key_is_refused_with_its_line(lines, told):
    assert refusal(f"item,key\n{lines}") == told


@pytest.mark.parametrize("text", ["", "1,A\n2,B", "key,item\nA,1"])
def test_headings_are_needed(text):
    assert refusal(text) == "The first line must be the headings: item,key or item,key,treatment."


def test_line_ends_of_any_system_are_read_and_an_endless_cell_is_refused():
    lines = ["item,key,treatment", "1,A", "2,B/D", "3,,all", "4,C,answered", "5,,cancelled"]
    for end in ("\n", "\r\n", "\r"):
        assert rules.read_key(end.join(lines), CODES, OPTIONS) == WHOLE
    assert refusal("item,key\n1," + "A" * 140_000).startswith("Line 2 cannot be read")


def test_the_core_gets_the_same_key():
    key = rules.as_core(3, WHOLE)
    assert key.version == 3
    assert key.by_code["2"] == merit.Item("2", ("B", "D"), "several")
    assert key.by_code["5"] == merit.Item("5", (), "neutralised")
    assert rules.key_digest(3, WHOLE) == key.digest
    assert rules.key_digest(4, WHOLE) != key.digest


def test_changes_are_told_in_words():
    after = WHOLE | {
        "1": {"accepted": ["C"], "treatment": "normal"},
        "2": {"accepted": [], "treatment": "neutralised"},
    }
    assert rules.list_changes(WHOLE, after) == [
        rules.Change("1", "A", "C"),
        rules.Change("2", "B or D", "Cancelled; its marks are divided over the other items"),
    ]
    assert rules.list_changes({}, {"1": WHOLE["1"]}) == [rules.Change("1", "none", "A")]


def test_a_later_version_must_change_something():
    rules.check_proposal([], is_first=True)
    with pytest.raises(Invalid, match="the same as the version in force"):
        rules.check_proposal([], is_first=False)


def test_who_proposes_does_not_decide():
    rules.demand_second_person("acc_b", "acc_a")
    for actor in ("acc_a", None):
        with pytest.raises(Conflict, match="a second person has to decide"):
            rules.demand_second_person(actor, "acc_a")


def test_a_changed_key_is_noticed():
    rules.check_unchanged(1, WHOLE, rules.key_digest(1, WHOLE))
    changed = WHOLE | {"1": {"accepted": ["B"], "treatment": "normal"}}
    with pytest.raises(Conflict, match="Version 1 of the key was changed after it was proposed"):
        rules.check_unchanged(1, changed, rules.key_digest(1, WHOLE))
