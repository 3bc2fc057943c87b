from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any

import pytest
from flask import Flask, render_template_string

from app.web import plots
from app.web.plot_shapes import (
    COLOURS,
    FILLS,
    INK,
    PAPER,
    QUIET,
    Box,
    Trace,
    Words,
    clip,
    scale,
    spread,
    text_width,
    wrap,
    write,
)
from app.web.plots import Axis, Guide, Interval, Line, Plot, Point, Row, Series
from tests.page_checks import problems

PAGE = """{% extends "_layout/base.html" %}{% import "_layout/ui.html" as ui %}
{% block title %}P{% endblock %}
{% block content %}<h1 class="govuk-heading-l">Plots</h1>
{% for one in pictures %}{{ ui.plot("p" ~ loop.index, one) }}{% endfor %}{% endblock %}"""
LONG = "Applicants who asked for their papers to be read by somebody else than the first time, and more"


def gallery() -> list[Plot]:
    """Every kind of picture, with long names, holes and much to draw."""
    dice = random.Random(3)
    tens = [str(ten) for ten in range(0, 100, 5)]
    hill = [int(1000 * 2.7 ** (-((i - 12) ** 2) / 20)) for i in range(20)]
    flat = [int(900 * 2.7 ** (-((i - 10) ** 2) / 30)) for i in range(20)]
    cloud = [
        Point(f"Item {i}", dice.random(), dice.uniform(-0.1, 0.6), i % 9 == 0, f"/items/{i}")
        for i in range(60)
    ]
    curves = [Line(f"Answer {name}", [(k, dice.random()) for k in range(1, 6)]) for name in "ABCDE"]
    return [
        plots.bars("Outcomes", [{"label": LONG, "value": 1204}, {"label": "None", "value": 0}]),
        plots.grouped_bars(
            "Who passed",
            ["Women", "Men", LONG],
            [
                Series("Written", [61.2, 70, 55]),
                Series("Interview", [Fraction(325, 4), Decimal("90.1"), None]),
                Series("Chosen at the very end of all of it", [5, 7.7, 12]),
            ],
            places=1,
            suffix=" %",
        ),
        plots.stacked_shares(
            "Where people ended",
            ["Women", "Men", "Nobody"],
            [
                Series("Passed", [120, 300, 0]),
                Series("Failed in the written part", [40, 80, 0]),
                Series("Absent", [11, 9, 0]),
                Series("Excused", [2, 1, None]),
            ],
        ),
        plots.histogram("Scores", tens, [Series("", hill)], guides=[Guide(14, "Pass mark 70")]),
        plots.histogram("Both", tens, [Series("Before", hill), Series("After", flat)]),
        plots.lines(
            "Answers by fifth",
            curves,
            Axis("Fifth of the total mark, the lowest first", is_whole=True),
            Axis("Share", 0, 1, places=2),
            guides=[Guide(0.2, "By guessing")],
        ),
        plots.scatter(
            "Items",
            cloud,
            Axis("Difficulty: share who answered rightly", 0, 1, places=2),
            Axis("Discrimination", places=2),
            label_heading="Item",
            x_guides=[Guide(0.2, "Too hard"), Guide(0.25, "Nearly too hard"), Guide(0.9, "Too easy")],
            y_guides=[Guide(0.2, "Weak"), Guide(0.21, "Less weak")],
        ),
        plots.intervals(
            "Impact ratio",
            [
                Interval(LONG, 0.87, 0.8, 0.95),
                Interval("B", 0.61, 0.4, 0.9),
                Interval("C", None, shown="Hidden"),
            ],
            Axis("Ratio of the shares", 0, places=2),
            guides=[Guide(0.8, "Four fifths"), Guide(1, "Equal")],
        ),
        plots.lines("Nothing", [], Axis("x"), Axis("y")),
        plots.histogram("No class", [], [Series("", [])]),
        plots.scatter("No point", [], Axis("x"), Axis("y")),
        plots.intervals("None", [], Axis("Ratio")),
        plots.bars("No bars", []),
        plots.scatter("One", [Point("a", 3, 3, True)], Axis("x", places=1), Axis("y", places=1)),
        plots.lines("Large", [Line("a", [(1, 12_345_678), (2, None), (3, 0.5)])], Axis("x"), Axis("People")),
    ]


PICTURES = gallery()


def text_boxes(plot: Plot) -> list[tuple[float, float, float, float, str]]:
    found = []
    for one in plot.shapes:
        if isinstance(one, Words) and one.text:
            width = text_width(one.text, one.size)
            left = one.x - {"start": 0.0, "middle": width / 2, "end": width}[one.anchor]
            found.append((left, one.y - 0.75 * one.size, left + width, one.y + 0.15 * one.size, one.text))
    return found


@pytest.mark.parametrize("plot", PICTURES, ids=lambda plot: plot.title)
def test_no_words_touch_each_other_or_leave_the_picture(plot: Plot) -> None:
    boxes = text_boxes(plot)
    for box in boxes:
        assert -4.01 <= box[0] <= box[2] <= plot.width + 4.01, box
        assert -4.01 <= box[1] <= box[3] <= plot.height + 4.01, box
    for one, two in combinations(boxes, 2):
        apart = one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]
        assert apart, (one, two)


@pytest.mark.parametrize("plot", PICTURES, ids=lambda plot: plot.title)
def test_every_row_has_a_cell_for_each_column(plot: Plot) -> None:
    assert {len(row.cells) + 1 for row in plot.rows} <= {len(plot.head)}
    assert plot.description


def test_a_page_of_pictures_is_sound_and_escapes_what_it_is_given(site: Flask) -> None:
    evil = plots.scatter("<u>", [Point("<u>&", 1, 1, True, "/?a&b")], Axis("<u>x"), Axis("<u>y"))
    with site.test_request_context("/"):
        html = render_template_string(PAGE, pictures=[*PICTURES, evil])
    assert problems(html) == []
    assert "<u>" not in html
    assert html.count("<svg") == len(PICTURES) + 2  # the mark of the header is one as well


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


def test_words_lines_and_marks_stand_out_from_the_paper_and_areas_from_their_figures() -> None:
    assert all(contrast(colour, PAPER) >= 4.5 for colour in (*COLOURS, INK, QUIET))
    assert [contrast(fill, (PAPER, INK)[index % 2]) >= 4.5 for index, fill in enumerate(FILLS)] == [True] * 6
    # neighbours can be told apart without any colour
    assert all(contrast(one, two) >= 3 for one, two in pairwise(FILLS))


@pytest.mark.parametrize(
    ("values", "limits", "ticks"),
    [
        ([0.13, 0.92], {"low": 0, "high": 1}, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        ([3, 97], {}, ["0", "20", "40", "60", "80", "100"]),
        ([-0.1, 0.55], {}, ["−0.2", "0.0", "0.2", "0.4", "0.6"]),
        ([5, 5], {"most": 7}, ["4.4", "4.6", "4.8", "5.0", "5.2", "5.4", "5.6"]),
        ([0, 3], {"whole": True, "low": 0, "most": 5}, ["0", "1", "2", "3"]),
        ([], {}, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        ([0, 12_345_678], {}, ["0", "5,000,000", "10,000,000", "15,000,000"]),
    ],
)
def test_scales_have_round_ticks(values: list[float], limits: dict[str, Any], ticks: list[str]) -> None:
    made = scale(values, 0, 100, **limits)
    assert [text for _, text in made.ticks] == ticks


def test_a_value_stands_where_its_share_of_the_scale_is_and_outside_at_the_edge() -> None:
    made = scale([0, 10], 100, 0, low=0, high=10)
    assert [made(0), made(5), made(10), made(99), made(-1)] == [100, 50, 0, 0, 100]


def test_labels_that_would_touch_are_left_out_evenly() -> None:
    labels = [(place * 10.0, str(place * 100)) for place in range(11)]
    assert [text for _, text in spread(labels, 0, 100)] == ["0", "400", "800"]
    assert spread([(50, "x")], 0, 100) == [(50, "x")]
    assert spread([], 0, 100) == []


def test_texts_are_shortened_and_broken_to_their_room() -> None:
    assert clip("short", 100) == "short"
    assert clip("a rather long label", 60).endswith("…")
    assert text_width(clip("a rather long label", 60)) <= 60
    assert wrap("one two three four", text_width("one two"), most=2) == [
        "one two",
        clip("three four", text_width("one two")),
    ]
    assert [write(0), write(-0.001, 2), write(1234.5, 1), write(-3)] == ["0", "0.00", "1,234.5", "−3"]


def test_bars_reach_as_far_as_their_share_of_the_longest() -> None:
    plot = plots.bars("Outcomes", [{"label": "a", "value": 10}, {"label": "b", "value": 5, "shown": "half"}])
    boxes = [one for one in plot.shapes if isinstance(one, Box)]
    assert boxes[1].width == pytest.approx(boxes[0].width / 2, abs=0.1)
    assert plot.rows == (Row("a", ("10",)), Row("b", ("half",)))
    assert plot.head == ("Group", "Count")


def test_shares_are_parts_of_their_own_bar() -> None:
    parts = [Series("Passed", [3, 0]), Series("Failed", [1, 0])]
    plot = plots.stacked_shares("Shares", ["A", "Nobody"], parts)
    widths = [one.width for one in plot.shapes if isinstance(one, Box) and one.width > 21]
    assert widths == [299.25, 99.75]
    assert plot.rows == (Row("A", ("3 (75.0%)", "1 (25.0%)")), Row("Nobody", ("0", "0")))


def test_a_second_distribution_is_an_outline_over_the_first() -> None:
    plot = plots.histogram("Both", ["0", "1"], [Series("Before", [4, 2]), Series("After", [1, 3])])
    (outline,) = [one for one in plot.shapes[3:] if isinstance(one, Trace) and one.width == 2.5]
    assert (outline.fill, outline.path.count("L")) == ("none", 5)
    assert plot.head == ("Marks", "Before", "After")
    assert plot.rows == (Row("0", ("4", "1")), Row("1", ("2", "3")))


def test_a_hole_in_a_line_is_no_nought() -> None:
    plot = plots.lines("Gap", [Line("a", [(1, 2), (2, None), (3, 4)])], Axis("x"), Axis("y", 0, 4))
    trace = next(one for one in plot.shapes if isinstance(one, Trace) and one.width == 2)
    assert trace.path.count("M") == 2
    assert plot.rows == (Row("1", ("2",)), Row("2", ("–",)), Row("3", ("4",)))


def test_points_lead_to_what_they_stand_for() -> None:
    plot = plots.scatter(
        "Items",
        [Point("7", Fraction(1, 3), Decimal("0.5"), href="/items/7")],
        Axis("x", places=2),
        Axis("y", places=1),
    )
    assert plot.rows == (Row("7", ("0.33", "0.5"), "/items/7"),)


def test_too_many_series_are_refused() -> None:
    seven = [Series(str(index), [1]) for index in range(7)]
    for make in (plots.grouped_bars, plots.stacked_shares):
        with pytest.raises(ValueError, match="At most 6"):
            make("Many", ["a"], seven)
    with pytest.raises(ValueError, match="At most 6"):
        plots.lines("Many", [Line(str(index), []) for index in range(7)], Axis("x"), Axis("y"))
    with pytest.raises(ValueError, match="Two distributions"):
        plots.histogram("Many", ["a"], seven)


def test_years_are_written_as_years():
    drawn = plots.lines(
        "People",
        [plots.Line("People", [(2024, 1200), (2025, 1300)])],
        plots.Axis("Year", is_year=True),
        plots.Axis("Count", low=0, is_whole=True),
    )
    assert [row.cells for row in drawn.rows] == [("1,200",), ("1,300",)]
    assert [row.label for row in drawn.rows] == ["2024", "2025"]
