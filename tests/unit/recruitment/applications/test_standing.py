"""What an applicant is told follows from the five axes."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from app.recruitment.applications.standing import applicant_status
from app.recruitment.applications.states import Assessment, Placement, Screening, Standing, Submission
from app.recruitment.postings.states import PostingState

CLOSES = dt.datetime(2026, 12, 1, 22, 0, tzinfo=dt.UTC)
OPEN, LATE = CLOSES - dt.timedelta(hours=1), CLOSES


def status_of(at=LATE, state=PostingState.CLOSED, **axes):
    values = {
        "submission": Submission.SUBMITTED,
        "screening": Screening.PENDING,
        "assessment": Assessment.NONE,
        "standing": Standing.NONE,
        "placement": Placement.NONE,
    }
    posting = SimpleNamespace(
        state=state,
        opens_at=CLOSES - dt.timedelta(days=20),
        closes_at=CLOSES,
        closed_at=CLOSES,
        grace_minutes=0,
    )
    return applicant_status(SimpleNamespace(**(values | axes), posting=posting), at)


ELIGIBLE = {"screening": Screening.ELIGIBLE}
SCORED = ELIGIBLE | {"assessment": Assessment.SCORED}
PASSED = SCORED | {"standing": Standing.PASSED}


@pytest.mark.parametrize(
    ("axes", "text", "colour"),
    [
        ({}, "Received", "blue"),
        ({"screening": Screening.INELIGIBLE}, "Not eligible", "red"),
        (ELIGIBLE, "Eligible", "teal"),
        (ELIGIBLE | {"assessment": Assessment.REGISTERED}, "Examination ahead", "purple"),
        (ELIGIBLE | {"assessment": Assessment.PRESENT}, "Examination taken", "purple"),
        (ELIGIBLE | {"assessment": Assessment.ABSENT}, "Absent", "grey"),
        (SCORED, "Examination taken", "purple"),
        (SCORED | {"standing": Standing.FAILED}, "Did not pass", "red"),
        (PASSED, "On the list", "green"),
        (PASSED | {"placement": Placement.CERTIFIED}, "Being considered", "teal"),
        (PASSED | {"placement": Placement.SELECTED}, "Selected", "green"),
        (PASSED | {"placement": Placement.DECLINED}, "Declined", "grey"),
        (PASSED | {"placement": Placement.PASSED_OVER}, "Not chosen this time", "grey"),
        (PASSED | {"placement": Placement.APPOINTED}, "Appointed", "green"),
        (PASSED | {"submission": Submission.WITHDRAWN}, "Withdrawn", "grey"),
    ],
)
def test_the_last_decided_axis_speaks(axes, text, colour):
    status = status_of(**axes)
    assert (status.text, status.colour) == (text, colour)
    assert status.next_step.endswith(".")


def test_a_draft_is_told_apart_from_a_submission_before_and_after_the_deadline():
    draft = {"submission": Submission.DRAFT}
    assert status_of(at=OPEN, state=PostingState.PUBLISHED, **draft).text == "Draft"
    assert "Not submitted yet" in status_of(at=OPEN, state=PostingState.PUBLISHED, **draft).next_step
    assert status_of(at=LATE, state=PostingState.PUBLISHED, **draft).text == "Not submitted"
    assert status_of(at=LATE, **draft).text == "Not submitted"


def test_a_cancelled_vacancy_is_told_as_such_until_a_list_rests_on_it():
    assert status_of(state=PostingState.CANCELLED).text == "Vacancy cancelled"
    assert status_of(state=PostingState.CANCELLED, submission=Submission.DRAFT).text == "Vacancy cancelled"
    assert status_of(state=PostingState.CANCELLED, **PASSED).text == "On the list"
