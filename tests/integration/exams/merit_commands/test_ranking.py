from __future__ import annotations

from datetime import date

import pytest

from app.exams import merit
from app.exams.merit_commands.tables import read_table
from tests.cases import sat12
from tests.integration.exams.merit_commands.files import (
    ANSWERS,
    CITY,
    answered,
    examination,
    ok,
    refused,
    run,
    write,
)


def expected() -> merit.MeritList:
    """Make the small examination's list by the library."""
    items = (
        merit.Item("1", ("A",)),
        merit.Item("2", ("B", "C"), "several"),
        merit.Item("3", ("D",)),
        merit.Item("4", (), "neutralised"),
    )
    rows = [line.split(",") for line in ANSWERS.splitlines()[1:]]
    ids = [row[0] for row in rows]
    book = merit.rulebook.in_force("city-civil-service", date(2026, 1, 1))
    sheets = merit.Responses.from_rows(ids, ["1", "2", "3", "4"], [row[1:5] for row in rows])
    table = merit.Candidates.from_scores(
        merit.score(book, merit.Key(1, items), sheets),
        claims={"a2": ["veteran"], "a4": ["disabled-veteran"]},
        attributes={row[0]: {"applied_on": date.fromisoformat(row[6])} for row in rows},
    )
    return merit.rank(book, table, list_id="list", seed="drawn in public")


@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx"])
def test_each_kind_of_file_gives_the_list_of_the_library(tmp_path, kind):
    found = answered("rank", *examination(tmp_path, kind), *CITY)
    own = expected()
    assert (found["digest"], found["inputs_digest"]) == (own.digest, own.inputs_digest)
    assert (found["people"], found["passed"], found["notes"]) == (4, 3, [])
    assert [(row["position"], row["rank"], row["candidate"], row["score"]) for row in found["rows"]] == [
        (1, 1, "a2", "105.000"),
        (2, 2, "a3", "100.000"),
        (3, 2, "a1", "100.000"),
        (4, None, "a4", "33.333"),
    ]
    assert found["rows"][0] | {"tier": 1} == {
        "position": 1, "rank": 1, "candidate": "a2", "score": "105.000", "earned": "100.000", "points": "5",
        "preference": True, "tier": 1, "category": "", "not met": "",
    }  # fmt: skip
    assert found["rows"][3]["not met"] == "total"


@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx"])
def test_each_kind_of_file_is_written(tmp_path, kind):
    out = tmp_path / f"list.{kind}"
    printed = ok("rank", *examination(tmp_path), *CITY, "--out", out)
    assert printed.splitlines()[0] == f"{out} written."
    table = read_table(out)
    assert table.texts("candidate") == ["a2", "a3", "a1", "a4"]
    assert table.texts("rank") == ["1", "2", "2", None]
    assert table.texts("score") == ["105.000", "100.000", "100.000", "33.333"]
    assert table.texts("preference") == ["true", "false", "false", "false"]


def test_the_line_of_the_readme_needs_nothing_else(tmp_path):
    answers = write(tmp_path, "answers.csv", "candidate,1,2\na1,A,B\na2,A,C\n")
    key = write(tmp_path, "key.csv", "item,key\n1,A\n2,B\n")
    result = run("rank", answers, "--key", key, "--rulebook", "city-civil-service")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].split() == [
        "position",
        "rank",
        "candidate",
        "score",
        "earned",
        "points",
        "tier",
        "not",
        "met",
    ]
    assert lines[1].split() == ["1", "1", "a1", "100.000", "100.000", "0", "1"]
    assert lines[2].split() == ["2", "a2", "50.000", "50.000", "0", "1", "total"]
    assert lines[3].startswith("2 people, 1 passed. Digest ")
    first, second = result.stderr.splitlines()
    assert first.startswith(
        "Note: applied_on is not known of anybody. It only puts people of one rank in order"
    )
    assert second.startswith("Note: No --seed was given, so this is a rehearsal")


def test_a_list_is_computed_twice(tmp_path):
    found = answered("rank", *examination(tmp_path), *CITY, "--twice")
    assert found["second_digest"] == found["digest"] == expected().digest
    assert "with the same result" in ok("rank", *examination(tmp_path), *CITY, "--twice")


def test_claims_and_attributes_may_stand_in_a_file_of_people(tmp_path):
    bare = "\n".join(",".join(line.split(",")[:5]) for line in ANSWERS.splitlines())
    people = "\n".join(",".join([line.split(",")[0], *line.split(",")[5:]]) for line in ANSWERS.splitlines())
    answers = write(tmp_path, "bare.csv", bare)
    _answers, *key = examination(tmp_path)
    more = write(tmp_path, "people.csv", f"{people}\nx9,veteran,2026-01-01\n")
    found = answered("rank", answers, *key, *CITY, "--people", more)
    assert found["digest"] == expected().digest
    assert found["notes"] == [
        "1 person has a row in people.csv and none in bare.csv, and cannot stand on the list."
    ]


def test_marks_given_elsewhere_are_ranked_without_a_key(tmp_path):
    marks = write(tmp_path, "marks.csv", "id;written;claims\nb;78.5;\na;71;veteran\nc;absent;veteran\n")
    found = answered("rank", marks, "--rulebook", "new-york-open", "--twice")
    assert [(row["candidate"], row["rank"], row["score"]) for row in found["rows"]] == [
        ("b", 1, "78.5"),
        ("a", 2, "76.0"),
        ("c", None, "0.0"),
    ]
    book = merit.rulebook.in_force("new-york-open", date(2026, 1, 1))
    table = merit.Candidates.of(
        [
            {"id": "a", "marks": {"written": 71}, "claims": ["veteran"]},
            {"id": "b", "marks": {"written": "78.5"}},
            {"id": "c", "marks": {"written": None}, "claims": ["veteran"]},
        ]
    )
    assert found["digest"] == found["second_digest"] == merit.rank(book, table, list_id="list").digest


def test_a_booklet_series_has_its_own_order(tmp_path):
    answers = write(tmp_path, "answers.csv", "candidate,series,1,2\nx,,A,B\ny,R,B,A\nz,R,A,B\n")
    key = write(tmp_path, "key.csv", "item,key,right,wrong\n1,A,2,-1/2\n2,B,,\n")
    series = write(tmp_path, "series.csv", "series,printed,item\nR,1,2\nR,2,1\n")
    found = answered("score", answers, "--key", key, "--series", series, "--rulebook", "city-civil-service")
    assert found["rows"] == [
        {"candidate": "x", "written": "3"},
        {"candidate": "y", "written": "3"},
        {"candidate": "z", "written": "-0.5"},
    ]
    assert found["maxima"] == {"written": "3"}


def test_credits_sections_and_blanks(tmp_path):
    book = tmp_path / "own.toml"
    book.write_text(
        ok("rulebooks", "city-civil-service").replace(
            'blank = "0"', 'blank = "1/4"\n[[component.section]]\nname = "law"\nmarks = { right = "3" }'
        )
    )
    answers = write(tmp_path, "answers.csv", "candidate,1,2\nx,8,B\ny,C,D\n")
    key = write(tmp_path, "key.csv", "item,key,section,credits\n1,A,,C=1/2\n2,B,law,\n")
    found = answered("score", answers, "--key", key, "--rulebook", book, "--blank", "8")
    assert found["rows"] == [
        {"candidate": "x", "written": "3.25", "written.law": "3"},
        {"candidate": "y", "written": "0.5", "written.law": "0"},
    ]


def test_real_answer_sheets(tmp_path):
    key, responses = sat12.load()
    found = answered(
        "score", sat12.FOLDER / "sat12_responses.csv", "--key", sat12.FOLDER / "sat12_key.csv",
        "--blank", "8", "--rulebook", "city-civil-service",
    )  # fmt: skip
    book = merit.rulebook.in_force("city-civil-service", date(2026, 1, 1))
    scores = merit.score(book, key, responses)
    marks = dict(zip(scores.candidate_ids.tolist(), map(merit.plain, scores.marks.fractions()), strict=True))
    assert {row["candidate"]: row["written"] for row in found["rows"]} == marks
    assert found["keys"] == {"written": key.digest}


def test_a_place_is_explained(tmp_path):
    words = ("explain", *examination(tmp_path), *CITY, "--candidate", "a2")
    found = answered(*words)
    steps = {step["stage"]: step for step in found["steps"]}
    assert (found["rank"], found["score"], found["below"]) == (1, "105.000", "100.000")
    assert steps["preference"]["arithmetic"] == "5 points: 100 + 5 = 105"
    assert "Source: Notice of examination" in ok(*words).splitlines()
    fails = ("explain", *examination(tmp_path), *CITY, "--candidate", "a4")
    assert "a4 did not pass." in ok(*fails)


def test_names_are_certified(tmp_path):
    words = (*examination(tmp_path), *CITY, "--unavailable", "a2", "--issued-on", "2026-02-01")
    found = answered("certify", *words)
    assert [row["candidate"] for row in found["rows"]] == ["a3", "a1"]
    own = merit.certify(
        expected().rulebook, expected().eligibles(), issued_on=date(2026, 2, 1), unavailable=["a2"]
    )
    assert found["certificate"] == own.digest
    assert (found["issued_on"], found["expires_on"]) == ("2026-02-01", "2026-04-02")


LISTS = """
[rulebook]
name = "two-lists"
version = 1
title = "Two lists"
citation = "Test rules 1"
read_on = 2026-11-22
effective_from = 2026-01-01
[[component]]
name = "rating"
kind = "mark"
maximum = "100"
weight = "100"
[certification]
reach = "people"
per_vacancy = "1"
ties = "break"
citation = "Test rules 2"
list_life = {{ years = 1 }}
[certification.lists]
citation = "Test rules 3"
combine = "{combine}"
list = [
  {{ name = "quota", title = "Reserved list", claim = "q", citation = "Test rules 4" }},
  {{ name = "open", title = "Open list", citation = "Test rules 5" }},
]
{roster}
"""
ROSTER = 'roster = { length = 3, other = "open", citation = "x", block = [{ name = "quota", points = [2] }] }'
MARKS = "id,rating,claims\na,90,\nb,80,\nc,70,q\nd,60,q\n"


def two_lists(folder, combine, roster=""):
    rules = folder / "lists.toml"
    rules.write_text(LISTS.format(combine=combine, roster=roster))
    return (write(folder, "marks.csv", MARKS), "--rulebook", rules, "--issued-on", "2026-02-01")


def test_several_lists_share_the_vacancies_by_turns(tmp_path):
    words = two_lists(tmp_path, "turns", ROSTER)
    found = answered("certify", *words, "--vacancies", "2")
    assert [(row["list"], row["candidate"], row["turn"], row["score"]) for row in found["rows"]] == [
        ("quota", "c", 2, "70.00"),
        ("open", "a", 1, "90.00"),
    ]
    assert found["turns"] == [
        {"turn": 1, "list": "open", "served_by": "open", "candidate": "a"},
        {"turn": 2, "list": "quota", "served_by": "quota", "candidate": "c"},
    ]
    assert found["certificates"]["open"]["sentence"] == (
        "Open list: 1 of 2 vacancies. The highest 1 people may be considered."
    )
    later = answered("certify", *words, "--first-turn", "2", "--unavailable", "c")
    assert [(row["list"], row["candidate"], row["turn"]) for row in later["rows"]] == [("quota", "d", 2)]
    assert later["certificate"] != found["certificate"]
    assert "Reserved list: 1 of 2 vacancies." in ok("certify", *words, "--vacancies", "2")
    gone = [word for name in "abcd" for word in ("--unavailable", name)]
    nobody = answered("certify", *words, *gone)
    assert (nobody["rows"], nobody["turns"][0]["served_by"]) == ([], "")
    assert "Nobody on any of the lists can be certified." in ok("certify", *words, *gone)


def test_one_list_after_the_other_stands_in_one_certificate(tmp_path):
    words = two_lists(tmp_path, "in-order")
    found = answered("certify", *words, "--vacancies", "3")
    assert [(row["list"], row["candidate"], row["position"], row["turn"]) for row in found["rows"]] == [
        ("quota", "c", "1", None),
        ("quota", "d", "2", None),
        ("open", "a", "3", None),
    ]
    assert (found["turns"], list(found["certificates"])) == ([], [""])
    assert refused("certify", *words, "--established-on", "2025-01-01") == (
        "The list ended on 2026-01-01; nobody can be certified from it."
    )


def test_turns_are_asked_for_only_where_there_are_lists(tmp_path):
    said = refused("certify", *examination(tmp_path), *CITY, "--first-turn", "2")
    assert said == "--first-turn: Turns are counted only where the rulebook has several lists."


def test_the_version_of_a_rulebook_follows_the_announcement(tmp_path):
    marks = write(tmp_path, "marks.csv", "id,rating\na,80\n")
    for day, version in (("2025-11-06", 1), ("2025-11-07", 2)):
        found = answered(
            "rank", marks, "--rulebook", "us-federal-numeric", "--on", day, "--fact", "grade=7",
            "--fact", "scientific_or_professional=false",
        )  # fmt: skip
        assert found["rulebook"]["version"] == version
        assert found["facts"] == {"grade": 7, "scientific_or_professional": False}
