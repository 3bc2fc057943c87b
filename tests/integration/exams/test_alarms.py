"""Alarms are raised by what came in, hold the list, and are cleared by name and reason."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.accounts.roles import Role
from app.exams.alarms import gates, queries, services
from app.exams.alarms.material import Finding
from app.exams.alarms.models import Alarm
from app.exams.alarms.states import AlarmState, Kind
from app.platform import schedule
from app.platform.errors import Conflict, Invalid
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.integration.exams import world as office

SIGN = Finding(
    Kind.OUT_OF_LINE,
    "Room 3: mean",
    "The mean of right answers in Room 3 (30 people) is 9.1; elsewhere it is 6.2 in the middle.",
    {
        "columns": ["Room or bundle", "People", "Right answers on average"],
        "rows": [["Room 3", 30, "9.1"], ["Room 1", 30, "6.2"]],
        "points": [[30, 9.1, "Room 3"], [30, 6.2, "Room 1"]],
        "marked": "Room 3",
        "axis": "Right answers on average",
        "count": 30,
    },
)


@pytest.fixture
def world(session):
    return office.prepare(office.make_world(session))


@pytest.fixture
def alarm(session, world) -> Alarm:
    services.keep(session, world.exam, [SIGN], world.actor("exam_officer"), office.AT)
    return session.scalars(select(Alarm)).one()


def clear(world, alarm, actor, reason="Room 3 was the class of last year's best."):
    return services.clear_alarm(world.session, alarm_id=alarm.id, reason=reason, actor=actor, at=office.AT)


def blocks(world) -> list[str]:
    return [block.sentence for block in gates.find_blocks(world.session, world.exam, office.AT)]


def test_what_came_in_is_looked_at(session, world):
    exam = world.exam
    assert queries.is_stale(session, exam.id)
    assert blocks(world) == []
    assert (
        services.examine(session, examination_id=exam.id, actor=world.actor("exam_officer"), at=office.AT)
        == []
    )
    assert not queries.is_stale(session, exam.id)
    office.set_key(world, {"3": "B"}, "Item 3 was contested.")
    assert queries.list_stale(session) == [exam.id]


def test_temporary_values_in_a_key_hold_the_list(session):
    codes = [str(number) for number in range(1, 31)]
    world = office.make_world(session)
    office.hold(world, codes=tuple(codes))
    office.set_key(world)
    office.import_answers(world)
    assert blocks(world) == ["1 alarm is open. An officer has to clear each with a reason."]
    with pytest.raises(Conflict, match="1 alarm is open"):
        office.draft(world)
    (alarm,) = services.examine(
        session, examination_id=world.exam.id, actor=world.actor("hr_officer"), at=office.AT
    )
    assert (alarm.kind, alarm.subject) == (Kind.PLACEHOLDER, "key")
    clear(world, alarm, world.actor("hr_officer"), "Compared item by item with the printed paper.")
    assert blocks(world) == []
    office.draft(world)


def test_the_same_sign_stays_cleared_and_another_is_new(session, world, alarm):
    assert blocks(world) == ["1 alarm is open. An officer has to clear each with a reason."]
    clear(world, alarm, world.actor("hr_officer"))
    actor = world.actor("exam_officer")
    services.keep(session, world.exam, [SIGN], actor, office.AT)
    assert [one.state for one in session.scalars(select(Alarm))] == [AlarmState.CLEARED]
    services.keep(session, world.exam, [], actor, office.AT)
    assert blocks(world) == []
    other = Finding(SIGN.kind, SIGN.subject, "Another mean.", SIGN.evidence)
    services.keep(session, world.exam, [SIGN, other], actor, office.AT)
    assert queries.count_open(session, world.exam.id) == 1


def test_a_sign_that_is_no_longer_found_is_gone_and_may_come_back(session, world, alarm):
    actor = world.actor("exam_officer")
    services.keep(session, world.exam, [], actor, office.AT)
    assert (alarm.state, blocks(world)) == (AlarmState.GONE, [])
    with pytest.raises(Conflict, match="not open any more"):
        clear(world, alarm, world.actor("hr_officer"))
    services.keep(session, world.exam, [SIGN], actor, office.AT)
    assert alarm.state is AlarmState.OPEN


def test_a_named_officer_other_than_the_importer_clears_with_a_reason(world, alarm):
    with pytest.raises(Conflict, match="You imported these answers"):
        clear(world, alarm, world.actor("exam_officer"))
    with pytest.raises(Invalid, match="Enter what you found"):
        clear(world, alarm, world.actor("hr_officer"), "fine")
    clear(world, alarm, world.actor("hr_officer"))
    assert (alarm.state, alarm.cleared_by) == (AlarmState.CLEARED, world.accounts["hr_officer"].id)


def test_the_page_shows_why_and_takes_the_reason(client, session, world, alarm):
    sign_in(client, world.accounts["hr_officer"])
    assert (
        "Out of line: <bdi>Room 3: mean</bdi>"
        in client.get(f"/staff/examinations/{world.exam.id}/alarms").text
    )
    page = client.get(f"/staff/alarms/{alarm.id}").text
    assert "<svg" in page
    assert "elsewhere it is 6.2 in the middle" in page
    refused = client.post(f"/staff/alarms/{alarm.id}", data={"reason": ""})
    assert (refused.status_code, "Enter what you found" in refused.text) == (422, True)
    reason = {"reason": "The room held last year's best class."}
    assert client.post(f"/staff/alarms/{alarm.id}", data=reason).status_code == 303
    session.expire_all()
    assert "The room held last year&#39;s best class." in client.get(f"/staff/alarms/{alarm.id}").text


def test_the_importer_is_told_that_somebody_else_clears(client, world, alarm):
    page = sign_in(client, world.accounts["exam_officer"]).get(f"/staff/alarms/{alarm.id}").text
    assert "somebody else has to clear the alarm" in page
    assert "<textarea" not in page


def test_another_agency_sees_no_alarm(client, session, world, alarm):
    stranger = make_account(session, roles=[(Role.HR_OFFICER, make_agency(session).id)])
    sign_in(client, stranger)
    assert client.get(f"/staff/alarms/{alarm.id}").status_code == 404
    assert client.post(f"/staff/alarms/{alarm.id}", data={"reason": "x" * 20}).status_code == 404
    assert client.get(f"/staff/examinations/{world.exam.id}/alarms").status_code == 404


def test_a_worker_looks_at_what_came_in(session, world, run_jobs):
    tick = next(tick for tick in schedule.TICKS if tick.job == "exams.find_unexamined")
    schedule.promise_now(tick)
    run_jobs()
    assert not queries.is_stale(session, world.exam.id)


def test_one_sheet_can_be_seen(client, world):
    sign_in(client, world.accounts["exam_officer"])
    place = f"/staff/examinations/{world.exam.id}/answers/sheets"
    page = client.get(f"{place}/{world.numbers()['Fay']}").text
    assert page.count(">Yes<") == office.SCORES["Fay"]
    assert client.get(f"{place}/nobody").status_code == 404
