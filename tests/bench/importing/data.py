"""An examination of as many candidates as wanted, and the file of their answers, from a seed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import polars as pl
from sqlalchemy.orm import Session

from app.exams.examinations.models import Candidate, Examination
from app.platform import bulk
from app.platform.db import Database
from tests.factories.exams import make_examination

ITEMS = 100
OPTIONS = ("A", "B", "C", "D")


def fill(session: Session, people: int) -> Examination:
    """Make the examination with its candidates; numbers and ids follow from their order.

    Each candidate has an application of his own, of which nothing but the id is written: guards between
    tables are off while this runs.
    """
    codes = [str(number) for number in range(1, ITEMS + 1)]
    examination = make_examination(
        session, items=codes, held_on=dt.date(2026, 11, 16), options=list(OPTIONS), blanks=["-"]
    )
    rows = (
        (own(place), examination.id, f"app_{place:026d}", number(place), "expected")
        for place in range(people)
    )
    columns = ("id", "examination_id", "application_id", "number", "attendance")
    bulk.insert_rows(session, Candidate, columns, rows)
    return examination


def own(place: int) -> str:
    """Give the id of a candidate."""
    return f"cnd_{place:026d}"


def number(place: int) -> str:
    """Give the number of a candidate."""
    return f"C{place:07d}"


def write(folder: Path, people: int) -> dict[str, Path]:
    """Write the same answers as CSV and as Parquet, people in an order by chance."""
    dice = np.random.default_rng(20261122)
    order = dice.permutation(people)
    texts = np.array([*OPTIONS, "-"])
    columns = {"candidate": [number(place) for place in order.tolist()]}
    frame = pl.DataFrame(columns).with_columns(
        pl.Series(str(item), texts[dice.integers(0, len(texts), people)]) for item in range(1, ITEMS + 1)
    )
    paths = {"CSV": folder / "answers.csv", "Parquet": folder / "answers.parquet"}
    frame.write_csv(paths["CSV"])
    frame.write_parquet(paths["Parquet"])
    return paths


def guards(database: Database) -> tuple[str, str]:
    """Give the statements that turn guards between tables off and on for a connection."""
    if database.is_sqlite:
        return "PRAGMA foreign_keys=OFF", "PRAGMA foreign_keys=ON"
    return "SET session_replication_role = replica", "RESET ALL"
