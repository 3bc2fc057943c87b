"""The same answers in every form in which scanners and computers write them."""

from __future__ import annotations

import io
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from app.exams.responses import tables
from app.exams.responses.marks import Sheet
from app.exams.responses.reports import write_report
from app.exams.responses.rules import DoubtfulMark, Problem, read_file
from app.exams.responses.states import Doubt

SHEET = Sheet(("1", "2", "3"), frozenset({"C1", "C2"}), ("A", "B"), ("-",), ("*",))
PLAIN = {"C1": {"1": "A", "2": "", "3": "*"}, "C2": {"1": "B", "2": "A", "3": "B"}}
ROWS = [["candidate", "3", "1", "2"], ["C2", "B", "B", "A"], ["C1", "*", "A", "-"]]
OMR = Path(__file__).parents[5] / "shared" / "data" / "responses" / "omr"


def workbook(*sheets: list[list[object]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for rows in sheets:
        page = book.add_worksheet()
        for line, row in enumerate(rows):
            page.write_row(line, 0, row)
    book.close()
    return out.getvalue()


def parquet(frame: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.write_parquet(out)
    return out.getvalue()


def as_csv(rows: list[list[str]], sign: str = ",", quote: str = "") -> bytes:
    return "".join(sign.join(f"{quote}{cell}{quote}" for cell in row) + "\r\n" for row in rows).encode()


@pytest.mark.parametrize(
    "content",
    [
        as_csv(ROWS),
        as_csv(ROWS, ";"),
        as_csv(ROWS, "\t"),
        as_csv(ROWS, quote='"'),
        as_csv(ROWS).removesuffix(b"\r\n"),
        workbook(ROWS),
        workbook([], ROWS),
        parquet(pl.DataFrame(ROWS[1:], schema=ROWS[0], orient="row")),
    ],
)
def test_all_forms_say_the_same(content):
    found = read_file(content, SHEET)
    assert (found.problems, found.answers, found.absent) == ([], PLAIN, [])


def test_numbers_in_a_workbook_and_in_parquet_are_answers():
    sheet = Sheet(("1", "2"), frozenset({"7", "8"}), ("1", "2", "3"), (), ())
    expected = {"7": {"1": "1", "2": "3"}, "8": {"1": "2", "2": ""}}
    book = workbook([["candidate", "1", "2"], [7, 1, 3], [8, 2.0, None]])
    assert read_file(book, sheet).answers == expected
    frame = pl.DataFrame({"candidate": [7, 8], "1": [1.0, 2.0], "2": [3, None]})
    assert read_file(parquet(frame), sheet).answers == expected
    halves = pl.DataFrame({"candidate": [7, 8], "1": [1.5, 2.0], "2": [3, None]})
    assert [problem.reason for problem in read_file(parquet(halves), sheet).problems] == [
        "“1.5” is not an answer of this examination."
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (workbook(), "The file is empty."),
        (workbook(ROWS, ROWS), "The workbook has 2 sheets with values (“Sheet1”, “Sheet2”)."),
        (workbook(ROWS)[:200], "The workbook cannot be opened."),
        (b"PAR1" + b"\0" * 20, "The Parquet file cannot be opened."),
        (
            parquet(pl.DataFrame({"candidate": ["C1"], "1": [["A"]]})),
            "This column holds no texts or numbers.",
        ),
    ],
)
def test_what_cannot_be_opened_is_said_plainly(content, told):
    (problem,) = read_file(content, SHEET).problems
    assert problem.reason.startswith(told)


def test_parts_of_a_large_file_are_read_as_one(monkeypatch):
    monkeypatch.setattr(tables, "CHUNK_BYTES", 40)
    monkeypatch.setattr(tables, "CHUNK_ROWS", 3)
    numbers = [f"C{number}" for number in range(1, 31)]
    sheet = Sheet(("1", "2", "3"), frozenset(numbers), ("A", "B"), ("-",), ("*",))
    rows = [["candidate", "1", "2", "3"], *([number, "A", "B", "A?"] for number in numbers)]
    broken = [list(row) for row in rows]
    broken[20] = ["C20", "A", "X"]
    broken[25][2] = "X"
    for content in (as_csv(rows), as_csv(rows, quote='"'), workbook(rows)):
        found = read_file(content, sheet)
        assert (found.sheets, len(found.doubts), found.problems) == (30, 30, [])
        assert found.doubts[29] == DoubtfulMark(29, 2, Doubt.FAINT, "A?")
    for content in (as_csv(broken), as_csv(broken, quote='"')):
        assert read_file(content, sheet).problems == [
            Problem(21, "", "The row has 3 values and the headings are 4."),
            Problem(26, "2", "“X” is not an answer of this examination."),
        ]


def test_marks_that_a_scanner_is_not_sure_of():
    found = read_file(b"candidate,1,2,3\nC1,A?,?,A+B\nC2,A/B, B ,B ?\n", SHEET)
    assert found.problems == []
    assert found.answers == {
        "C1": {"1": "A", "2": "", "3": "*"}, "C2": {"1": "*", "2": "B", "3": "B"}
    }  # fmt: skip
    assert [(mark.row, mark.item, mark.doubt) for mark in found.doubts] == [
        (0, 0, Doubt.FAINT), (0, 1, Doubt.UNREADABLE), (0, 2, Doubt.SEVERAL),
        (1, 0, Doubt.SEVERAL), (1, 2, Doubt.FAINT),
    ]  # fmt: skip
    told = [problem.reason for problem in read_file(b"candidate,1,2,3\nC1,AB,A+A,Z?\n", SHEET).problems]
    assert told == [f"“{text}” is not an answer of this examination." for text in ("AB", "A+A", "Z?")]


def test_columns_are_left_out_by_name_only():
    content = b"candidate,1,2,3,operator\nC1,A,B,A,Kim\n"
    assert read_file(content, SHEET).problems == [Problem(1, "operator", "The examination has no such item.")]
    named = Sheet(SHEET.codes, SHEET.numbers, SHEET.options, (), (), left_out=("Operator",))
    assert read_file(content, named).problems == []


def test_booklet_series_are_turned_to_items():
    series = {"A": {"1": "x", "2": "y"}, "B": {"1": "y", "2": "x"}}
    sheet = Sheet(("x", "y"), frozenset({"C1", "C2"}), ("A", "B"), (), (), series=series)
    found = read_file(b"candidate,series,1,2\nC1,B,A,B?\nC2,A,A,B\n", sheet)
    assert found.answers == {"C1": {"x": "B", "y": "A"}, "C2": {"x": "A", "y": "B"}}
    assert [(mark.row, mark.item) for mark in found.doubts] == [(0, 0)]
    assert found.series == ["B", "A"]
    told = read_file(b"candidate,series,1,2\nC1,C,A,B\nC2,,A,B\n", sheet).problems
    assert [problem.reason for problem in told] == [
        "“C” is no booklet series: the series are A, B.",
        "The series is empty: the series are A, B.",
    ]
    without = read_file(b"candidate,1,2\nC1,A,B\n", sheet).problems
    assert [problem.reason for problem in without] == ["The column of booklet series is missing."]
    assert [
        problem.reason for problem in read_file(b"candidate,set,1,2,3\nC1,B,A,A,A\n", SHEET).problems
    ] == ["The examination has one booklet, and no series “B”."]


def test_a_report_has_a_line_for_every_row():
    content = b"candidate,1,2,3\nC1,A,A?,*\n=C9,A,B,\nC2,A\n"
    report = write_report(read_file(content, SHEET)).decode().splitlines()
    assert report == [
        "line,candidate,series,answered,blank,several,doubtful,outcome,faults",
        '2,C1,"",2,0,1,1,"good, but the file is refused",""',
        '3,\'=C9,"",2,1,0,0,faulty,candidate: “=C9” is not a candidate of this examination.',
        '4,"","",,,,,faulty,The row has 2 values and the headings are 4.',
    ]


scanned = pytest.mark.skipif(not OMR.exists(), reason=f"no scanned results at {OMR}")


@scanned
def test_results_of_omrchecker_are_read_by_roll_number_or_scan():
    sample = (OMR / "sample4" / "Results" / "Results_05AM.csv").read_bytes()
    names = ["IMG_20201116_143512", "IMG_20201116_150717658", "IMG_20201116_150750830"]
    codes = tuple(str(number) for number in range(1, 12))
    found = read_file(sample, Sheet(codes, frozenset(names), ("A", "B", "C", "D"), (), ()))
    assert (found.problems, found.numbers) == ([], names)
    assert "".join(found.answers[names[0]].values()) == "BDCBDC*ACDC"
    assert [(mark.row, mark.item, mark.seen) for mark in found.doubts] == [
        (0, 6, "BC"), (1, 6, "BC"), (2, 4, "AC")
    ]  # fmt: skip
    paper = (OMR / "sample5" / "ScanBatch1" / "Results" / "Results_05AM.csv").read_bytes()
    codes = tuple(str(number) for number in range(1, 23))
    told = read_file(paper, Sheet(codes, frozenset({"E204420102"}), ("A", "B", "C", "D"), (), ())).problems
    assert [(problem.column, problem.reason) for problem in told] == [
        (str(item), f"“{text}” is not an answer of this examination.")
        for item, text in zip(range(6, 11), ("08", "52", "21", "85", "36"), strict=True)
    ]


@scanned
def test_a_scanned_paper_of_a_hundred_items_is_read_when_its_number_is_known():
    paper = (OMR / "UPSC-mock" / "Results" / "Results_05AM.csv").read_bytes()
    codes = tuple(str(number) for number in range(1, 101))
    sheet = Sheet(codes, frozenset({"answer_key"}), ("A", "B", "C", "D"), (), (), left_out=("Subject Code",))
    told = read_file(paper, sheet).problems
    assert [problem.reason for problem in told] == ["The candidate number is empty."]
    named = paper.replace(b'"","","","C"', b'"answer_key","","","C"', 1)
    found = read_file(named, sheet)
    assert (found.problems, found.sheets, found.absent) == ([], 1, [])
    assert "".join(found.answers["answer_key"].values())[:6] == "CDACCC"
