"""The pieces of pictures of figures: axes, legends, bars, guides, names, each put into a list of shapes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.web.plot_shapes import (
    COLOURS,
    DASHES,
    FILLS,
    GAP,
    INK,
    PAPER,
    QUIET,
    RULE,
    SMALL,
    WIDTH,
    Box,
    Scale,
    Shape,
    Trace,
    Words,
    clip,
    mark,
    polyline,
    scale,
    spread,
    text_width,
    wrap,
)

LINE = 19.0
BAR = 18.0
TALL = 200.0
# White on the dark areas, ink on the light ones.
ON_FILL = (PAPER, INK)
# One distribution alone is drawn full; below another one it is a tint that lets the outline be seen.
TINT = "#bcd9d6"
Spot = tuple[float, float]
Area = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Guide:
    """A line across the picture at a value, with a word for what it means."""

    value: float
    label: str = ""


Sign = Callable[[list[Shape], int, float, float], None]


def put_label(
    shapes: list[Shape], text: str, y: float, room: float = WIDTH, is_backed: bool = False
) -> float:
    """Write a label in at most two lines and give where the next thing may begin."""
    for line in wrap(text, room) or [""]:
        put_backed(shapes, Words(0, y + 14, line)) if is_backed else shapes.append(Words(0, y + 14, line))
        y += LINE
    return y + 1


def put_backed(shapes: list[Shape], words: Words) -> None:
    """Write words on a piece of paper of their own, where lines run behind them."""
    width = text_width(words.text, words.size)
    left = words.x - {"start": 0.0, "middle": width / 2, "end": width}[words.anchor]
    shapes.append(
        Box(round(left - 2, 2), words.y - words.size + 1, round(width + 4, 2), words.size + 3, PAPER)
    )
    shapes.append(words)


def put_bar(shapes: list[Shape], y: float, width: float, text: str, fill: str, stroke: str) -> None:
    """Draw a lying bar from the left edge with its figure at the end; nothing is still a hairline."""
    width = round(max(width, 1), 1)
    shapes.append(Box(0.5, y, width, BAR, fill, stroke))
    shapes.append(Words(width + 7, y + 14, text))


def put_segment(shapes: list[Shape], x: float, y: float, width: float, text: str, number: int) -> None:
    """Draw a part of a bar, with its figure inside where that fits."""
    if width <= 0:
        return
    shapes.append(Box(round(x, 2), y, round(width, 2), BAR + 4, FILLS[number], INK))
    if text_width(text, SMALL) + 6 <= width:
        middle = round(x + width / 2, 2)
        shapes.append(Words(middle, y + 16, text, "middle", SMALL, ON_FILL[number % 2]))


def put_legend(shapes: list[Shape], names: Sequence[str], sign: Sign) -> float:
    """Name the series in rows from the left, each after its sign; give where the picture may begin."""
    x, y = 0.0, 0.0
    for index, name in enumerate(names):
        text = clip(name, WIDTH - 34)
        width = 28 + text_width(text)
        if x and x + width > WIDTH:
            x, y = 0.0, y + LINE + 3
        sign(shapes, index, x, y)
        shapes.append(Words(x + 28, y + 14, text))
        x += width + 2 * GAP
    return y + LINE + 10


def swatch(shapes: list[Shape], index: int, x: float, y: float) -> None:
    """Sign of a filled series."""
    shapes.append(Box(x + 0.5, y + 2, 20, 14, FILLS[index], INK))


def stroke(shapes: list[Shape], index: int, x: float, y: float) -> None:
    """Sign of a line."""
    shapes.append(Trace(f"M{x:g} {y + 9:g}h24", COLOURS[index], 2.0, DASHES[index]))
    shapes.append(mark(index, x + 12, y + 9))


def outline(shapes: list[Shape], index: int, x: float, y: float) -> None:
    """Sign of one of two distributions: the first filled, the second a thick line."""
    if index == 0:
        shapes.append(Box(x + 0.5, y + 2, 20, 14, TINT, COLOURS[0]))
    else:
        shapes.append(Trace(f"M{x:g} {y + 14:g}h6v-10h9v10h6", COLOURS[1], 2.5))


def put_ticks(shapes: list[Shape], upward: Scale, left: float) -> None:
    """Draw level lines from the left edge of the plane, each with its figure before it."""
    for value, text in upward.ticks:
        y = upward(value)
        shapes.append(Trace(f"M{left:g} {y:g}H{WIDTH:g}", RULE))
        shapes.append(Words(left - 6, y + 5, text, "end", SMALL))


def put_below(shapes: list[Shape], labels: Sequence[tuple[float, str]], title: str, y: float) -> float:
    """Write the labels of the lower axis and its title, and give the height of the whole picture."""
    for x, text in labels:
        shapes.append(Words(x, y + 19, text, "middle", SMALL))
    y += 24
    for line in wrap(title, WIDTH, SMALL):
        shapes.append(Words(WIDTH / 2, y + 16, line, "middle", SMALL, QUIET))
        y += 18
    return round(y + 5, 2)


def put_plane(shapes: list[Shape], title: str, upward: Scale, top: float, room: float) -> tuple[Scale, float]:
    """Write the upper axis' title, leave room, draw the ticks; give the scale as placed and the left edge."""
    for text in wrap(title, WIDTH, SMALL):
        shapes.append(Words(0, top + 14, text, "start", SMALL, QUIET))
        top += 18
    top += 10 + room
    moved = Scale(upward.low, upward.high, upward.step, top + TALL, top)
    left = round(max(text_width(text, SMALL) for _, text in moved.ticks) + GAP, 2)
    put_ticks(shapes, moved, left)
    return moved, left


def counting(values: Sequence[float]) -> Scale:
    """Make the scale of counts, from none, in whole numbers."""
    return scale(values, TALL, 0, low=0, high=max([1.0, *values]), most=5, whole=True)


def put_standing(shapes: list[Shape], rows: Sequence[Sequence[float]], across: Scale, upward: Scale) -> None:
    """Draw a distribution as standing bars that touch, and a second one over it as an outline."""
    base, is_alone = upward.start, len(rows) == 1
    for index, value in enumerate(rows[0] if rows else ()):
        x, y = across(index), upward(value)
        fill, line = (COLOURS[0], PAPER) if is_alone else (TINT, COLOURS[0])
        if value:
            shapes.append(Box(x, y, round(across(index + 1) - x, 2), round(base - y, 2), fill, line))
    if len(rows) > 1:
        corners: list[Spot | None] = [(across(0), base)]
        for index, value in enumerate(rows[1]):
            corners += [(across(index), upward(value)), (across(index + 1), upward(value))]
        corners.append((across(len(rows[1])), base))
        shapes.append(Trace(polyline(corners), COLOURS[1], 2.5))
    shapes.append(Trace(f"M{across.start:g} {base:g}H{across.end:g}", QUIET))


def put_guides(
    shapes: list[Shape], guides: Sequence[Guide], across: Scale, top: float, bottom: float
) -> None:
    """Draw upright dashed lines; their words stand above them and go on to the side with more room."""
    taken = -GAP
    for guide in sorted(guides, key=lambda one: one.value):
        x = across(guide.value)
        shapes.append(Trace(f"M{x:g} {top:g}V{bottom:g}", INK, 1.5, "6 3"))
        text = clip(guide.label, WIDTH, SMALL)
        width = text_width(text, SMALL)
        begin = min(max(x - width / 2, 0), WIDTH - width)
        if text and begin >= taken + GAP:
            shapes.append(Words(round(begin, 2), top - 5, text, "start", SMALL))
            taken = begin + width


def put_level_guides(
    shapes: list[Shape],
    guides: Sequence[Guide],
    across: Scale,
    upward: Scale,
    points: Sequence[Spot],
) -> list[Area]:
    """Draw level dashed lines, their words at an end where they cover no point; give where words stand."""
    taken: list[Area] = []
    marks = [_around(point) for point in points]
    for guide in sorted(guides, key=lambda one: one.value):
        y = upward(guide.value)
        shapes.append(Trace(f"M{across.start:g} {y:g}H{WIDTH:g}", INK, 1.5, "6 3"))
        text = clip(guide.label, WIDTH - across.start, SMALL)
        width = text_width(text, SMALL)
        places = [
            (begin, base - 12, begin + width, base + 3)
            for base in (y - 5, y + 16)
            for begin in (WIDTH - width, across.start + 2)
            if upward.end - 2 <= base - 12 and base + 3 <= upward.start
        ]
        free = [place for place in places if not any(_touch(place, other) for other in taken)]
        clear = [place for place in free if not any(_touch(place, other) for other in marks)]
        if text and free:
            place = (clear or free)[0]
            put_backed(shapes, Words(round(place[0], 2), round(place[3] - 3, 2), text, "start", SMALL))
            taken.append(place)
    return taken


def put_across(shapes: list[Shape], across: Scale, title: str, base: float) -> float:
    """Draw the lower axis of figures and give the height of the whole picture."""
    shapes.append(Trace(f"M{across.start:g} {base:g}H{WIDTH:g}", QUIET))
    shapes += [Trace(f"M{across(value):g} {base:g}v5", QUIET) for value, _ in across.ticks]
    return put_below(shapes, spread([(across(v), text) for v, text in across.ticks], 0, WIDTH), title, base)


def put_names(
    shapes: list[Shape],
    named: Sequence[tuple[Spot, str]],
    points: Sequence[Spot],
    bounds: Area,
    others: Sequence[Area],
) -> None:
    """Write names beside their points where they touch no point, no other name and no edge."""
    taken = [*others, *(_around(point) for point in points)]
    for (x, y), text in named:
        width = text_width(text, SMALL)
        for begin, base in (
            (x + 7, y + 5),
            (x - 7 - width, y + 5),
            (x - width / 2, y - 8),
            (x - width / 2, y + 18),
        ):
            box = (begin, base - 12, begin + width, base + 3)
            inside = (
                bounds[0] <= box[0] and box[2] <= bounds[2] and bounds[1] <= box[1] and box[3] <= bounds[3]
            )
            if inside and not any(_touch(box, other) for other in taken):
                put_backed(shapes, Words(round(begin, 2), round(base, 2), text, "start", SMALL))
                taken.append(box)
                break


def _around(point: Spot) -> Area:
    return point[0] - 4, point[1] - 4, point[0] + 4, point[1] + 4


def _touch(one: Area, two: Area) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def put_reach(shapes: list[Shape], ends: Sequence[float | None], across: Scale, y: float) -> None:
    """Draw a value as a disc on the line between its ends: (low, value, high)."""
    low, value, high = ends
    if low is not None and high is not None:
        a, b = across(low), across(high)
        shapes.append(Trace(f"M{a:g} {y:g}H{b:g}M{a:g} {y - 6:g}v12M{b:g} {y - 6:g}v12", COLOURS[0], 2.0))
    if value is not None:
        shapes.append(mark(0, across(value), y, 5.5))
