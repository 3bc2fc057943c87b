"""When somebody may leave, take it back or retire, and when a clearance is finished."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from app.personnel.appointments.states import AppointmentKind
from app.personnel.retirements.rules import list_ways
from app.personnel.separations.regimes import QUESTIONS, Regime
from app.personnel.separations.states import ItemState, SeparationKind, SeparationState
from app.platform.errors import Conflict, Invalid
from app.platform.locales import write_date

FURTHEST_DAYS = 366
# Fewer answers would tell who said what: the office's rule, as for other pages about groups.
LEAST_TOLD = 5
HIGHEST = 5
INTERVIEW_DAYS = 60
REMIND_DAYS = (7, 1)


def check_last_day(kind: SeparationKind, last_day: dt.date, hired_on: dt.date, today: dt.date) -> None:
    """Raise Invalid for a last day before service began, in the past, or more than a year ahead.

    A death may be recorded after the day; nobody can die in the future.
    """
    if last_day < hired_on:
        raise Invalid(last_day=f"Service began on {write_date(hired_on)}")
    if kind is SeparationKind.DEATH:
        if last_day > today:
            raise Invalid(last_day="The day of death cannot lie ahead")
        return
    if last_day < today:
        raise Invalid(last_day="The last day of service cannot be in the past")
    if (last_day - today).days > FURTHEST_DAYS:
        raise Invalid(last_day="The last day of service can be a year ahead at most")


def check_recorded(
    kind: SeparationKind,
    appointment: AppointmentKind | None,
    term_ends_on: dt.date | None,
    last_day: dt.date,
) -> None:
    """Raise Invalid for an end that an officer cannot record: it is decided elsewhere, or too early.

    `appointment` is the kind of the one in force, None without one, and `term_ends_on` its last day.
    """
    if kind is SeparationKind.REMOVAL:
        raise Invalid(kind="A removal follows from a decided disciplinary case alone. Open a case instead")
    if kind is not SeparationKind.END_OF_TERM:
        return
    if appointment not in (AppointmentKind.PROVISIONAL, AppointmentKind.TEMPORARY):
        raise Invalid(kind="Only a provisional or temporary appointment ends with its term")
    if term_ends_on is not None and last_day < term_ends_on:
        raise Invalid(last_day=f"The term of this appointment ends on {write_date(term_ends_on)}")


def is_short_notice(regime: Regime, kind: SeparationKind, last_day: dt.date, today: dt.date) -> bool:
    """Tell whether somebody leaves with less notice than is customary."""
    return kind.is_own and (last_day - today).days < regime.notice_days


def eligible_on(regime: Regime, born_on: dt.date, service_began_on: dt.date) -> dt.date | None:
    """Give the earliest last day with which somebody may retire; None where the office goes by evidence."""
    if regime.retires_by_evidence:
        return None
    ways = list_ways(regime.system, born_on=born_on, joined_on=service_began_on, since=service_began_on)
    return ways[0].on if ways else None


def check_retirement(
    regime: Regime, born_on: dt.date | None, service_began_on: dt.date, last_day: dt.date
) -> str | None:
    """Give by what it is known that somebody may retire, None where the office has to find that out.

    Invalid on last_day for a day before age and service are reached.
    """
    if born_on is None:
        return None
    if born_on >= service_began_on:
        raise Invalid(born_on="The date of birth must lie before the first day of service")
    first = eligible_on(regime, born_on, service_began_on)
    if first is None:
        return None
    if last_day < first:
        raise Invalid(
            last_day=f"By age and service the last day can be {write_date(first)} ({regime.retirement_law})"
        )
    return f"Age and service reached on {write_date(first)} ({regime.retirement_law})."


def demand_evidence(kind: SeparationKind, eligibility: str | None, evidence: str) -> str | None:
    """Give by what a retirement is known to be due, or raise Invalid where nothing says so."""
    if kind is not SeparationKind.RETIREMENT or eligibility:
        return eligibility
    if not evidence.strip():
        raise Invalid(evidence="Enter the evidence of age and service, by which the retirement is due")
    return evidence.strip()


def check_refusal(kind: SeparationKind, reason: str) -> None:
    """Raise Conflict for refusing a resignation, which nobody can; Invalid without a reason."""
    if kind is SeparationKind.RESIGNATION:
        raise Conflict("An employee is free to resign, so a resignation cannot be refused.")
    if not reason.strip():
        raise Invalid(reason="Enter the reason; the employee reads it")


def may_take_back(regime: Regime, state: SeparationState) -> bool:
    """Tell whether the person may take it back without asking anybody."""
    return regime.takes_back_freely and state is SeparationState.SUBMITTED


def check_asked_back(state: SeparationState, asked_at: dt.datetime | None, answer: str | None) -> None:
    """Raise Conflict for asking twice, or after the last day."""
    if state not in (SeparationState.SUBMITTED, SeparationState.ACCEPTED):
        raise Conflict("The last day has passed, so it cannot be taken back.")
    if asked_at is not None and answer is None:
        raise Conflict("You have asked already. The office decides.")


def demand_cleared(states: Iterable[ItemState]) -> None:
    """Raise Conflict while a step of the clearance is open."""
    left = sum(state is ItemState.OPEN for state in states)
    if left:
        steps = "one step is" if left == 1 else f"{left} steps are"
        raise Conflict(
            f"This cannot be finished yet: {steps} open. Sign each off, or waive it with the reason."
        )


def check_answers(answers: Mapping[str, int | None]) -> dict[str, int]:
    """Give the answers of an interview, those that were left out apart; Invalid for one off the scale."""
    given = {key: value for key, value in answers.items() if value is not None}
    for key, value in given.items():
        if key not in QUESTIONS or not 1 <= value <= HIGHEST:
            raise Invalid(**{key: f"Answer from 1 to {HIGHEST}"})
    return given


def averages(interviews: Sequence[Mapping[str, int]]) -> dict[str, tuple[int, int]] | None:
    """Give (sum, how many) of the answers to each question; None while too few people have answered.

    A question that fewer have answered is left out.
    """
    if len(interviews) < LEAST_TOLD:
        return None
    found = {}
    for key in QUESTIONS:
        values = [answers[key] for answers in interviews if key in answers]
        if len(values) >= LEAST_TOLD:
            found[key] = (sum(values), len(values))
    return found


def authority_of(kind: SeparationKind, regime: Regime) -> tuple[str, str]:
    """Give the code and the citation under which a separation of a kind takes effect."""
    return {
        SeparationKind.RESIGNATION: (regime.resignation_code, regime.resignation_law),
        SeparationKind.RETIREMENT: (regime.retirement_code, regime.retirement_law),
        SeparationKind.REMOVAL: ("SEP-REMOVAL", "The decision on the removal"),
        SeparationKind.DEATH: ("SEP-DEATH", "Death in service"),
        SeparationKind.REDUCTION: (regime.reduction_code, regime.reduction_law),
        SeparationKind.END_OF_TERM: ("SEP-TERM", "The end of the appointment's term"),
    }[kind]


def reminder_due(due_on: dt.date, today: dt.date) -> int | None:
    """Give the reminder that is due: the least of REMIND_DAYS that the days left do not exceed."""
    left = (due_on - today).days
    due = [days for days in REMIND_DAYS if left <= days]
    return min(due) if due and left >= 0 else None
