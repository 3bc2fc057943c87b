"""Pages of examinations, keys and answers, with what people type wrongly."""

from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import func, select

from app.accounts.roles import Role
from app.exams.examinations.models import Examination
from app.exams.keys.models import KeyVersion
from app.exams.keys.states import KeyState
from app.exams.responses import check_services
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


def check(client, exam, content: bytes, name: str = "answers.csv") -> str:
    """Upload a file and give the address of the page that tells what it holds."""
    response = upload(client, exam, content, name)
    assert response.status_code == 303
    return response.location


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
    place = check(client, exam, office.answers_of(world))
    assert "Nothing is stored until you confirm." in client.get(place).text
    assert session.scalar(select(func.count()).select_from(ResponseImport)) == 0
    assert client.post(place).status_code == 303
    made = session.scalars(select(ResponseImport)).one()
    assert (made.filename, made.rows) == ("answers.csv", 6)
    file = client.get(f"{page_of(exam)}/answers/{made.id}")
    assert (file.mimetype, file.data) == ("text/csv", office.answers_of(world))
    assert "Every sheet is stored and sealed." in client.get(place).text
    again = check(client, exam, office.answers_of(world))
    assert "Importing it again changes nothing." in client.get(again).text


def test_faults_are_listed_by_line_and_nothing_is_stored(session, client, world, exam):
    as_(client, world, "exam_officer")
    content = office.answers_of(world).replace(b",A", b",<b>", 1).replace(b"\nC", b"\nX", 1)
    place = check(client, exam, content)
    page = client.get(place).text
    assert "The file has 2 faults." in page
    assert "“&lt;b&gt;” is not an answer of this examination." in page
    assert client.post(place).status_code == 422
    assert session.scalar(select(func.count()).select_from(ResponseImport)) == 0
    report = client.get(f"{place}/report")
    lines = report.text.splitlines()
    assert report.mimetype == "text/csv"
    assert lines[0] == "line,candidate,series,answered,blank,several,doubtful,outcome,faults"
    told = [(row["line"], row["outcome"]) for row in csv.DictReader(lines)]
    assert told == [
        ("2", "faulty"),
        *((str(line), "good, but the file is refused") for line in range(3, 8)),
    ]


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "answers.csv", "The file is empty"),
        (b"x", "answers.pdf", "one of these kinds: CSV, TXT, TSV, XLSX, PARQUET"),
        (b"x" * 1001, "answers.csv", "must be 1 KB or smaller"),
    ],
)
def test_what_is_no_file_is_refused_at_the_field(client, world, exam, monkeypatch, content, name, told):
    monkeypatch.setitem(UploadForm.file.kwargs, "max_bytes", 1000)
    as_(client, world, "exam_officer")
    response = upload(client, exam, content, name)
    assert response.status_code == 422
    assert told in response.text


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"x", "answers.xlsx", "The column of candidate numbers is missing."),
        (b"PK\x03\x04\0\0", "answers.csv", "The workbook cannot be opened."),
        (b"PAR1PAR1", "answers.csv", "The Parquet file cannot be opened."),
        (b"\0\0\0", "answers.csv", "the file is no text"),
        ("candidate,1".encode("utf-16"), "answers.csv", "UTF-16"),
    ],
)
def test_what_is_no_file_of_answers_is_told_on_its_page(client, world, exam, content, name, told):
    as_(client, world, "exam_officer")
    place = check(client, exam, content, name)
    assert told in client.get(place).text
    assert client.get(f"{place}/report").status_code == 200


def test_a_large_file_is_read_and_imported_by_a_worker(session, client, world, exam, monkeypatch, run_jobs):
    monkeypatch.setattr(check_services, "SMALL_BYTES", 10)
    as_(client, world, "exam_officer")
    place = check(client, exam, office.answers_of(world))
    waiting = client.get(place).text
    assert "The file is being read" in waiting
    assert 'value="0"' in waiting
    run_jobs()
    assert "Every line could be read." in client.get(place).text
    assert client.post(place).location.endswith(place)
    assert "The answers are being imported" in client.get(place).text
    assert session.scalar(select(func.count()).select_from(ResponseImport)) == 0
    run_jobs()
    assert "Every sheet is stored and sealed." in client.get(place).text
    assert session.scalars(select(ResponseImport)).one().rows == 6


def test_what_changed_before_the_worker_came_is_told(session, client, world, exam, monkeypatch, run_jobs):
    monkeypatch.setattr(check_services, "SMALL_BYTES", 10)
    as_(client, world, "exam_officer")
    place = check(client, exam, office.answers_of(world))
    run_jobs()
    client.post(place)
    office.import_answers(world, office.answers_of(world, office.SCORES | {"Fay": 9}))
    run_jobs()
    page = client.get(place).text
    assert "The answers were not imported" in page
    assert "Enter why this file replaces the one that was imported before." in page
    assert session.scalar(select(func.count()).select_from(ResponseImport)) == 1


def test_absentees_and_replacements_are_confirmed_with_words(session, client, world, exam):
    as_(client, world, "exam_officer")
    some = office.answers_of(world, {name: right for name, right in office.SCORES.items() if name != "Fay"})
    place = check(client, exam, some)
    refused = client.post(place)
    assert refused.status_code == 422
    assert "Tick the box if they were absent" in refused.text
    assert client.post(place, data={"accepts_absent": "y"}).status_code == 303
    whole = check(client, exam, office.answers_of(world))
    refused = client.post(whole)
    assert "Enter why this file replaces the earlier one" in refused.text
    assert client.post(whole, data={"reason": "One room came late."}).status_code == 303
    assert "Replaced" in client.get(page_of(exam)).text


def test_a_check_belongs_to_its_examination(session, client, world, exam):
    as_(client, world, "exam_officer")
    own = check(client, exam, office.answers_of(world)).rpartition("/")[2]
    other = make_examination(session)
    assert client.get(f"/staff/examinations/{other.id}/answers/checks/{own}").status_code == 404
    assert client.post(f"{page_of(exam)}/answers/checks/rck_{'0' * 26}").status_code == 404


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
