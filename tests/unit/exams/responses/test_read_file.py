"""Reading a file of answers: by key, with every fault told at its place."""

from __future__ import annotations

import datetime as dt

import pytest

from app.exams.responses.rules import (
    MOST_PROBLEMS,
    Problem,
    Sheet,
    check_complete,
    check_held,
    check_replacement,
    read_file,
    sheet_digest,
)
from app.platform.errors import Conflict, Invalid

SHEET = Sheet(("1", "2", "Q-3"), frozenset({"C1", "C2", "C3"}), ("A", "B"), ("-", "8"), ("*",))


def problems(text: str | bytes) -> list[tuple[int, str, str]]:
    """Give the faults of a file as plain rows."""
    found = read_file(text if isinstance(text, bytes) else text.encode(), SHEET)
    return [(problem.row, problem.column, problem.reason) for problem in found.problems]


def test_answers_are_found_by_heading_and_people_by_number():
    plain = read_file(b"candidate,1,2,Q-3\nC1,A,B,-\nC2,8,*,A\nC3,B,,B\n", SHEET)
    shuffled = read_file(b"Q-3,2,candidate,1\nB,,C3,B\n-,B,C1,A\nA,*,C2,8\n", SHEET)
    assert plain.problems == []
    assert plain.answers == {
        "C1": {"1": "A", "2": "B", "Q-3": ""},
        "C2": {"1": "", "2": "*", "Q-3": "A"},
        "C3": {"1": "B", "2": "", "Q-3": "B"},
    }
    assert shuffled.answers == plain.answers
    assert plain.absent == []


@pytest.mark.parametrize("heading", ["candidate", "Candidate", "CANDIDATE NUMBER", "candidate id"])
def test_the_column_of_numbers_may_be_called(heading):
    assert read_file(f"{heading},1,2,Q-3\nC1,A,A,A\n".encode(), SHEET).problems == []


@pytest.mark.parametrize("sign", [";", "\t"])
def test_other_dividers_are_understood(sign):
    lines = ["candidate,1,2,Q-3", "C1,A,B,A"]
    found = read_file("\r\n".join(lines).replace(",", sign).encode(), SHEET)
    assert found.answers == {"C1": {"1": "A", "2": "B", "Q-3": "A"}}


def test_a_byte_order_mark_and_blank_lines_do_no_harm():
    found = read_file(b"\xef\xbb\xbf\ncandidate,1,2,Q-3\n\nC1,A,B,A\n,,,\n", SHEET)
    assert (found.rows, found.problems, found.absent) == (1, [], ["C2", "C3"])


def test_every_wrong_heading_is_named():
    assert problems("candidate,1,1,9,\nC1,A,A,A,A\n") == [
        (1, "1", "This column stands in the file twice."),
        (1, "9", "The examination has no such item."),
        (1, "column 5", "This column has no heading."),
        (1, "2", "The column of this item is missing."),
        (1, "Q-3", "The column of this item is missing."),
    ]


def test_a_file_without_candidate_numbers_is_refused():
    assert problems("1,2,Q-3\nA,A,A\n") == [(1, "candidate", "The column of candidate numbers is missing.")]


def test_every_bad_row_is_told_with_its_line():
    text = "candidate,1,2,Q-3\nC1,A,B,A\nC9,A,B,A\nC1,A,B,A\n,A,B,A\nC2,A,B\nC3,X,b,A\n"
    assert problems(text) == [
        (3, "candidate", "“C9” is not a candidate of this examination."),
        (4, "candidate", "C1 already stands in line 2."),
        (5, "candidate", "The candidate number is empty."),
        (6, "", "The row has 3 values and the headings are 4."),
        (7, "1", "“X” is not an answer of this examination."),
        (7, "2", "“b” is not an answer of this examination."),
    ]


def test_nothing_is_kept_of_a_file_with_a_fault():
    found = read_file(b"candidate,1,2,Q-3\nC1,A,B,A\nC2,X,B,A\n", SHEET)
    assert (found.answers, found.problem_count) == ({}, 1)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", (1, "", "The file is empty.")),
        (b"\n \n", (1, "", "The file is empty.")),
        (b"candidate,1,2,Q-3\n", (1, "", "The file has headings and no answers.")),
        (
            "candidate,1,2,Q-3\nC1,A,B,A\n".encode("utf-16"),
            (1, "", "The file is written in UTF-16. Save it as CSV in UTF-8."),
        ),
        (
            b"candidate,1,2,Q-3\nC1,A,\xe9,A\n",
            (2, "", "The line is not written in UTF-8. Save the file as CSV in UTF-8."),
        ),
        (b"candidate,1,2,Q-3\nC1,\0,B,A\n", (2, "", "The line holds a NUL byte: the file is no text.")),
    ],
)
def test_what_is_no_file_of_answers_is_said_plainly(content, told):
    assert problems(content) == [told]


def test_an_unclosed_quotation_mark_is_a_fault_and_no_crash():
    ((line, column, reason),) = problems('candidate,1,2,Q-3\nC1,"A,B,A\n')
    assert (line, column) == (2, "")
    assert reason.startswith("The line cannot be read")


def test_what_no_page_may_hold_is_not_repeated():
    ((_, _, reason),) = problems("candidate,1,2,Q-3\nC1,A\x07" + "x" * 90 + ",B,A\n")
    assert reason == "“A\ufffd" + "x" * 38 + "” is not an answer of this examination."


def test_only_the_first_faults_are_kept_and_all_are_counted():
    rows = "".join("C9,A,A,A\n" for _ in range(MOST_PROBLEMS + 7))
    found = read_file(f"candidate,1,2,Q-3\n{rows}".encode(), SHEET)
    assert (len(found.problems), found.problem_count) == (MOST_PROBLEMS, MOST_PROBLEMS + 7)
    assert found.problems[0] == Problem(2, "candidate", "“C9” is not a candidate of this examination.")


def test_absentees_must_be_declared():
    found = read_file(b"candidate,1,2,Q-3\nC1,A,B,A\n", SHEET)
    with pytest.raises(Invalid) as refused:
        check_complete(found, accepts_absent=False)
    assert refused.value.fields == {
        "accepts_absent": "2 candidates have no sheet in this file. "
        "Confirm that they were absent, or import a whole file."
    }
    check_complete(found, accepts_absent=True)


def test_a_faulty_file_is_refused_with_its_first_fault():
    with pytest.raises(Invalid) as refused:
        check_complete(read_file(b"candidate,1,2,Q-3\nC1,X,B,A\n", SHEET), accepts_absent=True)
    assert refused.value.fields == {"file": "Line 2, 1: “X” is not an answer of this examination."}


def test_a_replacement_needs_a_reason():
    check_replacement(False, "")
    check_replacement(True, "The scanner was set wrongly.")
    with pytest.raises(Invalid) as refused:
        check_replacement(True, "  ")
    assert refused.value.fields == {
        "reason": "Enter why this file replaces the one that was imported before."
    }


def test_answers_come_after_the_examination():
    check_held(dt.date(2026, 11, 16), dt.date(2026, 11, 16))
    with pytest.raises(Conflict, match="2026-11-16"):
        check_held(dt.date(2026, 11, 16), dt.date(2026, 11, 15))


def test_a_sheets_digest_covers_examination_candidate_and_answers():
    own = sheet_digest("EX-1", "C1", {"1": "A", "2": ""})
    assert own == sheet_digest("EX-1", "C1", {"2": "", "1": "A"})
    others = {
        sheet_digest("EX-2", "C1", {"1": "A", "2": ""}),
        sheet_digest("EX-1", "C2", {"1": "A", "2": ""}),
        sheet_digest("EX-1", "C1", {"1": "", "2": "A"}),
    }
    assert len(others | {own}) == 4


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_file_of_blank_rows_has_no_answers(ending):
    text = "candidate,1,2,Q-3\n,,,\n,,,\n".replace("\n", ending)
    assert problems(text) == [(1, "", "The file has headings and no answers.")]
    quoted = text.replace("Q-3", '"Q-3"')
    assert problems(quoted) == [(1, "", "The file has headings and no answers.")]


def test_a_bad_line_among_blank_rows_is_told():
    assert [row[:2] for row in problems("candidate,1,2,Q-3\n,,,\nC1,A\n,,,\n")] == [(3, "")]
