"""A file of postings: its encoding, its header, its rows, and the rows given back with reasons."""

from __future__ import annotations

import csv
import io

import pytest

from app.platform.errors import Invalid
from app.recruitment.postings import importing
from app.recruitment.postings.importing import RowError, read_file, write_rejects
from tests.unit.recruitment.postings.test_nyc_jobs import GOOD


def file(*rows: dict[str, str], encoding: str = "utf-8") -> bytes:
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, list(GOOD))
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode(encoding)


def refusal(content: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        read_file(content)
    return refused.value.fields["file"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_is_read_in_the_encodings_that_are_certain(encoding: str):
    read = read_file(file(GOOD | {"Agency": "Büro"}, encoding=encoding))
    assert [row.agency for row in read.rows] == ["Büro"]
    assert (read.total, read.errors, read.rejected) == (1, (), ())


def test_files_that_cannot_be_read_are_refused_in_words():
    assert refusal(b"") == "The file is empty."
    assert refusal(b"\n\n,,\n") == "The file is empty."
    assert refusal(file(GOOD | {"Agency": "Büro"}, encoding="cp1252")) == (
        "Line 2 is not written in UTF-8. Save the file as “CSV UTF-8” and try again."
    )
    assert refusal(b"Job ID,Agency\n1,x\n").startswith("The file lacks these columns: Posting Type, Business")
    header = ",".join(f'"{name}"' for name in [*GOOD, "Agency"])
    assert refusal(header.encode()) == "The file has these columns twice: Agency."
    assert refusal(file(GOOD) + b'1,"never closed').startswith(
        "The file cannot be read as CSV: unexpected end"
    )
    assert refusal(b"%PDF-1.7 \x00\x01").startswith("The file lacks these columns: Job ID, Agency")


def test_limits(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(importing, "MOST_ROWS", 1)
    assert refusal(file(GOOD, GOOD)) == "The file has more than 1 rows. Split it."
    monkeypatch.setattr(importing, "LARGEST_FILE", 3)
    assert refusal(b"1234") == "The file is larger than 0 MB."


def test_the_same_key_twice_refuses_the_second_row_and_names_the_first():
    external = GOOD | {"Posting Type": "External"}
    read = read_file(file(GOOD, external, GOOD | {"Business Title": "Other"}))
    assert [row.key for row in read.rows] == ["nyc_jobs:151937:Internal", "nyc_jobs:151937:External"]
    assert read.errors == (RowError(4, "Job ID", "has the same job and posting type as row 2."),)
    assert read.total == 3


def test_a_row_with_too_few_or_too_many_cells_is_refused_whole():
    read = read_file(file(GOOD) + b"1,2,3\n")
    assert read.errors == (RowError(3, "whole row", "has 3 columns where the header has 18."),)


def test_rows_that_are_not_good_are_given_back_with_every_reason():
    bad = GOOD | {"Job ID": "x", "Level": "two"}
    read = read_file(file(GOOD, bad))
    [header, given] = list(csv.reader(io.StringIO(write_rejects(read))))
    assert header == ["Row", "Reasons", *GOOD]
    reasons = "Job ID must be a number, not “x”. Level must be a level such as 2 or M1, not “two”."
    assert given == ["3", reasons, *bad.values()]


def test_progress_sees_every_row():
    seen: list[list[str]] = []

    def progress(lines: list[list[str]]):
        for line in lines:
            seen.append(line)
            yield line

    read_file(file(GOOD, GOOD | {"Job ID": "2"}), progress)
    assert [line[0] for line in seen] == ["151937", "2"]
