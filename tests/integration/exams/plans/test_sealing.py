"""Exam plans: completed before the announcement, sealed by it, never changed afterwards."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from app.exams import merit
from app.exams.examinations.models import Examination
from app.exams.plans import queries, rules, sealing
from app.exams.rulebook_versions import services
from app.exams.rulebook_versions.models import RulebookVersion
from app.platform.errors import Conflict, Forbidden, Invalid
from app.recruitment import rulebooks as offered
from app.recruitment.postings import services as postings
from app.recruitment.postings.states import PostingState
from tests.conftest import sign_in
from tests.factories.accounts import make_agency
from tests.factories.recruitment import make_posting
from tests.integration.exams import world as office
from tests.integration.exams.plans.test_whole_way import MIXED, recorded
from tests.unit.exams.books import OPEN_BOOK

AT = office.AT
BOOK = MIXED.encode()


@pytest.fixture
def world(session):
    return office.make_world(session)


def make_approved(world, rulebook, **values):
    return make_posting(
        world.session,
        agency_id=world.agency.id,
        rulebook=rulebook,
        state=PostingState.APPROVED,
        **values,
    )


def announce(world, posting):
    return postings.publish_posting(
        world.session,
        posting_id=posting.id,
        opens_at=None,
        closes_at=AT + dt.timedelta(days=20),
        actor=world.actor("hr_officer"),
        at=AT,
    )


def upload(world, content=BOOK, role="exam_officer"):
    return services.upload_rulebook(
        world.session, agency_id=world.agency.id, content=content, actor=world.actor(role), at=AT
    )


def approve(world, version, role="hr_officer"):
    return services.decide_rulebook(
        world.session,
        version_id=version.id,
        is_approved=True,
        reason="Compared with the ordinance.",
        actor=world.actor(role),
        at=AT,
    )


def test_the_announcement_seals_the_plan_and_the_public_page_prints_its_fingerprint(world, client):
    posting = make_approved(world, "plain-office")
    announce(world, posting)
    plan = queries.find_plan(world.session, posting.id)
    book = merit.rulebook.in_force("plain-office", dt.date(2026, 11, 20))
    assert plan.sealed_at == AT
    assert plan.content["rulebook"] == {"name": "plain-office", "version": 1, "digest": book.digest}
    assert [(part["code"], part["weight"], part["gate"]) for part in plan.content["components"]] == [
        ("written", "60", "40"),
        ("interview", "40", "40"),
    ]
    assert plan.digest == rules.plan_digest(plan.content)
    session = world.session
    assert recorded(session, "exams.plans.seal", plan.id)["digest"] == plan.digest
    assert recorded(session, "recruitment.postings.publish", posting.id)["plan"] == plan.digest
    page = client.get(f"/vacancies/{posting.id}").text
    assert plan.digest in page
    assert "Interview" in page


def test_a_sealed_plan_never_changes(world):
    posting = make_approved(world, "plain-office")
    announce(world, posting)
    with pytest.raises(Conflict, match="its exam plan is sealed and never changes"):
        sealing.edit_plan(
            world.session, posting_id=posting.id, facts={}, notes={}, actor=world.actor("exam_officer"), at=AT
        )
    plan = queries.find_plan(world.session, posting.id)
    for change in ("UPDATE exam_plans SET digest = digest", "DELETE FROM exam_plans"):
        with pytest.raises(DatabaseError, match="sealed plan never changes"), world.session.begin_nested():
            world.session.execute(text(f"{change} WHERE id = :own"), {"own": plan.id})


def test_the_examination_keeps_to_the_sealed_plan_when_a_newer_version_comes(world):
    approve(world, upload(world))
    posting = make_approved(world, "mixed")
    announce(world, posting)
    newer = (
        MIXED.replace("version = 1", "version = 2")
        .replace('weight = "60"', 'weight = "50"')
        .replace('weight = "40"', 'weight = "50"')
    )
    approve(world, upload(world, newer.encode()))
    described = offered.find_for(world.session, posting, dt.date(2026, 11, 20))
    assert [part.share for part in described.parts] == ["60", "40"]
    frozen = queries.load_frozen(world.session, posting, dt.date(2026, 12, 1))
    assert (frozen.name, frozen.version) == ("mixed", 1)


def test_facts_that_the_rulebook_asks_for_are_stated_before_the_announcement(world):
    posting = make_approved(world, "us-federal-category", grade="7")
    with pytest.raises(Conflict, match=r"Scientific or professional\. State it in the exam plan first"):
        announce(world, posting)


def test_notes_and_facts_are_sealed(world):
    posting = make_posting(
        world.session,
        agency_id=world.agency.id,
        rulebook="us-federal-category",
        state=PostingState.APPROVED,
        grade="7",
    )
    sealing.edit_plan(
        world.session,
        posting_id=posting.id,
        facts={"scientific_or_professional": False},
        notes={"assessment": "Three hours; a calculator may be brought."},
        actor=world.actor("exam_officer"),
        at=AT,
    )
    announce(world, posting)
    content = queries.find_plan(world.session, posting.id).content
    assert content["facts"] == {"grade": 7, "scientific_or_professional": False}
    assert content["components"][0]["note"] == "Three hours; a calculator may be brought."


def test_an_uploaded_rulebook_is_offered_once_a_second_person_approved_it(world):
    version = upload(world)
    on = dt.date(2026, 11, 20)
    assert offered.find(world.session, "mixed", on, world.agency.id) is None
    with pytest.raises(Conflict, match="a second person has to decide"):
        approve(world, version, role="exam_officer")
    approve(world, version)
    assert offered.find(world.session, "mixed", on, world.agency.id).title == "Written 60, interview 40"
    assert offered.find(world.session, "mixed", on, make_agency(world.session).id) is None
    services.withdraw_rulebook(
        world.session, version_id=version.id, reason="Repealed.", actor=world.actor("hr_officer"), at=AT
    )
    assert offered.find(world.session, "mixed", on, world.agency.id) is None


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe", "Line 1: The line is not written in UTF-8"),
        (b'[rulebook]\nname = "a\0b"', "Line 2: The line holds a NUL byte"),
        (b"[rulebook", "Line 1: This is not TOML"),
        (MIXED.replace('"60"', '"1e999999999"').encode(), "has an exponent. Write the number out"),
        (MIXED.replace('weight = "40"', 'weight = "30"').encode(), "weights add up to 90, not to 100"),
        (MIXED.replace('name = "mixed"', 'name = "plain-office"').encode(), "Give yours another name"),
        (MIXED.replace("version = 1", "version = 3").encode(), "Its next version here is 1"),
        (MIXED.replace("[certification]", "[certificat]").encode(), "Line "),
    ],
)
def test_a_faulty_rulebook_is_refused_with_its_line(world, content, sentence):
    with pytest.raises(Invalid) as caught:
        services.upload_rulebook(
            world.session,
            agency_id=world.agency.id,
            content=content,
            actor=world.actor("exam_officer"),
            at=AT,
        )
    assert sentence in caught.value.fields["file"]
    assert world.session.scalar(select(RulebookVersion.id)) is None


def test_nobody_uploads_for_another_agency(world, session):
    actor, other = world.actor("exam_officer"), make_agency(session).id
    with pytest.raises(Forbidden):
        services.upload_rulebook(session, agency_id=other, content=BOOK, actor=actor, at=AT)


def test_the_page_of_uploading_shows_each_fault_with_its_line(world, client):
    sign_in(client, world.accounts["exam_officer"])
    broken = MIXED.replace('weight = "40"', 'weight = "x"').replace("numbering", "numbring")
    sent = {"agency_id": world.agency.id, "file": (io.BytesIO(broken.encode()), "mixed.toml")}
    answer = client.post("/staff/rulebooks/upload", data=sent)
    assert answer.status_code == 422
    assert answer.text.count('data-label="Line"') >= 2
    assert client.get("/staff/rulebooks").status_code == 200


def test_the_pages_of_a_rulebook_and_of_a_plan(world, client):
    version = upload(world)
    sign_in(client, world.accounts["hr_officer"])
    sent = {"decision": "approve", "reason": "Compared with the ordinance."}
    assert client.post(f"/staff/rulebooks/{version.id}/decide", data=sent).status_code == 303
    page = client.get(f"/staff/rulebooks/{version.id}").text
    assert "Written 60, interview 40" in page
    assert client.get(f"/staff/rulebooks/{version.id}/text").data.decode() == MIXED
    posting = make_approved(world, "mixed")
    sign_in(client, world.accounts["exam_officer"])
    assert "Sealed at the announcement" in client.get(f"/staff/postings/{posting.id}/plan").text
    sent = {"note_interview": "Half an hour, before two raters."}
    assert client.post(f"/staff/postings/{posting.id}/plan/edit", data=sent).status_code == 303
    announce(world, posting)
    shown = client.get(f"/staff/postings/{posting.id}/plan").text
    assert "Half an hour, before two raters." in shown
    assert client.get(f"/staff/postings/{posting.id}/plan/edit").status_code == 409


def test_a_posting_without_a_plan_is_examined_under_what_was_in_force(world):
    exam = office.hold(world)
    assert world.session.get(Examination, exam.id).rulebook == "city-civil-service"
    assert merit.rulebook.load(OPEN_BOOK).name == "open-book"
