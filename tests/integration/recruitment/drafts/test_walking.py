"""The steps of an application: saved as one goes, left and resumed, nothing lost on errors."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.accounts.roles import Role
from app.platform.audit import AuditEvent
from app.recruitment.applications.models import Application, ApplicationSection
from app.recruitment.applications.states import Submission
from app.recruitment.postings.states import Audience, PostingState
from tests.conftest import AT, sign_in
from tests.factories.accounts import make_account
from tests.factories.applications import CONTACT, make_application, make_section, make_whole_draft
from tests.factories.personnel import make_employee
from tests.factories.recruitment import make_posting

STUDY = {
    "level": "bachelor",
    "institution": "City College",
    "qualification": "Bachelor of Engineering",
    "progress": "awarded",
    "year": "2019",
}
POST = {
    "employer": "Harbour Works",
    "job_title": "Inspector",
    "start_month": "3",
    "start_year": "2020",
    "end_month": "5",
    "end_year": "2024",
    "hours": "40",
    "duties": "I inspect bridges.",
}


@pytest.fixture
def ada(client, world):
    return sign_in(client, world.ada)


@pytest.fixture
def draft(session, world):
    return make_application(
        session, posting_id=world.posting.id, account_id=world.ada.id, submission=Submission.DRAFT
    )


def page(draft, name=""):
    return f"/my/applications/{draft.id}{name}"


def stored(session, draft, section):
    session.expire_all()
    return session.get(ApplicationSection, (draft.id, section))


def test_an_application_is_begun_once_however_often_the_button_is_pressed(session, world, ada):
    url = f"/vacancies/{world.posting.id}/apply"
    assert "Apply for Civil Engineer" in ada.get(url).text
    first, second = ada.post(url), ada.post(url)
    assert (first.status_code, first.location) == (303, second.location)
    assert session.scalar(select(func.count()).select_from(Application)) == 1
    assert "Go on with your application" in ada.get(url).text


def test_a_visitor_is_asked_to_sign_in_and_led_back(client, world):
    response = client.get(f"/vacancies/{world.posting.id}/apply")
    assert response.status_code == 303
    assert f"next=/vacancies/{world.posting.id}/apply" in response.location


@pytest.mark.parametrize("state", [PostingState.CLOSED, PostingState.CANCELLED])
def test_nothing_is_begun_for_a_vacancy_that_is_not_open(session, world, ada, state):
    dates = {"closes_at": AT, "closed_at": AT} if state is PostingState.CLOSED else {}
    posting = make_posting(session, agency_id=world.agency.id, state=state, **dates)
    response = ada.get(f"/vacancies/{posting.id}/apply")
    assert response.status_code == 409
    assert "Applications for this vacancy are not open" in response.text
    assert ada.post(f"/vacancies/{posting.id}/apply").status_code == 409


@pytest.mark.parametrize("state", [PostingState.DRAFT, PostingState.SUBMITTED, PostingState.APPROVED])
def test_a_vacancy_that_was_never_published_is_not_found(session, world, ada, state):
    posting = make_posting(session, agency_id=world.agency.id, state=state)
    assert ada.get(f"/vacancies/{posting.id}/apply").status_code == 404


def test_a_vacancy_for_employees_is_open_to_employees_alone(session, world, ada, client):
    posting = make_posting(session, agency_id=world.agency.id, audience=Audience.EMPLOYEES)
    response = ada.get(f"/vacancies/{posting.id}/apply")
    assert response.status_code == 409
    assert "Only current employees may apply" in response.text
    make_employee(session, agency=world.agency, account_id=world.ada.id)
    assert ada.get(f"/vacancies/{posting.id}/apply").status_code == 200


def test_contact_details_begin_with_what_the_account_knows(ada, draft):
    text = ada.get(page(draft, "/contact")).text
    assert 'value="Ada Example"' in text
    assert 'value="ada@people.example"' in text


def test_a_step_is_saved_on_going_on_and_recorded_without_its_content(session, ada, draft):
    response = ada.post(page(draft, "/contact"), data=CONTACT | {"proceed": "y"})
    assert (response.status_code, response.location) == (303, page(draft, "/education"))
    row = stored(session, draft, "contact")
    assert (row.data, row.is_complete) == (CONTACT, True)
    event = session.scalar(select(AuditEvent).where(AuditEvent.action == "recruitment.drafts.contact"))
    assert event.details == {"is_complete": True}


def test_a_step_left_half_done_is_saved_and_found_again(session, ada, draft):
    half = {"full_name": "Ada Example", "town": "New York", "later": "y"}
    response = ada.post(page(draft, "/contact"), data=half)
    assert (response.status_code, response.location) == (303, page(draft, "/tasks"))
    row = stored(session, draft, "contact")
    assert (row.data["town"], row.data["telephone"], row.is_complete) == ("New York", "", False)
    assert 'value="New York"' in ada.get(page(draft, "/contact")).text
    tasks = ada.get(page(draft, "/tasks")).text
    assert "In progress" in tasks
    assert "0 of 6 steps are complete" in tasks


@pytest.mark.parametrize("button", ["proceed", "later"])
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("email", "not an address", "Email address must be an email address"),
        ("telephone", "call me", "Telephone number must be a number"),
        ("telephone", "12", "Telephone number must be a number"),
        ("full_name", "x" * 201, "Full name must be 200 characters or fewer"),
        ("town", "New\0York", "Town or city contains characters that cannot be saved"),
    ],
)
def test_bad_input_is_told_at_its_field_kept_and_not_stored(
    session, ada, draft, button, field, value, sentence
):
    response = ada.post(page(draft, "/contact"), data=CONTACT | {field: value, button: "y"})
    assert response.status_code == 422
    assert sentence in response.text
    assert value.replace("\0", "") in response.text
    assert CONTACT["address_line_1"] in response.text
    assert stored(session, draft, "contact") is None


def test_a_missing_value_is_asked_for_only_when_going_on(session, ada, draft):
    response = ada.post(page(draft, "/contact"), data=CONTACT | {"telephone": "", "proceed": "y"})
    assert response.status_code == 422
    assert "Enter telephone number" in response.text
    assert stored(session, draft, "contact") is None


def told(data):
    """Give the entries of a list without what only their pages need."""
    return [
        {name: value for name, value in entry.items() if name not in ("saved_at", "writer")}
        for entry in data["entries"]
    ]


def test_schools_are_added_changed_and_removed_one_by_one(session, ada, draft):
    assert ada.post(page(draft, "/education"), data={"another": "yes"}).location.endswith("/education/add")
    assert ada.post(page(draft, "/education/add"), data=STUDY).location == page(draft, "/education")
    ada.post(page(draft, "/education/add"), data=STUDY | {"institution": "Night School"})
    ada.post(page(draft, "/education/1"), data=STUDY | {"institution": "Queens College"})
    first = {"id": 1, "is_complete": True} | STUDY | {"institution": "Queens College", "year": 2019}
    second = {"id": 2, "is_complete": True} | STUDY | {"institution": "Night School", "year": 2019}
    assert told(stored(session, draft, "education").data) == [first, second]
    assert "Remove this school or course?" in ada.get(page(draft, "/education/1/remove")).text
    ada.post(page(draft, "/education/1/remove"))
    assert told(stored(session, draft, "education").data) == [second]
    ada.post(page(draft, "/education/add"), data=STUDY)
    assert [entry["id"] for entry in stored(session, draft, "education").data["entries"]] == [2, 3]


def test_an_empty_list_is_complete_once_the_person_says_so(session, ada, draft):
    assert "Do you have work experience to add?" in ada.get(page(draft, "/experience")).text
    assert ada.post(page(draft, "/experience"), data={}).status_code == 422
    response = ada.post(page(draft, "/experience"), data={"another": "no"})
    assert response.location == page(draft, "/licences")
    assert ada.post(page(draft, "/licences"), data={"another": "no"}).location == page(draft, "/languages")
    assert ada.post(page(draft, "/languages"), data={"another": "no"}).location == page(draft, "/answers")
    row = stored(session, draft, "experience")
    assert (row.data, row.is_complete) == ({"entries": []}, True)


def test_removing_the_last_entry_makes_the_step_incomplete_again(session, ada, draft):
    ada.post(page(draft, "/experience/add"), data=POST)
    assert stored(session, draft, "experience").is_complete is True
    ada.post(page(draft, "/experience/1/remove"))
    assert stored(session, draft, "experience").is_complete is False


def test_a_post_left_half_done_keeps_the_step_incomplete(session, ada, draft):
    ada.post(page(draft, "/experience/add"), data={"employer": "Harbour Works", "later": "y"})
    row = stored(session, draft, "experience")
    assert (row.is_complete, row.data["entries"][0]["employer"]) == (False, "Harbour Works")
    assert "Not complete" in ada.get(page(draft, "/experience")).text
    ada.post(page(draft, "/experience/1"), data=POST)
    assert stored(session, draft, "experience").is_complete is True


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"end_year": "2019"}, "The month you left must not be before the month you started"),
        ({"start_year": "2030", "end_year": "2031"}, "The month you started must not be in the future"),
        ({"end_month": "", "end_year": ""}, "Enter the year you left, or say that you still work there"),
        ({"start_year": "99999999999999999999"}, "Year you started must be between"),
        ({"start_month": "13"}, "Select one of the choices on the page"),
        ({"hours": "0"}, "Hours a week must be between"),
        ({"hours": "forty"}, "Hours a week must be a whole number"),
        ({"duties": ""}, "Enter what you did"),
        ({"duties": "x" * 4001}, "What you did must be 4,000 characters or fewer"),
    ],
)
def test_a_post_with_impossible_dates_or_hours_is_refused_and_kept(session, ada, draft, changes, sentence):
    response = ada.post(page(draft, "/experience/add"), data=POST | changes)
    assert response.status_code == 422
    assert sentence in response.text
    assert "Harbour Works" in response.text
    assert stored(session, draft, "experience") is None


def test_all_faults_of_a_post_are_told_at_once(ada, draft):
    text = ada.post(page(draft, "/experience/add"), data=POST | {"duties": "", "end_year": ""}).text
    assert "Enter what you did" in text
    assert "Enter the year you left" in text


def test_who_still_works_there_left_in_no_month(session, ada, draft):
    ada.post(page(draft, "/experience/add"), data=POST | {"is_current": "y"})
    entry = stored(session, draft, "experience").data["entries"][0]
    assert (entry["is_current"], entry["end_month"], entry["end_year"]) == (True, "", None)


def test_a_qualification_held_since_a_year_to_come_is_refused(ada, draft):
    response = ada.post(page(draft, "/education/add"), data=STUDY | {"year": "2031"})
    assert response.status_code == 422
    assert "Year must not be in the future" in response.text
    assert ada.post(
        page(draft, "/education/add"), data=STUDY | {"year": "2031", "progress": "studying"}
    ).location


def test_thirty_entries_are_the_most(session, ada, draft):
    entries = [{"id": number, "is_complete": True} | STUDY for number in range(1, 31)]
    make_section(session, draft, "education", {"entries": entries})
    response = ada.post(page(draft, "/education/add"), data=STUDY)
    assert response.status_code == 422
    assert "You can add 30 entries at most" in response.text


@pytest.mark.parametrize(
    "name",
    ["/education/7", "/education/7/remove", "/experience/99999999999999999999", "/skills", "/skills/add"],
)
def test_what_is_not_there_is_not_found(ada, draft, name):
    assert ada.get(page(draft, name)).status_code == 404


def test_each_criterion_is_answered_under_its_own_statement(session, world, ada, draft):
    text = ada.get(page(draft, "/answers")).text
    assert all(criterion.statement in text for criterion in world.posting.criteria)
    essential, other = [c.id for c in world.posting.criteria if c.is_essential], world.posting.criteria[2].id
    response = ada.post(page(draft, "/answers"), data={essential[0]: "Yes.", other: ""})
    assert response.status_code == 422
    assert "Say how you meet this requirement" in response.text
    response = ada.post(
        page(draft, "/answers"), data={essential[0]: "Yes.", essential[1]: "Line 1\r\nLine 2"}
    )
    assert response.location == page(draft, "/claims")
    row = stored(session, draft, "answers")
    assert row.data == {essential[0]: "Yes.", essential[1]: "Line 1\nLine 2", other: ""}
    assert row.is_complete is True


def test_a_vacancy_without_criteria_asks_none(session, world, ada):
    posting = make_posting(session, agency_id=world.agency.id, criteria=[])
    bare = make_application(
        session, posting_id=posting.id, account_id=world.ada.id, submission=Submission.DRAFT
    )
    assert ada.get(page(bare, "/answers")).status_code == 404
    assert "How you meet the requirements" not in ada.get(page(bare, "/tasks")).text
    assert ada.post(page(bare, "/experience"), data={"another": "no"}).location == page(bare, "/licences")
    assert ada.post(page(bare, "/languages"), data={"another": "no"}).location == page(bare, "/claims")
    assert "Step 1 of 8" in ada.get(page(bare, "/contact")).text


def test_the_review_names_what_is_missing_and_leads_to_it_and_back(session, world, ada, draft):
    text = ada.get(page(draft, "/review")).text
    assert "Your contact details are not complete." in text
    assert "Go on to the declaration" not in text
    assert f"{page(draft, '/contact')}?from=review" in text
    response = ada.post(page(draft, "/contact?from=review"), data=CONTACT | {"proceed": "y"})
    assert response.location == page(draft, "/review")
    assert "Your contact details are not complete." not in ada.get(page(draft, "/review")).text


def test_an_entry_changed_from_the_review_leads_back_to_it(ada, draft):
    ada.post(page(draft, "/education/add?from=review"), data=STUDY)
    assert "from=review" in ada.get(page(draft, "/education?from=review")).text
    response = ada.post(page(draft, "/education?from=review"), data={"another": "no"})
    assert response.location == page(draft, "/review")


def test_a_whole_draft_can_be_reviewed_declared_and_submitted(session, world, ada):
    whole = make_whole_draft(session, posting=world.posting, account_id=world.ada.id)
    assert "6 of 6 steps are complete" in ada.get(page(whole, "/tasks")).text
    assert "Go on to the declaration" in ada.get(page(whole, "/review")).text
    undeclared = ada.post(page(whole, "/submit"))
    assert undeclared.status_code == 422
    assert "Tick the box to declare that the application is true" in undeclared.text
    assert ada.post(page(whole, "/submit"), data={"declaration": "y"}).location == page(whole, "/receipt")


STEPS = [
    "/contact",
    "/education",
    "/education/add",
    "/experience",
    "/licences/add",
    "/languages",
    "/answers",
    "/claims",
    "/documents",
    "/review",
]


@pytest.mark.parametrize("name", ["", "/tasks", "/submit", "/withdraw", "/receipt", "/received.json", *STEPS])
@pytest.mark.parametrize("role", [None, Role.HR_OFFICER, Role.SYSTEM_ADMINISTRATOR])
def test_nobody_elses_application_is_found(session, world, client, name, role):
    whole = make_whole_draft(session, posting=world.posting, account_id=world.ada.id)
    roles = [(role, world.agency.id)] if role else []
    sign_in(client, make_account(session, roles=roles))
    assert client.get(page(whole, name)).status_code == 404
    if name not in ("", "/tasks", "/receipt", "/received.json", "/review"):
        assert client.post(page(whole, name), data=CONTACT).status_code == 404


@pytest.mark.parametrize("name", STEPS)
def test_a_submitted_application_has_no_steps_any_more(session, world, ada, name):
    sent = make_application(session, posting_id=world.posting.id, account_id=world.ada.id)
    for response in (ada.get(page(sent, name)), ada.post(page(sent, name), data=CONTACT)):
        if response.status_code != 405:
            assert (response.status_code, response.location) == (303, page(sent))


def test_a_draft_may_be_put_aside_and_taken_up_again(session, world, ada, draft):
    make_section(session, draft, "contact", CONTACT)
    assert ada.post(page(draft, "/withdraw")).location == page(draft)
    assert "Take this draft up again" in ada.get(page(draft)).text
    ada.post(f"/vacancies/{world.posting.id}/apply")
    session.expire_all()
    assert session.get(Application, draft.id).submission is Submission.DRAFT
    assert CONTACT["address_line_1"] in ada.get(page(draft, "/contact")).text


def test_a_draft_whose_deadline_passed_says_so(world, client, draft, hand):
    hand.turn(days=30)
    text = sign_in(client, world.ada).get(page(draft, "/tasks")).text
    assert "You can no longer submit this application" in text
    assert "NOT submitted" in text
