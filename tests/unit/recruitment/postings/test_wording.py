"""A posting as people and machines read it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.accounts.models import Agency
from app.personnel.positions.states import PayPeriod
from app.recruitment.postings.models import Criterion, Posting
from app.recruitment.postings.states import EmploymentType
from app.recruitment.postings.wording import Block, blocks, dates, job_posting, pay


def posting(**values: Any) -> Posting:
    standard = {
        "number": "VAC-2026-0007",
        "title": "Civil Engineer",
        "summary": "You inspect bridges.",
        "duties": "You write reports.",
        "qualifications": "A degree.",
        "preferred": "",
        "how_to_apply": "",
        "location": "Brooklyn",
        "category": "Engineering",
        "employment_type": EmploymentType.PART_TIME,
        "pay_min_minor": 7_250_000,
        "pay_max_minor": 9_800_050,
        "pay_currency": "USD",
        "pay_period": PayPeriod.YEAR,
        "openings": 2,
        "opens_at": dt.datetime(2026, 11, 9, 14, 0, tzinfo=dt.UTC),
        "published_at": dt.datetime(2026, 11, 6, 14, 0, tzinfo=dt.UTC),
        "closes_at": dt.datetime(2026, 12, 11, 22, 0, tzinfo=dt.UTC),
        "time_zone": "America/New_York",
        "announced_on": dt.date(2026, 11, 6),
        "source": "meritum",
        "agency": Agency(name="Department of Bridges"),
        "criteria": [
            Criterion(statement="Two years of site work.", is_essential=True),
            Criterion(statement="A boat licence.", is_essential=False),
        ],
    }
    return Posting(**standard | values)


def test_job_posting_says_everything_that_search_engines_ask_for():
    url = "https://jobs.example/vacancies/pst_x"
    assert job_posting(posting(), url=url, takes_applications=True) == {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "identifier": {
            "@type": "PropertyValue",
            "name": "Department of Bridges",
            "value": "VAC-2026-0007",
        },
        "title": "Civil Engineer",
        "description": "You inspect bridges.\n\nYou write reports.",
        "url": url,
        "datePosted": "2026-11-06",
        "validThrough": "2026-12-11T17:00:00-05:00",
        "employmentType": "PART_TIME",
        "hiringOrganization": {"@type": "GovernmentOrganization", "name": "Department of Bridges"},
        "jobLocation": {
            "@type": "Place",
            "address": {"@type": "PostalAddress", "streetAddress": "Brooklyn"},
        },
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "USD",
            "value": {
                "@type": "QuantitativeValue",
                "minValue": 72500,
                "maxValue": 98000.5,
                "unitText": "YEAR",
            },
        },
        "totalJobOpenings": 2,
        "qualifications": "A degree.\n\nTwo years of site work.",
        "occupationalCategory": "Engineering",
        "directApply": True,
    }


def test_job_posting_leaves_out_what_is_not_known():
    unknown = dict.fromkeys(("summary", "duties", "qualifications", "location", "category"), "")
    bare = posting(
        **unknown,
        employment_type=None,
        pay_min_minor=None,
        pay_max_minor=None,
        criteria=[],
        source="nyc_jobs",
    )
    said = job_posting(bare, url="u", takes_applications=True)
    assert said["description"] == "Civil Engineer"
    assert said["directApply"] is False
    assert {"employmentType", "jobLocation", "baseSalary", "qualifications"}.isdisjoint(said)


def test_the_offset_is_that_of_the_deadline_not_of_today():
    summer = posting(closes_at=dt.datetime(2027, 7, 1, 21, 0, tzinfo=dt.UTC))
    said = job_posting(summer, url="u", takes_applications=False)
    assert (said["validThrough"], said["directApply"]) == ("2027-07-01T17:00:00-04:00", False)


@pytest.mark.parametrize(
    ("least", "most", "currency", "period", "words"),
    [
        (7_250_000, 9_800_000, "USD", PayPeriod.YEAR, "$72,500 to $98,000 a year"),
        (1_550, 1_990, "USD", PayPeriod.HOUR, "$15.50 to $19.90 an hour"),
        (1_500, 1_500, "USD", PayPeriod.HOUR, "$15 an hour"),
        (0, 10_000_000, "USD", PayPeriod.YEAR, "Up to $100,000 a year"),
        (300_000, 350_000, "JPY", PayPeriod.MONTH, "¥300,000 to ¥350,000 a month"),
        (None, None, "USD", PayPeriod.YEAR, "Not stated"),
    ],
)
def test_pay_in_words(least: int | None, most: int | None, currency: str, period: PayPeriod, words: str):
    values = {"pay_min_minor": least, "pay_max_minor": most, "pay_currency": currency, "pay_period": period}
    assert pay(posting(**values)) == words


def test_dates_stand_in_the_order_in_which_they_come():
    assert dates(posting()) == [
        {"title": "Announced", "at": "6 November 2026, 9:00 am EST"},
        {"title": "Applications open", "at": "9 November 2026, 9:00 am EST"},
        {"title": "Applications close", "at": "11 December 2026, 5:00 pm EST"},
    ]
    cancelled = posting(cancelled_at=dt.datetime(2026, 11, 20, 15, 0, tzinfo=dt.UTC))
    assert [entry["title"] for entry in dates(cancelled)] == [
        "Announced",
        "Applications open",
        "Cancelled",
        "Applications close",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("One line.", [Block("text", ("One line.",))]),
        ("First.\n\nSecond.", [Block("text", ("First.",)), Block("text", ("Second.",))]),
        ("You:\n- lift\n- carry", [Block("text", ("You:",)), Block("bullets", ("lift", "carry"))]),
        ("1. a\n2) b\n(3) c", [Block("numbers", ("a", "b", "c"), (1, 2, 3))]),
        # flattened by the system it came from
        (
            "Duties:    1.  Plan;  2.  Build.   NOTE: soon.",
            [
                Block("text", ("Duties:",)),
                Block("numbers", ("Plan;", "Build."), (1, 2)),
                Block("text", ("NOTE: soon.",)),
            ],
        ),
        ("Will: •\tRun •\tJump", [Block("text", ("Will:",)), Block("bullets", ("Run", "Jump"))]),
        ("In 2019. She left - then came", [Block("text", ("In 2019. She left - then came",))]),
    ],
)
def test_plain_text_becomes_paragraphs_and_lists(text: str, expected: list[Block]):
    assert blocks(text) == expected
