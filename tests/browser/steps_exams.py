"""What the examination office does: the plan, the candidates, the key, the answers."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

from tests.browser.people import Person

KEY = "ABCDABCDAB"
CODES = [f"Q{number}" for number in range(1, len(KEY) + 1)]
NUMBER = re.compile(r"C\d{6,}")


def creates_the_examination(officer: Person, title: str) -> None:
    today = dt.datetime.now(ZoneInfo("America/New_York")).date()
    officer.opens("/staff/examinations")
    officer.presses("Create an examination")
    officer.page.get_by_label("Vacancy").select_option(index=1)
    officer.types("Title", title, exact=True)
    officer.fills(**{"held_on-day": str(today.day), "held_on-month": str(today.month)})
    officer.fills(**{"held_on-year": str(today.year)})
    officer.types("Codes of the items", "\n".join(CODES))
    officer.types("Answers that can be marked", "A B C D")
    officer.ticks("No sample is asked for")
    officer.presses("Create the examination")


def registers_the_candidates(officer: Person, people: int = 4) -> None:
    officer.presses("Register candidates")
    officer.reads(f"{people} candidates are registered.")


def proposes_the_key(officer: Person) -> None:
    officer.follows("Propose the key")
    lines = [f"{code},{answer}" for code, answer in zip(CODES, KEY, strict=True)]
    officer.fills(key="\n".join(["item,key", *lines]))
    officer.types("Reason", "The key of the panel that wrote the items.")
    officer.presses("Propose this key")


def approves_the_key(custodian: Person, examination: str) -> None:
    custodian.lists_what_waits("Keys to decide")
    custodian.goes_on(custodian.page.get_by_role("row").filter(has_text=examination).get_by_role("link"))
    custodian.follows("Decide on the key")
    custodian.ticks("Approve", within="Decision")
    custodian.types("Reason", "Each item was solved by two experts.")
    custodian.presses("Record the decision")
    custodian.reads("Approved")


def opens_the_examination(officer: Person, title: str) -> None:
    officer.opens("/staff/examinations")
    officer.goes_on(officer.page.get_by_role("row").filter(has_text=title).get_by_role("link"))


def reads_the_candidates(officer: Person, examination: str) -> list[str]:
    """Give the candidates' numbers, as the page lists them."""
    opens_the_examination(officer, examination)
    officer.follows("See the candidates")
    return NUMBER.findall(officer.text())


def reads_the_own_number(candidate: Person) -> str:
    candidate.opens("/my/applications")
    candidate.follows("Open")
    candidate.reads("You are admitted to the examination.")
    candidate.presses("See your candidate number and the day")
    found = NUMBER.search(candidate.text())
    assert found
    return found[0]


def answers(right: int) -> str:
    """Give the answers of a sheet of which so many are right."""
    return KEY[:right] + "".join("D" if letter != "D" else "A" for letter in KEY[right:])


def file_of(sheets: dict[str, str]) -> bytes:
    """Write sheets, by candidate number, as the CSV file of a scanner."""
    rows = [["candidate", *CODES], *([number, *sheet] for number, sheet in sheets.items())]
    return "\n".join(map(",".join, rows)).encode()


def chooses_the_file(officer: Person, content: bytes, name: str) -> None:
    officer.page.get_by_label("File of answers").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )
    officer.presses("Check the file")


def is_shown_each_fault(officer: Person, examination: str, sheets: dict[str, str]) -> None:
    """Check a damaged file: rows and columns are named, and nothing is stored."""
    opens_the_examination(officer, examination)
    first, second, *_ = sheets
    damaged = sheets | {first: "E" + sheets[first][1:], "C999999": sheets[second]}
    officer.follows("Import the answers")
    chooses_the_file(officer, file_of(damaged), "damaged.csv")
    officer.reads("This file cannot be imported", "Nothing was stored. The file has 2 faults.")
    rows = [row.inner_text().split("\t") for row in officer.page.locator("tbody tr").all()]
    assert rows == [
        ["2", "Q1", "“E” is not an answer of this examination."],
        ["6", "candidate", "“C999999” is not a candidate of this examination."],
    ]


def imports_the_answers(officer: Person, examination: str, sheets: dict[str, str]) -> None:
    opens_the_examination(officer, examination)
    officer.reads("No answers were imported yet.")
    officer.follows("Import the answers")
    chooses_the_file(officer, file_of(sheets), "answers.csv")
    officer.reads("Every line could be read. Nothing is stored until you confirm.")
    officer.presses("Import the answers")
    officer.reads("4 answer sheets, 0 candidates absent.")
