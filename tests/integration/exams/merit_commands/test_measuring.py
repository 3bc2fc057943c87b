from __future__ import annotations

import pytest

from tests.cases import sat12
from tests.integration.exams.merit_commands.files import CITY, answered, ok, refused, write


@pytest.fixture
def sheets():
    sat12.load()
    return (sat12.FOLDER / "sat12_responses.csv", "--key", sat12.FOLDER / "sat12_key.csv", "--blank", "8")


def test_the_wrong_key_of_item_32_is_seen(sheets):
    found = answered("items", *sheets)
    rows = {row["item"]: row for row in found["rows"]}
    assert (found["people"], len(rows), round(found["alpha"], 3)) == (600, 32, 0.798)
    worst = min(rows.values(), key=lambda row: row["corrected"])
    assert worst["item"] == "Item.32"
    assert "distractor-better-than-key" in worst["look at"]
    assert "'3'" in worst["why"]


def test_options_add_up_to_everybody(sheets, tmp_path):
    out = tmp_path / "options.csv"
    ok("items", *sheets, "--options", "--out", out)
    rows = [line.split(",") for line in out.read_text().splitlines()[1:]]
    people = {item: sum(int(row[3]) for row in rows if row[0] == item) for item in {row[0] for row in rows}}
    assert set(people.values()) == {600}
    assert "why" not in ok("items", *sheets).splitlines()[0]


def test_items_need_a_key(tmp_path):
    answers = write(tmp_path, "answers.csv", "candidate,1\na,A\n")
    assert refused("items", answers).startswith("answers.csv, row 1, column 1: This is no item of the key")


def groups(tmp_path, passed: dict[str, int], people: int):
    lines = ["candidate,1,group"]
    for group, right in passed.items():
        lines += [f"{group}{place},{'A' if place < right else 'B'},{group}" for place in range(people)]
    answers = write(tmp_path, "answers.csv", "\n".join(lines) + "\n")
    key = write(tmp_path, "key.csv", "item,key\n1,A\n")
    return ("impact", answers, "--key", key, *CITY, "--group", "group")


def test_four_fifths_exactly_is_not_below(tmp_path):
    found = answered(*groups(tmp_path, {"X": 50, "Y": 40, "Z": 39}, 60))
    rows = {row["group"]: row for row in found["rows"]}
    assert found["below_four_fifths"] == {"passed": ["Z"]}
    assert (rows["Y"]["selected"], rows["Y"]["ratio"], rows["X"]["finding"]) == (40, 0.8, "reference")
    assert "Below four fifths: Z." in ok(*groups(tmp_path, {"X": 50, "Y": 40, "Z": 39}, 60))


def test_reach_is_a_stage_and_small_groups_are_hidden(tmp_path):
    words = groups(tmp_path, {"X": 6, "Y": 6}, 6)
    found = answered(*words, "--vacancies", 1)
    assert sorted({row["stage"] for row in found["rows"]}) == ["overall", "passed", "within reach for 1"]
    small = groups(tmp_path, {"X": 3, "Y": 3}, 4)
    assert refused(*small) == "No group may be shown: too few of them have at least 5 people."


def test_a_group_that_nobody_has(tmp_path):
    answers = write(tmp_path, "answers.csv", "candidate,1\na,A\n")
    key = write(tmp_path, "key.csv", "item,key\n1,A\n")
    assert refused("impact", answers, "--key", key, *CITY, "--group", "sex").endswith(
        "Nobody on the list has a group; the column 'sex' is missing or empty."
    )


def test_sessions_come_to_one_scale(tmp_path):
    marks = write(tmp_path, "marks.csv", "id,paper,shift\na,80,1\nb,60,1\nc,50,2\nd,30,2\ne,absent,2\n")
    found = answered("normalise", marks, "--rulebook", "india-mean-sd")
    assert [(row["candidate"], row["paper raw"], row["paper"]) for row in found["rows"]] == [
        ("a", "80", "80"), ("b", "60", "60"), ("c", "50", "80"), ("d", "30", "60"), ("e", "0", "0"),
    ]  # fmt: skip
    written = write(tmp_path, "written.csv", "id,written\na,80\n")
    assert refused("normalise", written, "--rulebook", "new-york-open") == (
        "The rulebook 'new-york-open' normalises nothing."
    )


def test_people_are_seated(tmp_path):
    marks = write(
        tmp_path, "marks.csv", "id,examination,claims\na,90,\nb,80,SC\nc,70,SC/W\nd,60,OBC\ne,50,W\n"
    )
    asked = ("seats", marks, "--rulebook", "india-reservation")
    found = answered(*asked, "--block", "OPEN=2", "--block", "SC=1", "--block", "OBC=1")
    assert [(row["block"], row["candidate"]) for row in found["rows"]] == [
        ("OPEN", "a"), ("OPEN", "c"), ("OBC", "d"), ("SC", "b"),
    ]  # fmt: skip
    assert refused(*asked) == "--vacancies: Give either --vacancies or one --block for each block."
    assert refused(*asked, "--block", "OPEN") == "--block: 'OPEN' is no number of seats; write it as SC=4."
    assert answered(*asked, "--vacancies", 5)["rows"]
