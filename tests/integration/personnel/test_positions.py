"""Positions: found, created, changed and abolished by those who may, with every bad input told."""

from __future__ import annotations

import html
import re

import pytest
from sqlalchemy import select

from app.accounts.roles import Role
from app.personnel.positions import services
from app.personnel.positions.models import Position
from app.personnel.positions.states import PayPeriod, PositionState
from app.platform.actors import Actor
from app.platform.audit import AuditEvent
from app.platform.db import transaction
from app.platform.errors import Conflict, Forbidden, NotFound
from tests.conftest import count_queries, sign_in
from tests.factories.accounts import make_account, make_actor, make_agency
from tests.factories.personnel import make_appointment, make_employee, make_position

GOOD = {
    "number": "P-77",
    "title": "Records analyst",
    "class_code": "10251",
    "class_title": "Clerical associate",
    "grade": "09",
    "duty_station": "31 Chambers Street",
    "pay_currency": "USD",
    "pay_min": "45,000",
    "pay_max": "61500.50",
    "pay_period": "year",
    "weekly_hours": "40",
}


@pytest.fixture
def agency(session):
    return make_agency(session)


@pytest.fixture
def officer(session, client, agency):
    account = make_account(session, roles=[(Role.HR_OFFICER, agency.id)])
    sign_in(client, account)
    return account


def stated(position: Position) -> dict[str, object]:
    names = ("number", "title", "class_code", "class_title", "grade", "duty_station", "agency_id")
    pay = ("pay_min_minor", "pay_max_minor", "pay_currency", "pay_period")
    return {name: getattr(position, name) for name in (*names, *pay, "state", "incumbent_id", "search_text")}


def test_an_officer_creates_a_vacant_position(client, session, agency, officer):
    response = client.post("/staff/positions/new", data=GOOD | {"agency_id": agency.id})
    assert response.status_code == 303
    [position] = session.scalars(select(Position)).all()
    assert response.location == f"/staff/positions/{position.id}"
    assert stated(position) == {
        "number": "P-77",
        "title": "Records analyst",
        "class_code": "10251",
        "class_title": "Clerical associate",
        "grade": "09",
        "duty_station": "31 Chambers Street",
        "agency_id": agency.id,
        "pay_min_minor": 45_000_00,
        "pay_max_minor": 61_500_50,
        "pay_currency": "USD",
        "pay_period": PayPeriod.YEAR,
        "state": PositionState.ACTIVE,
        "incumbent_id": None,
        "search_text": "p-77 records analyst 10251 clerical associate 31 chambers street",
    }
    [event] = session.scalars(select(AuditEvent)).all()
    assert (event.action, event.subject, event.agency_id, event.actor_id) == (
        "personnel.positions.create",
        position.id,
        agency.id,
        officer.id,
    )


def test_the_same_form_sent_twice_makes_one_position(client, session, agency, officer):
    form = GOOD | {"agency_id": agency.id, "idempotency_key": "k" * 24}
    first, second = (client.post("/staff/positions/new", data=form) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert len(session.scalars(select(Position)).all()) == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"number": ""}, "Enter position number"),
        ({"number": "P\0"}, "Position number contains characters that cannot be saved"),
        ({"number": "P" * 31}, "Position number must be 30 characters or fewer"),
        ({"title": "  "}, "Enter title"),
        ({"pay_min": "a lot"}, "Lowest pay must be an amount of money"),
        ({"pay_min": "-5"}, "Lowest pay must be between"),
        ({"pay_max": "1e9"}, "Highest pay must be an amount of money"),
        ({"pay_max": "9" * 29}, "Highest pay must be between"),
        ({"pay_max": "44999.99"}, "The highest pay must not be less than the lowest pay"),
        ({"pay_min": "1.005"}, "Lowest pay is finer than the smallest coin of USD"),
        ({"pay_currency": "XXX"}, "Select one of the choices on the page"),
        ({"pay_currency": "JPY", "pay_min": "1.5"}, "Lowest pay is finer than the smallest coin of JPY"),
        ({"pay_period": "week"}, "Select one of the choices on the page"),
        ({"agency_id": "agy_00000000000000000000000000"}, "Select one of the choices on the page"),
        ({"agency_id": ""}, None),
    ],
)
def test_bad_input_is_told_and_nothing_is_stored(client, session, agency, officer, change, sentence):
    response = client.post("/staff/positions/new", data=GOOD | {"agency_id": agency.id} | change)
    if sentence is None:  # the only agency is taken when none is named
        assert response.status_code == 303
        return
    assert response.status_code == 422
    assert sentence in response.text
    assert "31 Chambers Street" in response.text
    assert session.scalars(select(Position)).all() == []


def test_an_agency_must_be_chosen_among_several(client, session, agency):
    other = make_agency(session)
    sign_in(client, make_account(session, roles=[(Role.HR_OFFICER, a.id) for a in (agency, other)]))
    response = client.post("/staff/positions/new", data=GOOD)
    assert response.status_code == 422
    assert "Select agency" in response.text


def test_amounts_are_counted_in_the_smallest_coin_of_their_currency(client, session, agency, officer):
    yen = {"pay_currency": "JPY", "pay_min": "4,500,000", "pay_max": "6,150,000", "agency_id": agency.id}
    assert client.post("/staff/positions/new", data=GOOD | yen).status_code == 303
    [position] = session.scalars(select(Position)).all()
    assert (position.pay_min_minor, position.pay_max_minor) == (4_500_000, 6_150_000)
    page = client.get(f"/staff/positions/{position.id}/reclassify").text
    assert 'value="4,500,000"' in page


def test_a_used_number_is_refused_at_its_field(client, session, agency, officer):
    make_position(session, number="P-77")  # another agency's
    response = client.post("/staff/positions/new", data=GOOD | {"agency_id": agency.id})
    assert response.status_code == 422
    assert "Another position has this number" in response.text
    assert len(session.scalars(select(Position)).all()) == 1


def test_a_change_is_kept_and_recorded_by_field(client, session, agency, officer):
    position = make_position(session, agency=agency, **{**GOOD_ROW, "title": "Clerk"})
    response = client.post(
        f"/staff/positions/{position.id}/edit", data=GOOD | {"grade": "10", "pay_min": "1"}
    )
    assert "Enter reason" in response.text
    given = GOOD | {"grade": "10", "pay_min": "1", "reason": "Named as in the plan."}
    response = client.post(f"/staff/positions/{position.id}/edit", data=given)
    assert response.status_code == 303
    session.expire_all()
    assert (position.title, position.grade, position.pay_min_minor) == ("Records analyst", "09", 45_000_00)
    assert "records analyst" in position.search_text
    [event] = session.scalars(select(AuditEvent)).all()
    assert event.details == {
        "number": "P-77", "changed": ["title"], "reason": "Named as in the plan."
    }  # fmt: skip
    shown = client.get(f"/staff/positions/{position.id}").text
    assert "Changed: title." in shown


GOOD_ROW = {
    "number": "P-77",
    "class_code": "10251",
    "class_title": "Clerical associate",
    "grade": "09",
    "duty_station": "31 Chambers Street",
    "pay_min_minor": 45_000_00,
    "pay_max_minor": 61_500_50,
}


def test_an_abolished_position_is_changed_no_more(client, session, agency, officer, at):
    position = make_position(
        session, agency=agency, state=PositionState.ABOLISHED, abolished_at=at, abolition_reason="Merged."
    )
    response = client.post(f"/staff/positions/{position.id}/edit", data=GOOD | {"reason": "So."})
    assert response.status_code == 422
    assert "This position was abolished. It can no longer be changed." in response.text
    response = client.post(f"/staff/positions/{position.id}/abolish", data={"reason": "Again"})
    assert "This position was abolished already." in response.text


def test_a_vacant_position_is_abolished_with_its_reason(client, session, agency, officer):
    position = make_position(session, agency=agency)
    assert client.post(f"/staff/positions/{position.id}/abolish", data={"reason": ""}).status_code == 422
    response = client.post(f"/staff/positions/{position.id}/abolish", data={"reason": "Units merged."})
    assert response.status_code == 303
    session.expire_all()
    assert (position.state, position.abolition_reason) == (PositionState.ABOLISHED, "Units merged.")
    shown = client.get(f"/staff/positions/{position.id}").text
    assert "Units merged." in shown
    assert "/abolish" not in shown


def test_an_occupied_position_is_not_abolished(client, session, agency, officer):
    position = make_position(session, agency=agency)
    make_appointment(session, position=position)
    response = client.post(f"/staff/positions/{position.id}/abolish", data={"reason": "Units merged."})
    assert response.status_code == 422
    assert "A person holds this position." in response.text
    session.expire_all()
    assert position.state is PositionState.ACTIVE


def test_a_hold_of_a_later_package_keeps_a_position(session, agency, at, monkeypatch):
    monkeypatch.setattr(services, "_holds", [])
    position = make_position(session, agency=agency)
    actor = make_actor(session, roles=[(Role.HR_OFFICER, agency.id)])

    def hold(_session, position_id):
        return "Requisition R-1 asks for it." if position_id == position.id else None

    services.add_hold(hold)
    services.add_hold(hold)
    with pytest.raises(Conflict, match=r"^Requisition R-1 asks for it\.$"), transaction() as opened:
        services.abolish_position(opened, position_id=position.id, reason="Merged.", actor=actor, at=at)


def test_services_check_agency_and_permission_themselves(session, agency, at):
    position = make_position(session, agency=agency)
    stranger = make_actor(session, roles=[(Role.HR_OFFICER, make_agency(session).id)])
    reader = make_actor(session, roles=[(Role.SUPERVISOR, agency.id)])
    for actor, error in ((stranger, NotFound), (reader, Forbidden), (Actor(id=None, name="-"), NotFound)):
        with pytest.raises(error), transaction() as opened:
            services.abolish_position(opened, position_id=position.id, reason="x", actor=actor, at=at)


def test_reading_in_one_agency_gives_no_act_there(client, session, agency):
    other = make_agency(session)
    position = make_position(session, agency=other)
    roles = [(Role.HR_OFFICER, agency.id), (Role.AUDITOR, other.id)]
    sign_in(client, make_account(session, roles=roles))
    assert client.get(f"/staff/positions/{position.id}").status_code == 200
    assert client.get(f"/staff/positions/{position.id}/edit").status_code == 403
    assert client.get(f"/staff/positions/{position.id}/abolish").status_code == 403
    assert client.get(f"/staff/positions/{position.id}/propose-appointment").status_code == 403


@pytest.fixture
def varied(session, agency, officer, at):
    make_position(session, agency=agency, number="A-1", title="Park ranger", grade="07")
    filled = make_position(session, agency=agency, number="A-2", title="Straßenmeister", grade="09")
    make_appointment(session, position=filled, employee=make_employee(session, agency=agency))
    make_position(
        session,
        agency=agency,
        number="A-3",
        title="Typist_1",
        grade="09",
        state=PositionState.ABOLISHED,
        abolished_at=at,
        abolition_reason="Merged.",
    )
    make_position(session, number="B-1", title="Park ranger of another agency")


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", ["A-1", "A-2", "A-3"]),
        ("?status=vacant", ["A-1"]),
        ("?status=filled", ["A-2"]),
        ("?status=abolished", ["A-3"]),
        ("?grade=09", ["A-2", "A-3"]),
        ("?text=RANGER+park", ["A-1"]),
        ("?text=STRASSEN", ["A-2"]),
        ("?text=Typist_", ["A-3"]),
        ("?text=%25", []),
        ("?text=_9", []),
        ("?sort=title&order=descending", ["A-3", "A-2", "A-1"]),
        ("?sort=grade&order=descending", ["A-3", "A-2", "A-1"]),
        ("?sort=nonsense&order=sideways&page=zzz", ["A-1", "A-2", "A-3"]),
        ("?status=nonsense&grade=99&agency=agy_1", ["A-1", "A-2", "A-3"]),
        ("?text=%00", ["A-1", "A-2", "A-3"]),
        ("?_external=1&_scheme=x&endpoint=y", ["A-1", "A-2", "A-3"]),
    ],
)
def test_a_list_is_narrowed_and_sorted(client, varied, query, numbers):
    page = client.get(f"/staff/positions{query}")
    assert page.status_code == 200
    found = [number for number in ("A-1", "A-2", "A-3", "B-1") if f">{number}</a>" in page.text]
    assert sorted(found) == sorted(numbers)
    order = sorted(found, key=lambda number: page.text.index(f">{number}</a>"))
    assert order == numbers


def test_pages_keep_what_the_list_was_narrowed_to(client, session, agency, officer):
    for number in range(30):
        make_position(session, agency=agency, number=f"P-{number:02}", grade="09")
    first = client.get("/staff/positions?grade=09&sort=number&order=descending").text
    assert "30 positions, 25 shown" in first
    address = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = client.get(address).text
    assert [f"P-{number:02}" in second for number in range(6)] == [True] * 5 + [False]
    assert "grade=09" in address
    assert 'rel="prev"' in second
    assert 'rel="next"' not in second


def test_a_heading_turns_the_order_round_and_begins_at_the_first_page(client, varied):
    text = client.get("/staff/positions?sort=title&order=ascending&page=zzz&grade=09").text
    links = [html.unescape(link) for link in re.findall(r'class="merit-sort[^"]*" href="([^"]+)"', text)]
    assert links == [
        "/staff/positions?sort=number&order=ascending&grade=09",
        "/staff/positions?sort=title&order=descending&grade=09",
        "/staff/positions?sort=grade&order=ascending&grade=09",
        "/staff/positions?sort=place&order=ascending&grade=09",
    ]
    assert 'aria-sort="ascending"' in text


def test_one_row_and_three_cost_the_same_queries(client, session, agency, officer, database):
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            position = make_position(session, agency=agency)
            make_appointment(session, position=position)
        session.expunge_all()
        with count_queries(database) as statements:
            assert client.get("/staff/positions").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_an_empty_office_is_told_so(client, officer):
    assert "There are no positions yet." in client.get("/staff/positions").text
    assert "No position matches." in client.get("/staff/positions?text=x").text
