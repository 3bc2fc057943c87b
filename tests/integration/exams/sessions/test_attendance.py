"""Who came: scanned, by list, by file; corrections, late entries, doubts, incidents, and the board."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.exams.admit_cards import codes
from app.exams.attendance import services
from app.exams.attendance.models import AttendanceMark, IdentityDoubt
from app.exams.attendance.rules import Wanted
from app.exams.attendance.states import Way
from app.exams.completeness.gates import completeness
from app.exams.examinations.models import Candidate
from app.exams.examinations.states import Attendance
from app.exams.incidents.models import Incident
from app.exams.seating import services as seating
from app.exams.seating.models import Seat, SeatingPlan
from app.platform import clock, db
from app.platform.errors import Conflict, Invalid
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Assessment
from tests.conftest import count_queries, sign_in
from tests.factories.accounts import make_account
from tests.factories.sessions import HOUR, STARTS, make_centre, make_room, make_sessions, make_shift
from tests.integration.exams import world as office

DOORS = STARTS - HOUR / 2
AFTER = STARTS + 3 * HOUR


@pytest.fixture
def at(monkeypatch):
    """The clock of the door: `at(moment)` sets it."""

    def set_to(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_to(DOORS)
    return set_to


@pytest.fixture
def world(session, at):
    """Six people seated in two rooms on the morning of the examination."""
    made = office.make_world(session)
    office.hold(made)
    centre = make_centre(session, made.agency.id)
    rooms = [make_room(session, centre, code, capacity=3) for code in ("1", "2")]
    make_sessions(session, make_shift(session, made.exam), rooms)
    actor = made.actor("exam_officer")
    seating.fix(session, examination_id=made.exam.id, seed="04 11", actor=actor, at=DOORS)
    session.get(SeatingPlan, made.exam.id).released_at = DOORS
    session.flush()
    return made


@pytest.fixture
def officer(client, world):
    return sign_in(client, world.accounts["exam_officer"])


def who(world, name):
    number = world.numbers()[name]
    return world.session.scalar(select(Candidate).where(Candidate.number == number))


def states(world):
    rows = world.session.execute(
        select(Candidate.number, Candidate.attendance).where(Candidate.examination_id == world.exam.id)
    )
    names = {number: name for name, number in world.numbers().items()}
    return {names[number]: attendance.value for number, attendance in rows}


def assessment(world, name):
    query = select(Application.assessment).where(Application.id == world.applications[name].id)
    return world.session.scalar(query)


def code_of(world, name):
    return codes.write(world.exam.number, world.numbers()[name])


def board(client, world):
    return client.get(f"/staff/examinations/{world.exam.id}/completeness").text


def sentences(world):
    return [block.sentence for block in completeness(world.session, world.exam, AFTER)]


def take_everyone(world, client, but=()):
    """Mark everyone present by the lists of both rooms, then the exceptions."""
    for own in set(world.session.scalars(select(Seat.session_id))):
        place = f"/staff/sessions/{own}/attendance"
        assert client.post(place, data={"everyone": "present"}).status_code == 303
    for name, (attendance, reason) in dict(but).items():
        seat = world.session.get(Seat, who(world, name).id)
        place = f"/staff/sessions/{seat.session_id}/attendance"
        assert client.post(place, data={seat.candidate_id: attendance, "reason": reason}).status_code == 303


def test_a_scanned_card_marks_its_candidate_present_at_once(world, officer):
    page = officer.post("/staff/check-in", data={"code": code_of(world, "Ada")}, follow_redirects=True)
    assert "is marked present" in page.text
    assert states(world)["Ada"] == "present"
    mark = world.session.scalar(select(AttendanceMark))
    assert (mark.way, mark.marked_by, mark.marked_at) == (Way.SCAN, world.accounts["exam_officer"].id, DOORS)
    assert assessment(world, "Ada") is Assessment.PRESENT
    link = codes.link(world.exam.number, world.numbers()["Ben"])
    assert officer.post("/staff/check-in", data={"code": link}).status_code == 303
    typed = officer.post("/staff/check-in", data={"code": world.numbers()["Cleo"].lower()})
    assert typed.status_code == 303
    assert sorted(row for row, state in states(world).items() if state == "present") == ["Ada", "Ben", "Cleo"]
    ways = world.session.scalars(select(AttendanceMark.way)).all()
    assert sorted(way.value for way in ways) == ["scan", "scan", "typed"]


@pytest.mark.parametrize(
    "text", ["", "nothing", "EX-2026-0001.C000012.0123456789ABCDEF", "\0", "x" * 400, "a.b.c"]
)
def test_what_is_no_card_is_refused(world, officer, text):
    assert officer.post("/staff/check-in", data={"code": text}).status_code == 422
    assert set(states(world).values()) == {"expected"}


def test_a_code_is_not_made_elsewhere(world):
    own = code_of(world, "Ada")
    assert codes.read(own) == codes.ReadCode(world.exam.number, world.numbers()["Ada"], is_signed=True)
    assert codes.read(own.replace(world.numbers()["Ada"], world.numbers()["Ben"])) is None


def test_a_telephone_opens_the_candidate_and_a_button_marks(world, officer):
    page = officer.get(f"/staff/check-in/{code_of(world, 'Ada')}").text
    assert "Mark present" in page
    assert set(states(world).values()) == {"expected"}
    assert "Not recognised" in officer.get("/staff/check-in/EX-1.C1.0123456789ABCDEF").text


def test_only_officers_of_the_agency_check_in(session, client, world):
    code = code_of(world, "Ada")
    sign_in(client, session.get(Account, world.applications["Ada"].account_id))
    assert client.get(f"/staff/check-in/{code}").status_code == 403
    assert client.post("/staff/check-in", data={"code": code}).status_code == 403
    sign_in(client, make_account(session))
    assert client.get(f"/staff/candidates/{who(world, 'Ada').id}/attendance/photograph").status_code == 403


def test_before_the_doors_open_nobody_is_present(world, officer, at):
    at(STARTS - 2 * HOUR)
    page = officer.post("/staff/check-in", data={"code": code_of(world, "Ada")})
    assert "The doors are not open yet." in page.text


def test_who_comes_late_is_let_in_with_a_reason(world, officer, at):
    at(STARTS)
    page = officer.post("/staff/check-in", data={"code": code_of(world, "Ada")})
    assert "The doors are closed." in page.text
    assert "Let in late" in page.text
    late = {"code": code_of(world, "Ada"), "reason": ""}
    assert officer.post("/staff/check-in/late", data=late).status_code == 422
    assert (
        officer.post("/staff/check-in/late", data=late | {"reason": "The bus broke down."}).status_code == 303
    )
    mark = world.session.scalar(select(AttendanceMark))
    assert (mark.arrived_at, mark.reason) == (STARTS, "The bus broke down.")


def test_by_list_everyone_is_present_and_then_the_exceptions(world, officer, at):
    at(AFTER)
    take_everyone(world, officer)
    assert set(states(world).values()) == {"present"}
    seat = world.session.get(Seat, who(world, "Eva").id)
    place = f"/staff/sessions/{seat.session_id}/attendance"
    refused = officer.post(place, data={seat.candidate_id: "absent", "reason": ""})
    assert refused.status_code == 422
    assert f"Enter why {world.numbers()['Eva']} becomes absent." in refused.text
    assert (
        officer.post(place, data={seat.candidate_id: "absent", "reason": "Seat was empty."}).status_code
        == 303
    )
    assert states(world)["Eva"] == "absent"
    ways = [
        mark.way
        for mark in world.session.scalars(
            select(AttendanceMark)
            .where(AttendanceMark.candidate_id == seat.candidate_id)
            .order_by(AttendanceMark.id)
        )
    ]
    assert sorted(way.value for way in ways) == ["correction", "list"]
    assert "Seat was empty." in officer.get(f"/staff/candidates/{seat.candidate_id}/attendance").text
    correct = f"/staff/candidates/{seat.candidate_id}/attendance"
    assert officer.post(correct, data={"attendance": "excused", "reason": ""}).status_code == 422
    assert officer.post(correct, data={"attendance": "excused", "reason": "In hospital."}).status_code == 303
    assert states(world)["Eva"] == "excused"
    assert assessment(world, "Eva") is Assessment.ABSENT


def test_attendance_comes_from_a_file_after_a_look(world, officer, at):
    at(AFTER)
    numbers = world.numbers()
    place = f"/staff/examinations/{world.exam.id}/attendance/import"
    text = f"candidate,attendance,reason\n{numbers['Ada']},Present,\n{numbers['Ben']},excused,At a funeral\n"
    page = officer.post(place, data={"file": (io.BytesIO(text.encode()), "a.csv")})
    assert "Nothing is stored yet." in page.text
    assert set(states(world).values()) == {"expected"}
    ticket = page.text.split('name="ticket"')[1].split('value="')[1].split('"')[0]
    assert officer.post(f"{place}/store", data={"ticket": ticket}).status_code == 303
    found = states(world)
    assert (found["Ada"], found["Ben"], found["Cleo"]) == ("present", "excused", "expected")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("candidate,attendance\nC1,present\n", "is not a candidate here"),
        ("candidate,attendance\nADA,maybe\n", "Use present, absent or excused."),
        ("candidate,attendance\nADA,excused\n", "This column"),
        ("candidate,attendance\nADA,absent\nADA,absent\n", "stands in the file twice"),
        ("number\n1\n", "This column is not known."),
    ],
)
def test_a_faulty_file_of_attendance_changes_nothing(world, officer, at, text, words):
    at(AFTER)
    text = text.replace("ADA", world.numbers()["Ada"])
    place = f"/staff/examinations/{world.exam.id}/attendance/import"
    page = officer.post(place, data={"file": (io.BytesIO(text.encode()), "a.csv")})
    assert page.status_code == 422
    if words != "This column":
        assert words in page.text
    assert set(states(world).values()) == {"expected"}


def test_the_board_catches_a_sheet_of_who_was_absent_and_a_present_one_without(world, officer, at):
    at(AFTER)
    office.set_key(world)
    assert sentences(world) == ["6 candidates not marked present, absent or excused."]
    take_everyone(world, officer, {"Eva": ("absent", "Empty seat."), "Fay": ("excused", "In hospital.")})
    # Eva's sheet came nevertheless, Dan's is lost
    scores = {name: right for name, right in office.SCORES.items() if name not in ("Dan", "Fay")}
    office.import_answers(world, office.answers_of(world, scores), accepts_absent=True)
    assert states(world) == {
        **dict.fromkeys(("Ada", "Ben", "Cleo", "Dan"), "present"),
        "Eva": "absent",
        "Fay": "excused",
    }
    assert sentences(world) == [
        "1 candidate marked present without an answer sheet.",
        "1 candidate with an answer sheet and not marked present.",
    ]
    page = board(officer, world)
    assert "Present without a sheet: 1" in page
    assert "A sheet, but not present: 1" in page
    with pytest.raises(Conflict):
        office.draft(world)
    correct = f"/staff/candidates/{who(world, 'Eva').id}/attendance"
    officer.post(correct, data={"attendance": "present", "reason": "She had moved to another seat."})
    correct = f"/staff/candidates/{who(world, 'Dan').id}/attendance"
    officer.post(correct, data={"attendance": "absent", "reason": "Signed the list and left."})
    assert sentences(world) == []
    assert "Everyone is accounted for." in board(officer, world)
    assert office.draft(world).ranked == 4


def test_without_sessions_sheets_mark_as_before_and_a_mark_by_hand_stays(session, client, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AFTER)
    world = office.make_world(session)
    office.hold(world)
    office.set_key(world)
    officer = sign_in(client, world.accounts["exam_officer"])
    fay = who(world, "Fay")
    place = f"/staff/examinations/{world.exam.id}/attendance"
    assert officer.post(place, data={fay.id: "excused", "reason": "In hospital."}).status_code == 303
    scores = {name: right for name, right in office.SCORES.items() if name not in ("Eva", "Fay")}
    office.import_answers(world, office.answers_of(world, scores), accepts_absent=True)
    found = states(world)
    assert (found["Ada"], found["Eva"], found["Fay"]) == ("present", "absent", "excused")
    assert sentences(world) == []
    assert "Everyone in one place" in board(officer, world)
    assert office.draft(world).ranked == 4


def test_a_doubt_holds_the_list_until_it_is_settled(world, officer, at):
    at(AFTER)
    office.set_key(world)
    take_everyone(world, officer)
    office.import_answers(world)
    own = f"/staff/candidates/{who(world, 'Ben').id}/attendance"
    assert officer.post(f"{own}/doubt", data={"note": ""}).status_code == 422
    assert officer.post(f"{own}/doubt", data={"note": "The face differs."}).status_code == 303
    assert "already stands open" in officer.post(f"{own}/doubt", data={"note": "Again."}).text
    assert sentences(world) == ["1 doubt about identities to be settled."]
    doubt = world.session.scalar(select(IdentityDoubt.id))
    assert officer.post(f"/staff/identity-doubts/{doubt}", data={"outcome": "cleared"}).status_code == 422
    settle = {"outcome": "cleared", "finding": "Passport compared the next day."}
    assert officer.post(f"/staff/identity-doubts/{doubt}", data=settle).status_code == 303
    assert sentences(world) == []
    assert "Passport compared" in officer.get(own).text
    again = officer.post(f"/staff/identity-doubts/{doubt}", data=settle)
    assert "settled in the meantime" in again.text


def report(world, officer, **changes):
    session_id = world.session.scalar(
        select(Seat.session_id).where(Seat.candidate_id == who(world, "Ada").id)
    )
    form = {
        "kind": "power_cut",
        "session_id": session_id,
        "happened_at": "2026-11-16T10:30",
        "description": "Dark for ten minutes.",
        "is_everyone": "y",
    }
    answer = officer.post(f"/staff/examinations/{world.exam.id}/incidents/new", data=form | changes)
    return answer, world.session.scalar(
        select(Incident.id).order_by(Incident.reported_at.desc(), Incident.id.desc())
    )


def test_an_incident_is_made_good_by_two_people_and_told(world, officer, client, at, outbox, run_jobs):
    at(AFTER)
    office.set_key(world)
    take_everyone(world, officer)
    office.import_answers(world)
    answer, own = report(world, officer)
    assert answer.status_code == 303
    assert sentences(world) == ["1 incident without a decision."]
    place = f"/staff/incidents/{own}"
    assert (
        officer.post(f"{place}/propose", data={"remedy": "extra_time", "proposal": "Given."}).status_code
        == 422
    )
    form = {"remedy": "extra_time", "minutes": "10", "proposal": "Given at the end."}
    assert officer.post(f"{place}/propose", data=form).status_code == 303
    decision = {"answer": "confirm", "decision": "As the rules say."}
    own_decision = officer.post(f"{place}/decide", data=decision)
    assert "a second person has to decide" in own_decision.text
    second = sign_in(client, world.accounts["hr_officer"])
    assert second.post(f"{place}/decide", data={"answer": "confirm", "decision": ""}).status_code == 422
    assert second.post(f"{place}/decide", data=decision).status_code == 303
    assert sentences(world) == []
    run_jobs()
    assert len([mail for mail in outbox if "About your examination" in mail["Subject"]]) == 3
    ada = world.applications["Ada"]
    sign_in(client, world.session.get(Account, ada.account_id))
    assert "10 minutes more were given." in client.get(f"/my/applications/{ada.id}").text


def test_who_sits_again_is_expected_once_more(world, officer, client, at):
    at(AFTER)
    office.set_key(world)
    take_everyone(world, officer)
    office.import_answers(world)
    numbers = world.numbers()
    answer, own = report(world, officer, is_everyone="", numbers=f"{numbers['Ada']} {numbers['Ben'].lower()}")
    assert answer.status_code == 303
    place = f"/staff/incidents/{own}"
    officer.post(f"{place}/propose", data={"remedy": "resit", "proposal": "They lost an hour."})
    second = sign_in(client, world.accounts["hr_officer"])
    back = {"answer": "back", "decision": "Say how long it was."}
    assert second.post(f"{place}/decide", data=back).status_code == 303
    sign_in(client, world.accounts["exam_officer"])
    officer.post(f"{place}/propose", data={"remedy": "resit", "proposal": "They lost 60 of 120 minutes."})
    second = sign_in(client, world.accounts["hr_officer"])
    assert second.post(f"{place}/decide", data=back | {"answer": "confirm"}).status_code == 303
    assert sorted(name for name, state in states(world).items() if state == "expected") == ["Ada", "Ben"]
    with pytest.raises(Conflict, match="not marked present"):
        office.draft(world)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"happened_at": "2026-11-30T10:00"}, "this lies ahead"),
        ({"session_id": ""}, "Choose the session whose people it touched."),
        ({"is_everyone": "", "numbers": "C999"}, "Not a candidate of this examination: C999."),
        ({"kind": "earthquake"}, ""),
        ({"description": ""}, "Enter what you saw"),
    ],
)
def test_a_faulty_report_is_refused(world, officer, at, changes, words):
    at(AFTER)
    answer, own = report(world, officer, **changes)
    assert answer.status_code == 422
    assert words in answer.text
    assert own is None


def test_an_auditor_sees_the_board_and_changes_nothing(world, client, at):
    at(AFTER)
    auditor = sign_in(client, world.accounts["auditor"])
    assert "Something is open" in board(auditor, world)
    assert auditor.get(f"/staff/examinations/{world.exam.id}/incidents").status_code == 200
    assert auditor.post("/staff/check-in", data={"code": code_of(world, "Ada")}).status_code == 403
    own = who(world, "Ada").id
    assert auditor.post(f"/staff/candidates/{own}/attendance", data={}).status_code == 403


def test_marks_of_thousands_need_few_statements(world, at):
    """A whole roll is marked by sets: the statements do not grow with the people."""
    at(AFTER)
    everyone = {own: Wanted(Attendance.PRESENT) for own in world.session.scalars(select(Candidate.id))}
    with count_queries(db.current()) as statements:
        services.mark_roll(
            world.session, examination_id=world.exam.id, wanted=everyone, way=Way.LIST,
            permission="exams.attendance.show_session", actor=world.actor("exam_officer"), at=AFTER,
        )  # fmt: skip
    assert len(statements) <= 8
    with pytest.raises(Invalid):
        services.mark_roll(
            world.session, examination_id=world.exam.id,
            wanted={own: Wanted(Attendance.ABSENT) for own in everyone}, way=Way.LIST,
            permission="exams.attendance.show_session", actor=world.actor("exam_officer"), at=AFTER,
        )  # fmt: skip
