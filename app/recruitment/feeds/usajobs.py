"""A page of vacancies in the shape of USAJOBS's Search API (read 2026-11-22)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from app.personnel.positions.states import PayPeriod
from app.platform import links
from app.recruitment.feeds.rules import Asked
from app.recruitment.postings.models import OWN, Posting
from app.recruitment.postings.states import Audience, EmploymentType
from app.web.amounts import minor_digits

INTERVALS = {
    PayPeriod.YEAR: ("PA", "Per Year"),
    PayPeriod.MONTH: ("PM", "Per Month"),
    PayPeriod.DAY: ("PD", "Per Day"),
    PayPeriod.HOUR: ("PH", "Per Hour"),
}
SCHEDULES = {EmploymentType.FULL_TIME: ("1", "Full-time"), EmploymentType.PART_TIME: ("2", "Part-time")}


def result(asked: Asked, postings: Sequence[Posting], keys: Mapping[str, int], total: int) -> dict[str, Any]:
    """Give the whole answer; `total` counts all that was found, `keys` are the postings' numbers."""
    return {
        "LanguageCode": "EN",
        "SearchParameters": {},
        "SearchResult": {
            "SearchResultCount": len(postings),
            "SearchResultCountAll": total,
            "SearchResultItems": [
                {
                    "MatchedObjectId": str(keys[posting.id]),
                    "MatchedObjectDescriptor": _described(posting, is_full=asked.is_full),
                    "RelevanceRank": 0,
                }
                for posting in postings
            ],
            "UserArea": {
                "NumberOfPages": str(-(-total // asked.size)),
                "IsRadialSearch": False,
                "IgnoredParameters": list(asked.ignored),
            },
        },
    }


def _described(posting: Posting, *, is_full: bool) -> dict[str, Any]:
    address = links.absolute(f"/vacancies/{posting.id}")
    described = {
        "PositionID": posting.number,
        "PositionTitle": posting.title,
        "PositionURI": address,
        "ApplyURI": [address] if posting.source == OWN else [],
        "PositionLocationDisplay": posting.location,
        "PositionLocation": [{"LocationName": posting.location}] if posting.location else [],
        "OrganizationName": posting.agency.name,
        "DepartmentName": posting.agency.name,
        "SubAgency": posting.unit,
        "JobCategory": [{"Name": posting.class_title, "Code": posting.class_code}],
        "JobGrade": [{"Code": posting.grade}] if posting.grade else [],
        "PositionSchedule": _schedule(posting),
        "PositionOfferingType": [],
        "QualificationSummary": posting.qualifications,
        "PositionRemuneration": _pay(posting),
        "PositionStartDate": _local(posting.opens_at, posting.time_zone),
        "PositionEndDate": _local(posting.closes_at, posting.time_zone),
        "PublicationStartDate": _local(posting.published_at, posting.time_zone),
        "ApplicationCloseDate": _local(posting.closes_at, posting.time_zone),
        "PositionFormattedDescription": [],
    }
    return described | ({"UserArea": {"Details": _details(posting)}} if is_full else {})


def _details(posting: Posting) -> dict[str, Any]:
    is_public = posting.audience is Audience.EVERYONE
    return {
        "JobSummary": posting.summary,
        "MajorDuties": [line.strip() for line in posting.duties.split("\n") if line.strip()],
        "Requirements": posting.qualifications,
        "OtherInformation": posting.preferred,
        "HowToApply": posting.how_to_apply,
        "WhoMayApply": {"Name": posting.audience.title, "Code": "public" if is_public else "status"},
        "LowGrade": posting.grade,
        "HighGrade": posting.grade,
        "SubAgencyName": posting.unit,
        "OrganizationCodes": posting.agency.code,
        "TotalOpenings": str(posting.openings),
        "TimeZone": posting.time_zone,
    }


def _schedule(posting: Posting) -> list[dict[str, str]]:
    if posting.employment_type not in SCHEDULES:
        return []
    code, name = SCHEDULES[posting.employment_type]
    return [{"Name": name, "Code": code}]


def _pay(posting: Posting) -> list[dict[str, str]]:
    if posting.pay_min_minor is None or posting.pay_max_minor is None:
        return []
    code, name = INTERVALS[posting.pay_period]
    digits = minor_digits(posting.pay_currency)
    least, most = (
        str(Decimal(minor).scaleb(-digits)) for minor in (posting.pay_min_minor, posting.pay_max_minor)
    )
    return [
        {
            "MinimumRange": least,
            "MaximumRange": most,
            "RateIntervalCode": code,
            "Description": name,
            "CurrencyCode": posting.pay_currency,
        }
    ]


def _local(at: dt.datetime | None, zone: str) -> str | None:
    return at.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds") if at else None
