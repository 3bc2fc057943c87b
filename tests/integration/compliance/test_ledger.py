"""The ledger can be read, filtered, verified and downloaded, and each look leaves a mark."""

from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import select

from app.accounts.roles import Role
from app.compliance.ledger import queries, services
from app.platform import audit
from app.platform.actors import SYSTEM
from app.platform.audit import AuditEvent
from app.platform.db import transaction
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency


@pytest.fixture
def auditor(session):
    return make_account(session, roles=((Role.AUDITOR, None),))


@pytest.fixture
def trail(session, at):
    """Two agencies with one event each."""
    agencies = make_agency(session), make_agency(session)
    session.flush()
    for number, agency in enumerate(agencies):
        with transaction() as opened:
            audit.record(
                opened,
                "recruitment.postings.publish",
                actor=SYSTEM,
                at=at,
                subject=f"pst_{number}",
                agency_id=agency.id,
                title="=1+1",
            )
    return agencies


def last_event(session):
    return session.scalars(select(AuditEvent).order_by(AuditEvent.index.desc())).first()


def test_an_auditor_reads_the_trail_and_that_is_recorded(client, session, auditor, trail):
    sign_in(client, auditor)
    page = client.get("/staff/ledger?action=recruitment")
    assert page.text.count("recruitment.postings.publish") == 2
    event = last_event(session)
    assert (event.action, event.actor_id) == ("compliance.ledger.list_events", auditor.id)
    assert event.details == {"filters": {"action": "recruitment"}}


def test_an_auditor_of_one_agency_sees_that_agency_only(client, session, trail):
    scoped = make_account(session, roles=((Role.AUDITOR, trail[0].id),))
    session.flush()
    sign_in(client, scoped)
    page = client.get("/staff/ledger").text
    assert ("pst_0" in page, "pst_1" in page) == (True, False)
    assert client.get("/staff/ledger/1").status_code == 200
    assert client.get("/staff/ledger/2").status_code == 404


def test_nobody_else_reads_the_trail(client, session, trail):
    for role in set(Role) - {Role.AUDITOR}:
        account = make_account(session, roles=((role, None),))
        session.flush()
        sign_in(client, account)
        assert client.get("/staff/ledger").status_code == 403, role


def test_the_chain_is_verified_on_the_page(client, session, auditor, trail):
    sign_in(client, auditor)
    answer = client.post("/staff/ledger/verify")
    assert "The ledger is whole" in answer.text
    event = client.get("/staff/ledger/1").text
    assert "agrees with its fingerprint" in event


def test_a_download_needs_a_purpose_and_holds_no_formula(client, session, auditor, trail):
    sign_in(client, auditor)
    refused = client.post("/staff/ledger/download?action=recruitment", data={"purpose": ""})
    assert refused.status_code == 422
    answer = client.post("/staff/ledger/download?action=recruitment", data={"purpose": "Annual audit"})
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row["subject"] for row in rows] == ["pst_1", "pst_0"]
    assert not any(cell.startswith("=") for row in rows for cell in row.values())
    assert last_event(session).details["purpose"] == "Annual audit"


@pytest.mark.parametrize(
    "query",
    ["before=-1", "before=x", "before=" + "9" * 60, "since-day=31&since-month=2&since-year=2026",
     "agency_id=nobody", "action=%00", "subject=" + "a" * 500],
)  # fmt: skip
def test_odd_addresses_never_break_the_page(client, auditor, trail, query):
    sign_in(client, auditor)
    assert client.get(f"/staff/ledger?{query}").status_code == 200


def test_pages_follow_each_other_without_gap(session, auditor, trail, at, app):
    for number in range(120):
        with transaction() as opened:
            audit.record(opened, "accounts.register", actor=SYSTEM, at=at, subject=f"acc_{number}")
    actor = SYSTEM.__class__(id="x", name="x", grants=(SYSTEM.grants[0].__class__("compliance.*", None),))
    seen, before = [], None
    while True:
        rows = queries.list_events(session, actor, queries.Filters(action="accounts."), before=before)
        seen += [event.subject for event in rows[: queries.PAGE]]
        if len(rows) <= queries.PAGE:
            break
        before = rows[queries.PAGE - 1].index
    assert seen == [f"acc_{number}" for number in reversed(range(120))]


def test_csv_quotes_what_a_spreadsheet_would_run():
    event = AuditEvent(index=1, action="=cmd()", actor_name="+1", subject="@x", details={}, digest="d")
    assert "'=cmd()" in services.write_csv([event]).decode()
