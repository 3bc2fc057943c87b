"""The kinds of work that wait in the office, one row a kind; each noun says what its waiting looks like."""

from __future__ import annotations

from app.accounts.grants.states import GrantState
from app.accounts.models import RoleGrant
from app.home.waiting import Kind, One, add
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.states import CaseState
from app.personnel.discipline.visibility import visible_to
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
        one=One("recruitment.requisitions.show", "requisition_id", Requisition.id, Requisition.title),
        days=7,
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
        one=One("recruitment.postings.show", "posting_id", Posting.id, Posting.title),
        days=5,
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
        one=One("recruitment.postings.show", "posting_id", Posting.id, Posting.title),
        days=5,
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
        one=One("recruitment.screening.decide", "application_id", Application.id, Application.number),
        days=14,
        bulk="screen",
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
        one=One("recruitment.applications.show_staff", "application_id", Application.id, Application.number),
        days=14,
    ),
    Kind(
        "Messages to answer",
        "recruitment.messages.reply",
        "recruitment.messages.list_staff",
        MessageThread,
        MessageThread.waiting_since.is_not(None),
        MessageThread.agency_id,
        MessageThread.waiting_since,
        one=One(
            "recruitment.messages.show_staff",
            "application_id",
            MessageThread.application_id,
            Application.number,
        ),
        days=3,
        joins=((Application, Application.id == MessageThread.application_id),),
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
        one=One("personnel.discipline.show", "case_id", DisciplinaryCase.id, DisciplinaryCase.number),
        days=14,
        visible=visible_to,
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
        one=One("accounts.decide_role", "grant_id", RoleGrant.id, RoleGrant.role),
        days=5,
    ),
)
add(KINDS)
