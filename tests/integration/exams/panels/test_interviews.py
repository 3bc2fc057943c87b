"""Times of interviews: given by lot, invited to, changed, missed; and how far raters agree."""

from __future__ import annotations

import datetime as dt

import pytest

from app.exams.interviews import queries, services
from app.exams.marking import queries as marking
from app.platform import clock
from app.platform.errors import Conflict, Invalid
from app.recruitment.applications.models import Application
from tests.conftest import sign_in
from tests.integration.exams.panels.board import AT, make_board

START = AT + dt.timedelta(days=4)


def times(board, count=3, starts_at=START, place="Room 4"):
    values = {"starts_at": starts_at, "minutes": 30, "pause": 10, "count": count, "place": place}
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


def invite(board):
    return services.invite(board.session, panel_id=board.panel_id, actor=board.actor, at=AT)


def letters_of(board, application_id):
    return [notice.context["letter"] for notice in queries.list_letters(board.session, application_id)]


def test_each_is_invited_once_by_a_letter(board):
    times(board, 4)
    allot(board)
    assert invite(board) == 3
    with pytest.raises(Conflict, match="invited already"):
        invite(board)
    slot = next(own for own in queries.list_slots(board.session, board.panel_id) if own.script_id)
    (letter,) = letters_of(board, slot.script.candidate.application_id)
    assert letter == {
        "signed_by": {"name": "Examination office", "title": board.exam.agency.name},
        "examination_title": board.exam.title,
        "examination_number": board.exam.number,
        "candidate_number": slot.script.candidate.number,
        "starts": {"at": slot.starts_at.isoformat().replace("+00:00", "Z"), "zone": "America/New_York"},
        "minutes": 30,
        "place": "Room 4",
        "bring": ["An identity paper with your photograph"],
        "subjects": [],
        "replaces": None,
        "contact": [board.exam.agency.contact_phone, board.exam.agency.contact_email],
        "page_url": letter["page_url"],
    }


def test_another_time_brings_a_new_letter_and_keeps_the_old_one(board):
    times(board, 5)
    allot(board)
    move = {"reason": "Ill.", "actor": board.actor, "at": AT}
    slots = queries.list_slots(board.session, board.panel_id)
    taken = next(slot for slot in slots if slot.script_id)
    first, second = (slot for slot in slots if not slot.script_id)
    application_id = taken.script.candidate.application_id
    services.change_time(board.session, slot_id=taken.id, to_id=first.id, **move)
    assert letters_of(board, application_id) == []  # nobody was invited to the time before
    invite(board)
    services.change_time(board.session, slot_id=first.id, to_id=second.id, **move)
    new, old = letters_of(board, application_id)
    assert (old["replaces"], new["replaces"]["at"]) == (None, old["starts"]["at"])
    assert new["starts"]["at"] == second.starts_at.isoformat().replace("+00:00", "Z")
    assert (first.script_id, first.invited_at, second.invited_at) == (None, None, AT)
    with pytest.raises(Invalid, match="not free any more"):
        services.change_time(board.session, slot_id=second.id, to_id=taken.id, **(move | {"at": START}))


def test_the_office_chooses_what_the_letter_says(board):
    terms = {"panel_id": board.panel_id, "actor": board.actor, "at": AT}
    with pytest.raises(Invalid) as refused:
        services.set_terms(board.session, bring="x\n" * 13, shows_subjects=False, **terms)
    assert refused.value.fields == {"bring": "Enter 12 lines at most, each of 300 characters at most."}
    services.set_terms(board.session, bring=" A  pen \n\nYour diploma", shows_subjects=True, **terms)
    times(board)
    allot(board)
    invite(board)
    slot = queries.list_slots(board.session, board.panel_id)[0]
    (letter,) = letters_of(board, slot.script.candidate.application_id)
    assert (letter["bring"], letter["subjects"]) == (["A pen", "Your diploma"], ["Content", "Language"])


def test_nobody_has_two_interviews_at_once(board):
    times(board, 1)
    with pytest.raises(Invalid, match="Another interview is held in this place"):
        times(board, 1, START + dt.timedelta(minutes=29), " room  4")
    times(board, 1, START + dt.timedelta(minutes=10), "Room 5")
    # both raters rate everybody: the second time overlaps the first for them
    assert allot(board) == 1
    with pytest.raises(Conflict, match="somebody who must be there"):
        allot(board)
    taken, free = queries.list_slots(board.session, board.panel_id)
    assert (bool(taken.script_id), bool(free.script_id)) == (True, False)
    script_id = queries.list_without_time(board.session, board.panel_id)[0]
    free.script_id = script_id
    board.session.flush()
    slots = queries.list_slots(board.session, board.panel_id)
    assert queries.list_clashing(board.session, slots) == {taken.id, free.id}


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
    (notice,) = queries.list_letters(board.session, application.id)
    assert f"{notice.number}" in page.text
    assert "(being prepared)" in page.text


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
    assert client.get(f"{own}/interviews/terms").status_code == 200
    wrong = {"bring": "x" * 301}
    assert client.post(f"{own}/interviews/terms", data=wrong).status_code == 422
    terms = {"bring": "Your diploma", "shows_subjects": "y"}
    assert client.post(f"{own}/interviews/terms", data=terms).status_code == 303
    queue = client.get("/staff/").text
    assert "Interviews with candidates who have no time" in queue
    client.post(f"{own}/interviews/allot")
    assert "Interviews with candidates to invite" in client.get("/staff/").text
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
