"""Due process in the rules: what a proposal needs, how its days are counted, and who may take part.

The days themselves, with the law that asks for them, stand in the rulebooks of regimes/.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from app.notices.numbers import check_digit
from app.personnel.discipline.regimes import REGIMES, USUAL, Procedure, Regime
from app.personnel.discipline.states import Action, DutyStatus
from app.platform.calendars import add_days
from app.platform.errors import Conflict, Invalid

MOST_CHARGES = 20
MOST_NOTICE_DAYS = 180  # the office's own limit: whoever waits longer proposes anew
LONGEST_SUSPENSION = 365
MOST_DAYS_OF_A_MONTH = 31
LATEST_DELIVERY_DAYS = 14  # a notice that lies longer before it is handed over is written anew
LONGEST_EVIDENCE_LINE = 300
_KIND = "4"  # stands before a case number's digits when its check digit is taken


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a draft proposes; `days` is the length of a suspension, None for other actions."""

    action: Action
    days: int | None
    notice_days: int
    reply_days: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """The day of delivery, the last day on which to answer, and the first on which to act."""

    delivered_on: dt.date
    reply_due_on: dt.date
    effective_from_on: dt.date


def case_number(sequence: int, year: int) -> str:
    """Give the number of the `sequence`-th case of a year: D-2026-000012-9."""
    digits = f"{year:04d}{sequence:06d}"
    return f"D-{digits[:4]}-{digits[4:]}-{check_digit(_KIND + digits)}"


def procedure_of(regime: str, key: str) -> Procedure:
    """Give the procedure of a case, by what the case names."""
    found = REGIMES[regime].find(key)
    if found is None:
        raise LookupError(f"The rulebook {regime} has no procedure {key}.")
    return found


def law_after(regime: str, key: str, action: Action | None) -> Procedure:
    """Give the procedure whose remedies follow from a decision: a lighter penalty has those of its own."""
    law = procedure_of(regime, key)
    return law if action is None or action in law.actions else REGIMES[regime].usual(action)


def choose_procedure(regime: Regime, action: Action, key: str) -> Procedure:
    """Give the procedure chosen for an action, else its usual one; Invalid where it does not fit."""
    usual = next((one for one in regime.procedures if action in one.actions), None)
    found = regime.find(key) if key else usual
    if found is None or action not in found.actions:
        raise Invalid(procedure=f"This procedure does not lead to a {action.title.lower()} ({regime.title})")
    return found


def propose(
    action: Action,
    days: int | None,
    notice_days: int | None = None,
    reply_days: int | None = None,
    *,
    procedure: Procedure | None = None,
) -> Proposal:
    """Give the proposal, with the least days of the law where none are named; Invalid beyond the limits.

    A suspension of 14 days or less (5 U.S.C. 7503) and one of more (7513) are different procedures.
    """
    law = procedure or REGIMES[USUAL].usual(action)
    reply = law.reply_days if reply_days is None else reply_days
    notice = max(law.notice_days, reply + 1) if notice_days is None else notice_days
    proposal = Proposal(action, days, notice, reply)
    check_proposal(law, proposal)
    return proposal


def check_proposal(law: Procedure, proposal: Proposal) -> None:
    """Raise Invalid for days that the procedure forbids."""
    action, days, notice, reply = proposal.action, proposal.days, proposal.notice_days, proposal.reply_days
    most = law.most_notice_days or MOST_NOTICE_DAYS
    faults = {}
    if fault := length_fault(law, action, days):
        faults["days"] = fault
    if reply < law.reply_days:
        faults["reply_days"] = f"Give at least {law.reply_days} days to answer ({law.law})"
    if notice < law.notice_days:
        faults["notice_days"] = f"Give at least {law.notice_days} days of notice ({law.law})"
    elif notice <= reply:
        faults["notice_days"] = "The days of notice must be more than the days to answer"
    elif notice > most:
        faults["notice_days"] = f"Give at most {most} days of notice"
    if faults:
        raise Invalid(**faults)


def schedule(proposal: Proposal, delivered_on: dt.date) -> Schedule:
    """Count the days from a delivery; the day of delivery itself is not counted.

    Day 1 is the day after. The answer may come until the end of the last day to answer, and the action may
    take effect on the last day of the notice, not before.
    """
    return Schedule(
        delivered_on,
        add_days(delivered_on, proposal.reply_days),
        add_days(delivered_on, proposal.notice_days),
    )


def check_delivery(delivered_on: dt.date, today: dt.date) -> None:
    """Raise Invalid for a delivery in the past, or too far ahead."""
    if delivered_on < today:
        raise Invalid(delivered_on="The day of delivery must be today or later")
    if delivered_on > today + dt.timedelta(days=LATEST_DELIVERY_DAYS):
        raise Invalid(delivered_on=f"Deliver the notice within {LATEST_DELIVERY_DAYS} days")


def check_deciding_official(
    official: str, *, opener: str | None, proposer: str | None, subject: str | None
) -> None:
    """Raise Invalid unless who decides is neither who opened or proposes, nor whom the case is about.

    All are accounts' ids.
    """
    if official == subject:
        raise Invalid(deciding_official_id="The person whom the case is about cannot decide it")
    if official in (opener, proposer):
        raise Invalid(
            deciding_official_id="The deciding official must be another person than the one who proposes"
        )


def check_charges(count: int) -> None:
    """Raise Conflict without a charge: the notice states the specific reasons, 7503(b)(1), 7513(b)(1)."""
    if count == 0:
        raise Conflict("Add at least one charge. The notice must state the specific reasons.")


def check_room(count: int) -> None:
    """Raise Conflict when a case has as many charges as a notice can carry."""
    if count >= MOST_CHARGES:
        raise Conflict(f"A case carries at most {MOST_CHARGES} charges.")


def check_evidence(evidence: str) -> None:
    """Raise Invalid when an item of evidence, a line each, is too long for the notice."""
    if any(len(line) > LONGEST_EVIDENCE_LINE for line in paragraphs(evidence)):
        raise Invalid(
            evidence=f"Write each item on a line of its own, with at most {LONGEST_EVIDENCE_LINE} characters"
        )


def paragraphs(text: str) -> list[str]:
    """Give the lines of a text that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def describe(action: Action, days: int | None) -> str:
    """Name the action as the notice does: suspension without pay for 5 calendar days."""
    if action.has_days:
        return f"suspension without pay for {days} calendar {'day' if days == 1 else 'days'}"
    return {
        Action.REPRIMAND: "written reprimand",
        Action.DEMOTION: "reduction in grade or pay",
        Action.REMOVAL: "removal from service",
    }[action]


def length_fault(law: Procedure, action: Action, days: int | None) -> str:
    """Say what is wrong with the length of a suspension, or that something else has one; else ""."""
    if not action.has_days:
        return "" if days is None else "Only a suspension has a number of days. Leave this empty"
    if days is None:
        return "Enter the number of days of the suspension"
    if law.longest_suspension_months and days > law.longest_suspension_months * MOST_DAYS_OF_A_MONTH:
        return f"A suspension is at most {law.longest_suspension_months} months long ({law.law})"
    if action is Action.SUSPENSION and not 1 <= days <= 14:
        return "A suspension of this kind is 1 to 14 days long (5 U.S.C. 7503)"
    if action is Action.LONG_SUSPENSION and not 15 <= days <= LONGEST_SUSPENSION:
        return f"A suspension of this kind is 15 to {LONGEST_SUSPENSION} days long (5 U.S.C. 7513)"
    return ""


def check_duty_status(law: Procedure, status: DutyStatus) -> None:
    """Raise Invalid where the law lets nobody be suspended before the decision."""
    if status is DutyStatus.SUSPENDED and not law.suspended_days:
        raise Invalid(duty_status=f"Nobody is suspended without pay before the decision ({law.law})")


def check_investigator(proposer: str | None, investigators: Collection[str]) -> None:
    """Raise Conflict when whoever was named to investigate would propose: all are accounts' ids."""
    if proposer in investigators:
        raise Conflict(
            "You were named to investigate what this case rests on, so somebody else has to propose."
        )


def check_failed_period(law: Procedure, has_failed: bool) -> None:
    """Raise Conflict where the law asks for an opportunity to improve that failed, and none did in time."""
    if not has_failed:
        raise Conflict(
            "No opportunity to improve is on record that ended unacceptable within the last year. This "
            f"procedure rests on one ({law.law})."
        )
