"""The list in pandas: `python by_pandas.py folder out.csv`."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

folder, out = Path(sys.argv[1]), Path(sys.argv[2])
key = pd.read_csv(folder / "key.csv", keep_default_na=False)
kinds = {code: pd.CategoricalDtype(list("ABCDE")) for code in key["item"]}
answers = pd.read_csv(folder / "answers.csv", dtype={"candidate": "string", "born": "string", **kinds})

totals = {"": np.zeros(len(answers), dtype=np.int64), "b": np.zeros(len(answers), dtype=np.int64)}
for item in key.itertuples():
    right, wrong = (12, -3) if item.section else (6, -2)  # in sixths
    accepted = item.key.split("/")
    # The last value of the table is that of code -1, a cell without an answer.
    table = np.array([*[right if option in accepted else wrong for option in "ABCDE"], 0])
    totals[item.section] += table[answers[item.item].cat.codes.to_numpy()]

total = totals[""] + totals["b"]
people = pd.DataFrame(
    {"candidate": answers["candidate"], "born": answers["born"], "total": total, "b": totals["b"]}
)
passed = people[people["total"] >= 360].sort_values(
    ["total", "b", "born", "candidate"], ascending=[False, False, True, True]
)
same = (passed[["total", "b", "born"]] == passed[["total", "b", "born"]].shift()).all(axis=1).to_numpy(bool)
places = np.arange(1, len(passed) + 1)
failed = people[people["total"] < 360].sort_values("candidate")
ranks = np.maximum.accumulate(np.where(same, 0, places))
listed = pd.concat([passed, failed])
hundredths = (listed["total"].abs() * 200 + 9) // 18
sign = np.where(listed["total"] < 0, "-", "")
score = sign + (hundredths // 100).astype(str) + "." + (hundredths % 100).astype(str).str.zfill(2)
pd.DataFrame(
    {
        "position": np.arange(1, len(listed) + 1),
        "rank": pd.array([*ranks, *[pd.NA] * len(failed)], dtype="Int64"),
        "candidate": listed["candidate"].to_numpy(),
        "score": score.to_numpy(),
    }
).to_csv(out, index=False)
