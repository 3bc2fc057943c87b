"""A reserve list that lives: a rulebook that keeps one, a decline, the call of the next, another decline."""

from __future__ import annotations

from importlib.resources import files

from app.demonstration import examining, places
from app.demonstration.accounts import OFFICERS
from app.demonstration.office import Office
from app.demonstration.places import HEALTH
from app.demonstration.timeline import Story
from app.demonstration.vacancies import Vacancy
from app.exams.certificates.queries import get_certificate
from app.exams.certificates.services import issue_certificate, request_certificate
from app.exams.certificates.states import Outcome
from app.exams.reserves.queries import get_reserve, list_free_places
from app.exams.reserves.services import call_next, find_next
from app.exams.rulebook_versions.services import decide_rulebook, upload_rulebook
from app.exams.selections.services import record_decline

ZONE = places.ZONES[HEALTH]
FIRST, SECOND = OFFICERS[HEALTH]
HELD, ASKED = 204, 33
READ = "Compared with Ordinance 22, section by section."
ELSEWHERE = "Wrote on the day of the offer: has taken up work at the county hospital."
HOURS = "Answered by mail on the third day: cannot work at weekends."
SHOWN = "The answer to the offer is on file; nobody higher on the list is left."


def bring_rules(office: Office) -> Story:
    """Bring a rulebook that keeps a reserve, and have it looked at by a second person."""
    session, at = yield office.timeline.office(268, ZONE, 9, 45)
    content = (files("app.demonstration") / "health-rulebook.toml").read_bytes()
    officer, agency_id = office.member(session, "exam.officer"), office.agencies[HEALTH]
    own = upload_rulebook(session, agency_id=agency_id, content=content, actor=officer, at=at).id
    session, at = yield office.timeline.office(265, ZONE, 11, 20)
    second = office.member(session, FIRST)
    decide_rulebook(session, version_id=own, is_approved=True, reason=READ, actor=second, at=at)


def carers(office: Office, vacancy: Vacancy) -> Story:
    """Hold the examination, certify one name for each vacancy, and call the next when one declines."""
    title = "Public Health Nurse, written examination"
    yield from examining.hold(office, vacancy, items=30, held=HELD, title=title)
    yield from examining.rank(office, vacancy, held=HELD)
    session, at = yield office.timeline.office(ASKED, ZONE, 11, 40)
    own = request_certificate(
        session,
        merit_list_id=office.sittings[vacancy.key].list_id,
        requisition_id=office.requisitions[vacancy.key],
        vacancies=vacancy.openings,
        actor=office.member(session, FIRST),
        at=at,
    ).id
    session, at = yield office.timeline.office(ASKED - 1, ZONE, 10)
    issue_certificate(session, certificate_id=own, actor=office.member(session, SECOND), at=at)
    yield from _decline(office, own, 28, "unavailable", ELSEWHERE)
    yield from _call(office, own, 26)
    yield from _decline(office, own, 3, "hours", HOURS)


def _decline(office: Office, own: str, days: int, code: str, reason: str) -> Story:
    session, at = yield office.timeline.office(days, ZONE, 15, 30)
    authority = office.member(session, "appointing.authority")
    certificate = get_certificate(session, own, authority)
    record_decline(
        session,
        certificate_id=own,
        entry_id=next(entry.id for entry in certificate.entries if entry.outcome is Outcome.PENDING),
        code=code,
        reason=reason,
        actor=authority,
        at=at,
    )


def _call(office: Office, own: str, days: int) -> Story:
    session, at = yield office.timeline.office(days, ZONE, 10, 10)
    officer = office.member(session, FIRST)
    certificate, reserve = get_certificate(session, own, officer), get_reserve(session, own)
    due = find_next(session, certificate, reserve)
    call_next(
        session,
        certificate_id=own,
        place_id=list_free_places(session, reserve, ZONE)[0].name_id,
        reserve_entry_id=due.id if due else "",
        reason=SHOWN,
        actor=officer,
        at=at,
    )
