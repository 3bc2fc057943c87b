"""Files in New York's columns: every fault with its line, restored people between ranks."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import pytest

from app.exams.list_files import rules

SHARED = Path(__file__).resolve().parents[5] / "shared" / "data" / "lists"
ROW = {
    "exam_no": "3004",
    "list_no": "1.000",
    "first_name": "ADA",
    "last_name": "SAMPLE",
    "adj_fa": "97.00",
    "list_title_code": "10020",
    "list_title_desc": "INVESTIGATOR",
    "published_date": "2015-07-29T00:00:00",
}


def file_of(*rows, columns=rules.LIST_COLUMNS):
    out = io.StringIO()
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    writer.writerows(ROW | row for row in rows)
    return out.getvalue().encode()


def test_people_stand_by_their_numbers_and_the_restored_between_two_others():
    content = file_of(
        {"list_no": "113.000"}, {"list_no": "112.500", "mi": "J", "last_name": "DOE"}, {"list_no": "112"}
    )
    (read,), found = rules.read_lists(content)
    assert found.problem_count == 0
    assert [(named.place, named.name) for named in read.names] == [
        (112000, "ADA SAMPLE"),
        (112500, "ADA J DOE"),
        (113000, "ADA SAMPLE"),
    ]
    assert [rules.place_text(named.place) for named in read.names] == ["112.000", "112.500", "113.000"]
    assert read.dates["published_date"] == dt.date(2015, 7, 29)


def test_a_file_may_hold_several_lists():
    lists, _ = rules.read_lists(file_of({}, {"exam_no": "3005"}, {"list_no": "2.000"}))
    assert [(one.exam_no, len(one.names)) for one in lists] == [("3004", 2), ("3005", 1)]


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"list_no": "0"}, "list_no"),
        ({"list_no": "1.0005"}, "list_no"),
        ({"list_no": "first"}, "list_no"),
        ({"adj_fa": "excellent"}, "adj_fa"),
        ({"exam_no": ""}, "exam_no"),
        ({"list_title_desc": "x" * 201}, "list_title_desc"),
        ({"published_date": "31/12/2015"}, "published_date"),
        ({"first_name": "", "last_name": ""}, "last_name"),
    ],
)
def test_a_fault_names_its_line_and_column(change, column):
    _, found = rules.read_lists(file_of({}, change | {"list_no": change.get("list_no", "2.000")}))
    assert [(problem.line, problem.column) for problem in found.problems] == [(3, column)]


def test_a_number_given_twice_and_dates_that_differ_are_faults():
    content = file_of({}, {}, {"list_no": "3", "established_date": "2016-01-01T00:00:00"})
    _, found = rules.read_lists(content)
    assert [(problem.line, problem.column) for problem in found.problems] == [
        (3, "list_no"),
        (4, "established_date"),
    ]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ada Lovelace", ("Ada", "", "Lovelace")),
        ("Ada J. Lovelace", ("Ada", "J", "Lovelace")),
        ("Juan de la Cruz", ("Juan", "", "de la Cruz")),
        ("Plato", ("", "", "Plato")),
    ],
)
def test_names_are_divided_as_the_columns_want_them(name, parts):
    assert rules.split_name(name) == parts


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published files are not beside the project")
@pytest.mark.parametrize("kind", ["active", "terminated"])
def test_the_published_files_are_read(kind):
    lists, found = rules.read_lists((SHARED / f"nyc_civil_service_list_{kind}_sample.csv").read_bytes())
    assert found.problems == []
    assert sum(len(one.names) for one in lists) == 10
    assert all((one.dates["termination_date"] is not None) == (kind == "terminated") for one in lists)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published files are not beside the project")
def test_the_columns_are_the_published_ones():
    for kind, columns in (
        ("civil_service_list_active", rules.LIST_COLUMNS),
        ("list_certification", rules.CERTIFICATION_COLUMNS),
    ):
        first = (SHARED / f"nyc_{kind}_sample.csv").read_text("utf-8-sig").splitlines()[0]
        assert tuple(first.split(",")) == columns
