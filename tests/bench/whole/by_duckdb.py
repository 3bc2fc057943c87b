"""The list as SQL in DuckDB: `python by_duckdb.py folder out.csv`."""

import csv
import sys
from pathlib import Path

import duckdb

folder, out = Path(sys.argv[1]), sys.argv[2]
base = duckdb.connect()
with (folder / "key.csv").open(newline="") as file:
    items = list(csv.DictReader(file))


def sixths(section: str) -> str:
    """Write the marks of one section in sixths; a cell without an answer is NULL."""
    parts = []
    for item in items:
        if item["section"] == section:
            right, wrong = (12, -3) if section else (6, -2)
            named = ", ".join(f"'{option}'" for option in item["key"].split("/"))
            cell = f'"{item["item"]}"'
            parts.append(
                f"CASE WHEN {cell} IN ({named}) THEN {right} WHEN {cell} IS NULL THEN 0 ELSE {wrong} END"
            )
    return " + ".join(parts)


# A hundredth of the maximum, 150 marks, is nine sixths.
base.execute(
    f"""
    COPY (
        WITH marked AS (
            SELECT candidate, CAST(born AS DATE) AS born, {sixths("")} AS a, {sixths("b")} AS b
            FROM read_csv('{folder}/answers.csv', header = true, all_varchar = true)
        ), judged AS (
            SELECT *, a + b AS total, a + b >= 360 AS passed FROM marked
        ), ranked AS (
            SELECT *, rank() OVER (ORDER BY passed DESC, total DESC, b DESC, born) AS place,
                (abs(total) * 200 + 9) // 18 AS hundredths, CASE WHEN total < 0 THEN '-' ELSE '' END AS sign
            FROM judged
        )
        SELECT
            row_number() OVER (ORDER BY passed DESC, CASE WHEN passed THEN place END, candidate) AS position,
            CASE WHEN passed THEN place END AS rank,
            candidate,
            printf('%s%d.%02d', sign, hundredths // 100, hundredths % 100) AS score
        FROM ranked ORDER BY position
    ) TO '{out}' (HEADER)
    """  # noqa: S608
)
