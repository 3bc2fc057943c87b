"""Centres, sessions, seats and cards as officers and candidates use them."""

from __future__ import annotations

import datetime as dt
import io

import pikepdf
import pytest
from PIL import Image
from sqlalchemy import select

from app.accounts.models import Account
from app.exams.centres.models import Centre, PostcodePlace, Room
from app.exams.examinations.models import Candidate
from app.exams.photographs.models import Photograph
from app.exams.seating import services as seating
from app.exams.seating.models import CentreWish, Seat, SeatingPlan
from app.exams.sessions import services as sessions
from app.exams.sessions.models import ExamSession, Shift
from app.platform import clock
from app.platform.errors import Conflict, Invalid
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.sessions import HOUR, STARTS, make_centre, make_room, make_sessions, make_shift
from tests.integration.exams import world as office

EARLIER = dt.datetime(2026, 11, 14, 15, 0, tzinfo=dt.UTC)
SHIFT = {
    "name": "Morning",
    "doors_open_at": "2026-11-16T09:00",
    "doors_close_at": "2026-11-16T09:45",
    "starts_at": "2026-11-16T10:00",
    "ends_at": "2026-11-16T12:00",
}
ROOMS = (
    "centre,name,address,room,capacity,seats per row,accessible seats,latitude,longitude\n"
    "NORTH,North School,1 North Street,1,30,6,2,40.7,-74.0\n"
    "NORTH,North School,1 North Street,2,20,5,0,40.7,-74.0\n"
)


@pytest.fixture
def world(session, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: EARLIER)
    made = office.make_world(session)
    office.hold(made)
    return made


@pytest.fixture
def officer(client, world):
    return sign_in(client, world.accounts["exam_officer"])


@pytest.fixture
def seated(session, world):
    """Six candidates in two centres and two shifts, fixed and released."""
    north, south = (make_centre(session, world.agency.id, code) for code in ("NORTH", "SOUTH"))
    rooms = [make_room(session, north), make_room(session, south)]
    for name, starts_at in (("Morning", STARTS), ("Afternoon", STARTS + 4 * HOUR)):
        make_sessions(session, make_shift(session, world.exam, name, starts_at), rooms)
    return world


def fix(world, seed="04 11 17"):
    actor = world.actor("exam_officer")
    return seating.fix(world.session, examination_id=world.exam.id, seed=seed, actor=actor, at=EARLIER)


def upload(text, name="rooms.csv"):
    return (io.BytesIO(text.encode()), name)


def test_a_centre_is_entered_with_its_rooms(session, officer, world):
    form = {
        "agency_id": world.agency.id,
        "code": "NORTH",
        "name": "North School",
        "address": "1 North Street",
    }
    assert (
        officer.post("/staff/centres/new", data=form | {"latitude": "91", "longitude": "1"}).status_code
        == 422
    )
    assert officer.post("/staff/centres/new", data=form | {"latitude": "40"}).status_code == 422
    assert officer.post("/staff/centres/new", data=form | {"code": "=1+1"}).status_code == 422
    made = officer.post(
        "/staff/centres/new", data=form | {"latitude": "40.7128", "longitude": "-74.006", "is_active": "y"}
    )
    assert made.status_code == 303
    centre = session.scalar(select(Centre))
    assert (centre.code, centre.latitude, centre.longitude) == ("NORTH", 40_712_800, -74_006_000)
    again = officer.post("/staff/centres/new", data=form)
    assert "Another centre of this agency has this code." in again.text
    room = {"code": "1", "capacity": "30", "seats_per_row": "6", "accessible_seats": "31", "is_active": "y"}
    refused = officer.post(f"/staff/centres/{centre.id}/rooms/new", data=room)
    assert "There cannot be more accessible seats than seats." in refused.text
    assert (
        officer.post(
            f"/staff/centres/{centre.id}/rooms/new", data=room | {"accessible_seats": "2"}
        ).status_code
        == 303
    )
    assert "40.7128, -74.006" in officer.get(f"/staff/centres/{centre.id}").text
    own = session.scalar(select(Room))
    assert (
        officer.post(f"/staff/rooms/{own.id}/edit", data=room | {"accessible_seats": "4"}).status_code == 303
    )
    assert officer.get("/staff/centres").status_code == 200


def test_centres_of_another_agency_are_not_there(session, officer):
    other = make_centre(session, make_agency(session).id)
    assert officer.get(f"/staff/centres/{other.id}").status_code == 404
    assert other.name not in officer.get("/staff/centres").text


def test_rooms_come_from_a_file_after_a_look(session, officer, world):
    place, form = "/staff/centres/import", {"agency_id": world.agency.id}
    page = officer.post(place, data=form | {"file": upload(ROOMS)})
    assert "What the file holds" in page.text
    assert session.scalar(select(Centre)) is None
    ticket = page.text.split('name="ticket"')[1].split('value="')[1].split('"')[0]
    assert officer.post(f"{place}/store", data={"ticket": ticket}).status_code == 303
    assert sorted(session.scalars(select(Room.capacity))) == [20, 30]
    assert officer.post(f"{place}/store", data={"ticket": ticket + "x"}).status_code == 422


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The file is empty"),
        ("centre,name\nNORTH,North\n", "This column is missing."),
        (ROOMS.replace("30,6", "0,6"), "Enter a whole number from 1 to 2000."),
        (
            ROOMS.replace("30,6", "3,6").replace("6,2,", "6,9,"),
            "There cannot be more accessible seats than seats.",
        ),
        (ROOMS.replace("40.7,", "140.7,"), "Enter degrees from -90 to 90"),
        (ROOMS + ROOMS.splitlines()[1] + "\n", "stands in the file twice"),
        (ROOMS.replace("2,20", "2,20,9"), "The row has 10 values and the headings are 9."),
        (
            ROOMS.replace("NORTH,North School,1 North Street,2", "NORTH,Other,1 North Street,2"),
            "described differently",
        ),
        ("centre\0", "NUL"),
    ],
)
def test_a_faulty_file_of_rooms_is_told_line_by_line(session, officer, world, text, words):
    page = officer.post("/staff/centres/import", data={"agency_id": world.agency.id, "file": upload(text)})
    assert page.status_code == 422
    assert words in page.text
    assert session.scalar(select(Centre)) is None


def test_postcodes_come_from_a_file(session, officer, world):
    text = "postcode,latitude,longitude\n00140,40.7,-74\n00 141,40.8,-74.1\n"
    place = "/staff/centres/postcodes"
    page = officer.post(place, data={"agency_id": world.agency.id, "file": upload(text)})
    ticket = page.text.split('name="ticket"')[1].split('value="')[1].split('"')[0]
    assert officer.post(f"{place}/store", data={"ticket": ticket}).status_code == 303
    assert sorted(session.scalars(select(PostcodePlace.postcode))) == ["00140", "00141"]


def test_a_shift_gets_rooms_and_none_is_used_twice(session, officer, world):
    place = f"/staff/examinations/{world.exam.id}/sessions"
    assert "This examination is in one place" in officer.get(place).text
    assert (
        officer.post(f"{place}/shifts/new", data=SHIFT | {"ends_at": "2026-11-16T09:00"}).status_code == 422
    )
    assert officer.post(f"{place}/shifts/new", data=SHIFT).status_code == 303
    shift = session.scalar(select(Shift))
    room = make_room(session, make_centre(session, world.agency.id))
    rooms = f"/staff/shifts/{shift.id}/rooms"
    assert officer.post(rooms, data={}).status_code == 422
    assert "The room has 10 seats." in officer.post(rooms, data={"room_ids": room.id, "capacity": "11"}).text
    assert officer.post(rooms, data={"room_ids": room.id}).status_code == 303
    overlap = SHIFT | {
        "name": "Noon",
        "doors_open_at": "2026-11-16T11:30",
        "doors_close_at": "2026-11-16T12:00",
    }
    overlap |= {"starts_at": "2026-11-16T12:00", "ends_at": "2026-11-16T14:00"}
    assert officer.post(f"{place}/shifts/new", data=overlap).status_code == 303
    second = session.scalar(select(Shift).where(Shift.name == "Noon"))
    clash = officer.post(f"/staff/shifts/{second.id}/rooms", data={"room_ids": room.id})
    assert f"Room 1 of NORTH is used then by {world.exam.number}, Morning." in clash.text
    later = overlap | {"doors_open_at": "2026-11-16T12:00", "doors_close_at": "2026-11-16T12:30"}
    later |= {"starts_at": "2026-11-16T12:30", "ends_at": "2026-11-16T14:30"}
    assert officer.post(f"/staff/shifts/{second.id}/edit", data=later).status_code == 303
    assert officer.post(f"/staff/shifts/{second.id}/rooms", data={"room_ids": room.id}).status_code == 303
    refused = officer.post(f"/staff/shifts/{second.id}/edit", data=overlap)
    assert "is used then by" in refused.text
    assert officer.get(place).status_code == 200
    own = session.scalar(select(ExamSession).where(ExamSession.shift_id == second.id))
    assert officer.post(f"/staff/sessions/{own.id}/edit", data={"capacity": "12"}).status_code == 422
    assert officer.post(f"/staff/sessions/{own.id}/edit", data={"capacity": "9"}).status_code == 303
    assert officer.post(f"/staff/shifts/{second.id}/remove").status_code == 303  # refused: it has a room
    assert officer.post(f"/staff/sessions/{own.id}/remove").status_code == 303
    assert officer.post(f"/staff/shifts/{second.id}/remove").status_code == 303
    session.expire_all()
    assert session.scalars(select(Shift.name)).all() == ["Morning"]


def test_candidates_name_centres_and_are_seated_by_the_seed(session, client, seated, outbox, run_jobs):
    world = seated
    place = f"/staff/examinations/{world.exam.id}/seating"
    officer = sign_in(client, world.accounts["exam_officer"])
    form = {"wishes_until": "2026-11-15T17:00", "bring": "A black pen\nNo telephone"}
    assert officer.post(f"{place}/edit", data=form).status_code == 303
    ada = world.applications["Ada"]
    sign_in(client, session.get(Account, ada.account_id))
    centres = f"/my/applications/{ada.id}/centres"
    south = session.scalar(select(Centre.id).where(Centre.code == "SOUTH"))
    assert (
        "You named this centre already." in client.post(centres, data={"first": south, "second": south}).text
    )
    assert client.post(centres, data={"first": "ctr_odd"}).status_code == 422
    assert client.post(centres, data={"first": south}).status_code == 303
    assert session.scalars(select(CentreWish.centre_id)).all() == [south]
    sign_in(client, world.accounts["exam_officer"])
    assert "Candidates may still name centres." in client.post(f"{place}/fix", data={"seed": "1"}).text
    session.get(SeatingPlan, world.exam.id).wishes_until = EARLIER - HOUR
    session.flush()
    page = client.get(f"{place}/fix").text
    assert "Seated by the trial" in page
    assert client.post(f"{place}/fix", data={"seed": " "}).status_code == 422
    assert client.post(f"{place}/fix", data={"seed": "04 11 17"}).status_code == 303
    assert "The seats are fixed already." in client.post(f"{place}/fix", data={"seed": "2"}).text
    assert "The rule gives the same seats again" in client.get(f"{place}/check").text
    assert client.get(f"{place}/seats?text=C0&session=none").status_code == 200
    assert world.numbers()["Ada"] in client.get(f"{place}/seats").text
    seats = session.scalars(select(Seat)).all()
    for chosen in {seat.session_id for seat in seats}:
        page = client.get(f"{place}/seats", query_string={"session": chosen}).text
        shown = {number for number in world.numbers().values() if number in page}
        there = {seat.candidate_id for seat in seats if seat.session_id == chosen}
        assert shown == {session.get(Candidate, candidate_id).number for candidate_id in there}
    assert client.post(f"{place}/release").status_code == 303
    run_jobs()
    assert len([mail for mail in outbox if "admit card" in mail["Subject"]]) == len(world.applications)
    sign_in(client, session.get(Account, ada.account_id))
    own = f"/my/applications/{ada.id}"
    card = client.get(f"{own}/admit-card").text
    assert "School SOUTH (SOUTH)" in card
    why = client.get(f"{own}/seat").text
    assert "04 11 17" in why
    assert "SOUTH, NORTH" in why
    with pikepdf.open(io.BytesIO(client.get(f"{own}/admit-card.pdf").data)) as pdf:
        assert len(pdf.pages) == 1


def test_later_arrivals_and_moves_have_a_reason_and_are_told(session, client, seated, outbox, run_jobs):
    world = seated
    late = session.scalar(select(Candidate).order_by(Candidate.number).limit(1))
    application = late.application_id
    fix(world)
    session.delete(session.get(Seat, late.id))
    session.get(SeatingPlan, world.exam.id).released_at = EARLIER
    session.flush()
    officer = sign_in(client, world.accounts["exam_officer"])
    place = f"/staff/examinations/{world.exam.id}/seating"
    before = {seat.candidate_id: (seat.session_id, seat.place) for seat in session.scalars(select(Seat))}
    assert officer.post(f"{place}/later", data={"reason": ""}).status_code == 422
    assert officer.post(f"{place}/later", data={"reason": "An appeal was upheld."}).status_code == 303
    session.expire_all()
    after = {seat.candidate_id: (seat.session_id, seat.place) for seat in session.scalars(select(Seat))}
    assert {own: after[own] for own in before} == before
    assert late.id in after
    other = next(own for own in before if own != late.id)
    own = f"/staff/candidates/{late.id}/seat"
    taken = {"session_id": before[other][0], "place": str(before[other][1]), "reason": "Broken chair"}
    assert "Somebody else has this seat." in officer.post(own, data=taken).text
    assert "Enter a seat from 1 to 10." in officer.post(own, data=taken | {"place": "11"}).text
    assert officer.post(own, data=taken | {"place": "10", "reason": ""}).status_code == 422
    assert officer.post(own, data=taken | {"place": "10"}).status_code == 303
    run_jobs()
    email = session.get(Account, session.get(type(world.applications["Ada"]), application).account_id).email
    # both acts fall into one moment here, and one moment is told once
    assert [mail["To"] for mail in outbox] == [email]


def test_seats_are_not_fixed_without_enough_of_them(session, world):
    room = make_room(session, make_centre(session, world.agency.id), capacity=3, accessible_seats=0)
    make_sessions(session, make_shift(session, world.exam), [room])
    with pytest.raises(Conflict, match="3 cannot be seated"):
        fix(world)
    assert session.scalar(select(Seat)) is None
    with pytest.raises(Invalid):
        fix(world, seed="")


def test_a_session_with_people_is_not_taken_out(session, seated):
    fix(seated)
    own = session.scalar(select(Seat.session_id))
    values = {"actor": seated.actor("exam_officer"), "at": EARLIER}
    with pytest.raises(Conflict, match="Move them first"):
        sessions.remove_session(session, session_id=own, **values)
    with pytest.raises(Conflict, match="Move them first"):
        sessions.edit_session(session, session_id=own, capacity=10, is_apart=True, **values)


def test_the_papers_of_a_session_are_printed_and_recorded(session, client, seated):
    fix(seated)
    officer = sign_in(client, seated.accounts["exam_officer"])
    own = session.scalar(select(Seat.session_id))
    assert "without a photograph" in officer.get(f"/staff/sessions/{own}/papers").text
    for what in ("cards", "sheet", "doors"):
        answer = officer.get(f"/staff/sessions/{own}/papers/{what}.pdf")
        assert answer.mimetype == "application/pdf"
    assert officer.get(f"/staff/sessions/{own}/papers/else.pdf").status_code == 404
    stranger = sign_in(client, make_account(session))
    assert stranger.get(f"/staff/sessions/{own}/papers").status_code == 403


def picture(width, height, kind="PNG", colour=(10, 120, 200, 128)):
    written = io.BytesIO()
    image = Image.new(
        "RGBA" if kind == "PNG" else "RGB", (width, height), colour[: 4 if kind == "PNG" else 3]
    )
    image.save(written, kind)
    return written.getvalue()


@pytest.mark.parametrize(("width", "height", "kind"), [(900, 600, "PNG"), (400, 1600, "JPEG")])
def test_a_photograph_is_cropped_and_printed(session, client, world, width, height, kind):
    ada = session.get(Account, world.applications["Ada"].account_id)
    sign_in(client, ada)
    assert client.get("/my/photograph").status_code == 200
    assert client.get("/my/photograph/picture").status_code == 404
    data = {"file": (io.BytesIO(picture(width, height, kind)), f"me.{kind.lower()}")}
    assert client.post("/my/photograph", data=data).status_code == 303
    with Image.open(io.BytesIO(client.get("/my/photograph/picture").data)) as kept:
        assert (kept.format, kept.mode, kept.size) == ("JPEG", "RGB", (413, 531))
    assert client.post("/my/photograph/remove").status_code == 303
    assert client.get("/my/photograph/picture").status_code == 404
    assert session.scalar(select(Photograph.removed_at)) == EARLIER


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"%PDF-1.4 nothing", "me.pdf", "The file must be one of these kinds"),
        (b"no picture", "me.png", "This is not a PDF"),
        (picture(100, 100), "me.png", "too small to be printed"),
    ],
)
def test_what_is_no_photograph_is_refused(session, client, world, content, name, words):
    sign_in(client, session.get(Account, world.applications["Ada"].account_id))
    page = client.post("/my/photograph", data={"file": (io.BytesIO(content), name)})
    assert page.status_code == 422
    assert words in page.text
