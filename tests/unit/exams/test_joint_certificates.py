"""How vacancies are divided over lists that are used up one after the other."""

from __future__ import annotations

import datetime as dt

import pytest

from app.exams import merit
from app.exams.joint_certificates import rules
from app.platform.errors import Conflict, Invalid
from app.recruitment.postings.states import Audience

AT = dt.datetime(2026, 11, 20, 15, 0, tzinfo=dt.UTC)
(NEW_YORK,) = rules.orders()


def source(name, audience, people, days=0, rulebook="city-civil-service"):
    """Make a list published `days` after the first one; people are pairs of number and account."""
    return rules.Source(name, rulebook, audience, AT + dt.timedelta(days=days), dict(people))


PROMOTION = source("promotion", Audience.EMPLOYEES, [("P1", "ann"), ("P2", "bob")], 9)
OLD = source("old", Audience.EVERYONE, [("A1", "bob"), ("A2", "cyd")], 0)
NEW = source("new", Audience.EVERYONE, [("N1", "dee"), ("N2", "cyd"), ("N3", "eli")], 5)


def test_promotion_first_then_the_older_list_and_each_person_once():
    assert rules.divide(NEW_YORK, [NEW, OLD, PROMOTION], 4) == [
        rules.Share("promotion", 2, 2, ()),
        rules.Share("old", 1, 1, ("A1",)),
        rules.Share("new", 1, 2, ("N2",)),
    ]


def test_a_list_that_has_people_for_every_vacancy_leaves_none_to_the_next():
    shares = rules.divide(NEW_YORK, [OLD, PROMOTION], 2)
    assert shares == [rules.Share("promotion", 2, 2, ())]
    with pytest.raises(Conflict, match="from that list alone"):
        rules.check_shares(shares)


def test_more_vacancies_than_people_are_served_as_far_as_people_go():
    assert sum(share.vacancies for share in rules.divide(NEW_YORK, [OLD, NEW], 50)) == 4


def test_lists_without_a_common_order_are_not_joined():
    assert rules.find_order(["new-york-open", "city-civil-service"]) is NEW_YORK
    with pytest.raises(Conflict, match="No order is laid down"):
        rules.find_order(["new-york-open", "plain-office"])


def test_no_vacancy_and_no_people_are_refused():
    with pytest.raises(Invalid):
        rules.divide(NEW_YORK, [OLD], 0)
    with pytest.raises(Conflict, match="Nobody on any list"):
        rules.check_shares(rules.divide(NEW_YORK, [source("empty", Audience.EVERYONE, [])], 2))


def test_every_order_is_cited_and_names_rulebooks_that_exist():
    shipped = {book.name for book in merit.rulebook.shipped()}
    for order in rules.orders():
        assert order.citation
        assert order.rulebooks <= shipped
        assert set(order.first) == set(Audience)
