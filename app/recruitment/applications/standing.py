"""What an applicant is told of an application: one status and one next step from the five axes."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from app.platform.sentences import say
from app.recruitment.applications import rules
from app.recruitment.applications.models import Application, ApplicationDocument
from app.recruitment.applications.states import Assessment, Placement, Screening, Standing, Submission
from app.recruitment.deadlines.rules import Window, judge
from app.recruitment.eligibility.rules import bars
from app.recruitment.fees.rules import holds
from app.recruitment.fees.states import SETTLED, FeeHold
from app.recruitment.postings.models import Posting
from app.recruitment.postings.states import PostingState


class Status(NamedTuple):
    """A status in words, the colour of its tag, and what comes next."""

    text: str
    colour: str
    next_step: str


DRAFT = Status(
    say("Draft"), "yellow", say("Not submitted yet. Finish it and submit it before applications close.")
)
MISSED = Status(
    say("Not submitted"),
    "grey",
    say("Applications have closed. Your draft is kept, but it was not submitted."),
)
CANCELLED = Status(
    say("Vacancy cancelled"), "grey", say("The vacancy was cancelled. There is nothing you need to do.")
)
WITHDRAWN = Status(
    say("Withdrawn"), "grey", say("You withdrew this application. There is nothing you need to do.")
)
RECEIVED = Status(
    say("Received"),
    "blue",
    say("We compare your application with the requirements of the vacancy. What we decide is shown here."),
)
INELIGIBLE = Status(
    say("Not eligible"), "red", say("Your letter gives the reasons and says how to ask for a review.")
)

ASSESSMENTS = {
    Assessment.NONE: Status(
        say("Eligible"),
        "teal",
        say("You meet the requirements. The day of the examination will be shown here."),
    ),
    Assessment.REGISTERED: Status(
        say("Examination ahead"), "purple", say("You are admitted to the examination. Keep the day free.")
    ),
    Assessment.PRESENT: Status(
        say("Examination taken"),
        "purple",
        say("Your answers are being marked. We write to you with your result."),
    ),
    Assessment.ABSENT: Status(
        say("Absent"), "grey", say("You were not at the examination, so you have no place on the list.")
    ),
    Assessment.SCORED: Status(
        say("Examination taken"), "purple", say("The list is being made. We write to you with your result.")
    ),
}
STANDINGS = {
    Standing.FAILED: Status(
        say("Did not pass"),
        "red",
        say("Your result letter shows how your score was worked out and how to appeal."),
    ),
    Standing.PASSED: Status(
        say("On the list"),
        "green",
        say("You passed. Agencies choose from the list in order while it is in force."),
    ),
}
PLACEMENTS = {
    Placement.CERTIFIED: Status(
        say("Being considered"),
        "teal",
        say("Your name was sent to an agency. Answer when it writes or calls."),
    ),
    Placement.SELECTED: Status(
        say("Selected"), "green", say("You were selected. The agency writes to you about it.")
    ),
    Placement.DECLINED: Status(
        say("Declined"), "grey", say("It is recorded that you did not take the post that was offered.")
    ),
    Placement.PASSED_OVER: Status(
        say("Not chosen this time"),
        "grey",
        say("Someone else was chosen. You stay on the list while it is in force."),
    ),
    Placement.APPOINTED: Status(
        say("Appointed"), "green", say("You are appointed. Your letter names the day on which you begin.")
    ),
}


def applicant_status(application: Application, at: dt.datetime) -> Status:
    """Give what the applicant is told; the application must be loaded with its posting.

    The axes are asked from the last to the first: what was decided later says more.
    """
    if application.submission is Submission.WITHDRAWN:
        return WITHDRAWN
    if application.placement in PLACEMENTS:
        return PLACEMENTS[application.placement]
    if application.standing in STANDINGS:
        return STANDINGS[application.standing]
    if application.posting.state is PostingState.CANCELLED:
        return CANCELLED
    if application.submission is Submission.DRAFT:
        return DRAFT if is_open(application, at) else MISSED
    if application.screening is Screening.PENDING:
        return RECEIVED
    return (
        INELIGIBLE if application.screening is Screening.INELIGIBLE else ASSESSMENTS[application.assessment]
    )


def is_open(application: Application, at: dt.datetime) -> bool:
    """Tell whether the application's posting takes submissions at `at`."""
    return judge(window_of(application.posting), at).is_taken


def window_of(posting: Posting) -> Window:
    """Give when a posting takes applications."""
    grace = dt.timedelta(minutes=posting.grace_minutes)
    return Window(posting.state, posting.opens_at, posting.closes_at, posting.closed_at, grace)


def asked_of(application: Application) -> rules.Asked:
    """Give which steps an application has; the fee was settled before what was received is changed."""
    posting = application.posting
    return rules.Asked(
        criteria=bool(posting.criteria),
        questions=bool(posting.questions),
        fee=posting.fee is not None and application.changes_id is None,
    )


def entries_of(application: Application, section: str) -> list[dict[str, Any]]:
    """Give a copy of the entries of a list, in the order in which they were added."""
    return [dict(entry) for entry in saved_data(application, section).get("entries", ())]


def saved_data(application: Application, section: str) -> dict[str, Any]:
    """Give what was saved at a step; empty when nothing was."""
    return next((row.data for row in application.sections if row.section == section), {})


def section_states(application: Application) -> dict[str, rules.SectionState]:
    """Give how far each step of a draft, loaded whole, has come."""
    return rules.section_states(asked_of(application), _progress(application))


def missing_sections(application: Application) -> dict[str, str]:
    """Give what keeps a draft, loaded whole, from being submitted, a sentence for each step."""
    return rules.missing_sections(asked_of(application), _progress(application))


def live_documents(application: Application) -> list[ApplicationDocument]:
    """Give the documents that were not removed, in the order in which they were added."""
    return [document for document in application.documents if document.removed_at is None]


def _progress(application: Application) -> rules.Progress:
    saved = {section.section: section.is_complete for section in application.sections}
    posting, fee = application.posting, application.fee
    if fee is not None:
        saved["fee"] = fee.state in SETTLED or saved.get("fee", True)
    kept = {document.id for document in live_documents(application)}
    return rules.Progress(
        saved,
        unproven=[claim.kind for claim in application.claims if claim.document_id not in kept],
        is_barred=bool(bars(posting.questions, saved_data(application, "eligibility"))),
        owes=posting.fee is not None and fee is not None and holds(posting.fee, fee, FeeHold.SUBMISSION),
    )


def may_withdraw(application: Application) -> bool:
    """Tell whether the applicant may take the application back."""
    return rules.may_withdraw(application.submission, application.placement)


def may_resume(application: Application, at: dt.datetime) -> bool:
    """Tell whether the person may take up again a draft that was put aside."""
    return rules.may_resume(application.submission, application.number) and is_open(application, at)


def may_change(application: Application, at: dt.datetime) -> bool:
    """Tell whether what was received may be changed, or sent again, now."""
    return rules.may_change(application.submission, application.number, application.screening) and is_open(
        application, at
    )
