"""True-to-life contents for previews of letters, and the second face of those that have two; all invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.notices.numbers import application_number, notice_number

NEW_YORK = "America/New_York"
NOTICE = {
    "number": notice_number(123, 2026),
    "issued_on": dt.date(2026, 11, 22),
    "language": "en",
    "verify_url": "https://civilservice.example/check/7Q2XK9WB4M",
}
AGENCY = {
    "name": "Harbor State Civil Service Commission",
    "address": ["400 Liberty Avenue, Suite 210", "Port Ellis, NY 10099"],
    "contact": ["Telephone 555-0100", "help@civilservice.example"],
}
RECIPIENT = {
    "name": "María Fernanda Santos",
    "address": ["17 Orchard Street, Apartment 4B", "New York, NY 10002"],
}
EXAMINER = {"name": "Eleanor Whitfield", "title": "Director of Examinations"}
APPLICATION = application_number(4711, 2026)


def closing(month: int, day: int) -> dict[str, Any]:
    """5 pm in New York on a winter day of 2026."""
    return {"at": dt.datetime(2026, month, day, 22, 0, tzinfo=dt.UTC), "zone": NEW_YORK}


POSTING = {"posting_title": "Senior Benefits Analyst", "posting_number": "2026-0148"}
APPLICATION_RECEIVED = {
    **POSTING,
    "signed_by": EXAMINER,
    "application_number": APPLICATION,
    "received": {"at": dt.datetime(2026, 11, 21, 20, 14, tzinfo=dt.UTC), "zone": NEW_YORK},
    "documents": ["Curriculum vitae (2 pages)", "Diploma, Master of Public Administration"],
    "next_steps": [
        "We compare your application with the requirements in the announcement.",
        "If you meet them, we invite you to the examination on 16 January 2027.",
    ],
    "changes_until": closing(12, 1),
    "track_url": "https://civilservice.example/applications",
}
EXAMINATION_PASSED = {
    "signed_by": EXAMINER,
    "application_number": APPLICATION,
    "examination_title": "Senior Benefits Analyst",
    "examination_number": "Exam 6042",
    "held_on": dt.date(2026, 10, 17),
    "denominator": 300,
    "arithmetic": [
        {
            "label": "Written paper",
            "working": "76 right less 12/3 is 72, at 70 of 100",
            "points": 15120,
        },
        {"label": "Interview", "working": "Mean of 3 raters, 41 of 50 marks, at 30 of 100", "points": 7380},
        {"label": "Veterans' preference", "working": "5 points, added after passing", "points": 1500},
    ],
    "score": "80.00",
    "pass_mark": "70.00",
    "outcome": "passed",
    "rank": 14,
    "list_size": 212,
    "tie_rule": "Two people have this score. The higher mark on the written paper comes first.",
    "list_valid_until": dt.date(2028, 11, 21),
    "rulebook": "Harbor State open competitive rules, version 3",
    "appeal": {
        "deadline": closing(12, 22),
        "how": "Write to the Board of Appeals and say which part of the result you think is wrong.",
        "where": ["Board of Appeals, 400 Liberty Avenue, Port Ellis, NY 10099"],
        "law": "Civil Service Rules, section 5.3",
    },
}
EXAMINATION_FAILED = {
    **EXAMINATION_PASSED,
    "denominator": 3,
    "arithmetic": [
        {"label": "Written paper", "working": "40 right less 6/3", "points": 114},
        {"label": "Interview", "working": "Mean of 24, 23 and 23 of 30", "points": 70},
    ],
    "rounding": "Rounded half up to two decimals",
    "score": "61.33",
    "outcome": "not_passed",
    "unmet": ["Written paper: 38 marks, the minimum is 40"],
    "rank": None,
    "list_size": None,
    "tie_rule": None,
    "list_valid_until": None,
}
NOT_ELIGIBLE = {
    **POSTING,
    "signed_by": EXAMINER,
    "application_number": APPLICATION,
    "decided_on": dt.date(2026, 11, 20),
    "reasons": [
        {
            "requirement": "Four years of full-time experience, of which one as a lead.",
            "finding": "Your application shows three years and two months. It describes no work as a lead.",
            "law": "Announcement 2026-0148, section 2(a)",
        },
        {
            "requirement": "A degree, or a foreign degree with an evaluation.",
            "finding": "You sent a diploma of the University of Cebu without an evaluation.",
        },
    ],
    "review": {
        "deadline": closing(12, 7),
        "how": "Write to us and say which reason you think is wrong. You may add documents.",
        "where": ["Review Unit, 400 Liberty Avenue, Port Ellis, NY 10099", "reviews@civilservice.example"],
    },
}
OFFER = {
    "signed_by": {"name": "Samuel Okafor", "title": "Appointing Authority"},
    "position_title": "Senior Benefits Analyst",
    "position_number": "P-03318",
    "unit": "Department of Human Services, Benefits Division",
    "duty_station": "210 Harbor Road, Port Ellis",
    "appointment_type": "Permanent, competitive class",
    "law": "Civil Service Law, section 61",
    "pay_plan_and_grade": "Grade 18, step 1",
    "pay_minor": 7421500,
    "currency": "USD",
    "pay_period": "year",
    "hours": "Full time, 37.5 hours a week",
    "start_on": dt.date(2027, 1, 11),
    "report_to": ["Dana Reyes, Personnel Office", "210 Harbor Road, room 114", "9:00 am"],
    "probation": {"months": 12, "ends_on": dt.date(2028, 1, 10), "law": "Civil Service Rules, section 4.5"},
    "conditions": ["A background check without findings that bar you from the position."],
    "bring": ["A document that shows who you are", "Your bank details for pay"],
    "acceptance": {"deadline": closing(12, 4), "how": "Sign in and choose “Accept” or “Decline”."},
}
CONFIRMATION = {**OFFER, "acceptance": None, "conditions": [], "bring": [], "pay_period": "hour", "law": None}
PROPOSED_ACTION = {
    "signed_by": {"name": "Robert Lindqvist", "title": "Chief, Benefits Division"},
    "action": "suspension without pay for 21 calendar days",
    "position_title": "Benefits Analyst",
    "unit": "Benefits Division",
    "law": "5 U.S.C. 7513(b) and 5 CFR 752.404",
    "delivered_on": dt.date(2026, 11, 24),
    "effective_from": dt.date(2026, 12, 28),
    "charges": [
        {
            "title": "Absence without leave",
            "specifications": [
                "On 5 October 2026 you did not come to work and did not ask for leave.",
                "On 6 October 2026 you did not come to work. You telephoned at 2:10 pm.",
            ],
        },
        {
            "title": "Failure to follow an instruction",
            "specifications": ["You handed in the open case files on 20 October 2026, six days late."],
        },
    ],
    "penalty_reasons": [
        "The absences left 31 applications for emergency benefits without an officer for two days.",
        "In your favour: nine years of service, and “fully successful” for 2025.",
    ],
    "evidence": [
        "Time and attendance records, 1 to 20 October 2026",
        "Statement of Dana Reyes, 21 October 2026",
    ],
    "evidence_place": "It can be read in room 114 on working days from 9:00 am to 4:00 pm.",
    "official_time_hours": 8,
    "reply_until": closing(12, 8),
    "reply_to": {
        "name": "Helen Marsh",
        "title": "Deputy Commissioner",
        "lines": ["400 Liberty Avenue, Suite 300", "replies@civilservice.example"],
    },
    "deciding_official": {"name": "Helen Marsh", "title": "Deputy Commissioner"},
    "duty_status": "You stay in your position, on duty and with full pay, during the notice period.",
    "contact": {"name": "Ines Kowalski", "title": "Employee Relations Specialist", "lines": ["555-0117"]},
}

SAMPLES: Mapping[str, dict[str, Any]] = MappingProxyType(
    {
        "application_received": APPLICATION_RECEIVED,
        "appointment": OFFER,
        "examination_result": EXAMINATION_PASSED,
        "not_eligible": NOT_ELIGIBLE,
        "proposed_action": PROPOSED_ACTION,
    }
)
"""What a preview of each letter is filled with."""
