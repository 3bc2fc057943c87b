"""Selections: lawful ones appoint in one transaction, unlawful ones store nothing and cite the rule."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from app.accounts.roles import Role
from app.exams import merit
from app.exams.certificates.models import CertificateEntry
from app.exams.certificates.states import CertificateState, Outcome
from app.exams.selections import services
from app.notices.models import Notice
from app.personnel.appointments.models import Appointment
from app.personnel.appointments.states import AppointmentKind
from app.personnel.employees.models import Employee
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from app.recruitment.applications.states import Placement
from tests.factories.accounts import make_actor
from tests.integration.exams import world as office
from tests.unit.exams.books import CATEGORY_BOOK

STARTS_ON = dt.date(2026, 12, 1)
CITATION = merit.rulebook.in_force("city-civil-service", dt.date(2026, 11, 9)).certification.citation


@pytest.fixture
def world(session):
    return office.prepare(office.make_world(session))


def entry_of(world, certificate, name) -> CertificateEntry:
    number = world.numbers()[name]
    return next(entry for entry in certificate.entries if entry.entry.candidate.number == number)


def people(world, certificate):
    names = {number: name for name, number in world.numbers().items()}
    return [(names[entry.entry.candidate.number], entry.outcome) for entry in certificate.entries]


def appoint(world, certificate, name, *, position=0, role="authority", at=office.AT):
    return services.appoint_name(
        world.session,
        certificate_id=certificate.id,
        entry_id=entry_of(world, certificate, name).id,
        position_id=world.positions[position].id,
        starts_on=STARTS_ON,
        kind=AppointmentKind.PROBATIONAL,
        actor=world.actor(role),
        at=at,
    )


def decide(world, function, certificate, name, *, role="authority", **values):
    return function(
        world.session,
        certificate_id=certificate.id,
        entry_id=entry_of(world, certificate, name).id,
        actor=world.actor(role),
        at=office.AT,
        **values,
    )


def decline(world, certificate, name, code="pay", reason="Letter of 20 November."):
    return decide(world, services.record_decline, certificate, name, code=code, reason=reason)


def pass_over(world, certificate, name, code="requirement", reason="The licence has ended."):
    return decide(world, services.pass_over, certificate, name, code=code, reason=reason)


def stored(session) -> tuple[int, int, int]:
    """Count what an appointment would leave behind."""
    models = (Appointment, Employee, Notice)
    return tuple(session.scalar(select(func.count()).select_from(model)) for model in models)


def test_a_lawful_selection_does_everything(session, world):
    certificate = office.certify(world, office.publish(world))
    made = appoint(world, certificate, "Cleo")
    position = world.positions[0]
    assert (made.employee.name, made.source) == ("Cleo", entry_of(world, certificate, "Cleo").id)
    assert made.authority == CITATION
    assert position.incumbent_id == made.employee_id
    assert world.applications["Cleo"].placement is Placement.APPOINTED
    assert world.applications["Ada"].placement is Placement.NONE
    assert certificate.state is CertificateState.CLOSED
    letter = session.scalars(select(Notice).where(Notice.template == "appointment")).one()
    assert (letter.recipient_name, letter.subject) == ("Cleo", made.id)
    live = {entry.position_id: entry.is_live for entry in world.requisition.entries}
    assert live == {world.positions[0].id: False, world.positions[1].id: True}


def test_after_an_appointment_reach_is_formed_again(session, world):
    certificate = office.certify(world, office.publish(world), vacancies=2)
    assert [name for name, _ in people(world, certificate)] == ["Ada", "Ben", "Cleo", "Dan"]
    before = stored(session)
    with pytest.raises(Conflict) as refused:
        appoint(world, certificate, "Dan")
    numbers = world.numbers()
    assert refused.value.message.endswith(
        f"In the way: {numbers['Ada']}, {numbers['Ben']}, {numbers['Cleo']}. Rule: {CITATION}."
    )
    assert stored(session) == before
    assert entry_of(world, certificate, "Dan").outcome is Outcome.PENDING
    appoint(world, certificate, "Ada")
    assert certificate.state is CertificateState.ISSUED
    appoint(world, certificate, "Dan", position=1)
    assert certificate.state is CertificateState.CLOSED


def test_an_appointment_brings_the_next_name_within_reach(session, world):
    certificate = office.certify(world, office.publish(world), vacancies=2)
    decline(world, certificate, "Ada")
    assert [name for name, _ in people(world, certificate)] == ["Ada", "Ben", "Cleo", "Dan"]
    appoint(world, certificate, "Ben")
    assert people(world, certificate)[3:] == [("Dan", Outcome.PENDING), ("Eva", Outcome.PENDING)]
    assert world.applications["Eva"].placement is Placement.CERTIFIED
    assert appoint(world, certificate, "Eva", position=1).employee.name == "Eva"


def test_a_decline_brings_the_next_name(session, world):
    certificate = office.certify(world, office.publish(world))
    decline(world, certificate, "Ada")
    assert people(world, certificate) == [
        ("Ada", Outcome.DECLINED),
        ("Ben", Outcome.PENDING),
        ("Cleo", Outcome.PENDING),
        ("Dan", Outcome.PENDING),
    ]
    assert world.applications["Ada"].placement is Placement.DECLINED
    assert world.applications["Dan"].placement is Placement.CERTIFIED
    with pytest.raises(Conflict, match="already stands as: declined"):
        appoint(world, certificate, "Ada")
    with pytest.raises(Conflict, match="already stands as: declined"):
        decline(world, certificate, "Ada")


def test_who_leaves_the_list_is_not_named_again_but_others_are(session, world):
    merit_list = office.publish(world)
    first = office.certify(world, merit_list)
    decline(world, first, "Ada", "leaves_list", "Her own letter of 20 November.")
    decline(world, first, "Ben", "pay")
    office.certificate_services.close_certificate(
        session, certificate_id=first.id, reason="Nobody fits.", actor=world.actor("authority"), at=office.AT
    )
    second = office.certify(world, merit_list)
    assert [name for name, _ in people(world, second)] == ["Ben", "Cleo", "Dan"]


def test_a_decline_needs_code_and_evidence(session, world):
    certificate = office.certify(world, office.publish(world))
    with pytest.raises(Invalid) as unknown:
        decline(world, certificate, "Ada", code="mood")
    assert unknown.value.fields == {"code": "Select the reason."}
    with pytest.raises(Invalid) as empty:
        decline(world, certificate, "Ada", reason="  ")
    assert list(empty.value.fields) == ["reason"]
    assert entry_of(world, certificate, "Ada").outcome is Outcome.PENDING


def test_a_certificate_past_its_day_appoints_nobody(session, world):
    certificate = office.certify(world, office.publish(world))
    before = stored(session)
    late = dt.datetime(2027, 1, 20, 15, 0, tzinfo=dt.UTC)
    with pytest.raises(Conflict, match="The certificate ended on 2027-01-19"):
        appoint(world, certificate, "Ada", at=late)
    assert stored(session) == before


def test_an_ended_list_and_a_corrected_list_appoint_nobody(session, world):
    certificate = office.certify(world, office.publish(world))
    with pytest.raises(Conflict, match="The list has ended"):
        appoint(world, certificate, "Ada", at=dt.datetime(2027, 11, 22, 15, 0, tzinfo=dt.UTC))
    office.set_key(world, {"1": "B"}, "Challenge of item 1.")
    office.publish(world, "Item 1: B is right.")
    session.refresh(certificate.merit_list)
    with pytest.raises(Conflict, match="The list was corrected after this certificate was issued"):
        appoint(world, certificate, "Ada")


def test_only_a_vacant_position_of_the_requisition_is_filled(session, world):
    certificate = office.certify(world, office.publish(world), vacancies=2)
    with pytest.raises(Invalid) as refused:
        services.appoint_name(
            session,
            certificate_id=certificate.id,
            entry_id=entry_of(world, certificate, "Ada").id,
            position_id="pos_other",
            starts_on=STARTS_ON,
            kind=AppointmentKind.PROBATIONAL,
            actor=world.actor("authority"),
            at=office.AT,
        )
    assert refused.value.fields == {"position_id": "Select a vacant position of this requisition."}
    appoint(world, certificate, "Ada")
    with pytest.raises(Invalid, match="Select a vacant position"):
        appoint(world, certificate, "Ben")


def test_a_filled_certificate_is_over(session, world):
    certificate = office.certify(world, office.publish(world))
    appoint(world, certificate, "Ada")
    with pytest.raises(Conflict, match="This certificate is closed"):
        appoint(world, certificate, "Ben", position=1)


def test_nobody_is_appointed_twice_from_a_list(session, world):
    certificate = office.certify(world, office.publish(world), vacancies=2)
    appoint(world, certificate, "Ada")
    with pytest.raises(Conflict, match="already stands as: appointed"):
        appoint(world, certificate, "Ada", position=1)


def test_hr_and_auditor_do_not_select(session, world):
    certificate = office.certify(world, office.publish(world))
    for role in ("hr_officer", "auditor"):
        with pytest.raises(Forbidden):
            appoint(world, certificate, "Ada", role=role)
    with pytest.raises(NotFound):
        services.record_decline(
            session,
            certificate_id=certificate.id,
            entry_id="cen_other",
            code="pay",
            reason="x",
            actor=world.actor("authority"),
            at=office.AT,
        )


def test_a_pass_over_without_preference_needs_reasons_only(session, world):
    certificate = office.certify(world, office.publish(world))
    pass_over(world, certificate, "Ada")
    assert people(world, certificate)[0] == ("Ada", Outcome.PASSED_OVER)
    assert world.applications["Ada"].placement is Placement.PASSED_OVER
    assert len(certificate.entries) == 3  # who is passed over still counts in reach
    appoint(world, certificate, "Ada")
    assert certificate.state is CertificateState.CLOSED


@pytest.fixture
def categories(session):
    """A certificate of the best category: Cleo is a veteran and stands first, then Ada and Ben."""
    world = office.make_world(session)
    office.verify_claim(world, "Cleo")
    office.hold(world)
    office.under(world, CATEGORY_BOOK)
    office.set_key(world)
    office.import_answers(world)
    return world, office.certify(world, office.publish(world))


def test_a_category_certificate_names_the_best_category(session, categories):
    world, certificate = categories
    named = [name for name, _ in people(world, certificate)]
    assert (named[0], sorted(named[1:])) == ("Cleo", ["Ada", "Ben"])
    assert {entry.entry.category for entry in certificate.entries} == {"BQ"}
    assert certificate.rule == "categories"


def test_a_veteran_is_not_passed_over_in_silence(session, categories):
    world, certificate = categories
    before = stored(session)
    with pytest.raises(Conflict) as refused:
        appoint(world, certificate, "Ada")
    assert refused.value.message == (
        "This appointment would not be lawful. A preference eligible stands higher and may not be passed "
        "over for somebody without preference unless a pass-over is approved. In the way: "
        f"{world.numbers()['Cleo']}. Rule: Section 7, for tests."
    )
    assert stored(session) == before


def test_a_pass_over_of_a_veteran_takes_effect_when_hr_approves_it(session, categories):
    world, certificate = categories
    entry = pass_over(world, certificate, "Cleo")
    assert (entry.outcome, entry.code) == (Outcome.OBJECTED, "requirement")
    assert world.applications["Cleo"].placement is Placement.CERTIFIED
    for name in ("Ada", "Cleo"):
        with pytest.raises(Conflict):
            appoint(world, certificate, name)
    decide(
        world,
        services.decide_pass_over,
        certificate,
        "Cleo",
        role="hr_officer",
        is_approved=True,
        reason="The licence register shows it.",
    )
    assert (entry.outcome, entry.approved_by) == (Outcome.PASSED_OVER, world.accounts["hr_officer"].id)
    assert appoint(world, certificate, "Ada").employee.name == "Ada"


def test_a_refused_pass_over_leaves_the_name_as_it_was(session, categories):
    world, certificate = categories
    entry = pass_over(world, certificate, "Cleo")
    refuse = {"role": "hr_officer", "is_approved": False}
    with pytest.raises(Invalid, match="reason for your decision"):
        decide(world, services.decide_pass_over, certificate, "Cleo", reason=" ", **refuse)
    decide(world, services.decide_pass_over, certificate, "Cleo", reason="The licence holds.", **refuse)
    assert (entry.outcome, entry.code, entry.reason, entry.decided_by) == (Outcome.PENDING, None, None, None)
    with pytest.raises(Conflict, match="would not be lawful"):
        appoint(world, certificate, "Ada")
    with pytest.raises(Conflict, match="already stands as: no decision yet"):
        decide(world, services.decide_pass_over, certificate, "Cleo", reason="Once more.", **refuse)


def test_who_proposes_a_pass_over_does_not_approve_it(session, categories):
    world, certificate = categories
    both = make_actor(
        session, roles=[(Role.APPOINTING_AUTHORITY, world.agency.id), (Role.HR_OFFICER, world.agency.id)]
    )
    entry = entry_of(world, certificate, "Cleo")
    target = {"certificate_id": certificate.id, "entry_id": entry.id, "actor": both, "at": office.AT}
    services.pass_over(session, code="conduct", reason="A warning of 2025.", **target)
    with pytest.raises(Conflict, match="an HR officer other than you"):
        services.decide_pass_over(session, is_approved=True, reason="Yes.", **target)
    approved = {"outcome": Outcome.PASSED_OVER, "approved_by": both.id, "approved_at": office.AT}
    with pytest.raises(IntegrityError, match="two_people"), session.begin_nested():
        session.execute(update(CertificateEntry).where(CertificateEntry.id == entry.id).values(**approved))
