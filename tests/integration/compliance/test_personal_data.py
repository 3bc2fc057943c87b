"""A person gets everything that is held about them, and nobody else does."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile

import pytest
from sqlalchemy import update

from app.accounts.models import AccountState, SignInSession
from app.accounts.queries import actor_of, get_account
from app.compliance.personal_data import queries, services
from app.compliance.personal_data.declared import HELD
from app.compliance.personal_data.models import PersonalDataCopy
from app.compliance.personal_data.states import CopyState
from app.personnel.discipline.states import CaseState
from app.platform import clock, storage
from app.platform.audit import AuditEvent
from app.platform.db import transaction
from app.recruitment.applications.states import Submission
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_actor, make_agency
from tests.factories.applications import make_application, make_document, make_section
from tests.factories.personnel import make_case, make_employee
from tests.factories.recruitment import make_posting
from tests.page_checks import named


@pytest.fixture
def ada(session):
    return make_account(session, name="Ada Example", email="ada@people.example")


@pytest.fixture
def held(session, ada):
    """An application with a document, of Ada, and one of somebody else."""
    posting = make_posting(session, agency_id=make_agency(session).id)
    own = make_application(session, posting_id=posting.id, account_id=ada.id)
    make_section(session, own, "contact", {"full_name": "Ada Example"})
    make_document(session, own, filename="../résumé.pdf", digest=storage.current().put(b"%PDF- of Ada"))
    other = make_account(session, name="Ben Other", email="ben@people.example")
    theirs = make_application(session, posting_id=posting.id, account_id=other.id, applicant_name="Ben Other")
    make_document(session, theirs, filename="ben.pdf", digest=storage.current().put(b"%PDF- of Ben"))
    return own


@pytest.fixture
def made(client, session, ada, held, run_jobs, outbox):
    """Ada's copy, made by the worker."""
    sign_in(client, ada)
    assert client.post("/my/data/copy").location == "/my/data"
    assert "Your copy is being made" in client.get("/my/data").text
    run_jobs()
    session.expire_all()
    return session.query(PersonalDataCopy).one()


def take(client, copy, form):
    return client.post(f"/my/data/{copy.id}/{form}")


def test_the_copy_holds_what_is_hers_and_nothing_of_anybody_else(client, made, held, ada):
    data = json.loads(take(client, made, "json").data)
    tables = {section["table"]: section["rows"] for section in data["held"]}
    assert list(tables) == list(HELD)
    assert [row["email"] for row in tables["accounts"]] == ["ada@people.example"]
    assert [row["id"] for row in tables["applications"]] == [held.id]
    assert [row["filename"] for row in tables["application_documents"]] == ["../résumé.pdf"]
    text = json.dumps(data)
    assert not named(text, "Ben")
    assert ada.password_hash not in text


def test_the_zip_holds_copy_and_files_under_safe_names(client, made):
    with zipfile.ZipFile(io.BytesIO(take(client, made, "zip").data)) as archive:
        names = archive.namelist()
        assert "personal-data.json" in names
        own = [name for name in names if name.startswith("files/application_documents/")]
        assert own == ["files/application_documents/0001-résumé.pdf"]
        assert archive.read(own[0]) == b"%PDF- of Ada"


def test_the_pdf_is_one(client, made):
    assert take(client, made, "pdf").data.startswith(b"%PDF-1.7")


def test_she_is_told_by_mail_and_each_taking_is_recorded(session, client, made, outbox):
    assert [message["Subject"] for message in outbox] == ["Your copy of your data is ready"]
    take(client, made, "json")
    actions = [
        event.action.rpartition(".")[2] for event in session.query(AuditEvent).filter_by(subject=made.id)
    ]
    assert actions == ["ask", "make", "download"]


def test_nobody_else_gets_it(app, session, made):
    stranger = sign_in(app.test_client(), make_account(session))
    for form in ("json", "pdf", "zip"):
        assert take(stranger, made, form).status_code == 404


@pytest.mark.parametrize("form", ["exe", "jsonx"])
def test_there_are_no_other_forms(client, made, form):
    assert take(client, made, form).status_code == 404


def test_asking_twice_makes_one(session, client, ada):
    sign_in(client, ada)
    for _ in range(2):
        client.post("/my/data/copy")
    assert session.query(PersonalDataCopy).count() == 1


def test_there_is_one_copy_a_day(session, client, made, ada):
    assert client.post("/my/data/copy").location == "/my/data"
    assert "You can ask for one copy a day. Ask again tomorrow." in client.get("/my/data").text
    assert session.query(PersonalDataCopy).count() == 1
    with transaction() as opened:
        next_day = made.asked_at + dt.timedelta(days=1)
        actor = actor_of(get_account(opened, ada.id))
        assert services.ask_copy(opened, actor=actor, at=next_day).id != made.id


def test_asking_and_taking_need_a_proof_of_who_it_is(session, client, made):
    session.execute(update(SignInSession).values(proved_at=None))
    for path in ("/my/data/copy", f"/my/data/{made.id}/json"):
        answer = client.post(path)
        assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/my/identity")
    assert session.query(PersonalDataCopy).count() == 1


def test_after_a_week_it_is_gone(session, client, made):
    digests = {file["digest"] for file in made.files.values()}
    with transaction() as opened:
        assert services.forget_copies(opened, at=clock.now()) == []
    with transaction() as opened:
        assert set(services.forget_copies(opened, at=made.expires_at)) == digests
    session.expire_all()
    assert (made.state, made.files) == (CopyState.FORGOTTEN, None)
    assert take(client, made, "json").status_code == 409


def test_every_declared_table_can_be_read_for_a_person(session, ada):
    for table in HELD.values():
        assert isinstance(queries.load_rows(session, table, ada.id), list)


def test_what_stands_in_an_account_that_was_joined_to_hers_is_hers(session, ada):
    twin = make_account(session, email="ada@old.example", state=AccountState.CLOSED, merged_into_id=ada.id)
    posting = make_posting(session, agency_id=make_agency(session).id)
    theirs = make_application(session, posting_id=posting.id, account_id=twin.id)
    accounts = queries.load_rows(session, HELD["accounts"], ada.id)
    assert {row["email"] for row in accounts} == {"ada@people.example", "ada@old.example"}
    applications = queries.load_rows(session, HELD["applications"], ada.id)
    assert [row["id"] for row in applications] == [theirs.id]
    of_twin = queries.load_rows(session, HELD["accounts"], twin.id)
    assert [row["email"] for row in of_twin] == ["ada@old.example"]


@pytest.mark.parametrize("is_told", [True, False])
def test_a_case_is_hers_once_it_was_proposed_without_what_the_office_keeps(session, ada, is_told):
    day = dt.datetime(2026, 11, 20, 15, tzinfo=dt.UTC)
    case = make_case(
        session,
        employee=make_employee(session, account_id=ada.id),
        state=CaseState.WITHDRAWN,
        proposed_at=day if is_told else None,
        withdrawn_at=day,
        withdrawal_reason="The informant is not believed.",
        summary="An informant told us.",
    )
    tables = {
        name: queries.load_rows(session, HELD[name], ada.id) for name in ("disciplinary_cases", "charges")
    }
    assert [row["id"] for row in tables["disciplinary_cases"]] == ([case.id] if is_told else [])
    assert len(tables["charges"]) == (1 if is_told else 0)
    assert "informant" not in str(tables)


def test_a_draft_is_hers_too(session, ada):
    posting = make_posting(session, agency_id=make_agency(session).id)
    draft = make_application(session, posting_id=posting.id, account_id=ada.id, submission=Submission.DRAFT)
    rows = queries.load_rows(session, HELD["applications"], ada.id)
    assert [row["id"] for row in rows] == [draft.id]
    assert make_actor(session).id not in str(rows)
