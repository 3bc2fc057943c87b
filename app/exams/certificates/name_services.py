"""What every decision on a certified name shares: loading, the rule's say, a decline, reach formed again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.exams import merit
from app.exams.certificates import queries, rules
from app.exams.certificates.models import Certificate, CertificateEntry
from app.exams.certificates.rules import Name, Standing
from app.exams.certificates.services import (
    book_of,
    certify_names,
    form_now,
    is_in_force,
    move_placement,
    record,
)
from app.exams.certificates.states import Outcome, move_outcome
from app.exams.considerations.models import Consideration
from app.exams.considerations.queries import list_owed
from app.exams.considerations.rules import say_who_comes_first
from app.exams.merit_lists.states import ListState
from app.exams.reserves.queries import count_filled
from app.platform import clock
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid, NotFound
from app.recruitment.applications.states import Placement


def find_name(certificate: Certificate, entry_id: str, at: dt.datetime) -> CertificateEntry:
    """Give a name on a loaded certificate; Conflict when nothing can be recorded on it any more."""
    entry = next((entry for entry in certificate.entries if entry.id == entry_id), None)
    if entry is None:
        raise NotFound("This name is not on the certificate.")
    merit_list = certificate.merit_list
    rules.demand_live(certificate.state, merit_list.state is ListState.PUBLISHED, is_in_force(merit_list, at))
    return entry


def demand_appointable(
    session: Session, certificate: Certificate, entry: CertificateEntry, position_id: str, at: dt.datetime
) -> None:
    """Refuse what could not be appointed now: no vacancy, no such position, or not lawful by the rulebook."""
    rules.demand_vacancy(count_filled(session, certificate), certificate.vacancies)
    move_outcome(entry.outcome, Outcome.APPOINTED)
    if position_id not in {position.id for position in queries.vacant_positions(certificate.requisition)}:
        raise Invalid(position_id="Select a vacant position of this requisition.")
    held_back = say_who_is_owed(list_owed_on(session, certificate), entry)
    if held_back is not None:
        raise Conflict(held_back)
    formed = form_now(session, certificate, at)
    number = entry.entry.candidate.number
    today = clock.local_date(at, certificate.agency.time_zone)
    rules.demand_lawful(
        rules.judge(book_of(certificate.merit_list), formed, names_of(certificate), number, today)
    )


def decline_name(
    session: Session,
    certificate: Certificate,
    entry: CertificateEntry,
    *,
    code: str,
    reason: str,
    action: str,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Keep that a certified person declined, with the evidence; the next name comes within reach."""
    rules.check_code(rules.DECLINES, code, reason)
    entry.outcome = move_outcome(entry.outcome, Outcome.DECLINED)
    entry.code, entry.reason, entry.decided_by, entry.decided_at = code, reason.strip(), actor.id, at
    entry.approved_by = entry.approved_at = None
    for placement in (Placement.CERTIFIED, Placement.DECLINED):
        move_placement(session, [entry.entry.application_id], placement, action, actor, at)
    record(session, action, certificate, actor, at, candidate=entry.entry.candidate.number, code=code)
    form_again(session, certificate, actor, at)


def list_owed_on(session: Session, certificate: Certificate) -> list[Consideration]:
    """List the considerations that come before all names of a loaded certificate."""
    class_code = certificate.merit_list.examination.posting.class_code
    return list_owed(session, agency_id=certificate.agency_id, class_code=class_code)


def say_who_is_owed(owed: Sequence[Consideration], entry: CertificateEntry) -> str | None:
    """Say who has to be considered before a name; None when nobody has."""
    return say_who_comes_first(
        [one.application.account_id for one in owed],
        entry.entry.application.account_id,
        [one.application.applicant_name or one.application.number or "" for one in owed],
    )


def stand_now(ruling: merit.Ruling, owed: Sequence[Consideration], entry: CertificateEntry) -> Standing:
    """Put into words what may be done with a name, by the rulebook and by what is owed to others."""
    standing = rules.standing_of(ruling)
    held_back = say_who_is_owed(owed, entry)
    if held_back is None or entry.outcome is Outcome.APPOINTED:
        return standing
    return Standing(False, standing.in_reach, (*standing.refusals, held_back))


def stand_all(
    certificate: Certificate, formed: merit.Certificate, owed: Sequence[Consideration], at: dt.datetime
) -> list[dict[str, Any]]:
    """Pair each name of a loaded certificate with what may be done with it now."""
    book, known = book_of(certificate.merit_list), names_of(certificate)
    today = clock.local_date(at, certificate.agency.time_zone)
    return [
        {
            "entry": entry,
            "standing": stand_now(
                rules.judge(book, formed, known, entry.entry.candidate.number, today), owed, entry
            ),
            "waits": rules.needs_approval(book, entry.entry.has_preference),
        }
        for entry in certificate.entries
    ]


def names_of(certificate: Certificate) -> list[Name]:
    """Give the names of a loaded certificate as the rules see them."""
    return [
        Name(
            entry.entry.candidate.number,
            entry.outcome,
            entry.approved_by is not None,
            entry.entry.has_preference,
        )
        for entry in certificate.entries
    ]


def form_again(session: Session, certificate: Certificate, actor: Actor, at: dt.datetime) -> None:
    """Certify whom the rule brings within reach now that a name is gone."""
    names = names_of(certificate)
    formed = form_now(session, certificate, at)
    ruling = rules.judge(
        book_of(certificate.merit_list),
        formed,
        names,
        names[0].number,
        clock.local_date(at, certificate.agency.time_zone),
    )
    known = {name.number for name in names}
    new = [number for number in ruling.reach if number not in known]
    if new:
        certify_names(session, certificate, new, actor, at)
        record(session, "exams.certificates.supplement", certificate, actor, at, names=new)
