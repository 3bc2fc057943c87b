"""How the columns of a file of answers may be headed, and what each of them then is."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

CANDIDATE_HEADINGS = frozenset(
    {
        "candidate", "candidate number", "candidate id", "candidate_number",
        "roll", "roll no", "roll_no", "roll number", "roll_number",
    }
)  # fmt: skip
SERIES_HEADINGS = frozenset(
    {"series", "booklet", "booklet series", "booklet_series", "bookletno", "booklet no", "form", "set"}
)
BUNDLE_HEADINGS = frozenset({"bundle", "batch"})
# What OMRChecker writes before the answers; see its README on the results file.
SCANNER_HEADINGS = ("file_id", "input_path", "output_path", "score")
_SCANNED_ITEM = re.compile(r"q(\d+)", re.IGNORECASE)


@dataclass(slots=True)
class Columns:
    """Where in a row what stands: places from 0, None where there is no such column.

    `items` maps what an item is called in the file (its code, or its printed number where booklets have
    series) to its place. `by_file` says that people are known by the names of their scans' files.
    """

    candidate: int | None = None
    series: int | None = None
    bundle: int | None = None
    items: dict[str, int] = field(default_factory=dict)
    is_scanned: bool = False
    by_file: bool = False


def recognise(
    headings: Sequence[str], names: Sequence[str], *, left_out: Collection[str] = ()
) -> tuple[Columns, list[tuple[str, str]]]:
    """Say what each column is, and every fault as (heading, reason).

    `names` are the items as the file must call them. `left_out` are headings, case folded, of columns that
    the officer named as holding no answers; nothing else is passed over.
    """
    texts = [heading.strip() for heading in headings]
    found, faults = Columns(), list[tuple[str, str]]()
    found.is_scanned = tuple(text.casefold() for text in texts[:4]) == SCANNER_HEADINGS
    skipped = {text.casefold() for text in left_out} | (set(SCANNER_HEADINGS) if found.is_scanned else set())
    called = {name: name for name in names}
    seen = set[str]()
    for place, text in enumerate(texts):
        folded = text.casefold()
        name = _item_name(text, called, is_scanned=found.is_scanned)
        kind = _kind(folded) if name is None else name
        if not text:
            faults.append((f"column {place + 1}", "This column has no heading."))
        elif (kind or folded) in seen:
            faults.append((text, "This column stands in the file twice."))
        elif name is not None:
            found.items[name] = place
        elif folded in skipped:
            pass
        elif kind == "candidate":
            found.candidate = place
        elif kind == "series":
            found.series = place
        elif kind == "bundle":
            found.bundle = place
        else:
            faults.append((text, "The examination has no such item."))
        seen.add(kind or folded)
    if found.candidate is None and found.is_scanned:
        found.candidate, found.by_file = 0, True
    if found.candidate is None:
        faults.append(("candidate", "The column of candidate numbers is missing."))
    faults += [(name, "The column of this item is missing.") for name in names if name not in found.items]
    return found, faults


def _item_name(text: str, called: Mapping[str, str], *, is_scanned: bool) -> str | None:
    if text in called:
        return text
    match = _SCANNED_ITEM.fullmatch(text) if is_scanned else None
    return called.get(match[1]) if match else None


def _kind(folded: str) -> str:
    kinds = {"candidate": CANDIDATE_HEADINGS, "series": SERIES_HEADINGS, "bundle": BUNDLE_HEADINGS}
    return next((kind for kind, headings in kinds.items() if folded in headings), "")
