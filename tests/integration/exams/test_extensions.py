"""Extensions: a certificate lives longer only by two officers, and never longer than its list."""

from __future__ import annotations

import datetime as dt

import pytest

from app.exams.certificates.services import expire_certificates
from app.exams.certificates.states import CertificateState
from app.exams.extensions import services
from app.platform.errors import Conflict, Invalid
from tests.conftest import sign_in
from tests.integration.exams import world as office


@pytest.fixture
def world(session):
    return office.prepare(office.make_world(session))


@pytest.fixture
def certificate(world):
    return office.certify(world, office.publish(world))


def propose(world, certificate, days, reason="The interviews take longer.", role="hr_officer"):
    return services.propose_extension(
        world.session,
        certificate_id=certificate.id,
        ends_on=certificate.expires_on + dt.timedelta(days=days),
        reason=reason,
        actor=world.actor(role),
        at=office.AT,
    )


def decide(world, extension, role="second_officer", *, is_granted=True, reason="Agreed."):
    return services.decide_extension(
        world.session,
        extension_id=extension.id,
        is_granted=is_granted,
        reason=reason,
        actor=world.actor(role),
        at=office.AT,
    )


def test_a_second_officer_grants_a_later_last_day_and_the_clock_keeps_it(world, certificate):
    before = certificate.expires_on
    extension = propose(world, certificate, 30)
    with pytest.raises(Conflict, match="a second HR officer has to decide"):
        decide(world, extension, "hr_officer")
    decide(world, extension)
    assert certificate.expires_on == before + dt.timedelta(days=30)
    noon = dt.time(12, tzinfo=dt.UTC)
    assert (
        expire_certificates(world.session, at=dt.datetime.combine(before + dt.timedelta(days=2), noon)) == 0
    )
    late = dt.datetime.combine(certificate.expires_on + dt.timedelta(days=2), noon)
    assert expire_certificates(world.session, at=late) == 1
    assert certificate.state is CertificateState.EXPIRED


def test_what_may_not_be_is_refused(world, certificate):
    with pytest.raises(Invalid) as early:
        propose(world, certificate, 0)
    assert list(early.value.fields) == ["ends_on"]
    with pytest.raises(Invalid) as beyond:
        propose(world, certificate, 10_000)
    assert "The list ends on" in beyond.value.fields["ends_on"]
    with pytest.raises(Invalid):
        propose(world, certificate, 5, reason=" ")
    extension = propose(world, certificate, 5)
    before = certificate.expires_on
    decide(world, extension, is_granted=False)
    assert certificate.expires_on == before
    with pytest.raises(Conflict, match="refused already"):
        decide(world, extension)


def test_the_pages_show_what_waits_and_keep_what_was_typed(client, world, certificate):
    officer = sign_in(client, world.accounts["hr_officer"])
    address = f"/staff/certificates/{certificate.id}"
    wrong = officer.post(f"{address}/extend", data={"ends_on": "2020-01-01", "reason": "More interviews."})
    assert wrong.status_code == 422
    assert "The new last day must be after" in wrong.text
    assert "More interviews." in wrong.text
    day = (certificate.expires_on + dt.timedelta(days=7)).isoformat()
    assert officer.post(f"{address}/extend", data={"ends_on": day, "reason": "More."}).location == address
    assert "Decide on the extension" not in officer.get(address).text
    second = sign_in(client, world.accounts["second_officer"])
    assert "Decide on the extension" in second.get(address).text
