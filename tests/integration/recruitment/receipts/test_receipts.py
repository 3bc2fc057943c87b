"""Receipts as their owner keeps them, as anyone checks them, and as a lost one is made again."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import subprocess
import sys

import pikepdf
import pytest

from app.notices import compose, late
from app.notices.numbers import check_digit
from app.notices.services import promise
from app.platform import audit
from app.platform.audit import AuditEvent, canonical
from app.platform.db import transaction
from app.recruitment.applications import letters, snapshots
from app.recruitment.applications.models import ApplicationVersion
from app.recruitment.applications.states import Submission
from app.recruitment.receipts import queries
from tests.conftest import sign_in
from tests.factories.accounts import make_account
from tests.factories.applications import SUBMITTED_AT, make_application
from tests.page_checks import named


@pytest.fixture
def sent(session, world):
    """An application whose receipt stands in the ledger."""
    made = make_application(session, posting_id=world.posting.id, account_id=world.ada.id)
    with transaction() as opened:
        audit.record(
            opened,
            "recruitment.applications.submit",
            actor=world.actor,
            at=SUBMITTED_AT,
            subject=made.id,
            number=made.number,
            digest=made.snapshot_digest,
        )
    return made


@pytest.fixture
def ada(client, world):
    return sign_in(client, world.ada)


@pytest.fixture
def receipt(ada, sent):
    return json.loads(ada.get(f"/my/applications/{sent.id}/receipt.json").data)


def check(client, receipt):
    content = receipt if isinstance(receipt, bytes) else json.dumps(receipt).encode()
    return client.post("/receipts/check", data={"file": (io.BytesIO(content), "x-receipt.json")})


def test_the_page_shows_what_is_signed_for(ada, sent, session):
    text = ada.get(f"/my/applications/{sent.id}/receipt").text
    index = session.query(AuditEvent).filter_by(subject=sent.id).one().index
    for part in (
        "Application received",
        sent.number,
        sent.snapshot_digest,
        "Place in the ledger",
        str(index),
    ):
        assert part in text
    assert "11:30:00" in text


def test_the_file_holds_the_ledger_index_and_no_personal_data(receipt, sent, session):
    index = session.query(AuditEvent).filter_by(subject=sent.id).one().index
    assert (receipt["number"], receipt["version"], receipt["ledger_index"]) == (sent.number, 1, index)
    assert receipt["digest"] == sent.snapshot_digest
    assert receipt["received_at"] == "2026-11-12T16:30:00+00:00"
    assert receipt["received_local"] == "2026-11-12T11:30:00-05:00"
    assert not any(part in json.dumps(receipt) for part in ("Ada", "ada@", sent.id, sent.account_id))


def test_nobody_else_gets_the_receipt(client, session, sent):
    sign_in(client, make_account(session))
    for name in ("receipt", "receipt.json", "receipt.pdf", "received.json"):
        assert client.get(f"/my/applications/{sent.id}/{name}").status_code == 404


@pytest.mark.parametrize("name", ["receipt", "receipt.json", "receipt.pdf", "received.json"])
def test_a_draft_has_none(session, world, ada, name):
    draft = make_application(
        session, posting_id=world.posting.id, account_id=world.ada.id, submission=Submission.DRAFT
    )
    assert ada.get(f"/my/applications/{draft.id}/{name}").status_code == 404


@pytest.mark.parametrize("version", ["2", "0", "x", "99999", "9" * 50])
def test_a_version_that_never_came_is_not_there_and_nonsense_means_the_latest(ada, sent, version):
    known = version in ("x", "9" * 50)
    url = f"/my/applications/{sent.id}/receipt?version={version}"
    assert ada.get(url).status_code == (200 if known else 404)


def test_the_content_has_the_digest_and_makes_the_receipt_again_byte_for_byte(app, ada, sent):
    content = ada.get(f"/my/applications/{sent.id}/received.json").data
    own = ada.get(f"/my/applications/{sent.id}/receipt.json").data
    assert hashlib.sha256(content).hexdigest() == sent.snapshot_digest
    visitor = app.test_client()
    made = visitor.post("/receipts/make-again", data={"file": (io.BytesIO(content), "any.json")})
    assert made.data == own
    assert made.headers["Content-Disposition"] == f"attachment; filename={sent.number}-receipt.json"


@pytest.mark.parametrize("change", [{"number": "A-2026-999999-1"}, {"posting": "x"}, {"number": 5}])
def test_no_receipt_is_made_for_what_never_came(client, sent, change):
    content = canonical(sent.snapshot | change).encode()
    response = client.post("/receipts/make-again", data={"file": (io.BytesIO(content), "any.json")})
    assert response.status_code == 422
    assert "We never received exactly this file" in response.text


def test_a_genuine_file_is_confirmed_and_says_nothing_of_the_person(app, receipt, sent):
    text = check(app.test_client(), receipt).text
    assert "This receipt is genuine" in text
    assert not named(text, "Ada")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("version", 2),
        ("posting", "2026-9999"),
        ("digest", "0" * 64),
        ("received_at", "2026-11-12T16:29:00+00:00"),
        ("received_local", "2026-11-12T11:29:00-05:00"),
        ("zone", "UTC"),
        ("ledger_index", 1_000_000),
        ("key", "0" * 16),
        ("signature", "A" * 88),
        ("number", "A-2026-500000-1"),
    ],
)
def test_an_altered_field_is_found(client, receipt, field, value):
    assert receipt[field] != value
    text = check(client, receipt | {field: value}).text
    assert "We cannot confirm this receipt" in text
    assert "This receipt is genuine" not in text


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"format": "meritum-receipt-1"}', b"[" * 5000, b'"x"'],
)
def test_what_is_no_receipt_file_is_refused_with_a_sentence(client, session, content):
    response = check(client, content)
    assert response.status_code == 422
    assert "There is a problem" in response.text


def test_a_file_with_more_or_other_fields_is_none(client, receipt):
    for changed in (receipt | {"name": "Ada"}, receipt | {"version": "1"}, receipt | {"version": True}):
        assert check(client, changed).status_code == 422


def test_typing_the_number_and_the_beginning_of_the_fingerprint_is_enough(client, sent):
    short = sent.snapshot_digest[:16]
    typed = {"number": sent.number.lower().replace("-", " "), "digest": f"{short[:8]} {short[8:].upper()}"}
    assert "This receipt is genuine" in client.get("/receipts/check", query_string=typed).text


def test_each_answer_is_told_apart(client, sent):
    year, sequence = 2026, "000077"
    unknown = f"A-{year}-{sequence}-{check_digit(f'1{year}{sequence}')}"
    mistyped = sent.number[:-1] + str((int(sent.number[-1]) + 1) % 10)
    for number, digest, said in (
        (sent.number, sent.snapshot_digest, "This receipt is genuine"),
        (sent.number, "0" * 64, "it does not match"),
        (sent.number, "xyz", "it does not match"),
        (unknown, sent.snapshot_digest, "it is not known"),
        (mistyped, sent.snapshot_digest, "the number is mistyped"),
        (sent.number, "", "at least the first 16 characters"),
    ):
        text = client.get("/receipts/check", query_string={"number": number, "digest": digest}).text
        assert said in text, (number, digest)


def test_the_keys_are_published_and_named_on_the_page(client, session, receipt):
    published = json.loads(client.get("/.well-known/meritum-receipt-keys.json").data)
    assert [key["name"] for key in published["keys"]] == [receipt["key"]]
    assert receipt["key"] in client.get("/receipts").text


def test_the_downloaded_script_verifies_the_downloaded_receipt_and_its_content(ada, sent, tmp_path):
    for path, url in (
        ("verify_receipt.py", "/receipts/verify_receipt.py"),
        ("receipt.json", f"/my/applications/{sent.id}/receipt.json"),
        ("content.json", f"/my/applications/{sent.id}/received.json"),
    ):
        (tmp_path / path).write_bytes(ada.get(url).data)
    command = [sys.executable, "-I", "verify_receipt.py", "receipt.json", "--content", "content.json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[0]) == (
        0,
        "GENUINE: the office signed exactly this receipt.",
    )
    (tmp_path / "content.json").write_bytes(b"{}")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_the_pdf_holds_the_signed_file_and_is_the_same_each_time(ada, sent):
    url = f"/my/applications/{sent.id}/receipt"
    content = ada.get(f"{url}.pdf").data
    assert content == ada.get(f"{url}.pdf").data
    with pikepdf.open(io.BytesIO(content)) as pdf:
        files = {name: bytes(file.get_file().read_bytes()) for name, file in pdf.attachments.items()}
    assert files == {f"{sent.number}-receipt.json": ada.get(f"{url}.json").data}


def test_the_letter_carries_the_receipt_once_it_stands_in_the_ledger(session, world, ada, sent, receipt):
    posting = queries.find_by_number(session, sent.number).posting
    with transaction() as opened:
        notice = promise(
            opened,
            template="application_received",
            subject=sent.id,
            agency_id=world.agency.id,
            account_id=world.ada.id,
            name="Ada Example",
            email="ada@people.example",
            letter=letters.received(posting, sent.snapshot | {"version": 1}, SUBMITTED_AT),
            actor=world.actor,
            at=SUBMITTED_AT,
        )
    context, attachments = late.complete(session, notice)
    told = context["letter"]["receipt"]
    assert (told["digest"], told["ledger_index"], told["key"]) == (
        receipt["digest"],
        receipt["ledger_index"],
        receipt["key"],
    )
    assert json.loads(attachments[0].content) == receipt
    html = compose.render_html(notice.template, context)
    assert receipt["digest"] in html
    assert html.count("<svg") == 2


def test_each_version_has_a_receipt_of_its_own(session, world, ada, sent):
    first = dict(sent.snapshot)
    second = first | {"version": 2, "answers": ["changed"]}
    later = SUBMITTED_AT + dt.timedelta(hours=1)
    session.add(
        ApplicationVersion(
            application_id=sent.id,
            version=2,
            snapshot=second,
            digest=snapshots.digest_of(second),
            submitted_at=later,
        )
    )
    sent.version, sent.snapshot, sent.submitted_at = 2, second, later
    sent.snapshot_digest = snapshots.digest_of(second)
    session.flush()
    url = f"/my/applications/{sent.id}/receipt"
    latest, earlier = (json.loads(ada.get(f"{url}.json{query}").data) for query in ("", "?version=1"))
    assert (latest["version"], earlier["version"]) == (2, 1)
    assert latest["digest"] != earlier["digest"]
    assert "Receipt of an earlier version" in ada.get(f"{url}?version=1").text
    assert "All versions that we received" in ada.get(url).text
    text = check(ada, earlier).text
    assert "This receipt is genuine" in text
    assert "A later version came in after this one." in text
    name = ada.get(f"{url}.json").headers["Content-Disposition"]
    assert name == f"attachment; filename={sent.number}-v2-receipt.json"
    made = ada.post(
        "/receipts/make-again", data={"file": (io.BytesIO(canonical(first).encode()), "any.json")}
    )
    assert json.loads(made.data) == earlier
