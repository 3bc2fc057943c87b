"""The letter that an appointment was taken back, and the mail to who proposed what was decided."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.accounts.queries import get_account
from app.notices import services as notices
from app.notices.models import Notice
from app.personnel.appointment_proposals.models import AppointmentProposal
from app.personnel.appointments.models import Appointment
from app.personnel.letters import title_of
from app.platform import links, mail
from app.platform.actors import Actor


def promise_taken_back(
    session: Session, appointment: Appointment, proposal: AppointmentProposal, actor: Actor, at: dt.datetime
) -> Notice:
    """Promise the person the letter that the appointment, which was never taken up, is taken back."""
    employee = appointment.employee
    return notices.promise(
        session,
        template="appointment_taken_back",
        subject=proposal.id,
        agency_id=appointment.agency_id,
        account_id=employee.account_id,
        name=employee.name,
        email=employee.email,
        letter={
            "signed_by": {"name": actor.name, "title": title_of(actor.roles)},
            "position_title": appointment.position.title,
            "position_number": appointment.position.number,
            "starts_on": appointment.starts_on,
            "reason": " ".join(proposal.reason.split()),
        },
        actor=actor,
        at=at,
        key=f"appointment_taken_back:{proposal.id}",
    )


def tell_proposer(session: Session, proposal: AppointmentProposal, at: dt.datetime) -> None:
    """Tell who made a proposal what was decided on it."""
    officer = get_account(session, proposal.proposed_by)
    reason = f"Reason: {proposal.decision_reason}" if proposal.decision_reason else "No reason was given."
    mail.promise(
        session,
        key=f"appointment-proposal:{proposal.id}",
        to=officer.email,
        subject=f"Your proposal about position {proposal.position.number}: {proposal.state.title.lower()}",
        body=(
            f"Dear {officer.name},",
            f"{proposal.act.title}: {proposal.name}. {reason}",
            links.absolute(f"/staff/appointment-proposals/{proposal.id}"),
        ),
        at=at,
        language="en",
    )
