"""Which vacancies are open to somebody who is signed in, and why the others are not."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.personnel.employees.queries import find_own_employee
from app.personnel.employees.states import EmployeeState
from app.platform.sentences import Sentence, say, say_count
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Submission
from app.recruitment.postings.searches import OpenTo

# Nobody applies for more; the oldest beyond it have closed long since.
MOST_LEFT_OUT = 500


@dataclass(frozen=True, slots=True)
class Openness:
    """What is open to a person, and in sentences what was left out."""

    open_to: OpenTo
    reasons: tuple[Sentence, ...]


def load_openness(session: Session, account_id: str) -> Openness:
    """Load what decides which vacancies a person may apply for: employment, and what was applied for."""
    employee = find_own_employee(session, account_id)
    is_employee = employee is not None and employee.state is EmployeeState.ACTIVE
    applied = (
        select(Application.posting_id)
        .where(Application.account_id == account_id, Application.submission == Submission.SUBMITTED)
        .order_by(Application.id.desc())
        .limit(MOST_LEFT_OUT)
    )
    left_out = frozenset(session.scalars(applied))
    reasons = [
        say("Shown are vacancies that take applications on this site now."),
        say("Vacancies for current employees are shown, as you are one.")
        if is_employee
        else say(
            "Vacancies for current employees only are left out: no employee record belongs to your account."
        ),
    ]
    if left_out:
        reasons.append(
            say_count(
                "%(count)s vacancy that you have applied for already is left out.",
                "%(count)s vacancies that you have applied for already are left out.",
                len(left_out),
            )
        )
    reasons.append(
        say("A vacancy may ask questions of its own before you apply, and says so at once if one bars you.")
    )
    return Openness(OpenTo(is_employee, left_out), tuple(reasons))
