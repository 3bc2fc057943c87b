"""The steps of a draft as a person walks through them: where each stands, and what comes after it."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.platform.db import reading
from app.platform.sentences import say
from app.recruitment.applications import queries, rules, standing
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Submission
from app.recruitment.drafts import autosaving
from app.recruitment.drafts.queries import get_frame
from app.recruitment.profiles import written
from app.recruitment.profiles.forms import StepForm
from app.web.access import current_actor

TITLES = {
    "eligibility": say("May you apply?"),
    "contact": say("Contact details"),
    "education": say("Education"),
    "experience": say("Work experience"),
    "licences": say("Licences and certificates"),
    "languages": say("Languages"),
    "answers": say("How you meet the requirements"),
    "claims": say("Claims to preference"),
    "documents": say("Documents"),
    "fee": say("Fee"),
    "review": say("Review your application"),
}
ENDPOINTS = {
    **dict.fromkeys(rules.LISTS, "recruitment.drafts.entries"),
    "eligibility": "recruitment.eligibility.answer",
    "contact": "recruitment.drafts.contact",
    "answers": "recruitment.drafts.answers",
    "claims": "recruitment.claims.edit",
    "documents": "recruitment.documents.list_own",
    "fee": "recruitment.fees.choose",
    "review": "recruitment.drafts.review",
}


# A step is filled in and kept like any page that is saved as one writes.
fill, keep, save_standing = written.fill, written.keep, autosaving.save_standing


class Step(NamedTuple):
    """A step's place in the walk, its title, and the address of the one before it."""

    number: int
    total: int
    title: str
    back: str


def get_draft(application_id: str) -> Application:
    """Give the person's own draft, whole; what is no draft any more is shown in place of its step."""
    with reading() as session:
        application = queries.get_own_application(session, application_id, current_actor())
    return _demand_draft(application)


def get_frame_of(application_id: str) -> Application:
    """Give the person's own draft with what a step of text needs, as get_draft does."""
    with reading() as session:
        application = get_frame(session, application_id, current_actor())
    return _demand_draft(application)


def _demand_draft(application: Application) -> Application:
    if application.submission is not Submission.DRAFT:
        flash(say("This application was submitted or withdrawn, so it cannot be changed."), "important")
        abort(redirect(url_for("recruitment.applications.show", application_id=application.id), 303))
    return application


def saved_at(application: Application, section: str) -> str:
    """Give when a step was saved last, as its page remembers it; empty when it never was."""
    row = next((row for row in application.sections if row.section == section), None)
    return row.saved_at.isoformat() if row else ""


def walk(application: Application) -> tuple[str, ...]:
    """Give the sections of an application in order, the review last."""
    return (*rules.sections_of(standing.asked_of(application)), "review")


def place(application: Application, section: str) -> Step:
    """Give where a section stands; the first one leads back to the list of steps."""
    order = walk(application)
    number = order.index(section)
    if is_from_review() and section != "review":
        back = url(application.id, "review")
    elif number:
        back = url(application.id, order[number - 1])
    else:
        back = url_for("recruitment.drafts.tasks", application_id=application.id)
    return Step(number + 1, len(order), TITLES[section], back)


def url(application_id: str, section: str, **more: Any) -> str:
    """Give the address of a section's page."""
    if section in rules.LISTS:
        more["section"] = section
    return url_for(ENDPOINTS[section], application_id=application_id, **more)


def onwards(application: Application, section: str, form: StepForm | None = None) -> Response:
    """Go where a saved step leads: on, back to the review it came from, or to the list of steps."""
    if form is not None and form.later.data:
        return _leave(application)
    order = walk(application)
    after = "review" if is_from_review() else order[order.index(section) + 1]
    return redirect(url(application.id, after), 303)


def leave_entry(application: Application, section: str, form: StepForm) -> Response:
    """Go from a saved entry back to the list it stands in, or to the list of steps."""
    return (
        _leave(application)
        if form.later.data
        else redirect(url(application.id, section, **keep_origin()), 303)
    )


def _leave(application: Application) -> Response:
    flash(say("Saved. Come back whenever you like before applications close."), "success")
    return redirect(url_for("recruitment.drafts.tasks", application_id=application.id), 303)


def is_from_review() -> bool:
    """Tell whether the person came from the review to change one thing."""
    return request.args.get("from") == "review"


def keep_origin() -> dict[str, Any]:
    """Give the part of an address by which a page within a step remembers the review."""
    return {"from": "review"} if is_from_review() else {}
