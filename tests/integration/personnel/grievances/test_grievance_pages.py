"""The pages of a grievance on both sides: what each sees, what is refused, what nobody else may open."""

from __future__ import annotations

import datetime as dt
import io

import pytest

from app.personnel.grievances.states import GrievanceState, Matter
from app.platform import clock
from tests.conftest import sign_in
from tests.factories.accounts import make_account
from tests.factories.files import make_photo
from tests.page_checks import named

FILING = {
    "matter": "working_time",
    "statement": "The roster of the Harbour came four days ahead.",
    "happened_on": "2026-11-09",
    "remedy_sought": "A roster two weeks ahead.",
    "about": "nobody",
}


@pytest.fixture
def as_one(client, town, at, monkeypatch):
    """Sign in as one of the people, at the moment of the tests."""
    monkeypatch.setattr(clock, "now", lambda: at)
    return lambda name: sign_in(client, town.people[name])


def test_a_grievance_is_filed_and_answered_on_its_pages(session, acts, as_one):
    grievant = as_one("grievant")
    page = grievant.get("/my/employment").text
    assert "Grievances" in page
    assert "None is open." in page
    assert "10 business days" in grievant.get("/my/grievances/new").text
    filed = grievant.post("/my/grievances/new", data=FILING)
    assert filed.status_code == 303
    page = grievant.get(filed.location)
    assert "14 days left" in page.text
    assert "Nobody yet." in page.text
    own = filed.location.rpartition("/")[2]
    boss = as_one("boss")
    assert "G-2026-0001" in boss.get("/staff/grievances").text
    assert "G-2026-0001" in boss.get("/staff/").text
    assert "I have a part in it" in boss.get(f"/staff/grievances/{own}").text
    wrong = boss.post(f"/staff/grievances/{own}/answer", data={"outcome": "granted", "findings": "Right."})
    assert (wrong.status_code, "Enter what is done" in wrong.text) == (422, True)
    answer = {
        "outcome": "granted",
        "findings": "Right.",
        "remedy": "Two weeks.",
        "remedy_due_on": "2026-12-18",
    }
    assert boss.post(f"/staff/grievances/{own}/answer", data=answer).status_code == 303
    grievant = as_one("grievant")
    page = grievant.get(f"/my/grievances/{own}").text
    assert "Accept the answer" in page
    assert "Boss, last" in page
    assert grievant.post(f"/my/grievances/{own}/accept").status_code == 303
    session.expire_all()
    assert acts.again_id(own).state is GrievanceState.REMEDY
    officer = as_one("officer")
    remedy = acts.again_id(own).remedies[0].id
    address = f"/staff/grievances/{own}/remedies/{remedy}/done"
    assert officer.post(address, data={"done_on": "2026-11-21"}).status_code == 422
    assert officer.post(address, data={"done_on": "2026-11-20"}).status_code == 303
    assert officer.get(f"/staff/grievances/{own}/remedies/grm_{'0' * 26}/done").status_code == 404
    session.expire_all()
    assert acts.again_id(own).state is GrievanceState.CLOSED


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"matter": "everything"}, "matter"),
        ({"statement": ""}, "statement"),
        ({"statement": "a\0b"}, "statement"),
        ({"statement": "x" * 4001}, "statement"),
        ({"happened_on": "2026-02-30"}, "happened_on"),
        ({"happened_on": "0000-01-01"}, "happened_on"),
        ({"happened_on": "2026-11-21"}, "happened_on"),
        ({"happened_on": "2026-09-01"}, "late_reason"),
        ({"remedy_sought": " "}, "remedy_sought"),
        ({"about": "other", "about_email": "nobody@harbour.example"}, "about_email"),
        ({"about": ""}, "about"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(acts, as_one, town, values, field):
    page = as_one("grievant").post("/my/grievances/new", data=FILING | values)
    assert page.status_code == 422
    shown = f"{field}-group" if field == "happened_on" else field
    assert f'id="{shown}-error"' in page.text
    if field != "remedy_sought":
        assert "A roster two weeks ahead." in page.text
    assert as_one("grievant").get("/my/grievances").text.count("G-2026-") == 0


def test_a_paper_is_checked_kept_and_read_by_both_sides_alone(acts, as_one):
    grievance = acts.file()
    grievant = as_one("grievant")
    address = f"/my/grievances/{grievance.id}/papers/new"
    wrong = grievant.post(address, data={"file": (io.BytesIO(b"no pdf"), "roster.pdf")})
    assert wrong.status_code == 422
    assert grievant.post(address, data={}).status_code == 422
    right = grievant.post(address, data={"file": (io.BytesIO(make_photo()), "roster.jpg")})
    assert right.status_code == 303
    paper = acts.again(grievance).files[0].id
    for name, status in {"grievant": 200, "boss": 200, "officer": 200, "head": 404, "stranger": 404}.items():
        assert as_one(name).get(f"/my/grievances/{grievance.id}/papers/{paper}").status_code == status, name


def test_nobody_else_opens_a_grievance(acts, as_one):
    grievance = acts.file(about="other", about_email="second@harbour.example")
    own, staff = f"/my/grievances/{grievance.id}", f"/staff/grievances/{grievance.id}"
    for name in ("head", "stranger", "second", "authority", "boss", "officer"):
        assert as_one(name).get(own).status_code == 404, name
    for name in ("head", "stranger", "second", "authority", "grievant"):
        for page in ("", "/answer", "/recuse", "/propose", "/papers/new"):
            assert as_one(name).get(staff + page).status_code == 404, (name, page)
    for page in ("/assign", "/hearing", "/award"):
        assert as_one("boss").get(staff + page).status_code == 403
    for name in ("second", "stranger"):
        assert "G-2026-" not in as_one(name).get("/staff/grievances").text
    assert not named(as_one("second").get("/staff/employees/" + grievance.employee_id).text, "G-2026-0001")


def test_human_resources_as_such_reads_no_grievance(session, acts, as_one, town):
    grievance = acts.file()
    acts.answer(grievance)
    staff, table = f"/staff/grievances/{grievance.id}", "/staff/tables/personnel.grievances.list_staff"
    hr = as_one("hr")
    assert hr.get("/staff/grievances").status_code == 403
    assert hr.get(table).status_code == 404
    assert hr.post(table, data={"columns": ["number"], "form": "csv"}).status_code == 404
    for page in ("", "/answer", "/recuse", "/propose", "/papers/new"):
        assert hr.get(staff + page).status_code == 404, page
    for page in ("/assign", "/hearing", "/award"):
        assert hr.get(staff + page).status_code == 403, page
    for page in ("/staff/", "/staff/?text=grievance", "/staff/letters?text=grievance"):
        assert not named(hr.get(page).text, grievance.number), page
    assert "Grievances" not in hr.get("/staff/").text
    for page in (f"/staff/employees/{grievance.employee_id}", "/staff/employees?text=grievant"):
        text = hr.get(page).text
        assert not named(text, grievance.number), page
        assert "Grievances" not in text, page
    assert hr.get(f"/staff/ledger?subject={grievance.id}").status_code == 403
    assert as_one("officer").get(staff).status_code == 200


def test_proposals_are_answered_on_the_page_of_the_other_side(session, acts, as_one):
    grievance = acts.file()
    grievant = as_one("grievant")
    address = f"/my/grievances/{grievance.id}"
    given = {"kind": "extension", "terms": "More papers come.", "until_on": "2026-12-04"}
    assert grievant.post(f"{address}/propose", data=given).status_code == 422
    assert grievant.post(f"{address}/propose", data=given | {"until_on": "2026-12-11"}).status_code == 303
    row = acts.again(grievance).agreements[0].id
    agree = f"{address}/proposals/{row}/agree"
    assert ">Agree<" not in grievant.get(address).text
    assert "other side" in grievant.post(agree, follow_redirects=True).text
    boss = as_one("boss")
    assert "Proposals of grievants" in boss.get("/staff/").text
    assert boss.post(agree).location.endswith(f"/staff/grievances/{grievance.id}")
    session.expire_all()
    assert acts.again(grievance).current.due_on == dt.date(2026, 12, 11)


def test_other_pages_open_and_refuse(acts, as_one, town):
    grievance = acts.file()
    acts.answer(grievance)
    grievant = as_one("grievant")
    own = f"/my/grievances/{grievance.id}"
    for page in ("go-on", "withdraw", "representative", "propose", "papers/new"):
        assert grievant.get(f"{own}/{page}").status_code == 200, page
    assert grievant.post(f"{own}/go-on", data={"reason": ""}).status_code == 422
    assert grievant.post(f"{own}/representative", data={"name": "Dana Reyes"}).status_code == 303
    assert "Dana Reyes" in grievant.get(own).text
    assert grievant.post(f"{own}/go-on", data={"reason": "It is wrong."}).status_code == 303
    assert grievant.post(f"{own}/go-on", data={"reason": "Again."}).status_code == 422
    officer = as_one("officer")
    staff = f"/staff/grievances/{grievance.id}"
    assert officer.get(f"{staff}/assign").status_code == 200
    chosen = {"decider_id": town.people["stranger"].id, "reason": "On leave"}
    assert officer.post(f"{staff}/assign", data=chosen | {"decider_id": "acc_x"}).status_code == 422
    assert officer.post(f"{staff}/assign", data=chosen).status_code == 303
    assert officer.post(f"{staff}/hearing", data={"arbitrator": "Ada"}).status_code == 422
    rule = f"/staff/agencies/{town.agency.id}/grievance-procedure"
    assert officer.post(rule, data={"name": "nowhere"}).status_code == 422
    assert officer.post(rule, data={"name": "iowa"}).status_code == 303
    assert "Step 3, director" in officer.get(rule).text
    assert as_one("boss").get(rule).status_code == 403
    stranger = as_one("stranger")
    assert stranger.post(f"{staff}/recuse", data={"reason": "We are cousins."}).status_code == 303
    assert stranger.get(staff).status_code == 404


def test_the_list_is_filtered_and_downloaded(acts, as_one):
    acts.file()
    acts.file(matter=Matter.PAY)
    officer = as_one("officer")
    assert officer.get("/staff/grievances?matter=pay").text.count(">G-2026-") == 1
    assert officer.get("/staff/grievances?matter=nothing&state=x&page=zz").status_code == 200
    assert officer.get("/staff/grievances?text=G-2026-0001").text.count(">G-2026-") == 1
    address = "/staff/tables/personnel.grievances.list_staff?matter=pay"
    taken = officer.post(address, data={"columns": ["number", "matter"], "form": "csv"})
    lines = taken.data.decode("utf-8-sig").splitlines()
    assert lines == ["Number,Matter", "G-2026-0002,Pay and allowances"]


def test_who_does_not_serve_has_no_such_page(client, session, town):
    sign_in(client, make_account(session))
    assert client.get("/my/grievances").status_code == 403
    assert client.get("/my/grievances/new").status_code == 403
