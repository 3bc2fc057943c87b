"""Derivations, lines of a list and rulings, whole and word for word, with their citations."""

from datetime import date
from typing import Any

import pytest

from app.exams import merit
from tests.unit.exams.merit.books import ITEMS, WRITTEN, book

WHOLE = """
[[component]]
name = "papers"
title = "Papers"
kind = "composite"
method = "best"
best = 2
maximum = "200"
weight = "60"
citation = "papers law"
[[component]]
name = "one"
title = "Paper one"
kind = "mark"
of = "papers"
maximum = "100"
factor = "1/2"
citation = "one law"
[[component]]
name = "two"
title = "Paper two"
kind = "mark"
of = "papers"
maximum = "100"
citation = "two law"
[[component]]
name = "three"
title = "Paper three"
kind = "mark"
of = "papers"
maximum = "100"
absent = "zero"
citation = "three law"
[[component]]
name = "service"
title = "Service"
kind = "mark"
maximum = "100"
weight = "40"
places = 1
rounding = { places = 0 }
citation = "service law"
table = [{ from = "0", value = "10" }, { from = "5", value = "80.5" }]
[[component]]
name = "language"
title = "Language"
kind = "mark"
maximum = "10"
minimum = "5"
qualifying = true
citation = "language law"
[total]
scale = "100"
decision = { places = 1 }
citation = "total law"
[preferences]
highest_total = "88"
[[preference]]
claim = "v"
title = "Veteran"
kind = "points"
points = "30"
citation = "veteran law"
[order]
key = [{ by = "total" }, { by = "draw", title = "lot", citation = "lot law" }]
"""


def test_a_whole_derivation_is_told_word_for_word() -> None:
    row = {
        "id": "p",
        "marks": {"one": 60, "two": 70, "three": None, "service": 7, "language": 6},
        "claims": ["v"],
    }
    listing = merit.rank(
        merit.rulebook.load(book(WHOLE)), merit.Candidates.of([row]), list_id="L", seed="coin"
    )
    told = merit.explain(listing, "p")
    lot = merit.draw("coin", "L", "p").hex()
    assert [(one.stage, one.label, one.value, one.arithmetic, one.citation) for one in told.steps] == [
        ("component", "Paper one", "30", "60 × 0.5 = 30", "one law"),
        ("component", "Paper two", "70", "as it stands", "two law"),
        ("component", "Paper three", "0", "absent", "three law"),
        ("composite", "Papers", "100", "the best 2 of 30, 70, 0 = 100", "papers law"),
        ("component", "Papers", "30", "100 ÷ 200 × 100 × 60 % = 30", "papers law"),
        ("table", "Service", "80.5", "7 is 80.5 in the table of the rulebook", "service law"),
        ("rounding", "Service", "81", "80.5 rounded to 0 decimals, half-up = 81", "service law"),
        ("component", "Service", "32.4", "81 ÷ 100 × 100 × 40 % = 32.4", "service law"),
        ("qualifying", "Language", "6", "must be passed and adds nothing", "language law"),
        ("total", "Total", "62.4", "30 + 32.4 = 62.4", "total law"),
        ("rounding", "Total that decides", "62.4", "62.4 rounded to 1 decimals, half-up = 62.4", "total law"),
        ("gate", "Minimum: Paper one (presence)", "met", "needed", ""),
        ("gate", "Minimum: Paper two (presence)", "met", "needed", ""),
        ("gate", "Minimum: Service (presence)", "met", "needed", ""),
        ("gate", "Minimum: Language (presence)", "met", "needed", ""),
        ("gate", "Minimum: Language", "met", "6 reached, at least 5 needed", ""),
        ("preference", "Veteran", "30", "30 points: 62.4 + 30 = 92.4", "veteran law"),
        ("preference", "Limit on points", "88", "92.4 is limited to 88", ""),
        ("rank", "Rank", "1", "held alone, competition numbering, 1 people passed", ""),
        ("draw", "Lot", lot, "HMAC-SHA256, seed coin, over Lp", "lot law"),
    ]
    assert (told.candidate_id, told.list_digest, told.rulebook_digest, told.row) == (
        "p",
        listing.digest,
        listing.rulebook.digest,
        listing.row("p"),
    )


def test_who_shares_a_rank_or_failed_is_told_with_whom_and_by_what() -> None:
    text = WRITTEN.replace('weight = "100"', 'weight = "50"\nminimum = "5"\ntitle = "Test"')
    text += text.replace('"written"', '"oral"').replace('"Test"', '"Oral"')
    rows = [{"id": name, "marks": {"written": 9, "oral": 9}} for name in "abc"]
    rows.append({"id": "d", "marks": {"written": 1, "oral": 2}})
    listing = merit.rank(merit.rulebook.load(book(text)), merit.Candidates.of(rows), list_id="L")
    told = {
        name: [
            (step.label, step.value, step.arithmetic)
            for step in merit.explain(listing, name).steps
            if step.stage == "rank"
        ]
        for name in "ad"
    }
    assert told == {
        "a": [("Rank", "1", "shared with 2 others, competition numbering, 3 people passed")],
        "d": [("Rank", "none", "not met: Test, Oral")],
    }


SECTIONS = """
[[component.section]]
name = "law"
[total]
method = "mean"
[order]
key = [{ by = "total" }, { by = "section.written.law", title = "law" }]
"""


def test_sections_and_series_are_told_by_their_names() -> None:
    items = (merit.Item("1", ("A",), section="law"), merit.Item("2", ("B",), section="law"))
    series = {"S": merit.Series(items=(merit.Item("1", treatment="neutralised", section="law"),))}
    sheets = merit.Responses.from_rows(["p", "q"], ["1", "2"], [["A", "B"], ["A", "B"]], series=["", "S"])
    rulebook = merit.rulebook.load(book(ITEMS.replace('weight = "100"\n', ""), SECTIONS))
    scores = merit.score(rulebook, merit.Key(1, items, series), sheets)
    listing = merit.rank(rulebook, merit.Candidates.from_scores(scores), list_id="L")
    told = {
        name: [
            (step.stage, step.label, step.value, step.arithmetic)
            for step in merit.explain(listing, name, scores).steps
            if step.stage in ("items", "order", "total")
        ]
        for name in "pq"
    }
    assert told == {
        "p": [
            ("items", "law: right answers", "2", "2 × 1 = 2"),
            ("total", "Total", "2", "2 = 2"),
            ("order", "In order by law", "2", "highest first"),
        ],
        "q": [
            ("items", "law: right answers", "2", "1 × 2 = 2"),
            ("items", "law: neutralised items", "0", "1 × 0 = 0"),
            ("total", "Total", "2", "2 = 2"),
            ("order", "In order by law", "2", "highest first"),
        ],
    }


SEATED = """
[seats]
rest = "OPEN"
citation = "seats law"
block = [
  { name = "OPEN", citation = "open law" },
  { name = "R", claim = "r", share = "50", citation = "r law" },
]
"""


def test_a_seat_is_told_with_the_law_of_its_block() -> None:
    rows = [
        {"id": name, "marks": {"written": mark}, "claims": claims}
        for name, mark, claims in (("a", 9, []), ("b", 8, []), ("c", 7, ["r"]), ("d", 6, []))
    ]
    listing = merit.rank(merit.rulebook.load(book(WRITTEN, SEATED)), merit.Candidates.of(rows), list_id="L")
    allocation = merit.seat(listing.rulebook, listing, 2)
    told = {
        name: [
            (step.stage, step.label, step.value, step.arithmetic, step.citation)
            for step in merit.explain(listing, name, allocation=allocation).steps[-1:]
        ]
        for name in "acd"
    }
    assert told == {
        "a": [("seat", "Seat", "OPEN", "by merit, place 1 of 1", "open law")],
        "c": [("seat", "Seat", "R", "by merit, place 1 of 1", "r law")],
        "d": [("seat", "Seat", "none", "2 people have a seat: OPEN to 9.00, R to 7.00", "")],
    }


CATEGORIES = [
    ('category = [{ name = "A", least = "50" }, { name = "B", least = "0" }]\n', ["50 or more", "0 or more"]),
    ('by = "attribute.rated"\ncategory = [{ name = "A" }, { name = "B" }]\n', ["", ""]),
    ('by = "sed"\nreliability = "0.84"\n', ["bands reach 11.0874 down from their best mark"] * 2),
]


@pytest.mark.parametrize(("bands", "said"), CATEGORIES)
def test_a_category_is_told_by_what_makes_it(bands: str, said: list[str]) -> None:
    rows = [
        {"id": name, "marks": {"written": mark}, "attributes": {"rated": name.upper()}}
        for name, mark in (("a", 50), ("b", 38))
    ]
    text = f'[bands]\ncitation = "band law"\n{bands}'
    listing = merit.rank(
        merit.rulebook.load(book(WRITTEN, text)),
        merit.Candidates.of(rows),
        list_id="L",
        facts={"deviation": 10},
    )
    told = [
        (step.label, step.value, step.arithmetic, step.citation)
        for name in "ab"
        for step in merit.explain(listing, name).steps
        if step.stage == "category"
    ]
    names = ["band 1", "band 2"] if "sed" in bands else ["A", "B"]
    assert told == [("Category", name, text, "band law") for name, text in zip(names, said, strict=True)]


def ranked(text: str, rows: list[dict[str, Any]], **facts: Any) -> list[tuple[str, int | None]]:
    listing = merit.rank(merit.rulebook.load(book(text)), merit.Candidates.of(rows), list_id="x", facts=facts)
    return [(row.candidate_id, row.rank) for row in listing.rows]


def test_dates_and_texts_that_are_missing_stand_after_the_last() -> None:
    for first, expected in (("earliest", "bac"), ("latest", "abc")):
        key = f'[order]\nkey = [{{ by = "attribute.born", first = "{first}" }}]\n'
        rows = [
            {"id": "a", "marks": {"written": 1}, "attributes": {"born": date(2000, 1, 2)}},
            {"id": "b", "marks": {"written": 1}, "attributes": {"born": date(2000, 1, 1)}},
            {"id": "c", "marks": {"written": 1}, "attributes": {"born": None}},
        ]
        assert "".join(name for name, _ in ranked(WRITTEN + key, rows)) == expected
    nobody = [{"id": name, "marks": {"written": 1}, "attributes": {"born": None}} for name in "ab"]
    assert ranked(WRITTEN + key, nobody) == [("a", 1), ("b", 1)]


CAP = """
[preferences]
cap = { percent = "50", citation = "x", rounding = "floor" }
[[preference]]
claim = "v"
kind = "points"
points = "50"
citation = "x"
[order]
key = [{ by = "total" }]
"""


def test_points_taken_away_by_the_cap_are_told_as_not_counted() -> None:
    rows = [
        {"id": name, "marks": {"written": mark}, "claims": claims}
        for name, mark, claims in (
            ("a", 50, []), ("b", 49, []), ("c", 30, ["v"]), ("d", 20, ["v"]), ("e", 10, []),
        )
    ]  # fmt: skip
    rulebook = merit.rulebook.load(book(WRITTEN, CAP))
    listing = merit.rank(rulebook, merit.Candidates.of(rows), list_id="x", facts={"vacancies": 2})
    assert [(row.candidate_id, row.score, row.points) for row in listing.rows] == [
        ("c", "80.00", "50"),
        ("a", "50.00", "0"),
        ("b", "49.00", "0"),
        ("d", "20.00", "0"),
        ("e", "10.00", "0"),
    ]
    told = {
        name: [
            (step.value, step.arithmetic)
            for step in merit.explain(listing, name).steps
            if step.stage == "preference"
        ]
        for name in "acd"
    }
    assert told == {
        "a": [],
        "c": [("50", "50 points: 30 + 50 = 80")],
        "d": [("0", "50 points, not counted beside a higher preference or over a cap")],
    }


DUTY = """
[certification]
reach = "people"
plus = "9"
citation = "reach law"
[[selection]]
kind = "reasons-below-highest"
sentence = "Say why."
duty = "Keep the reasons."
citation = "duty law"
"""


def test_a_lawful_selection_below_the_highest_still_has_its_duty() -> None:
    rulebook = merit.rulebook.load(book(WRITTEN, DUTY))
    rows = [{"id": name, "marks": {"written": mark}} for name, mark in (("a", 9), ("b", 8))]
    listing = merit.rank(rulebook, merit.Candidates.of(rows), list_id="x")
    certificate = merit.certify(rulebook, listing.eligibles(), issued_on=date(2026, 1, 1))
    evidence = merit.Evidence(written_reasons=["a"])
    (below,) = merit.check_selection(rulebook, certificate, ["b"], on=date(2026, 1, 2), evidence=evidence)
    duty = merit.Refusal("reasons-below-highest", "Keep the reasons.", "duty law", ("a",))
    assert (below.lawful, below.duties) == (True, (duty,))
    (best,) = merit.check_selection(rulebook, certificate, ["a"], on=date(2026, 1, 2))
    assert (best.lawful, best.duties) == (True, ())
    (stranger,) = merit.check_selection(rulebook, certificate, ["z"], on=date(2026, 1, 2))
    sentence = "The name is not on the list of this certificate."
    assert stranger.refusals == (merit.Refusal("not-on-list", sentence, "reach law"),)


FULL = """
[total]
minimum = "50"
decision = { places = 1 }
[[preference]]
claim = "v"
kind = "points"
points = "2.5"
citation = "x"
[[preference]]
claim = "t"
kind = "tier"
tier = 1
citation = "x"
[order]
key = [{ by = "tier" }, { by = "total" }]
"""


def test_a_line_of_the_list_and_a_name_for_certificates_hold_everything() -> None:
    rows = [
        {"id": "a", "marks": {"written": "70.25"}, "claims": ["v", "t"]},
        {"id": "b", "marks": {"written": 90}},
        {"id": "c", "marks": {"written": 90}},
        {"id": "d", "marks": {"written": 49}},
    ]
    listing = merit.rank(merit.rulebook.load(book(WRITTEN, FULL)), merit.Candidates.of(rows), list_id="x")
    plain: dict[str, Any] = {
        "numerator": 900,
        "denominator": 10,
        "score": "90.00",
        "tier": 2,
        "preference": False,
    }
    plain |= {"earned_numerator": 900, "earned_denominator": 10, "earned": "90.00", "points": "0"}
    plain |= {"category": "", "failed": ()}
    tied = [
        merit.Row(2, "b", True, 2, ("c",), **plain),
        merit.Row(3, "c", True, 2, ("b",), **plain),
    ]
    first: dict[str, Any] = {
        "numerator": 728,
        "score": "72.80",
        "tier": 1,
        "preference": True,
        "points": "2.5",
    }
    first |= {"earned_numerator": 703, "earned": "70.30"}
    last: dict[str, Any] = {"numerator": 490, "score": "49.00", "earned_numerator": 490, "earned": "49.00"}
    assert list(listing.rows) == [
        merit.Row(1, "a", True, 1, (), **plain | first),
        *tied,
        merit.Row(4, "d", False, None, (), **plain | last | {"failed": ("total",)}),
    ]
    assert listing.eligibles() == (
        merit.Eligible("a", 1, 1, 728, 10, True, "", 1),
        merit.Eligible("b", 2, 2, 900, 10, False, "", 2),
        merit.Eligible("c", 3, 2, 900, 10, False, "", 2),
    )
