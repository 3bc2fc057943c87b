from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from app.web.forms import DecimalField, IntegerField, MeritumForm, MoneyField


class Numbers(MeritumForm):
    posts = IntegerField("Number of posts", minimum=1, maximum=500, required=False)
    any_count = IntegerField("Count", minimum=1, required=False)
    weight = DecimalField("Weight", places=2, maximum=100, required=False)
    pay = MoneyField("Pay", required=False)
    yen = MoneyField("Pay in yen", currency="JPY", required=False)


@pytest.mark.parametrize(
    ("name", "typed", "value", "error"),
    [
        ("posts", "12", 12, None),
        ("posts", " 1 ", 1, None),
        ("posts", "३", 3, None),
        ("posts", "12.0", 12, None),
        ("posts", "0", 0, "Number of posts must be between 1 and 500"),
        ("posts", "501", 501, "Number of posts must be between 1 and 500"),
        ("posts", "12.5", None, "Number of posts must be a whole number, such as 12"),
        ("posts", "twelve", None, "Number of posts must be a whole number, such as 12"),
        ("posts", "9" * 5000, None, "Number of posts must be a whole number, such as 12"),
        ("posts", "1e3", None, "Number of posts must be a whole number, such as 12"),
        (
            "posts",
            "1\x00",
            None,
            "Number of posts contains characters that cannot be saved. Type it again",
        ),
        ("any_count", "0", 0, "Count must be 1 or more"),
        ("any_count", "2147483648", 2147483648, "Count must be between 1 and 2,147,483,647"),
        ("weight", "33.25", Decimal("33.25"), None),
        ("weight", "33.255", None, "Weight must have 2 digits after the point or fewer"),
        ("weight", "NaN", None, "Weight must be a number, such as 72.5"),
        ("weight", "100.01", Decimal("100.01"), "Weight must be between 0 and 100"),
        ("pay", "$54,200", 5_420_000, None),
        ("pay", "54200.5", 5_420_050, None),
        ("pay", "0.001", None, "Pay is finer than the smallest coin of USD"),
        ("pay", "lots", None, "Pay must be an amount of money, such as 54,200.00"),
        ("pay", "-1", -100, "Pay must be $0.00 or more"),
        ("yen", "5420", 5420, None),
        ("yen", "5420.5", None, "Pay in yen is finer than the smallest coin of JPY"),
    ],
)
def test_numbers(posted: Callable[..., Any], name: str, typed: str, value: Any, error: str | None) -> None:
    form = posted(Numbers, {name: typed})
    is_good = form.validate()
    assert (form[name].data, list(form[name].errors)) == (value, [error] if error else [])
    assert is_good is (error is None)


def test_blank_is_none_and_required_asks(posted: Callable[..., Any]) -> None:
    class One(MeritumForm):
        posts = IntegerField("Number of posts")

    assert posted(Numbers, {"posts": " "}).posts.data is None
    form = posted(One, {"posts": ""})
    form.validate()
    assert form.posts.errors == ["Enter number of posts"]


def test_a_zero_is_no_blank(posted: Callable[..., Any]) -> None:
    class One(MeritumForm):
        days = IntegerField("Days")

    form = posted(One, {"days": "0"})
    assert (form.validate(), form.days.data) == (True, 0)


def test_a_wrong_number_stays_in_its_box(posted: Callable[..., Any]) -> None:
    form = posted(Numbers, {"posts": "twelve<"})
    form.validate()
    assert 'value="twelve&lt;"' in form.posts()


def test_stored_amounts_are_shown_as_a_person_would_type_them(site: Any) -> None:
    with site.test_request_context("/"):
        form = Numbers(data={"pay": 5_420_050, "yen": 5420, "weight": Decimal("33.20")})
        assert [form.pay.typed(), form.yen.typed(), form.weight.typed()] == ["54,200.50", "5,420", "33.20"]
