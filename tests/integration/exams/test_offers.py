"""Offers: made from a certificate, answered by the person, ended by the clock or the office."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.exams.certificates import queries
from app.exams.certificates.states import Outcome
from app.exams.offers import services
from app.exams.offers.models import Offer
from app.exams.offers.states import OfferState
from app.exams.selections.services import appoint_name
from app.personnel.appointments.states import AppointmentKind
from app.platform import clock
from app.platform.actors import Actor
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from app.platform.jobs import Job
from app.recruitment.applications.states import Placement
from tests.conftest import sign_in
from tests.factories.accounts import make_account
from tests.factories.personnel import make_position
from tests.integration.exams import world as office
from tests.integration.exams.test_selections import entry_of, people

STARTS_ON = dt.date(2026, 12, 15)
DAY = dt.timedelta(days=1)


@pytest.fixture
def world(session):
    return office.prepare(office.make_world(session))


@pytest.fixture
def certificate(world):
    return office.certify(world, office.publish(world), vacancies=2)


def offer_to(world, certificate, name, *, role="authority", position=0, days=7, **changes):
    values = {
        "certificate_id": certificate.id,
        "entry_id": entry_of(world, certificate, name).id,
        "position_id": world.positions[position].id,
        "kind": AppointmentKind.PROBATIONAL,
        "starts_on": STARTS_ON,
        "days": days,
        "actor": world.actor(role),
        "at": office.AT,
    }
    return services.make_offer(world.session, **(values | changes))


def own(world, name):
    """Give the applicant as who acts: somebody without any role."""
    return Actor(id=world.applications[name].account_id, name=name)


def test_an_offer_is_made_mailed_accepted_and_appointed_from(session, world, certificate):
    offer = offer_to(world, certificate, "Ada")
    assert offer.reply_by == dt.datetime(2026, 11, 27, 22, 0, tzinfo=dt.UTC)
    mails = [job.payload for job in session.scalars(select(Job).where(Job.key == f"mail:offer:{offer.id}"))]
    assert [mail["subject"] for mail in mails] == [f"You are offered a position: {offer.position.title}"]
    services.accept_offer(session, offer_id=offer.id, actor=own(world, "Ada"), at=office.AT + DAY)
    assert offer.state is OfferState.ACCEPTED
    made = appoint_name(
        session,
        certificate_id=certificate.id,
        entry_id=offer.certificate_entry_id,
        position_id=offer.position_id,
        starts_on=offer.starts_on,
        kind=offer.kind,
        actor=world.actor("authority"),
        at=office.AT + DAY,
    )
    assert made.employee.name == "Ada"


def test_a_declined_offer_is_the_persons_own_statement_and_brings_the_next_name(session, world):
    certificate = office.certify(world, office.publish(world))
    officer = world.actor("hr_officer")
    before = [name for name, _ in people(world, certificate)]
    offer = offer_to(world, certificate, "Ada")
    at = office.AT + DAY
    services.decline_offer(
        session,
        offer_id=offer.id,
        code="pay",
        words="Another office pays more.",
        actor=own(world, "Ada"),
        at=at,
    )
    entry = entry_of(world, certificate, "Ada")
    assert (offer.state, entry.outcome, entry.code) == (OfferState.DECLINED, Outcome.DECLINED, "pay")
    assert entry.reason == (
        "The applicant declined the offer in person, signed in, at 2026-11-21T15:00:00+00:00."
        " Another office pays more."
    )
    assert world.applications["Ada"].placement is Placement.DECLINED
    session.expire_all()
    after = queries.get_certificate(session, certificate.id, officer)
    assert [name for name, _ in people(world, after)] == [*before, "Dan"]


def test_an_offer_needs_a_lawful_name_a_vacant_position_and_time(session, world, certificate):
    with pytest.raises(Conflict, match="would not be lawful"):
        offer_to(world, certificate, "Dan")
    with pytest.raises(Invalid) as refused:
        offer_to(world, certificate, "Ada", position_id=make_position(session, agency=world.agency).id)
    assert list(refused.value.fields) == ["position_id"]
    with pytest.raises(Invalid) as refused:
        offer_to(world, certificate, "Ada", days=2)
    assert refused.value.fields == {"days": "Give between 3 and 30 days to answer."}
    with pytest.raises(Invalid) as refused:
        offer_to(world, certificate, "Ada", starts_on=dt.date(2026, 11, 27))
    assert list(refused.value.fields) == ["starts_on"]
    with pytest.raises(Forbidden):
        offer_to(world, certificate, "Ada", role="hr_officer")
    assert session.scalars(select(Offer)).all() == []


def test_nobody_offers_themselves_a_position(world, certificate):
    authority = world.actor("authority")
    ada = Actor(id=own(world, "Ada").id, name="Ada", grants=authority.grants, roles=authority.roles)
    with pytest.raises(Conflict, match="to yourself"):
        offer_to(world, certificate, "Ada", actor=ada)


def test_a_position_is_offered_to_one_person_and_kept_for_them(session, world, certificate):
    offer_to(world, certificate, "Ada")
    with pytest.raises(Invalid, match="offered to somebody else"):
        offer_to(world, certificate, "Ben")
    give = {
        "certificate_id": certificate.id,
        "starts_on": STARTS_ON,
        "kind": AppointmentKind.PROBATIONAL,
        "position_id": world.positions[0].id,
        "actor": world.actor("authority"),
        "at": office.AT,
    }
    with pytest.raises(Invalid, match="offered to somebody else"):
        appoint_name(session, entry_id=entry_of(world, certificate, "Ben").id, **give)
    with pytest.raises(Conflict, match="not answered"):
        appoint_name(session, entry_id=entry_of(world, certificate, "Ada").id, **give)


def test_nobody_answers_late_twice_or_for_another(session, world, certificate):
    offer = offer_to(world, certificate, "Ada")
    with pytest.raises(NotFound):
        services.accept_offer(session, offer_id=offer.id, actor=own(world, "Ben"), at=office.AT)
    with pytest.raises(Conflict, match="time to answer this offer is over"):
        services.accept_offer(session, offer_id=offer.id, actor=own(world, "Ada"), at=offer.reply_by)
    services.accept_offer(session, offer_id=offer.id, actor=own(world, "Ada"), at=office.AT)
    with pytest.raises(Conflict, match="answered or ended before"):
        services.decline_offer(
            session, offer_id=offer.id, code="pay", words="", actor=own(world, "Ada"), at=office.AT
        )


def test_the_clock_ends_what_nobody_answered_and_the_position_is_free_again(session, world, certificate):
    offer = offer_to(world, certificate, "Ada")
    assert services.lapse_offers(session, at=offer.reply_by - dt.timedelta(seconds=1)) == 0
    assert services.lapse_offers(session, at=offer.reply_by) == 1
    assert offer.state is OfferState.LAPSED
    again = offer_to(world, certificate, "Ada", at=offer.reply_by)
    assert again.state is OfferState.MADE


def test_the_office_takes_an_offer_back_with_a_reason_that_is_mailed(session, world, certificate):
    offer = offer_to(world, certificate, "Ada")
    back = {"certificate_id": certificate.id, "offer_id": offer.id, "actor": world.actor("authority")}
    with pytest.raises(Invalid):
        services.withdraw_offer(session, **back, reason=" ", at=office.AT)
    services.withdraw_offer(session, **back, reason="The post was cut from the budget.", at=office.AT)
    promised = session.scalars(select(Job).where(Job.key == f"mail:offer-back:{offer.id}"))
    assert offer.state is OfferState.WITHDRAWN
    assert "Reason: The post was cut from the budget." in promised.one().payload["body"]


def test_the_pages_of_both_sides(session, client, world, certificate, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: office.AT)
    sign_in(client, world.accounts["authority"])
    entry = entry_of(world, certificate, "Ada")
    place = f"/staff/certificates/{certificate.id}"
    assert "Offer a position" in client.get(place).text
    data = {
        "position_id": world.positions[0].id,
        "starts_on": STARTS_ON.isoformat(),
        "kind": "probational",
        "days": "7",
    }
    assert client.get(f"{place}/names/{entry.id}/offer").status_code == 200
    assert client.post(f"{place}/names/{entry.id}/offer", data=data | {"days": "1"}).status_code == 422
    assert client.post(f"{place}/names/{entry.id}/offer", data=data).status_code == 303
    assert "waits for an answer until" in client.get(place).text
    offer = session.scalars(select(Offer)).one()
    assert client.get(f"{place}/offers/{offer.id}/withdraw").status_code == 200
    sign_in(client, session.get(Account, world.applications["Ada"].account_id))
    page = client.get(f"/my/applications/{world.applications['Ada'].id}/offers").text
    assert "Answer before" in page
    assert client.get(f"/my/offers/{offer.id}/decline").status_code == 200
    assert client.get(f"/my/offers/{offer.id}/accept").status_code == 200
    assert client.post(f"/my/offers/{offer.id}/accept", data={}).status_code == 422
    assert client.post(f"/my/offers/{offer.id}/accept", data={"sure": "y"}).status_code == 303
    sign_in(client, make_account(session))
    assert client.get(f"/my/offers/{offer.id}/accept").status_code == 404
    assert client.get(f"/my/applications/{world.applications['Ada'].id}/offers").status_code == 404
