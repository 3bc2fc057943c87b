"""The list in plain Python, as it is first written: `python by_python.py folder out.csv`."""

import csv
import sys
from dataclasses import dataclass
from pathlib import Path

folder, out = Path(sys.argv[1]), Path(sys.argv[2])
MARKS = {"": (6, -2), "b": (12, -3)}  # right and wrong by section, in sixths
PASS_MARK, PERCENT = 360, 9  # 40 in a hundred of 150 marks; a hundredth of them in sixths


@dataclass
class Item:
    """One item of the key."""

    code: str
    section: str
    accepted: list[str]

    def mark(self, answer: str) -> int:
        """Give the mark of an answer."""
        if not answer:
            return 0
        right, wrong = MARKS[self.section]
        return right if answer in self.accepted else wrong


@dataclass
class Person:
    """One candidate with the marks made."""

    candidate: str
    born: str
    total: int
    b: int

    @property
    def passed(self) -> bool:
        """Tell whether the minimum is reached."""
        return self.total >= PASS_MARK

    def key(self) -> tuple[int, int, str]:
        """Give what decides about the rank."""
        return -self.total, -self.b, self.born

    def score(self) -> str:
        """Write the total in percent with two decimals, half up."""
        hundredths = (abs(self.total) * 200 + PERCENT) // (2 * PERCENT)
        return f"{'-' if self.total < 0 else ''}{hundredths // 100}.{hundredths % 100:02}"


with (folder / "key.csv").open(newline="") as file:
    items = [Item(row["item"], row["section"], row["key"].split("/")) for row in csv.DictReader(file)]

people = []
with (folder / "answers.csv").open(newline="") as file:
    for row in csv.DictReader(file):
        marks = {"": 0, "b": 0}
        for item in items:
            marks[item.section] += item.mark(row[item.code])
        people.append(Person(row["candidate"], row["born"], marks[""] + marks["b"], marks["b"]))

passed = sorted((one for one in people if one.passed), key=lambda one: (one.key(), one.candidate))
failed = sorted((one for one in people if not one.passed), key=lambda one: one.candidate)
with out.open("w", newline="") as file:
    lines = csv.writer(file, lineterminator="\n")
    lines.writerow(["position", "rank", "candidate", "score"])
    rank, before = 0, None
    for position, person in enumerate([*passed, *failed], start=1):
        if person.key() != before:
            rank, before = position, person.key()
        lines.writerow([position, rank if person.passed else "", person.candidate, person.score()])
