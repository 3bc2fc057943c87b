"""A fee is declared with its law, settled at the office or waived, and recorded by people."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.notices.numbers import verify_number
from app.platform.audit import AuditEvent
from app.platform.db import transaction
from app.platform.errors import Conflict, Invalid, NotFound
from app.platform.jobs import Job
from app.recruitment.applications.services import submit_application
from app.recruitment.applications.states import Submission
from app.recruitment.fees import choosing, services
from app.recruitment.fees.models import ApplicationFee, PostingFee
from app.recruitment.fees.states import FeeAct, FeeHold, FeeState
from app.recruitment.postings.states import PostingState
from tests.conftest import sign_in
from tests.factories.accounts import make_account
from tests.factories.applications import make_application, make_whole_draft
from tests.factories.recruitment import make_fee, make_posting


@pytest.fixture
def fee(session, world):
    return make_fee(session, world.posting)


@pytest.fixture
def draft(session, world, fee):
    return make_whole_draft(session, posting=world.posting, account_id=world.ada.id)


def choose(world, draft, at, ground_id="", note=""):
    with transaction() as opened:
        return choosing.choose(
            opened, application_id=draft.id, ground_id=ground_id, note=note, actor=world.actor, at=at
        )


def pay(world, draft, at):
    with transaction() as opened:
        return services.record_payment(
            opened, application_id=draft.id, reference="CB 17", actor=world.staff, at=at
        )


def decide(world, draft, at, is_granted):
    with transaction() as opened:
        return services.decide_waiver(
            opened,
            application_id=draft.id,
            is_granted=is_granted,
            reason="The letter shows it.",
            actor=world.staff,
            at=at,
        )


def submit(world, draft, at):
    with transaction() as opened:
        return submit_application(opened, application_id=draft.id, actor=world.actor, at=at)


def mails(session):
    return [job.payload for job in session.scalars(select(Job).where(Job.name == "platform.send_mail"))]


def test_a_payment_is_recorded_once_with_a_numbered_receipt_by_mail(session, world, draft, at):
    slip = choose(world, draft, at)
    assert (slip.state, slip.amount_minor, slip.currency) == (FeeState.DUE, 4000, "USD")
    assert verify_number(slip.slip_number) == slip.slip_number
    entry = pay(world, draft, at)
    assert (entry.act, entry.amount_minor, entry.reference) == (FeeAct.PAYMENT, 4000, "CB 17")
    session.expire_all()
    kept = session.get(ApplicationFee, draft.id)
    assert (kept.state, kept.settled_at, kept.slip_number) == (FeeState.PAID, at, slip.slip_number)
    with pytest.raises(Conflict, match="This fee is paid"):
        pay(world, draft, at)
    assert [mail["subject"] for mail in mails(session)] == [f"Fee paid: receipt {entry.number}"]
    assert "$40.00" in mails(session)[0]["body"]
    event = session.scalar(select(AuditEvent).where(AuditEvent.action == "recruitment.fees.record_payment"))
    assert (event.subject, event.details["amount_minor"], event.details["number"]) == (
        draft.id,
        4000,
        entry.number,
    )


@pytest.mark.parametrize("hold", list(FeeHold))
def test_an_unpaid_fee_holds_up_what_the_posting_says(session, world, fee, draft, at, hold):
    fee.hold = hold
    session.flush()
    with pytest.raises(Invalid, match="Say how the fee is paid"):
        submit(world, draft, at)
    choose(world, draft, at)
    session.expire_all()
    if hold is FeeHold.SUBMISSION:
        with pytest.raises(Invalid, match="The fee must be paid before you can submit"):
            submit(world, draft, at)
        pay(world, draft, at)
        session.expire_all()
    assert submit(world, draft, at).submission is Submission.SUBMITTED
    session.expire_all()
    application = session.get(type(draft), draft.id)
    if hold is FeeHold.SCREENING:
        with pytest.raises(Conflict, match="The fee of this application is not settled yet"):
            services.demand_settled(session, application)
        pay(world, draft, at)
        session.expire_all()
    services.demand_settled(session, application)


@pytest.mark.parametrize("is_granted", [True, False])
def test_a_waiver_is_decided_with_its_reason(session, world, fee, draft, at, is_granted):
    fee.hold = FeeHold.SUBMISSION
    session.flush()
    asked = choose(world, draft, at, ground_id=fee.grounds[0].id, note="The letter is among my documents.")
    assert (asked.state, asked.ground) == (
        FeeState.WAIVER_ASKED,
        "You receive public assistance (Civil Service Law 50(5)(b))",
    )
    session.expire_all()
    submit(world, draft, at)
    entry = decide(world, draft, at, is_granted)
    assert entry.act is (FeeAct.WAIVER if is_granted else FeeAct.REFUSAL)
    session.expire_all()
    kept = session.get(ApplicationFee, draft.id)
    assert (kept.state, kept.settled_at) == ((FeeState.WAIVED, at) if is_granted else (FeeState.DUE, None))
    expected = "Your fee is waived" if is_granted else "Your fee is not waived"
    assert expected in [mail["subject"] for mail in mails(session)]
    with pytest.raises(Conflict, match="nothing to decide"):
        decide(world, draft, at, is_granted)


def test_what_was_recorded_wrongly_is_taken_back_and_stays_to_be_read(session, world, draft, at):
    choose(world, draft, at)
    pay(world, draft, at)
    with transaction() as opened:
        services.reverse(
            opened, application_id=draft.id, reason="Another person's slip.", actor=world.staff, at=at
        )
    assert pay(world, draft, at).number is not None
    session.expire_all()
    fee = services.queries.find_fee(session, draft.id)
    assert sorted(entry.act.value for entry in fee.entries) == ["payment", "payment", "reversal"]


def test_nobody_records_their_own_fee_or_anothers_agency(session, world, fee, at):
    own = make_application(session, posting_id=world.posting.id, account_id=world.officer.id)
    with transaction() as opened:
        choosing.choose(opened, application_id=own.id, ground_id="", note="", actor=world.staff, at=at)
    with pytest.raises(Conflict, match="your own application"):
        pay(world, own, at)
    with pytest.raises(NotFound), transaction() as opened:
        services.record_payment(opened, application_id=own.id, reference="x", actor=world.actor, at=at)


def test_a_ground_of_another_vacancy_is_no_ground(session, world, draft, at):
    other = make_posting(session, agency_id=world.agency.id)
    foreign = make_fee(session, other)
    with pytest.raises(Invalid):
        choose(world, draft, at, ground_id=foreign.grounds[0].id)


def test_a_person_chooses_gets_a_slip_and_sees_what_was_recorded(session, world, client, fee, draft, at):
    ada = sign_in(client, world.ada)
    place = f"/my/applications/{draft.id}/fee"
    assert "Applying for this vacancy costs $40.00." in ada.get(place).text
    assert ada.post(place, data={"proceed": "y"}).status_code == 422
    answer = ada.post(place, data={"ground": "pay", "proceed": "y"})
    assert answer.location == f"/my/applications/{draft.id}/review"
    text = ada.get(f"{place}/slip").text
    assert "Bring this slip, or its number, and pay $40.00." in text
    assert "Cash desk, 1 Main Street" in text
    pay(world, draft, at)
    assert "What the office recorded" in ada.get(f"{place}/slip").text
    assert ada.post(place, data={"ground": "pay", "proceed": "y"}).status_code == 303


def test_an_officer_finds_a_slip_records_and_takes_back(session, world, client, draft, at):
    slip = choose(world, draft, at).slip_number
    officer = sign_in(client, world.officer)
    assert slip in officer.get(f"/staff/fees?number={slip.lower().replace('-', ' ')}").text
    assert "There is no such fee" in officer.get("/staff/fees?number=nonsense").text
    one = f"/staff/fees/{draft.id}"
    assert "Record a payment" in officer.get(one).text
    assert officer.post(f"{one}/payment", data={"reference": "CB 1"}).location == one
    assert "cash book CB 1" in officer.get(one).text
    assert officer.post(f"{one}/payment", data={"reference": "CB 1"}).status_code == 422
    assert officer.get(f"{one}/waiver").status_code == 200
    assert officer.post(f"{one}/reverse", data={"reason": "Wrong slip."}).location == one
    session.expire_all()
    assert session.get(ApplicationFee, draft.id).state is FeeState.DUE


def test_other_agencies_and_applicants_see_no_fees(session, world, client, draft, at):
    choose(world, draft, at)
    assert sign_in(client, world.ada).get("/staff/fees").status_code == 403
    stranger = make_account(session)
    assert sign_in(client, stranger).get(f"/my/applications/{draft.id}/fee").status_code == 404


DECLARED = {
    "has_fee": "y",
    "currency": "USD",
    "amount_minor": "40.00",
    "authority": "Civil Service Law 50(5)",
    "where_to_pay": "Cash desk",
    "hold": "submission",
    "grounds": "Public assistance | CSL 50(5)(b) | A letter\nUnemployed | CSL 50(5)(b) | A letter",
}


def test_a_fee_is_declared_with_its_grounds_changed_and_dropped(session, world, client):
    posting = make_posting(session, agency_id=world.agency.id, state=PostingState.DRAFT)
    officer = sign_in(client, world.officer)
    place = f"/staff/postings/{posting.id}/fee"
    assert officer.post(place, data=DECLARED).location == f"/staff/postings/{posting.id}"
    session.expire_all()
    fee = session.get(PostingFee, posting.id)
    assert (fee.amount_minor, fee.currency, fee.hold) == (4000, "USD", FeeHold.SUBMISSION)
    assert "Public assistance | CSL 50(5)(b) | A letter" in officer.get(place).text
    assert officer.post(place, data=DECLARED | {"grounds": ""}).status_code == 303
    assert officer.post(place, data={"submit": "y"}).status_code == 303
    session.expire_all()
    assert session.get(PostingFee, posting.id) is None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"grounds": "Public assistance | CSL"}, "Write each line as: the ground | the law | the paper"),
        ({"authority": ""}, "Enter the law that sets the fee"),
        ({"amount_minor": "-1"}, "Fee must be"),
        ({"hold": ""}, "Select what an unpaid fee holds up"),
    ],
)
def test_a_fee_without_its_law_is_refused(session, world, client, change, sentence):
    posting = make_posting(session, agency_id=world.agency.id, state=PostingState.DRAFT)
    answer = sign_in(client, world.officer).post(f"/staff/postings/{posting.id}/fee", data=DECLARED | change)
    assert answer.status_code == 422
    assert sentence in answer.text
