"""The kinds of work that people's rights make: appeals, objections to a key, requests to delete."""

from __future__ import annotations

from sqlalchemy import literal

from app.accounts.models import Agency
from app.compliance.case_purges.models import CasePurge
from app.compliance.deletions.models import DeletionRequest
from app.compliance.deletions.states import DeletionState
from app.compliance.retention.models import Purge
from app.compliance.retention.states import PurgeState
from app.exams.appeals.models import Appeal
from app.exams.appeals.states import AppealState
from app.exams.challenges.models import Challenge
from app.exams.challenges.states import ChallengeState
from app.exams.examinations.models import Examination
from app.exams.objections.models import Objection
from app.exams.objections.states import ObjectionState
from app.home.waiting import Kind, One, add
from app.recruitment.applications.models import Application
from app.recruitment.postings.models import Posting

QUESTION = literal("Question ") + Objection.item
OF_EXAMINATION = ((Examination, Examination.id == Objection.examination_id),)

RIGHTS = (
    Kind(
        "Appeals to decide",
        "exams.appeals.decide",
        "exams.appeals.list_staff",
        Appeal,
        Appeal.state == AppealState.FILED,
        Appeal.agency_id,
        Appeal.filed_at,
        values={"state": "filed"},
        one=One("exams.appeals.show", "appeal_id", Appeal.id, Application.number),
        joins=((Application, Application.id == Appeal.application_id),),
        days=30,
    ),
    Kind(
        "Objections to a key to decide",
        "exams.challenges.propose",
        "exams.examinations.list_staff",
        Objection,
        Objection.state == ObjectionState.FILED,
        Examination.agency_id,
        Objection.filed_at,
        joins=OF_EXAMINATION,
        one=One("exams.objections.show", "objection_id", Objection.id, QUESTION),
        days=10,
    ),
    Kind(
        "Decisions on challenges to confirm",
        "exams.challenges.confirm",
        "exams.examinations.list_staff",
        Challenge,
        Challenge.state == ChallengeState.PROPOSED,
        Examination.agency_id,
        Challenge.proposed_at,
        proposer=Challenge.proposed_by,
        joins=((Examination, Examination.id == Challenge.examination_id),),
        one=One("exams.challenges.show", "challenge_id", Challenge.id, Examination.title),
        days=3,
    ),
    Kind(
        "Requests to delete to look at",
        "compliance.deletions.propose",
        "compliance.deletions.list_staff",
        DeletionRequest,
        DeletionRequest.state == DeletionState.ASKED,
        None,
        DeletionRequest.asked_at,
        one=One("compliance.deletions.show", "request_id", DeletionRequest.id, ""),
        days=14,
    ),
    Kind(
        "Deletions to approve",
        "compliance.deletions.approve",
        "compliance.deletions.list_staff",
        DeletionRequest,
        DeletionRequest.state == DeletionState.PROPOSED,
        None,
        DeletionRequest.proposed_at,
        proposer=DeletionRequest.proposed_by,
        one=One("compliance.deletions.show", "request_id", DeletionRequest.id, ""),
        days=14,
    ),
    Kind(
        "Purges to approve",
        "compliance.retention.approve",
        "compliance.retention.list_staff",
        Purge,
        Purge.state == PurgeState.PROPOSED,
        Purge.agency_id,
        Purge.proposed_at,
        proposer=Purge.proposed_by,
        joins=((Posting, Posting.id == Purge.posting_id),),
        one=One("compliance.retention.show", "purge_id", Purge.id, Posting.title),
        days=14,
    ),
    Kind(
        "Purges of disciplinary cases to approve",
        "compliance.case_purges.approve",
        "compliance.case_purges.list_staff",
        CasePurge,
        CasePurge.state == PurgeState.PROPOSED,
        CasePurge.agency_id,
        CasePurge.proposed_at,
        proposer=CasePurge.proposed_by,
        joins=((Agency, Agency.id == CasePurge.agency_id),),
        one=One("compliance.case_purges.show", "purge_id", CasePurge.id, Agency.name),
        days=14,
    ),
)

add(RIGHTS)
