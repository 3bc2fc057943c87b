"""The kinds of work that appointments make: proposals, probations, and terms that come to their end."""

from __future__ import annotations

from sqlalchemy import exists, select

from app.home.waiting import Kind, One, add
from app.personnel.appointment_proposals.models import AppointmentProposal
from app.personnel.appointment_proposals.states import ProposalState
from app.personnel.appointments.models import Appointment
from app.personnel.appointments.states import AppointmentKind
from app.personnel.employees.models import Employee
from app.personnel.probations.models import ProbationReview
from app.personnel.probations.queries import waits_for
from app.personnel.probations.states import ReviewState
from app.personnel.separations.models import Separation
from app.personnel.separations.states import LIVE

OF_APPOINTMENT = (Employee, Employee.id == Appointment.employee_id)
IS_REVIEWED = exists().where(ProbationReview.appointment_id == Appointment.id)
IS_LEAVING = Appointment.employee_id.in_(select(Separation.employee_id).where(Separation.state.in_(LIVE)))

APPOINTMENTS = (
    Kind(
        "Proposed appointments to decide",
        "personnel.appointment_proposals.decide",
        "personnel.appointment_proposals.list_staff",
        AppointmentProposal,
        AppointmentProposal.state == ProposalState.PROPOSED,
        AppointmentProposal.agency_id,
        AppointmentProposal.proposed_at,
        AppointmentProposal.proposed_by,
        values={"state": ProposalState.PROPOSED.value},
        one=One(
            "personnel.appointment_proposals.show",
            "proposal_id",
            AppointmentProposal.id,
            AppointmentProposal.name,
        ),
        days=3,
    ),
    Kind(
        "Probations to recommend on",
        "personnel.probations.review",
        "personnel.probations.list_staff",
        Appointment,
        (Appointment.kind == AppointmentKind.PROBATIONAL)
        & Appointment.ended_on.is_(None)
        & ~IS_REVIEWED
        & ~IS_LEAVING,
        Appointment.agency_id,
        Appointment.created_at,
        joins=(OF_APPOINTMENT,),
        one=One("personnel.probations.review", "appointment_id", Appointment.id, Employee.name),
        due=Appointment.probation_ends_on,
        within=60,
        visible=waits_for,
    ),
    Kind(
        "Probations to decide",
        "personnel.probations.decide",
        "personnel.probations.list_staff",
        ProbationReview,
        (ProbationReview.state == ReviewState.PROPOSED) & Appointment.ended_on.is_(None),
        ProbationReview.agency_id,
        ProbationReview.reviewed_at,
        ProbationReview.reviewed_by,
        joins=((Appointment, Appointment.id == ProbationReview.appointment_id), OF_APPOINTMENT),
        one=One("personnel.probations.show", "appointment_id", Appointment.id, Employee.name),
        due=ProbationReview.decide_by,
    ),
    Kind(
        "Appointments for a time to end",
        "personnel.separations.create",
        "personnel.appointments.list_staff",
        Appointment,
        Appointment.ended_on.is_(None) & Appointment.term_ends_on.is_not(None) & ~IS_LEAVING,
        Appointment.agency_id,
        Appointment.created_at,
        joins=(OF_APPOINTMENT,),
        values={"status": "live"},
        one=One("personnel.separations.create", "employee_id", Employee.id, Employee.name),
        due=Appointment.term_ends_on,
        within=60,
    ),
)
add(APPOINTMENTS)
