"""Files wait for a scanner that is down, are kept meanwhile, and are opened by nobody."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import select

from app.platform import antivirus, clock, schedule, storage
from app.platform.antivirus import Verdict
from app.recruitment.applications.models import ApplicationDocument
from app.recruitment.applications.states import Submission
from app.recruitment.scanning import tasks
from app.recruitment.scanning.models import ScannedFile
from tests.conftest import sign_in
from tests.factories.applications import make_application
from tests.factories.files import make_pdf


class Scripted:
    """A scanner that says what the test wants."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict

    def scan(self, _content: bytes) -> Verdict:
        return self.verdict


@pytest.fixture
def scanner():
    made = Scripted(Verdict.CLEAN)
    antivirus.bind(made)
    yield made
    antivirus.bind(None)


@pytest.fixture
def draft(session, world):
    return make_application(
        session, posting_id=world.posting.id, account_id=world.ada.id, submission=Submission.DRAFT
    )


def upload(client, draft, text=""):
    data = {"kind": "resume", "file": (io.BytesIO(make_pdf(text)), "cv.pdf")}
    return client.post(
        f"/my/applications/{draft.id}/documents/add", data=data, content_type="multipart/form-data"
    )


def verdicts(session):
    session.expire_all()
    return [row.verdict for row in session.scalars(select(ScannedFile))]


def ask_again(run_jobs):
    tick = next(tick for tick in schedule.TICKS if tick.job == "recruitment.scan_waiting")
    schedule.promise(tick, clock.now())
    run_jobs()


def test_a_file_with_a_virus_is_refused(session, world, client, draft, scanner):
    scanner.verdict = Verdict.INFECTED
    response = upload(sign_in(client, world.ada), draft)
    assert (response.status_code, "A virus was found in this file" in response.text) == (422, True)
    assert session.scalar(select(ApplicationDocument)) is None


def test_a_clean_file_says_so_once(session, world, client, draft, scanner):
    upload(sign_in(client, world.ada), draft)
    assert verdicts(session) == [Verdict.CLEAN]


def test_while_the_scanner_is_down_the_file_is_kept_and_waits(
    session, world, client, draft, scanner, hand, run_jobs
):
    scanner.verdict = Verdict.WAITING
    place = f"/my/applications/{draft.id}/documents"
    assert upload(sign_in(client, world.ada), draft).location == place
    assert "Waiting for the virus check" in client.get(place).text
    sent = make_application(session, posting_id=world.posting.id, account_id=world.officer.id)
    document = session.scalar(select(ApplicationDocument))
    document.application_id = sent.id
    session.flush()
    sign_in(client, world.officer)
    url = f"/staff/applications/{sent.id}/documents/{document.id}"
    response = client.get(url)
    assert (response.status_code, "waits for the virus scanner" in response.text) == (409, True)
    ask_again(run_jobs)
    assert verdicts(session) == [Verdict.WAITING]
    scanner.verdict = Verdict.CLEAN
    hand.turn(minutes=5)
    ask_again(run_jobs)
    assert verdicts(session) == [Verdict.CLEAN]
    assert client.get(url).status_code == 200


def test_a_virus_that_is_found_late_closes_the_file(session, world, client, draft, scanner, run_jobs):
    scanner.verdict = Verdict.WAITING
    upload(sign_in(client, world.ada), draft)
    scanner.verdict = Verdict.INFECTED
    ask_again(run_jobs)
    assert verdicts(session) == [Verdict.INFECTED]
    page = client.get(f"/my/applications/{draft.id}/documents").text
    assert "Nobody can open this file. Remove it and upload a clean copy." in page


@pytest.mark.parametrize("is_lost", [True, False], ids=["lost", "damaged"])
def test_a_file_that_cannot_be_read_holds_up_no_other(
    session, world, client, draft, scanner, hand, run_jobs, monkeypatch, is_lost
):
    scanner.verdict = Verdict.WAITING
    sign_in(client, world.ada)
    upload(client, draft, f"broken {is_lost}")
    broken = session.scalar(select(ScannedFile.digest))
    hand.turn(minutes=1)
    upload(client, draft, "another")
    path = storage.current().root / broken[:2] / broken
    path.unlink() if is_lost else path.write_bytes(b"changed")
    scanner.verdict = Verdict.CLEAN
    monkeypatch.setattr(tasks, "BATCH", 1)
    ask_again(run_jobs)
    session.expire_all()
    found = {row.digest == broken: row.verdict for row in session.scalars(select(ScannedFile))}
    assert found == {True: Verdict.WAITING, False: Verdict.CLEAN}


def test_the_office_is_told_when_there_is_no_scanner(world, client):
    sign_in(client, world.officer)
    assert "No virus scanner is set up here" in client.get("/staff/claims").text
