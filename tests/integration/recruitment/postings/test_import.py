"""Imports: all or nothing, the same file once, by service, command and page, and the city's real files."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from app.accounts.models import Agency
from app.accounts.roles import Role
from app.platform import jobs
from app.platform.actors import Actor, Grant
from app.platform.audit import AuditEvent
from app.platform.db import transaction
from app.platform.errors import Conflict, Forbidden
from app.recruitment.postings.commands import IMPORTER, postings
from app.recruitment.postings.import_services import ACT, Summary, import_postings, make_code
from app.recruitment.postings.importing import read_file
from app.recruitment.postings.models import Posting
from app.recruitment.postings.states import Audience, EmploymentType, PostingState
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_actor, make_agency
from tests.unit.recruitment.postings.test_importing import file
from tests.unit.recruitment.postings.test_nyc_jobs import GOOD

SHARED = Path(__file__).resolve().parents[5] / "shared" / "data" / "postings"
BAD = GOOD | {"Job ID": "77", "Posting Date": "35 Hours"}


def store(content: bytes, at: dt.datetime, actor: Actor = IMPORTER) -> Summary:
    read = read_file(content)
    assert read.errors == ()
    with transaction() as opened:
        return import_postings(opened, rows=read.rows, digest=read.digest, actor=actor, at=at)


def count(session, table) -> int:
    return session.scalar(select(func.count()).select_from(table))


def test_a_row_becomes_a_posting(session, at):
    summary = store(file(GOOD | {"Work Location": "100 Gold Street"}), at)
    assert summary == Summary(inserted=1, agencies=1)
    [posting] = session.scalars(select(Posting))
    agency = session.get(Agency, posting.agency_id)
    assert (agency.name, agency.code, agency.time_zone) == (
        "NYC HOUSING AUTHORITY",
        "NHA",
        "America/New_York",
    )
    assert posting.search_text.startswith("assistant project manager\nnyc-151937-i\nnyc housing authority\n")
    left_out = {"id", "agency_id", "search_text", "search_words", "created_at", "grace_minutes"}
    values = {
        column.key: getattr(posting, column.key)
        for column in Posting.__table__.columns
        if column.key not in left_out and getattr(posting, column.key) not in (None, "")
    }
    assert {name: getattr(value, "value", value) for name, value in values.items()} == {
        "number": "NYC-151937-I",
        "title": "Assistant Project Manager",
        "title_key": "assistant project manager",
        "class_code": "22427",
        "class_title": "ASSOCIATE PROJECT MANAGER",
        "grade": "2",
        "category": "Engineering, Architecture, & Planning",
        "employment_type": "full_time",
        "audience": "employees",
        "unit": "Project Mgmt Dept Team 3",
        "location": "100 Gold Street",
        "pay_min_minor": 6_294_200,
        "pay_max_minor": 9_224_950,
        "pay_currency": "USD",
        "pay_period": "year",
        "pay_year_minor": 6_294_200,
        "openings": 1,
        "opens_at": dt.datetime(2014, 8, 16, 4, 0, tzinfo=dt.UTC),
        "closes_at": dt.datetime(2014, 9, 16, 3, 59, tzinfo=dt.UTC),
        "closed_at": dt.datetime(2014, 9, 16, 3, 59, tzinfo=dt.UTC),
        "published_at": dt.datetime(2014, 8, 16, 4, 0, tzinfo=dt.UTC),
        "announced_on": dt.date(2014, 8, 16),
        "time_zone": "America/New_York",
        "state": "closed",
        "source": "nyc_jobs",
        "source_key": "nyc_jobs:151937:Internal",
    }


def test_a_recent_row_is_published_and_closes_at_the_end_of_its_last_day(session, at):
    content = file(GOOD | {"Posting Date": "2026-11-15"})
    assert store(content, at) == Summary(inserted=1, agencies=1)
    [posting] = session.scalars(select(Posting))
    closes_at = dt.datetime(2026, 12, 16, 4, 59, tzinfo=dt.UTC)
    assert (posting.state, posting.closes_at) == (PostingState.PUBLISHED, closes_at)
    assert jobs.drain(lambda: closes_at - dt.timedelta(seconds=1)) == 0
    assert jobs.drain(lambda: closes_at) == 1
    session.expire_all()
    assert posting.state is PostingState.CLOSED
    assert store(content, closes_at) == Summary(unchanged=1)


def test_the_same_file_changes_nothing_and_a_changed_row_changes_itself(session, at):
    external = GOOD | {"Posting Type": "External"}
    assert store(file(GOOD, external), at) == Summary(inserted=2, agencies=1)
    ids = dict(session.execute(select(Posting.source_key, Posting.id)).all())
    events = count(session, AuditEvent)
    assert store(file(external, GOOD), at) == Summary(unchanged=2)
    assert count(session, AuditEvent) == events
    changed = external | {"Business Title": "Manager", "Full-Time/Part-Time indicator": "P"}
    assert store(file(GOOD, changed), at) == Summary(updated=1, unchanged=1)
    session.expire_all()
    assert dict(session.execute(select(Posting.source_key, Posting.id)).all()) == ids
    rows = session.execute(select(Posting.title, Posting.employment_type, Posting.audience))
    assert set(rows.all()) == {
        ("Assistant Project Manager", EmploymentType.FULL_TIME, Audience.EMPLOYEES),
        ("Manager", EmploymentType.PART_TIME, Audience.EVERYONE),
    }


def test_a_later_deadline_opens_it_again_and_a_cancelled_one_stays_cancelled(session, at):
    store(file(GOOD), at)
    [posting] = session.scalars(select(Posting))
    later = file(GOOD | {"Posting Date": "2026-11-15"})
    assert store(later, at) == Summary(updated=1)
    session.expire_all()
    assert (posting.state, posting.closed_at) == (PostingState.PUBLISHED, None)
    posting.state, posting.cancelled_at, posting.cancel_reason = PostingState.CANCELLED, at, "Withdrawn."
    session.flush()
    assert store(file(GOOD), at) == Summary(updated=1)
    session.expire_all()
    assert posting.state is PostingState.CANCELLED


def test_agencies_are_found_in_any_letter_case_and_keep_their_zone(session, at):
    agency = make_agency(session, name="NYC Housing Authority", time_zone="Asia/Kolkata")
    assert store(file(GOOD), at) == Summary(inserted=1)
    [posting] = session.scalars(select(Posting))
    assert (posting.agency_id, posting.time_zone) == (agency.id, "Asia/Kolkata")
    assert posting.opens_at == dt.datetime(2014, 8, 15, 18, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("name", "taken", "code"),
    [
        ("DEPT OF ENVIRONMENT PROTECTION", set(), "DOEP"),
        ("DEPT OF ENVIRONMENT PROTECTION", {"DOEP", "DOEP2"}, "DOEP3"),
        ("HRA/DEPT OF SOCIAL SERVICES", set(), "HDOSS"),
        ("ADMIN FOR CHILDREN'S SVCS", set(), "AFCSS"),
        ("Ω", set(), "AGENCY"),
        ("Sanitation", set(), "SAGENCY"),
    ],
)
def test_codes_of_new_agencies(name, taken, code):
    assert make_code(name, taken) == code


def test_only_who_may_in_all_agencies_imports(session, at):
    agency = make_agency(session)
    officer = make_actor(session, roles=[(Role.HR_OFFICER, agency.id)])
    with pytest.raises(Forbidden, match="all agencies"):
        store(file(GOOD), at, officer)
    only_import = Actor(id=None, name="Half", grants=(Grant(ACT, None),))
    with pytest.raises(Conflict, match="These agencies are not known here: NYC HOUSING AUTHORITY"):
        store(file(GOOD), at, only_import)
    assert count(session, Posting) == 0


def run(*args: object) -> tuple[int, str]:
    done = CliRunner().invoke(postings, ["import", *map(str, args)])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.output


def test_the_command_refuses_a_file_with_one_bad_row_and_stores_nothing(session, tmp_path):
    path = tmp_path / "jobs.csv"
    path.write_bytes(file(GOOD, BAD))
    status, said = run(path)
    assert status == 2
    assert "Row 3, Posting Date: must be a date such as 2019-02-11, not “35 Hours”." in said
    assert "Nothing was stored: 1 of 2 rows are not good." in said
    assert (count(session, Posting), count(session, Agency)) == (0, 0)
    assert [entry.name for entry in tmp_path.iterdir()] == ["jobs.csv"]


def test_the_command_stores_the_good_rows_when_asked_and_gives_the_others_back(session, tmp_path):
    path, rejects = tmp_path / "jobs.csv", tmp_path / "bad.csv"
    path.write_bytes(file(GOOD, BAD))
    status, said = run(path, "--accept-valid", "--rejects", rejects)
    assert status == 0
    assert said.endswith("2 rows read: 1 inserted, 0 updated, 0 unchanged, 1 rejected; 1 agencies added.\n")
    [header, row] = csv.reader(io.StringIO(rejects.read_text("utf-8-sig")))
    assert (header[:3], row[:3]) == (
        ["Row", "Reasons", "Job ID"],
        ["3", "Posting Date must be a date such as 2019-02-11, not “35 Hours”.", "77"],
    )
    [posting] = session.scalars(select(Posting))
    assert posting.number == "NYC-151937-I"


def test_the_command_refuses_what_is_no_such_file(session, tmp_path):
    path = tmp_path / "jobs.csv"
    path.write_bytes(b"\xff\xfe\xff")
    assert run(path) == (2, "Line 1 is not written in UTF-8. Save the file as “CSV UTF-8” and try again.\n")


def upload(client, content: bytes, name: str = "jobs.csv"):
    return client.post("/staff/postings/import", data={"file": (io.BytesIO(content), name)})


def test_a_page_checks_a_file_and_stores_it_only_when_asked(client, session):
    sign_in(client, make_account(session, roles=[(Role.HR_OFFICER, None), (Role.SYSTEM_ADMINISTRATOR, None)]))
    checked = upload(client, file(GOOD, BAD))
    assert checked.status_code == 303
    page = client.get(checked.location)
    assert "must be a date such as 2019-02-11, not “35 Hours”." in page.text
    assert count(session, Posting) == 0
    refused = client.post(checked.location)
    assert refused.status_code == 422
    assert "Tick this box to store the others" in refused.text
    rejects = client.get(f"{checked.location}/rejects.csv")
    assert rejects.headers["Content-Disposition"] == "attachment; filename=rows-not-imported.csv"
    assert client.post(checked.location, data={"accept_valid": "y"}).status_code == 303
    assert count(session, Posting) == 1


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "jobs.csv", "The file is empty"),
        (b"%PDF-1.7", "jobs.csv", "The file lacks these columns"),
        (b"x", "jobs.xlsx", "The file must be one of these kinds: CSV"),
        (b"\xff", "jobs.csv", "Line 1 is not written in UTF-8"),
    ],
)
def test_a_file_of_another_kind_is_refused_at_its_field(client, session, content, name, sentence):
    sign_in(client, make_account(session, roles=[(Role.HR_OFFICER, None)]))
    refused = upload(client, content, name)
    assert refused.status_code == 422
    assert sentence in refused.text


def test_an_officer_of_one_agency_does_not_import(client, session):
    agency = make_agency(session)
    sign_in(client, make_account(session, roles=[(Role.HR_OFFICER, agency.id)]))
    for address in ("/staff/postings/import", f"/staff/postings/import/{'0' * 64}"):
        assert client.get(address).status_code == 403
    assert "Import a file" not in client.get("/staff/postings").text


def test_a_file_that_is_not_in_the_store_is_not_found(client, session):
    sign_in(client, make_account(session, roles=[(Role.HR_OFFICER, None)]))
    for digest in ("0" * 64, "x", "..%2f..%2fetc"):
        assert client.get(f"/staff/postings/import/{digest}").status_code == 404


needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason=f"the real files are not here: {SHARED} is absent"
)


@needs_shared
def test_the_citys_600_postings_come_in_once(session):
    path = SHARED / "nyc_jobs.csv"
    assert run(path)[0] == 0
    status, said = run(path)
    assert (status, said.splitlines()[-1]) == (
        0,
        "600 rows read: 0 inserted, 0 updated, 600 unchanged, 0 rejected; 0 agencies added.",
    )
    assert (count(session, Posting), count(session, Agency)) == (600, 44)
    assert Counter(session.scalars(select(Posting.state))) == {PostingState.CLOSED: 600}
    by_audience = Counter(session.scalars(select(Posting.audience)))
    assert by_audience == {Audience.EMPLOYEES: 342, Audience.EVERYONE: 258}
    titles = session.scalars(select(Posting.title).where(Posting.title.contains("–"))).all()
    assert "Supervisor, EHS Facility Compliance – Downstate Division" in titles
    assert len(titles) == 4
    left_damaged = select(Posting).where(
        Posting.duties.contains("â€") | Posting.qualifications.contains("â€")
    )
    assert session.scalars(left_damaged).all() == []


@needs_shared
def test_the_damaged_file_is_refused_row_by_row_or_its_good_rows_are_stored(session, tmp_path):
    path, rejects = SHARED / "nyc_jobs_damaged.csv", tmp_path / "rejects.csv"
    status, said = run(path)
    assert status == 2
    assert "Nothing was stored: 171 of 300 rows are not good." in said
    told = {line.split(",")[0] for line in said.splitlines() if line.startswith("Row ")}
    assert len(told) == 171
    assert count(session, Posting) == 0
    status, said = run(path, "--accept-valid", "--rejects", rejects)
    assert (status, count(session, Posting)) == (0, 129)
    given = list(csv.reader(io.StringIO(rejects.read_text("utf-8-sig"))))
    assert len(given) == 172
    assert {f"Row {row[0]}" for row in given[1:]} == told
    assert all(row[1] for row in given[1:])
