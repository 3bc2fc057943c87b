"""A provisional key: own answers beside it, objections in time, and what objecting may cost."""

from __future__ import annotations

import datetime as dt
import io

import pikepdf
import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.exams.examinations.models import Candidate
from app.exams.objection_fees import services as fees
from app.exams.objection_fees.models import ObjectionFee, ObjectionFeeEntry
from app.exams.objection_fees.states import FeeAct, FeeState
from app.exams.objections import queries, rules, services
from app.exams.objections.filing import Point, file_objections
from app.exams.objections.models import KeyRelease, Objection
from app.exams.objections.rules import Marked
from app.exams.objections.states import Claim, ObjectionState
from app.platform import clock
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid, NotFound
from tests.conftest import sign_in
from tests.factories.accounts import make_account
from tests.integration.exams import world as office


def make_pdf() -> bytes:
    """Make a PDF of one empty page."""
    written, own = io.BytesIO(), pikepdf.new()
    own.add_blank_page()
    own.save(written)
    return written.getvalue()


CLOSES = dt.datetime(2026, 11, 25, 22, 0, tzinfo=dt.UTC)


@pytest.fixture
def world(session):
    return office.prepare(office.make_world(session))


@pytest.fixture
def release(session, world):
    return services.release_key(
        session, examination_id=world.exam.id, days=5, actor=world.actor("exam_officer"), at=office.AT
    )


def who(world, name) -> Actor:
    return Actor(id=world.applications[name].account_id, name=name)


def object_to(world, name, item="10", *, at=office.AT, ground="", **values):
    given = {"claim": Claim.OTHER_ANSWER, "grounds": "Smith, Bridges, page 12."} | values
    file_objections(
        world.session,
        application_id=world.applications[name].id,
        points=[Point(item, **given)],
        ground=ground,
        actor=who(world, name),
        at=at,
    )
    query = select(Objection).join(Candidate).where(Objection.item == item)
    return world.session.scalars(query.where(Candidate.application_id == world.applications[name].id)).one()


def test_answers_are_laid_beside_the_key_in_its_order():
    key = {
        "1": {"treatment": "normal", "accepted": ["A"]},
        "2": {"treatment": "several", "accepted": ["A", "B"]},
        "3": {"treatment": "normal", "accepted": ["C"]},
        "4": {"treatment": "full-credit-all", "accepted": []},
    }
    laid = rules.lay_beside(["1", "2", "3", "9"], {"1": "A", "2": "C"}, key)
    assert laid == [
        Marked("1", "A", "A", True),
        Marked("2", "C", "A or B", False),
        Marked("3", "", "C", False),
    ]


def test_a_key_is_released_with_a_window_of_days(session, world, release):
    assert release.closes_at == CLOSES
    give = {"examination_id": world.exam.id, "actor": world.actor("exam_officer"), "at": office.AT}
    with pytest.raises(Invalid) as refused:
        rules.closes_at(office.AT, 2, "America/New_York")
    assert refused.value.fields == {"days": "Give between 3 and 30 days to object."}
    with pytest.raises(Conflict, match="released already"):
        services.release_key(session, days=5, **give)


def test_objections_come_in_time_and_once(session, world, release):
    objection = object_to(world, "Ben", at=CLOSES - dt.timedelta(seconds=1))
    assert objection.state is ObjectionState.FILED
    with pytest.raises(Conflict, match="already objected to question 10"):
        object_to(world, "Ben")
    with pytest.raises(Conflict, match="time to object to the key is over"):
        object_to(world, "Cleo", at=CLOSES)
    with pytest.raises(NotFound):
        object_to(world, "Cleo", item="99")
    with pytest.raises(Invalid):
        object_to(world, "Cleo", grounds=" ")
    services.withdraw_objection(session, objection_id=objection.id, actor=who(world, "Ben"), at=office.AT)
    again = object_to(world, "Ben", grounds="Another book.")
    assert (again.id, again.state, again.grounds) == (objection.id, ObjectionState.FILED, "Another book.")


def test_without_a_release_nobody_objects(world):
    with pytest.raises(NotFound):
        object_to(world, "Ben")


TERMS = {
    "amount_minor": 1500,
    "currency": "USD",
    "authority": "Examination Rules 12",
    "where_to_pay": "Cashier, room 4",
    "grounds": "Receives unemployment benefit\nVeteran",
}


@pytest.fixture
def costly(session, world):
    return services.release_key(
        session,
        examination_id=world.exam.id,
        days=5,
        terms=TERMS,
        actor=world.actor("exam_officer"),
        at=office.AT,
    )


def settle(world, act, objection, *, role="hr_officer", **values):
    return act(world.session, objection_id=objection.id, actor=world.actor(role), at=office.AT, **values)


def test_an_objection_waits_for_its_fee(session, world, costly):
    objection = object_to(world, "Ben")
    fee = session.get(ObjectionFee, objection.id)
    assert (fee.state, fee.amount_minor, fee.slip_number[:2]) == (FeeState.DUE, 1500, "F-")
    assert queries.list_filed(session, world.exam.id, "10") == []
    settle(world, fees.record_payment, objection, reference="K 17")
    assert queries.list_filed(session, world.exam.id, "10") == [objection]
    with pytest.raises(Conflict, match="stands as “Paid”"):
        settle(world, fees.record_payment, objection, reference="K 18")


@pytest.mark.parametrize(("is_granted", "state"), [(True, FeeState.WAIVED), (False, FeeState.DUE)])
def test_a_waiver_is_asked_for_and_decided(session, world, costly, is_granted, state):
    with pytest.raises(Invalid), session.begin_nested():
        object_to(world, "Cleo", ground="Because")
    objection = object_to(world, "Ben", ground="Veteran")
    assert session.get(ObjectionFee, objection.id).state is FeeState.WAIVER_ASKED
    fee = settle(world, fees.decide_waiver, objection, is_granted=is_granted, reason="The card shows it.")
    assert fee.state is state
    assert len(queries.list_filed(session, world.exam.id, "10")) == is_granted


def test_a_fee_is_given_back_when_the_objection_is_upheld(session, world, costly):
    objection, waived = object_to(world, "Ben"), object_to(world, "Cleo", ground="Veteran")
    settle(world, fees.record_payment, objection, reference="K 17")
    settle(world, fees.decide_waiver, waived, is_granted=True, reason="So.")
    assert fees.owe_refunds(session, objection_ids=[objection.id, waived.id]) == 1
    fee = settle(world, fees.record_refund, objection, reference="K 90")
    assert (fee.state, session.get(ObjectionFee, waived.id).state) == (FeeState.REFUNDED, FeeState.WAIVED)
    entries = session.scalars(select(ObjectionFeeEntry.act).order_by(ObjectionFeeEntry.id)).all()
    assert entries == [FeeAct.PAYMENT, FeeAct.WAIVER, FeeAct.REFUND]


def test_a_fee_without_its_law_is_refused(session, world):
    with pytest.raises(Invalid) as refused:
        services.release_key(
            session,
            examination_id=world.exam.id,
            days=5,
            terms=TERMS | {"authority": "", "where_to_pay": ""},
            actor=world.actor("exam_officer"),
            at=office.AT,
        )
    assert set(refused.value.fields) == {"authority", "where_to_pay"}


def test_the_pages_of_a_fee(session, client, world, costly, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: office.AT)
    ben = session.get(Account, world.applications["Ben"].account_id)
    place = f"/my/applications/{world.applications['Ben'].id}/sheet"
    sign_in(client, ben)
    own = f"{place}/object?item=10"
    assert "An objection to one question costs $15.00." in client.get(own).text
    assert "Together that is $30.00." in client.get(f"{own}&item=3").text
    given = {"q1-claim": "other_answer", "q1-grounds": "Smith, page 12."}
    assert client.post(own, data=given).status_code == 422
    assert client.post(own, data=given | {"ground": "Veteran"}).status_code == 303
    assert "Fee: Waiver asked for." in client.get(place).text
    objection = session.scalars(select(Objection)).one()
    one = f"/staff/objections/{objection.id}/fee"
    sign_in(client, world.accounts["hr_officer"])
    assert client.get(f"/staff/examinations/{world.exam.id}/objection-fees").status_code == 200
    assert "Decide on the waiver" in client.get(one).text
    assert client.get(f"{one}/waiver").status_code == 200
    assert client.post(f"{one}/waiver", data={"decision": "refuse", "reason": ""}).status_code == 422
    assert client.post(f"{one}/waiver", data={"decision": "refuse", "reason": "No card."}).status_code == 303
    assert client.get(f"{one}/payment").status_code == 200
    assert client.post(f"{one}/payment", data={"reference": "K 17"}).status_code == 303
    assert client.get(f"{one}/refund").status_code == 200
    assert client.post(f"{one}/refund", data={"reference": "K 18"}).status_code == 422
    assert "No card." in client.get(one).text


def test_the_key_is_shown_before_the_answers_are_read(session, client, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: office.AT)
    world = office.make_world(session)
    office.hold(world)
    office.set_key(world)
    services.release_key(
        session, examination_id=world.exam.id, days=5, actor=world.actor("exam_officer"), at=office.AT
    )
    sign_in(client, session.get(Account, world.applications["Ben"].account_id))
    page = client.get(f"/my/applications/{world.applications['Ben'].id}/sheet").text
    assert "Your answers are not read yet" in page


def test_the_pages_of_both_sides(session, client, world, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: office.AT)
    ben = session.get(Account, world.applications["Ben"].account_id)
    place = f"/my/applications/{world.applications['Ben'].id}/sheet"
    sign_in(client, ben)
    assert client.get(place).status_code == 404
    sign_in(client, world.accounts["exam_officer"])
    exam = f"/staff/examinations/{world.exam.id}/objections"
    assert "Nobody has objected" in client.get(exam).text
    assert client.get(f"{exam}/release").status_code == 200
    assert client.post(f"{exam}/release", data={"days": "5"}).status_code == 303
    assert session.scalars(select(KeyRelease)).one().closes_at == CLOSES
    sign_in(client, ben)
    page = client.get(place).text
    assert "Not right" in page
    own = f"{place}/object?item=10&item=3"
    assert client.get(own).status_code == 200
    assert client.get(f"{place}/object?item=99").status_code == 404
    assert client.get(f"{place}/object").status_code == 303
    assert client.get(f"{place}/object?" + "&".join(f"item={n}" for n in range(11))).status_code == 303
    right = {"q1-claim": "other_answer", "q1-grounds": "Smith, page 12.", "q2-claim": "wording"}
    wrong = {"q2-grounds": "", "q2-file": (io.BytesIO(b"%PDF-nonsense"), "a.pdf")}
    kept = {"q1-file": (io.BytesIO(make_pdf()), "smith.pdf")}
    refused = client.post(own, data=right | wrong | kept)
    assert refused.status_code == 422
    assert "Kept: smith.pdf" in refused.text
    assert "Smith, page 12." in refused.text
    assert session.scalars(select(Objection)).all() == []
    held = refused.text.partition('name="q1-held"')[2].partition('value="')[2].partition('"')[0]
    done = right | {"q1-held": held, "q2-grounds": "The second line is cut off."}
    assert client.post(own, data=done).status_code == 303
    assert "Waiting for a decision" in client.get(place).text
    by_item = {row.item: row for row in session.scalars(select(Objection))}
    assert {item: (row.claim, row.document_name) for item, row in by_item.items()} == {
        "10": (Claim.OTHER_ANSWER, "smith.pdf"),
        "3": (Claim.WORDING, None),
    }
    assert len({row.submission_id for row in by_item.values()}) == 1
    sign_in(client, world.accounts["exam_officer"])
    assert "Waits for a decision" in client.get(exam).text
    one = f"/staff/objections/{by_item['10'].id}"
    page = client.get(one).text
    assert "Smith, page 12." in page
    assert f"/staff/objections/{by_item['3'].id}" in page
    assert client.get(f"/staff/objections/{by_item['3'].id}/paper").status_code == 404
    sign_in(client, make_account(session))
    assert client.get(place).status_code == 404
