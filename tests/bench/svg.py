"""A chart of time against size as SVG: both axes by powers of ten, a line for each, its name at its end."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

WIDTH, HEIGHT = 860, 460
LEFT, RIGHT, TOP, BOTTOM = 80, 210, 56, 56
# Colours that people with any kind of colour vision tell apart, dark enough on white; the first is ours.
COLOURS = ("#0b3d91", "#b3491c", "#00786c", "#8e3b8a", "#7a6200", "#5b6770", "#c2185b", "#33691e", "#000000")
INK, FAINT = "#1b1f23", "#d5d9dd"
LINE_HEIGHT = 17

Points = Sequence[tuple[int, float]]


def _decades(values: Sequence[float]) -> range:
    # Sizes are whole powers of ten, whose logarithm may come out a little above.
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)) - 1e-9)
    return range(low, max(high, low + 1) + 1)


def _seconds(exponent: int) -> str:
    if exponent >= 0:
        return f"{10**exponent:,} s"
    return f"{10 ** (exponent + 3):g} ms" if exponent >= -3 else f"{10 ** (exponent + 6):g} µs"


def _apart(places: Mapping[str, float]) -> dict[str, float]:
    """Move labels down until none stands on another, then all up as far as they went over the edge."""
    moved: dict[str, float] = {}
    free = float(TOP)
    for name, place in sorted(places.items(), key=lambda pair: pair[1]):
        moved[name] = max(place, free)
        free = moved[name] + LINE_HEIGHT
    over = max(0.0, free - LINE_HEIGHT - (HEIGHT - BOTTOM))
    return {name: place - over for name, place in moved.items()}


def chart(title: str, lines: Mapping[str, Points]) -> str:
    """Draw the lines; sizes are people, values are seconds."""
    sizes = _decades([size for points in lines.values() for size, _ in points])
    times = _decades([seconds for points in lines.values() for _, seconds in points])

    def across(size: float) -> float:
        return LEFT + (math.log10(size) - sizes[0]) / max(len(sizes) - 1, 1) * (WIDTH - LEFT - RIGHT)

    def up(seconds: float) -> float:
        part = (math.log10(seconds) - times[0]) / max(len(times) - 1, 1)
        return HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' font-family="system-ui, sans-serif" font-size="13" fill="{INK}">',
        f"<title>{escape(title)}: seconds against people, both by powers of ten</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="28" font-size="17" font-weight="600">{escape(title)}</text>',
    ]
    for power in sizes:
        x = across(10**power)
        parts.append(f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="{FAINT}"/>')
        parts.append(
            f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{10**power:,}</text>'
        )
    for power in times:
        y = up(10.0**power)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="{FAINT}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{_seconds(power)}</text>')
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(f'<text x="{middle}" y="{HEIGHT - 12}" text-anchor="middle">people</text>')
    parts.append(f'<text x="{LEFT - 8}" y="{TOP - 12}" text-anchor="end">time</text>')
    labels = _apart({who: up(points[-1][1]) for who, points in lines.items()})
    for place, (who, points) in enumerate(lines.items()):
        colour, width = COLOURS[place % len(COLOURS)], 3.5 if place == 0 else 1.8
        path = " ".join(f"{across(size):.1f},{up(seconds):.1f}" for size, seconds in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>')
        parts += [
            f'<circle cx="{across(size):.1f}" cy="{up(seconds):.1f}" r="{width + 0.7}" fill="{colour}"/>'
            for size, seconds in points
        ]
        end, x, y = across(points[-1][0]), WIDTH - RIGHT + 14, labels[who]
        parts.append(
            f'<path d="M{end + 5:.1f} {up(points[-1][1]):.1f}L{x - 3} {y:.1f}" stroke="{colour}"'
            ' stroke-dasharray="2 3" fill="none"/>'
        )
        weight = ' font-weight="600"' if place == 0 else ""
        parts.append(f'<text x="{x}" y="{y + 4:.1f}" fill="{colour}"{weight}>{escape(who)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"
