"""Publishing with letters held: the countdown, undoing in time, and letters that leave in batches."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import func, select

from app.accounts.roles import Role
from app.exams.examinations.states import ExaminationState
from app.exams.merit_lists import services
from app.exams.merit_lists.states import ListState
from app.exams.publications import holding
from app.exams.publications.models import Publication
from app.exams.publications.queries import find_live, list_publications
from app.exams.publications.services import SEND, job_key, send_letters, set_policy
from app.exams.publications.states import PublicationState
from app.exams.publications.undoing import undo_publication
from app.exams.results import queries as result_queries
from app.notices.models import Notice
from app.platform.audit import AuditEvent
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from app.platform.jobs import Job
from app.recruitment.applications.states import Assessment, Standing
from tests.conftest import sign_in
from tests.factories.accounts import make_actor, make_agency
from tests.integration.exams import world as office
from tests.page_checks import named

HALF_AN_HOUR = dt.timedelta(minutes=30)


@pytest.fixture
def world(session):
    holding.bind(30)
    yield office.prepare(office.make_world(session))
    holding.bind(0)


def publish(world, reason: str = ""):
    """Publish with the letters held."""
    merit_list = office.approve(world, office.draft(world, reason))
    return services.publish_list(
        world.session, list_id=merit_list.id, actor=world.actor("hr_officer"), at=office.AT
    )


def undo(world, merit_list, **values: Any):
    standard = {"reason": "Item 4 was never checked.", "actor": world.actor("exam_officer"), "at": office.AT}
    return undo_publication(world.session, list_id=merit_list.id, **standard | values)


def letters(world) -> int:
    return world.session.scalar(
        select(func.count()).select_from(Notice).where(Notice.template == "examination_result")
    )


def axes(world) -> set[tuple[Assessment, Standing]]:
    for row in world.applications.values():
        world.session.refresh(row)
    return {(row.assessment, row.standing) for row in world.applications.values()}


def test_a_published_list_is_in_force_while_its_letters_wait(world):
    merit_list = publish(world)
    publication = find_live(world.session, merit_list.id)
    assert merit_list.state is ListState.PUBLISHED
    assert (publication.state, publication.letters_at) == (PublicationState.HELD, office.AT + HALF_AN_HOUR)
    assert letters(world) == 0
    job = world.session.scalars(select(Job).where(Job.name == SEND)).one()
    assert (job.key, job.run_at) == (job_key(publication.id), office.AT + HALF_AN_HOUR)


def test_undoing_leaves_nothing_of_it_but_the_record(world):
    before = axes(world)
    merit_list = publish(world)
    assert axes(world) != before
    undo(world, merit_list)
    assert (merit_list.state, merit_list.published_at, merit_list.published_by, merit_list.expires_on) == (
        ListState.APPROVED,
        None,
        None,
        None,
    )
    assert world.exam.state is ExaminationState.HELD
    assert axes(world) == before == {(Assessment.PRESENT, Standing.NONE)}
    publication = world.session.scalars(select(Publication)).one()
    assert (publication.state, publication.reason) == (PublicationState.UNDONE, "Item 4 was never checked.")
    assert send_letters(world.session, publication_id=publication.id, at=office.AT + HALF_AN_HOUR) is None
    assert letters(world) == 0
    again = services.publish_list(
        world.session, list_id=merit_list.id, actor=world.actor("hr_officer"), at=office.AT
    )
    assert again.state is ListState.PUBLISHED
    assert len(list_publications(world.session, merit_list.id)) == 2


def test_undoing_a_correction_puts_the_version_before_it_in_force_again(world):
    first = publish(world)
    office.send(world, first)
    told = letters(world)
    assert world.applications["Eva"].standing is Standing.PASSED
    office.set_key(world, {"1": "D"}, "Challenge of item 1.")
    second = publish(world, "Item 1: D is right, not A.")
    world.session.refresh(world.applications["Eva"])
    assert (first.state, world.applications["Eva"].standing) == (ListState.SUPERSEDED, Standing.FAILED)
    undo(world, second)
    world.session.refresh(world.applications["Eva"])
    assert (first.state, first.superseded_at, second.state) == (ListState.PUBLISHED, None, ListState.APPROVED)
    assert world.applications["Eva"].standing is Standing.PASSED
    assert world.exam.state is ExaminationState.CLOSED
    assert letters(world) == told


def test_who_may_undo_and_until_when(world):
    merit_list = publish(world)
    with pytest.raises(Invalid, match="Enter why"):
        undo(world, merit_list, reason="  ")
    other = make_actor(world.session, roles=[(Role.HR_OFFICER, world.agency.id)])
    with pytest.raises(Conflict, match="one of those who drafted, approved or published"):
        undo(world, merit_list, actor=other)
    stranger = make_actor(world.session, roles=[(Role.HR_OFFICER, make_agency(world.session).id)])
    with pytest.raises(NotFound):
        undo(world, merit_list, actor=stranger)
    with pytest.raises(Conflict, match="The time to undo is over"):
        undo(world, merit_list, at=office.AT + HALF_AN_HOUR)
    office.send(world, merit_list)
    with pytest.raises(Conflict, match="The letters have left"):
        undo(world, merit_list)


def test_what_was_built_on_a_list_keeps_its_publication(world):
    merit_list = publish(world)
    office.certify(world, merit_list)
    with pytest.raises(Conflict, match="Names of this list were asked for"):
        undo(world, merit_list)


def test_a_list_that_is_not_published_has_nothing_to_undo(world):
    merit_list = office.approve(world, office.draft(world))
    with pytest.raises(Conflict, match="not published"):
        undo(world, merit_list)


def test_letters_leave_in_batches_each_once(world, monkeypatch):
    monkeypatch.setattr(result_queries, "BATCH", 4)
    merit_list = publish(world)
    publication = find_live(world.session, merit_list.id)
    at = office.AT + HALF_AN_HOUR
    first = send_letters(world.session, publication_id=publication.id, at=at)
    assert (first.place, first.done, letters(world)) == (4, 4, 4)
    # a worker that was stopped begins again, and promises nothing twice
    office.send(world, merit_list)
    assert letters(world) == publication.letters == len(office.SCORES)
    assert (publication.state, publication.sent_at) == (PublicationState.SENT, at)
    numbers = world.session.scalars(select(Notice.number).order_by(Notice.number)).all()
    assert len(set(numbers)) == len(office.SCORES)
    issue = world.session.scalars(select(Job.key).where(Job.name == "notices.issue")).all()
    ids = world.session.scalars(select(Notice.id)).all()
    assert set(issue) == {f"notice:{own}" for own in ids}
    signed = world.session.scalars(select(Notice.context)).first()["letter"]["signed_by"]
    assert signed == {"name": world.actor("hr_officer").name, "title": "HR officer"}
    told = world.session.scalars(select(AuditEvent.action).where(AuditEvent.subject == merit_list.id)).all()
    assert told.count("exams.publications.send") in (0, 3)  # events are written at the commit


def test_names_are_shown_only_where_an_agency_decided_so(world):
    actor = world.actor("hr_officer")
    values = {"agency_id": world.agency.id, "actor": actor, "at": office.AT}
    with pytest.raises(Invalid, match="law or rule"):
        set_policy(world.session, shows_names=True, basis=" ", **values)
    with pytest.raises(Forbidden):
        set_policy(
            world.session, shows_names=True, basis="Law", **values | {"actor": world.actor("exam_officer")}
        )
    policy = set_policy(world.session, shows_names=True, basis="Civil Service Law § 51", **values)
    assert (policy.shows_names, policy.basis, policy.set_by) == (True, "Civil Service Law § 51", actor.id)


def test_the_page_counts_down_and_leads_to_the_undo(client, world):
    merit_list = publish(world)
    page = sign_in(client, world.accounts["hr_officer"]).get(f"/staff/merit-lists/{merit_list.id}").text
    assert 'data-until="2026-11-20T15:30:00+00:00"' in page
    assert f'href="/staff/merit-lists/{merit_list.id}/undo"' in page


def test_a_late_undo_is_refused_with_what_was_typed_kept(client, world):
    merit_list = publish(world)
    address = f"/staff/merit-lists/{merit_list.id}/undo"
    sign_in(client, world.accounts["hr_officer"])
    assert "No letter has left yet" in client.get(address).text
    answer = client.post(address, data={"reason": "Too late"})
    assert answer.status_code == 422
    assert "The time to undo is over" in answer.text
    assert "Too late" in answer.text
    assert client.post(address, data={}).status_code == 422


def test_a_public_list_names_people_only_by_policy_and_can_be_printed(client, world):
    merit_list = publish(world)
    own = f"/lists/{merit_list.id}"
    page, table = client.get(own).text, client.get(f"{own}.csv").text
    assert not named(page, "Ada")
    assert table.splitlines()[0] == "candidate,rank,score"
    values = {"agency_id": world.agency.id, "actor": world.actor("hr_officer"), "at": office.AT}
    set_policy(world.session, shows_names=True, basis="Civil Service Law § 51", **values)
    page, table = client.get(own).text, client.get(f"{own}.csv").text
    assert world.applications["Ada"].applicant_name in page
    assert "Civil Service Law § 51" in page
    assert world.applications["Fay"].applicant_name not in page + table
    assert table.splitlines()[0] == "candidate,rank,score,name"
    printed = client.get(f"{own}.pdf")
    assert (printed.status_code, printed.mimetype) == (200, "application/pdf")
    assert printed.data.startswith(b"%PDF-1.7")
    undo(world, merit_list)
    assert [client.get(f"{own}{ending}").status_code for ending in ("", ".csv", ".pdf")] == [404, 404, 404]


def test_the_policy_is_set_on_a_page(client, world):
    address = f"/staff/agencies/{world.agency.id}/public-lists"
    sign_in(client, world.accounts["hr_officer"])
    assert client.post(address, data={"shows_names": "names", "basis": ""}).status_code == 422
    assert client.post(address, data={"shows_names": "names", "basis": "Law"}).status_code == 303
    assert "Decided last by" in client.get(address).text
    assert client.get("/staff/agencies/agy_00000000000000000000000000/public-lists").status_code in (403, 404)
