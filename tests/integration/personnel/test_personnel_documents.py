"""Papers on a personnel file: checked, shown to the person, those apart behind a permission of their own."""

from __future__ import annotations

import io
import re

import pytest
from sqlalchemy import select

from app.accounts.roles import Role
from app.personnel.documents.models import PersonnelDocument
from app.platform import storage
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.files import make_pdf
from tests.factories.personnel import make_employee


@pytest.fixture
def agency(session):
    return make_agency(session)


@pytest.fixture
def person(session, agency):
    return make_employee(session, agency=agency, account_id=make_account(session).id)


@pytest.fixture
def officer(session, agency):
    return make_account(session, name="Ada Officer", roles=[(Role.HR_OFFICER, agency.id)])


@pytest.fixture
def keeper(session, agency):
    return make_account(session, name="Ria Keeper", roles=[(Role.RECORDS_OFFICER, agency.id)])


@pytest.fixture
def add(client, person):
    def act(by, kind="oath", title="Oath of 2020", content=None, name="oath.pdf"):
        sign_in(client, by)
        path = f"/staff/employees/{person.id}/papers/new"
        page = client.get(path).text
        key = re.search(r'name="idempotency_key"[^>]*value="([^"]+)"', page)[1]
        file = (io.BytesIO(make_pdf() if content is None else content), name)
        return client.post(
            path,
            data={"idempotency_key": key, "kind": kind, "title": title, "file": file},
            content_type="multipart/form-data",
        )

    return act


def stored(session):
    return list(session.scalars(select(PersonnelDocument).order_by(PersonnelDocument.id)))


def test_a_paper_is_kept_shown_and_its_opening_noted(client, session, add, person, officer):
    assert add(officer).status_code == 303
    (paper,) = stored(session)
    assert (paper.title, paper.filename, paper.media_type) == ("Oath of 2020", "oath.pdf", "application/pdf")
    opened = client.get(f"/staff/papers/{paper.id}/file")
    assert opened.data == storage.current().get(paper.digest)
    assert "attachment" in opened.headers["Content-Disposition"]
    sign_in(client, session.get_one(type(officer), person.account_id))
    own = client.get("/my/personnel-file").text
    assert "Oath of 2020" in own
    assert "Ada Officer" in own
    assert client.get(f"/my/papers/{paper.id}/file").status_code == 200


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"content": b"MZ not a paper"}, "file"),
        ({"name": "oath.exe"}, "The file must be one of these kinds"),
        ({"content": b""}, "The file is empty"),
        ({"title": ""}, "Enter title"),
        ({"kind": "medical"}, "Select one of the choices on the page"),
    ],
)
def test_what_cannot_be_kept_is_told_and_nothing_is(session, add, officer, given, sentence):
    answer = add(officer, **given)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert stored(session) == []


def test_medical_papers_and_investigations_stand_apart(client, session, add, person, officer, keeper):
    assert add(keeper, kind="medical", title="Fitness for duty").status_code == 303
    assert add(keeper, kind="investigation", title="Statement of a witness").status_code == 303
    medical, investigation = stored(session)
    file = f"/staff/employees/{person.id}/papers"
    assert "Fitness for duty" in client.get(f"{file}/apart").text
    assert "Fitness for duty" not in client.get(file).text
    sign_in(client, officer)
    assert "Fitness for duty" not in client.get(file).text
    assert client.get(f"{file}/apart").status_code == 403
    assert client.get(f"/staff/papers/{medical.id}/file").status_code == 404
    sign_in(client, session.get_one(type(officer), person.account_id))
    own = client.get("/my/personnel-file").text
    assert "Fitness for duty" in own
    assert "Statement of a witness" not in own
    assert client.get(f"/my/papers/{investigation.id}/file").status_code == 404


def test_a_paper_is_taken_out_with_the_reason(client, session, add, person, officer):
    add(officer)
    (paper,) = stored(session)
    path = f"/staff/papers/{paper.id}/remove"
    assert client.post(path, data={"reason": ""}).status_code == 422
    assert client.post(path, data={"reason": "Belongs to a namesake."}).status_code == 303
    assert "Belongs to a namesake." in client.get(f"/staff/employees/{person.id}/papers").text
    assert "taken out already" in client.post(path, data={"reason": "Again."}).text
    sign_in(client, session.get_one(type(officer), person.account_id))
    assert client.get(f"/my/papers/{paper.id}/file").status_code == 404


def test_others_find_neither_file_nor_paper(client, session, add, person, officer):
    add(officer)
    (paper,) = stored(session)
    sign_in(client, make_account(session, roles=[(Role.HR_OFFICER, make_agency(session).id)]))
    assert client.get(f"/staff/employees/{person.id}/papers").status_code == 404
    assert client.get(f"/staff/papers/{paper.id}/file").status_code == 404
    sign_in(client, make_account(session))
    assert client.get(f"/my/papers/{paper.id}/file").status_code == 404


def test_nobody_reads_papers_of_the_investigation_of_oneself(client, session, add, person, keeper):
    add(keeper, kind="medical", title="Fitness for duty")
    add(keeper, kind="investigation", title="Statement of a witness")
    medical, investigation = sorted(stored(session), key=lambda paper: paper.kind.value != "medical")
    person.account_id = keeper.id
    session.flush()
    apart = client.get(f"/staff/employees/{person.id}/papers/apart").text
    assert "Fitness for duty" in apart
    assert "Statement of a witness" not in apart
    assert client.get(f"/staff/papers/{medical.id}/file").status_code == 200
    for page in ("file", "remove"):
        assert client.get(f"/staff/papers/{investigation.id}/{page}").status_code == 404, page
