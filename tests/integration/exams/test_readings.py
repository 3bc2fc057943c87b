"""Doubtful marks wait for a person, and for a second one where they change who passes."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import select

from app.exams.readings import gates, queries, services
from app.exams.responses import queries as responses
from app.exams.responses.models import DoubtfulMark, ResponseSheet
from app.exams.responses.states import Doubt
from app.platform import storage
from app.platform.errors import Conflict, Invalid
from tests.conftest import sign_in
from tests.integration.exams import world as office


def file_of(world, **changes: dict[str, str]) -> bytes:
    """Write everybody's answers, some items of some people changed."""
    numbers = world.numbers()
    sheets = {
        numbers[name]: office.sheet(right) | changes.get(name, {}) for name, right in office.SCORES.items()
    }
    return office.csv_file(sheets)


@pytest.fixture
def world(session):
    made = office.make_world(session)
    office.hold(made)
    office.set_key(made)
    # Eva has 7 of 10, which is the least to pass; Ada has all
    office.import_answers(made, file_of(made, Eva={"7": "A?"}, Ada={"2": "A+C", "3": "?"}))
    return made


def marks(world) -> dict[str, DoubtfulMark]:
    names = {number: name for name, number in world.numbers().items()}
    found = world.session.scalars(select(DoubtfulMark).order_by(DoubtfulMark.id))
    people = responses.load_numbers(world.session, world.exam.id)
    by_id = {own: names[number] for number, own in people.items()}
    return {f"{by_id[mark.candidate_id]} {mark.item}": mark for mark in found}


def decide(world, mark, pressed, who="exam_officer"):
    return services.decide_mark(
        world.session, examination_id=world.exam.id, mark_id=mark.id, pressed=pressed,
        actor=world.actor(who), at=office.AT,
    )  # fmt: skip


def compare(world, content, who="exam_officer"):
    return services.compare_reading(
        world.session, examination_id=world.exam.id, digest=storage.current().put(content),
        filename="second.csv", actor=world.actor(who), at=office.AT,
    )  # fmt: skip


def answer(world, name, item) -> str:
    own = responses.load_numbers(world.session, world.exam.id)[world.numbers()[name]]
    return responses.find_answers(world.session, own)[item]


def blocks(world) -> list[str]:
    return [block.sentence for block in gates.find_blocks(world.session, world.exam, office.AT)]


def test_what_a_scanner_was_not_sure_of_is_doubtful_and_holds_the_list(world):
    found = {name: (mark.doubt, mark.seen, mark.first) for name, mark in marks(world).items()}
    assert found == {
        "Eva 7": (Doubt.FAINT, "A?", "A"),
        "Ada 2": (Doubt.SEVERAL, "A+C", "*"),
        "Ada 3": (Doubt.UNREADABLE, "?", ""),
    }
    assert blocks(world) == ["3 doubtful marks have to be looked at by a person."]
    with pytest.raises(Conflict, match="3 doubtful marks"):
        office.draft(world)


def test_a_finding_counts_and_the_captured_sheet_stays(session, world):
    mark = marks(world)["Ada 2"]
    decide(world, mark, "A")
    assert (mark.answer, mark.needs_second, answer(world, "Ada", "2")) == ("A", False, "A")
    sheet = session.get_one(ResponseSheet, (mark.import_id, mark.candidate_id))
    assert sheet.answers == "A*-AAAAAAA"
    loaded = responses.load_sheets(session, world.exam, mark.import_id)
    assert loaded.rows()[loaded.place[world.numbers()["Ada"]]][:3] == ("A", "A", "")
    assert blocks(world) == ["2 doubtful marks have to be looked at by a person."]


def test_what_changes_a_pass_needs_a_second_person(world):
    mark = marks(world)["Eva 7"]
    decide(world, mark, "blank")
    assert (mark.needs_second, answer(world, "Eva", "7")) == (True, "A")
    decide(world, mark, "blank")
    assert mark.confirmed_at is None
    decide(world, mark, "blank", "hr_officer")
    assert (mark.confirmed_by, answer(world, "Eva", "7")) == (world.accounts["hr_officer"].id, "")
    with pytest.raises(Conflict, match="Two people decided"):
        decide(world, mark, "A")


def test_a_second_person_who_sees_something_else_begins_anew(world):
    mark = marks(world)["Eva 7"]
    decide(world, mark, "blank")
    decide(world, mark, "A", "hr_officer")
    assert (mark.answer, mark.decided_by, mark.needs_second) == (
        "A", world.accounts["hr_officer"].id, False,
    )  # fmt: skip


def test_without_a_key_every_changed_mark_needs_two(session):
    world = office.make_world(session)
    office.hold(world)
    office.import_answers(world, file_of(world, Ada={"2": "A?"}))
    mark = marks(world)["Ada 2"]
    decide(world, mark, "B")
    assert mark.needs_second
    decide(world, mark, "A")
    assert not mark.needs_second


@pytest.mark.parametrize("pressed", ["Z", "", "unclear", "A\0"])
def test_only_what_can_be_marked_is_taken(world, pressed):
    with pytest.raises(Invalid, match="Choose what the sheet shows"):
        decide(world, marks(world)["Ada 2"], pressed)


def test_two_readings_are_compared_mark_by_mark(world):
    made = compare(world, file_of(world, Eva={"7": "A"}, Ada={"2": "C"}, Ben={"1": "D"}))
    # Ada 2 and 3 differ and are doubtful already; Ben 1 is new
    assert (made.rows, made.differences) == (6, 3)
    found = marks(world)
    assert set(found) == {"Eva 7", "Ada 2", "Ada 3", "Ben 1"}
    assert (found["Ada 2"].second, found["Ada 3"].second, found["Eva 7"].second) == ("C", "A", None)
    ben = found["Ben 1"]
    assert (ben.doubt, ben.first, ben.second) == (Doubt.DIFFERS, "A", "D")


def test_what_is_no_second_reading_is_refused(world):
    with pytest.raises(Conflict, match="This is the file that was imported"):
        compare(world, file_of(world, Eva={"7": "A?"}, Ada={"2": "A+C", "3": "?"}))
    lines = file_of(world).splitlines(keepends=True)
    with pytest.raises(Invalid, match="Both must hold the same sheets"):
        compare(world, b"".join(lines[:-1]))
    other = {name: dict.fromkeys(office.CODES, "D") for name in office.SCORES}
    with pytest.raises(Invalid, match="of all marks differ"):
        compare(world, file_of(world, **other))
    with pytest.raises(Invalid, match="is not an answer"):
        compare(world, file_of(world, Ada={"1": "Q"}))


def test_the_queue_goes_from_mark_to_mark(client, session, world):
    sign_in(client, world.accounts["exam_officer"])
    place = f"/staff/examinations/{world.exam.id}/readings"
    assert ">3<" in client.get(place).text.replace("\n", "").replace(" ", "")
    page = client.get(f"{place}/marks").text
    assert "3 marks left" in page
    first, *_ = session.scalars(select(DoubtfulMark).order_by(DoubtfulMark.id))
    response = client.post(f"{place}/marks/{first.id}", data={"answer": "A"})
    assert response.location.endswith(f"/readings/marks?after={first.id}")
    assert "2 marks left" in client.get(response.location).text
    assert f"/readings/marks/{first.id}" in client.get(f"{place}/marks?back=1").text
    client.post(f"{place}/marks/{first.id}", data={"answer": "Q"})
    assert "Choose what the sheet shows" in client.get(f"{place}/marks").text


def test_who_decided_is_not_asked_again(client, session, world):
    for name, pressed in (("Eva 7", "blank"), ("Ada 2", "A"), ("Ada 3", "A")):
        decide(world, marks(world)[name], pressed)
    sign_in(client, world.accounts["exam_officer"])
    place = f"/staff/examinations/{world.exam.id}/readings/marks"
    assert "1 mark that you decided on waits for a second person" in client.get(place).text
    sign_in(client, world.accounts["hr_officer"])
    assert "This finding changes who passes" in client.get(place).text
    assert queries.count_marks(session, world.exam.id).unconfirmed == 1


def test_a_reading_is_compared_on_the_page(client, world):
    sign_in(client, world.accounts["exam_officer"])
    place = f"/staff/examinations/{world.exam.id}/readings"
    sent = client.post(place, data={"file": (io.BytesIO(file_of(world, Ben={"1": "D"})), "b.csv")})
    assert sent.status_code == 303
    assert "b.csv" in client.get(place).text
    refused = client.post(place, data={"file": (io.BytesIO(b"x"), "c.csv")})
    assert (refused.status_code, "The examination has no such item" in refused.text) == (422, True)
