"""What an application needs, and when it may be taken back or moved on."""

from __future__ import annotations

import itertools

import pytest

from app.platform.errors import Conflict
from app.recruitment.applications import rules
from app.recruitment.applications.rules import Asked, Progress, SectionState
from app.recruitment.applications.states import Assessment, Placement, Screening, Standing, Submission

WHOLE = dict.fromkeys(rules.SECTIONS, True)


ALL = Asked(criteria=True, questions=True, fee=True)


def test_a_new_draft_lacks_every_step_but_what_may_be_left_out():
    missing = rules.missing_sections(ALL, Progress({}))
    assert list(missing) == [
        "eligibility",
        "contact",
        "education",
        "experience",
        "answers",
        "claims",
        "documents",
        "fee",
    ]


def test_what_a_vacancy_does_not_ask_is_no_step():
    plain = Asked(criteria=False)
    assert rules.sections_of(plain) == (
        "contact",
        "education",
        "experience",
        "licences",
        "languages",
        "claims",
        "documents",
    )
    assert {"answers", "eligibility", "fee"}.isdisjoint(rules.missing_sections(plain, Progress({})))


def test_a_whole_draft_lacks_nothing():
    assert rules.missing_sections(ALL, Progress(WHOLE)) == {}


@pytest.mark.parametrize("section", rules.SECTIONS)
def test_one_step_half_done_is_all_that_is_missing(section):
    progress = Progress(WHOLE | {section: False})
    assert rules.missing_sections(ALL, progress) == {section: rules.MISSING[section]}
    states = rules.section_states(ALL, progress)
    assert states == dict.fromkeys(rules.SECTIONS, SectionState.COMPLETE) | {
        section: SectionState.IN_PROGRESS
    }


@pytest.mark.parametrize(
    ("against", "section", "sentence"),
    [
        ({"unproven": ("veteran",)}, "claims", rules.UNPROVEN),
        ({"is_barred": True}, "eligibility", rules.BARRED),
        ({"owes": True}, "fee", rules.UNPAID),
    ],
)
def test_what_stands_against_a_step_keeps_the_draft_back(against, section, sentence):
    assert rules.missing_sections(ALL, Progress(WHOLE, **against)) == {section: sentence}


def test_licences_and_languages_may_be_left_out():
    saved = {name: True for name in rules.SECTIONS if name not in rules.OPTIONAL}
    states = rules.section_states(ALL, Progress(saved))
    assert {name: states[name] for name in rules.OPTIONAL} == dict.fromkeys(
        rules.OPTIONAL, SectionState.OPTIONAL
    )
    assert rules.missing_sections(ALL, Progress(saved)) == {}


@pytest.mark.parametrize(
    ("submission", "number", "screening", "expected"),
    [
        (Submission.SUBMITTED, "A", Screening.PENDING, True),
        (Submission.WITHDRAWN, "A", Screening.PENDING, True),
        (Submission.WITHDRAWN, None, Screening.PENDING, False),
        (Submission.DRAFT, None, Screening.PENDING, False),
        (Submission.SUBMITTED, "A", Screening.ELIGIBLE, False),
        (Submission.WITHDRAWN, "A", Screening.INELIGIBLE, False),
    ],
)
def test_what_was_received_may_be_changed_until_it_is_decided_on(submission, number, screening, expected):
    assert rules.may_change(submission, number, screening) is expected


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
