"""What may be proposed about an appointment, and from which day to which."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.personnel.appointments import terms
from app.personnel.appointments.terms import Term
from app.platform.errors import Conflict, Invalid
from app.platform.locales import write_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Who is proposed, by what authority, from when, until when at the latest; None: as long as allowed."""

    name: str
    email: str
    starts_on: dt.date
    term_ends_on: dt.date | None
    authority_code: str
    reason: str
    late_reason: str = ""


def check_authority(code: str) -> Term:
    """Give what an authority allows, or raise Invalid for one that is no authority to appoint so."""
    term = terms.load().get(code)
    if term is None:
        raise Invalid(authority_code="Select the legal authority of the appointment")
    return term


def check_first_day(starts_on: dt.date, today: dt.date, late_reason: str) -> None:
    """Raise Invalid for a first day too long ago or too far ahead, or one in the past without a reason."""
    window = terms.window()
    first = today - dt.timedelta(days=window.days_back)
    last = today + dt.timedelta(days=window.days_ahead)
    if not first <= starts_on <= last:
        raise Invalid(
            starts_on=f"The first day can be from {write_date(first)} to {write_date(last)} "
            f"({window.citation})"
        )
    if starts_on < today and not late_reason.strip():
        raise Invalid(late_reason="Enter why the person began before the appointment was proposed")


def check_term(term: Term, starts_on: dt.date, ends_on: dt.date | None) -> dt.date:
    """Give the last day at the latest; Invalid for one before the first, or beyond what the law allows."""
    latest = term.latest(starts_on)
    if ends_on is None:
        return latest
    if ends_on < starts_on:
        raise Invalid(term_ends_on="The last day must not be before the first")
    if ends_on > latest:
        raise Invalid(
            term_ends_on=f"At most {term.months} months, so {write_date(latest)} at the latest "
            f"({term.authority.citation})"
        )
    return ends_on


def check_not_taken_up(starts_on: dt.date, entered_on: dt.date | None, today: dt.date) -> None:
    """Raise Conflict for an appointment that was taken up, or that began too long ago to be taken back.

    Who entered on duty leaves by a separation, which has its own rules, letter and clearance.
    """
    if entered_on is not None:
        raise Conflict(
            f"This person entered on duty on {write_date(entered_on)}. Service ends by a separation, "
            "not by taking the appointment back."
        )
    window = terms.window()
    if not terms.is_to_take_back(starts_on, today):
        raise Conflict(
            f"An appointment that nobody took up is taken back within {window.days_to_take_back} days of its "
            f"first day ({window.citation}). Service ends by a separation."
        )


def demand_another(actor_id: str | None, proposed_by: str) -> None:
    """Raise Conflict when who decides is who proposed."""
    if actor_id is None or actor_id == proposed_by:
        raise Conflict("You made this proposal, so somebody else has to decide on it.")


def demand_not_own(actor_id: str | None, account_id: str | None) -> None:
    """Raise Conflict when somebody would take part in their own appointment."""
    if account_id is not None and actor_id == account_id:
        raise Conflict("You cannot take part in your own appointment.")
