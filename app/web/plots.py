"""Pictures of figures: where each bar, line and label stands, and the table of the same figures.

Pure: figures in, shapes out; templates/_layout/macros/charts.html writes them as SVG. Amounts may be whole
numbers, fractions, decimals or floats; they are drawn as floats and decide nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.web import plot_drawing as drawing
from app.web.amounts import format_number
from app.web.plot_drawing import BAR, LINE
from app.web.plot_drawing import Guide as Guide
from app.web.plot_shapes import (
    COLOURS,
    DASHES,
    FILLS,
    INK,
    LETTER,
    MOST_SERIES,
    QUIET,
    WIDTH,
    Scale,
    Shape,
    Trace,
    Words,
    mark,
    polyline,
    scale,
    spread,
    text_width,
    write,
)

Amount = int | float | Decimal | Fraction
# More marks than this along one line would run into each other.
MOST_MARKS = 24
NONE = "–"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table under a picture; `href` leads to what the row is about."""

    label: str
    cells: tuple[str, ...]
    href: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture and its figures; `head` names the columns, the first that of the labels."""

    title: str
    description: str
    height: float
    shapes: tuple[Shape, ...]
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    width: float = WIDTH


@dataclass(frozen=True, slots=True)
class Axis:
    """How a direction is named, where it begins and ends (None: by its figures), and with how many places.

    Years are whole and written without a mark at the thousand.
    """

    title: str
    low: float | None = None
    high: float | None = None
    places: int = 0
    is_whole: bool = False
    is_year: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """One of several rows of figures over the same groups; None where there is no figure."""

    name: str
    values: Sequence[Amount | None]


@dataclass(frozen=True, slots=True)
class Line:
    """A named line through points (x, y) in order; None as y breaks it."""

    name: str
    points: Sequence[tuple[Amount, Amount | None]]


@dataclass(frozen=True, slots=True)
class Point:
    """A labelled point; one that `is_marked` stands out and is named in the picture where there is room."""

    label: str
    x: Amount
    y: Amount
    is_marked: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with the ends of what it may be; all None where too little is known."""

    label: str
    value: Amount | None
    low: Amount | None = None
    high: Amount | None = None
    shown: str = ""


def bars(
    title: str,
    points: Sequence[Mapping[str, Any]],
    *,
    label_heading: str = "Group",
    value_heading: str = "Count",
    description: str = "",
) -> Plot:
    """Draw bars one below another, each under its label; points hold label, value and perhaps `shown`."""
    shown = [
        (str(one["label"]), one["value"], str(one.get("shown") or format_number(one["value"])))
        for one in points
    ]
    most = max([1.0, *(float(value) for _, value, _ in shown)])
    room = WIDTH - 8 - max([0.0, *(text_width(text) for *_, text in shown)])
    shapes: list[Shape] = []
    y = 0.0
    for label, value, text in shown:
        y = drawing.put_label(shapes, label, y)
        drawing.put_bar(shapes, y, max(float(value), 0) / most * room, text, COLOURS[0], "none")
        y += BAR + 8
    rows = tuple(Row(label, (text,)) for label, _, text in shown)
    told = description or f"Bars of {value_heading.lower()} for each {label_heading.lower()}."
    return Plot(title, told, y, tuple(shapes), (label_heading, value_heading), rows)


def grouped_bars(
    title: str,
    groups: Sequence[str],
    series: Sequence[Series],
    *,
    label_heading: str = "Group",
    places: int = 0,
    suffix: str = "",
    hrefs: Sequence[str] = (),
    description: str = "",
) -> Plot:
    """Draw for each group a bar of every series, under the group's name; figures not under zero."""
    _check(series)

    def told(value: Amount | None) -> str:
        return NONE if value is None else write(float(value), places) + suffix

    most = max([1e-9, *(float(value) for one in series for value in one.values if value is not None)])
    room = WIDTH - 8 - max([0.0, *(text_width(told(value)) for one in series for value in one.values)])
    shapes: list[Shape] = []
    y = drawing.put_legend(shapes, [one.name for one in series], drawing.swatch)
    for index, group in enumerate(groups):
        y = drawing.put_label(shapes, group, y)
        for number, one in enumerate(series):
            value = one.values[index]
            drawing.put_bar(
                shapes, y, max(float(value or 0), 0) / most * room, told(value), FILLS[number], INK
            )
            y += BAR + 2
        y += 10
    rows = _rows(groups, [[told(one.values[index]) for one in series] for index in range(len(groups))], hrefs)
    sentence = description or f"Bars of {_joined(series)} for each {label_heading.lower()}."
    return Plot(title, sentence, y, tuple(shapes), (label_heading, *(one.name for one in series)), rows)


def stacked_shares(
    title: str,
    groups: Sequence[str],
    parts: Sequence[Series],
    *,
    label_heading: str = "Group",
    hrefs: Sequence[str] = (),
    description: str = "",
) -> Plot:
    """Draw for each group one bar of full width, cut by the shares that its parts have of their sum."""
    _check(parts)
    shapes: list[Shape] = []
    y = drawing.put_legend(shapes, [one.name for one in parts], drawing.swatch)
    cells = []
    for index, group in enumerate(groups):
        values = [max(float(one.values[index] or 0), 0) for one in parts]
        whole = sum(values)
        y = drawing.put_label(shapes, group, y)
        x = 0.5
        for number, value in enumerate(values):
            width = value / whole * (WIDTH - 1) if whole else 0.0
            drawing.put_segment(shapes, x, y, width, f"{value / whole:.0%}" if whole else "", number)
            x += width
        if not whole:
            shapes.append(Words(0, y + 14, NONE))
        cells.append([f"{write(value)} ({value / whole:.1%})" if whole else write(value) for value in values])
        y += BAR + 14
    sentence = description or f"The shares of {_joined(parts)} in each bar."
    head = (label_heading, *(one.name for one in parts))
    return Plot(title, sentence, y, tuple(shapes), head, _rows(groups, cells, hrefs))


def histogram(
    title: str,
    classes: Sequence[str],
    series: Sequence[Series],
    *,
    label_heading: str = "Marks",
    value_heading: str = "People",
    guides: Sequence[Guide] = (),
    description: str = "",
) -> Plot:
    """Draw standing bars that touch, for classes of equal width, each named by where it begins.

    A second series is laid over the first as an outline. A guide's value counts classes from the left: 2.5
    is the middle of the third.
    """
    if len(series) > 2:
        raise ValueError("Two distributions can be laid over each other, no more.")
    counts = [[float(value or 0) for value in one.values] for one in series]
    shapes: list[Shape] = []
    top = (
        drawing.put_legend(shapes, [one.name for one in series], drawing.outline) if len(series) > 1 else 0.0
    )
    above = drawing.counting([value for row in counts for value in row])
    upward, left = drawing.put_plane(shapes, value_heading, above, top, _room(guides))
    across = Scale(0, max(len(classes), 1), 1, left, WIDTH - 1)
    drawing.put_standing(shapes, counts, across, upward)
    drawing.put_guides(shapes, guides, across, upward.end, upward.start)
    middles = [(across(index + 0.5), text) for index, text in enumerate(classes)]
    height = drawing.put_below(shapes, spread(middles, 0, WIDTH), label_heading, upward.start)
    table = [[format_number(round(row[index])) for row in counts] for index in range(len(classes))]
    heads = [one.name for one in series] if len(series) > 1 else [value_heading]
    return Plot(
        title,
        description or f"How many {value_heading.lower()} have which {label_heading.lower()}.",
        height,
        tuple(shapes),
        (label_heading, *heads),
        _rows(classes, table, ()),
    )


def lines(
    title: str,
    series: Sequence[Line],
    x: Axis,
    y: Axis,
    *,
    guides: Sequence[Guide] = (),
    description: str = "",
) -> Plot:
    """Draw lines over a common axis, each by its colour, dash and mark; guides lie level at values of y."""
    if len(series) > MOST_SERIES:
        raise ValueError(f"At most {MOST_SERIES} lines can be told apart.")
    shapes: list[Shape] = []
    top = drawing.put_legend(shapes, [one.name for one in series], drawing.stroke) if len(series) > 1 else 0.0
    xs = [float(point[0]) for one in series for point in one.points]
    ys = [float(point[1]) for one in series for point in one.points if point[1] is not None]
    across, upward, height = _plane(shapes, (x, xs), (y, [*ys, *(guide.value for guide in guides)]), top)
    drawn = [
        [None if b is None else (across(float(a)), upward(float(b))) for a, b in one.points] for one in series
    ]
    spots = [spot for at in drawn for spot in at if spot is not None]
    drawing.put_level_guides(shapes, guides, across, upward, spots)
    for index, at in enumerate(drawn):
        shapes.append(Trace(polyline(at), COLOURS[index], 2.0, DASHES[index]))
        if len(at) <= MOST_MARKS:
            shapes += [mark(index, *place) for place in at if place is not None]
    keys = sorted(set(xs))
    known = [{float(a): b for a, b in one.points if b is not None} for one in series]
    cells = [[write(float(row[key]), y.places) if key in row else NONE for row in known] for key in keys]
    sentence = description or f"{y.title} by {x.title.lower()}: {_joined(series)}."
    head = (x.title, *(one.name for one in series))
    rows = _rows([write(key, x.places, is_year=x.is_year) for key in keys], cells, ())
    return Plot(title, sentence, height, tuple(shapes), head, rows)


def scatter(
    title: str,
    points: Sequence[Point],
    x: Axis,
    y: Axis,
    *,
    label_heading: str = "Point",
    x_guides: Sequence[Guide] = (),
    y_guides: Sequence[Guide] = (),
    description: str = "",
) -> Plot:
    """Draw points; those marked are larger, of another shape, and named where the name touches nothing."""
    shapes: list[Shape] = []
    xs = [float(point.x) for point in points] + [guide.value for guide in x_guides]
    ys = [float(point.y) for point in points] + [guide.value for guide in y_guides]
    across, upward, height = _plane(shapes, (x, xs), (y, ys), 0.0, _room(x_guides))
    drawing.put_guides(shapes, x_guides, across, upward.end, upward.start)
    places = [(across(float(point.x)), upward(float(point.y))) for point in points]
    words = drawing.put_level_guides(shapes, y_guides, across, upward, places)
    shapes += [mark(0, *at, 3.5) for at, point in zip(places, points, strict=True) if not point.is_marked]
    marked = [(at, point) for at, point in zip(places, points, strict=True) if point.is_marked]
    shapes += [mark(1, *at, 4.5) for at, _ in marked]
    named = [(at, point.label) for at, point in marked]
    drawing.put_names(shapes, named, places, (across.start, upward.end, WIDTH, upward.start), words)
    cells = [[write(float(one.x), x.places), write(float(one.y), y.places)] for one in points]
    rows = _rows([one.label for one in points], cells, [one.href for one in points])
    sentence = description or f"{y.title} against {x.title.lower()}, {len(points)} points."
    return Plot(title, sentence, height, tuple(shapes), (label_heading, x.title, y.title), rows)


def intervals(
    title: str,
    points: Sequence[Interval],
    axis: Axis,
    *,
    label_heading: str = "Group",
    low_heading: str = "Lower end",
    high_heading: str = "Upper end",
    guides: Sequence[Guide] = (),
    description: str = "",
) -> Plot:
    """Draw values with how far they may reach, one below another; guides stand at values of the axis."""
    values = [float(v) for one in points for v in (one.value, one.low, one.high) if v is not None]
    wide = [*values, *(guide.value for guide in guides)]
    across = scale(wide, 12, WIDTH - 12, low=axis.low, high=axis.high, most=6)
    shapes: list[Shape] = []
    start = y = _room(guides) + 4
    for one in points:
        text = one.shown or (NONE if one.value is None else write(float(one.value), axis.places))
        drawing.put_backed(shapes, Words(WIDTH, y + 14, text, "end"))
        lowest = drawing.put_label(shapes, one.label, y, WIDTH - text_width(text) - 2 * LETTER, True)
        ends = [None if end is None else float(end) for end in (one.low, one.value, one.high)]
        drawing.put_reach(shapes, ends, across, lowest + 8)
        y = lowest + 26
    lines_behind: list[Shape] = []
    drawing.put_guides(lines_behind, guides, across, start - 2, y)
    shapes = [*lines_behind, *shapes]
    shapes.append(Trace(f"M{across.start:g} {y:g}H{across.end:g}", QUIET))
    height = drawing.put_below(
        shapes, spread([(across(v), t) for v, t in across.ticks], 0, WIDTH), axis.title, y
    )

    def told(value: Amount | None) -> str:
        return NONE if value is None else write(float(value), axis.places)

    cells = [[one.shown or told(one.value), told(one.low), told(one.high)] for one in points]
    head = (label_heading, axis.title, low_heading, high_heading)
    sentence = description or f"{axis.title} for each {label_heading.lower()}, with its range."
    return Plot(title, sentence, height, tuple(shapes), head, _rows([one.label for one in points], cells, ()))


def _check(series: Sequence[Series]) -> None:
    if len(series) > MOST_SERIES:
        raise ValueError(f"At most {MOST_SERIES} series can be told apart.")


def _joined(series: Sequence[Series] | Sequence[Line]) -> str:
    return ", ".join(one.name for one in series)


def _room(guides: Sequence[Guide]) -> float:
    """Give the height that the words of upright guides need."""
    return LINE if any(guide.label for guide in guides) else 0.0


def _rows(labels: Sequence[str], cells: Sequence[Sequence[str]], hrefs: Sequence[str]) -> tuple[Row, ...]:
    return tuple(
        Row(label, tuple(row), hrefs[index] if hrefs else "")
        for index, (label, row) in enumerate(zip(labels, cells, strict=True))
    )


def _plane(
    shapes: list[Shape],
    x: tuple[Axis, Sequence[float]],
    y: tuple[Axis, Sequence[float]],
    top: float,
    room: float = 0.0,
) -> tuple[Scale, Scale, float]:
    """Draw both axes around their values; give the scale of x, that of y, and the picture's height."""
    (x_axis, xs), (y_axis, ys) = x, y
    above = scale(ys, 0, 1, low=y_axis.low, high=y_axis.high, whole=y_axis.is_whole)
    upward, left = drawing.put_plane(shapes, y_axis.title, above, top, room)
    is_whole = x_axis.is_whole or x_axis.is_year
    across = scale(xs, left + 6, WIDTH - 8, low=x_axis.low, high=x_axis.high, most=7, whole=is_whole)
    across = replace(across, is_year=x_axis.is_year)
    return across, upward, drawing.put_across(shapes, across, x_axis.title, upward.start)
