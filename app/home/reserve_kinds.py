"""The kinds of work of reserves and preferred lists: places that fell free, answers to offers."""

from __future__ import annotations

from app.exams.certificates.models import Certificate, CertificateEntry
from app.exams.preferred_lists.models import PreferredEntry
from app.exams.preferred_lists.states import PreferredState
from app.exams.reserves.models import ReserveList
from app.exams.reserves.queries import FREE, WAITING
from app.exams.reserves.states import ReserveState
from app.home.waiting import Kind, One, add
from app.personnel.employees.models import Employee
from app.personnel.positions.models import Position

RESERVES = (
    Kind(
        "Places that fell free while a reserve waits",
        "exams.reserves.call",
        "exams.certificates.list_staff",
        CertificateEntry,
        FREE & WAITING & (ReserveList.state == ReserveState.STANDING),
        ReserveList.agency_id,
        CertificateEntry.decided_at,
        CertificateEntry.decided_by,
        joins=(
            (ReserveList, ReserveList.certificate_id == CertificateEntry.certificate_id),
            (Certificate, Certificate.id == CertificateEntry.certificate_id),
        ),
        one=One("exams.reserves.call", "certificate_id", CertificateEntry.certificate_id, Certificate.number),
        days=7,
    ),
    Kind(
        "Answers from preferred lists to record",
        "exams.preferred_lists.answer",
        "exams.preferred_lists.list_staff",
        PreferredEntry,
        PreferredEntry.state == PreferredState.OFFERED,
        Position.agency_id,
        PreferredEntry.offered_at,
        PreferredEntry.offered_by,
        joins=(
            (Employee, Employee.id == PreferredEntry.employee_id),
            (Position, Position.id == PreferredEntry.position_id),
        ),
        values={"state": "offered"},
        one=One("exams.preferred_lists.answer", "entry_id", PreferredEntry.id, Employee.name),
        days=14,
    ),
)
add(RESERVES)
