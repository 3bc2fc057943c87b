"""The list in Polars: `python by_polars.py folder out.csv`."""

import sys
from pathlib import Path

import polars as pl

folder, out = Path(sys.argv[1]), Path(sys.argv[2])
key = pl.read_csv(folder / "key.csv").with_columns(pl.col("section").fill_null(""))
kinds = dict.fromkeys(key["item"], pl.Enum(list("ABCDE")))


def sixths(section: str) -> pl.Expr:
    """Add the marks of one section, in sixths."""
    right, wrong = (12, -3) if section else (6, -2)
    parts = [
        pl.when(pl.col(item["item"]).is_null())
        .then(0)
        .when(pl.col(item["item"]).is_in(item["key"].split("/")))
        .then(right)
        .otherwise(wrong)
        for item in key.filter(pl.col("section") == section).iter_rows(named=True)
    ]
    return pl.sum_horizontal(parts).cast(pl.Int64)


people = (
    pl.scan_csv(folder / "answers.csv", schema_overrides=kinds)
    .select("candidate", "born", a=sixths(""), b=sixths("b"))
    .with_columns(total=pl.col("a") + pl.col("b"))
    .collect()
)
passed = people.filter(pl.col("total") >= 360).sort(
    ["total", "b", "born", "candidate"], descending=[True, True, False, False]
)
place = pl.int_range(1, pl.len() + 1)
first = pl.struct("total", "b", "born") != pl.struct("total", "b", "born").shift()
passed = passed.with_columns(rank=pl.when(first.fill_null(True)).then(place).forward_fill())
failed = people.filter(pl.col("total") < 360).sort("candidate").with_columns(rank=pl.lit(None, pl.Int64))
hundredths = (pl.col("total").abs() * 200 + 9) // 18
score = pl.format(
    "{}{}.{}",
    pl.when(pl.col("total") < 0).then(pl.lit("-")).otherwise(pl.lit("")),
    hundredths // 100,
    (hundredths % 100).cast(pl.String).str.zfill(2),
)
pl.concat([passed, failed]).select(position=place, rank="rank", candidate="candidate", score=score).write_csv(
    out
)
