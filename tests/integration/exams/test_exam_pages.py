"""Pages of examinations, keys and answers, with what people type wrongly."""

from __future__ import annotations

import io
import re

import pytest
from sqlalchemy import func, select

from app.accounts.roles import Role
from app.exams.examinations.models import Examination
from app.exams.keys.models import KeyVersion
from app.exams.keys.states import KeyState
from app.exams.responses.forms import UploadForm
from app.exams.responses.models import ResponseImport
from tests.conftest import count_queries, sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.exams import make_candidate, make_examination
from tests.integration.exams import world as office

PLAN = {
    "title": "Civil Engineer, written examination",
    "held_on": "2026-11-16",
    "item_count": "10",
    "items": "",
    "options": "A-D",
    "blanks": "-",
    "multiples": "*",
}


@pytest.fixture
def world(session):
    return office.make_world(session)


@pytest.fixture
def exam(world):
    return office.hold(world)


def as_(client, world, role):
    sign_in(client, world.accounts[role])
    return client


def page_of(exam) -> str:
    return f"/staff/examinations/{exam.id}"


def upload(client, exam, content: bytes, name: str = "answers.csv"):
    return client.post(f"{page_of(exam)}/answers", data={"file": (io.BytesIO(content), name)})


def ticket_in(response) -> str:
    return re.search(r'name="ticket" value="([^"]+)"', response.text)[1]


def test_an_examination_is_made_from_a_closed_vacancy(session, client, world):
    as_(client, world, "exam_officer")
    assert world.posting.number in client.get("/staff/examinations/new").text
    response = client.post("/staff/examinations/new", data=PLAN | {"posting_id": world.posting.id})
    assert response.status_code == 303
    exam = session.scalars(select(Examination)).one()
    assert response.location == page_of(exam)
    page = client.get(response.location).text
    assert "6 eligible applications have no candidate number yet." in page
    assert "City civil service, open competitive, version 1" in page
    assert client.post(f"{page_of(exam)}/register").status_code == 303
    assert "6 candidates are registered." in client.get(page_of(exam)).text
    candidates = client.get(f"{page_of(exam)}/candidates").text
    assert "C000013" in candidates
    assert "Ada" not in candidates


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"title": ""}, "Enter title"),
        ({"title": "x\0y"}, "contains characters that cannot be saved"),
        ({"held_on": "2026-02-30"}, "must be a real date"),
        ({"held_on": "2026-11-01"}, "before the vacancy was announced"),
        ({"item_count": "501"}, "Number of items must be between 1 and 500"),
        ({"item_count": ""}, "Enter how many items the examination has"),
        ({"item_count": "", "items": "a\na"}, "stands in the list twice"),
        ({"items": "=SUM(A1)"}, "cannot be a code"),
        ({"options": "A"}, "Enter from 2 to 40 answers"),
        ({"blanks": "A"}, "is listed twice"),
        ({"posting_id": "pst_nothing"}, "Select one of the choices on the page"),
    ],
)
def test_a_faulty_plan_is_told_at_its_field_and_kept(session, client, world, changed, told):
    as_(client, world, "exam_officer")
    typed = PLAN | {"posting_id": world.posting.id, "multiples": "# !"} | changed
    response = client.post("/staff/examinations/new", data=typed)
    assert response.status_code == 422
    assert told in response.text
    assert 'value="# !"' in response.text
    assert session.scalar(select(func.count()).select_from(Examination)) == 0


def test_the_plan_can_be_changed_until_answers_come(client, world, exam):
    as_(client, world, "exam_officer")
    assert 'value="10"' in client.get(f"{page_of(exam)}/edit").text
    response = client.post(f"{page_of(exam)}/edit", data=PLAN | {"title": "Another title"})
    assert response.status_code == 303
    assert "Another title" in client.get(page_of(exam)).text
    office.set_key(world)
    office.import_answers(world)
    assert client.get(f"{page_of(exam)}/edit").status_code == 409


def test_a_key_is_proposed_decided_and_shown_with_its_effect(session, client, world, exam):
    as_(client, world, "exam_officer")
    assert "item,key,treatment\n1,\n" in client.get(f"{page_of(exam)}/keys/new").text
    made = client.post(f"{page_of(exam)}/keys/new", data={"key": office.key_text(), "reason": "First."})
    assert made.status_code == 303
    as_(client, world, "custodian")
    decision = {"decision": "approve", "reason": "Checked."}
    assert client.post(f"{made.location}/decide", data=decision).status_code == 303
    office.import_answers(world)
    second = office.propose(world, {"10": "B/D"}, "Challenge of item 10.")
    page = client.get(f"/staff/keys/{second.id}/decide").text
    assert "What changes against version 1" in page
    assert "B or D" in page
    assert "Scores that change" in page
    assert client.get(f"/staff/keys/{second.id}").status_code == 200
    first = session.scalars(select(KeyVersion).where(KeyVersion.version == 1)).one()
    assert first.state is KeyState.APPROVED


def test_a_key_may_come_as_a_file(session, client, world, exam):
    as_(client, world, "exam_officer")
    path = f"{page_of(exam)}/keys/new"
    wrong = {"file": (io.BytesIO(b"item,key\n1,\xff"), "key.csv"), "reason": "As printed."}
    refused = client.post(path, data=wrong)
    assert refused.status_code == 422
    assert "not written in UTF-8" in refused.text
    good = {"file": (io.BytesIO(office.key_text().encode()), "key.csv"), "reason": "As printed."}
    assert client.post(path, data=good).status_code == 303
    assert session.scalars(select(KeyVersion)).one().answers["1"]["accepted"] == ["A"]


def test_a_faulty_key_is_told_by_line_and_kept(session, client, world, exam):
    as_(client, world, "exam_officer")
    typed = office.key_text({"3": "Z"})
    response = client.post(f"{page_of(exam)}/keys/new", data={"key": typed, "reason": "First."})
    assert response.status_code == 422
    assert "Line 4: item 3 has no answer “Z”." in response.text
    assert "3,Z" in response.text
    assert session.scalar(select(func.count()).select_from(KeyVersion)) == 0


def test_who_proposed_a_key_finds_no_button_to_approve_it(client, session, world, exam):
    both = make_account(
        session, roles=[(Role.EXAM_OFFICER, world.agency.id), (Role.KEY_CUSTODIAN, world.agency.id)]
    )
    key = office.propose(world)
    key.proposed_by = both.id
    session.flush()
    sign_in(client, both)
    assert "a second person has to decide on it" in client.get(f"/staff/keys/{key.id}/decide").text
    refused = client.post(f"/staff/keys/{key.id}/decide", data={"decision": "approve", "reason": "Mine."})
    assert refused.status_code == 422
    assert "a second person has to decide about it" in refused.text


def test_a_file_is_checked_then_confirmed(session, client, world, exam):
    as_(client, world, "exam_officer")
    checked = upload(client, exam, office.answers_of(world))
    assert checked.status_code == 200
    assert "Nothing is stored until you confirm." in checked.text
    assert session.scalar(select(func.count()).select_from(ResponseImport)) == 0
    ticket = {"ticket": ticket_in(checked)}
    assert client.post(f"{page_of(exam)}/answers/confirm", data=ticket).status_code == 303
    made = session.scalars(select(ResponseImport)).one()
    assert (made.filename, made.rows) == ("answers.csv", 6)
    file = client.get(f"{page_of(exam)}/answers/{made.id}")
    assert (file.mimetype, file.data) == ("text/csv", office.answers_of(world))
    again = upload(client, exam, office.answers_of(world))
    assert "Importing it again changes nothing." in again.text


def test_faults_are_listed_by_line_and_nothing_is_stored(session, client, world, exam):
    as_(client, world, "exam_officer")
    content = office.answers_of(world).replace(b",A", b",<b>", 1).replace(b"\nC", b"\nX", 1)
    response = upload(client, exam, content)
    assert response.status_code == 422
    assert "The file has 2 faults." in response.text
    assert "“&lt;b&gt;” is not an answer of this examination." in response.text
    assert session.scalar(select(func.count()).select_from(ResponseImport)) == 0


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "answers.csv", "The file is empty"),
        (b"x", "answers.xlsx", "one of these kinds: CSV, TXT"),
        (b"x" * 1001, "answers.csv", "must be 1 KB or smaller"),
        (b"PK\x03\x04\0\0", "answers.csv", "the file is no text"),
        ("candidate,1".encode("utf-16"), "answers.csv", "UTF-16"),
    ],
)
def test_what_is_no_file_of_answers_is_refused(client, world, exam, monkeypatch, content, name, told):
    monkeypatch.setitem(UploadForm.file.kwargs, "max_bytes", 1000)
    as_(client, world, "exam_officer")
    response = upload(client, exam, content, name)
    assert response.status_code == 422
    assert told in response.text


def test_absentees_and_replacements_are_confirmed_with_words(session, client, world, exam):
    as_(client, world, "exam_officer")
    some = office.answers_of(world, {name: right for name, right in office.SCORES.items() if name != "Fay"})
    checked = upload(client, exam, some)
    ticket = {"ticket": ticket_in(checked)}
    refused = client.post(f"{page_of(exam)}/answers/confirm", data=ticket)
    assert refused.status_code == 422
    assert "Tick the box if they were absent" in refused.text
    confirmed = ticket | {"accepts_absent": "y"}
    assert client.post(f"{page_of(exam)}/answers/confirm", data=confirmed).status_code == 303
    whole = {"ticket": ticket_in(upload(client, exam, office.answers_of(world)))}
    refused = client.post(f"{page_of(exam)}/answers/confirm", data=whole)
    assert "Enter why this file replaces the earlier one" in refused.text
    replaced = whole | {"reason": "One room came late."}
    assert client.post(f"{page_of(exam)}/answers/confirm", data=replaced).status_code == 303
    assert "Replaced" in client.get(page_of(exam)).text


@pytest.mark.parametrize("ticket", ["", "forged", "WyJleG1feCIsICJhIiwgImIiXQ.c2ln"])
def test_a_forged_ticket_opens_no_file(client, world, exam, ticket):
    as_(client, world, "exam_officer")
    response = client.post(f"{page_of(exam)}/answers/confirm", data={"ticket": ticket})
    assert response.status_code == 422
    assert "Check the file once more" in response.text


def test_a_ticket_belongs_to_its_examination(session, client, world, exam):
    as_(client, world, "exam_officer")
    ticket = ticket_in(upload(client, exam, office.answers_of(world)))
    other = make_examination(session)
    response = client.post(f"/staff/examinations/{other.id}/answers/confirm", data={"ticket": ticket})
    assert response.status_code == 422


def test_another_agencys_staff_find_nothing(session, client, world, exam):
    key = office.set_key(world)
    made = office.import_answers(world)
    roles = [(role, make_agency(session).id) for role in (Role.EXAM_OFFICER, Role.KEY_CUSTODIAN)]
    sign_in(client, make_account(session, roles=roles))
    for path in (
        page_of(exam),
        f"{page_of(exam)}/edit",
        f"{page_of(exam)}/candidates",
        f"{page_of(exam)}/keys/new",
        f"{page_of(exam)}/answers",
        f"{page_of(exam)}/answers/{made.id}",
        f"{page_of(exam)}/merit-lists/new",
        f"/staff/keys/{key.id}",
        f"/staff/keys/{key.id}/decide",
    ):
        assert client.get(path).status_code == 404, path
    assert client.post(f"{page_of(exam)}/register").status_code == 404
    assert exam.number not in client.get("/staff/examinations").text


def test_an_auditor_reads_and_changes_nothing(session, client, world, exam):
    key = office.set_key(world)
    as_(client, world, "auditor")
    for path in (
        "/staff/examinations",
        page_of(exam),
        f"{page_of(exam)}/candidates",
        f"/staff/keys/{key.id}",
    ):
        assert client.get(path).status_code == 200, path
    for path in (f"{page_of(exam)}/edit", f"{page_of(exam)}/keys/new", f"{page_of(exam)}/answers"):
        assert client.get(path).status_code == 403, path
    assert client.post(f"{page_of(exam)}/register").status_code == 403


@pytest.mark.parametrize("query", ["state=odd", "before=x%00y", "text=%25_", "before=" + "9" * 400])
def test_odd_addresses_are_no_errors(client, world, exam, query):
    as_(client, world, "exam_officer")
    assert client.get(f"/staff/examinations?{query}").status_code == 200
    assert client.get(f"{page_of(exam)}/candidates?{query}&attendance=odd&after=%00").status_code == 200


def test_lists_take_as_many_queries_for_three_rows_as_for_one(session, client, database):
    officer = make_account(session, roles=[(Role.EXAM_OFFICER, None)])
    exam = make_examination(session)
    make_candidate(session, exam)
    sign_in(client, officer)
    paths = ("/staff/examinations", f"{page_of(exam)}/candidates")
    counts = []
    for path in paths:
        client.get(path)
        with count_queries(database) as sent:
            client.get(path)
        counts.append(len(sent))
    for _ in range(2):
        make_examination(session)
        make_candidate(session, exam)
    for path, before in zip(paths, counts, strict=True):
        with count_queries(database) as sent:
            client.get(path)
        assert len(sent) == before, path
