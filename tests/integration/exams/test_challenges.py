"""Contested items: grouped, decided by two people, told to all who objected, kept as a version of the key."""

from __future__ import annotations

import datetime as dt
from unittest import mock

import pytest
from sqlalchemy import func, select

from app.accounts.models import Account
from app.exams.challenges import gates, queries, rules, services
from app.exams.challenges.confirm_services import confirm_decisions
from app.exams.challenges.models import Challenge
from app.exams.challenges.states import ChallengeState
from app.exams.corrections import services as corrections
from app.exams.corrections.models import Correction, CorrectionFlag
from app.exams.corrections.states import Consequence
from app.exams.examinations.models import Candidate
from app.exams.keys.queries import find_in_force
from app.exams.merit_lists.models import MeritList
from app.exams.merit_lists.queries import find_published, load_rows
from app.exams.merit_lists.states import ListState
from app.exams.objection_fees import services as fees
from app.exams.objections import services as objections
from app.exams.objections.filing import Point, file_objections
from app.exams.objections.models import Objection
from app.exams.objections.queries import list_letters
from app.exams.objections.states import Claim, ObjectionState
from app.exams.publications.models import Publication
from app.exams.publications.services import send_letters
from app.exams.responses.models import ResponseSheet
from app.exams.responses.queries import find_answers
from app.exams.responses.rules import sheet_digest
from app.exams.selections.services import appoint_name
from app.exams.what_ifs.models import WhatIf
from app.exams.what_ifs.rules import STOPPED
from app.notices.models import Notice
from app.personnel.appointments.states import AppointmentKind
from app.platform import clock
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid, NotFound
from tests.conftest import sign_in
from tests.integration.exams import world as office
from tests.page_checks import named

LATER = office.AT + dt.timedelta(days=6)


@pytest.fixture(autouse=True)
def later(monkeypatch):
    """Let the time to object be over, as far as pages know."""
    monkeypatch.setattr(clock, "now", lambda: LATER)


@pytest.fixture
def world(session):
    return office.prepare(office.make_world(session))


@pytest.fixture
def release(session, world):
    return objections.release_key(
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


def propose(world, item="10", decision="normal", accepted=("B",), *, role="exam_officer", at=LATER, **values):
    given = {"reason": "Page 12 says so."} | values
    return services.propose_decision(
        world.session,
        examination_id=world.exam.id,
        item=item,
        decision=decision,
        accepted=accepted,
        actor=world.actor(role),
        at=at,
        **given,
    )


def confirm(world, *challenges, role="custodian", at=LATER):
    return confirm_decisions(
        world.session,
        examination_id=world.exam.id,
        challenge_ids=[row.id for row in challenges],
        actor=world.actor(role),
        at=at,
    )


def ranks(world, merit_list):
    numbers = {number: name for name, number in world.numbers().items()}
    return {numbers[row["number"]]: row["rank"] for row in load_rows(world.session, merit_list.id)}


@pytest.mark.parametrize(
    ("decision", "accepted", "entry"),
    [
        ("normal", ["B"], {"accepted": ["B"], "treatment": "normal"}),
        ("several", ["C", "A"], {"accepted": ["A", "C"], "treatment": "several"}),
        ("full-credit-all", [], {"accepted": [], "treatment": "full-credit-all"}),
        ("full-credit-answered", [], {"accepted": [], "treatment": "full-credit-answered"}),
        ("neutralised", ["A"], {"accepted": [], "treatment": "neutralised"}),
        ("keep", [], {"accepted": ["A"], "treatment": "normal"}),
    ],
)
def test_a_decision_is_an_entry_of_the_key(decision, accepted, entry):
    before = {"accepted": ["A"], "treatment": "normal"}
    assert rules.entry_of(decision, accepted, before, ["A", "B", "C"]) == entry


@pytest.mark.parametrize(
    ("decision", "accepted", "field"),
    [
        ("normal", ["A", "B"], "accepted"),
        ("normal", [], "accepted"),
        ("several", ["A"], "accepted"),
        ("several", ["A", "Z"], "accepted"),
        ("anything", [], "decision"),
    ],
)
def test_answers_that_do_not_go_with_a_decision_are_refused(decision, accepted, field):
    with pytest.raises(Invalid) as refused:
        rules.entry_of(decision, accepted, {"accepted": ["A"], "treatment": "normal"}, ["A", "B"])
    assert list(refused.value.fields) == [field]


def test_objections_are_grouped_by_item(session, world, release):
    object_to(world, "Ben")
    object_to(world, "Cleo", claim=Claim.WORDING)
    object_to(world, "Dan", "9")
    withdrawn = object_to(world, "Eva", "9")
    objections.withdraw_objection(session, objection_id=withdrawn.id, actor=who(world, "Eva"), at=office.AT)
    found = queries.list_contested(session, world.exam)
    assert [(row.item, row.waiting, row.claims) for row in found] == [
        ("9", 1, {Claim.OTHER_ANSWER: 1}),
        ("10", 2, {Claim.OTHER_ANSWER: 1, Claim.WORDING: 1}),
    ]


def test_two_people_decide_for_everyone_who_objected(session, world, release):
    first, second = object_to(world, "Ben"), object_to(world, "Cleo")
    challenge = propose(world)
    with pytest.raises(Conflict, match="waits for its second person"):
        propose(world)
    with pytest.raises(Conflict, match="time to object is over"):
        confirm(world, challenge, at=office.AT)
    confirm(world, challenge)
    for name in ("Ben", "Cleo"):
        (letter,) = list_letters(session, world.applications[name].id)
        assert letter.context["letter"]["answers"][0]["ruling"] == "Page 12 says so."
    assert {(row.state, row.challenge_id, row.confirmed_by) for row in (first, second)} == {
        (ObjectionState.UPHELD, challenge.id, world.actor("custodian").id)
    }
    key = find_in_force(session, world.exam.id)
    assert (key.version, key.answers["10"], key.proposed_by, key.decided_by) == (
        2,
        {"accepted": ["B"], "treatment": "normal"},
        world.actor("exam_officer").id,
        world.actor("custodian").id,
    )
    assert (challenge.state, challenge.key_version_id, challenge.list_id) == (
        ChallengeState.CONFIRMED,
        key.id,
        None,
    )


def test_a_key_that_stays_makes_no_version(session, world, release):
    objection = object_to(world, "Ben")
    challenge = propose(world, decision="keep", accepted=())
    confirm(world, challenge)
    assert objection.state is ObjectionState.REJECTED
    assert (find_in_force(session, world.exam.id).version, challenge.key_version_id) == (1, None)


def test_several_decisions_make_one_version(session, world, release):
    object_to(world, "Ben")
    object_to(world, "Dan", "9")
    both = propose(world), propose(world, "9", "full-credit-all", ())
    confirm(world, *both)
    key = find_in_force(session, world.exam.id)
    assert key.version == 2
    assert [key.answers[item]["treatment"] for item in ("8", "9", "10")] == [
        "normal",
        "full-credit-all",
        "normal",
    ]


def test_a_decision_can_hold_for_one_series_only(session, world, release):
    object_to(world, "Ben")
    session.scalars(select(Objection)).one().series = "ES"
    session.flush()
    confirm(world, propose(world, series="ES"))
    key = find_in_force(session, world.exam.id)
    assert key.answers["10"] == {
        "accepted": ["A"],
        "treatment": "normal",
        "series": {"ES": {"accepted": ["B"], "treatment": "normal"}},
    }


def test_who_sat_another_series_keeps_the_key(session, world, release):
    numbers = {number: name for name, number in world.numbers().items()}
    sat = {"Ada": "EN", "Ben": "ES", "Cleo": "EN", "Dan": "ES", "Eva": "EN", "Fay": "EN"}
    for sheet, number in session.execute(
        select(ResponseSheet, Candidate.number).join(Candidate, Candidate.id == ResponseSheet.candidate_id)
    ):
        sheet.series = sat[numbers[number]]
        answers = find_answers(session, sheet.candidate_id)
        sheet.digest = sheet_digest(world.exam.number, number, answers, sheet.series)
    session.flush()
    confirm(world, propose(world, series="ES", origin="The Spanish text says something else."))
    with mock.patch.object(office, "AT", LATER):
        merit_list = office.publish(world)
    # Item 10: A is right, in Spanish B. Ben and Dan, who sat in Spanish, chose B.
    assert ranks(world, merit_list) == {"Ada": 1, "Ben": 1, "Cleo": 3, "Dan": 3, "Eva": 5, "Fay": None}


def test_what_is_sent_back_can_be_proposed_anew(session, world, release):
    object_to(world, "Ben")
    challenge = propose(world)
    back = {"challenge_id": challenge.id, "actor": world.actor("custodian"), "at": LATER}
    with pytest.raises(Invalid, match="why the decision goes back"):
        services.return_decision(session, note=" ", **back)
    services.return_decision(session, note="Both are right.", **back)
    assert challenge.state is ChallengeState.RETURNED
    with pytest.raises(Conflict, match="taken meanwhile"):
        confirm(world, challenge)
    again = propose(world, decision="several", accepted=("A", "B"))
    assert again.state is ChallengeState.PROPOSED


def test_nobody_decides_alone_or_in_their_own_cause(session, world, release):
    object_to(world, "Ben")
    with pytest.raises(Conflict, match="a second person"):
        rules.demand_second_person("acc_1", "acc_1")
    officer = world.actor("exam_officer")
    same = Actor(id=who(world, "Ben").id, name="Ben", grants=officer.grants, roles=officer.roles)
    with pytest.raises(Conflict, match="objected to this question yourself"):
        services.propose_decision(
            session,
            examination_id=world.exam.id,
            item="10",
            decision="keep",
            reason="Mine.",
            actor=same,
            at=LATER,
        )


def test_without_objections_a_decision_says_what_led_to_it(world, release):
    with pytest.raises(Invalid) as refused:
        propose(world)
    assert list(refused.value.fields) == ["origin"]
    assert propose(world, origin="Judgment of 3 November 2026, 12/26.").origin
    with pytest.raises(NotFound):
        propose(world, "99")
    with pytest.raises(Invalid, match="says already"):
        propose(world, "9", "normal", ("A",), origin="Judgment.")


def test_open_challenges_hold_the_list(session, world, release):
    told = [block.sentence for block in gates.undecided(session, world.exam, office.AT)]
    assert told == ["Candidates may still object to the provisional key."]
    with pytest.raises(Conflict, match="may still object"):
        office.draft(world)
    object_to(world, "Ben")
    with mock.patch.object(office, "AT", LATER), pytest.raises(Conflict, match="1 question objected to"):
        office.draft(world)
    challenge = propose(world)
    confirm(world, challenge)
    assert gates.undecided(session, world.exam, LATER) == []


def test_a_decision_after_publication_corrects_the_list_at_once(session, world, release):
    object_to(world, "Ben")
    published = publish_anyway(world)
    certificate = office.certify(world, published)
    assert ranks(world, published) == {"Ada": 1, "Ben": 2, "Cleo": 2, "Dan": 4, "Eva": 5, "Fay": None}
    challenge = propose(world)
    confirm(world, challenge)
    corrected = find_published(session, world.exam.id)
    assert (corrected.version, corrected.id, corrected.seed) == (2, challenge.list_id, published.seed)
    assert published.state is ListState.SUPERSEDED
    assert (corrected.drafted_by, corrected.approved_by) == (
        world.actor("exam_officer").id,
        world.actor("custodian").id,
    )
    # Only Ada had A at item 10: with B she loses it and everybody else gains it.
    assert ranks(world, corrected) == {"Ben": 1, "Cleo": 1, "Ada": 3, "Dan": 3, "Eva": 5, "Fay": 6} | {
        "Fay": None
    }
    correction = session.scalars(select(Correction)).one()
    assert correction.figures == {
        "people": 6,
        "scores": 6,
        "ranks": 4,
        "now_pass": 0,
        "now_fail": 0,
        "passed_before": 5,
        "passed_after": 5,
    }
    letters = letters_of(world, corrected)
    told = {row.recipient_name: row.context["letter"]["correction"] for row in letters}
    assert set(told) == set(world.applications)
    assert told["Ada"] == {
        "reason": "Question 10: Page 12 says so.",
        "score_before": "100.000",
        "rank_before": 1,
        "size_before": 5,
        "is_changed": True,
    }
    flags = session.scalars(select(CorrectionFlag)).all()
    assert [flag.certificate_id for flag in flags] == [certificate.id]


def letters_of(world, merit_list):
    """Send the letters of a list, and give what each says of the correction, by name."""
    publication = world.session.scalars(select(Publication).where(Publication.list_id == merit_list.id)).one()
    after = send_letters(world.session, publication_id=publication.id, at=LATER)
    while after is not None:
        after = send_letters(world.session, publication_id=publication.id, at=LATER, after=after)
    return world.session.scalars(
        select(Notice).where(Notice.key.startswith(f"result:{merit_list.id}:"))
    ).all()


def publish_anyway(world):
    """Publish before the objections are decided: as a list of before, or by a gate that failed."""
    rows = world.session.scalars(select(Objection)).all()
    for row in rows:
        row.state = ObjectionState.WITHDRAWN
    world.session.flush()
    with mock.patch.object(office, "AT", LATER):
        merit_list = office.publish(world)
    for row in rows:
        row.state = ObjectionState.FILED
    world.session.flush()
    return merit_list


def test_nothing_is_half_done_when_a_correction_fails(session, world, release, monkeypatch):
    object_to(world, "Ben")
    published = publish_anyway(world)
    challenge = propose(world)

    def fail(*_args, **_values):
        raise Conflict("The letters cannot be promised.")

    monkeypatch.setattr("app.exams.merit_lists.services.begin_publication", fail)
    with pytest.raises(Conflict, match="letters cannot"), session.begin_nested():
        confirm(world, challenge)
    session.expire_all()
    assert find_in_force(session, world.exam.id).version == 1
    assert find_published(session, world.exam.id).id == published.id
    assert session.scalar(select(func.count()).select_from(MeritList)) == 1
    assert session.get(Challenge, challenge.id).state is ChallengeState.PROPOSED


def test_who_keeps_score_and_rank_is_told_so(session, world, release):
    published = publish_anyway(world)
    confirm(world, propose(world, "1", "several", ("A", "C"), origin="Judgment 12/26."))
    corrected = find_published(session, world.exam.id)
    assert ranks(world, corrected) == ranks(world, published)
    rows = letters_of(world, corrected)
    assert {row.context["letter"]["correction"]["is_changed"] for row in rows} == {False}
    assert rows[0].title.startswith("The list was corrected, your result stays")
    assert session.scalars(select(CorrectionFlag)).all() == []


def test_what_follows_of_a_flag_is_decided_with_a_reason(session, world, release):
    object_to(world, "Ben")
    office.certify(world, publish_anyway(world))
    confirm(world, propose(world))
    flag = session.scalars(select(CorrectionFlag)).one()
    decide = {"flag_id": flag.id, "consequence": Consequence.STANDS, "actor": world.actor("hr_officer")}
    with pytest.raises(Invalid, match="Enter the reason"):
        corrections.decide_flag(session, reason="", at=LATER, **decide)
    corrections.decide_flag(session, reason="Nobody was selected yet.", at=LATER, **decide)
    with pytest.raises(Conflict, match="decided before"):
        corrections.decide_flag(session, reason="Again.", at=LATER, **decide)


def test_an_appointment_that_a_correction_touches_says_so_on_its_page(session, client, world, release):
    object_to(world, "Ben")
    certificate = office.certify(world, publish_anyway(world))
    ada = next(row for row in certificate.entries if row.entry.candidate.number == world.numbers()["Ada"])
    appointment = appoint_name(
        session,
        certificate_id=certificate.id,
        entry_id=ada.id,
        position_id=world.positions[0].id,
        starts_on=LATER.date(),
        kind=AppointmentKind.PROBATIONAL,
        actor=world.actor("authority"),
        at=LATER,
    )
    session.flush()
    sign_in(client, world.accounts["hr_officer"])
    path = f"/staff/appointments/{appointment.id}"
    assert "Touched by a correction" not in client.get(path).text
    confirm(world, propose(world))
    session.flush()
    number = world.numbers()["Ada"]
    page = client.get(path).text
    assert "To be decided" in page
    assert f"Candidate {number}: rank 1 before, 3 now." in page
    flag = session.scalars(select(CorrectionFlag).where(CorrectionFlag.certificate_entry_id == ada.id)).one()
    corrections.decide_flag(
        session,
        flag_id=flag.id,
        consequence=Consequence.STANDS,
        reason="She would have been in reach as well.",
        actor=world.actor("hr_officer"),
        at=LATER,
    )
    session.flush()
    page = client.get(path).text
    assert "To be decided" not in page
    assert "She would have been in reach as well." in page


def test_the_pages_of_a_challenge(session, client, world, release, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: LATER)
    object_to(world, "Ben")
    certificate = office.certify(world, publish_anyway(world))
    place = f"/staff/examinations/{world.exam.id}/challenges"
    sign_in(client, world.accounts["exam_officer"])
    assert "To decide" in client.get(place).text
    assert not named(client.get(f"{place}/items/10").text, "Ben")
    assert client.get(f"{place}/items/99").status_code == 404
    form = f"{place}/items/10/propose"
    assert client.get(form).status_code == 200
    assert client.post(form, data={"try_out": "y"}).status_code == 422
    assert client.post(form, data={"decision": "normal", "try_out": "y"}).status_code == 422
    given = {"decision": "normal", "accepted": ["B"], "reason": "", "origin": ""}
    tried = client.post(form, data=given | {"try_out": "y"})
    assert (tried.status_code, session.scalar(select(func.count()).select_from(Challenge))) == (303, 0)
    what_if = session.scalars(select(WhatIf)).one()
    assert what_if.result["figures"]["ranks"] == 4
    page = client.get(f"/staff/what-ifs/{what_if.id}").text
    assert "This is no list" in page
    assert certificate.number in page
    assert STOPPED in page
    stopped = [row for row in what_if.result["certificates"] if row["sentences"] == [STOPPED]]
    assert [row["certificate_id"] for row in stopped] == [certificate.id]
    found = client.get(f"/staff/what-ifs/{what_if.id}?candidate={world.numbers()['Ada']}").text
    assert "rank 1 to 3" in found
    assert "Nothing would change" in client.get(f"/staff/what-ifs/{what_if.id}?candidate=none").text
    assert client.get(f"/staff/what-ifs/{what_if.id}?candidate=%00").status_code == 200
    assert client.get(f"/staff/what-ifs/{what_if.id}/people.csv").text.startswith("candidate,rank_before")
    assert client.post(form, data=given | {"submit": "y"}).status_code == 422
    proposed = client.post(form, data=given | {"reason": "So it is.", "submit": "y"})
    assert proposed.status_code == 303
    challenge = session.scalars(select(Challenge)).one()
    assert "You proposed this decision" in client.get(f"/staff/challenges/{challenge.id}").text
    sign_in(client, world.accounts["custodian"])
    assert client.get(f"/staff/challenges/{challenge.id}/send-back").status_code == 200
    assert "This corrects a published list" in client.get(f"{place}/confirm").text
    assert client.post(f"{place}/confirm", data={}).status_code == 422
    done = client.post(f"{place}/confirm", data={"chosen": challenge.id})
    assert done.status_code == 303
    assert "What the correction moved" in client.get(done.location).text
    sign_in(client, world.accounts["hr_officer"])
    flag = session.scalars(select(CorrectionFlag)).one()
    assert "Touched by a correction" in client.get(f"/staff/certificates/{certificate.id}").text
    decide = f"/staff/correction-flags/{flag.id}/decide"
    assert client.get(decide).status_code == 200
    assert client.post(decide, data={"consequence": "stands", "reason": ""}).status_code == 422
    assert client.post(decide, data={"consequence": "stands", "reason": "So."}).status_code == 303
    ben = session.get(Account, world.applications["Ben"].account_id)
    sign_in(client, ben)
    assert "So it is." in client.get(f"/my/applications/{world.applications['Ben'].id}/sheet").text


def answers_of(world, name):
    application_id = world.applications[name].id
    letters = list_letters(world.session, application_id)
    return [
        [(row["item"], row["outcome"], row["fee"]) for row in letter.context["letter"]["answers"]]
        for letter in reversed(letters)
    ]


def object_to_several(world, name, *items):
    points = [Point(item, Claim.OTHER_ANSWER, f"Smith, page {item}.") for item in items]
    file_objections(
        world.session,
        application_id=world.applications[name].id,
        points=points,
        actor=who(world, name),
        at=office.AT,
    )
    return objections.queries.list_own(
        world.session, world.session.scalars(select(Objection.candidate_id)).first()
    )


def test_one_letter_answers_all_that_was_sent_together_when_the_last_is_decided(session, world, release):
    object_to_several(world, "Ben", "10", "3", "5")
    confirm(world, propose(world, "10"))
    assert answers_of(world, "Ben") == []
    confirm(world, propose(world, "3", "keep", ()), propose(world, "5", "keep", ()))
    assert answers_of(world, "Ben") == [
        [("3", "rejected", None), ("5", "rejected", None), ("10", "upheld", None)]
    ]


def test_withdrawing_the_last_that_waits_brings_the_letter(session, world, release):
    own = object_to_several(world, "Ben", "10", "3")
    confirm(world, propose(world, "10"))
    assert answers_of(world, "Ben") == []
    objections.withdraw_objection(session, objection_id=own["3"].id, actor=who(world, "Ben"), at=LATER)
    assert answers_of(world, "Ben") == [[("3", "withdrawn", None), ("10", "upheld", None)]]


def test_an_unpaid_objection_is_named_and_answered_by_a_letter_of_its_own(session, world):
    terms = {
        "amount_minor": 1500,
        "currency": "USD",
        "authority": "Examination Rules 12",
        "where_to_pay": "Cashier",
        "grounds": "",
    }
    objections.release_key(
        session,
        examination_id=world.exam.id,
        days=5,
        terms=terms,
        actor=world.actor("exam_officer"),
        at=office.AT,
    )
    own = object_to_several(world, "Ben", "10", "3")
    pay = {"actor": world.actor("hr_officer"), "at": office.AT, "reference": "K 1"}
    fees.record_payment(session, objection_id=own["10"].id, **pay)
    confirm(world, propose(world, "10"))
    first = [("3", "unsettled", "Not paid"), ("10", "upheld", "To be given back")]
    assert answers_of(world, "Ben") == [first]
    fees.record_payment(session, objection_id=own["3"].id, **pay)
    confirm(world, propose(world, "3", "keep", ()))
    second = [("3", "rejected", "Paid"), ("10", "upheld", "To be given back")]
    assert answers_of(world, "Ben") == [first, second]
