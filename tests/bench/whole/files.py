"""The files that every way begins with: a million answer sheets, their key and a rulebook."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

ITEMS = 100
OPTIONS = "ABCDE"

# Two sections, fractions taken off for wrong answers, a minimum, three keys of the order.
RULEBOOK = """
[rulebook]
name = "bench"
version = 1
title = "A written examination with marks taken off"
citation = "Invented for measuring"
read_on = 2026-11-22
effective_from = 2026-01-01

[[component]]
name = "written"
kind = "items"
weight = "100"

[component.marks]
right = "1"
wrong = "-1/3"
blank = "0"

[[component.section]]
name = "b"
marks = { right = "2", wrong = "-1/2", blank = "0" }

[total]
minimum = "40"

[[order.key]]
by = "total"

[[order.key]]
by = "section.written.b"

[[order.key]]
by = "attribute.born"
first = "earliest"
"""


def write(folder: Path, people: int) -> None:
    """Write answers.csv, key.csv and rulebook.toml; a tenth of the items have two right options."""
    rng = np.random.default_rng(17)
    right = rng.integers(0, len(OPTIONS), ITEMS)
    known = np.clip(rng.normal(0.5, 0.2, people), 0, 1).astype(np.float32)
    codes = [f"q{number:03}" for number in range(1, ITEMS + 1)]
    key = []
    columns: dict[str, pl.Series] = {}
    numbers = pl.Series(rng.permutation(people)).cast(pl.String).str.zfill(8)
    columns["candidate"] = "C" + numbers
    days = pl.Series(rng.integers(0, 7000, people, dtype=np.int32) + 6000)
    columns["born"] = days.cast(pl.Date).cast(pl.String)
    texts = pl.Series([None, *OPTIONS])
    for place, code in enumerate(codes):
        several = place % 10 == 0
        accepted = [OPTIONS[right[place]], *([OPTIONS[(right[place] + 1) % 5]] if several else [])]
        section, treatment = ("" if place % 2 else "b"), ("several" if several else "normal")
        key.append({"item": code, "key": "/".join(accepted), "treatment": treatment, "section": section})
        guessed = rng.integers(0, len(OPTIONS) + 1, people, dtype=np.uint8)
        knows = rng.random(people, dtype=np.float32) < known
        columns[code] = texts.gather(np.where(knows, np.uint8(right[place] + 1), guessed))
    folder.mkdir(parents=True, exist_ok=True)
    pl.DataFrame(columns).write_csv(folder / "answers.csv")
    pl.DataFrame(key).write_csv(folder / "key.csv")
    (folder / "rulebook.toml").write_text(RULEBOOK)
