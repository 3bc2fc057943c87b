"""Pages of merit lists and of one's own result."""

from __future__ import annotations

import csv
import io
import re

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.accounts.roles import Role
from app.exams.merit_lists.models import MeritList, MeritListEntry
from app.exams.merit_lists.states import ListState
from app.platform.ids import new_id
from tests.conftest import count_queries, sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.exams import make_candidate, make_entry, make_examination, make_list
from tests.integration.exams import world as office
from tests.page_checks import named


@pytest.fixture
def world(session):
    return office.prepare(office.make_world(session))


@pytest.fixture
def published(world):
    made = office.publish(world)
    world.session.flush()
    return made


def as_(client, world, role):
    sign_in(client, world.accounts[role])
    return client


def as_applicant(client, world, name):
    sign_in(client, world.session.get(Account, world.applications[name].account_id))
    return client


def test_a_list_is_drafted_approved_and_published_by_two_people(session, client, world):
    as_(client, world, "exam_officer")
    path = f"/staff/examinations/{world.exam.id}/merit-lists/new"
    assert "Public seed of the draw" in client.get(path).text
    refused = client.post(path, data={"seed": "short"})
    assert refused.status_code == 422
    assert 'value="short"' in refused.text
    made = client.post(path, data={"seed": office.SEED})
    assert made.status_code == 303
    assert client.get(made.location).status_code == 200
    assert client.get(f"{made.location}/approve").status_code == 403
    as_(client, world, "hr_officer")
    assert client.post(f"{made.location}/publish", data={"is_sure": "y"}).status_code == 422
    assert client.post(f"{made.location}/approve", data={}).status_code == 422
    assert client.get(f"{made.location}/approve").status_code == 200
    assert client.post(f"{made.location}/approve", data={"is_checked": "y"}).status_code == 303
    assert client.get(f"{made.location}/publish").status_code == 200
    assert client.post(f"{made.location}/publish", data={"is_sure": "y"}).status_code == 303
    session.expire_all()
    assert session.scalars(select(MeritList)).one().state is ListState.PUBLISHED
    assert "List published" in client.get(made.location).text


def test_what_is_missing_is_said_before_a_draft(session, client):
    world = office.make_world(session)
    office.hold(world)
    as_(client, world, "exam_officer")
    path = f"/staff/examinations/{world.exam.id}/merit-lists/new"
    assert "The key has to be approved first." in client.get(path).text
    refused = client.post(path, data={"seed": office.SEED})
    assert refused.status_code == 422


def test_the_workbench_shows_figures_ties_and_numbers_only(client, world, published):
    as_(client, world, "exam_officer")
    page = client.get(f"/staff/merit-lists/{published.id}").text
    assert "Shares the rank with 1 other." in page
    assert "Placed after the one above by earlier application." in page
    assert "<svg" in page
    assert not named(page, "Cleo", "Dan")
    found = client.get(f"/staff/merit-lists/{published.id}?text={world.numbers()['Dan']}").text
    assert found.count("/staff/merit-lists/entries/") == 1
    failed = client.get(f"/staff/merit-lists/{published.id}?group=failed").text
    assert "Did not pass</strong>" in failed
    assert "No entry matches." in client.get(f"/staff/merit-lists/{published.id}?text=zzz").text


@pytest.mark.parametrize(
    "query", ["after=-1", "after=x", "after=" + "9" * 40, "before=0", "group=odd", "text=%00"]
)
def test_odd_places_are_no_errors(client, world, published, query):
    as_(client, world, "exam_officer")
    assert client.get(f"/staff/merit-lists/{published.id}?{query}").status_code == 200
    assert client.get(f"/lists/{published.id}?{query}").status_code == 200


def test_an_entry_shows_the_whole_arithmetic(session, client, world, published):
    entry = session.scalars(select(MeritListEntry).where(MeritListEntry.place == 2)).one()
    as_(client, world, "hr_officer")
    page = client.get(f"/staff/merit-lists/entries/{entry.id}").text
    assert "9 ÷ 10 × 100 × 100 % = 90" in page
    assert "Notice of examination: 70 of 100 is needed to pass" in page
    assert not named(page, "Ben")


def test_a_list_is_discarded_with_a_reason(client, world):
    merit_list = office.draft(world)
    as_(client, world, "exam_officer")
    path = f"/staff/merit-lists/{merit_list.id}/discard"
    assert client.get(path).status_code == 200
    assert client.post(path, data={"reason": ""}).status_code == 422
    assert client.post(path, data={"reason": "Wrong seed."}).status_code == 303
    assert "Discarded" in client.get("/staff/merit-lists?state=discarded").text


def test_anyone_reads_a_published_list_without_names(client, world, published):
    index = client.get("/lists").text
    assert f"/lists/{published.id}" in index
    page = client.get(f"/lists/{published.id}").text
    numbers = world.numbers()
    assert numbers["Ada"] in page
    assert numbers["Fay"] not in page  # who did not pass is not published
    assert not named(page, "Ada", "Cleo")
    assert published.digest in page
    assert office.SEED in page


def test_the_csv_holds_the_whole_list(client, world, published):
    response = client.get(f"/lists/{published.id}.csv")
    numbers = world.numbers()
    assert response.mimetype == "text/csv"
    assert list(csv.reader(io.StringIO(response.text))) == [
        ["candidate", "rank", "score"],
        [numbers["Ada"], "1", "100"],
        [numbers["Ben"], "2", "90"],
        [numbers["Cleo"], "2", "90"],
        [numbers["Dan"], "4", "80"],
        [numbers["Eva"], "5", "70"],
    ]


def test_a_draft_is_nobodys_business(client, world):
    merit_list = office.approve(world, office.draft(world))
    assert client.get(f"/lists/{merit_list.id}").status_code == 404
    assert client.get(f"/lists/{merit_list.id}.csv").status_code == 404
    assert client.get(f"/lists/{new_id('lst')}").status_code == 404
    assert "No list is published at present." in client.get("/lists").text


def test_a_superseded_list_leads_to_the_one_in_force(client, world, published):
    office.set_key(world, {"8": "B"}, "Challenge of item 8.")
    second = office.publish(world, "Item 8: B is right, not A.")
    old = client.get(f"/lists/{published.id}").text
    assert "A later version replaced this list" in old
    assert f"/lists/{second.id}" in old
    assert "Item 8: B is right, not A." in client.get(f"/lists/{second.id}").text


def test_a_candidate_sees_every_step_and_the_neighbours(client, world, published):
    as_applicant(client, world, "Cleo")
    page = client.get(f"/my/applications/{world.applications['Cleo'].id}/result").text
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    for told in (
        "You passed, and you are on the list.",
        "90.000 70 needed to pass",
        "2 of 5",
        "9 × 1 = 9",
        "9 ÷ 10 × 100 × 100 % = 90",
        "Next score above yours 100.000",
        "Next score below yours 80.000",
        "You and 1 other",
        "What decided between you: earlier application",
        published.digest,
    ):
        assert told in text
    assert not named(page, "Ben", "Dan")


def test_who_did_not_pass_is_told_what_was_missing(client, world, published):
    as_applicant(client, world, "Fay")
    page = client.get(f"/my/applications/{world.applications['Fay'].id}/result").text
    assert "A total of 70 of 100 is needed to pass." in page
    assert "50.000" in page
    assert "Your place among the others" not in page


def test_a_result_waits_for_publication(session, client):
    world = office.make_world(session)
    own = world.applications["Ada"]
    as_applicant(client, world, "Ada")
    path = f"/my/applications/{own.id}/result"
    assert client.get(path).status_code == 404
    office.hold(world)
    assert "Still to come" in client.get(path).text
    office.set_key(world)
    some = {name: right for name, right in office.SCORES.items() if name != "Fay"}
    office.import_answers(world, office.answers_of(world, some), accepts_absent=True)
    office.draft(world)
    session.flush()
    assert "Not published yet" in client.get(path).text
    as_applicant(client, world, "Fay")
    fay = client.get(f"/my/applications/{world.applications['Fay'].id}/result").text
    assert "It is recorded that you were not at the examination" in fay


def test_nobody_sees_another_persons_result(client, world, published):
    path = f"/my/applications/{world.applications['Ada'].id}/result"
    assert client.get(path).status_code == 303
    as_applicant(client, world, "Ben")
    assert client.get(path).status_code == 404
    as_(client, world, "hr_officer")
    assert client.get(path).status_code == 404


def test_after_a_correction_both_results_stand(client, world, published):
    office.set_key(world, {"8": "B"}, "Challenge of item 8.")
    office.publish(world, "Item 8: B is right, not A.")
    as_applicant(client, world, "Dan")
    page = client.get(f"/my/applications/{world.applications['Dan'].id}/result").text
    assert "Your result on each version" in page
    assert "The list was corrected: Item 8: B is right, not A." in page
    assert "80.000" in page
    assert "70.000" in page


def test_another_agencys_staff_find_nothing(session, client, world, published):
    entry = session.scalars(select(MeritListEntry)).first()
    roles = [(role, make_agency(session).id) for role in (Role.EXAM_OFFICER, Role.HR_OFFICER)]
    sign_in(client, make_account(session, roles=roles))
    own = f"/staff/merit-lists/{published.id}"
    acts = [f"{own}/{act}" for act in ("approve", "publish", "discard")]
    for path in (own, *acts, f"/staff/merit-lists/entries/{entry.id}", f"{own}/certificates/new"):
        assert client.get(path).status_code == 404, path
    assert published.id not in client.get("/staff/merit-lists").text


def test_lists_take_as_many_queries_for_three_rows_as_for_one(session, client, database):
    sign_in(client, make_account(session, roles=[(Role.HR_OFFICER, None)]))
    exam = make_examination(session)
    merit_list = make_list(session, exam)
    add_entry(session, exam, merit_list, 1)
    paths = (
        "/staff/merit-lists",
        f"/staff/merit-lists/{merit_list.id}",
        "/lists",
        f"/staff/examinations/{exam.id}",
    )
    counts = [queries_of(client, database, path) for path in paths]
    for place in (2, 3):
        add_entry(session, exam, merit_list, place)
        make_list(session, make_examination(session))
    assert [queries_of(client, database, path) for path in paths] == counts


def add_entry(session, exam, merit_list, place):
    derivation = {"score": "90", "earned": "90", "tied": 0, "order_key": ""}
    make_entry(
        session, merit_list, candidate=make_candidate(session, exam), place=place, derivation=derivation
    )


def queries_of(client, database, path) -> int:
    client.get(path)
    with count_queries(database) as sent:
        response = client.get(path)
    assert response.status_code == 200, path
    return len(sent)
