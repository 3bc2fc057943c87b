"""A person's papers are uploaded once, outlive a wrong form, and are used in any application."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from sqlalchemy import select

from app.platform import storage
from app.recruitment.applications.models import ApplicationDocument
from app.recruitment.applications.states import Submission
from app.recruitment.papers.models import Paper
from tests.conftest import sign_in
from tests.factories.accounts import make_account
from tests.factories.applications import make_application
from tests.factories.files import make_docx, make_pdf, make_photo

PLACE = "/my/profile/documents"


@pytest.fixture
def ada(client, world):
    return sign_in(client, world.ada)


@pytest.fixture
def draft(session, world):
    return make_application(
        session, posting_id=world.posting.id, account_id=world.ada.id, submission=Submission.DRAFT
    )


def upload(client, *files, **values):
    data = {
        "kind": "diploma",
        **values,
        "file": [(io.BytesIO(content), name) for content, name in files],
    }
    return client.post(f"{PLACE}/add", data=data, content_type="multipart/form-data")


def kept(session):
    session.expire_all()
    return list(session.scalars(select(Paper).order_by(Paper.uploaded_at, Paper.id)))


def test_a_paper_is_kept_shown_given_back_and_removed(session, ada):
    assert "You have not added a document yet" in ada.get(PLACE).text
    content = make_docx()
    assert upload(ada, (content, "Zeugnis.docx"), expires_on="2026-01-31").location == PLACE
    paper = kept(session)[0]
    assert (paper.kind, paper.filename, paper.expires_on) == ("diploma", "Zeugnis.docx", dt.date(2026, 1, 31))
    page = ada.get(PLACE).text
    assert "Zeugnis.docx" in page
    assert "It expired on 31 January 2026" in page
    response = ada.get(f"{PLACE}/{paper.id}")
    assert response.data == content
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Applications that have this document keep it" in ada.get(f"{PLACE}/{paper.id}/remove").text
    assert ada.post(f"{PLACE}/{paper.id}/remove").location == PLACE
    assert ada.get(f"{PLACE}/{paper.id}").status_code == 404


def test_photos_of_the_pages_of_one_paper_become_one_document(session, ada):
    upload(ada, (make_photo(), "seite 1.jpg"), (make_photo((70, 50)), "seite 2.jpg"))
    assert [(paper.filename, paper.media_type) for paper in kept(session)] == [
        ("seite 1.pdf", "application/pdf")
    ]


def test_a_file_outlives_a_form_that_is_wrong_elsewhere(session, ada):
    wrong = upload(ada, (make_pdf(), "degree.pdf"), kind="", expires_on="2026-02-30")
    assert wrong.status_code == 422
    assert "degree.pdf was uploaded and is kept" in wrong.text
    held = re.search(r'name="held" value="([^"]+)"', wrong.text)[1]
    again = ada.post(f"{PLACE}/add", data={"kind": "diploma", "held": held})
    assert again.location == PLACE
    assert [(paper.filename, paper.kind) for paper in kept(session)] == [("degree.pdf", "diploma")]
    assert storage.current().get(kept(session)[0].digest) == make_pdf()


def test_a_file_held_for_one_person_is_nobody_elses(session, ada, client):
    wrong = upload(ada, (make_pdf(), "degree.pdf"), kind="")
    held = re.search(r'name="held" value="([^"]+)"', wrong.text)[1]
    sign_in(client, make_account(session))
    for seal in (held, held[:-3] + "abc", "nonsense"):
        response = client.post(f"{PLACE}/add", data={"kind": "diploma", "held": seal})
        assert (response.status_code, "Choose a file" in response.text) == (422, True)
    assert kept(session) == []


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (make_docx(parts={"word/vbaProject.bin": b"x"}), "cv.docx", "This Word document can run a program"),
        (make_docx(parts={"word/vbaProject.bin": b"x"}), "cv.docm", "one of these kinds"),
        (b"", "cv.pdf", "The file is empty"),
        (b"MZ", "cv.pdf", "This is not a PDF, a Word document (DOCX) or a picture"),
    ],
)
def test_a_hostile_file_is_refused_and_other_papers_remain(session, ada, content, name, sentence):
    upload(ada, (make_pdf(), "good.pdf"))
    response = upload(ada, (content, name))
    assert (response.status_code, sentence in response.text) == (422, True)
    assert [paper.filename for paper in kept(session)] == ["good.pdf"]


def test_the_same_file_is_kept_once_and_fifty_are_the_most(session, ada):
    upload(ada, (make_pdf(), "a.pdf"))
    upload(ada, (make_pdf(), "b.pdf"))
    assert len(kept(session)) == 1
    for number in range(49):
        upload(ada, (make_pdf(str(number)), f"{number}.pdf"))
    assert "You keep 50 documents" in ada.get(PLACE).text
    assert "You can keep 50 documents at most" in upload(ada, (make_pdf("one more"), "c.pdf")).text


def test_a_paper_is_used_in_an_application_without_another_upload(session, ada, draft):
    place = f"/my/applications/{draft.id}/documents"
    assert "Use one of my documents" not in ada.get(place).text
    assert "Your profile holds no documents yet" in ada.get(f"{place}/pick").text
    upload(ada, (make_pdf(), "degree.pdf"))
    paper = kept(session)[0]
    assert "Use one of my documents" in ada.get(place).text
    assert ada.post(f"{place}/pick", data={"paper": paper.id}).location == place
    document = session.scalar(select(ApplicationDocument))
    assert (document.filename, document.digest, document.kind) == ("degree.pdf", paper.digest, "diploma")
    ada.post(f"{PLACE}/{paper.id}/remove")
    assert ada.get(f"{place}/{document.id}").data == make_pdf()
    assert ada.post(f"{place}/pick", data={"paper": paper.id}).status_code == 422


def test_nobody_elses_paper_is_found(session, ada, client, draft):
    upload(ada, (make_pdf(), "degree.pdf"))
    paper = kept(session)[0]
    stranger = make_account(session)
    sign_in(client, stranger)
    for name in ("", "/remove"):
        assert client.get(f"{PLACE}/{paper.id}{name}").status_code == 404
    theirs = make_application(
        session, posting_id=draft.posting_id, account_id=stranger.id, submission=Submission.DRAFT
    )
    response = client.post(f"/my/applications/{theirs.id}/documents/pick", data={"paper": paper.id})
    assert response.status_code == 422


def test_the_pages_of_papers_and_claims_belong_to_the_profile_in_the_navigation(ada):
    for path in (PLACE, f"{PLACE}/add", "/my/profile/claims", "/my/profile"):
        marked = re.findall(r'<a[^>]*aria-current="[^"]+"[^>]*>\s*([^<]+?)\s*</a>', ada.get(path).text)
        assert "My profile" in marked, path
