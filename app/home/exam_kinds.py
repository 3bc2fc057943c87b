"""The kinds of work that examinations, lists and certificates make."""

from __future__ import annotations

from app.exams.certificates.models import Certificate, CertificateEntry
from app.exams.certificates.states import CertificateState, Outcome
from app.exams.examinations.models import Examination
from app.exams.examinations.states import ExaminationState
from app.exams.keys.models import KeyVersion
from app.exams.keys.states import KeyState
from app.exams.merit_lists.models import MeritList
from app.exams.merit_lists.states import ListState
from app.home.waiting import Kind, One, add

EXAMS = (
    Kind(
        "Examinations to prepare",
        "exams.keys.propose",
        "exams.examinations.list_staff",
        Examination,
        Examination.state == ExaminationState.PLANNED,
        Examination.agency_id,
        Examination.created_at,
        values={"state": "planned"},
        one=One("exams.examinations.show", "examination_id", Examination.id, Examination.title),
    ),
    Kind(
        "Examinations to rank and publish",
        "exams.merit_lists.draft",
        "exams.examinations.list_staff",
        Examination,
        Examination.state == ExaminationState.HELD,
        Examination.agency_id,
        Examination.created_at,
        values={"state": "held"},
        one=One("exams.examinations.show", "examination_id", Examination.id, Examination.title),
        days=30,
    ),
    Kind(
        "Keys to decide",
        "exams.keys.decide",
        "exams.examinations.list_staff",
        KeyVersion,
        KeyVersion.state == KeyState.PROPOSED,
        Examination.agency_id,
        KeyVersion.proposed_at,
        KeyVersion.proposed_by,
        joins=((Examination, Examination.id == KeyVersion.examination_id),),
        one=One("exams.keys.decide", "key_id", KeyVersion.id, Examination.title),
        days=3,
    ),
    Kind(
        "Merit lists to approve",
        "exams.merit_lists.approve",
        "exams.merit_lists.list_staff",
        MeritList,
        MeritList.state == ListState.DRAFT,
        MeritList.agency_id,
        MeritList.drafted_at,
        MeritList.drafted_by,
        values={"state": "draft"},
        one=One("exams.merit_lists.show", "list_id", MeritList.id, Examination.title),
        days=5,
        joins=((Examination, Examination.id == MeritList.examination_id),),
    ),
    Kind(
        "Merit lists to publish",
        "exams.merit_lists.publish",
        "exams.merit_lists.list_staff",
        MeritList,
        MeritList.state == ListState.APPROVED,
        MeritList.agency_id,
        MeritList.approved_at,
        values={"state": "approved"},
        one=One("exams.merit_lists.show", "list_id", MeritList.id, Examination.title),
        days=5,
        joins=((Examination, Examination.id == MeritList.examination_id),),
    ),
    Kind(
        "Certificates to issue",
        "exams.certificates.issue",
        "exams.certificates.list_staff",
        Certificate,
        Certificate.state == CertificateState.DRAFTED,
        Certificate.agency_id,
        Certificate.requested_at,
        Certificate.requested_by,
        values={"state": "drafted"},
        one=One("exams.certificates.show", "certificate_id", Certificate.id, Certificate.number),
        days=3,
    ),
    Kind(
        "Names to select from",
        "exams.selections.appoint",
        "exams.certificates.list_staff",
        CertificateEntry,
        (Certificate.state == CertificateState.ISSUED) & (CertificateEntry.outcome == Outcome.PENDING),
        Certificate.agency_id,
        Certificate.issued_at,
        joins=((Certificate, Certificate.id == CertificateEntry.certificate_id),),
        values={"state": "issued"},
        one=One("exams.certificates.show", "certificate_id", Certificate.id, Certificate.number),
        due=Certificate.expires_on,
    ),
    Kind(
        "Pass-overs to approve",
        "exams.selections.decide_pass_over",
        "exams.certificates.list_staff",
        CertificateEntry,
        (Certificate.state == CertificateState.ISSUED) & (CertificateEntry.outcome == Outcome.OBJECTED),
        Certificate.agency_id,
        CertificateEntry.decided_at,
        CertificateEntry.decided_by,
        joins=((Certificate, Certificate.id == CertificateEntry.certificate_id),),
        values={"state": "issued"},
        one=One("exams.certificates.show", "certificate_id", Certificate.id, Certificate.number),
        days=5,
    ),
    Kind(
        "Certificates that end soon",
        "exams.certificates.close",
        "exams.certificates.list_staff",
        Certificate,
        (Certificate.state == CertificateState.ISSUED) & Certificate.expires_on.is_not(None),
        Certificate.agency_id,
        Certificate.issued_at,
        values={"state": "issued"},
        one=One("exams.certificates.show", "certificate_id", Certificate.id, Certificate.number),
        due=Certificate.expires_on,
        within=30,
    ),
)
add(EXAMS)
