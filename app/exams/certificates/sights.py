"""What every page of a certificate shows of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from app.exams.certificates import rules, services
from app.exams.certificates.models import Certificate
from app.exams.certificates.name_services import list_owed_on, stand_all
from app.exams.certificates.queries import load_entries_by_number
from app.exams.certificates.states import CertificateState
from app.exams.corrections.queries import list_flags
from app.exams.corrections.rules import sentences
from app.exams.joint_certificates.queries import find_part
from app.exams.offers.queries import list_for_certificate
from app.exams.reserves.queries import count_filled, find_reserve


def load_sight(session: Session, certificate: Certificate, at: dt.datetime) -> dict[str, Any]:
    """Give what every page of a certificate shows of it."""
    book = services.book_of(certificate.merit_list)
    formed = services.form_now(session, certificate, at)
    owed = list_owed_on(session, certificate) if certificate.ended_at is None else []
    return {
        "certificate": certificate,
        "examination": certificate.merit_list.examination,
        "merit_list": certificate.merit_list,
        "book": book,
        "formed": formed,
        "next_sentence": rules.next_sentence(book, formed),
        "preview": _preview(session, certificate, formed),
        "names": stand_all(certificate, formed, owed, at),
        "filled": count_filled(session, certificate),
        "reserve": find_reserve(session, certificate.id),
        "is_live": services.is_live(certificate, at),
        "codes": {**rules.DECLINES, **rules.PASS_OVERS},
        "offers": list_for_certificate(session, certificate.id),
        "flags": list_flags(session, certificate.id),
        "flag_sentences": sentences,
        "owed": owed,
        "joint": find_part(session, certificate.id),
    }


def _preview(session: Session, certificate: Certificate, formed: Any) -> list[Any]:
    """Give the names that a certificate would hold if it were issued now; none once it is issued."""
    if certificate.state is not CertificateState.DRAFTED:
        return []
    numbers = [name.candidate_id for name in formed.names]
    found = load_entries_by_number(session, certificate.merit_list_id, numbers)
    return [found[number] for number in numbers]
