"""A letter is promised with its act, rendered once, stored by digest, mailed and checkable."""

from __future__ import annotations

import hashlib
import io

import pytest
from sqlalchemy import select

from app.accounts.roles import Role
from app.notices import services
from app.notices.models import Notice, NoticeState
from app.platform import storage
from app.platform.audit import AuditEvent
from app.platform.db import reading, transaction
from app.platform.errors import Invalid
from app.platform.jobs import Job
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.notices import application_received_fields, promise_notice


@pytest.fixture
def promised(session):
    agency = make_agency(session)
    account = make_account(session)
    session.flush()
    with transaction() as opened:
        notice = promise_notice(opened, agency, account)
    return agency, account, notice


def test_a_promised_letter_is_rendered_once_stored_and_mailed(promised, run_jobs, outbox):
    _, account, notice = promised
    assert notice.state is NoticeState.PROMISED
    assert run_jobs() == 2
    with reading() as opened:
        issued = opened.get(Notice, notice.id)
        actions = opened.scalars(select(AuditEvent.action).order_by(AuditEvent.index)).all()
    pdf = storage.current().get(issued.pdf_digest)
    assert pdf.startswith(b"%PDF-")
    assert hashlib.sha256(pdf).hexdigest() == issued.pdf_digest
    assert actions == ["notices.promise", "notices.issue"]
    [message] = outbox
    assert message["To"] == account.email
    [attachment] = list(message.iter_attachments())
    assert attachment.get_content() == pdf
    assert run_jobs() == 0
    assert len(outbox) == 1


def test_the_same_key_promises_one_letter(session, at):
    agency, account = make_agency(session), make_account(session)
    with transaction() as opened:
        first = promise_notice(opened, agency, account, key="k")
        second = promise_notice(opened, agency, account, key="k")
    assert first.id == second.id
    with reading() as opened:
        assert opened.scalars(select(Job.name)).all() == ["notices.issue"]


def test_a_wrong_field_promises_nothing(session):
    agency, account = make_agency(session), make_account(session)
    fields = application_received_fields() | {"salary": 1}
    with pytest.raises(Invalid), transaction() as opened:
        promise_notice(opened, agency, account, letter=fields)
    with reading() as opened:
        assert opened.scalars(select(Notice)).all() == []


def test_the_owner_reads_it_and_a_stranger_gets_404(promised, client, session, run_jobs, outbox):
    _, account, notice = promised
    run_jobs()
    sign_in(client, account)
    assert notice.number in client.get("/my/letters").text
    assert client.get(f"/notices/{notice.id}").mimetype == "application/pdf"
    read = client.get(f"/notices/{notice.id}/read")
    assert account.name in read.text
    assert "default-src 'none'" in read.headers["Content-Security-Policy"]
    stranger = make_account(session)
    elsewhere = make_account(session, roles=((Role.HR_OFFICER, make_agency(session).id),))
    session.flush()
    for account_ in (stranger, elsewhere):
        sign_in(client, account_)
        assert client.get(f"/notices/{notice.id}").status_code == 404


def test_an_officer_of_the_agency_reads_it_and_that_is_recorded(promised, client, session, run_jobs, outbox):
    agency, _, notice = promised
    run_jobs()
    officer = make_account(session, roles=((Role.HR_OFFICER, agency.id),))
    session.flush()
    sign_in(client, officer)
    assert notice.number in client.get("/staff/letters?text=bridge").text
    assert client.get(f"/notices/{notice.id}").status_code == 200
    last = session.scalars(select(AuditEvent).order_by(AuditEvent.index.desc())).first()
    assert (last.action, last.actor_id, last.subject) == ("notices.show", officer.id, notice.id)


def test_a_letter_about_conduct_is_hidden_from_who_may_not_read_the_case(promised, session, client):
    agency, _, notice = promised
    with reading() as opened:
        row = opened.get(Notice, notice.id)
    session.merge(row).template = "proposed_action"
    officer = make_account(session, roles=((Role.EXAM_OFFICER, agency.id),))
    session.flush()
    sign_in(client, officer)
    assert client.get(f"/notices/{notice.id}").status_code == 404


def test_anyone_can_check_a_letter_by_its_code(promised, client, run_jobs, outbox):
    _, account, notice = promised
    run_jobs()
    page = client.get(f"/check/{notice.code}")
    assert "This letter is genuine" in page.text
    assert notice.number in page.text
    assert account.name not in page.text
    assert client.get(f"/check/{'0' * 26}").status_code == 404
    assert client.get("/check/%00").status_code == 404
    typed = client.post("/check", data={"number": notice.number.lower(), "code": notice.code.upper()})
    assert typed.headers["Location"] == f"/check/{notice.code}"
    wrong = client.post("/check", data={"number": "N-2026-000001-0", "code": notice.code})
    assert (wrong.status_code, "not a valid number" in wrong.text) == (422, True)


def test_a_changed_file_is_told_from_the_issued_one(promised, client, run_jobs, outbox, session):
    notice = promised[2]
    run_jobs()
    session.expire_all()
    pdf = storage.current().get(session.get(Notice, notice.id).pdf_digest)
    for content, sentence in ((pdf, "unchanged"), (pdf + b" ", "not the one we issued")):
        answer = client.post(f"/check/{notice.code}", data={"file": (io.BytesIO(content), "letter.pdf")})
        assert sentence in answer.text


def test_a_letter_without_pdf_says_so(promised, client, session, at):
    _, account, notice = promised
    digest = storage.current().put(b"<p>letter</p>")
    with transaction() as opened:
        services.keep_rendered(opened, notice_id=notice.id, html_digest=digest, pdf_digest=None, at=at)
    sign_in(client, account)
    answer = client.get(f"/notices/{notice.id}")
    assert (answer.status_code, "has no PDF" in answer.text) == (409, True)
