"""The kinds of work that wait in the office, one row a kind; each noun says what its waiting looks like."""

from __future__ import annotations

from app.accounts.grants.states import GrantState
from app.accounts.models import RoleGrant
from app.exams.certificates.models import Certificate, CertificateEntry
from app.exams.certificates.states import CertificateState, Outcome
from app.exams.examinations.models import Examination
from app.exams.examinations.states import ExaminationState
from app.exams.keys.models import KeyVersion
from app.exams.keys.states import KeyState
from app.exams.merit_lists.models import MeritList
from app.exams.merit_lists.states import ListState
from app.home.waiting import Kind
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.states import CaseState
from app.recruitment.applications.models import Application, ApplicationClaim
from app.recruitment.applications.states import ClaimState, Screening, Submission
from app.recruitment.messages.models import MessageThread
from app.recruitment.postings.models import Posting
from app.recruitment.postings.states import PostingState
from app.recruitment.requisitions.models import Requisition
from app.recruitment.requisitions.states import RequisitionState

# A cancelled posting leaves nothing to screen.
RECEIVED = (Application.submission == Submission.SUBMITTED) & (Posting.state != PostingState.CANCELLED)

KINDS = (
    Kind(
        "Requisitions to decide",
        "recruitment.requisitions.decide",
        "recruitment.requisitions.list_staff",
        Requisition,
        Requisition.state == RequisitionState.SUBMITTED,
        Requisition.agency_id,
        Requisition.requested_at,
        Requisition.requested_by,
        values={"state": "submitted"},
    ),
    Kind(
        "Postings to approve",
        "recruitment.postings.approve",
        "recruitment.postings.list_staff",
        Posting,
        Posting.state == PostingState.SUBMITTED,
        Posting.agency_id,
        Posting.created_at,
        Posting.submitted_by,
        values={"state": "submitted"},
    ),
    Kind(
        "Postings to publish",
        "recruitment.postings.publish",
        "recruitment.postings.list_staff",
        Posting,
        Posting.state == PostingState.APPROVED,
        Posting.agency_id,
        Posting.created_at,
        values={"state": "approved"},
    ),
    Kind(
        "Applications to screen",
        "recruitment.screening.decide",
        "recruitment.applications.list_staff",
        Application,
        RECEIVED & (Application.screening == Screening.PENDING),
        Posting.agency_id,
        Application.submitted_at,
        joins=((Posting, Posting.id == Application.posting_id),),
    ),
    Kind(
        "Preference claims to verify",
        "recruitment.claims.decide",
        "recruitment.claims.list_staff",
        ApplicationClaim,
        RECEIVED & (ApplicationClaim.state == ClaimState.CLAIMED),
        Posting.agency_id,
        Application.submitted_at,
        joins=(
            (Application, Application.id == ApplicationClaim.application_id),
            (Posting, Posting.id == Application.posting_id),
        ),
    ),
    Kind(
        "Messages to answer",
        "recruitment.messages.reply",
        "recruitment.messages.list_staff",
        MessageThread,
        MessageThread.waiting_since.is_not(None),
        MessageThread.agency_id,
        MessageThread.waiting_since,
    ),
    Kind(
        "Examinations to prepare",
        "exams.keys.propose",
        "exams.examinations.list_staff",
        Examination,
        Examination.state == ExaminationState.PLANNED,
        Examination.agency_id,
        Examination.created_at,
        values={"state": "planned"},
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
    ),
    Kind(
        "Disciplinary cases in draft",
        "personnel.discipline.propose",
        "personnel.discipline.list_staff",
        DisciplinaryCase,
        DisciplinaryCase.state == CaseState.DRAFT,
        DisciplinaryCase.agency_id,
        DisciplinaryCase.opened_at,
        values={"state": "draft"},
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
    ),
    Kind(
        "Roles to decide",
        "accounts.decide_role",
        "accounts.list_proposed_roles",
        RoleGrant,
        RoleGrant.state == GrantState.PROPOSED,
        RoleGrant.agency_id,
        RoleGrant.granted_at,
        RoleGrant.granted_by,
    ),
)
