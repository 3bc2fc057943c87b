"""Reading days: those that are announced to everyone, and a person's own."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.exams.admit_cards.queries import load_meetings
from app.exams.exam_days.days import Day
from app.exams.exam_days.models import CalendarLink
from app.exams.examinations.models import Candidate, Examination
from app.exams.interviews.queries import list_invitations
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Submission
from app.recruitment.postings.models import OWN, Posting
from app.recruitment.postings.states import PostingState

PAST = dt.timedelta(days=30)  # what has been stays in a calendar for a while
MOST = 500


def list_announced(session: Session, at: dt.datetime, *, agency_id: str = "") -> list[Day]:
    """List announced examinations and the closings of open vacancies here, the earliest first.

    Places and times of day are for the candidates, in their own calendar.
    """
    examinations = (
        select(Examination)
        .where(Examination.held_on >= (at - PAST).date())
        .options(joinedload(Examination.agency))
        .order_by(Examination.held_on, Examination.id)
        .limit(MOST)
    )
    closings = (
        select(Posting)
        .where(Posting.state == PostingState.PUBLISHED, Posting.closes_at > at, Posting.source == OWN)
        .options(joinedload(Posting.agency))
        .order_by(Posting.closes_at, Posting.id)
        .limit(MOST)
    )
    if agency_id:
        examinations = examinations.where(Examination.agency_id == agency_id)
        closings = closings.where(Posting.agency_id == agency_id)
    found = [Day.of_examination(examination) for examination in session.scalars(examinations)]
    found += [Day.of_closing(posting) for posting in session.scalars(closings)]
    return sorted(found, key=Day.order)


def list_own(session: Session, account_id: str, at: dt.datetime) -> list[Day]:
    """List a person's examinations and interviews, with place and times once told, and drafts' deadlines."""
    registered = (
        select(Examination, Candidate.id)
        .join(Candidate, Candidate.examination_id == Examination.id)
        .join(Application, Application.id == Candidate.application_id)
        .where(Application.account_id == account_id, Examination.held_on >= (at - PAST).date())
        .options(joinedload(Examination.agency))
        .limit(MOST)
    )
    drafts = (
        select(Posting)
        .join(Application, Application.posting_id == Posting.id)
        .where(
            Application.account_id == account_id,
            Application.submission == Submission.DRAFT,
            Application.changes_id.is_(None),  # a working copy: its application is received and stands
            Posting.state == PostingState.PUBLISHED,
            Posting.closes_at > at,
        )
        .options(joinedload(Posting.agency))
        .limit(MOST)
    )
    meetings = load_meetings(session, Application.account_id == account_id)
    found = [
        Day.of_candidate(examination, meetings.get(candidate_id))
        for examination, candidate_id in session.execute(registered)
    ]
    found += [Day.of_draft(posting) for posting in session.scalars(drafts)]
    found += [
        Day.of_interview(slot, application_id)
        for slot, application_id in list_invitations(session, account_id)
        if slot.starts_at >= at - PAST
    ]
    return sorted(found, key=Day.order)


def find_link(session: Session, account_id: str) -> CalendarLink | None:
    """Find a person's link."""
    return session.scalar(select(CalendarLink).where(CalendarLink.account_id == account_id))


def find_link_by_id(session: Session, link_id: str) -> CalendarLink | None:
    """Find the link that an address names."""
    return session.get(CalendarLink, link_id)
