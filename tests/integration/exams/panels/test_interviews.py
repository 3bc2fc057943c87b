"""Times of interviews: given by lot, invited to, changed, missed; and how far raters agree."""

from __future__ import annotations

import datetime as dt

import pytest

from app.exams.interviews import queries, services
from app.exams.marking import queries as marking
from app.platform import clock
from app.platform.errors import Conflict, Invalid
from app.platform.jobs import Job
from app.recruitment.applications.models import Application
from tests.conftest import sign_in
from tests.integration.exams.panels.board import AT, make_board

START = AT + dt.timedelta(days=4)


def times(board, count=3, starts_at=START):
    values = {"starts_at": starts_at, "minutes": 30, "pause": 10, "count": count, "place": "Room 4"}
    services.add_times(board.session, panel_id=board.panel_id, values=values, actor=board.actor, at=AT)


def allot(board):
    return services.allot_times(board.session, panel_id=board.panel_id, actor=board.actor, at=AT)


@pytest.fixture
def board(session):
    return make_board(session, people=3, raters=2, form="interview")


def test_times_follow_one_another_and_go_to_candidates_by_lot(board):
    times(board)
    assert allot(board) == 3
    slots = queries.list_slots(board.session, board.panel_id)
    assert [slot.starts_at for slot in slots] == [
        START + dt.timedelta(minutes=40 * place) for place in range(3)
    ]
    assert len({slot.script_id for slot in slots}) == 3
    with pytest.raises(Conflict, match="has a time already"):
        allot(board)


def test_each_is_invited_once_until_the_time_changes(board):
    times(board, 4)
    allot(board)
    services.invite(board.session, panel_id=board.panel_id, actor=board.actor, at=AT)
    mails = board.session.query(Job).filter(Job.key.contains("interview:")).count()
    assert mails == 3
    with pytest.raises(Conflict, match="invited already"):
        services.invite(board.session, panel_id=board.panel_id, actor=board.actor, at=AT)
    slots = queries.list_slots(board.session, board.panel_id)
    taken = next(slot for slot in slots if slot.script_id)
    free = next(slot for slot in slots if not slot.script_id)
    script = taken.script_id
    services.change_time(
        board.session, slot_id=taken.id, to_id=free.id, reason="Ill.", actor=board.actor, at=AT
    )
    assert (taken.script_id, free.script_id, free.invited_at) == (None, script, None)
    assert services.invite(board.session, panel_id=board.panel_id, actor=board.actor, at=AT) == 1


def test_times_in_the_past_or_twice_in_one_place_are_refused(board):
    with pytest.raises(Invalid, match="must lie ahead"):
        times(board, starts_at=AT - dt.timedelta(days=1))


def test_the_candidate_sees_place_and_time_and_takes_them_into_a_calendar(board, client):
    times(board, starts_at=clock.now() + dt.timedelta(days=3))
    allot(board)
    services.invite(board.session, panel_id=board.panel_id, actor=board.actor, at=AT)
    slot = queries.list_slots(board.session, board.panel_id)[0]
    application = slot.script.candidate.application
    sign_in(client, application.account)
    board.session.flush()
    page = client.get(f"/my/applications/{application.id}/interview")
    assert "Room 4" in page.text
    entry = client.get(f"/my/applications/{application.id}/interview.ics")
    assert b"LOCATION:Room 4" in entry.data
    assert "Room 4" in client.get("/my/exam-days").text
    other = next(own for own in board.session.query(Application) if own.account_id != application.account_id)
    assert client.get(f"/my/applications/{other.id}/interview").status_code == 404


def test_an_interview_needs_a_note_for_each_question(board):
    script = board.scripts()[0]
    assignment, actor = board.assignments(script)[0]
    with pytest.raises(Invalid) as refused:
        board.submit(assignment, actor, 7, 7, note=" ")
    assert refused.value.fields == {"note_1": "Note what was said: it is the record."}


def test_the_office_pages_of_times_and_agreement(board, client):
    sign_in(client, board.officer)
    own = f"/staff/panels/{board.panel_id}"
    assert "There are no times yet" in client.get(f"{own}/interviews").text
    assert "No script has two submitted ratings yet" in client.get(f"{own}/agreement").text
    day = (clock.now() + dt.timedelta(days=5)).date().isoformat()
    data = {"minutes": "30", "pause": "10", "count": "3", "place": "Room 4"}
    assert (
        client.post(f"{own}/interviews/new", data=data | {"starts_at": "0000-02-30T10:00"}).status_code == 422
    )
    assert client.post(f"{own}/interviews/new", data=data | {"starts_at": f"{day}T10:00"}).status_code == 303
    assert client.get(f"{own}/interviews/new").status_code == 200
    client.post(f"{own}/interviews/allot")
    page = client.get(f"{own}/interviews").text
    assert "Not invited" in page
    slot = page.partition("/staff/interviews/")[2].partition("/")[0]
    assert client.get(f"/staff/interviews/{slot}/change").status_code == 200
    assert "on their way" in client.post(f"{own}/interviews/invite", follow_redirects=True).text
    for place, script in enumerate(board.scripts()):
        for assignment, actor in board.assignments(script):
            board.submit(assignment, actor, 5 + place, 6 + (actor.id == board.raters[0].id))
    found = client.get(f"{own}/agreement").text
    assert "Small numbers" in found
    assert "Gives 1.0 points more than others who rated the same scripts." in found
    sign_in(client, board.raters[0])
    assert "Room 4" in client.get(f"/staff/marking/{board.panel_id}").text
    member = board.panel.members[0]
    assert all(task.marked == 2 for task in marking.list_tasks(board.session, member.id))
    assert client.get(f"{own}/agreement").status_code == 403
