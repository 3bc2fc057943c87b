"""A new application begins with what the profile or an earlier one holds, and gives back to the profile."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.platform.db import transaction
from app.recruitment.applications.models import Application, ApplicationDocument, ApplicationSection
from app.recruitment.applications.states import Submission
from app.recruitment.profiles.queries import prefill
from app.recruitment.profiles.services import keep
from tests.conftest import sign_in
from tests.factories.accounts import make_account
from tests.factories.applications import (
    CONTACT,
    EDUCATION,
    make_application,
    make_document,
    make_whole_draft,
)
from tests.factories.recruitment import make_posting

SCHOOLS = {"entries": [{"id": 1, "is_complete": True} | EDUCATION]}


@pytest.fixture
def ada(client, world):
    return sign_in(client, world.ada)


def steps_of(session, posting):
    session.expire_all()
    own = session.scalar(select(Application.id).where(Application.posting_id == posting.id))
    rows = session.scalars(select(ApplicationSection).where(ApplicationSection.application_id == own))
    return {row.section: (row.data, row.is_complete) for row in rows}


def test_the_profile_fills_the_steps_about_the_person(session, world, ada, at):
    with transaction() as opened:
        for section, data in (("contact", CONTACT), ("education", SCHOOLS)):
            keep(opened, account_id=world.ada.id, section=section, data=data, actor=world.actor, at=at)
    ada.post(f"/vacancies/{world.posting.id}/apply", data={"copy_from": "profile", "submit": "y"})
    assert steps_of(session, world.posting) == {"contact": (CONTACT, False), "education": (SCHOOLS, True)}


def test_an_earlier_application_gives_its_steps_and_papers_but_no_answers_and_no_claims(session, world, ada):
    other = make_posting(session, agency_id=world.agency.id, title="Tree inspector")
    earlier = make_whole_draft(session, posting=other, account_id=world.ada.id)
    make_document(session, earlier, filename="resume.pdf")
    make_document(session, earlier, filename="dd214.pdf", kind="evidence")
    place = f"/vacancies/{world.posting.id}/apply"
    assert "My application for Tree inspector" in ada.get(place).text
    ada.post(place, data={"copy_from": earlier.id, "submit": "y"})
    steps = steps_of(session, world.posting)
    assert set(steps) == {"contact", "education", "experience"}
    assert steps["contact"] == (CONTACT, False)
    assert steps["education"][1] is True
    copied = session.scalars(
        select(ApplicationDocument.filename).where(ApplicationDocument.application_id != earlier.id)
    ).all()
    assert copied == ["resume.pdf"]


def test_nobody_copies_from_anothers_application(session, world, ada):
    other = make_posting(session, agency_id=world.agency.id)
    foreign = make_application(
        session, posting_id=other.id, account_id=make_account(session).id, submission=Submission.DRAFT
    )
    answer = ada.post(f"/vacancies/{world.posting.id}/apply", data={"copy_from": foreign.id, "submit": "y"})
    assert answer.status_code == 422
    assert steps_of(session, world.posting) == {}


def test_a_step_is_kept_in_the_profile_only_where_the_person_wants_it(session, world, ada):
    draft = make_application(
        session, posting_id=world.posting.id, account_id=world.ada.id, submission=Submission.DRAFT
    )
    place = f"/my/applications/{draft.id}/contact"
    ada.post(place, data=CONTACT | {"proceed": "y"})
    assert prefill(session, world.ada.id, "contact") is None
    ada.post(place, data=CONTACT | {"keep_in_profile": "y", "proceed": "y"})
    session.expire_all()
    assert prefill(session, world.ada.id, "contact") == CONTACT


def test_a_list_is_kept_in_the_profile_as_it_stands(session, world, ada):
    draft = make_whole_draft(session, posting=world.posting, account_id=world.ada.id)
    ada.post(f"/my/applications/{draft.id}/education/1", data=EDUCATION | {"page_key": "k" * 24})
    ada.post(f"/my/applications/{draft.id}/education", data={"another": "no", "keep_in_profile": "y"})
    session.expire_all()
    assert prefill(session, world.ada.id, "education") == SCHOOLS
