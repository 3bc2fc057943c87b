"""The fields of the letters that personnel sends: the appointment, the notice of proposed action."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from app.accounts.grants.states import GrantState
from app.accounts.roles import Role
from app.personnel.appointments.models import Appointment
from app.personnel.appointments.rules import ProbationRule
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.rules import Schedule, describe, paragraphs, procedure_of
from app.personnel.discipline.states import DutyStatus
from app.personnel.positions.models import Position
from app.platform import clock
from app.platform.actors import Actor
from app.platform.locales import write_date
from app.web.amounts import minor_digits

# What an employee on duty is given to prepare an answer; 5 CFR 752.404(b)(3), read 2026-11-22, asks for a
# reasonable amount.
OFFICIAL_TIME_HOURS = 8
# The whole last day counts; the minute before midnight names it without doubt.
END_OF_DAY = dt.time(23, 59)
FULL_NOTICE_DAYS = 30
# Under which of several roles a person signs.
_RANK = (
    Role.APPOINTING_AUTHORITY,
    Role.HR_OFFICER,
    Role.GRIEVANCE_OFFICER,
    Role.SUPERVISOR,
    Role.AGENCY_ADMINISTRATOR,
    Role.SYSTEM_ADMINISTRATOR,
)


def appointment(
    appointed: Appointment, signer: Actor, probation: ProbationRule, report_to: Sequence[str]
) -> dict[str, Any]:
    """Give the fields of the letter that confirms an appointment; pay is the lowest of the range."""
    position, agency = appointed.position, appointed.agency
    ends_on = appointed.probation_ends_on
    return {
        "signed_by": {"name": signer.name, "title": title_of(signer.roles)},
        "position_title": position.title,
        "position_number": position.number,
        "unit": agency.name,
        "duty_station": position.duty_station,
        "appointment_type": appointed.kind.title,
        "law": _authority(appointed),
        "pay_plan_and_grade": f"{position.grade}, {position.class_title} ({position.class_code})",
        "pay_minor": position.pay_min_minor,
        "currency": position.pay_currency,
        "currency_digits": minor_digits(position.pay_currency),
        "pay_period": position.pay_period.value,
        "hours": "As your agency tells you before your first day",
        "start_on": appointed.starts_on,
        "report_to": list(report_to) or [agency.name, position.duty_station],
        "probation": {"months": probation.months, "ends_on": ends_on, "law": probation.citation}
        if ends_on
        else None,
    }


def _authority(appointed: Appointment) -> str:
    """Give the legal authority, and for how long it holds where it does so for a time."""
    if appointed.term_ends_on is None:
        return appointed.authority
    return f"{appointed.authority}, until {write_date(appointed.term_ends_on)} at the latest"


def proposed_action(
    case: DisciplinaryCase,
    position: Position,
    dates: Schedule,
    duty_status: DutyStatus,
    files: Sequence[str],
    signer: Actor,
) -> dict[str, Any]:
    """Give the fields of the notice of a proposed action, from a case loaded with its people and charges.

    `files` are the titles of those that the proposal relies on.
    """
    agency, law = case.agency, procedure_of(case.regime, case.procedure)
    address = paragraphs(agency.address)[:10]  # a block of a letter holds twelve lines
    official = {"name": case.deciding_official.name, "title": official_title(case)}
    is_full = dates.effective_from_on - dates.delivered_on >= dt.timedelta(days=FULL_NOTICE_DAYS)
    return {
        "signed_by": {"name": signer.name, "title": title_of(signer.roles)},
        "action": describe(case.action, case.days),
        "position_title": position.title,
        "unit": agency.name,
        "law": law.law,
        "delivered_on": dates.delivered_on,
        "effective_from": dates.effective_from_on,
        "shorter_notice_reason": None if is_full else law.shorter_reason,
        "charges": [
            {"title": charge.label, "specifications": paragraphs(charge.specification)}
            for charge in case.charges
        ],
        "penalty_reasons": paragraphs(case.penalty_reasons),
        "evidence": [*(item for charge in case.charges for item in paragraphs(charge.evidence)), *files],
        "evidence_place": "You find it at the human resources office of "
        f"{', '.join([agency.name, *address])}, on working days.",
        "official_time_hours": OFFICIAL_TIME_HOURS,
        "reply_until": {
            "at": clock.zoned_moment(dates.reply_due_on, END_OF_DAY, agency.time_zone),
            "zone": agency.time_zone,
        },
        "reply_to": official | {"lines": [*address, agency.contact_email]},
        "deciding_official": official,
        "duty_status": duty_status.sentence(law.suspended_days),
        "contact": {
            "name": "Human resources office",
            "title": agency.name,
            "lines": [agency.contact_phone, agency.contact_email],
        },
    }


def official_title(case: DisciplinaryCase) -> str:
    """Give the title of the deciding official, from the roles held in the case's agency."""
    return title_of(
        {
            grant.role.value
            for grant in case.deciding_official.role_grants
            if grant.state is GrantState.ACTIVE and grant.agency_id in (None, case.agency_id)
        }
    )


def title_of(roles: Collection[str]) -> str:
    """Give the title of the first of the roles in order of standing; who has none signs as an officer."""
    return next((role.title for role in _RANK if role.value in roles), "Officer")
