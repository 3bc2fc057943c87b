"""The way of an application from its submission to an appointment, from the five axes and the audit trail."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.platform.audit import AuditEvent
from app.platform.locales import ZonedMoment
from app.platform.sentences import Sentence, say
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Assessment, Placement, Screening, Standing, Submission
from app.recruitment.postings.states import PostingState


class Progress(enum.Enum):
    """How far a stage has come; an ended way does not reach the stages after it."""

    DONE = "done"
    NOW = "now"
    LATER = "later"
    NOT_REACHED = "not_reached"


class Owner(enum.Enum):
    """Who has the next step in hand."""

    APPLICANT = "applicant"
    OFFICE = "office"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage in words; `at` is when it was done, `on` a day that is fixed for it."""

    key: str
    title: Sentence
    text: Sentence
    progress: Progress
    owner: Owner
    at: dt.datetime | None = None
    on: dt.date | None = None


SUBMITTED = say("You submit your application")
SCREENED = say("We compare it with the requirements")
EXAMINED = say("You take the examination")
LISTED = say("You get your result and your place on the list")
CHOSEN = say("An agency chooses from the list")
APPOINTED = say("You are appointed")
TEXTS = {
    "submit": say("We give you a receipt at once."),
    "screen": say(
        "An officer looks at each requirement. If you are not eligible, you get a letter with the reasons."
    ),
    "examine": say("If you are eligible, we tell you the day, the place and your number."),
    "list": say("Your result letter shows how your score was worked out. Everybody is placed by merit."),
    "choose": say("Agencies take names from the top of the list while it is in force."),
    "appoint": say("Your letter names the post, the pay and your first day."),
}
TITLES = dict(zip(TEXTS, (SUBMITTED, SCREENED, EXAMINED, LISTED, CHOSEN, APPOINTED), strict=True))
NO_DATE = say("No date is fixed for this yet.")


def stages(
    application: Application, events: Iterable[AuditEvent], fixed: Mapping[str, dt.date]
) -> list[Stage]:
    """Give the stages in order, with the days that are `fixed` for them by key.

    The application must be loaded with its posting.
    """
    moments = _moments(events)
    is_done = _done(application)
    is_over = ended(application)
    found: list[Stage] = []
    has_now = False
    for key in TEXTS:
        if is_done[key]:
            progress, owner = Progress.DONE, Owner.NOBODY
        elif is_over:
            progress, owner = Progress.NOT_REACHED, Owner.NOBODY
        elif has_now:
            progress, owner = Progress.LATER, _owner(key)
        else:
            progress, owner, has_now = Progress.NOW, _owner(key), True
        on = fixed.get(key) if progress is not Progress.DONE else None
        at = moments.get(key) if progress is Progress.DONE else None
        found.append(Stage(key, TITLES[key], TEXTS[key], progress, owner, at, on))
    return found


def ended(application: Application) -> bool:
    """Tell whether nothing more will happen to an application unless somebody reopens it."""
    return (
        application.submission is Submission.WITHDRAWN
        or application.screening is Screening.INELIGIBLE
        or application.assessment is Assessment.ABSENT
        or application.standing is Standing.FAILED
        or application.placement in (Placement.DECLINED, Placement.APPOINTED)
        or application.posting.state is PostingState.CANCELLED
    )


def expectation(application: Application, now: Stage | None, at: dt.datetime) -> Sentence:
    """Say by when the stage that is now comes, as far as it is known."""
    posting = application.posting
    if now is None:
        return say("Nothing more is planned.")
    if now.on is not None:
        return say("The day is %(day)s.", day=now.on)
    if now.key == "screen" and posting.closes_at is not None and at < posting.closes_at:
        closes = ZonedMoment(posting.closes_at, posting.time_zone)
        return say("We begin when applications close, %(moment)s. No end is fixed.", moment=closes)
    return NO_DATE


def current(found: Sequence[Stage]) -> Stage | None:
    """Give the stage that is now, or None when the way has ended."""
    return next((stage for stage in found if stage.progress is Progress.NOW), None)


def _owner(key: str) -> Owner:
    return Owner.APPLICANT if key in ("submit", "examine") else Owner.OFFICE


def _done(application: Application) -> dict[str, bool]:
    placement = application.placement
    return {
        "submit": application.number is not None,
        "screen": application.screening is not Screening.PENDING,
        "examine": application.assessment in (Assessment.PRESENT, Assessment.SCORED),
        "list": application.standing is not Standing.NONE,
        "choose": placement in (Placement.SELECTED, Placement.DECLINED, Placement.APPOINTED),
        "appoint": placement is Placement.APPOINTED,
    }


def _moments(events: Iterable[AuditEvent]) -> dict[str, dt.datetime]:
    """Give when each stage was last moved to where it is."""
    moments: dict[str, dt.datetime] = {}
    axes = {"assessment": "examine", "standing": "list"}
    for event in events:
        if event.action == "recruitment.applications.submit":
            moments["submit"] = event.at
        elif event.action in ("recruitment.screening.decide", "recruitment.screening.correct"):
            moments["screen"] = event.at
        elif event.details.get("axis") in axes:
            key = axes[event.details["axis"]]
            if not (key == "examine" and event.details.get("to") == "scored"):
                moments[key] = event.at
        elif event.details.get("axis") == "placement":
            moments["appoint" if event.details.get("to") == "appointed" else "choose"] = event.at
    return moments
