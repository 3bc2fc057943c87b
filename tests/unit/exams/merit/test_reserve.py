"""Who is kept in reserve, until when, who is next, and what a rulebook may not say about it."""

from datetime import date

import pytest

from app.exams import merit
from tests.unit.exams.merit.books import WRITTEN, book
from tests.unit.exams.merit.test_certificates import names

ON = date(2026, 1, 29)
LIST = names(*((letter, 99 - place, False) for place, letter in enumerate("abcdefg")))
REACH = 'reach = "people"\nper_vacancy = "1"\nties = "break"\n'
RESERVE = 'percent = "50"\nlife = { months = 6 }\ncitation = "z"\n'


def text(reserve: str = RESERVE, reach: str = REACH, rest: str = "") -> str:
    rules = f'[certification]\ncitation = "x"\n{reach}\n[certification.reserve]\n{reserve}\n{rest}'
    return book(WRITTEN, rules)


def loaded(reserve: str = RESERVE) -> merit.Rulebook:
    return merit.rulebook.load(text(reserve))


def rule(reserve: str = RESERVE) -> merit.reserve.Reserve:
    certification = loaded(reserve).certification
    assert certification is not None
    assert certification.reserve is not None
    return certification.reserve


@pytest.mark.parametrize(
    ("numbers", "vacancies", "kept"),
    [
        ('percent = "50"', 3, "de"),
        ('percent = "50"\nrounding = "floor"', 3, "d"),
        ('percent = "50"\nplus = "1"', 2, "cd"),
        ('plus = "2"', 1, "bc"),
        ('percent = "200"', 4, "efg"),
        ('plus = "1"', 7, ""),
    ],
)
def test_the_next_in_list_order_are_kept(numbers: str, vacancies: int, kept: str) -> None:
    rulebook = loaded(f'{numbers}\nlife = {{ months = 6 }}\ncitation = "z"\n')
    formed = merit.certify(rulebook, LIST, issued_on=ON, vacancies=vacancies)
    assert "".join(name.candidate_id for name in merit.keep_in_reserve(rulebook, formed)) == kept


def test_who_is_gone_is_neither_certified_nor_kept() -> None:
    formed = merit.certify(loaded(), LIST, issued_on=ON, vacancies=2, unavailable={"a", "d"})
    assert [name.candidate_id for name in formed.names] == ["b", "c"]
    assert [name.candidate_id for name in merit.keep_in_reserve(loaded(), formed)] == ["e"]


def test_a_rulebook_without_a_reserve_keeps_nobody() -> None:
    rulebook = merit.rulebook.load(book(WRITTEN, f'[certification]\ncitation = "x"\n{REACH}'))
    assert merit.keep_in_reserve(rulebook, merit.certify(rulebook, LIST, issued_on=ON)) == ()


@pytest.mark.parametrize(
    ("life", "issued_on", "last"),
    [
        ("life = { months = 6 }", date(2010, 1, 29), date(2010, 7, 29)),
        ("life = { months = 6 }\nfirst_day_counts = true", date(2010, 1, 29), date(2010, 7, 28)),
        ("life = { months = 6 }", date(2026, 8, 31), date(2027, 2, 28)),
        ("life = { years = 1 }", date(2028, 2, 29), date(2029, 2, 28)),
        ("life = { days = 1 }\nfirst_day_counts = true", date(2026, 3, 1), date(2026, 3, 1)),
    ],
)
def test_it_lapses(life: str, issued_on: date, last: date) -> None:
    assert rule(f'percent = "50"\n{life}\ncitation = "z"\n').ends_on(issued_on) == last


def test_the_next_is_the_first_who_was_not_called_and_can_be_considered() -> None:
    assert merit.reserve.next_in_line("abc", (), ()) == "a"
    assert merit.reserve.next_in_line("abc", {"a"}, {"b"}) == "c"
    assert merit.reserve.next_in_line("abc", {"a", "c"}, {"b"}) is None


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ('percent = "50"', "as many people as 50 % of the vacancies."),
        ('plus = "2"', "2 people."),
        ('percent = "12.5"\nplus = "1"', "as many people as 12.5 % of the vacancies, and 1 more."),
    ],
)
def test_it_is_said_in_words(numbers: str, said: str) -> None:
    begin = "The next on the list are kept in reserve, in their order: "
    assert rule(f'{numbers}\nlife = {{ months = 6 }}\ncitation = "z"\n').sentence == begin + said


@pytest.mark.parametrize(
    ("reserve", "reach", "said"),
    [
        ('percent = "50"\ncitation = "z"', REACH, "A reserve lapses; give its life."),
        (
            'life = { months = 6 }\ncitation = "z"',
            REACH,
            "The reserve keeps nobody; give percent or plus, above 0.",
        ),
        (
            'percent = "-1"\nplus = "2"\nlife = { months = 6 }\ncitation = "z"',
            REACH,
            "The reserve keeps nobody; give percent or plus, above 0.",
        ),
        (RESERVE + "when = []", REACH, "'when' must name one or more of declined, not-reported, left."),
        (
            RESERVE + 'when = ["died"]',
            REACH,
            "'when' must name one or more of declined, not-reported, left.",
        ),
        (
            RESERVE,
            'reach = "people"\nper_vacancy = "3"\nties = "break"',
            "A reserve stands behind one name for each vacancy: reach 'people', per_vacancy 1, ties 'break', "
            "without plus, minimum and reform.",
        ),
        (
            RESERVE,
            REACH + "reform = true",
            "A reserve stands behind one name for each vacancy: reach 'people', per_vacancy 1, ties 'break', "
            "without plus, minimum and reform.",
        ),
        (
            RESERVE,
            REACH + "certificate_life = { days = 60 }",
            "The certificate lives as long as its reserve; leave certificate_life out.",
        ),
        (
            RESERVE + 'life_of = "x"',
            REACH,
            "certification reserve has no key 'life_of'; known here: citation, first_day_counts, life, "
            "percent, plus, rounding, when.",
        ),
    ],
)
def test_what_a_rulebook_may_not_say(reserve: str, reach: str, said: str) -> None:
    with pytest.raises(merit.RulebookError) as caught:
        merit.rulebook.load(text(reserve, reach))
    assert said in [problem.sentence for problem in caught.value.problems]


def test_a_reserve_does_not_stand_behind_several_lists() -> None:
    lists = (
        '[certification.lists]\ncombine = "in-order"\ncitation = "y"\n'
        'list = [{ name = "a", citation = "y" }, { name = "b", citation = "y" }]\n'
    )
    with pytest.raises(merit.RulebookError) as caught:
        merit.rulebook.load(text(rest=lists))
    assert [problem.sentence for problem in caught.value.problems] == [
        "A reserve stands behind one list, not behind several."
    ]
