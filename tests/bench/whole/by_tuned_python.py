"""The list in Python, with tables made before the loop: `python by_tuned_python.py folder out.csv`."""

import csv
import sys
from pathlib import Path

folder, out = Path(sys.argv[1]), Path(sys.argv[2])

marks = {}
with (folder / "key.csv").open(newline="") as file:
    for item in csv.DictReader(file):
        right, wrong = (12, -3) if item["section"] else (6, -2)  # in sixths
        accepted = item["key"].split("/")
        marks[item["item"]] = (
            {o: right if o in accepted else wrong for o in "ABCDE"} | {"": 0},
            item["section"],
        )

people = []
with (folder / "answers.csv").open(newline="") as file:
    rows = csv.reader(file)
    codes = next(rows)[2:]
    tables = [(marks[code][0], marks[code][1]) for code in codes]
    plain = [(place, table) for place, (table, section) in enumerate(tables, start=2) if not section]
    inside = [(place, table) for place, (table, section) in enumerate(tables, start=2) if section]
    for row in rows:
        b = sum([table[row[place]] for place, table in inside])
        total = b + sum([table[row[place]] for place, table in plain])
        people.append((total < 360, -total, -b, row[1], row[0]))  # 40 in a hundred of 900 sixths


def shown(total: int) -> str:
    """Write a total, in sixths of 150, in percent with two decimals."""
    hundredths, sign = (abs(total) * 200 + 9) // 18, "-" if total < 0 else ""
    return f"{sign}{hundredths // 100}.{hundredths % 100:02}"


passed = sorted(person for person in people if not person[0])
failed = sorted((person for person in people if person[0]), key=lambda person: person[4])
with out.open("w", newline="") as file:
    lines = csv.writer(file, lineterminator="\n")
    lines.writerow(["position", "rank", "candidate", "score"])
    rank, before = 0, None
    for position, person in enumerate(passed, start=1):
        if person[:4] != before:
            rank, before = position, person[:4]
        lines.writerow([position, rank, person[4], shown(-person[1])])
    for position, person in enumerate(failed, start=len(passed) + 1):
        lines.writerow([position, "", person[4], shown(-person[1])])
