"""Due process in the rules: what each action needs, how its days are counted, and who may take part.

5 U.S.C. 7503(b) and 7513(b), 5 CFR 752.203 and 752.404, all read 2026-11-22.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.notices.numbers import check_digit
from app.personnel.discipline.states import Action
from app.platform.errors import Conflict, Invalid

MOST_CHARGES = 20
MOST_NOTICE_DAYS = 180
LONGEST_SUSPENSION = 365
LATEST_DELIVERY_DAYS = 14  # a notice that lies longer before it is handed over is written anew
LONGEST_EVIDENCE_LINE = 300
_KIND = "4"  # stands before a case number's digits when its check digit is taken


@dataclass(frozen=True, slots=True)
class Procedure:
    """What the law asks for: least days of notice, least days to answer, and where that is laid down.

    `shorter_reason` says why fewer than 30 days of notice are enough, where they are.
    """

    law: str
    notice_days: int
    reply_days: int
    shorter_reason: str | None


_LONGER_ONLY = (
    "the law asks for 30 days of notice only before a suspension of over 14 days, a demotion or a removal"
)
# 7513(b)(1) and (2): at least 30 days' advance written notice, and at least 7 days to answer.
ADVERSE = Procedure("5 U.S.C. 7513(b) and 5 CFR 752.404", 30, 7, None)
# 7503(b)(1) asks for advance notice without a number of days, and 7503(b)(2) for a reasonable time to answer,
# which 5 CFR 752.203 does not let fall below 24 hours. Seven days are what a longer action gives; the notice
# then runs for a day more, so that the answer is in before anything takes effect.
SHORT_SUSPENSION = Procedure(
    "5 U.S.C. 7503(b) and 5 CFR 752.203",
    8,
    7,
    f"{_LONGER_ONLY} (5 U.S.C. 7503(b)).",
)
# A reprimand stands outside 5 U.S.C. chapter 75; it gets the same time to answer as a short suspension.
REPRIMAND = Procedure(
    "the agency's rules on written reprimands",
    8,
    7,
    f"{_LONGER_ONLY} (5 U.S.C. 7513).",
)
PROCEDURES = {
    Action.REPRIMAND: REPRIMAND,
    Action.SUSPENSION: SHORT_SUSPENSION,
    Action.LONG_SUSPENSION: ADVERSE,
    Action.DEMOTION: ADVERSE,
    Action.REMOVAL: ADVERSE,
}


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


def propose(
    action: Action, days: int | None, notice_days: int | None = None, reply_days: int | None = None
) -> Proposal:
    """Give the proposal, with the least days of the law where none are named; Invalid beyond the limits.

    A suspension of 14 days or less (5 U.S.C. 7503) and one of more (7513) are different procedures.
    """
    law = PROCEDURES[action]
    reply = law.reply_days if reply_days is None else reply_days
    notice = max(law.notice_days, reply + 1) if notice_days is None else notice_days
    faults = {}
    if fault := _length_fault(action, days):
        faults["days"] = fault
    if reply < law.reply_days:
        faults["reply_days"] = f"Give at least {law.reply_days} days to answer ({law.law})"
    if notice < law.notice_days:
        faults["notice_days"] = f"Give at least {law.notice_days} days of notice ({law.law})"
    elif notice <= reply:
        faults["notice_days"] = "The days of notice must be more than the days to answer"
    elif notice > MOST_NOTICE_DAYS:
        faults["notice_days"] = f"Give at most {MOST_NOTICE_DAYS} days of notice"
    if faults:
        raise Invalid(**faults)
    return Proposal(action, days if action.has_days else None, notice, reply)


def schedule(proposal: Proposal, delivered_on: dt.date) -> Schedule:
    """Count the days from a delivery; the day of delivery itself is not counted.

    Day 1 is the day after. The answer may come until the end of the last day to answer, and the action may
    take effect on the last day of the notice, not before.
    """
    return Schedule(
        delivered_on,
        delivered_on + dt.timedelta(days=proposal.reply_days),
        delivered_on + dt.timedelta(days=proposal.notice_days),
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


def _length_fault(action: Action, days: int | None) -> str:
    if not action.has_days:
        return "" if days is None else "Only a suspension has a number of days. Leave this empty"
    if days is None:
        return "Enter the number of days of the suspension"
    if action is Action.SUSPENSION and not 1 <= days <= 14:
        return "A suspension of this kind is 1 to 14 days long (5 U.S.C. 7503)"
    if action is Action.LONG_SUSPENSION and not 15 <= days <= LONGEST_SUSPENSION:
        return f"A suspension of this kind is 15 to {LONGEST_SUSPENSION} days long (5 U.S.C. 7513)"
    return ""
