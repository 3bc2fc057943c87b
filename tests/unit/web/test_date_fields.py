from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from app.web.forms import DateField, DateTimeField, MeritumForm, error_summary


class Dates(MeritumForm):
    on = DateField("Hearing date", earliest=dt.date(2026, 1, 1), latest=dt.date(2027, 12, 31))


def parts(name: str, day: str, month: str, year: str, time: str | None = None) -> dict[str, str]:
    values = {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}
    return values if time is None else values | {f"{name}-time": time}


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (("14", "11", "2026"), dt.date(2026, 11, 14)),
        ((" 4", "nov", "2026 "), dt.date(2026, 11, 4)),
        (("4", "November", "2026"), dt.date(2026, 11, 4)),
        (("29", "2", "2026"), "Hearing date must be a real date"),
        (("1", "13", "2026"), "Hearing date must have a month from 1 to 12"),
        (("1", "11", "26"), "Hearing date must have a year of 4 digits"),
        (("", "11", "2026"), "Hearing date must include a day"),
        (("1", "", "2026"), "Hearing date must include a month"),
        (("1", "11", ""), "Hearing date must include a year"),
        (("", "", ""), "Enter hearing date"),
        (("0", "1", "2026"), "Hearing date must be a real date"),
        (("-1", "1", "2026"), "Hearing date must be a real date"),
        (("9" * 400, "1", "2026"), "Hearing date must be a real date"),
        (("1", "1", "2025"), "Hearing date must be 1 January 2026 or later"),
        (("1", "1", "2028"), "Hearing date must be 31 December 2027 or earlier"),
        (("1\x00", "1", "2026"), "Hearing date contains characters that cannot be saved. Type it again"),
    ],
)
def test_a_date_of_three_parts(posted: Callable[..., Any], typed: tuple[str, str, str], day: Any) -> None:
    form = posted(Dates, parts("on", *typed))
    is_good = form.validate()
    assert (form.on.data if is_good else form.on.errors) == ([day] if isinstance(day, str) else day)


def test_a_date_in_one_value_is_read_too(posted: Callable[..., Any]) -> None:
    assert posted(Dates, {"on": "2026-11-14"}).on.data == dt.date(2026, 11, 14)


@pytest.mark.parametrize(
    ("typed", "control"),
    [(("31", "2", "2026"), "on"), (("1", "", "2026"), "on-month"), (("1", "2", "x"), "on-year")],
)
def test_the_summary_leads_to_the_part_that_is_wrong(
    posted: Callable[..., Any], typed: tuple[str, str, str], control: str
) -> None:
    form = posted(Dates, parts("on", *typed))
    form.validate()
    assert f'href="#{control}"' in error_summary(form)
    assert f'id="{control}" name="on-' in form.on()


def test_typed_parts_stay_in_their_boxes(posted: Callable[..., Any]) -> None:
    form = posted(Dates, parts("on", "31", "2", "2026"))
    form.validate()
    drawn = form.on()
    assert [f'value="{text}"' in drawn for text in ("31", "2", "2026")] == [True, True, True]


class Moments(MeritumForm):
    at = DateTimeField("Closing time")


NEW_YORK = "America/New_York"


@pytest.mark.parametrize(
    ("values", "moment"),
    [
        (parts("at", "14", "11", "2026", "5 pm"), dt.datetime(2026, 11, 14, 22, tzinfo=dt.UTC)),
        ({"at": "2026-11-14T17:00"}, dt.datetime(2026, 11, 14, 22, tzinfo=dt.UTC)),
        # Clocks go back on 1 November 2026: 1:30 comes twice, and the later one is meant
        (parts("at", "1", "11", "2026", "1:30 am"), dt.datetime(2026, 11, 1, 6, 30, tzinfo=dt.UTC)),
        (
            parts("at", "8", "3", "2026", "2:30 am"),
            "Closing time is not a time on 8 March 2026: the clocks go forward then. Choose another time",
        ),
        (parts("at", "8", "3", "2026", "soon"), "Closing time must have a time, such as 5:00 pm"),
        (parts("at", "8", "3", "2026", ""), "Closing time must have a time, such as 5:00 pm"),
        (parts("at", "", "", "", ""), "Enter closing time"),
    ],
)
def test_a_moment_is_read_on_the_clock_of_its_zone(
    posted: Callable[..., Any], values: dict[str, str], moment: Any
) -> None:
    form = posted(Moments, values, zone=NEW_YORK)
    is_good = form.validate()
    assert (form.at.data if is_good else form.at.errors) == ([moment] if isinstance(moment, str) else moment)


def test_a_stored_moment_is_shown_on_the_clock_of_its_zone_which_is_named(site: Any) -> None:
    with site.test_request_context("/"):
        form = Moments(data={"at": dt.datetime(2026, 11, 14, 22, tzinfo=dt.UTC)}, zone=NEW_YORK)
        assert form.at.texts == {"day": "14", "month": "11", "year": "2026", "time": "5:00 pm"}
        assert "America/New York time" in form.at()
