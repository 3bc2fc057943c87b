"""600 real answer sheets to 32 items (R package mirt, SAT12), read beside the project and never copied."""

import csv
from pathlib import Path

import pytest

from app.exams import merit

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "responses" / "sat12"


def load() -> tuple[merit.Key, merit.Responses]:
    """Read key and sheets; the test is skipped where the data are absent."""
    if not FOLDER.exists():
        pytest.skip(f"the SAT12 answer sheets are not at {FOLDER}")
    with (FOLDER / "sat12_key.csv").open() as file:
        items = tuple(merit.Item(row["item"], (row["key"],)) for row in csv.DictReader(file))
    with (FOLDER / "sat12_responses.csv").open() as file:
        rows = list(csv.reader(file))
    head, sheets = rows[0], rows[1:]
    responses = merit.Responses.from_rows(
        [row[0] for row in sheets], head[1:], [row[1:] for row in sheets], blank=["8"]
    )
    return merit.Key(1, items), responses
