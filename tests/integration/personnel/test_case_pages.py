"""The pages of a case: what each person reads and may press, what bad input is told, who opened the file."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.accounts.roles import Role
from app.personnel.case_files.models import CaseFile
from app.personnel.decisions.models import Decision
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.states import CaseState
from app.personnel.penalty_factors.models import PenaltyFactor, Stage
from app.personnel.replies.models import MoreTime, Reply, Representative
from app.platform import clock
from app.platform.locales import write_date
from tests.conftest import sign_in
from tests.factories.accounts import make_actor, make_agency
from tests.factories.discipline import answer_factors, deliver_case, lead
from tests.factories.files import make_pdf
from tests.factories.personnel import make_appointment, make_case, make_employee, make_position


@pytest.fixture
def agency(session):
    return make_agency(session, name="Records Commission", time_zone="UTC")


@pytest.fixture
def proposer(session, agency):
    return make_actor(session, name="Luis Ortega", roles=[(Role.SUPERVISOR, agency.id)])


@pytest.fixture
def decider(session, agency):
    return make_actor(session, name="Helen Marsh", roles=[(Role.HR_OFFICER, agency.id)])


@pytest.fixture
def own(session):
    return make_actor(session, name="Dana Okafor")


@pytest.fixture
def employee(session, agency, own, proposer):
    employee = make_employee(session, agency=agency, name="Dana Okafor", account_id=own.id)
    make_appointment(session, position=make_position(session, agency=agency), employee=employee)
    lead(session, boss=proposer, employee=employee)
    return employee


@pytest.fixture
def fresh(session, employee, proposer, decider):
    """A removal whose notice was delivered yesterday."""
    at = clock.now() - dt.timedelta(days=1)
    return deliver_case(session, employee=employee, proposer=proposer, decider=decider, proposed_at=at)


@pytest.fixture
def ripe(session, employee, proposer, decider):
    """A removal whose notice has run."""
    at = clock.now() - dt.timedelta(days=40)
    return deliver_case(session, employee=employee, proposer=proposer, decider=decider, proposed_at=at)


def enter(client, session, actor):
    sign_in(client, session.get(Account, actor.id))


def day(on: dt.date) -> str:
    return on.isoformat()


def test_the_employee_reads_the_own_case_and_answers_with_a_file(client, session, fresh, own):
    enter(client, session, own)
    assert "Time to answer: 6 days left" in client.get("/my/employment").text
    assert f"/my/cases/{fresh.id}" in client.get("/my/cases").text
    address = f"/my/cases/{fresh.id}"
    page = client.get(address).text
    for words in (
        "6 days left",
        "Absence without leave",
        "Nobody of the office has opened it yet",
        "Weighed: 12.",
    ):
        assert words in page
    empty = client.post(f"{address}/answer", data={"text": "", "title": ""})
    assert (empty.status_code, "Enter your answer" in empty.text) == (422, True)
    wrong = {"text": "I was ill.", "title": "Letter", "file": (io.BytesIO(b"MZ program"), "letter.pdf")}
    refused = client.post(f"{address}/answer", data=wrong)
    assert (refused.status_code, "I was ill." in refused.text) == (422, True)
    good = {"text": "I was ill.", "title": "Letter", "file": (io.BytesIO(make_pdf()), "letter.pdf")}
    assert client.post(f"{address}/answer", data=good).status_code == 303
    file = session.scalars(select(CaseFile)).one()
    assert client.get(f"{address}/files/{file.id}").data.startswith(b"%PDF")
    assert session.scalars(select(Reply.text)).all() == ["I was ill."]
    assert "I was ill." in client.get(address).text


def test_the_employee_names_somebody_and_asks_for_time(client, session, fresh, own, decider):
    enter(client, session, own)
    address = f"/my/cases/{fresh.id}"
    who = {"name": "Rex Holt", "organization": "", "contact": "rex@example.org"}
    assert client.post(f"{address}/representative", data=who | {"name": ""}).status_code == 422
    assert client.post(f"{address}/representative", data=who).status_code == 303
    asked = {"until_on": day(fresh.reply_due_on), "reason": "My doctor is away."}
    refused = client.post(f"{address}/more-time", data=asked)
    assert refused.status_code == 422
    assert f"Choose a day after {write_date(fresh.reply_due_on)}" in refused.text
    asked["until_on"] = day(fresh.reply_due_on + dt.timedelta(days=5))
    assert client.post(f"{address}/more-time", data=asked).status_code == 303
    assert "not answered yet" in client.get(address).text
    enter(client, session, decider)
    office = f"/staff/cases/{fresh.id}"
    assert "The employee asks for more time" in client.get(office).text
    no = client.post(f"{office}/more-time", data={"is_agreed": "no", "answer": ""})
    assert (no.status_code, "Enter why the time is not given" in no.text) == (422, True)
    assert client.post(f"{office}/more-time", data={"is_agreed": "yes", "answer": ""}).status_code == 303
    refusal = {"ground": "conflict_of_interest", "reason": "A witness."}
    assert client.post(f"{office}/representative/refuse", data=refusal | {"ground": "x"}).status_code == 422
    assert client.post(f"{office}/representative/refuse", data=refusal).status_code == 303
    assert client.get(f"{office}/representative/refuse").status_code == 404
    assert client.get(f"{office}/more-time").status_code == 404
    assert session.scalars(select(Representative.refusal)).all() == ["A witness."]
    assert [day(on) for on in session.scalars(select(MoreTime.until_on))] == [asked["until_on"]]


def test_who_opened_the_file_is_shown_to_the_employee(client, session, fresh, own, decider):
    enter(client, session, decider)
    for _ in range(2):
        assert client.get(f"/staff/cases/{fresh.id}").status_code == 200
    enter(client, session, own)
    page = client.get(f"/my/cases/{fresh.id}").text.split("Who opened this file")[1]
    assert page.count("Helen Marsh") == 1


def test_nobody_else_reads_the_own_pages(client, session, fresh, decider):
    for actor in (decider, make_actor(session)):
        enter(client, session, actor)
        for rest in ("", "/answer", "/representative", "/more-time"):
            assert client.get(f"/my/cases/{fresh.id}{rest}").status_code == 404
        assert "There is no case about you." in client.get("/my/cases").text


def test_the_employee_does_not_reach_the_office_s_page(client, session, fresh, own):
    enter(client, session, own)
    assert client.get(f"/staff/cases/{fresh.id}").status_code in (403, 404)


def test_the_office_of_another_agency_finds_nothing(client, session, fresh):
    enter(client, session, make_actor(session, roles=[(Role.HR_OFFICER, make_agency(session).id)]))
    for rest in ("", "/decide", "/carry-out", "/delivery", "/factors", "/heard", "/appeal", "/close"):
        assert client.get(f"/staff/cases/{fresh.id}{rest}").status_code == 404


def ruling(case, **change):
    start = day(clock.now().date())
    return {
        "finding_0": "sustained",
        "finding_1": "not_sustained",
        "action": "removal",
        "days": "",
        "effective_on": start,
        "reasons": "The time sheet shows it.",
    } | change


def test_the_deciding_official_weighs_and_decides_on_the_pages(client, session, ripe, decider):
    enter(client, session, decider)
    address = f"/staff/cases/{ripe.id}"
    assert "Decide the case" in client.get(address).text
    early = client.post(f"{address}/decide", data=ruling(ripe))
    assert (early.status_code, "twelve factors" in early.text) == (422, True)
    answers = {f"weight_{number}": "neutral" for number in range(1, 13)}
    answers |= {f"answer_{number}": f"Thought of {number}." for number in range(1, 13)}
    assert "The proposal says" in client.get(f"{address}/factors/decision").text
    assert client.post(f"{address}/factors/decision", data=answers).status_code == 303
    found = select(PenaltyFactor.id).where(PenaltyFactor.stage == Stage.DECISION)
    assert len(session.scalars(found).all()) == 12
    assert client.post(f"{address}/decide", data=ruling(ripe)).status_code == 303
    page = client.get(address).text
    for words in ("Removal from service", "Sustained.", "Not sustained.", "Carry it out"):
        assert words in page
    assert client.post(f"{address}/decide", data=ruling(ripe)).status_code == 422


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"finding_1": ""}, "is sustained"),
        ({"action": "exile"}, "Select one of the choices on the page"),
        ({"effective_on": ""}, "Enter the day on which it takes effect"),
        ({"effective_on": "2026-02-30"}, "must be a real date"),
        ({"action": "long_suspension", "days": "14"}, "15 to 365 days"),
        ({"action": "removal", "days": "9" * 30}, "Days of suspension must be between"),
        ({"reasons": "a\0b"}, "Reasons contains characters that cannot be saved"),
        ({"finding_0": "not_sustained"}, "No charge is sustained, so no penalty can be imposed"),
    ],
)
def test_a_bad_decision_is_told_and_stores_nothing(client, session, ripe, decider, change, sentence):
    answer_factors(session, case_id=ripe.id, by=decider.id, stage=Stage.DECISION)
    enter(client, session, decider)
    response = client.post(f"/staff/cases/{ripe.id}/decide", data=ruling(ripe, **change))
    assert (response.status_code, sentence in response.text) == (422, True)
    assert session.scalars(select(Decision)).all() == []


def test_a_case_goes_over_the_pages_to_its_appeal_and_end(client, session, ripe, decider, employee):
    answer_factors(session, case_id=ripe.id, by=decider.id, stage=Stage.DECISION)
    enter(client, session, decider)
    address, today = f"/staff/cases/{ripe.id}", day(clock.now().date())
    client.post(f"{address}/decide", data=ruling(ripe))
    assert "Removal from service" in client.get(f"{address}/carry-out").text
    assert client.post(f"{address}/carry-out", data={"grade": "", "pay_minor": ""}).status_code == 303
    early = client.post(f"{address}/close", data={"note": ""})
    assert (early.status_code, "When the decision was delivered is not on record" in early.text) == (
        422,
        True,
    )
    handed = {"way": "in_person", "delivered_by": "Luis Ortega", "proof": "Signed.", "delivered_on": today}
    ahead = handed | {"delivered_on": day(clock.now().date() + dt.timedelta(days=1))}
    refused = client.post(f"{address}/decision-delivery", data=ahead)
    assert (refused.status_code, "must not be after today" in refused.text) == (422, True)
    assert client.post(f"{address}/decision-delivery", data=handed).status_code == 303
    assert client.post(f"{address}/decision-delivery", data=handed).status_code == 422
    early = client.post(f"{address}/close", data={"note": ""})
    assert (early.status_code, "can be contested until" in early.text) == (422, True)
    filed = {"forum": "board", "docket": "NY-27", "filed_on": today}
    assert client.post(f"{address}/appeal", data=filed | {"forum": "court"}).status_code == 422
    assert client.get(f"{address}/appeal/outcome").status_code == 404
    assert client.post(f"{address}/appeal", data=filed).status_code == 303
    outcome = {"outcome": "mitigated", "action": "", "days": "", "decided_on": today, "reasons": "Too heavy."}
    assert client.post(f"{address}/appeal/outcome", data=outcome).status_code == 422
    outcome |= {"action": "long_suspension", "days": "30"}
    assert client.post(f"{address}/appeal/outcome", data=outcome).status_code == 303
    assert "The appeal changed the action" in client.get(address).text
    back = {"effective_on": "", "position_number": "", "remedy": "Paid from the first day on."}
    assert client.post(f"{address}/appeal/remedy", data=back).status_code == 422
    back["effective_on"] = day(clock.now().date() + dt.timedelta(days=2))
    soon = client.post(f"{address}/appeal/remedy", data=back)
    assert (soon.status_code, "The suspension runs until" in soon.text) == (422, True)
    back["effective_on"] = day(clock.now().date() + dt.timedelta(days=31))
    assert client.post(f"{address}/appeal/remedy", data=back | {"position_number": "P-0"}).status_code == 422
    assert client.post(f"{address}/appeal/remedy", data=back).status_code == 303
    assert client.post(f"{address}/close", data={"note": "Done."}).status_code == 303
    assert "kept until" in client.get(address).text
    session.expire_all()
    assert session.get(DisciplinaryCase, ripe.id).state is CaseState.CLOSED


def test_a_draft_gets_its_files_and_its_factors(client, session, employee, proposer, own):
    case = make_case(session, employee=employee, opened_by=proposer.id)
    enter(client, session, proposer)
    address = f"/staff/cases/{case.id}"
    bad = {"title": "Door log", "file": (io.BytesIO(b"MZ"), "log.exe")}
    assert client.post(f"{address}/files/new", data=bad).status_code == 422
    good = {"title": "Door log", "file": (io.BytesIO(make_pdf()), "log.pdf")}
    assert client.post(f"{address}/files/new", data=good).status_code == 303
    again = {"title": "Door log", "file": (io.BytesIO(make_pdf()), "log.pdf")}
    twice = client.post(f"{address}/files/new", data=again)
    assert (twice.status_code, "stands in the case already" in twice.text) == (422, True)
    file = session.scalars(select(CaseFile)).one()
    assert client.get(f"{address}/files/{file.id}").data.startswith(b"%PDF")
    assert "Door log" in client.get(address).text
    assert client.post(f"{address}/factors", data={"weight_1": "heavy"}).status_code == 422
    some = {"weight_1": "mitigating", "answer_1": "A first offense."}
    assert client.post(f"{address}/factors", data=some).status_code == 303
    assert "1 of 12" in client.get(address).text
    assert client.post(f"{address}/files/{file.id}/remove").status_code == 303
    assert client.get(f"{address}/files/{file.id}").status_code == 404
    enter(client, session, own)
    assert client.get(f"/my/cases/{case.id}").status_code == 404


def test_the_delivery_is_recorded_with_its_receipt(client, session, employee, proposer, decider):
    case = make_case(session, employee=employee, opened_by=proposer.id, deciding_official_id=decider.id)
    enter(client, session, proposer)
    address, today = f"/staff/cases/{case.id}", clock.now().date()
    handover = {
        "way": "courier",
        "delivered_by": "City courier",
        "proof": "Receipt 7",
        "delivered_on": day(today),
    }
    early = client.post(f"{address}/delivery", data=handover)
    assert (early.status_code, "Nothing was proposed yet" in early.text) == (422, True)
    assert (
        client.post(
            f"{address}/propose", data={"delivered_on": day(today), "duty_status": "on_duty"}
        ).status_code
        == 303
    )
    wrong = client.post(f"{address}/propose", data={"delivered_on": day(today), "duty_status": "suspended"})
    assert wrong.status_code == 422
    before = handover | {"delivered_on": day(today - dt.timedelta(days=1))}
    refused = client.post(f"{address}/delivery", data=before)
    assert (refused.status_code, "cannot have" in refused.text) == (422, True)
    receipt = handover | {"file": (io.BytesIO(make_pdf()), "receipt.pdf")}
    assert client.post(f"{address}/delivery", data=receipt).status_code == 303
    page = client.get(address).text
    assert "by courier, against signature, by City courier" in page
    assert "Proof of delivery" in page


@pytest.mark.parametrize(("stage", "shown"), [("ready", ["ripe"]), ("reply_runs", []), ("effect_due", [])])
def test_the_list_is_narrowed_by_the_clock(client, session, ripe, decider, stage, shown):
    enter(client, session, decider)
    page = client.get(f"/staff/cases?stage={stage}").text
    assert (f">{ripe.number}</a>" in page) == bool(shown)


def test_the_rulebook_of_an_agency_is_chosen_and_new_cases_follow_it(
    client, session, agency, employee, decider, proposer
):
    enter(client, session, decider)
    address = f"/staff/agencies/{agency.id}/discipline-rule"
    assert client.post(address, data={"name": "wild-west"}).status_code == 422
    assert client.post(address, data={"name": "new-york"}).status_code == 303
    assert "section 75" in client.get(address).text
    draft = {
        "action": "removal",
        "days": "",
        "procedure": "adverse-action",
        "summary": "Late.",
        "penalty_reasons": "Warned.",
        "deciding_official_id": proposer.id,
        "notice_days": "",
        "reply_days": "",
    }
    opening = f"/staff/employees/{employee.id}/cases/new"
    assert client.post(opening, data=draft).status_code == 422
    assert client.post(opening, data=draft | {"procedure": "", "reply_days": "7"}).status_code == 422
    assert client.post(opening, data=draft | {"procedure": ""}).status_code == 303
    case = session.scalars(select(DisciplinaryCase)).one()
    assert (case.regime, case.procedure, case.reply_days, case.notice_days) == (
        "new-york",
        "section-75",
        8,
        9,
    )
    elsewhere = make_agency(session)
    assert client.get(f"/staff/agencies/{elsewhere.id}/discipline-rule").status_code == 403
