"""What a digest covers: each part counts, order and spelling do not; its form is a promise to others."""

import hashlib
import json
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from app.exams import merit
from tests.unit.exams.merit.books import WRITTEN, book

HALF = merit.Scheme(Fraction(1, 2), Fraction(-1, 3), Fraction(0))
ITEMS = (
    merit.Item("1", ("A", "B"), "several", "s"),
    merit.Item("2", ("C",), scheme=HALF, credits=(("D", "0.50"), ("B", "1/4"))),
)
SERIES = {"B": merit.Series(order={"1": "2", "2": "1"}, items=(merit.Item("2", ("A",)),))}
KEY = merit.Key(3, ITEMS, SERIES)


def sha(data: Any) -> str:
    """Digest plain data as anybody can: sorted keys, no spaces, UTF-8."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def item(
    code: str, accepted: list[str], treatment: str = "normal", section: str = "", **more: Any
) -> dict[str, Any]:
    plain = {"scheme": None, "credits": []}
    return {"code": code, "accepted": accepted, "treatment": treatment, "section": section, **plain, **more}


def test_the_digest_of_a_key_is_that_of_its_plain_data() -> None:
    second = item("2", ["C"], scheme=["0.5", "-1/3", "0"], credits=[["B", "0.25"], ["D", "0.5"]])
    series = {"B": {"order": {"1": "2", "2": "1"}, "items": [item("2", ["A"])]}}
    assert KEY.digest == sha(
        {"version": 3, "items": [item("1", ["A", "B"], "several", "s"), second], "series": series}
    )
    turned = (
        merit.Item("2", ("C",), scheme=HALF, credits=(("B", "0.25"), ("D", "1/2"))),
        merit.Item("1", ("B", "A"), "several", "s"),
    )
    assert merit.Key(3, turned, SERIES).digest == KEY.digest
    assert KEY.replacing(merit.Item("1", ("A",))).version == 4


@pytest.mark.parametrize("series", [["S", "", "T"], []])
def test_the_digest_of_sheets_is_that_of_their_plain_data(series: list[str]) -> None:
    rows = [["C", "A"], ["", "C"], ["B", "A"]]
    sheets = merit.Responses.from_rows(["q", "p", "r"], ["2", "1"], rows, series=series)
    head = {
        "candidates": ["p", "q", "r"],
        "items": ["1", "2"],
        "options": ["A", "B", "C"],
        "series": ["", "S", "T"] if series else [],
    }
    summer = hashlib.sha256(json.dumps(head, sort_keys=True, separators=(",", ":")).encode())
    # item 1 of p, q, r is C, A, A; item 2 is blank, C, B: its places in 16 bits
    for places in ((3, 1, 1), (0, 3, 2)):
        summer.update(b"".join(place.to_bytes(2, "little") for place in places))
    assert sheets.digest == summer.hexdigest()


def test_the_digest_of_a_list_of_candidates_is_that_of_its_plain_data() -> None:
    rows = [
        {
            "id": "b",
            "marks": {"written": "1.5", "oral": None},
            "claims": ["v"],
            "attributes": {"born": date(1990, 5, 1), "years": Fraction(1, 3)},
        },
        {"id": "a", "marks": {"written": 2, "oral": 3}, "attributes": {"born": None, "city": "Rom\u00e9"}},
    ]
    table = merit.Candidates.of(rows, maxima={"written": "2.5"})
    assert table.digest == sha(
        {
            "ids": ["a", "b"],
            "marks": {
                "written": {"denominator": 2, "numerators": [4, 3]},
                "oral": {"denominator": 1, "numerators": [3, 0]},
            },
            "claims": {"v": [1]},
            "absent": {"written": [], "oral": [1]},
            "attributes": {"born": [None, "1990-05-01"], "years": [None, "1/3"], "city": ["Rom\u00e9", None]},
            "maxima": {"written": "2.5"},
        }
    )


def test_the_digest_of_a_certificate_covers_names_and_days() -> None:
    rulebook = merit.rulebook.load(
        book(
            WRITTEN,
            '[certification]\nreach = "people"\nplus = "1"\ncitation = "x"\n',
            "certificate_life = { days = 5 }\n",
        )
    )
    names = [merit.Eligible("a", 1, 1, 90, 1), merit.Eligible("b", Fraction(5, 2), 2, 80, 1)]
    certificate = merit.certify(rulebook, names, issued_on=date(2026, 1, 2), vacancies=2)
    assert certificate.digest == sha(
        {
            "rulebook": rulebook.digest,
            "vacancies": 2,
            "issued_on": "2026-01-02",
            "expires_on": "2026-01-07",
            "names": [["a", 1]],
            "standing": [["a", 1], ["b", "5/2"]],
        }
    )


def test_the_digest_of_a_list_covers_inputs_seed_and_facts_and_rows() -> None:
    drawn = '[order]\nkey = [{ by = "total" }, { by = "draw" }]\n'
    rulebook = merit.rulebook.load(book(WRITTEN, drawn))
    table = merit.Candidates.of([{"id": "p", "marks": {"written": "62.5"}}], key_digests={"written": "k"})
    listing = merit.rank(rulebook, table, list_id="L", seed="s", facts={"grade": 7})
    inputs = sha({"candidates": table.digest, "list": "L", "seed": "s", "facts": {"grade": 7}})
    assert listing.inputs_digest == inputs
    rows = {"ids": ["p"], "ranks": [1], "scores": {"denominator": 2, "numerators": [125]}}
    assert listing.digest == sha(
        {"inputs": inputs, "rulebook": rulebook.digest, "keys": {"written": "k"}, "rows": rows}
    )
    plain = merit.rank(merit.rulebook.load(book(WRITTEN)), table, list_id="L", seed="s", facts={})
    assert plain.inputs_digest == sha({"candidates": table.digest, "list": "L", "seed": "", "facts": {}})
    again = merit.replay(listing, listing.digest)
    assert (again.equal, again.stored, again.computed) == (True, listing.digest, listing.digest)
    assert not merit.replay(plain, listing.digest).equal


REFUSED: list[tuple[Any, str]] = [
    (lambda: merit.Item("7", ("A",), "void"), "key, row 7: treatment 'void' is none of normal, "
        "several, full-credit-all, full-credit-answered, neutralised."),
    (lambda: merit.Item("7"), "key, row 7: a normal item needs exactly one accepted option."),
    (lambda: merit.Item("7", ("A", "B")), "key, row 7: a normal item needs exactly one accepted option."),
    (lambda: merit.Item("7", ("A",), "several"),
        "key, row 7: a several item needs two or more accepted options."),
    (lambda: merit.Item("7", ("A", "A"), "several"), "key, row 7: an option is accepted twice."),
    (lambda: merit.Key(1, ()), "key: it has no items."),
    (lambda: merit.Key(1, (ITEMS[0], ITEMS[0])), "key, row 1: the item stands in it twice."),
    (lambda: merit.Key(1, ITEMS, {"B": merit.Series(order={"1": "1"})}),
        "series B: its order must name each item of the key exactly once."),
    (lambda: merit.Key(1, ITEMS, {"B": merit.Series(items=(merit.Item("9", ("A",)),))}),
        "series B, row 9: the key has no such item."),
    (lambda: KEY.replacing(merit.Item("9", ("A",))), "key, row 9: the key has no such item."),
    (lambda: merit.Candidates.of([{"id": "a"}, {"id": "a"}]),
        "candidates, row a: the candidate id stands in it twice."),
    (lambda: merit.Candidates.of([{"id": ""}]), "candidates: a candidate id is empty."),
    (lambda: merit.Candidates(["a"], {"written": merit.Marks.of([1, 2])}),
        "candidates, column written: it has 2 values for 1 people."),
]  # fmt: skip


@pytest.mark.parametrize(("call", "said"), REFUSED, ids=[said[:40] for _, said in REFUSED])
def test_what_is_refused_says_where(call: Any, said: str) -> None:
    with pytest.raises(merit.InputError) as caught:
        call()
    assert str(caught.value) == said


def test_absent_people_have_no_mark_and_half_given_people_are_read() -> None:
    table = merit.Candidates.of([{"id": "a", "marks": {"written": None}}, {"id": "b"}])
    assert table.marks["written"].fractions() == [0, 0]
    assert table.absent["written"].tolist() == [True, True]


@pytest.mark.parametrize(
    ("kind", "more", "words"),
    [
        ("points", 'points = "5"', "5 points: 50 + 5 = 55"),
        ("percent-of-maximum", 'points = "10"', "10 % of the maximum: 50 + 10 = 60"),
        ("percent-of-mark", 'points = "10"', "10 % of the mark: 50 + 5 = 55"),
        ("steps", 'by = "years"\nstep = [{ from = "3", value = "2" }]', "points by years: 50 + 2 = 52"),
        ("rate", 'by = "years"\npoints = "2"', "2 points for each of years: 50 + 6 = 56"),
        ("tier", "tier = 3", "a place in tier 3"),
        ("float", "", "a place at the top"),
        ("standing", "", "a place before others with the same mark"),
    ],
)
def test_each_preference_is_said_in_words(kind: str, more: str, words: str) -> None:
    text = f'[[preference]]\nclaim = "v"\nkind = "{kind}"\ncitation = "act"\n{more}\n'
    row = {"id": "p", "marks": {"written": 50}, "claims": ["v"], "attributes": {"years": 3}}
    listing = merit.rank(merit.rulebook.load(book(WRITTEN, text)), merit.Candidates.of([row]), list_id="x")
    told = [step for step in merit.explain(listing, "p").steps if step.stage == "preference"]
    assert [(step.label, step.arithmetic, step.citation) for step in told] == [("v", words, "act")]
