"""Certificates: asked for, issued by another, ended by the last vacancy or the clock."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from app.accounts.roles import Role
from app.exams.certificates import queries, services
from app.exams.certificates.models import Certificate
from app.exams.certificates.states import CertificateState, Outcome
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from app.recruitment.applications.states import Placement, Submission
from app.recruitment.requisitions.states import RequisitionState
from tests.factories.accounts import make_actor, make_agency
from tests.factories.personnel import make_position
from tests.factories.recruitment import make_requisition
from tests.integration.exams import world as office


@pytest.fixture
def world(session):
    return office.prepare(office.make_world(session))


def ask(world, merit_list, *, role="hr_officer", **values):
    standard = {"requisition_id": world.requisition.id, "vacancies": 1}
    return services.request_certificate(
        world.session,
        merit_list_id=merit_list.id,
        actor=world.actor(role),
        at=office.AT,
        **standard | values,
    )


def issue(world, certificate, role="second_officer", at=office.AT):
    return services.issue_certificate(
        world.session, certificate_id=certificate.id, actor=world.actor(role), at=at
    )


def people(world, certificate):
    """Give the names on a certificate, in order."""
    names = {number: name for name, number in world.numbers().items()}
    return [names[entry.entry.candidate.number] for entry in certificate.entries]


def test_a_second_officer_issues_the_names_in_reach(session, world):
    certificate = ask(world, office.publish(world))
    assert (certificate.state, certificate.rule) == (CertificateState.DRAFTED, "people")
    with pytest.raises(Conflict, match="a second HR officer has to issue it"):
        issue(world, certificate, "hr_officer")
    with pytest.raises(Forbidden):
        issue(world, certificate, "auditor")
    issue(world, certificate)
    assert (certificate.state, certificate.expires_on) == (CertificateState.ISSUED, dt.date(2027, 1, 19))
    assert people(world, certificate) == ["Ada", "Ben", "Cleo"]
    assert [entry.outcome for entry in certificate.entries] == [Outcome.PENDING] * 3
    placements = {name: row.placement for name, row in world.applications.items()}
    assert placements == {
        name: Placement.CERTIFIED if name in ("Ada", "Ben", "Cleo") else Placement.NONE
        for name in office.SCORES
    }


def test_two_vacancies_reach_four_people(session, world):
    certificate = issue(world, ask(world, office.publish(world), vacancies=2))
    assert people(world, certificate) == ["Ada", "Ben", "Cleo", "Dan"]


def test_the_database_holds_two_people_and_one_open_certificate(session, world):
    merit_list = office.publish(world)
    certificate = ask(world, merit_list)
    issued = {"state": "issued", "issued_by": certificate.requested_by, "issued_at": office.AT}
    with pytest.raises(IntegrityError, match="two_people"), session.begin_nested():
        session.execute(update(Certificate).where(Certificate.id == certificate.id).values(**issued))
    columns = [column.name for column in Certificate.__table__.columns]
    other = {name: getattr(certificate, name) for name in columns} | {"id": "crt_2", "number": "CERT-2"}
    with pytest.raises(IntegrityError, match="requisition"), session.begin_nested():
        session.execute(insert(Certificate).values(**other))
    with pytest.raises(Invalid, match="is already open"):
        ask(world, merit_list)


def test_whoever_scored_does_not_certify(session, world):
    merit_list = office.publish(world)
    merit_list.drafted_by = world.accounts["second_officer"].id
    session.flush()
    with pytest.raises(Conflict, match="You drafted the list"):
        ask(world, merit_list, role="second_officer")
    certificate = ask(world, merit_list)
    with pytest.raises(Conflict, match="You drafted the list"):
        issue(world, certificate)


def test_names_come_from_a_published_list_in_force(session, world):
    with pytest.raises(Conflict, match="from a published list only"):
        ask(world, office.draft(world))


def test_a_list_past_its_life_certifies_nobody(session, world):
    merit_list = office.publish(world)
    certificate = ask(world, merit_list)
    late = dt.datetime(2027, 11, 21, 15, 0, tzinfo=dt.UTC)
    with pytest.raises(Conflict, match="no longer in force"):
        issue(world, certificate, at=late)
    with pytest.raises(Conflict, match="This list has ended"):
        services.request_certificate(
            session,
            merit_list_id=merit_list.id,
            requisition_id=world.requisition.id,
            vacancies=1,
            actor=world.actor("hr_officer"),
            at=late,
        )


def test_a_requisition_must_fit(session, world):
    merit_list = office.publish(world)
    other_class = make_requisition(
        session,
        agency_id=world.agency.id,
        positions=[make_position(session, agency=world.agency, class_code="99999").id],
    )
    elsewhere = make_requisition(session, positions=[make_position(session, class_code="20215").id])
    waiting = make_requisition(
        session,
        agency_id=world.agency.id,
        state=RequisitionState.SUBMITTED,
        positions=[make_position(session, agency=world.agency, class_code="20215").id],
    )
    told = {
        other_class.id: "of another class",
        elsewhere.id: "an approved requisition of this agency",
        waiting.id: "an approved requisition of this agency",
        "req_nothing": "Select a requisition",
    }
    for requisition_id, sentence in told.items():
        with pytest.raises(Invalid, match=sentence):
            ask(world, merit_list, requisition_id=requisition_id)
    with pytest.raises(Invalid, match="2 vacant positions"):
        ask(world, merit_list, vacancies=3)
    offered = queries.list_requisitions_to_fill(
        session, agency_id=world.agency.id, class_code=world.posting.class_code
    )
    assert [row.id for row in offered] == [world.requisition.id]


def test_who_withdrew_or_was_appointed_is_not_named(session, world):
    merit_list = office.publish(world)
    ada, ben = world.applications["Ada"], world.applications["Ben"]
    ada.submission, ada.withdrawn_at = Submission.WITHDRAWN, office.AT
    ben.placement = Placement.APPOINTED
    session.flush()
    certificate = issue(world, ask(world, merit_list))
    assert people(world, certificate) == ["Cleo", "Dan", "Eva"]


def test_a_returned_certificate_gives_its_names_back(session, world):
    certificate = issue(world, ask(world, office.publish(world)))
    close = {"certificate_id": certificate.id, "actor": world.actor("authority"), "at": office.AT}
    with pytest.raises(Invalid, match="why the certificate is returned"):
        services.close_certificate(session, reason="", **close)
    services.close_certificate(session, reason="The post was moved.", **close)
    assert certificate.state is CertificateState.CLOSED
    assert world.applications["Ada"].placement is Placement.NONE
    with pytest.raises(Conflict, match="closed and cannot become closed"):
        services.close_certificate(session, reason="Again.", **close)


def test_a_draft_may_be_discarded_and_asked_for_again(session, world):
    merit_list = office.publish(world)
    certificate = ask(world, merit_list)
    services.discard_certificate(
        session, certificate_id=certificate.id, actor=world.actor("hr_officer"), at=office.AT
    )
    assert certificate.state is CertificateState.DISCARDED
    assert ask(world, merit_list).number != certificate.number


def test_the_clock_ends_certificates_after_their_last_day(session, world):
    certificate = issue(world, ask(world, office.publish(world)))
    # The last day, 19 January, ends at midnight in New York: 05:00 UTC.
    before = dt.datetime(2027, 1, 20, 4, 59, tzinfo=dt.UTC)
    assert services.expire_certificates(session, at=before) == 0
    assert services.expire_certificates(session, at=before + dt.timedelta(minutes=1)) == 1
    assert certificate.state is CertificateState.EXPIRED
    assert world.applications["Ada"].placement is Placement.NONE
    assert services.expire_certificates(session, at=before + dt.timedelta(days=1)) == 0


def test_another_agency_sees_nothing(session, world):
    certificate = ask(world, office.publish(world))
    stranger = make_actor(session, roles=[(Role.HR_OFFICER, make_agency(session).id)])
    with pytest.raises(NotFound):
        queries.get_certificate(session, certificate.id, stranger)
    with pytest.raises(NotFound):
        services.issue_certificate(session, certificate_id=certificate.id, actor=stranger, at=office.AT)
    assert queries.list_certificates(session, stranger).rows == []
