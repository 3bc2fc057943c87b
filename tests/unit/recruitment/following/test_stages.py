"""The way of an application: one stage is now, those before are done, and an end ends it."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from app.recruitment.applications.states import Assessment, Placement, Screening, Standing, Submission
from app.recruitment.following import stages
from app.recruitment.following.stages import Owner, Progress
from app.recruitment.postings.states import PostingState

AT = dt.datetime(2026, 11, 20, 15, 0, tzinfo=dt.UTC)
DAY = dt.date(2026, 12, 5)


def application(**axes):
    posting = SimpleNamespace(
        state=axes.pop("posting", PostingState.PUBLISHED),
        closes_at=axes.pop("closes_at", AT - dt.timedelta(days=1)),
        time_zone="America/New_York",
    )
    row = {
        "number": "A-2026-000123-0",
        "submission": Submission.SUBMITTED,
        "screening": Screening.PENDING,
        "assessment": Assessment.NONE,
        "standing": Standing.NONE,
        "placement": Placement.NONE,
        "posting": posting,
    }
    return SimpleNamespace(**(row | axes))


def event(action="x", **details):
    return SimpleNamespace(action=action, details=details, at=AT)


ELIGIBLE = {"screening": Screening.ELIGIBLE}
PRESENT = ELIGIBLE | {"assessment": Assessment.PRESENT}
SCORED = ELIGIBLE | {"assessment": Assessment.SCORED}
PASSED = SCORED | {"standing": Standing.PASSED}


@pytest.mark.parametrize(
    ("axes", "now", "owner", "done"),
    [
        ({}, "screen", Owner.OFFICE, 1),
        (ELIGIBLE, "examine", Owner.APPLICANT, 2),
        (ELIGIBLE | {"assessment": Assessment.REGISTERED}, "examine", Owner.APPLICANT, 2),
        (PRESENT, "list", Owner.OFFICE, 3),
        (SCORED, "list", Owner.OFFICE, 3),
        (PASSED, "choose", Owner.OFFICE, 4),
        (PASSED | {"placement": Placement.CERTIFIED}, "choose", Owner.OFFICE, 4),
        (PASSED | {"placement": Placement.PASSED_OVER}, "choose", Owner.OFFICE, 4),
        (PASSED | {"placement": Placement.SELECTED}, "appoint", Owner.OFFICE, 5),
        (PASSED | {"placement": Placement.APPOINTED}, None, None, 6),
    ],
)
def test_one_stage_is_now_and_has_an_owner(axes, now, owner, done):
    found = stages.stages(application(**axes), [], {})
    current = stages.current(found)
    assert (current.key if current else None, current.owner if current else None) == (now, owner)
    assert [stage.progress for stage in found].count(Progress.DONE) == done


@pytest.mark.parametrize(
    "axes",
    [
        {"submission": Submission.WITHDRAWN},
        {"screening": Screening.INELIGIBLE},
        ELIGIBLE | {"assessment": Assessment.ABSENT},
        SCORED | {"standing": Standing.FAILED},
        PASSED | {"placement": Placement.DECLINED},
        {"posting": PostingState.CANCELLED},
    ],
)
def test_an_end_leaves_the_rest_unreached(axes):
    found = stages.stages(application(**axes), [], {})
    assert stages.current(found) is None
    assert found[-1].progress is Progress.NOT_REACHED
    assert stages.expectation(application(**axes), None, AT) == "Nothing more is planned."


def test_done_stages_say_when_and_a_fixed_day_is_told():
    events = [
        event("recruitment.applications.submit"),
        event("recruitment.screening.decide", outcome="eligible"),
    ]
    found = {stage.key: stage for stage in stages.stages(application(**ELIGIBLE), events, {"examine": DAY})}
    assert (found["submit"].at, found["screen"].at, found["examine"].on) == (AT, AT, DAY)
    expected = stages.expectation(application(**ELIGIBLE), found["examine"], AT)
    assert expected == "The day is 5 December 2026."


def test_before_the_closing_it_is_said_that_the_office_waits_for_it():
    open_still = application(closes_at=AT + dt.timedelta(days=1))
    now = stages.current(stages.stages(open_still, [], {}))
    assert "We begin when applications close, 21 November 2026" in stages.expectation(open_still, now, AT)
    closed = application()
    assert stages.expectation(closed, now, AT) == "No date is fixed for this yet."
