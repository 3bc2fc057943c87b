"""Every refusal is a whole sentence for people, and says where."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from app.exams import merit
from app.exams.merit.exact import LIMIT
from app.exams.merit.statistics import root
from tests.unit.exams.merit.books import ITEMS, WRITTEN, book

DAY = date(2026, 1, 2)
PLAIN = merit.rulebook.load(book(WRITTEN))
OF_ITEMS = merit.rulebook.load(book(ITEMS))
TWO_OF_ITEMS = merit.rulebook.load(
    book(ITEMS.replace('"100"', '"50"'), ITEMS.replace('"100"', '"50"').replace("written", "more"))
)
CERTIFIED = merit.rulebook.load(book(WRITTEN, '[certification]\nreach = "whole-list"\ncitation = "x"\n'))
SEATED = merit.rulebook.load(
    book(WRITTEN, '[seats]\nrest = "A"\ncitation = "x"\nblock = [{ name = "A", citation = "x" }]\n')
)
KEY = merit.Key(1, (merit.Item("1", ("A",)),))
SHEETS = merit.Responses.from_rows(["p"], ["1"], [["A"]])
ONE = merit.Candidates.of([{"id": "p", "marks": {"written": 90}}])
LISTED = merit.rank(PLAIN, ONE, list_id="x")
FORM = merit.Frequencies.of([5, 5])
IDS, ONES = np.array(["p", "q"]), np.ones((2, 2), dtype=np.uint8)
SHARED = merit.rulebook.load(
    book(
        WRITTEN,
        '[seats]\nrest = "A"\ncitation = "x"\nblock = [{ name = "A", citation = "x" }, '
        '{ name = "B", share = "50", rounding = "ceiling", citation = "x" }, '
        '{ name = "C", share = "50", rounding = "ceiling", citation = "x" }]\n',
    )
)
LIVED = merit.rulebook.load(
    book(WRITTEN, '[certification]\nreach = "whole-list"\ncitation = "x"\nlist_life = { months = 1 }\n')
)
STEPPED = merit.rulebook.load(
    book('[[table]]\nname = "t"\ntitle = "Steps"\ncitation = "x"\nstep = [{ from = "2", value = "1" }]\n')
).table("t")


def ranked(more: str, *rows: dict[str, Any], **facts: Any) -> Callable[[], object]:
    given = rows or ({},)
    people = [{"id": "p" * place, "marks": {"written": 90}} | row for place, row in enumerate(given, 1)]
    loaded = merit.rulebook.load(book(WRITTEN, more))
    return lambda: merit.rank(loaded, merit.Candidates.of(people), list_id="x", facts=facts)


def by_session(method: str, *rows: tuple[int, str], more: str = "") -> Callable[[], object]:
    rules = f'normalise = {{ method = "{method}", by = "s", citation = "x"{more} }}\n'
    loaded = merit.rulebook.load(book(WRITTEN, rules))
    people = [
        {"id": f"p{place}", "marks": {"written": mark}, "attributes": {"s": session}}
        for place, (mark, session) in enumerate(rows)
    ]
    return lambda: merit.rank(loaded, merit.Candidates.of(people), list_id="x")


STEPS = '[[preference]]\nkind = "steps"\nby = "years"\nstep = [{ from = "1", value = "1" }]\ncitation = "x"\n'
UNLESS = '[[preference]]\nclaim = "v"\nkind = "standing"\ncitation = "x"\n'
UNLESS += 'unless = [{ fact = "grade", below = 3 }]\n'
CAP = '[preferences]\ncap = { percent = "30", citation = "x" }\n'
LEVEL = merit.rulebook.load(book(WRITTEN, 'level = [{ name = "A", mark = "90", most_added = "5" }]\n'))

REFUSALS: list[tuple[Callable[[], object], str]] = [
    (
        lambda: merit.score(PLAIN, KEY, SHEETS),
        "The rulebook has not exactly one component of items; name the component.",
    ),
    (
        lambda: merit.score(TWO_OF_ITEMS, KEY, SHEETS),
        "The rulebook has not exactly one component of items; name the component.",
    ),
    (
        lambda: merit.score(PLAIN, KEY, SHEETS, component="written"),
        "The component 'written' is not made of items.",
    ),
    (
        lambda: merit.score(OF_ITEMS, merit.Key(1, (*KEY.items, merit.Item("2", ("A",)))), SHEETS),
        "responses, column 2: the item is missing from the answer sheets.",
    ),
    (
        lambda: merit.score(OF_ITEMS, merit.Key(1, (merit.Item("0", ("A",)),)), SHEETS),
        "responses, column 0: the item is missing from the answer sheets.",
    ),
    (
        lambda: merit.score(OF_ITEMS, merit.Key(1, (merit.Item("9", ("A",)),)), SHEETS),
        "responses, column 1: the item is missing from the key.",
    ),
    (
        lambda: merit.score(OF_ITEMS, merit.Key(1, (merit.Item("1", treatment="neutralised"),)), SHEETS),
        "Every item of the key is neutralised; there is nothing left to mark.",
    ),
    (
        lambda: merit.score(OF_ITEMS, KEY, merit.Responses.from_rows(["p"], ["1"], [["A"]], series=["C"])),
        "responses: the key has no booklet series 'C'.",
    ),
    (lambda: merit.rate(PLAIN, "written", []), "The component 'written' is not rated by a panel."),
    (
        lambda: merit.normalised_mark(PLAIN, "written", {}, "s", 1),
        "The component 'written' is not normalised by a line.",
    ),
    (lambda: merit.level_mark(LEVEL, "written", "B"), "levels, row B: there is no such level."),
    (lambda: merit.level_mark(LEVEL, "written", "A", 6), "levels, row A: at most 5 may be added."),
    (lambda: merit.level_mark(LEVEL, "written", "A", -1), "levels, row A: at most 5 may be added."),
    (lambda: merit.seat(PLAIN, LISTED, 1), "The rulebook 'test' has no rules for seats."),
    (lambda: merit.seat(SEATED, LISTED, {"B": 1}), "seats: the rulebook has no block 'B'."),
    (lambda: merit.certify(PLAIN, [], issued_on=DAY), "The rulebook 'test' has no rules of certification."),
    (
        lambda: merit.certify(CERTIFIED, [], issued_on=DAY, vacancies=0),
        "A certificate needs at least one vacancy.",
    ),
    (
        lambda: merit.certify(CERTIFIED, [merit.Eligible("a", 1, 1, 9, 1)] * 2, issued_on=DAY),
        "eligible list: somebody stands in it twice.",
    ),
    (
        lambda: merit.check_selection(PLAIN, merit.certify(CERTIFIED, [], issued_on=DAY), [], on=DAY),
        "The certificate was issued under another rulebook.",
    ),
    (lambda: merit.check_decline(CERTIFIED, "Z", []), "answers, row Z: the rulebook has no such code."),
    (lambda: LISTED.row("q"), "merit list, row q: there is no such candidate."),
    (
        lambda: merit.rank(PLAIN, merit.Candidates.of([{"id": "p"}]), list_id="x"),
        "candidates, column written: the rulebook needs marks of this component.",
    ),
    (
        lambda: merit.rank(OF_ITEMS, ONE, list_id="x"),
        "candidates, column written: its maximum is known neither from the rulebook nor from a key.",
    ),
    (
        ranked("", {"marks": {"written": 101}}),
        "candidates, row p, column written: 101 is above the maximum of 100.",
    ),
    (
        ranked("", {"marks": {"written": "0.125"}}),
        "candidates, row p, column written: 0.125 has more than 2 decimals.",
    ),
    (
        ranked('section = [{ name = "s", minimum = "1" }]\n'),
        "candidates, column written.s: the rulebook sets a minimum for it.",
    ),
    (
        ranked('normalise = { method = "mean", by = "s", citation = "x" }\n'),
        "candidates, column s: the rulebook normalises by it.",
    ),
    (
        ranked('keep = { per_vacancy = "1", citation = "x" }\n'),
        "facts, column vacancies: the rulebook keeps a number of people for each vacancy.",
    ),
    (
        ranked('keep = { per_vacancy = "1", citation = "x" }\n', vacancies="many"),
        "facts, column vacancies: the rulebook keeps a number of people for each vacancy.",
    ),
    (
        ranked('keep = { per_vacancy = "1", citation = "x" }\n', vacancies=-1),
        "facts, column vacancies: the rulebook keeps a number of people for each vacancy.",
    ),
    (ranked(CAP), "facts, column vacancies: the cap on preference asks for the number of vacancies."),
    (ranked(UNLESS), "facts, column grade: the rulebook asks for this fact of the announcement."),
    (ranked(STEPS), "candidates, column years: the rulebook gives points by it."),
    (ranked(STEPS, {"attributes": {"years": DAY}}), "candidates: a date is no number of points."),
    (
        ranked('[bands]\nby = "attribute.band"\ncitation = "x"\ncategory = [{ name = "A" }]\n'),
        "candidates, column band: the rulebook puts people into categories by it.",
    ),
    (
        ranked(
            '[bands]\nby = "attribute.band"\ncitation = "x"\ncategory = [{ name = "A" }]\n',
            {"attributes": {"band": "Z"}},
        ),
        "candidates, row p, column band: 'Z' is no category.",
    ),
    (
        ranked('[bands]\nby = "sed"\ncitation = "x"\n'),
        "facts, column deviation: the rulebook asks for it to make bands.",
    ),
    (
        ranked('[order]\nkey = [{ by = "attribute.born", first = "latest" }]\n'),
        "candidates, column born: the rulebook breaks ties by it.",
    ),
    (
        ranked('[order]\nkey = [{ by = "section.written.s" }]\n'),
        "candidates, column written.s: the rulebook breaks ties by it.",
    ),
    (
        ranked('[order]\nkey = [{ by = "draw" }]\n'),
        "The rulebook breaks ties by a draw; the list needs its public seed.",
    ),
    (
        ranked(
            '[order]\nkey = [{ by = "attribute.born", first = "latest" }]\n', {"attributes": {"born": 1.5}}
        ),
        "candidates, column born: it must hold dates, whole numbers, fractions or texts.",
    ),
    (
        by_session("two-point", (5, "a"), (5, "a")),
        "The best marks of a session equal its mean and deviation; two points are needed.",
    ),
    (
        by_session("mean-sd", (5, "a"), more=', deviation_of = "sample"'),
        "A deviation needs more than 1 people.",
    ),
    (
        by_session("mean", (5, "a"), more=', base = "z"'),
        "candidates, column s: nobody sat the base session 'z'.",
    ),
    (lambda: merit.equating.linear(FORM, FORM), "Form X has one mark only; a line needs two."),
    (lambda: merit.Frequencies.of([]).mean(), "There is no mean of nobody."),
    (lambda: FORM.top_mean(3), "There are not 3 marks to take the mean of."),
    (lambda: FORM.top_mean(0), "There are not 0 marks to take the mean of."),
    (lambda: merit.shares.share(1, 0), "There is no share of nothing."),
    (
        lambda: merit.fraction(0.5),  # type: ignore[arg-type]
        '0.5 is not an exact number; write it as text, for example "0.25" or "1/3".',
    ),
    (
        lambda: merit.fraction(True),
        'True is not an exact number; write it as text, for example "0.25" or "1/3".',
    ),
    (lambda: merit.fraction("1/0"), "'1/0' is not an exact number."),
    (lambda: merit.Marks(np.array([1]), 0), "A denominator must be 1 or more."),
    (
        lambda: merit.Marks(np.array([0.5]), 1),
        "Marks must be whole numbers over a denominator, never floats.",
    ),
    (lambda: merit.Marks.of([LIMIT]), "These marks need more than 62 bits over a common denominator."),
    (
        lambda: merit.Marks.of([1]).times(Fraction(LIMIT)),
        "Multiplying these marks by 4611686018427387904 needs more than 62 bits.",
    ),
    (
        lambda: merit.Marks.of([0]).times(Fraction(1, LIMIT)),
        "Multiplying these marks by 1/4611686018427387904 needs more than 62 bits.",
    ),
    (lambda: merit.Marks.of(["1/2"]).over(3), "3 is no multiple of the denominator 2."),
    (lambda: merit.Marks.of([1]).over(LIMIT), "These marks over 4611686018427387904 need more than 62 bits."),
    (
        lambda: merit.round_fraction(Fraction(1, 3), merit.Rounding(0, "odd")),
        "'odd' is no rounding mode; use one of half-up, half-down, half-even, up, down, floor, ceiling.",
    ),
    (
        lambda: merit.round_marks(merit.Marks.of(["1/3"]), merit.Rounding(0, "odd")),
        "'odd' is no rounding mode; use one of half-up, half-down, half-even, up, down, floor, ceiling.",
    ),
    (lambda: PLAIN.component("oral"), "The rulebook 'test' has no component 'oral'."),
    (lambda: PLAIN.table("oral"), "The rulebook 'test' has no table 'oral'."),
    (lambda: PLAIN.period("oral"), "The rulebook 'test' has no period 'oral'."),
    (lambda: SHEETS.answer("q", "1"), "responses, row q: there is no such candidate."),
    (lambda: SHEETS.answer("p", "2"), "responses, column 2: there is no such item."),
    (lambda: merit.Responses.from_rows(["p"], ["1"], []), "responses: there are 0 rows for 1 candidates."),
    (
        lambda: merit.Responses.from_rows(["p"], ["1"], [["A", "B"]]),
        "responses, row p: it has 2 answers for 1 items.",
    ),
    (
        lambda: merit.Responses.from_rows(["p"], ["1", "1"], [["A", "B"]]),
        "responses, row 1: the item code stands in it twice.",
    ),
    (
        lambda: merit.Responses.from_columns(["p"], {"1": []}),
        "responses, column 1: it has 0 answers for 1 candidates.",
    ),
    (
        lambda: merit.Responses.from_rows(["p"], ["1"], [["A"]], series=["", ""]),
        "responses: there must be one booklet series for each candidate.",
    ),
    (
        lambda: merit.Candidates.from_scores(merit.score(OF_ITEMS, KEY, SHEETS), claims={"q": ["v"]}),
        "claims, row q: there is no such candidate.",
    ),
    (
        lambda: merit.Candidates.from_scores(merit.score(OF_ITEMS, KEY, SHEETS), attributes={"q": {"v": 1}}),
        "attributes, row q: there is no such candidate.",
    ),
    (
        lambda: merit.assign(SEATED, LISTED, [merit.Post("a", {"A": 1})], {"p": ["b"]}),
        "preferences, row p: there is no post 'b'.",
    ),
    (
        lambda: merit.assign(SEATED, LISTED, [merit.Post("a", {"A": 1})], {"p": ["a", "a"]}),
        "preferences, row p: a post is named twice.",
    ),
    (
        lambda: merit.seat_numbers(
            merit.rulebook.load(
                book(
                    WRITTEN,
                    '[seats]\ncitation = "x"\nblock = [{ name = "A", citation = "x" }]\n'
                    '[seats.roster]\nlength = 1\nother = "A"\ncitation = "x"\n',
                )
            ),
            1,
            first_point=0,
        ),
        "Roster points are counted from 1.",
    ),
    (
        lambda: merit.seat_numbers(SEATED, 1, carried={"A": -1}),
        "seats: -1 seats cannot be carried over to a block 'A'.",
    ),
    (
        lambda: merit.seat_numbers(SEATED, 1, carried={"B": 1}),
        "seats: 1 seats cannot be carried over to a block 'B'.",
    ),
    (
        lambda: merit.seat(SEATED, LISTED, {"A": 1}, carried={"A": 1}),
        "Seats announced by block already hold what is carried over.",
    ),
    (lambda: merit.seat_numbers(SHARED, 1), "The shares ask for more than the 1 vacancies."),
    (
        lambda: merit.Responses(IDS, ("1", "1"), ("",), ONES),
        "responses, row 1: the item code stands in it twice.",
    ),
    (
        lambda: merit.Responses(np.array(["p", "p"]), ("1", "2"), ("",), ONES),
        "responses, row p: the candidate id stands in it twice.",
    ),
    (
        lambda: merit.Responses.from_rows(["a", "p", "z", "p"], ["1"], [["A"]] * 4),
        "responses, row p: the candidate id stands in it twice.",
    ),
    (
        lambda: merit.Responses(np.array(["p", 1], dtype=object), ("1", "2"), ("",), ONES),
        "responses: every candidate id must be text.",
    ),
    (
        lambda: merit.Responses(np.array(["p", ""]), ("1", "2"), ("",), ONES),
        "responses: a candidate id is empty.",
    ),
    (
        lambda: merit.Responses(np.array([1, 2]), ("1", "2"), ("",), ONES),
        "responses: every candidate id must be text.",
    ),
    (
        lambda: merit.Responses(IDS, ("1",), ("", "A"), ONES),
        "responses: there must be one answer for each item and candidate.",
    ),
    (
        lambda: merit.Responses(IDS, ("1", "2"), ("",), ONES),
        "responses: an answer is no index into the 1 options.",
    ),
    (
        lambda: merit.Candidates(np.array(["p", "p"]), {}),
        "candidates, row p: the candidate id stands in it twice.",
    ),
    (
        ranked(
            '[order]\nkey = [{ by = "attribute.born", first = "latest" }]\n',
            {"attributes": {"born": 5}},
            {"attributes": {"born": DAY}},
        ),
        "candidates, column born: it mixes kinds of values.",
    ),
    (
        lambda: merit.certify(LIVED, [], issued_on=date(2026, 2, 3), list_established_on=DAY),
        "The list ended on 2026-02-02; nobody can be certified from it.",
    ),
    (
        lambda: STEPPED.convert(merit.Marks.of(["3/2"])),
        "The table 'Steps' says nothing about a mark of 1.5.",
    ),
    (lambda: root(Fraction(-1, 4)), "There is no square root of a number below 0."),
]


@pytest.mark.parametrize(("call", "said"), REFUSALS, ids=[f"{place}" for place, _ in enumerate(REFUSALS)])
def test_a_refusal_is_this_sentence(call: Callable[[], object], said: str) -> None:
    with pytest.raises(merit.MeritError) as caught:
        call()
    assert str(caught.value) == said
    assert said[0].isupper() or said[0] in "'0123456789" or ": " in said


def test_several_faults_stand_below_each_other_with_their_file() -> None:
    with pytest.raises(merit.RulebookError) as caught:
        merit.rulebook.load(book(WRITTEN, 'places = -1\nabsent = "x"\n'), "a.toml")
    assert (caught.value.source, str(caught.value)) == (
        "a.toml",
        "a.toml, line 15: 'places' must be a whole number of 0 or more.\n"
        "a.toml, line 16: 'absent' is 'x'; it must be one of fails, zero.",
    )
