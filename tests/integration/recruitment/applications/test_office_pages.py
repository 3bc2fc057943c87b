"""The office's pages: scoped to its agency, narrowed, paged, and every view recorded."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, select

from app.accounts.roles import Role
from app.platform.audit import AuditEvent
from app.recruitment.applications import queries
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Assessment, Placement, Screening, Standing, Submission
from tests.conftest import count_queries, sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.applications import SUBMITTED_AT, make_application
from tests.factories.recruitment import make_posting


@pytest.fixture
def apply(session, world):
    def make(name="Ada Example", **values):
        return make_application(
            session,
            posting_id=world.posting.id,
            account_id=make_account(session).id,
            applicant_name=name,
            **values,
        )

    return make


@pytest.fixture
def olga(client, world):
    return sign_in(client, world.officer)


CERTIFIED = {
    "screening": Screening.ELIGIBLE,
    "assessment": Assessment.SCORED,
    "standing": Standing.PASSED,
    "placement": Placement.CERTIFIED,
}


def listing(world):
    return f"/staff/postings/{world.posting.id}/applications"


def test_one_application_is_shown_as_received_and_the_view_recorded(session, world, olga, apply):
    sent = apply()
    text = olga.get(f"/staff/applications/{sent.id}").text
    assert "This is exactly what was received" in text
    assert sent.snapshot_digest in text
    views = select(func.count()).where(AuditEvent.action == "recruitment.applications.show_staff")
    assert session.scalar(views) == 1


def test_a_changed_snapshot_is_shouted_about(session, world, olga, apply):
    sent = apply()
    sent.snapshot = sent.snapshot | {"number": "A-2026-000001-7"}
    session.flush()
    assert (
        "This application was changed after it was received"
        in olga.get(f"/staff/applications/{sent.id}").text
    )


def test_drafts_are_nobodys_but_the_applicants(session, world, olga, apply):
    draft = apply(None, submission=Submission.DRAFT)
    assert olga.get(f"/staff/applications/{draft.id}").status_code == 404
    assert "No application has been received yet" in olga.get(listing(world)).text


@pytest.mark.parametrize(
    ("role", "opens"),
    [
        (Role.HR_OFFICER, 200),
        (Role.AUDITOR, 200),
        (Role.EXAM_OFFICER, 403),
        (Role.SUPERVISOR, 403),
        (Role.SYSTEM_ADMINISTRATOR, 403),
        (None, 403),
    ],
)
def test_only_those_who_decide_or_audit_read_applications(session, world, client, apply, role, opens):
    sent = apply()
    sign_in(client, make_account(session, roles=[(role, world.agency.id)] if role else []))
    for url in ("/staff/applications", listing(world), f"/staff/applications/{sent.id}"):
        assert client.get(url).status_code == opens


@pytest.mark.parametrize("role", [Role.HR_OFFICER, Role.AUDITOR, Role.APPOINTING_AUTHORITY])
def test_another_agency_finds_nothing(session, world, client, apply, role):
    sent = apply(**CERTIFIED)
    sign_in(client, make_account(session, roles=[(role, make_agency(session).id)]))
    assert client.get(f"/staff/applications/{sent.id}").status_code == 404
    assert client.get(listing(world)).status_code in (403, 404)
    if role is not Role.APPOINTING_AUTHORITY:
        assert world.posting.title not in client.get("/staff/applications").text


def test_an_appointing_authority_sees_only_whose_names_were_certified(session, world, client, apply):
    certified, other = apply(**CERTIFIED), apply(screening=Screening.ELIGIBLE)
    sign_in(client, make_account(session, roles=[(Role.APPOINTING_AUTHORITY, world.agency.id)]))
    assert client.get(f"/staff/applications/{certified.id}").status_code == 200
    assert client.get(f"/staff/applications/{other.id}").status_code == 404
    assert client.get(listing(world)).status_code == 403


def test_the_list_is_narrowed_by_outcome_and_by_name_or_number(world, olga, apply):
    apply("Ada Example")
    apply("Ben Sample", screening=Screening.ELIGIBLE)
    number = apply("Cy 100%_Test", screening=Screening.INELIGIBLE).number
    apply("Dee Gone", submission=Submission.WITHDRAWN, was_received=True)
    expected = {
        "": {"Ada", "Ben", "Cy", "Dee"},
        "?outcome=pending": {"Ada"},
        "?outcome=eligible": {"Ben"},
        "?outcome=ineligible": {"Cy"},
        "?outcome=withdrawn": {"Dee"},
        "?text=SAMPLE": {"Ben"},
        "?text=%25_": {"Cy"},
        f"?text={number.lower()}": {"Cy"},
        "?outcome=eligible&text=ada": set(),
        "?outcome=nonsense": {"Ada", "Ben", "Cy", "Dee"},
    }
    for query, names in expected.items():
        text = olga.get(listing(world) + query).text
        shown = {first for first in ("Ada", "Ben", "Cy", "Dee") if f">{first} " in text}
        assert shown == names, query


def test_the_counts_of_outcomes_are_told_in_figures(session, world, apply):
    for screening in (Screening.PENDING, Screening.PENDING, Screening.ELIGIBLE, Screening.INELIGIBLE):
        apply(screening=screening)
    apply(submission=Submission.WITHDRAWN, was_received=True)
    apply(None, submission=Submission.DRAFT)
    assert queries.count_by_outcome(session, [world.posting.id]) == {
        world.posting.id: {"pending": 2, "eligible": 1, "ineligible": 1, "withdrawn": 1}
    }


def test_pages_follow_each_other_without_gap_or_double(session, world, monkeypatch, apply):
    monkeypatch.setattr(queries, "PAGE", 2)
    made = [apply(submitted_at=SUBMITTED_AT + dt.timedelta(minutes=minute)) for minute in (3, 1, 1, 2, 1)]
    order = sorted(made, key=lambda row: (row.submitted_at, row.id))
    seen, after = [], ""
    while True:
        page = queries.list_for_posting(
            session, world.posting.id, world.staff, queries.Filters(), after=after
        )
        seen += page.rows
        after = page.next_after
        if not after:
            break
    assert [row.id for row in seen] == [row.id for row in order]


@pytest.mark.parametrize("after", ["app_00000000000000000000000000", "nonsense", "\0"])
def test_a_page_that_begins_nowhere_is_not_found_or_the_first(world, olga, apply, after):
    apply()
    assert olga.get(listing(world), query_string={"after": after}).status_code in (200, 404)


def test_lists_ask_the_database_as_often_for_three_rows_as_for_one(session, world, olga, apply, database):
    apply()
    urls = ("/staff/applications", listing(world))
    counts = []
    for _ in range(2):
        for url in urls:
            with count_queries(database) as asked:
                assert olga.get(url).status_code == 200
            counts.append(len(asked))
        apply("Ben Sample"), apply("Cy Test")
        make_posting(session, agency_id=world.agency.id), make_posting(session, agency_id=world.agency.id)
    assert counts[:2] == counts[2:]


def test_the_list_of_vacancies_shows_how_far_screening_has_come(session, world, olga, apply):
    apply()
    apply("Ben", screening=Screening.ELIGIBLE)
    text = olga.get("/staff/applications").text
    assert world.posting.title in text
    assert session.scalar(select(func.count()).select_from(Application)) == 2
