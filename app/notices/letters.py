"""The fields of each letter, exactly: a field too many, too few or contradicting another is refused.

Money is in minor units of its currency, points are integers over the letter's denominator, moments carry
their zone, and texts are plain sentences without markup.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from app.notices.parts import (
    Contact,
    Line,
    Lines,
    Moment,
    Part,
    Person,
    ReferenceNumber,
    Remedy,
    WebAddress,
    Words,
)

# 5 U.S.C. 7513(b)(1) and (2), read 2026-11-22. The day of delivery is not counted, so both are differences
# of dates.
ADVANCE_NOTICE_DAYS = 30
ANSWER_DAYS = 7

Points = Annotated[int, Field(ge=-(10**12), le=10**12)]
"""Points in units of 1/denominator of the letter."""

Marks = Annotated[Decimal, Field(allow_inf_nan=False, max_digits=12, decimal_places=6)]
"""Marks as a rulebook's rounding stage gives them; printed with the decimals they come with."""

Paragraphs = tuple[Words, ...]


class Letter(Part):
    """What each letter has."""

    signed_by: Person

    def faults(self, issued_on: dt.date) -> dict[str, str]:
        """Give what cannot be true of a letter issued on that date, by field; empty when all can."""
        return {}


class SignedReceipt(Part):
    """What the office signed for having received; known once the application stands in the ledger."""

    version: Annotated[int, Field(ge=1)]
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    short_digest: Line  # the beginning of the digest, as people type it
    ledger_index: Annotated[int, Field(ge=0)]
    key: Line  # the name of the key that signed
    check_url: WebAddress  # says whether the receipt is genuine, without signing in


class ApplicationReceived(Letter):
    """Confirms that an application was received."""

    application_number: ReferenceNumber
    posting_title: Line
    posting_number: Line
    received: Moment
    documents: tuple[Line, ...] = ()  # what came with it, in the order shown to the applicant
    next_steps: Annotated[Paragraphs, Field(min_length=1)]
    changes_until: Moment | None = None  # until when the applicant may still change or withdraw it
    track_url: WebAddress
    receipt: SignedReceipt | None = None  # added when the letter is rendered

    def faults(self, issued_on: dt.date) -> dict[str, str]:
        if self.received.on > issued_on + dt.timedelta(days=1):  # zones differ by up to a day
            return {"received": "The application cannot be received after the letter is issued."}
        return {}


class ArithmeticRow(Part):
    """One step of a score: what it is, how it was worked out, what it adds."""

    label: Line
    working: Line
    points: Points


class ResultChange(Part):
    """What a corrected list changes for one person; nothing where score and rank are the same as before.

    The score, rank and size of the list before are empty for somebody who was on no list then.
    """

    reason: Words  # why the list was corrected, in the officer's words
    score_before: Marks | None = None
    rank_before: Annotated[int, Field(ge=1)] | None = None
    size_before: Annotated[int, Field(ge=0)] | None = None
    is_changed: bool

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.rank_before is not None and self.size_before is None:
            raise ValueError("a rank before needs the size of the list before")
        return self


class ExaminationResult(Letter):
    """Tells a candidate the score, how it was worked out, the rank, and how to appeal.

    With `correction` it tells first what changed against the letter before.
    """

    application_number: ReferenceNumber
    examination_title: Line
    examination_number: Line
    held_on: dt.date
    denominator: Annotated[int, Field(ge=1, le=10**9)]
    arithmetic: Annotated[tuple[ArithmeticRow, ...], Field(min_length=1, max_length=60)]
    rounding: Line | None = None  # the declared rounding, as a sentence; None when the sum is the score
    score: Marks
    pass_mark: Marks
    outcome: Literal["passed", "not_passed"]
    unmet: tuple[Line, ...] = ()  # the minimums that were missed, when not passed
    rank: Annotated[int, Field(ge=1)] | None = None
    list_size: Annotated[int, Field(ge=1)] | None = None  # people on the list
    tie_rule: Words | None = None  # how people with equal scores were put in order, where it mattered
    list_valid_until: dt.date | None = None
    rulebook: Line  # name and version of the rules in force at announcement
    appeal: Remedy
    correction: ResultChange | None = None  # for the letter of a later version of the list

    def points_of(self, row: ArithmeticRow) -> Fraction:
        """The exact marks of one row."""
        return Fraction(row.points, self.denominator)

    @property
    def total(self) -> Fraction:
        """The exact sum of the rows, in marks, before rounding."""
        return Fraction(sum(row.points for row in self.arithmetic), self.denominator)

    @property
    def decimals(self) -> int | None:
        """The decimals in which every row is exact; None where a row, like a third, has no exact decimals."""
        values = [self.points_of(row) for row in self.arithmetic]
        return next(
            (power for power in range(10) if all(10**power % value.denominator == 0 for value in values)),
            None,
        )

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.rounding is None and self.total != Fraction(self.score):
            raise ValueError("the rows of the arithmetic do not add up to the score and no rounding is named")
        has_standing = self.rank is not None and self.list_size is not None
        if self.outcome == "passed":
            if not has_standing or self.unmet:
                raise ValueError("who passed has a rank on a list and no unmet minimum")
        elif self.rank is not None or self.list_size is not None or not self.unmet:
            raise ValueError("who did not pass has no rank, and the unmet minimums are named")
        if self.rank is not None and self.list_size is not None and self.rank > self.list_size:
            raise ValueError("the rank is beyond the end of the list")
        return self

    def faults(self, issued_on: dt.date) -> dict[str, str]:
        return _past(issued_on, appeal=self.appeal.deadline.on)


class UnmetRequirement(Part):
    """One reason: what the announcement asked for, what was found, and where it is laid down."""

    requirement: Words
    finding: Words
    law: Line | None = None


class NotEligible(Letter):
    """Tells an applicant that screening ended the application, why, and how to have it reviewed."""

    application_number: ReferenceNumber
    posting_title: Line
    posting_number: Line
    decided_on: dt.date
    reasons: Annotated[tuple[UnmetRequirement, ...], Field(min_length=1, max_length=20)]
    review: Remedy

    def faults(self, issued_on: dt.date) -> dict[str, str]:
        return _past(issued_on, review=self.review.deadline.on)


class Probation(Part):
    """The trial period at the start of an appointment."""

    months: Annotated[int, Field(ge=1, le=60)]
    ends_on: dt.date
    law: Line | None = None


class Acceptance(Part):
    """Until when and how an offer is answered."""

    deadline: Moment
    how: Words


class Appointment(Letter):
    """Offers a position (with `acceptance`) or confirms the appointment to it (without)."""

    position_title: Line
    position_number: Line
    unit: Line
    duty_station: Line
    appointment_type: Line
    law: Line | None = None
    pay_plan_and_grade: Line  # for example "GS-0201-09, step 1"
    pay_minor: Annotated[int, Field(ge=0)]  # minor units of the currency (cents) for each pay_period
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]  # ISO 4217
    currency_digits: Annotated[int, Field(ge=0, le=4)] = 2  # decimals of the currency: 2 for USD, 0 for JPY
    pay_period: Literal["year", "month", "day", "hour"]
    hours: Line  # for example "Full time, 40 hours a week"
    start_on: dt.date
    report_to: Lines  # person, place and time of the first day
    probation: Probation | None = None
    conditions: Paragraphs = ()  # what must be met before or after the start
    bring: tuple[Line, ...] = ()
    acceptance: Acceptance | None = None

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.probation is not None and self.probation.ends_on <= self.start_on:
            raise ValueError("probation ends before the appointment starts")
        return self

    def faults(self, issued_on: dt.date) -> dict[str, str]:
        if self.acceptance is None:
            return {}
        return _past(issued_on, acceptance=self.acceptance.deadline.on, start_on=self.start_on)


class Charge(Part):
    """One charge and the events, each with its date, that support it."""

    title: Line
    specifications: Annotated[Paragraphs, Field(min_length=1)]


class ProposedAction(Letter):
    """Gives notice of a proposed adverse action and of the rights that go with it (5 U.S.C. 7513(b))."""

    action: Line  # what is proposed, as a noun: "suspension without pay for 21 calendar days"
    position_title: Line
    unit: Line
    law: Line  # for example "5 U.S.C. 7513(b) and 5 CFR 752.404"
    delivered_on: dt.date  # the day the letter is handed over; not counted in the periods
    effective_from: dt.date  # the first day on which the action may take effect
    shorter_notice_reason: Words | None = None  # only for the exception for crimes in 7513(b)(1)
    charges: Annotated[tuple[Charge, ...], Field(min_length=1, max_length=20)]
    penalty_reasons: Annotated[Paragraphs, Field(min_length=1)]  # the factors weighed in choosing the penalty
    evidence: Annotated[tuple[Line, ...], Field(min_length=1)]  # the material relied on, an item each
    evidence_place: Words  # where and when it may be read, as sentences
    official_time_hours: Annotated[int, Field(ge=1)]
    reply_until: Moment
    reply_to: Contact
    deciding_official: Person
    duty_status: Words  # where the employee stands during the notice period
    contact: Contact  # who explains the procedure

    @model_validator(mode="after")
    def _keeps_periods(self) -> Self:
        notice = self.effective_from - self.delivered_on
        if notice < dt.timedelta(days=ADVANCE_NOTICE_DAYS) and self.shorter_notice_reason is None:
            raise ValueError(f"the action may not take effect within {ADVANCE_NOTICE_DAYS} days of delivery")
        if self.reply_until.on - self.delivered_on < dt.timedelta(days=ANSWER_DAYS):
            raise ValueError(f"the employee has at least {ANSWER_DAYS} days to answer")
        if self.reply_until.on > self.effective_from:
            raise ValueError("the time to answer must end before the action may take effect")
        if self.deciding_official == self.signed_by:
            raise ValueError("who proposes the action may not decide on it")
        return self

    def faults(self, issued_on: dt.date) -> dict[str, str]:
        if self.delivered_on < issued_on:
            return {"delivered_on": "The letter cannot be delivered before it is issued."}
        return {}


LETTERS: Mapping[str, type[Letter]] = MappingProxyType(
    {
        "application_received": ApplicationReceived,
        "appointment": Appointment,
        "examination_result": ExaminationResult,
        "not_eligible": NotEligible,
        "proposed_action": ProposedAction,
    }
)
"""The letters of hiring and appointment; all letters are in catalogue.py."""


def _past(issued_on: dt.date, **days: dt.date) -> dict[str, str]:
    """Name the dates that leave the reader no day to act."""
    return {
        name: "This date must be after the date of the letter."
        for name, day in days.items()
        if day <= issued_on
    }
