"""Scanned scripts: named by candidate number, kept without names inside, shown under the code."""

from __future__ import annotations

import io

import pikepdf
import pytest
from PIL import Image
from sqlalchemy import select

from app.exams.marking import queries as marking
from app.exams.scripts.models import ScriptFile
from app.platform import storage
from tests.conftest import sign_in
from tests.integration.exams.panels.board import make_board


def pdf(author: str = "Ana Pérez") -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    with made.open_metadata() as metadata:
        metadata["dc:creator"] = [author]
    made.docinfo["/Author"] = author
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def board(session):
    return make_board(session, people=2, raters=2)


def upload(client, board, *files):
    data = {"files": [(io.BytesIO(content), name) for name, content in files]}
    return client.post(
        f"/staff/panels/{board.panel_id}/scripts/upload", data=data, content_type="multipart/form-data"
    )


def test_files_are_kept_by_candidate_without_the_author_and_read_under_the_code(board, client):
    sign_in(client, board.officer)
    scan = pdf()
    answer = upload(client, board, ("C-001.pdf", scan), ("page 1 C-002.png", picture()))
    assert answer.status_code == 303
    files = list(board.session.scalars(select(ScriptFile).order_by(ScriptFile.filename)))
    assert [file.filename for file in files] == ["C-001.pdf", "page 1 C-002.png"]
    kept = storage.current().get(files[0].digest)
    assert b"P\xc3\xa9rez" not in kept
    with pikepdf.open(io.BytesIO(kept)) as opened:
        assert "/Info" not in opened.trailer
        assert "/Metadata" not in opened.Root
    assert upload(client, board, ("C-001.pdf", scan)).status_code == 303
    assert board.session.query(ScriptFile).count() == 2
    rater = board.raters[0]
    sign_in(client, rater)
    member = next(own for own in board.panel.members if own.account_id == rater.id)
    for task in marking.list_tasks(board.session, member.id):
        page = client.get(f"/staff/ratings/{task.id}").text
        assert "C-00" not in page
        own = page.partition(f"/staff/ratings/{task.id}/files/")[2].partition('"')[0]
        sent = client.get(f"/staff/ratings/{task.id}/files/{own}")
        assert task.code in sent.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("C-009.pdf", pdf(), "C-009.pdf: no candidate of this panel has this number."),
        ("C-001.pdf", b"no pdf at all", "C-001.pdf: This is not a PDF"),
        ("C-001.exe", b"MZ", "must be one of these kinds"),
        ("C-001 and C-002.pdf", pdf(), "no candidate of this panel has this number"),
        ("C-001.pdf", b"", "empty"),
    ],
)
def test_one_wrong_file_is_named_and_none_is_kept(board, client, name, content, said):
    sign_in(client, board.officer)
    answer = upload(client, board, ("C-002.png", picture()), (name, content))
    assert answer.status_code == 422
    assert said in answer.text
    assert board.session.query(ScriptFile).count() == 0
