"""Documents are looked into, kept by digest, shown to few, and removable until the application is sent."""

from __future__ import annotations

import hashlib
import io

import pikepdf
import pytest
from PIL import Image
from sqlalchemy import select

from app.accounts.roles import Role
from app.platform import storage
from app.platform.audit import AuditEvent
from app.recruitment.applications.models import ApplicationClaim, ApplicationDocument
from app.recruitment.applications.states import Submission
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.applications import make_application, make_claim, make_document


def pdf() -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    written = io.BytesIO()
    made.save(written, deterministic_id=True)
    return written.getvalue()


def script_pdf() -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def picture() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (30, 20), 90).save(written, "JPEG")
    return written.getvalue()


@pytest.fixture
def ada(client, world):
    return sign_in(client, world.ada)


@pytest.fixture
def draft(session, world):
    return make_application(
        session, posting_id=world.posting.id, account_id=world.ada.id, submission=Submission.DRAFT
    )


def place(draft, name=""):
    return f"/my/applications/{draft.id}/documents{name}"


def upload(client, draft, content, filename="resume.pdf", kind="resume"):
    if len(content) < 400_000:
        data = {"kind": kind, "file": (io.BytesIO(content), filename)}
        return client.post(place(draft, "/add"), data=data, content_type="multipart/form-data")
    # the test client would leave a large body in an open file, so this one is written by hand
    body = b'--edge\r\nContent-Disposition: form-data; name="kind"\r\n\r\n' + kind.encode()
    body += (
        b'\r\n--edge\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n\r\n'
        % filename.encode()
    )
    body += content + b"\r\n--edge--\r\n"
    return client.post(place(draft, "/add"), data=body, content_type="multipart/form-data; boundary=edge")


def kept(session, draft):
    session.expire_all()
    query = select(ApplicationDocument).where(ApplicationDocument.application_id == draft.id)
    return list(session.scalars(query.order_by(ApplicationDocument.id)))


def test_a_document_is_kept_by_its_digest_and_given_back_as_it_was(session, ada, draft):
    content = pdf()
    assert upload(ada, draft, content, "Mein Lebenslauf “neu”.pdf").location == place(draft)
    document = kept(session, draft)[0]
    assert (document.kind, document.filename, document.media_type, document.size, document.digest) == (
        "resume",
        "Mein Lebenslauf “neu”.pdf",
        "application/pdf",
        len(content),
        hashlib.sha256(content).hexdigest(),
    )
    assert storage.current().get(document.digest) == content
    response = ada.get(place(draft, f"/{document.id}"))
    assert response.data == content
    assert response.mimetype == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert "filename*=UTF-8''Mein%20Lebenslauf" in response.headers["Content-Disposition"]


def test_a_picture_under_a_wrong_name_is_kept_as_what_it_is(session, ada, draft):
    upload(ada, draft, picture(), "diploma.pdf", "diploma")
    document = kept(session, draft)[0]
    assert (document.filename, document.media_type) == ("diploma.jpg", "image/jpeg")


@pytest.mark.parametrize(
    ("content", "filename", "sentence"),
    [
        (b"", "resume.pdf", "The file is empty"),
        (b"MZ\x90 a program", "resume.pdf", "This is not a PDF, a Word document (DOCX) or a picture"),
        (script_pdf(), "resume.pdf", "This PDF can run a program"),
        (pdf() + b"PK\x03\x04 and an archive", "resume.pdf", "Something else is attached to the end"),
        (b"\x89PNG\r\n\x1a\n broken", "scan.png", "We cannot read this picture"),
        (pdf(), "resume.exe", "The file must be one of these kinds: PDF, DOCX, PNG, JPG, JPEG, WEBP"),
        (pdf(), "resume", "The file must be one of these kinds"),
        (pdf(), "x" * 220 + ".pdf", "name must be 200 characters or fewer"),
        (b"%PDF-" + b"0" * 5_000_000, "resume.pdf", "The file is larger than 5 MB"),
    ],
)
def test_a_hostile_file_is_refused_with_a_sentence_and_nothing_is_kept(
    session, ada, draft, content, filename, sentence
):
    response = upload(ada, draft, content, filename)
    assert response.status_code == 422
    assert sentence in response.text
    assert 'value="resume" checked' in response.text
    assert kept(session, draft) == []


@pytest.mark.parametrize("name", ["re\0sume.pdf", "re\x1bsume.pdf", "\u202efdp.pdf"])
def test_a_name_with_unseen_characters_does_no_harm(session, ada, draft, name):
    response = upload(ada, draft, pdf(), name)
    assert response.status_code in (303, 422)
    assert all(document.filename.isprintable() for document in kept(session, draft))


def test_no_file_and_no_kind_are_asked_for(ada, draft):
    text = ada.post(place(draft, "/add"), data={}, content_type="multipart/form-data").text
    assert "Choose a file" in text
    assert "Select what the document is" in text


def test_a_body_beyond_all_bounds_is_refused_with_a_page(ada, draft):
    response = upload(ada, draft, b"%PDF-" + b"0" * 43_000_000)
    assert response.status_code == 413
    assert "The file is too large" in response.text


def test_the_same_file_sent_twice_is_kept_once(session, ada, draft):
    upload(ada, draft, pdf())
    upload(ada, draft, pdf())
    assert len(kept(session, draft)) == 1
    upload(ada, draft, pdf(), kind="other")
    assert len(kept(session, draft)) == 2


def test_ten_documents_are_the_most(session, ada, draft, at):
    for number in range(10):
        make_document(session, draft, filename=f"{number}.pdf")
    make_document(session, draft, filename="gone.pdf", removed_at=at)
    assert "You have added 10 documents, which is the most" in ada.get(place(draft)).text
    response = upload(ada, draft, pdf())
    assert response.status_code == 422
    assert "You can add 10 documents at most" in response.text
    assert len(kept(session, draft)) == 11


def test_a_removed_document_is_gone_for_all_and_its_row_stays(session, ada, draft):
    upload(ada, draft, pdf())
    document = kept(session, draft)[0]
    claim = make_claim(session, draft, document_id=document.id)
    assert "It is evidence for a claim" in ada.get(place(draft, f"/{document.id}/remove")).text
    assert ada.post(place(draft, f"/{document.id}/remove")).location == place(draft)
    assert ada.get(place(draft, f"/{document.id}")).status_code == 404
    assert kept(session, draft)[0].removed_at is not None
    assert session.get(ApplicationClaim, claim.id).document_id is None
    assert ada.post(place(draft, f"/{document.id}/remove")).status_code == 404


def test_after_submission_documents_are_neither_added_nor_removed(session, world, ada):
    sent = make_application(session, posting_id=world.posting.id, account_id=world.ada.id)
    document = make_document(session, sent)
    assert upload(ada, sent, pdf()).location == f"/my/applications/{sent.id}"
    assert ada.post(place(sent, f"/{document.id}/remove")).location == f"/my/applications/{sent.id}"
    assert [(row.id, row.removed_at) for row in kept(session, sent)] == [(document.id, None)]


def test_going_on_says_that_these_are_all(session, ada, draft):
    assert ada.post(place(draft), data={"later": "y"}).location.endswith("/tasks")
    assert "In progress" in ada.get(f"/my/applications/{draft.id}/tasks").text
    assert ada.post(place(draft), data={"proceed": "y"}).location.endswith("/review")


def test_nobody_elses_document_is_found(session, world, client, draft):
    document = make_document(session, draft)
    sign_in(client, make_account(session))
    for name in ("", "/add", f"/{document.id}", f"/{document.id}/remove"):
        assert client.get(place(draft, name)).status_code == 404
    other = make_application(
        session,
        posting_id=world.posting.id,
        account_id=make_account(session).id,
        submission=Submission.DRAFT,
    )
    sign_in(client, world.ada)
    assert client.get(place(other, f"/{document.id}")).status_code == 404


def test_an_officer_of_the_agency_reads_it_and_the_trail_says_so(session, world, client):
    sent = make_application(session, posting_id=world.posting.id, account_id=world.ada.id)
    digest = storage.current().put(pdf())
    document = make_document(session, sent, digest=digest)
    sign_in(client, world.officer)
    url = f"/staff/applications/{sent.id}/documents/{document.id}"
    response = client.get(url)
    assert (response.status_code, response.data) == (200, pdf())
    event = session.scalar(
        select(AuditEvent).where(AuditEvent.action == "recruitment.documents.download_staff")
    )
    assert (event.actor_id, event.subject, event.details["document"]) == (
        world.officer.id,
        sent.id,
        document.id,
    )


@pytest.mark.parametrize("role", [Role.HR_OFFICER, Role.AUDITOR])
def test_an_officer_of_another_agency_finds_nothing(session, world, client, role):
    sent = make_application(session, posting_id=world.posting.id, account_id=world.ada.id)
    document = make_document(session, sent)
    sign_in(client, make_account(session, roles=[(role, make_agency(session).id)]))
    assert client.get(f"/staff/applications/{sent.id}/documents/{document.id}").status_code == 404


def test_a_drafts_document_is_closed_to_the_office(session, world, client, draft):
    document = make_document(session, draft)
    sign_in(client, world.officer)
    assert client.get(f"/staff/applications/{draft.id}/documents/{document.id}").status_code == 404
