"""The draw of raters, and relations found by what people wrote."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exams.assignments.relations import compare, names_person, of_application, of_member
from app.exams.assignments.rules import Draw, Need
from app.exams.assignments.states import Basis
from app.exams.marking.evidence import blind
from app.exams.panels.rules import read_scale, read_units, write_units
from app.exams.scripts.rules import draw_codes, map_digest, number_in
from app.platform.errors import Invalid


@given(st.integers(1, 60), st.integers(2, 7), st.text(min_size=1, max_size=8))
def test_loads_differ_by_one_at_most_and_nobody_rates_twice(scripts, raters, seed):
    names = [f"r{place}" for place in range(raters)]
    given_out = Draw(seed).give([Need(f"s{place}", 2) for place in range(scripts)], names)
    assert all(len(set(own)) == 2 for own in given_out.values())
    loads = Counter(rater for own in given_out.values() for rater in own)
    counts = [loads[name] for name in names]
    assert max(counts) - min(counts) <= 1


def test_every_pair_of_raters_meets_as_often_and_the_seed_gives_the_same_again():
    names = ["a", "b", "c", "d"]
    needs = [Need(f"s{place}", 2) for place in range(12)]
    one, again, other = (Draw(seed).give(needs, names) for seed in ("x", "x", "y"))
    pairs = Counter(frozenset(own) for own in one.values())
    assert [pairs[frozenset(pair)] for pair in combinations(names, 2)] == [2] * 6
    assert one == again
    assert one != other


def test_who_is_barred_or_has_rated_gets_it_not_and_a_script_may_stay_without():
    needs = [Need("s", 2, taken=("a",), barred=frozenset({"b"}))]
    assert Draw("x").give(needs, ["a", "b", "c"]) == {"s": ["c"]}
    assert Draw("x").give(needs, ["a", "b"]) == {}


def person(**values):
    standard = {"name": "Ana Perez", "surnames": "", "address": "", "postcode": "", "employers": ""}
    return of_member(**standard | values)


@pytest.mark.parametrize(
    ("rater", "candidate", "found"),
    [
        ({"address": "12 Oak Street", "postcode": "1"}, ("Bo Pérez", "12  OAK street.", "1"), True),
        ({"address": "12 Oak Street", "postcode": "1"}, ("Bo Pérez", "12 Oak St, flat 2", "1"), True),
        ({"address": "12 Oak Street", "postcode": "1"}, ("Bo Pérez", "12 Oak Street", "2"), False),
        ({"address": "12 Oak Street", "postcode": "1"}, ("Bo Lind", "12 Oak Street", "1"), False),
        ({"address": "", "postcode": "1"}, ("Bo Pérez", "", "1"), False),
        ({"surnames": "Lind, Perez", "address": "1 A"}, ("Bo Lind", "1 A", ""), True),
    ],
)
def test_a_surname_counts_only_with_the_same_home(rater, candidate, found):
    name, address, postcode = candidate
    contact = {"full_name": name, "address_line_1": address, "postcode": postcode}
    basis = compare(person(**rater), of_application({"contact": contact}))
    assert basis is (Basis.SURNAME_AND_ADDRESS if found else None)


def test_employers_are_the_same_without_their_legal_form():
    candidate = of_application({"experience": [{"employer": "HARBOR Works Ltd."}]})
    assert compare(person(employers="Other\nHarbor Works, Inc."), candidate) is Basis.EMPLOYER
    assert compare(person(employers="Harbor"), candidate) is None


def test_a_named_person_is_found_in_any_order_of_words_but_not_by_one_word():
    candidate = of_application({"contact": {"full_name": "Ana María Pérez"}})
    assert names_person("Pérez, ana maria", candidate)
    assert not names_person("Pérez", candidate)
    assert not names_person("Ana Pérez", candidate)


def test_units_are_exact_and_in_steps():
    assert [read_units(text, 2) for text in ("3", "3.5", "3,5", "3.25", "-1", "", "1e3")] == [
        6, 7, 7, None, None, None, None,
    ]  # fmt: skip
    assert [write_units(units, 4) for units in (0, 1, 2, 4, 7)] == ["0", "0.25", "0.5", "1", "1.75"]


@pytest.mark.parametrize(
    ("maximum", "anchors", "field"),
    [
        ("0", "", "maximum"),
        ("99999", "", "maximum"),
        ("x", "", "maximum"),
        ("5", "no colon", "anchors"),
        ("5", "6: too much", "anchors"),
        ("5", "1: one\n1: again", "anchors"),
        ("5", "1:", "anchors"),
    ],
)
def test_a_scale_that_is_none_is_refused_at_its_field(maximum, anchors, field):
    with pytest.raises(Invalid) as refused:
        read_scale("Content", "", maximum, anchors, 1)
    assert list(refused.value.fields) == [field]


def test_codes_are_never_drawn_twice_and_the_map_is_sealed_whatever_its_order():
    signs = iter("AAAAAAAAAAAABBBBBB")
    assert draw_codes(2, [], lambda _alphabet: next(signs)) == ["AAAAAA", "BBBBBB"]
    rows = [("C-1", "AAAAAA", "s1"), ("C-2", "BBBBBB", "s2")]
    assert map_digest(rows) == map_digest(reversed(rows))
    assert map_digest(rows) != map_digest([("C-1", "BBBBBB", "s1"), ("C-2", "AAAAAA", "s2")])


def test_a_file_is_named_by_exactly_one_candidate():
    numbers = ["C-0001", "C-0002"]
    names = ("C-0001.pdf", "scan c-0002 page 1.png", "C-00011.pdf", "C-0001 C-0002.pdf", "x.pdf")
    assert [number_in(name, numbers) for name in names] == ["C-0001", "C-0002", "", "", ""]


def test_evidence_holds_no_contact_and_no_number_of_a_licence():
    snapshot = {
        "contact": {"full_name": "Ana Pérez"},
        "education": [{"institution": "State College"}],
        "licences": [{"title": "Engineer", "number": "778899"}],
        "experience": [],
        "answers": [{"statement": "Can weld", "answer": "Yes"}],
    }
    shown = blind(snapshot)
    assert "Pérez" not in str(shown)
    assert "778899" not in str(shown)
    assert set(shown.sections) == {"education", "licences"}
