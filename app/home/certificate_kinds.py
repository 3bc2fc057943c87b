"""The kinds of work that follow a list: names asked for, considerations owed, audits, entries on duty."""

from __future__ import annotations

from sqlalchemy import exists, func

from app.exams.certificates.models import Certificate, CertificateEntry
from app.exams.certificates.states import Outcome
from app.exams.considerations.models import Consideration
from app.exams.considerations.states import ConsiderationState
from app.exams.extensions.models import Extension
from app.exams.extensions.states import ExtensionState
from app.exams.name_requests.models import NameRequest
from app.exams.name_requests.states import RequestState
from app.exams.selection_audits.models import SelectionAudit
from app.home.waiting import Kind, One, add
from app.personnel.appointments.models import Appointment
from app.personnel.employees.models import Employee
from app.recruitment.applications.models import Application
from app.recruitment.requisitions.models import Requisition

SELECTED = exists().where(
    CertificateEntry.certificate_id == Certificate.id, CertificateEntry.outcome == Outcome.APPOINTED
)
AUDITED = exists().where(SelectionAudit.certificate_id == Certificate.id)

CERTIFICATES = (
    Kind(
        "Requests for names to answer",
        "exams.name_requests.answer",
        "exams.name_requests.list_staff",
        NameRequest,
        NameRequest.state == RequestState.ASKED,
        NameRequest.agency_id,
        NameRequest.asked_at,
        NameRequest.asked_by,
        joins=((Requisition, Requisition.id == NameRequest.requisition_id),),
        values={"state": "asked"},
        one=One("exams.name_requests.show", "request_id", NameRequest.id, Requisition.title),
        days=3,
    ),
    Kind(
        "Priority considerations to decide",
        "exams.considerations.decide",
        "exams.considerations.list_staff",
        Consideration,
        Consideration.state == ConsiderationState.PROPOSED,
        Consideration.agency_id,
        Consideration.proposed_at,
        Consideration.proposed_by,
        joins=((Application, Application.id == Consideration.application_id),),
        values={"state": "proposed"},
        one=One(
            "exams.considerations.show", "consideration_id", Consideration.id, Application.applicant_name
        ),
        days=7,
    ),
    Kind(
        "Longer lives of certificates to decide",
        "exams.extensions.decide",
        "exams.certificates.list_staff",
        Extension,
        Extension.state == ExtensionState.PROPOSED,
        Certificate.agency_id,
        Extension.proposed_at,
        Extension.proposed_by,
        joins=((Certificate, Certificate.id == Extension.certificate_id),),
        one=One("exams.extensions.decide", "extension_id", Extension.id, Certificate.number),
        days=3,
    ),
    Kind(
        "Selections to audit",
        "exams.selection_audits.create",
        "exams.certificates.list_staff",
        Certificate,
        SELECTED & ~AUDITED,
        Certificate.agency_id,
        Certificate.requested_at,
        one=One("exams.selection_audits.list_audits", "certificate_id", Certificate.id, Certificate.number),
        days=7,
    ),
    Kind(
        "Entries on duty to record",
        "personnel.appointments.enter",
        "personnel.appointments.list_staff",
        Appointment,
        Appointment.entered_on.is_(None)
        & Appointment.ended_on.is_(None)
        & (Appointment.starts_on <= func.current_date()),
        Appointment.agency_id,
        Appointment.created_at,
        joins=((Employee, Employee.id == Appointment.employee_id),),
        one=One("personnel.appointments.enter", "appointment_id", Appointment.id, Employee.name),
        days=30,
    ),
)
add(CERTIFICATES)
