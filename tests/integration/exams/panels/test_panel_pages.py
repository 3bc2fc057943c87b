"""The pages of panels: an officer sets one up, a rater learns no name, bad input is told at its field."""

from __future__ import annotations

import pytest

from app.exams.assignments.states import AssignmentState
from app.exams.marking import queries as marking
from tests.conftest import sign_in
from tests.integration.exams.panels.board import make_board


@pytest.fixture
def officer(client):
    return client


def test_an_officer_sets_a_panel_up_and_opens_it(session, client):
    board = make_board(session, opens=False, raters=2)
    sign_in(client, board.officer)
    own = board.panel_id
    exam = client.get(f"/staff/examinations/{board.exam.id}/panels")
    assert "Written test" in exam.text
    assert "Interview" in exam.text
    assert client.get(f"/staff/examinations/{board.exam.id}/panels/new").status_code == 200
    again = client.post(
        f"/staff/examinations/{board.exam.id}/panels/new",
        data={
            "component": "interview",
            "form": "scripts",
            "denominator": "1",
            "seed": "7",
            "instructions": "",
        },
    )
    assert again.status_code == 422
    assert "already has a panel" in again.text
    bad = client.post(
        f"/staff/panels/{own}/criteria/new",
        data={"title": "Third", "maximum": "0", "anchors": "", "guidance": ""},
    )
    assert bad.status_code == 422
    assert "Enter a number above 0" in bad.text
    bad = client.post(
        f"/staff/panels/{own}/criteria/new",
        data={"title": "Third", "maximum": "5", "anchors": "9: Too much", "guidance": ""},
    )
    assert "Line 1: the mark is above the highest mark" in bad.text
    saved = client.post(
        f"/staff/panels/{own}/criteria/new",
        data={"title": "Third", "maximum": "5", "anchors": "1: Little\n5: Much", "guidance": "Look at it."},
    )
    assert saved.status_code == 303
    assert "Third" in client.get(f"/staff/panels/{own}").text
    opened = client.post(f"/staff/panels/{own}/open", follow_redirects=True)
    assert "every candidate has a blind code" in opened.text
    for path in (
        "scripts",
        "recusals",
        "recusals/new",
        "corrections",
        "members/new",
        "edit",
        "scripts/upload",
    ):
        assert client.get(f"/staff/panels/{own}/{path}").status_code == 200
    script = board.scripts()[0]
    assert script.code in client.get(f"/staff/panels/{own}/scripts?q={script.code[:4].lower()}").text
    assert client.get(f"/staff/scripts/{script.id}").status_code == 200
    assert client.get(f"/staff/scripts/{script.id}/absent").status_code == 200


def test_a_rater_marks_one_after_another_and_sees_no_name(session, client):
    board = make_board(session, people=2, raters=2)
    sign_in(client, board.raters[0])
    own = board.panel_id
    assert "Interview" in client.get("/staff/marking").text
    page = client.get(f"/staff/marking/{own}")
    codes = [script.code for script in board.scripts()]
    assert all(code in page.text for code in codes)
    assert "C-001" not in page.text
    tasks = marking.list_tasks(session, board.panel.members[0].id)
    first = client.get(f"/staff/ratings/{tasks[0].id}")
    assert "C-00" not in first.text
    assert "Number 1 of 2" in first.text
    wrong = client.post(
        f"/staff/ratings/{tasks[0].id}", data={"mark_1": "7", "note_1": "Good.", "submit_marks": "y"}
    )
    assert wrong.status_code == 422
    assert "Enter a mark." in wrong.text
    assert "Good." in wrong.text
    saved = client.post(
        f"/staff/ratings/{tasks[0].id}", data={"mark_1": "7", "note_1": "Good.", "save_next": "y"}
    )
    assert saved.location.endswith(f"/staff/ratings/{tasks[1].id}")
    assert 'value="7" checked' in client.get(f"/staff/ratings/{tasks[0].id}").text
    sent = client.post(
        f"/staff/ratings/{tasks[0].id}", data={"mark_1": "7", "mark_2": "10", "submit_marks": "y"}
    )
    assert sent.status_code == 303
    locked = client.get(f"/staff/ratings/{tasks[0].id}").text
    assert "7 of 10" in locked
    assert "Submit and go on" not in locked
    session.expire_all()
    assert marking.list_tasks(session, board.panel.members[0].id)[0].state is AssignmentState.SUBMITTED
    for path in ("declaration", "relations/new"):
        assert client.get(f"/staff/marking/{own}/{path}").status_code == 200
    assert client.get(f"/staff/ratings/{tasks[1].id}/step-aside").status_code == 200


def test_a_rater_opens_nothing_else(session, client):
    board = make_board(session, people=1, raters=3)
    script = board.scripts()[0]
    outsider = next(
        account
        for account in board.raters
        if account.id not in {actor.id for _, actor in board.assignments(script)}
    )
    sign_in(client, outsider)
    other = board.assignments(script)[0][0]
    assert client.get(f"/staff/ratings/{other.id}").status_code == 404
    assert (
        client.post(f"/staff/ratings/{other.id}", data={"mark_1": "1", "save_next": "y"}).status_code == 404
    )
    for path in (
        f"/staff/panels/{board.panel_id}",
        f"/staff/panels/{board.panel_id}/scripts",
        f"/staff/panels/{board.panel_id}/recusals",
        f"/staff/scripts/{script.id}",
        f"/staff/examinations/{board.exam.id}",
    ):
        assert client.get(path).status_code == 403


@pytest.mark.parametrize("mark", ["11", "-1", "1.5", "x", "\0", "9" * 300, "１"])
def test_marks_that_are_none_are_refused(session, client, mark):
    board = make_board(session, people=1, raters=2)
    sign_in(client, board.raters[0])
    task = marking.list_tasks(session, board.panel.members[0].id)[0]
    answer = client.post(f"/staff/ratings/{task.id}", data={"mark_1": mark, "save_next": "y"})
    assert answer.status_code == 422


def test_a_correction_takes_two_people_and_settles_the_mark_again(session, client):
    board = make_board(session, people=1, raters=2)
    script = board.scripts()[0]
    for assignment, actor in board.assignments(script):
        board.submit(assignment, actor, 7, 7)
    rating = board.assignments(script)[0][0]
    criterion = board.panel.criteria[0].id
    sign_in(client, board.officer)
    same = client.post(
        f"/staff/ratings/{rating.id}/correct", data={"criterion": criterion, "mark": "7", "reason": "Slip."}
    )
    assert same.status_code == 422
    assert "stands already" in same.text
    proposed = client.post(
        f"/staff/ratings/{rating.id}/correct", data={"criterion": criterion, "mark": "9", "reason": "Slip."}
    )
    assert proposed.status_code == 303
    page = client.get(f"/staff/panels/{board.panel_id}/corrections").text
    assert "7 becomes 9" in page
    assert "Make it" not in page
    sign_in(client, board.hr_officer)
    page = client.get(f"/staff/panels/{board.panel_id}/corrections").text
    own = page.partition("/staff/mark-corrections/")[2].partition("/")[0]
    client.post(f"/staff/mark-corrections/{own}/decide", data={"decision": "confirm"})
    script = board.scripts()[0]
    assert (script.numerator, script.denominator) == (75, 1)


def test_the_scale_of_experience_is_public_once_it_is_fixed_and_interviews_stay_closed(session, client):
    board = make_board(session, people=1, raters=2, component="written", form="experience")
    shown = client.get(f"/scales/{board.panel_id}")
    assert "Half of it" in shown.text
    interview = make_board(session, people=1, raters=2, form="interview")
    assert client.get(f"/scales/{interview.panel_id}").status_code == 404
    draft = make_board(session, component="written", form="experience", opens=False)
    assert client.get(f"/scales/{draft.panel_id}").status_code == 404


def test_experience_is_rated_beside_the_application_and_confirmed_by_another(session, client):
    snapshot = {
        "contact": {"full_name": "Ana Pérez"},
        "education": [
            {
                "level": "bachelor",
                "institution": "State College",
                "qualification": "Economics",
                "progress": "awarded",
                "year": 2015,
            }
        ],
        "answers": [{"statement": "Can count", "is_essential": True, "answer": "Yes, well."}],
    }
    board = make_board(
        session, people=1, raters=2, component="written", form="experience", snapshots={1: snapshot}
    )
    ((assignment, rater),) = board.assignments(board.scripts()[0])
    accounts = {account.id: account for account in board.raters}
    sign_in(client, accounts.pop(rater.id))
    page = client.get(f"/staff/ratings/{assignment.id}").text
    assert "Economics" in page
    assert "Yes, well." in page
    assert "Pérez" not in page
    sent = {"mark_1": "8", "mark_2": "9", "submit_marks": "y"}
    assert client.post(f"/staff/ratings/{assignment.id}", data=sent).status_code == 303
    assert client.get(f"/staff/ratings/{assignment.id}/confirm").status_code == 404
    (second,) = accounts.values()
    sign_in(client, second)
    code = board.scripts()[0].code
    assert code in client.get(f"/staff/marking/{board.panel_id}").text
    assert "8 of 10" in client.get(f"/staff/ratings/{assignment.id}/confirm").text
    empty = client.post(f"/staff/ratings/{assignment.id}/confirm", data={"reason": ""})
    assert empty.status_code == 422
    client.post(f"/staff/ratings/{assignment.id}/agree")
    script = board.scripts()[0]
    assert (script.numerator, script.denominator) == (85, 1)
