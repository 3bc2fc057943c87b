"""What issuing and returning a certificate do to its reserve."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.exams import merit
from app.exams.certificates.models import Certificate
from app.exams.certificates.queries import load_entries_by_number
from app.exams.reserves.models import ReserveEntry, ReserveList
from app.exams.reserves.states import ReserveState, move
from app.platform.ids import new_id


def keep_reserve(
    session: Session,
    certificate: Certificate,
    book: merit.Rulebook,
    formed: merit.Certificate,
    at: dt.datetime,
) -> list[str]:
    """Keep the next people on the list behind a certificate that is issued now, and give their numbers.

    It belongs to the issue, which records itself. The reserve never outlives the list.
    """
    rule = book.certification.reserve if book.certification else None
    kept = [name.candidate_id for name in merit.keep_in_reserve(book, formed)]
    if rule is None or not kept:
        return []
    last, ends_on = rule.ends_on(formed.issued_on), certificate.merit_list.expires_on
    reserve = ReserveList(
        id=new_id("rsl"),
        certificate_id=certificate.id,
        agency_id=certificate.agency_id,
        state=ReserveState.STANDING,
        causes=",".join(rule.when),
        kept_at=at,
        lapses_on=min(last, ends_on) if ends_on else last,
    )
    session.add(reserve)
    session.flush()
    found = load_entries_by_number(session, certificate.merit_list_id, kept)
    session.add_all(
        ReserveEntry(id=new_id("rse"), reserve_id=reserve.id, entry_id=found[number].id, position=position)
        for position, number in enumerate(kept, start=1)
    )
    session.flush()
    return kept


def end_reserve(session: Session, certificate_id: str, at: dt.datetime) -> None:
    """End the reserve of a certificate that is returned; it belongs to the return, which records itself."""
    standing = (ReserveList.certificate_id == certificate_id) & (ReserveList.state == ReserveState.STANDING)
    reserve = session.scalar(select(ReserveList).where(standing).with_for_update())
    if reserve is not None:
        reserve.state, reserve.ended_at = move(reserve.state, ReserveState.ENDED), at
        session.flush()
