"""What an application needs, and when it may be taken back or moved on."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from app.platform.errors import Conflict
from app.recruitment.applications import rules
from app.recruitment.applications.rules import SectionState
from app.recruitment.applications.states import Assessment, Placement, Screening, Standing, Submission

WHOLE = dict.fromkeys(rules.SECTIONS, True)


def test_a_new_draft_lacks_every_step():
    missing = rules.missing_sections({}, has_criteria=True, unproven=())
    assert list(missing) == ["contact", "education", "experience", "answers", "claims", "documents"]


def test_a_vacancy_without_criteria_asks_for_no_answers():
    missing = rules.missing_sections({}, has_criteria=False, unproven=())
    assert "answers" not in missing


def test_a_whole_draft_lacks_nothing():
    assert rules.missing_sections(WHOLE, has_criteria=True, unproven=()) == {}


@pytest.mark.parametrize("section", rules.SECTIONS)
def test_one_step_half_done_is_all_that_is_missing(section):
    saved = WHOLE | {section: False}
    assert rules.missing_sections(saved, has_criteria=True, unproven=()) == {section: rules.MISSING[section]}
    states = rules.section_states(saved, has_criteria=True, unproven=())
    assert states == dict.fromkeys(rules.SECTIONS, SectionState.COMPLETE) | {
        section: SectionState.IN_PROGRESS
    }


def test_a_claim_without_evidence_keeps_the_draft_back():
    assert rules.missing_sections(WHOLE, has_criteria=True, unproven=("veteran",)) == {
        "claims": "Add evidence for each preference that you claim."
    }


@pytest.mark.parametrize(("submission", "placement"), list(itertools.product(Submission, Placement)))
def test_only_a_received_application_that_is_not_before_an_agency_is_withdrawn(submission, placement):
    free = {Placement.NONE, Placement.DECLINED, Placement.PASSED_OVER}
    expected = submission is Submission.SUBMITTED and placement in free
    assert rules.may_withdraw(submission, placement) is expected


@pytest.mark.parametrize(
    ("submission", "number", "expected"),
    [
        (Submission.WITHDRAWN, None, True),
        (Submission.WITHDRAWN, "A-2026-000001-7", False),
        (Submission.DRAFT, None, False),
        (Submission.SUBMITTED, "A-2026-000001-7", False),
    ],
)
def test_only_a_draft_that_was_put_aside_is_taken_up_again(submission, number, expected):
    assert rules.may_resume(submission, number) is expected


@pytest.mark.parametrize(
    ("screening", "assessment", "standing", "to", "sentence"),
    [
        (Screening.INELIGIBLE, Assessment.NONE, Standing.NONE, Assessment.REGISTERED, "Only an eligible"),
        (Screening.PENDING, Assessment.NONE, Standing.NONE, Assessment.REGISTERED, "Only an eligible"),
        (Screening.ELIGIBLE, Assessment.SCORED, Standing.PASSED, Assessment.PRESENT, "This applicant stands"),
        (Screening.ELIGIBLE, Assessment.PRESENT, Standing.NONE, Standing.PASSED, "Only an applicant w"),
        (Screening.ELIGIBLE, Assessment.ABSENT, Standing.NONE, Standing.FAILED, "Only an applicant w"),
        (
            Screening.ELIGIBLE,
            Assessment.SCORED,
            Standing.FAILED,
            Placement.CERTIFIED,
            "Only an applicant w",
        ),
        (Screening.ELIGIBLE, Assessment.SCORED, Standing.NONE, Placement.CERTIFIED, "Only an applicant w"),
    ],
)
def test_an_axis_waits_for_the_one_before_it(screening, assessment, standing, to, sentence):
    with pytest.raises(Conflict) as refused:
        rules.check_axes(screening, assessment, standing, to)
    assert refused.value.message.startswith(sentence)


@pytest.mark.parametrize(
    ("screening", "assessment", "standing", "to"),
    [
        (Screening.ELIGIBLE, Assessment.NONE, Standing.NONE, Assessment.REGISTERED),
        (Screening.INELIGIBLE, Assessment.REGISTERED, Standing.NONE, Assessment.NONE),
        (Screening.ELIGIBLE, Assessment.SCORED, Standing.NONE, Standing.FAILED),
        (Screening.ELIGIBLE, Assessment.SCORED, Standing.PASSED, Placement.CERTIFIED),
        (Screening.ELIGIBLE, Assessment.SCORED, Standing.PASSED, Placement.APPOINTED),
    ],
)
def test_an_axis_moves_when_the_one_before_it_is_ready(screening, assessment, standing, to):
    rules.check_axes(screening, assessment, standing, to)


def test_the_reminder_comes_a_day_before_the_deadline():
    assert dt.timedelta(days=1) == rules.REMINDER
