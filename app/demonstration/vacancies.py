"""The plan of the demonstration's vacancies: which occupation, when, and how far each one comes."""

from __future__ import annotations

import enum
from collections import Counter
from dataclasses import dataclass

from app.recruitment.postings.states import Audience, EmploymentType


class Reach(enum.Enum):
    """How far a vacancy comes before now."""

    REQUISITION_DRAFT = "requisition_draft"
    REQUISITION_SUBMITTED = "requisition_submitted"
    REQUISITION_REFUSED = "requisition_refused"
    REQUISITION_CANCELLED = "requisition_cancelled"
    REQUISITION_APPROVED = "requisition_approved"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    APPROVED = "approved"
    PUBLISHED = "published"
    CANCELLED_BEFORE = "cancelled_before"
    CANCELLED_AFTER = "cancelled_after"


@dataclass(frozen=True, slots=True)
class Vacancy:
    """One requisition and the posting made for it.

    `days` tells how many days ago the last step of `reach` was taken. It closes at five in the afternoon
    `closes` days before today (negative: after it), or `minutes` from now. `applicants` submit, `drafts` do
    not.
    """

    key: str
    occupation: str
    reach: Reach
    days: int
    closes: int = 0
    minutes: int | None = None
    opens: int | None = None
    openings: int = 1
    applicants: int = 0
    drafts: int = 0
    audience: Audience = Audience.EVERYONE
    employment: EmploymentType = EmploymentType.FULL_TIME


PUBLISHED, PART_TIME = Reach.PUBLISHED, EmploymentType.PART_TIME

# The examinations: their applicants apply for nothing else at first.
EXAMINED = (
    Vacancy("clerks", "administrative-clerk", PUBLISHED, 78, closes=41, openings=6, applicants=430, drafts=6),
    Vacancy("operators", "bus-operator", PUBLISHED, 214, closes=186, openings=4, applicants=62, drafts=2),
    Vacancy("custodians", "custodian", PUBLISHED, 170, closes=149, openings=3, applicants=16),
    Vacancy("agents", "purchasing-agent", PUBLISHED, 92, closes=71, openings=1, applicants=18),
    Vacancy("technicians", "network-technician", PUBLISHED, 69, closes=48, openings=2, applicants=14),
    Vacancy("accountants", "accountant", PUBLISHED, 84, closes=63, openings=1, applicants=12),
    Vacancy("inspectors", "building-inspector", PUBLISHED, 34, closes=12, openings=2, applicants=36),
)
OPEN = (
    Vacancy(
        "lifeguards",
        "lifeguard",
        PUBLISHED,
        18,
        minutes=20,
        openings=3,
        applicants=9,
        drafts=3,
        employment=EmploymentType.TEMPORARY,
    ),
    Vacancy("engineers", "civil-engineer", PUBLISHED, 20, closes=-1, openings=2, applicants=7, drafts=2),
    Vacancy(
        "assistants",
        "library-assistant",
        PUBLISHED,
        13,
        closes=-1,
        openings=2,
        applicants=6,
        drafts=1,
        employment=PART_TIME,
    ),
    Vacancy("plumbers", "plumber", PUBLISHED, 18, closes=-3, applicants=4, drafts=1),
    Vacancy("nurses", "registered-nurse", PUBLISHED, 16, closes=-5, openings=3, applicants=6, drafts=1),
    Vacancy("rangers", "park-ranger", PUBLISHED, 15, closes=-6, openings=2, applicants=6, drafts=1),
    Vacancy("analysts", "data-analyst", PUBLISHED, 13, closes=-7, applicants=8, drafts=2),
    Vacancy("foresters", "forester", PUBLISHED, 12, closes=-10, applicants=3),
    Vacancy("collectors", "sanitation-worker", PUBLISHED, 11, closes=-13, openings=4, applicants=9, drafts=1),
    Vacancy("dispatchers", "emergency-dispatcher", PUBLISHED, 10, closes=-17, openings=2, applicants=5),
    Vacancy("helpers", "social-worker", PUBLISHED, 8, closes=-20, openings=2, applicants=4),
    Vacancy(
        "leads",
        "network-technician",
        PUBLISHED,
        7,
        closes=-21,
        applicants=1,
        audience=Audience.EMPLOYEES,
    ),
    Vacancy("drivers", "equipment-operator", PUBLISHED, 6, closes=-26, applicants=3),
    Vacancy("librarians", "librarian", PUBLISHED, 5, closes=-30, applicants=2),
    Vacancy("electricians", "electrician", PUBLISHED, 4, closes=-34, openings=2, applicants=2),
    Vacancy("bookkeepers", "accountant", PUBLISHED, 2, closes=-27, opens=-3),
)
CLOSED = (
    Vacancy("food", "health-inspector", PUBLISHED, 22, minutes=-4, openings=2, applicants=14, drafts=2),
    Vacancy("waters", "water-scientist", PUBLISHED, 25, closes=1, applicants=9, drafts=1),
    Vacancy("mappers", "map-technician", PUBLISHED, 268, closes=247, applicants=6),
    Vacancy("fitters", "plumber", PUBLISHED, 322, closes=301, applicants=6),
    Vacancy("readers", "librarian", PUBLISHED, 285, closes=262, applicants=7),
    Vacancy("old-wardens", "park-ranger", PUBLISHED, 344, closes=323, applicants=6),
    Vacancy("wardens", "park-ranger", PUBLISHED, 256, closes=233, applicants=9, drafts=1),
    Vacancy("carers", "registered-nurse", PUBLISHED, 238, closes=217, openings=2, applicants=10),
)
UNPUBLISHED = (
    Vacancy("lamps", "electrician", Reach.CANCELLED_AFTER, 45, closes=38, applicants=3),
    Vacancy("figures", "data-analyst", Reach.CANCELLED_BEFORE, 52),
    Vacancy("trees", "forester", Reach.CANCELLED_AFTER, 96, closes=88, applicants=2),
    Vacancy("bridges", "civil-engineer", Reach.DRAFT, 2),
    Vacancy("families", "social-worker", Reach.DRAFT, 3),
    Vacancy("lakes", "water-scientist", Reach.SENT_BACK, 2),
    Vacancy("streets", "sanitation-worker", Reach.DRAFT, 1, openings=3),
    Vacancy("halls", "custodian", Reach.SUBMITTED, 2),
    Vacancy("branches", "library-assistant", Reach.SUBMITTED, 1, employment=PART_TIME),
    Vacancy("roads", "equipment-operator", Reach.SUBMITTED, 3),
    Vacancy("buyers", "purchasing-agent", Reach.SUBMITTED, 4),
    Vacancy("permits", "building-inspector", Reach.APPROVED, 2),
    Vacancy("shelves", "librarian", Reach.APPROVED, 1),
    Vacancy("signals", "electrician", Reach.APPROVED, 3),
)
# Positions that are asked for and not advertised; operators come from the list that is in force.
REQUESTED = (
    Vacancy("night-operators", "bus-operator", Reach.REQUISITION_APPROVED, 104, openings=3),
    Vacancy("spare-operators", "bus-operator", Reach.REQUISITION_APPROVED, 16, openings=2),
    Vacancy("paths", "park-ranger", Reach.REQUISITION_APPROVED, 30, openings=8),
    Vacancy("calls", "emergency-dispatcher", Reach.REQUISITION_SUBMITTED, 2, openings=3),
    Vacancy("pipes", "plumber", Reach.REQUISITION_SUBMITTED, 1),
    Vacancy("clinics", "registered-nurse", Reach.REQUISITION_SUBMITTED, 3, openings=2),
    Vacancy("trails", "park-ranger", Reach.REQUISITION_SUBMITTED, 1, openings=2),
    Vacancy("counters", "administrative-clerk", Reach.REQUISITION_DRAFT, 1, openings=2),
    Vacancy("numbers", "data-analyst", Reach.REQUISITION_REFUSED, 30),
    Vacancy("trucks", "sanitation-worker", Reach.REQUISITION_CANCELLED, 66, openings=2),
)
ADVERTISED = (*EXAMINED, *OPEN, *CLOSED, *UNPUBLISHED)


def wanted() -> Counter[str]:
    """Count the vacant positions that all vacancies together ask for, by occupation."""
    counted: Counter[str] = Counter()
    for vacancy in (*ADVERTISED, *REQUESTED):
        counted[vacancy.occupation] += vacancy.openings
    return counted
