"""Trying other rules on a list: what it shows, that nothing of the list moves, and trials that are kept."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.accounts.roles import Role
from app.exams.merit_lists.models import MeritList, MeritListEntry
from app.exams.merit_lists.queries import get_list
from app.exams.sandboxes import queries
from app.exams.sandboxes.models import ListColumns, Sandbox
from app.exams.sandboxes.trials import try_out
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.integration.exams import world as office

TOTAL = ("total", "minimum")


@pytest.fixture
def world(session):
    return office.prepare(office.make_world(session))


def drafted(world):
    """Draft a list and give it as the pages read it."""
    return get_list(world.session, office.draft(world).id, world.actor("exam_officer"))


def stored(session, list_id):
    entries = select(MeritListEntry.place, MeritListEntry.rank, MeritListEntry.final)
    rows = session.execute(entries.where(MeritListEntry.list_id == list_id).order_by(MeritListEntry.place))
    digests = session.execute(select(MeritList.digest, MeritList.rulebook_digest, MeritList.passed))
    return [tuple(row) for row in rows], [tuple(row) for row in digests]


def test_the_columns_of_a_list_give_it_again(session, world):
    merit_list = drafted(world)
    basis = queries.load_basis(session, merit_list)
    assert session.get(ListColumns, merit_list.id).digest == basis.columns
    trial = try_out(basis, (), 0)
    assert trial.real.digest == trial.tried.digest == merit_list.digest
    assert (trial.scores, trial.ranks, trial.entering, trial.leaving) == (0, 0, 0, 0)


def test_a_list_that_kept_no_columns_can_be_tried_as_well(session, world):
    merit_list = drafted(world)
    session.delete(session.get(ListColumns, merit_list.id))
    session.flush()
    assert try_out(queries.load_basis(session, merit_list), (), 0).real.digest == merit_list.digest


def test_another_pass_mark_lets_people_in_and_leaves_the_list_alone(client, session, world):
    merit_list = drafted(world)
    before = stored(session, merit_list.id)
    sign_in(client, world.accounts["exam_officer"])
    address = f"/staff/merit-lists/{merit_list.id}/sandbox"
    page = client.get(address).text
    assert "The list as it is" in page
    page = client.get(f"{address}?minimum_0=&pass_mark=50&vacancies=2").text
    assert "Preview of the trial" in page
    assert "Enters" in page
    trial = try_out(queries.load_basis(session, merit_list), ((TOTAL, "50"),), 0)
    assert (trial.entering, trial.tried.passed_count) == (1, 6)
    assert trial.tried.digest != merit_list.digest
    assert stored(session, merit_list.id) == before


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("pass_mark=abc", "must be a number"),
        ("pass_mark=-1", "Correct the numbers"),
        ("pass_mark=1e9", "Correct the numbers"),
        ("pass_mark=70&vacancies=0", "Correct the numbers"),
        ("pass_mark=7%00", "Correct the numbers"),
        ("pass_mark=70&after=zz", "Preview"),
        ("pass_mark=70&after=999999999999999999999", "list"),
    ],
)
def test_what_cannot_be_meant_is_told_at_its_field(client, world, query, told):
    merit_list = office.draft(world)
    sign_in(client, world.accounts["exam_officer"])
    answer = client.get(f"/staff/merit-lists/{merit_list.id}/sandbox?{query}")
    assert answer.status_code in (200, 404)
    assert told in answer.text or answer.status_code == 404


def test_a_trial_is_kept_with_who_and_why(client, session, world):
    merit_list = office.draft(world)
    before = stored(session, merit_list.id)
    sign_in(client, world.accounts["exam_officer"])
    address = f"/staff/merit-lists/{merit_list.id}/sandbox?pass_mark=50&vacancies=2"
    refused = client.post(address, data={"purpose": ""})
    assert refused.status_code == 422
    answer = client.post(address, data={"purpose": "The council asked what 50 would mean."})
    assert answer.status_code == 303
    kept = session.scalars(select(Sandbox)).one()
    assert answer.location == f"/staff/sandboxes/{kept.id}"
    assert (kept.passed, kept.entering, kept.leaving) == (6, 1, 0)
    assert kept.changes == {"dials": {"minimum_0": "", "pass_mark": "50"}, "vacancies": 2}
    assert kept.kept_by == world.accounts["exam_officer"].id
    assert kept.digest != merit_list.digest
    assert stored(session, merit_list.id) == before
    page = client.get(answer.location).text
    assert "It never was the list of this examination" in page
    assert "pass_mark=50" in page
    assert "The council asked" in client.get(f"/staff/merit-lists/{merit_list.id}/sandbox").text


def test_another_agencys_officer_tries_nothing(client, session, world):
    merit_list = office.draft(world)
    stranger = make_account(session, roles=[(Role.EXAM_OFFICER, make_agency(session).id)])
    sign_in(client, stranger)
    assert client.get(f"/staff/merit-lists/{merit_list.id}/sandbox").status_code == 404
