"""Which vacancies are open to somebody who is signed in, and why the others are not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.personnel.employees.queries import find_own_employee
from app.personnel.employees.states import EmployeeState
from app.platform.sentences import Sentence, say, say_count
from app.recruitment.applications.models import Application, ApplicationSection
from app.recruitment.applications.states import Submission
from app.recruitment.eligibility.models import EligibilityQuestion
from app.recruitment.eligibility.rules import bars, folded
from app.recruitment.postings.searches import OpenTo
from app.recruitment.profiles.queries import list_sections
from app.recruitment.profiles.rules import entries_of

# Nobody applies for more; the oldest beyond it have closed long since.
MOST_LEFT_OUT = 500


@dataclass(frozen=True, slots=True)
class Openness:
    """What is open to a person, and in sentences what was left out."""

    open_to: OpenTo
    reasons: tuple[Sentence, ...]


def load_openness(session: Session, account_id: str, today: dt.date) -> Openness:
    """Load what decides which vacancies a person may apply for.

    Employment, what was applied for, answers in drafts, and what the profile says of residence and licences.
    """
    employee = find_own_employee(session, account_id)
    is_employee = employee is not None and employee.state is EmployeeState.ACTIVE
    applied = frozenset(session.scalars(_of(account_id, Submission.SUBMITTED)))
    barred = _barred(session, account_id)
    reasons = [
        say("Shown are vacancies that take applications on this site now."),
        say("Vacancies for current employees are shown, as you are one.")
        if is_employee
        else say(
            "Vacancies for current employees only are left out: no employee record belongs to your account."
        ),
    ]
    if applied:
        reasons.append(
            say_count(
                "%(count)s vacancy that you have applied for already is left out.",
                "%(count)s vacancies that you have applied for already are left out.",
                len(applied),
            )
        )
    if barred:
        reasons.append(
            say_count(
                "%(count)s vacancy is left out because of how you answered its questions.",
                "%(count)s vacancies are left out because of how you answered their questions.",
                len(barred),
            )
        )
    sections = {name: data for name, (data, _) in list_sections(session, account_id).items()}
    residence, licences = _residence(sections), _licences(sections, today)
    if residence:
        reasons.append(
            say("Vacancies for people who live somewhere else than your profile says are left out.")
        )
    if licences is not None:
        reasons.append(
            say("Vacancies that ask for a licence that your profile does not name as valid are left out.")
        )
    reasons.append(
        say("A vacancy may ask questions of its own before you apply, and says at once if one bars you.")
    )
    open_to = OpenTo(is_employee, applied | barred, residence, licences)
    return Openness(open_to, tuple(reasons))


def _residence(sections: Mapping[str, dict[str, Any]]) -> frozenset[str] | None:
    """Give where the profile says that the person lives, folded; None where it names no town or region."""
    contact = sections.get("contact", {})
    if not (contact.get("town") or contact.get("region")):
        return None
    return folded(contact.get(name) or "" for name in ("town", "region", "country"))


def _licences(sections: Mapping[str, dict[str, Any]], today: dt.date) -> frozenset[str] | None:
    """Give the titles of the licences that have not expired, folded; None where the section is not kept."""
    if "licences" not in sections:
        return None
    held = entries_of(sections["licences"])
    return folded(
        entry.get("title") or ""
        for entry in held
        if not entry.get("expires_on") or dt.date.fromisoformat(entry["expires_on"]) >= today
    )


def _of(account_id: str, submission: Submission) -> Select[str]:
    return (
        select(Application.posting_id)
        .where(Application.account_id == account_id, Application.submission == submission)
        .order_by(Application.id.desc())
        .limit(MOST_LEFT_OUT)
    )


def _barred(session: Session, account_id: str) -> frozenset[str]:
    """Find the vacancies whose questions the person's own drafts answer in a way that bars them."""
    drafts = (
        select(Application.posting_id, ApplicationSection.data)
        .join(ApplicationSection, ApplicationSection.application_id == Application.id)
        .where(
            Application.account_id == account_id,
            Application.submission == Submission.DRAFT,
            ApplicationSection.section == "eligibility",
        )
        .limit(MOST_LEFT_OUT)
    )
    answers: dict[str, dict[str, Any]] = dict(session.execute(drafts).all())
    asked = select(EligibilityQuestion).where(EligibilityQuestion.posting_id.in_(answers))
    questions: dict[str, list[EligibilityQuestion]] = {}
    for question in session.scalars(asked) if answers else ():
        questions.setdefault(question.posting_id, []).append(question)
    return frozenset(own for own, few in questions.items() if bars(few, answers[own]))
