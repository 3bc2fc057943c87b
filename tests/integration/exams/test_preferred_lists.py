"""Preferred lists: placed by the clock, offered in order, answered by another; no certificate before them."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select, update

from app.exams.certificates import services as certificates
from app.exams.certificates.models import Certificate
from app.exams.joint_certificates.services import ask_jointly
from app.exams.preferred_lists import services
from app.exams.preferred_lists.models import PreferredEntry
from app.exams.preferred_lists.states import PreferredState
from app.exams.selection_audits.services import audit_certificate
from app.home.queries import list_waiting
from app.personnel.actions.queries import as_of
from app.personnel.actions.rules import Changes
from app.personnel.actions.services import carry_out
from app.personnel.actions.states import ActionKind, Standing
from app.personnel.appointments.states import AppointmentKind
from app.personnel.employees.models import Employee
from app.personnel.employees.states import EmployeeState
from app.personnel.positions.models import Position
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.personnel import make_appointment, make_employee, make_position
from tests.integration.exams import world as office

AT = office.AT
DAY = dt.timedelta(days=1)
LAST_DAY = dt.date(2026, 11, 18)
STARTS_ON = dt.date(2026, 12, 1)


@pytest.fixture
def world(session):
    made = office.prepare(office.make_world(session))
    made.list = office.publish(made)
    return made


def separate(
    world, name, *, since=dt.date(2015, 3, 2), code="NY-80", agency=None, kind=AppointmentKind.PERMANENT
):
    """Let a person of the class serve since a day, and separate them by a reduction in force."""
    session, agency = world.session, agency or world.agency
    position = make_position(session, agency=agency, class_code="20215")
    employee = make_employee(session, agency_id=agency.id, name=name, hired_on=since)
    values = (
        {"probation_ends_on": since + dt.timedelta(days=365)} if kind is AppointmentKind.PROBATIONAL else {}
    )
    make_appointment(session, employee=employee, position=position, starts_on=since, kind=kind, **values)
    carry_out(
        session,
        employee_id=employee.id,
        kind=ActionKind.SEPARATION,
        effective_on=LAST_DAY,
        changes=Changes(),
        authority_code=code,
        authority="New York Civil Service Law, section 80",
        reason="The unit was given up.",
        source=None,
        approved_by=world.accounts["second_officer"].id,
        actor=world.actor("hr_officer"),
        at=AT,
    )
    return employee


def place(world, at=AT):
    return services.place_separated(world.session, at=at)


def entry_of(world, name) -> PreferredEntry:
    return world.session.scalars(
        select(PreferredEntry)
        .join(Employee, Employee.id == PreferredEntry.employee_id)
        .where(Employee.name == name)
    ).one()


def offer(world, name, *, role="hr_officer", position=0, at=AT, starts_on=STARTS_ON):
    return services.offer_position(
        world.session,
        entry_id=entry_of(world, name).id,
        position_id=world.positions[position].id,
        starts_on=starts_on,
        actor=world.actor(role),
        at=at,
    )


def answer(world, name, what, *, role="second_officer", reason="Letter of 21 November.", at=AT):
    return services.record_answer(
        world.session,
        entry_id=entry_of(world, name).id,
        answer=what,
        reason=reason,
        actor=world.actor(role),
        at=at,
    )


def ask(world, at=AT):
    return certificates.request_certificate(
        world.session,
        merit_list_id=world.list.id,
        requisition_id=world.requisition.id,
        vacancies=1,
        actor=world.actor("hr_officer"),
        at=at,
    )


def test_who_was_separated_by_a_reduction_stands_on_the_list(world):
    separate(world, "Ana")
    separate(world, "Bo", code="SEP-REMOVAL")
    separate(world, "Cy", kind=AppointmentKind.TEMPORARY)
    assert place(world) == 1
    assert place(world) == 0
    entry = entry_of(world, "Ana")
    assert (entry.class_code, entry.seniority_from, entry.separated_on, entry.expires_on, entry.regime) == (
        "20215",
        dt.date(2015, 3, 2),
        LAST_DAY,
        dt.date(2030, 11, 18),
        "new-york",
    )


def test_no_name_is_asked_for_or_issued_before_them(world):
    asked = ask(world)
    separate(world, "Ana")
    place(world)
    with pytest.raises(Conflict, match=r"sec\. 81\(1\)\): Ana\."):
        certificates.issue_certificate(
            world.session, certificate_id=asked.id, actor=world.actor("second_officer"), at=AT
        )
    certificates.discard_certificate(
        world.session, certificate_id=asked.id, actor=world.actor("hr_officer"), at=AT
    )
    with pytest.raises(Conflict, match="come first"):
        ask(world)
    offer(world, "Ana")
    with pytest.raises(Conflict, match="come first"):
        ask(world)
    answer(world, "Ana", PreferredState.DECLINED)
    assert ask(world).id


def test_a_joint_request_drafts_nothing_before_them(world):
    separate(world, "Ana")
    place(world)
    with pytest.raises(Conflict):
        ask_jointly(
            world.session,
            merit_list_id=world.list.id,
            requisition_id=world.requisition.id,
            vacancies=2,
            actor=world.actor("hr_officer"),
            at=AT,
        )
    assert world.session.scalar(select(Certificate.id)) is None


def test_other_classes_and_laws_are_not_touched(world):
    separate(world, "Ana", code="CFR-351.603")
    separate(world, "Bo")
    place(world)
    world.session.execute(
        update(PreferredEntry).where(PreferredEntry.regime == "new-york").values(class_code="99999")
    )
    assert ask(world).id


def test_positions_are_offered_in_order_and_the_answer_is_anothers(world):
    separate(world, "Ana", since=dt.date(2018, 1, 8))
    separate(world, "Bo", since=dt.date(2012, 1, 9))
    other = make_agency(world.session)
    separate(world, "Cy", since=dt.date(2001, 1, 8), agency=other)
    assert place(world) == 3
    for name in ("Ana", "Cy"):
        with pytest.raises(Conflict, match="Bo comes first"):
            offer(world, name)
    offer(world, "Bo")
    with pytest.raises(Conflict, match="You offered"):
        answer(world, "Bo", PreferredState.DECLINED, role="hr_officer")
    with pytest.raises(Invalid):
        answer(world, "Bo", PreferredState.DECLINED, reason=" ")
    with pytest.raises(Conflict, match="No position was offered"):
        answer(world, "Ana", PreferredState.DECLINED)
    answer(world, "Bo", PreferredState.NO_REPLY)
    with pytest.raises(Conflict):
        offer(world, "Bo")
    offer(world, "Ana", position=1)
    offer(world, "Cy", role="second_officer")  # of another agency: the list serves both


def test_who_accepts_is_reinstated_and_the_position_is_filled(world):
    employee = separate(world, "Ana")
    place(world)
    offer(world, "Ana", starts_on=AT.date() + DAY)
    assert [
        (one.text, one.count)
        for one in list_waiting(world.session, world.actor("second_officer"), AT)
        if "preferred" in one.text
    ] == [("Answers from preferred lists to record", 1)]
    answer(world, "Ana", PreferredState.REINSTATED, at=AT + 2 * DAY)
    record = as_of(world.session, employee.id, AT.date() + 2 * DAY)
    assert record is not None
    assert (record.standing, record.position_id) == (Standing.IN_SERVICE, world.positions[0].id)
    position = world.session.get_one(Position, world.positions[0].id)
    assert position.incumbent_id == employee.id
    assert world.session.get_one(Employee, employee.id).state is EmployeeState.ACTIVE
    assert entry_of(world, "Ana").state is PreferredState.REINSTATED
    assert ask(world, AT + 2 * DAY).id


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"starts_on": AT.date()}, ["starts_on"]),
        ({"position": -1}, ["position_id"]),
    ],
    ids=str,
)
def test_a_wrong_offer_is_refused_and_nothing_is_stored(world, values, fields):
    separate(world, "Ana")
    place(world)
    if values.get("position") == -1:
        world.positions.append(make_position(world.session, agency=world.agency, class_code="other"))
    with pytest.raises(Invalid) as refused:
        offer(world, "Ana", **values)
    assert list(refused.value.fields) == fields
    assert entry_of(world, "Ana").state is PreferredState.STANDING


def test_the_clock_ends_the_time_on_the_list(world):
    separate(world, "Ana")
    place(world)
    last = dt.datetime(2030, 11, 19, 4, 59, tzinfo=dt.UTC)  # 18 November, 23:59 in New York
    assert services.end_entries(world.session, at=last) == 0
    after = last + dt.timedelta(minutes=1)
    with pytest.raises(Conflict, match="ended on 2030-11-18"):
        offer(world, "Ana", at=after, starts_on=after.date() + DAY)
    assert services.end_entries(world.session, at=after) == 1
    assert (entry_of(world, "Ana").state, entry_of(world, "Ana").ended_at) == (PreferredState.EXPIRED, after)
    assert place(world, at=after) == 0


def test_who_is_back_by_another_way_leaves_the_list(world):
    employee = separate(world, "Ana")
    place(world)
    world.session.execute(
        update(Employee)
        .where(Employee.id == employee.id)
        .values(state=EmployeeState.ACTIVE, separated_on=None)
    )
    world.session.expire_all()
    assert services.end_entries(world.session, at=AT + DAY) == 1
    assert entry_of(world, "Ana").state is PreferredState.REINSTATED


def test_the_audit_finds_a_certificate_that_passed_somebody_over(world):
    certificate = office.certify(world, world.list)
    separate(world, "Ana")
    place(world, at=AT + DAY)

    def audited():
        made = audit_certificate(
            world.session, certificate_id=certificate.id, actor=world.actor("hr_officer"), at=AT + 2 * DAY
        )
        return [finding["sentence"] for finding in made.findings]

    assert audited() == []  # placed after the issue
    entry_of(world, "Ana").placed_at = AT - DAY
    world.session.flush()
    assert audited() == [
        "By N.Y. Civil Service Law sec. 81(1) Ana came before every name of this certificate."
    ]


def test_who_may_act(world):
    separate(world, "Ana")
    place(world)
    with pytest.raises((Forbidden, Invalid)):
        offer(world, "Ana", role="authority")
    stranger = make_account(world.session, name="Nobody")
    world.accounts["stranger"] = stranger
    with pytest.raises((NotFound, Forbidden)):
        offer(world, "Ana", role="stranger")


def test_the_pages_show_the_list_and_keep_what_was_typed(world, client):
    sign_in(client, world.accounts["hr_officer"])
    assert "Nobody stands on a preferred list here." in client.get("/staff/preferred-lists").text
    separate(world, "Ana")
    place(world)
    entry = entry_of(world, "Ana")
    base = f"/staff/preferred-lists/{entry.id}"
    assert "Ana" in client.get("/staff/preferred-lists?state=standing").text
    assert client.get("/staff/preferred-lists?state=nonsense").status_code == 200
    assert "Offer a position" in client.get(base).text
    asking = client.get(f"/staff/merit-lists/{world.list.id}/joint-certificates/new").text
    assert "1 person must be offered a position first" in asking
    wrong = {"position_id": "pos_none", "starts_on": "2026-13-40"}
    assert client.post(f"{base}/offer", data=wrong).status_code == 422
    starts_on = (dt.datetime.now(dt.UTC) + dt.timedelta(days=30)).date().isoformat()
    right = {"position_id": world.positions[0].id, "starts_on": starts_on}
    assert client.post(f"{base}/offer", data=right).status_code == 303
    said = {"answer": "declined", "reason": "Letter of today"}
    own = client.post(f"{base}/answer", data=said)
    assert (own.status_code, "You offered this position" in own.text, "Letter of today" in own.text) == (
        422,
        True,
        True,
    )
    sign_in(client, world.accounts["second_officer"])
    assert client.post(f"{base}/answer", data=said | {"answer": "standing"}).status_code == 422
    assert client.post(f"{base}/answer", data=said).status_code == 303
    assert client.post(f"{base}/answer", data=said).status_code == 422
    assert "Declined, off the list" in client.get(base).text
    sign_in(client, world.accounts["authority"])
    assert client.get(base).status_code == 200
    assert client.get(f"{base}/offer").status_code == 403
    assert client.get("/staff/preferred-lists/prf_0").status_code == 404
