"""Examinations, candidates, keys, answer sheets, lists and certificates, made by direct inserts."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from app.exams import rulebooks
from app.exams.certificates.models import Certificate, CertificateEntry
from app.exams.certificates.states import CertificateState, Outcome
from app.exams.examinations.models import Candidate, Examination, ExamItem
from app.exams.examinations.states import Attendance, ExaminationState
from app.exams.keys.models import KeyVersion
from app.exams.keys.states import KeyState
from app.exams.merit_lists.models import MeritList, MeritListEntry
from app.exams.merit_lists.states import ListState
from app.exams.responses.models import ResponseImport, ResponseSheet
from app.exams.responses.states import ImportState
from app.platform.ids import new_id
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Assessment, Screening
from app.recruitment.postings.models import Posting
from app.recruitment.postings.states import PostingState
from tests.factories.accounts import make_account
from tests.factories.applications import make_application
from tests.factories.recruitment import make_posting, make_requisition

# The fixed moment of the tests is 2026-11-20 15:00 UTC: what is made here lies before it.
HELD_ON = dt.date(2026, 11, 16)
DECIDED_AT = dt.datetime(2026, 11, 17, 14, 0, tzinfo=dt.UTC)
Row = TypeVar("Row")
NO_DIGEST = "0" * 64


def make_examination(
    session: Session, *, posting: Posting | None = None, items: Sequence[str] = ("1", "2", "3"), **values: Any
) -> Examination:
    """Insert a planned examination of a closed posting, with items of these codes and options A to D."""
    if posting is None:
        posting = make_posting(session, state=PostingState.CLOSED)
    own = values.pop("id", None) or new_id("exm")
    book = rulebooks.freeze("city-civil-service", HELD_ON)
    made = [
        ExamItem(id=new_id("itm"), examination_id=own, code=code, position=place)
        for place, code in enumerate(items, start=1)
    ]
    examination = Examination(
        **{
            "id": own,
            "number": f"EX-{own[-8:].upper()}",
            "agency_id": posting.agency_id,
            "posting_id": posting.id,
            "title": posting.title,
            "held_on": HELD_ON,
            "rulebook": book.name,
            "rulebook_version": book.version,
            "rulebook_digest": book.digest,
            "rulebook_text": book.text,
            "options": ["A", "B", "C", "D"],
            "blanks": [""],
            "multiples": ["*"],
            "state": ExaminationState.PLANNED,
            "created_at": DECIDED_AT,
            "items": made,
        }
        | values
    )
    return _insert(session, examination)


def make_candidate(
    session: Session, examination: Examination, *, application: Application | None = None, **values: Any
) -> Candidate:
    """Insert a candidate; without an application a new person's eligible one is made."""
    if application is None:
        application = make_application(
            session,
            posting_id=examination.posting_id,
            account_id=make_account(session).id,
            screening=Screening.ELIGIBLE,
            assessment=Assessment.REGISTERED,
        )
    own = new_id("cnd")
    return _insert(
        session,
        Candidate(
            **{
                "id": own,
                "examination_id": examination.id,
                "application_id": application.id,
                "number": f"C-{own[-8:].upper()}",
                "attendance": Attendance.EXPECTED,
            }
            | values
        ),
    )


def make_key(
    session: Session, examination: Examination, *, answers: Mapping[str, str] | None = None, **values: Any
) -> KeyVersion:
    """Insert an approved key; `answers` maps items to their one right option, A for each unless given."""
    codes = [item.code for item in examination.items]
    right = dict.fromkeys(codes, "A") | dict(answers or {})
    state = values.setdefault("state", KeyState.APPROVED)
    values["proposed_by"] = values.get("proposed_by") or make_account(session).id
    if state is not KeyState.PROPOSED:
        values["decided_by"] = values.get("decided_by") or make_account(session).id
        values.setdefault("decided_at", DECIDED_AT)
        values.setdefault("decision_reason", "Checked against the question paper.")
    return _insert(
        session,
        KeyVersion(
            **{
                "id": new_id("key"),
                "examination_id": examination.id,
                "version": 1,
                "answers": {
                    code: {"accepted": [option], "treatment": "normal"} for code, option in right.items()
                },
                "digest": NO_DIGEST,
                "reason": "The first key.",
                "proposed_at": DECIDED_AT,
            }
            | values
        ),
    )


def make_import(
    session: Session,
    examination: Examination,
    *,
    sheets: Mapping[str, Mapping[str, str]] | None = None,
    **values: Any,
) -> ResponseImport:
    """Insert an import in force; `sheets` maps candidates' ids to their answers by item code."""
    own = new_id("imp")
    sheets = sheets or {}
    made = _insert(
        session,
        ResponseImport(
            **{
                "id": own,
                "examination_id": examination.id,
                "filename": "answers.csv",
                "digest": hashlib.sha256(own.encode()).hexdigest(),
                "rows": max(len(sheets), 1),
                "absent": 0,
                "state": ImportState.CURRENT,
                "imported_at": DECIDED_AT,
            }
            | values
        ),
    )
    session.add_all(
        ResponseSheet(import_id=own, candidate_id=candidate, answers=_packed(answers), digest=NO_DIGEST)
        for candidate, answers in sheets.items()
    )
    session.flush()
    return made


def make_list(
    session: Session,
    examination: Examination,
    *,
    key: KeyVersion | None = None,
    response_import: ResponseImport | None = None,
    **values: Any,
) -> MeritList:
    """Insert a published list without entries, or one in the given state."""
    key = key or make_key(session, examination)
    response_import = response_import or make_import(session, examination)
    state = values.setdefault("state", ListState.PUBLISHED)
    values["drafted_by"] = values.get("drafted_by") or make_account(session).id
    if state in (ListState.APPROVED, ListState.PUBLISHED, ListState.SUPERSEDED):
        values["approved_by"] = values.get("approved_by") or make_account(session).id
        values.setdefault("approved_at", DECIDED_AT)
    if state in (ListState.PUBLISHED, ListState.SUPERSEDED):
        values.setdefault("published_by", values["approved_by"])
        values.setdefault("published_at", DECIDED_AT)
        values.setdefault("expires_on", dt.date(2027, 11, 17))
    return _insert(
        session,
        MeritList(
            **{
                "id": new_id("lst"),
                "examination_id": examination.id,
                "agency_id": examination.agency_id,
                "version": 1,
                "rulebook_digest": examination.rulebook_digest,
                "key_version_id": key.id,
                "import_id": response_import.id,
                "seed": "a seed drawn in public",
                "facts": {},
                "inputs_digest": NO_DIGEST,
                "digest": NO_DIGEST,
                "ranked": 0,
                "passed": 0,
                "drafted_at": DECIDED_AT,
            }
            | values
        ),
    )


def make_entry(
    session: Session, merit_list: MeritList, *, candidate: Candidate, place: int, **values: Any
) -> MeritListEntry:
    """Insert an entry of who passed with 90 of 100, ranked by place."""
    return _insert(
        session,
        MeritListEntry(
            **{
                "id": new_id("ent"),
                "list_id": merit_list.id,
                "candidate_id": candidate.id,
                "application_id": candidate.application_id,
                "place": place,
                "rank": place,
                "marks": 90,
                "preference": 0,
                "final": 90,
                "denominator": 1,
                "is_passed": True,
                "has_preference": False,
                "tier": 0,
                "category": "",
                "derivation": {},
            }
            | values
        ),
    )


def make_certificate(
    session: Session, merit_list: MeritList, *, entries: Iterable[MeritListEntry] = (), **values: Any
) -> Certificate:
    """Insert an issued certificate that holds these entries, nothing decided on any of them."""
    own = values.pop("id", None) or new_id("crt")
    state = values.setdefault("state", CertificateState.ISSUED)
    if not values.get("requisition_id"):
        values["requisition_id"] = make_requisition(session, agency_id=merit_list.agency_id).id
    values["requested_by"] = values.get("requested_by") or make_account(session).id
    if state is not CertificateState.DRAFTED:
        values["issued_by"] = values.get("issued_by") or make_account(session).id
        values.setdefault("issued_at", DECIDED_AT)
        values.setdefault("expires_on", dt.date(2027, 1, 16))
    names = [
        CertificateEntry(
            id=new_id("cen"), certificate_id=own, entry_id=entry.id, position=place, outcome=Outcome.PENDING
        )
        for place, entry in enumerate(entries, start=1)
    ]
    certificate = Certificate(
        **{
            "id": own,
            "number": f"CERT-{own[-8:].upper()}",
            "merit_list_id": merit_list.id,
            "agency_id": merit_list.agency_id,
            "rule": "people",
            "vacancies": 1,
            "requested_at": DECIDED_AT,
            "entries": names,
        }
        | values
    )
    return _insert(session, certificate)


def _packed(answers: Mapping[str, str]) -> str:
    """Write answers A to D, in the order in which they are given, as a sheet stores them."""
    return "".join(answer or "-" for answer in answers.values())


def _insert(session: Session, row: Row) -> Row:
    session.add(row)
    session.flush()
    return row
