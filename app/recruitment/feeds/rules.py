"""What a program may ask of the search, in the words of USAJOBS's Search API (read 2026-11-22)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from app.recruitment.postings.searches import MOST_PAY_MINOR, Search, Sort
from app.recruitment.postings.states import Audience, EmploymentType

MOST_RESULTS = 500
USUAL_RESULTS = 25
LAST_PAGE = 1_000_000
MOST_DAYS = 60
MOST_VALUES = 10
LONGEST = 300

SORTS = {
    "opendate": (Sort.NEWEST, False),
    "openingdate": (Sort.NEWEST, False),
    "closedate": (Sort.CLOSING, True),
    "closingdate": (Sort.CLOSING, True),
    "jobtitle": (Sort.TITLE, True),
    "positiontitle": (Sort.TITLE, True),
    "title": (Sort.TITLE, True),
    "salary": (Sort.PAY, False),
    "salarymin": (Sort.PAY, False),
    "location": (Sort.PLACE, True),
    "agency": (Sort.AGENCY, True),
    "department": (Sort.AGENCY, True),
    "organizationname": (Sort.AGENCY, True),
    "honame": (Sort.AGENCY, True),
}
SCHEDULES = {"1": EmploymentType.FULL_TIME, "2": EmploymentType.PART_TIME}
AUDIENCES = {"all": None, "public": Audience.EVERYONE, "status": Audience.EMPLOYEES}
# USAJOBS knows these and Meritum's postings have nothing that they could be held against.
IGNORED = frozenset(
    {
        "GradeBucket",
        "HiringPath",
        "MissionCriticalTags",
        "PayGradeHigh",
        "PayGradeLow",
        "PositionOfferingTypeCode",
        "PositionSensitivity",
        "Radius",
        "RelocationIndicator",
        "RemoteIndicator",
        "SalaryBucket",
        "SecurityClearanceRequired",
        "SupervisoryStatus",
        "TravelPercentage",
    }
)


class BadParameter(ValueError):
    """A parameter cannot be understood; the message says what it may be."""

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(message)
        self.parameter, self.message = parameter, message


@dataclass(frozen=True, slots=True)
class Asked:
    """A search by a program; `organizations` are agency codes, not looked up yet."""

    search: Search
    organizations: tuple[str, ...]
    page: int
    size: int
    is_full: bool
    ignored: tuple[str, ...]


def read(given: Mapping[str, str], at: dt.datetime) -> Asked:
    """Read the parameters, or raise BadParameter for the first that is wrong or not known."""
    names = {name.lower(): name for name in (*READ, *IGNORED)}
    known: dict[str, str] = {}
    for name, value in given.items():
        if name.lower() not in names:
            raise BadParameter(name[:60], "This parameter is not known. docs/api.md lists those that are.")
        if not value.isprintable():
            raise BadParameter(name[:60], "The value holds control characters.")
        if len(value) > LONGEST:
            raise BadParameter(name[:60], f"The value must be {LONGEST} characters or fewer.")
        known[names[name.lower()]] = value.strip()
    days = _number(known, "DatePosted", 0, MOST_DAYS)
    sort, is_reversed = _sort(known)
    schedules = _list(known, "PositionScheduleTypeCode")
    search = Search(
        text=known.get("Keyword", ""),
        title=known.get("PositionTitle", ""),
        places=_list(known, "LocationName"),
        class_codes=_list(known, "JobCategoryCode"),
        grades=_list(known, "JobGradeCode"),
        employment_types=_schedules(schedules),
        audience=AUDIENCES[_one_of(known, "WhoMayApply", tuple(AUDIENCES), "all")],
        pay_minor=_minor(known, "RemunerationMinimumAmount"),
        most_pay_minor=_minor(known, "RemunerationMaximumAmount"),
        posted_since=None if days is None else at - dt.timedelta(days=days or 1),
        sort=sort,
        is_reversed=is_reversed,
    )
    return Asked(
        search,
        _list(known, "Organization"),
        _number(known, "Page", 1, LAST_PAGE) or 1,
        _number(known, "ResultsPerPage", 1, MOST_RESULTS) or USUAL_RESULTS,
        _one_of(known, "Fields", ("min", "full"), "min") == "full",
        tuple(sorted(name for name in known if name in IGNORED)),
    )


READ = (
    "Keyword",
    "PositionTitle",
    "LocationName",
    "Organization",
    "JobCategoryCode",
    "JobGradeCode",
    "PositionScheduleTypeCode",
    "WhoMayApply",
    "RemunerationMinimumAmount",
    "RemunerationMaximumAmount",
    "DatePosted",
    "SortField",
    "SortDirection",
    "Page",
    "ResultsPerPage",
    "Fields",
)


def _sort(known: Mapping[str, str]) -> tuple[Sort, bool]:
    """Give the order and whether it is turned round: the best match first where nothing is said."""
    field = _one_of(known, "SortField", tuple(SORTS), "")
    direction = _one_of(known, "SortDirection", ("asc", "desc"), "")
    if not field:
        return (Sort.BEST if known.get("Keyword") else Sort.NEWEST), False
    sort, rises = SORTS[field]
    return sort, bool(direction) and rises is (direction == "desc")


def _schedules(codes: tuple[str, ...]) -> tuple[EmploymentType, ...]:
    for code in codes:
        if code not in SCHEDULES:
            raise BadParameter("PositionScheduleTypeCode", "The code must be 1 (full time) or 2 (part time).")
    return tuple(SCHEDULES[code] for code in codes)


def _list(known: Mapping[str, str], name: str) -> tuple[str, ...]:
    values = tuple(filter(None, (value.strip() for value in known.get(name, "").split(";"))))
    if len(values) > MOST_VALUES:
        raise BadParameter(name, f"There may be {MOST_VALUES} values at most, with semicolons between them.")
    return values


def _one_of(known: Mapping[str, str], name: str, allowed: tuple[str, ...], usual: str) -> str:
    value = known.get(name, "").lower() or usual
    if value and value not in allowed:
        raise BadParameter(name, f"The value must be one of: {', '.join(allowed)}.")
    return value


def _number(known: Mapping[str, str], name: str, least: int, most: int) -> int | None:
    text = known.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 12 and least <= int(text) <= most):
        raise BadParameter(name, f"The value must be a whole number from {least} to {most}.")
    return int(text)


def _minor(known: Mapping[str, str], name: str) -> int | None:
    amount = _number(known, name, 0, MOST_PAY_MINOR // 100)
    return None if amount is None else amount * 100
