"""A certificate audited and corrected: nobody enters on duty before, and who lost by an error comes first."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from unittest import mock

import pytest
from sqlalchemy.orm import Session

from app.exams.selections.services import appoint_name
from app.personnel.appointments.states import AppointmentKind
from app.platform import clock, storage
from tests.browser.people import PHONE, Person
from tests.browser.serving import Site, serving
from tests.browser.steps_applicant import paper
from tests.integration.exams import world as exams

ZONE = "America/New_York"
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An office that appointed Ben by a list whose key was wrong, and has corrected the list."""
    folder = tmp_path_factory.mktemp("audit")
    with serving(folder, partial(fill, folder)) as started:
        yield started


def fill(folder: Path, session: Session) -> dict[str, str]:
    """Play the examination by its services: the key is corrected after Ben was appointed."""
    with mock.patch.object(storage, "_store", storage.FileStore(folder / "files")):
        now = clock.now()
        today = clock.local_date(now, ZONE)
        with mock.patch.multiple(exams, AT=now, HELD_ON=today):
            world = exams.prepare(exams.make_world(session, openings=3))
            certificate = exams.certify(world, exams.publish(world))
            ben = world.numbers()["Ben"]
            appoint_name(
                session,
                certificate_id=certificate.id,
                entry_id=next(row.id for row in certificate.entries if row.entry.candidate.number == ben),
                position_id=world.positions[0].id,
                starts_on=today,
                kind=AppointmentKind.PROBATIONAL,
                actor=world.actor("authority"),
                at=now,
            )
            exams.set_key(world, {str(item): "B" for item in range(6, 11)}, reason="Half of the key was old.")
            exams.publish(world, reason="The key was wrong.")
            session.flush()
    return {short: account.email for short, account in world.accounts.items()}


def seated(person, name: str, **options) -> Person:  # type: ignore[no-untyped-def]
    somebody = person(name, **options)
    somebody.signs_in()
    return somebody


def to_the_certificate(somebody: Person) -> None:
    somebody.opens("/staff/certificates")
    somebody.goes_on(somebody.page.locator("main a[href*='/staff/certificates/crt_']"))


def test_a_certificate_is_audited_and_what_was_lost_is_made_good(person):
    authority = seated(person, "authority", viewport=PHONE)
    authority.opens("/staff/appointments")
    authority.goes_on(authority.page.locator("main a[href*='/staff/appointments/apt_']"))
    authority.reads("May not enter on duty yet", "has to be audited first")
    authority.shows("appointment-barred")
    authority.presses("Record the entry on duty")
    authority.presses("Record the entry on duty")
    authority.reads("There is a problem", "has to be audited first")

    officer = seated(person, "hr_officer")
    to_the_certificate(officer)
    officer.presses("Audits")
    officer.reads("This certificate was not audited yet.")
    officer.presses("Audit now")
    officer.reads("3 findings")
    officer.goes_on(officer.page.locator("main a[href*='/staff/selection-audits/']"))
    officer.reads("Lost consideration", "consideration was lost")
    officer.shows("audit")
    audit = officer.page.url
    officer.follows("Propose a priority consideration for Fay")
    officer.presses("Propose a priority consideration")
    officer.reads("Enter how consideration was lost")
    officer.types("How consideration was lost", "By the corrected key Fay stood first.")
    officer.presses("Propose a priority consideration")
    owed = officer.page.url

    second = seated(person, "second_officer")
    second.opens(owed)
    second.presses("Decide")
    second.ticks("Grant it")
    second.types("Reason", "The audit shows it.")
    second.presses("Record the decision")
    second.reads("Owed")
    second.shows("consideration")
    second.opens(audit)
    second.presses("Settle the findings")
    second.types("How each finding is put right", "Fay comes first for the next vacancy; so do Eva and Dan.")
    second.presses("Settle the findings")
    second.reads("How it is put right")

    authority.presses("Record the entry on duty")
    authority.reads("Entry on duty recorded.")


def test_the_next_certificate_considers_first_who_lost(person):
    authority = seated(person, "authority")
    authority.opens("/staff/name-requests")
    authority.presses("Ask for names")
    authority.goes_on(authority.page.locator("main a[href*='/staff/name-requests/lists/']"))
    authority.presses("Ask for names")
    authority.reads("There is a problem", "Select a requisition")
    authority.page.get_by_role("radio").first.check()
    authority.types("What HR has to know", "One post is urgent.")
    authority.presses("Ask for names")
    asked = authority.page.url

    officer = seated(person, "hr_officer")
    officer.opens(asked)
    officer.presses("Answer")
    officer.ticks("Draft the certificate")
    officer.presses("Answer the request")
    officer.goes_on(officer.page.get_by_role("link", name="Certificate CERT-"))
    certificate = officer.page.url
    second = seated(person, "second_officer")
    second.opens(certificate)
    second.presses("Issue", exact=True)
    second.ticks("I have looked at the rule and at the names")
    second.presses("Issue the certificate")
    second.reads("Consider first", "Fay")
    second.shows("certificate-consider-first")

    authority.opens(certificate)
    assert authority.page.get_by_role("link", name="Appoint Eva").count() == 0
    authority.reads("Priority consideration is owed to Fay")
    authority.follows("record what came of it")
    authority.types("What came of it", "Interviewed first; has taken a post elsewhere.")
    authority.presses("Record the consideration")
    authority.reads("Consideration recorded.")
    authority.reads_nothing_of("Consider first")
    authority.follows("Decline Fay")
    authority.ticks("Pay")
    authority.types("Evidence", "Her letter of today.")
    authority.page.get_by_label("File").set_input_files(
        {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": paper()}
    )
    authority.presses("Record the decline")
    authority.reads("letter.pdf")
    assert authority.fetches(authority.page.get_by_role("link", name="letter.pdf")).startswith(b"%PDF")
