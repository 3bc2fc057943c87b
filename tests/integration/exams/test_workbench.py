"""The workbench of a list: candidates side by side, and notes on them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.accounts.roles import Role
from app.exams.examinations.models import Candidate
from app.exams.list_notes import queries, services
from app.exams.list_notes.models import Audience, ListNote
from app.exams.merit_lists.comparing import side_by_side
from app.exams.merit_lists.models import MeritListEntry
from app.exams.merit_lists.queries import list_numbered
from app.platform.errors import Invalid, NotFound
from tests.conftest import sign_in
from tests.factories.accounts import make_actor, make_agency
from tests.integration.exams import world as office


@pytest.fixture
def world(session):
    return office.prepare(office.make_world(session))


@pytest.fixture
def entries(session, world):
    merit_list = office.draft(world)
    query = select(MeritListEntry).where(MeritListEntry.list_id == merit_list.id)
    return list(session.scalars(query.order_by(MeritListEntry.place)))


def write(world, entry, audience, person="exam_officer", text="Asked for a second look."):
    return services.write_note(
        world.session,
        entry_id=entry.id,
        text=text,
        audience=audience,
        actor=world.actor(person),
        at=office.AT,
    )


def test_steps_of_several_candidates_stand_side_by_side(client, session, world, entries):
    own = f"/staff/merit-lists/{entries[0].list_id}"
    sign_in(client, world.accounts["hr_officer"])
    assert "Compare candidates" in client.get(own).text
    assert "Enter two to four candidate numbers" in client.get(f"{own}/compare").text
    query = select(Candidate.number).where(Candidate.id.in_([entry.candidate_id for entry in entries]))
    one, two, *_ = session.scalars(query.order_by(Candidate.number))
    page = client.get(f"{own}/compare?numbers={one.lower()}+{two},NOBODY").text
    assert one in page
    assert two in page
    assert "There is no candidate NOBODY on this list." in page
    lines = side_by_side(list_numbered(session, entries[0].list_id, [one.lower(), two.lower()]))
    assert all(len(line.cells) == 2 for line in lines)
    assert None not in lines[0].cells


def test_a_note_is_read_by_those_it_is_for_and_by_the_auditor(session, world, entries):
    entry = entries[0]
    for audience in Audience:
        write(world, entry, audience)
    seen = {
        person: {
            note.audience for note in queries.list_notes(session, [entry.candidate_id], world.actor(person))
        }
        for person in ("exam_officer", "hr_officer", "auditor", "authority")
    }
    assert seen == {
        "exam_officer": set(Audience),
        "hr_officer": {Audience.READERS, Audience.APPROVERS},
        "auditor": set(Audience),
        "authority": set(),
    }
    stranger = make_actor(session, roles=[(Role.HR_OFFICER, make_agency(session).id)])
    assert queries.list_notes(session, [entry.candidate_id], stranger) == []
    with pytest.raises(NotFound):
        services.write_note(
            session, entry_id=entry.id, text="x", audience=Audience.READERS, actor=stranger, at=office.AT
        )
    with pytest.raises(Invalid, match="Enter the note"):
        write(world, entry, Audience.READERS, text="  ")


def test_a_note_is_written_on_a_page_and_kept(client, session, world, entries):
    address = f"/staff/merit-lists/entries/{entries[0].id}/notes"
    sign_in(client, world.accounts["hr_officer"])
    assert "There are no notes that you may read." in client.get(address).text
    assert client.post(f"{address}/new", data={"text": "<u>"}).status_code == 422
    answer = client.post(f"{address}/new", data={"text": "<u>Sat twice?", "audience": "approvers"})
    assert (answer.status_code, answer.location) == (303, address)
    page = client.get(address).text
    assert "&lt;u&gt;Sat twice?" in page
    assert "Those who approve lists" in page
    note = session.scalars(select(ListNote)).one()
    assert note.written_by == world.accounts["hr_officer"].id
