"""What an application needs before it may be sent, until when, and when it may be taken back."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Collection, Mapping

from app.platform.errors import Conflict
from app.recruitment.applications.states import Assessment, Placement, Screening, Standing, Submission
from app.recruitment.postings import rules as posting_rules
from app.recruitment.postings.states import PostingState

SECTIONS = ("contact", "education", "experience", "answers", "claims", "documents")
# These two hold a list of entries, each on a page of its own.
LISTS = ("education", "experience")
MOST_ENTRIES = 30

MISSING = {
    "contact": "Your contact details are not complete.",
    "education": "Add your education and complete each entry, or say that you have none to add.",
    "experience": "Add your work experience and complete each entry, or say that you have none to add.",
    "answers": "Say how you meet each essential requirement.",
    "claims": "Say whether you claim preference.",
    "documents": "Look at the documents step and continue from it, even if you have nothing to add.",
}


class SectionState(enum.Enum):
    """How far one step has come."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"


def window_is_open(
    state: PostingState,
    opens_at: dt.datetime | None,
    closes_at: dt.datetime | None,
    closed_at: dt.datetime | None,
    at: dt.datetime,
) -> bool:
    """Tell whether what was received at `at` is in time.

    A submission that came in before the clock closed the posting counts, even when it had to wait for the
    database until after that.
    """
    if state is PostingState.CLOSED and closed_at is not None and at < closed_at:
        state = PostingState.PUBLISHED
    return posting_rules.window_is_open(state, opens_at, closes_at, at)


def sections_of(*, has_criteria: bool) -> tuple[str, ...]:
    """Give the steps of an application, in order; without criteria there is nothing to answer."""
    return tuple(section for section in SECTIONS if has_criteria or section != "answers")


def section_states(
    saved: Mapping[str, bool], *, has_criteria: bool, unproven: Collection[str]
) -> dict[str, SectionState]:
    """Give how far each step has come.

    `saved` maps a saved section to whether it is complete; `unproven` are the claims without evidence.
    """
    states = {}
    for section in sections_of(has_criteria=has_criteria):
        is_done = saved.get(section, False) and not (section == "claims" and unproven)
        begun = SectionState.IN_PROGRESS if section in saved else SectionState.NOT_STARTED
        states[section] = SectionState.COMPLETE if is_done else begun
    return states


def missing_sections(
    saved: Mapping[str, bool], *, has_criteria: bool, unproven: Collection[str]
) -> dict[str, str]:
    """Give a sentence for each step that still keeps the application from being submitted, in order."""
    states = section_states(saved, has_criteria=has_criteria, unproven=unproven)
    missing = {
        section: MISSING[section] for section, state in states.items() if state is not SectionState.COMPLETE
    }
    if "claims" in missing and saved.get("claims"):
        missing["claims"] = "Add evidence for each preference that you claim."
    return missing


def may_withdraw(submission: Submission, placement: Placement) -> bool:
    """Tell whether the applicant may take the application back.

    Whose name stands on a certificate declines there, so that the certificate shows it.
    """
    return submission is Submission.SUBMITTED and placement in (
        Placement.NONE,
        Placement.DECLINED,
        Placement.PASSED_OVER,
    )


def may_resume(submission: Submission, number: str | None) -> bool:
    """Tell whether a draft that was given up may be taken up again; what was received may not."""
    return submission is Submission.WITHDRAWN and number is None


def check_axes(screening: Screening, assessment: Assessment, standing: Standing, to: enum.Enum) -> None:
    """Raise Conflict when an application may not yet move to `to` because an earlier axis lags behind."""
    if isinstance(to, Assessment) and to is not Assessment.NONE and screening is not Screening.ELIGIBLE:
        raise Conflict("Only an eligible applicant can be examined.")
    if isinstance(to, Assessment) and to is not Assessment.SCORED and standing is not Standing.NONE:
        raise Conflict("This applicant stands on a list, so the score cannot be taken back now.")
    if isinstance(to, Standing) and to is not Standing.NONE and assessment is not Assessment.SCORED:
        raise Conflict("Only an applicant with a score can have a place on a list.")
    if to is Placement.CERTIFIED and standing is not Standing.PASSED:
        raise Conflict("Only an applicant who passed can be certified.")
