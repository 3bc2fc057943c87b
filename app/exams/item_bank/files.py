"""What a file of items holds once it was read, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.exams.item_bank import rules
from app.exams.item_bank.rules import Content
from app.exams.item_bank.states import Difficulty
from app.platform.errors import Invalid

MOST_BYTES = 10_000_000
MOST_ITEMS = 5000
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the file inside a package, "" when there is one only, the line, and what is wrong."""

    file: str
    line: int
    reason: str


@dataclass(slots=True)
class Reading:
    """The items of a file with their lines; nothing of them counts while there are faults."""

    rows: list[tuple[int, Content]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def add(self, line: int, content: Content, file: str = "") -> None:
        """Take an item, or note what is wrong with it."""
        try:
            rules.check(content)
        except Invalid as error:
            self.faults += [Fault(file, line, sentence) for sentence in error.fields.values()]
            return
        if any(content.code == known.code for _, known in self.rows):
            self.faults.append(Fault(file, line, f"The code “{content.code}” stands in the file twice."))
        elif len(self.rows) >= MOST_ITEMS:
            self.faults.append(Fault(file, line, f"A file may hold {MOST_ITEMS} items."))
        else:
            self.rows.append((line, content))


def read_difficulty(text: str) -> Difficulty:
    """Read how hard an item is meant to be; ValueError names what may be written."""
    try:
        return Difficulty(text.strip().casefold())
    except ValueError:
        raise ValueError(f"“{text[:40]}” is not easy, medium or hard.") from None
