"""Audits: every decision on a certificate is taken again; nobody enters on duty before."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import update

from app.exams.certificates.models import CertificateEntry
from app.exams.certificates.queries import load_entries_by_number
from app.exams.certificates.states import Outcome
from app.exams.considerations import services as considerations
from app.exams.considerations.states import ConsiderationState
from app.exams.selection_audits import services
from app.exams.selections import services as selections
from app.personnel.appointments.models import Appointment
from app.personnel.appointments.services import enter_on_duty
from app.personnel.appointments.states import AppointmentKind
from app.platform.errors import Conflict, Forbidden, Invalid
from tests.conftest import sign_in
from tests.factories.accounts import make_account
from tests.integration.exams import world as office

STARTS_ON = dt.date(2026, 11, 23)
LATER = office.AT + dt.timedelta(days=5)


@pytest.fixture
def world(session):
    return office.prepare(office.make_world(session))


def entry_of(world, certificate, name) -> CertificateEntry:
    number = world.numbers()[name]
    return next(entry for entry in certificate.entries if entry.entry.candidate.number == number)


def appoint(world, certificate, name, *, position=0, at=office.AT) -> Appointment:
    return selections.appoint_name(
        world.session,
        certificate_id=certificate.id,
        entry_id=entry_of(world, certificate, name).id,
        position_id=world.positions[position].id,
        starts_on=STARTS_ON,
        kind=AppointmentKind.PROBATIONAL,
        actor=world.actor("authority"),
        at=at,
    )


def decline(world, certificate, name):
    return selections.record_decline(
        world.session,
        certificate_id=certificate.id,
        entry_id=entry_of(world, certificate, name).id,
        code="pay",
        reason="Letter of 20 November.",
        actor=world.actor("authority"),
        at=office.AT,
    )


def audit(world, certificate, role="hr_officer", at=office.AT):
    return services.audit_certificate(
        world.session, certificate_id=certificate.id, actor=world.actor(role), at=at
    )


def enter(world, appointment, at=LATER, entered_on=STARTS_ON):
    return enter_on_duty(
        world.session,
        appointment_id=appointment.id,
        entered_on=entered_on,
        actor=world.actor("authority"),
        at=at,
    )


def said(made):
    return [(finding["kind"], finding["number"]) for finding in made.findings]


def test_what_was_lawful_is_found_lawful_and_opens_the_door(world):
    certificate = office.certify(world, office.publish(world), vacancies=2)
    decline(world, certificate, "Ada")
    first = appoint(world, certificate, "Ben")
    second = appoint(world, certificate, "Dan", position=1, at=office.AT + dt.timedelta(minutes=1))
    with pytest.raises(Conflict, match="has to be audited first"):
        enter(world, first)
    made = audit(world, certificate)
    assert (made.is_lawful, made.findings) == (True, [])
    assert enter(world, first).entered_on == STARTS_ON
    with pytest.raises(Conflict, match="entered on duty on 23 November 2026"):
        enter(world, first)
    with pytest.raises(Invalid) as early:
        enter(world, second, entered_on=STARTS_ON - dt.timedelta(days=1))
    assert early.value.fields == {"entered_on": "The day must not be before the first day of the appointment"}
    with pytest.raises(Invalid) as late:
        enter(world, second, entered_on=LATER.date() + dt.timedelta(days=1))
    assert late.value.fields == {"entered_on": "The day must be today or earlier"}


def test_who_decided_does_not_audit_and_a_later_decision_needs_another_audit(world):
    certificate = office.certify(world, office.publish(world), vacancies=2)
    first = appoint(world, certificate, "Ada")
    with pytest.raises(Forbidden):
        audit(world, certificate, role="authority")
    made = audit(world, certificate)
    decline(world, certificate, "Cleo")
    with pytest.raises(Conflict, match="was decided on after its last audit"):
        enter(world, first)
    again = audit(world, certificate)
    assert made.digest != again.digest
    enter(world, first)


def test_names_that_the_rule_does_not_give_are_found(session, world):
    """Somebody writes a lower name into the table and appoints it past the rules."""
    certificate = office.certify(world, office.publish(world))
    appointed = appoint(world, certificate, "Ada")
    numbers = world.numbers()
    entry = entry_of(world, certificate, "Ada")
    session.execute(
        update(CertificateEntry)
        .where(CertificateEntry.id == entry.id)
        .values(entry_id=_entry_id(session, certificate, numbers["Eva"]))
    )
    session.expunge_all()
    made = audit(world, certificate)
    assert said(made) == [("names", numbers["Eva"]), ("names", "")]
    assert f"Not certified: {numbers['Ada']}" in made.findings[1]["sentence"]
    assert f"Certified out of reach: {numbers['Eva']}" in made.findings[1]["sentence"]
    with pytest.raises(Conflict, match="found faults that are not settled"):
        enter(world, appointed)


def test_a_selection_that_the_rule_forbids_is_found_with_its_citation(session, world):
    certificate = office.certify(world, office.publish(world))
    numbers = world.numbers()
    appointed = appoint(world, certificate, "Cleo")
    session.execute(
        update(CertificateEntry)
        .where(CertificateEntry.id == entry_of(world, certificate, "Cleo").id)
        .values(decided_at=office.AT + dt.timedelta(days=4000))
    )
    session.expunge_all()
    made = audit(world, certificate)
    assert ("ended", numbers["Cleo"]) in said(made)
    assert appointed.entered_on is None


def test_a_correction_that_costs_somebody_consideration_is_found_and_put_right(session, world):
    """Ben was selected as one of three; by the corrected key three others were in reach, and he was not."""
    first = office.publish(world)
    certificate = office.certify(world, first)
    appointed = appoint(world, certificate, "Ben")
    office.set_key(world, {str(item): "B" for item in range(6, 11)}, reason="Half of the key was old.")
    office.publish(world, reason="The key was wrong.")
    session.expunge_all()
    made = audit(world, certificate)
    numbers = world.numbers()
    lost = [number for kind, number in said(made) if kind == "lost"]
    assert lost == [numbers["Fay"], numbers["Eva"], numbers["Dan"]]

    fay = world.applications["Fay"]
    owed = considerations.propose_consideration(
        session,
        application_id=fay.id,
        reason="The key was wrong.",
        source=made.id,
        actor=world.actor("hr_officer"),
        at=LATER,
    )
    with pytest.raises(Conflict, match="a second HR officer has to decide"):
        _decide(world, owed, "hr_officer")
    assert _decide(world, owed, "second_officer").state is ConsiderationState.OWED

    with pytest.raises(Conflict, match="You made this audit"):
        _settle(world, made, "hr_officer")
    with pytest.raises(Invalid):
        _settle(world, made, "second_officer", text=" ")
    _settle(world, made, "second_officer")
    assert enter(world, appointed).entered_on == STARTS_ON


def test_nobody_is_appointed_before_who_is_owed_a_consideration(session, world):
    certificate = office.certify(world, office.publish(world))
    fay = world.applications["Fay"]
    owed = considerations.propose_consideration(
        session,
        application_id=fay.id,
        reason="Passed over by an error in 2025.",
        source=None,
        actor=world.actor("hr_officer"),
        at=office.AT,
    )
    _decide(world, owed, "second_officer")
    with pytest.raises(Conflict, match="Priority consideration is owed to Fay"):
        appoint(world, certificate, "Ada")
    values = {"certificate_id": certificate.id, "consideration_id": owed.id}
    values["actor"] = world.actor("authority")
    with pytest.raises(Invalid):
        selections.consider_first(session, **values, outcome=" ", at=office.AT)
    selections.consider_first(session, **values, outcome="Interviewed; lacks the licence.", at=office.AT)
    assert (owed.state, owed.used_on) == (ConsiderationState.USED, certificate.id)
    appoint(world, certificate, "Ada")
    assert entry_of(world, certificate, "Ada").outcome is Outcome.APPOINTED


def test_the_pages_lead_from_the_certificate_through_the_audit_to_the_door(client, world):
    certificate = office.certify(world, office.publish(world))
    appointed = appoint(world, certificate, "Ada")
    page = sign_in(client, world.accounts["authority"]).get(f"/staff/appointments/{appointed.id}").text
    assert f"The selection from certificate {certificate.number} has to be audited first." in page
    sign_in(client, world.accounts["hr_officer"])
    address = f"/staff/certificates/{certificate.id}"
    assert f'href="{address}/audits"' in client.get(address).text
    assert "This certificate was not audited yet." in client.get(f"{address}/audits").text
    assert client.post(f"{address}/audit").status_code == 303
    page = client.get(f"{address}/audits").text
    assert "Lawful" in page
    stranger = make_account(world.session, name="Nobody")
    assert sign_in(client, stranger).get(f"{address}/audits").status_code in (403, 404)


def _entry_id(session, certificate, number):
    return load_entries_by_number(session, certificate.merit_list_id, [number])[number].id


def _decide(world, owed, role):
    return considerations.decide_consideration(
        world.session,
        consideration_id=owed.id,
        is_granted=True,
        reason="The file shows it.",
        actor=world.actor(role),
        at=LATER,
    )


def _settle(world, made, role, text="Fay comes first for the next vacancy."):
    return services.settle_audit(
        world.session, audit_id=made.id, settlement=text, actor=world.actor(role), at=LATER
    )
