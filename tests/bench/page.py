"""docs/performance.md and its charts, from what was measured."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.bench import svg
from tests.bench.goals import GOALS, Goal
from tests.bench.measuring import US, Measure
from tests.bench.record import Record
from tests.bench.whole.run import WHOLE

DOCS = Path(__file__).parents[2] / "docs"
TEMPLATE = Path(__file__).parent / "performance.template.md"


def write(records: Mapping[str, Record], missed: Mapping[str, str]) -> None:
    """Write the page and a chart for each subject; `missed` tells why a goal was not reached."""
    default, large = records["default"], records.get("large")
    measures = [*default.measures, *(large.measures if large else ())]
    plain = [one for one in default.measures if not one.subject.startswith("Other")]
    subjects = []
    for subject in dict.fromkeys(one.subject for one in plain):
        rows = [one for one in measures if one.subject == subject]
        name = "performance-" + re.sub(r"[^a-z0-9]+", "-", subject.lower()).strip("-") + ".svg"
        points = {who: _line(rows, who) for who in dict.fromkeys(one.who for one in rows)}
        (DOCS / "images" / name).write_text(svg.chart(subject, points))
        subjects.append(f"## {subject}\n\n![Time against size: {subject}](images/{name})\n\n{_table(rows)}")
    others = [one for one in default.measures if one.subject.startswith("Other")]
    text = TEMPLATE.read_text().format(
        where=_machines(records),
        goals=_goals(measures, large),
        missed=_missed(measures, missed),
        subjects="\n".join(subjects),
        more=", ".join(f"{one.who} {_time(one.seconds)}" for one in others),
        tuned=f"{Goal(WHOLE, 1_000_000, 'tuned Python', 1).ratio(measures) or 0:.2f}",
    )
    (DOCS / "performance.md").write_text(text)


def _line(rows: Sequence[Measure], who: str) -> list[tuple[int, float]]:
    return sorted((one.size, one.seconds) for one in rows if one.who == who)


def _machines(records: Mapping[str, Record]) -> str:
    lines = ["## Where and when\n"]
    for name, record in sorted(records.items()):
        sizes = "Ten million people" if name == "large" else "Up to a million people"
        lines.append(
            f"* {sizes}: {record.day}, {record.machine}; load of other work at the end {record.load}."
        )
    return "\n".join(lines) + "\n"


def _goals(measures: Sequence[Measure], large: Record | None) -> str:
    lines = [
        "## Goals\n",
        "Our time as a part of the other's:\n",
        "| what | people | against | goal: at most | measured | reached |",
        "|---|---:|---|---:|---:|---|",
    ]
    for goal in GOALS:
        ratio = goal.ratio(measures)
        if ratio is not None:
            reached = "yes" if ratio <= goal.limit else "**no**"
            lines.append(
                f"| {goal.subject} | {goal.size:,} | {goal.who} | {goal.limit:g} | {ratio:.3f} | {reached} |"
            )
    if large:
        gib = large.facts["memory"]
        reached = "yes" if float(gib) < 4 else "**no**"
        lines.append(f"| Memory of ranking, mass ties | 10,000,000 | | 4 GiB | {gib} GiB | {reached} |")
    return "\n".join(lines) + "\n"


def _missed(measures: Sequence[Measure], reasons: Mapping[str, str]) -> str:
    def is_missed(goal: Goal) -> bool:
        ratio = goal.ratio(measures)
        return ratio is not None and ratio > goal.limit

    told = [
        f"* {goal.subject}, {goal.size:,} people, against {goal.who}. {reasons.get(goal.subject, '')}".strip()
        for goal in GOALS
        if is_missed(goal)
    ]
    return "Not reached in this run:\n\n" + "\n".join(told) + "\n\n" if told else ""


def _table(rows: Sequence[Measure]) -> str:
    sizes = sorted({one.size for one in rows})
    found = {(one.who, one.size): one.seconds for one in rows}
    lines = [
        "| | " + " | ".join(f"{size:,}" for size in sizes) + " |",
        "|---|" + "---:|" * len(sizes),
    ]
    for who in dict.fromkeys(one.who for one in rows):
        cells = []
        for size in sizes:
            seconds, ours = found.get((who, size)), found[US, size]
            share = "" if who == US or seconds is None else f" ({_share(seconds / ours)})"
            cells.append("" if seconds is None else _time(seconds) + share)
        lines.append(f"| {'**Meritum**' if who == US else who} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _share(times: float) -> str:
    return f"{times:,.0f}×" if times >= 10 else f"{times:.1f}×" if times >= 1 else f"{times:.2f}×"


def _time(seconds: float) -> str:
    if seconds >= 1:
        return f"{seconds:.1f} s"
    return f"{seconds * 1e3:.1f} ms" if seconds >= 1e-3 else f"{seconds * 1e6:.0f} µs"
