"""One row of the city's data set: what is mended, what is read, and what is refused in which words."""

from __future__ import annotations

import datetime as dt

import pytest

from app.recruitment.postings.importing import read_row
from app.recruitment.postings.nyc_jobs import JobRow, mend, unquote

GOOD = {
    "Job ID": "151937",
    "Agency": "NYC HOUSING AUTHORITY",
    "Posting Type": "Internal",
    "Business Title": "Assistant Project Manager",
    "Civil Service Title": "ASSOCIATE PROJECT MANAGER",
    "Title Code No": "22427",
    "Level": "2",
    "Job Category": "Engineering, Architecture, & Planning",
    "Full-Time/Part-Time indicator": "F",
    "Salary Range From": "62942",
    "Salary Range To": "92249.5",
    "Salary Frequency": "Annual",
    "Work Location": "Office for Exec Proj Manager",
    "Division/Work Unit": "Project Mgmt Dept Team 3",
    "Job Description": "",
    "Minimum Qual Requirements": "",
    "Preferred Skills": "",
    "Posting Date": "2014-08-16T00:00:00.000",
}


def row(**changes: str) -> JobRow:
    return JobRow.model_validate(GOOD | changes)


def faults(**changes: str) -> dict[str, str]:
    cells = GOOD | {name.replace("_", " "): value for name, value in changes.items()}
    read, found = read_row(2, tuple(cells), list(cells.values()))
    assert read is None
    return {fault.column: fault.reason for fault in found}


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("phases â€“ design", "phases – design"),
        ("Stateâ€™s", "State’s"),
        ("â€œ1â€\x9d above", "“1” above"),
        ("1Â½ years", "1½ years"),
        ("Â\xa0two", "\xa0two"),
        ("Ã¢â‚¬â„¢", "’"),  # read wrongly twice
        ("â\x80\x99", "â\x80\x99"),  # read as Latin-1, which this does not claim to know
    ],
)
def test_text_that_was_read_as_windows_1252_is_mended(text: str, mended: str):
    assert mend(text) == mended


@pytest.mark.parametrize(
    "text",
    ["plain", "café", "Österreich – heute", "naïve â€“ café", "‘right’", "ÂÂÂ", "Stateâ€", "日本語", "\x81"],
)
def test_text_is_left_alone_where_it_is_not_certain(text: str):
    assert mend(text) == text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ('"Click the ""Apply Now"" button."', 'Click the "Apply Now" button.'),
        ('"whole"', "whole"),
        ('"green" jobs and "blue"', '"green" jobs and "blue"'),
        ('"', '"'),
        ('""', ""),
        ("plain", "plain"),
    ],
)
def test_a_cell_that_was_quoted_twice_is_read_once(text: str, read: str):
    assert unquote(text) == read


def test_a_good_row_is_read_whole():
    read = row(
        **{"Job Description": "Inspect â€“ and write.", "Post Until": "05-SEP-2014", "# Of Positions": "3"}
    )
    assert read.model_dump(exclude_defaults=True) == {
        "job_id": "151937",
        "agency": "NYC HOUSING AUTHORITY",
        "posting_type": "Internal",
        "title": "Assistant Project Manager",
        "class_title": "ASSOCIATE PROJECT MANAGER",
        "class_code": "22427",
        "level": "2",
        "category": "Engineering, Architecture, & Planning",
        "indicator": "F",
        "pay_from": 6_294_200,
        "pay_to": 9_224_950,
        "frequency": "Annual",
        "location": "Office for Exec Proj Manager",
        "unit": "Project Mgmt Dept Team 3",
        "duties": "Inspect – and write.",
        "qualifications": "",
        "preferred": "",
        "posted_on": dt.date(2014, 8, 16),
        "openings": 3,
        "until": dt.date(2014, 9, 5),
    }
    assert read.key == "nyc_jobs:151937:Internal"


def test_hourly_pay_to_four_digits_is_rounded_to_the_cent():
    read = row(**{"Salary Range From": "25.6256", "Salary Range To": "39.5725", "Salary Frequency": "Hourly"})
    assert (read.pay_from, read.pay_to) == (2563, 3957)


def test_a_stopgap_is_no_place():
    assert (row(**{"Work Location": "Not Used"}).place, row().place) == ("", "Office for Exec Proj Manager")


def test_each_fault_names_its_column_and_reason():
    assert faults(Job_ID="12a", Agency=" ", Posting_Type="Both", Level="two", Posting_Date="35 Hours") == {
        "Job ID": "must be a number, not “12a”.",
        "Agency": "is empty.",
        "Posting Type": "must be one of “Internal”, “External”, not “Both”.",
        "Level": "must be a level such as 2 or M1, not “two”.",
        "Posting Date": "must be a date such as 2019-02-11, not “35 Hours”.",
    }


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("Posting Date", "", "is empty."),
        ("Posting Date", "2019-02-30", "must be a date such as 2019-02-11, not “2019-02-30”."),
        ("Posting Date", "0000-01-01", "must be a date such as 2019-02-11, not “0000-01-01”."),
        ("Posting Date", "1066-10-14", "must lie between 1990 and 2100, not on 1066-10-14."),
        ("Salary Range From", "abc", "must be an amount of money, not “abc”."),
        ("Salary Range From", "-1", "must lie between 0 and 10,000,000."),
        ("Salary Range From", "NaN", "must lie between 0 and 10,000,000."),
        ("Salary Range To", "1e99", "must lie between 0 and 10,000,000."),
        ("Title Code No", "{0}", "must be a title code such as 20215, not “{0}”."),
        ("Business Title", "x" * 201, "is longer than 200 characters."),
        ("Job Description", "a\x00b", "holds control characters that cannot be saved."),
        (
            "Preferred Skills",
            "ERROR: #NAME?",
            "holds “ERROR: #NAME?”, which a spreadsheet wrote in place of the text.",
        ),
        (
            "Minimum Qual Requirements",
            '"A diploma, as in ""1"" above',
            "begins a quotation that ends in a later column: the columns have shifted.",
        ),
        ("# Of Positions", "0", "must be a whole number from 1, not “0”."),
    ],
)
def test_one_fault(column: str, value: str, reason: str):
    assert faults(**{column: value}) == {column: reason}


def test_values_that_do_not_agree_are_a_fault_of_the_whole_row():
    assert faults(Salary_Range_From="2", Salary_Range_To="1") == {
        "whole row": "“Salary Range From” is higher than “Salary Range To”."
    }
    assert faults(Post_Until="2014-08-15") == {"whole row": "“Post Until” comes before “Posting Date”."}
