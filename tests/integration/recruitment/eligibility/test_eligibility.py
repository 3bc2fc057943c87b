"""Questions are answered first; a no is explained with its source, and bars only where the law does."""

from __future__ import annotations

import pytest

from app.platform.db import transaction
from app.platform.errors import Invalid
from app.recruitment.applications.services import submit_application
from app.recruitment.applications.states import Submission
from app.recruitment.eligibility.models import EligibilityQuestion
from app.recruitment.postings.models import Posting
from app.recruitment.postings.states import PostingState
from tests.conftest import sign_in
from tests.factories.applications import make_application, make_section, make_whole_draft
from tests.factories.recruitment import make_posting, make_question

NIGHTS = {
    "position": 2,
    "question": "Can you work at night?",
    "explanation": "The post has night shifts.",
    "source": "Posting, section 3",
    "is_advisory": True,
}


@pytest.fixture
def ada(client, world):
    return sign_in(client, world.ada)


@pytest.fixture
def age(session, world):
    return make_question(session, world.posting)


@pytest.fixture
def nights(session, world, age):
    return make_question(session, world.posting, **NIGHTS)


@pytest.fixture
def draft(session, world):
    return make_application(
        session, posting_id=world.posting.id, account_id=world.ada.id, submission=Submission.DRAFT
    )


def page(draft, name=""):
    return f"/my/applications/{draft.id}{name}"


def test_they_come_first_and_are_asked_for(ada, draft, age):
    assert "Step 1 of 10" in ada.get(page(draft, "/eligibility")).text
    assert "May you apply?" in ada.get(page(draft, "/tasks")).text
    refused = ada.post(page(draft, "/eligibility"), data={"proceed": "y"})
    assert refused.status_code == 422
    assert "Select an answer to each question" in refused.text


def test_lawful_answers_lead_on(ada, draft, age, nights):
    answer = ada.post(page(draft, "/eligibility"), data={age.id: "Yes", nights.id: "Yes"})
    assert answer.location == page(draft, "/contact")


def test_a_no_is_explained_with_its_law_and_bars(ada, draft, age, nights):
    answer = ada.post(page(draft, "/eligibility"), data={age.id: "No", nights.id: "Yes"})
    assert answer.location == page(draft, "/eligibility/explained")
    text = ada.get(answer.location).text
    assert "You may not apply for this vacancy" in text
    assert "The law sets a lowest age of 18 for this post." in text
    assert "Civil Service Rules, rule 4" in text
    assert "Go on with the application" not in text
    assert "By one of your answers you may not apply" in ada.get(page(draft, "/review")).text


def test_an_advisory_no_is_explained_and_leads_on(ada, draft, age, nights):
    ada.post(page(draft, "/eligibility"), data={age.id: "Yes", nights.id: "No"})
    text = ada.get(page(draft, "/eligibility/explained")).text
    assert "The post has night shifts." in text
    assert "You may still apply" in text
    assert page(draft, "/contact") in text


def test_a_barred_draft_is_not_received_and_the_answers_are_part_of_what_is(session, world, age, nights, at):
    whole = make_whole_draft(session, posting=world.posting, account_id=world.ada.id)
    row = make_section(session, whole, "eligibility", {age.id: "No", nights.id: "No"})

    def submit():
        with transaction() as opened:
            return submit_application(opened, application_id=whole.id, actor=world.actor, at=at)

    with pytest.raises(Invalid, match="By one of your answers"):
        submit()
    row.data = {age.id: "Yes", nights.id: "No"}
    session.flush()
    assert submit().snapshot["eligibility"] == [
        {
            "question": age.id,
            "text": "Are you at least 18 years old?",
            "answer": "Yes",
            "is_lawful": True,
            "is_advisory": False,
            "explanation": age.explanation,
            "source": age.source,
        },
        {
            "question": nights.id,
            "text": "Can you work at night?",
            "answer": "No",
            "is_lawful": False,
            "is_advisory": True,
            "explanation": "The post has night shifts.",
            "source": "Posting, section 3",
        },
    ]


def test_the_office_sees_the_answers_at_screening(session, world, client, age, nights, at):
    whole = make_whole_draft(session, posting=world.posting, account_id=world.ada.id)
    make_section(session, whole, "eligibility", {age.id: "Yes", nights.id: "No"})
    with transaction() as opened:
        submit_application(opened, application_id=whole.id, actor=world.actor, at=at)
    text = sign_in(client, world.officer).get(f"/staff/applications/{whole.id}/screening").text
    assert "Can you work at night?" in text
    assert "The post has night shifts." in text


def test_a_vacancy_without_questions_has_no_such_step(ada, draft):
    assert ada.get(page(draft, "/eligibility")).status_code == 404


WRITTEN = {
    "question": "Do you hold a driving licence?",
    "lawful": "Yes",
    "unlawful": "No\nIt has expired",
    "explanation": "You drive a van each day.",
    "source": "Class specification 20215",
}


@pytest.fixture
def unpublished(session, world):
    return make_posting(session, agency_id=world.agency.id, state=PostingState.DRAFT)


def test_an_officer_writes_changes_and_removes_questions(session, world, client, unpublished):
    officer = sign_in(client, world.officer)
    place = f"/staff/postings/{unpublished.id}/questions"
    assert "This posting asks no such questions" in officer.get(place).text
    assert officer.post(f"{place}/add", data=WRITTEN).location == place
    session.expire_all()
    question = session.query(EligibilityQuestion).one()
    assert (question.lawful, question.unlawful, question.is_advisory) == (
        ["Yes"],
        ["No", "It has expired"],
        False,
    )
    change = WRITTEN | {"is_advisory": "y"}
    assert "It has expired" in officer.get(f"{place}/{question.id}").text
    assert officer.post(f"{place}/{question.id}", data=change).location == place
    assert "Advisory" in officer.get(place).text
    assert "Remove this question?" in officer.get(f"{place}/{question.id}/remove").text
    assert officer.post(f"{place}/{question.id}/remove").location == place
    session.expire_all()
    assert session.query(EligibilityQuestion).count() == 0


def test_a_question_whose_answers_do_not_differ_is_refused(world, client, unpublished):
    officer = sign_in(client, world.officer)
    answer = officer.post(
        f"/staff/postings/{unpublished.id}/questions/add", data=WRITTEN | {"unlawful": "yes"}
    )
    assert answer.status_code == 422
    assert "Each answer may be listed once only" in answer.text


def test_what_is_published_is_not_changed(session, world, client, age):
    officer = sign_in(client, world.officer)
    place = f"/staff/postings/{world.posting.id}/questions"
    assert officer.get(place).status_code == 200
    for path in ("/add", f"/{age.id}", f"/{age.id}/remove"):
        assert officer.get(place + path).status_code == 409
    assert session.get(Posting, world.posting.id).state is PostingState.PUBLISHED
