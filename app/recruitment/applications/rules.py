"""What an application needs before it may be sent, until when, and when it may be taken back."""

from __future__ import annotations

import enum
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.platform.errors import Conflict
from app.platform.sentences import say
from app.recruitment.applications.states import Assessment, Placement, Screening, Standing, Submission

SECTIONS = (
    "eligibility",
    "contact",
    "education",
    "experience",
    "licences",
    "languages",
    "answers",
    "claims",
    "documents",
    "fee",
)
# These hold a list of entries, each on a page of its own.
LISTS = ("education", "experience", "licences", "languages")
# These keep nobody back who leaves them out.
OPTIONAL = ("licences", "languages")
MOST_ENTRIES = 30

MISSING = {
    "eligibility": say("Answer the questions that decide whether you may apply."),
    "contact": say("Your contact details are not complete."),
    "education": say("Add your education and complete each entry, or say that you have none to add."),
    "experience": say("Add your work experience and complete each entry, or say that you have none to add."),
    "licences": say("Complete each licence that you added, or remove it."),
    "languages": say("Complete each language that you added, or remove it."),
    "answers": say("Say how you meet each essential requirement."),
    "claims": say("Say whether you claim preference."),
    "documents": say("Look at the documents step and continue from it, even if you have nothing to add."),
    "fee": say("Say how the fee is paid, or ask for it to be waived."),
}
BARRED = say("By one of your answers you may not apply for this vacancy. Look at the answer again.")
UNPROVEN = say("Add evidence for each preference that you claim.")
UNPAID = say("The fee must be paid before you can submit. Pay it with your slip, or ask for it to be waived.")


class SectionState(enum.Enum):
    """How far one step has come."""

    NOT_STARTED = "not_started"
    OPTIONAL = "optional"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which of the steps that not every posting has are asked here."""

    criteria: bool = True
    questions: bool = False
    fee: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """What a draft holds: each saved step with whether it is complete, and what still stands against it.

    `unproven` are the claims without evidence; `is_barred`: an answer bars; `owes`: the fee does.
    """

    saved: Mapping[str, bool]
    unproven: Collection[str] = ()
    is_barred: bool = False
    owes: bool = False


def sections_of(asked: Asked) -> tuple[str, ...]:
    """Give the steps of an application, in order; what is not asked here is left out."""
    left_out = {
        name
        for name, is_asked in (
            ("answers", asked.criteria),
            ("eligibility", asked.questions),
            ("fee", asked.fee),
        )
        if not is_asked
    }
    return tuple(section for section in SECTIONS if section not in left_out)


def section_states(asked: Asked, progress: Progress) -> dict[str, SectionState]:
    """Give how far each step has come."""
    against = {"claims": bool(progress.unproven), "eligibility": progress.is_barred, "fee": progress.owes}
    states = {}
    for section in sections_of(asked):
        if section not in progress.saved:
            begun = SectionState.OPTIONAL if section in OPTIONAL else SectionState.NOT_STARTED
            states[section] = begun
        elif progress.saved[section] and not against.get(section):
            states[section] = SectionState.COMPLETE
        else:
            states[section] = SectionState.IN_PROGRESS
    return states


def missing_sections(asked: Asked, progress: Progress) -> dict[str, str]:
    """Give a sentence for each step that still keeps the application from being submitted, in order."""
    done = (SectionState.COMPLETE, SectionState.OPTIONAL)
    missing: dict[str, str] = {
        section: MISSING[section]
        for section, state in section_states(asked, progress).items()
        if state not in done
    }
    for section, sentence, stands in (
        ("claims", UNPROVEN, bool(progress.unproven)),
        ("eligibility", BARRED, progress.is_barred),
        ("fee", UNPAID, progress.owes),
    ):
        if section in missing and progress.saved.get(section) and stands:
            missing[section] = sentence
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


def may_change(submission: Submission, number: str | None, screening: Screening) -> bool:
    """Tell whether what was received may be changed, or sent again after it was withdrawn.

    Once an officer has decided on it, what was decided on stays; until when it may be, the closing says.
    """
    was_received = submission is not Submission.DRAFT and number is not None
    return was_received and screening is Screening.PENDING


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
