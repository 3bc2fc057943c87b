"""A disciplinary case: drafted, proposed with its notice by one person, decided by another, seen by few."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from app.accounts.roles import PERMISSIONS, Role
from app.notices.models import Notice
from app.personnel.discipline import queries, services
from app.personnel.discipline.models import Charge, DisciplinaryCase, DisciplineRegime
from app.personnel.discipline.rules import propose
from app.personnel.discipline.services import ChargeValues, Draft
from app.personnel.discipline.states import Action, CaseState, DutyStatus
from app.platform.actors import Grant
from app.platform.audit import AuditEvent
from app.platform.db import transaction
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from tests.conftest import count_queries, sign_in
from tests.factories.accounts import make_account, make_actor, make_agency
from tests.factories.discipline import answer_factors, lead
from tests.factories.personnel import make_appointment, make_case, make_charge, make_employee, make_position

TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def agency(session):
    return make_agency(session, name="Records Commission", address="31 Chambers Street\nNew York, NY 10007")


@pytest.fixture
def proposer(session, agency):
    return make_actor(session, name="Luis Ortega", roles=[(Role.SUPERVISOR, agency.id)])


@pytest.fixture
def decider(session, agency):
    return make_actor(session, name="Helen Marsh", roles=[(Role.HR_OFFICER, agency.id)])


@pytest.fixture
def employee(session, agency, proposer):
    account = make_account(session)
    employee = make_employee(session, agency=agency, name="Dana Okafor", account_id=account.id)
    make_appointment(
        session, position=make_position(session, agency=agency, title="Clerk"), employee=employee
    )
    lead(session, boss=proposer, employee=employee)
    return employee


def draft(decider, action=Action.LONG_SUSPENSION, days=21, **values):
    return Draft(
        **{
            "proposal": propose(action, days),
            "summary": "Two absences.",
            "penalty_reasons": "You were warned in June.\n\nYour years of service were weighed.",
            "deciding_official_id": decider.id,
        }
        | values
    )


CHARGE = ChargeValues(
    "Absence without leave", "On 12 October you were absent.\nOn 19 October too.", "Time sheet\nStatement"
)


def run(act, **values):
    with transaction() as opened:
        return act(opened, **values)


@pytest.fixture
def case(session, employee, proposer, decider, at):
    """A draft with one charge, opened by the supervisor, to be decided by the HR officer."""
    made = run(services.open_case, employee_id=employee.id, draft=draft(decider), actor=proposer, at=at)
    run(services.add_charge, case_id=made.id, values=CHARGE, actor=proposer, at=at)
    answer_factors(session, case_id=made.id, by=proposer.id)
    session.expire_all()
    return session.get(DisciplinaryCase, made.id)


def test_a_draft_is_opened_under_the_least_days_of_the_law(case, employee, agency, proposer, decider, at):
    assert {
        name: getattr(case, name)
        for name in (
            "number",
            "employee_id",
            "agency_id",
            "action",
            "days",
            "state",
            "notice_days",
            "reply_days",
        )
    } == {
        "number": "D-2026-000001-2",
        "employee_id": employee.id,
        "agency_id": agency.id,
        "action": Action.LONG_SUSPENSION,
        "days": 21,
        "state": CaseState.DRAFT,
        "notice_days": 30,
        "reply_days": 7,
    }
    assert (case.opened_by, case.opened_at, case.deciding_official_id) == (proposer.id, at, decider.id)
    assert (case.proposed_by, case.notice_id) == (None, None)


def test_a_proposal_fixes_the_dates_and_promises_the_notice_at_once(session, case, proposer, decider, at):
    run(
        services.propose_action,
        case_id=case.id,
        delivered_on=dt.date(2026, 11, 22),
        duty_status=DutyStatus.NOTICE_LEAVE,
        actor=proposer,
        at=at,
    )
    session.expire_all()
    [notice] = session.scalars(select(Notice)).all()
    assert (case.state, case.proposed_by, case.proposed_at) == (CaseState.PROPOSED, proposer.id, at)
    assert (case.delivered_on, case.reply_due_on, case.effective_from_on) == (
        dt.date(2026, 11, 22),
        dt.date(2026, 11, 29),
        dt.date(2026, 12, 22),
    )
    assert case.notice_id == notice.id
    assert (notice.template, notice.subject, notice.recipient_name) == (
        "proposed_action",
        case.id,
        "Dana Okafor",
    )
    letter = notice.context["letter"]
    assert letter["reply_until"] == {"at": "2026-11-30T04:59:00Z", "zone": "America/New_York"}
    official = {"name": "Helen Marsh", "title": "HR officer"}
    assert {name: letter[name] for name in letter if name not in ("reply_until", "contact", "reply_to")} == {
        "signed_by": {"name": "Luis Ortega", "title": "Supervisor"},
        "action": "suspension without pay for 21 calendar days",
        "position_title": "Clerk",
        "unit": "Records Commission",
        "law": "5 U.S.C. 7513(b) and 5 CFR 752.404",
        "delivered_on": "2026-11-22",
        "effective_from": "2026-12-22",
        "shorter_notice_reason": None,
        "charges": [
            {
                "title": "Absence without leave",
                "specifications": ["On 12 October you were absent.", "On 19 October too."],
            }
        ],
        "penalty_reasons": ["You were warned in June.", "Your years of service were weighed."],
        "evidence": ["Time sheet", "Statement"],
        "evidence_place": "You find it at the human resources office of Records Commission, "
        "31 Chambers Street, New York, NY 10007, on working days.",
        "official_time_hours": 8,
        "deciding_official": official,
        "duty_status": "You are on paid leave, and need not report for duty, while this notice runs.",
    }
    actions = session.scalars(
        select(AuditEvent.action).where(AuditEvent.subject == case.id).order_by(AuditEvent.index)
    ).all()
    assert actions == [f"personnel.discipline.{act}" for act in ("open", "add_charge", "propose")]


@pytest.mark.parametrize(
    ("action", "days", "effective", "law"),
    [
        (Action.REPRIMAND, None, "2026-11-28", "the agency's rules on written reprimands"),
        (Action.SUSPENSION, 14, "2026-11-28", "5 U.S.C. 7503(b) and 5 CFR 752.203"),
        (Action.LONG_SUSPENSION, 15, "2026-12-20", "5 U.S.C. 7513(b) and 5 CFR 752.404"),
        (Action.DEMOTION, None, "2026-12-20", "5 U.S.C. 7513(b) and 5 CFR 752.404"),
        (Action.REMOVAL, None, "2026-12-20", "5 U.S.C. 7513(b) and 5 CFR 752.404"),
    ],
)
def test_each_action_runs_its_own_procedure_to_a_rendered_notice(
    session, employee, proposer, decider, at, run_jobs, outbox, action, days, effective, law
):
    made = run(
        services.open_case, employee_id=employee.id, draft=draft(decider, action, days), actor=proposer, at=at
    )
    run(services.add_charge, case_id=made.id, values=CHARGE, actor=proposer, at=at)
    answer_factors(session, case_id=made.id, by=proposer.id)
    propose_it(made, proposer, at)
    run_jobs()
    session.expire_all()
    [notice] = session.scalars(select(Notice)).all()
    assert notice.pdf_digest
    letter = notice.context["letter"]
    assert (letter["effective_from"], letter["law"]) == (effective, law)
    assert (letter["shorter_notice_reason"] is None) == (effective == "2026-12-20")


def propose_it(case, actor, at, delivered_on=TODAY):
    return run(
        services.propose_action,
        case_id=case.id,
        delivered_on=delivered_on,
        duty_status=DutyStatus.ON_DUTY,
        actor=actor,
        at=at,
    )


def test_who_decides_does_not_propose(session, case, decider, at):
    with pytest.raises(Invalid) as refused:
        propose_it(case, decider, at)
    assert set(refused.value.fields) == {"deciding_official_id"}
    session.expire_all()
    assert case.state is CaseState.DRAFT
    assert session.scalars(select(Notice)).all() == []


def test_who_decides_does_not_write_the_draft(session, case, decider, proposer, at):
    with pytest.raises(Conflict, match="somebody else has to write"):
        run(services.add_charge, case_id=case.id, values=CHARGE, actor=decider, at=at)
    with pytest.raises(Conflict, match="somebody else has to write"):
        run(services.edit_case, case_id=case.id, draft=draft(proposer), actor=decider, at=at)


def test_who_opens_or_is_accused_or_stands_outside_does_not_decide(session, agency, employee, proposer, at):
    outsider = make_actor(session, roles=[(Role.HR_OFFICER, make_agency(session).id)])
    exam_officer = make_actor(session, roles=[(Role.EXAM_OFFICER, agency.id)])
    accused = make_account(session, roles=[(Role.SUPERVISOR, agency.id)])
    employee.account_id = accused.id
    session.flush()
    for official in (proposer, outsider, exam_officer, accused):
        with pytest.raises(Invalid) as refused:
            run(services.open_case, employee_id=employee.id, draft=draft(official), actor=proposer, at=at)
        assert set(refused.value.fields) == {"deciding_official_id"}


def test_nothing_is_proposed_without_a_charge_or_a_position(session, case, employee, proposer, at):
    [charge] = session.scalars(select(Charge)).all()
    run(services.remove_charge, case_id=case.id, charge_id=charge.id, actor=proposer, at=at)
    with pytest.raises(Conflict, match="Add at least one charge"):
        propose_it(case, proposer, at)
    run(services.add_charge, case_id=case.id, values=CHARGE, actor=proposer, at=at)
    position = queries.find_position(session, employee.id)
    position.incumbent_id = None
    session.flush()
    with pytest.raises(Conflict, match="holds no position now"):
        propose_it(case, proposer, at)


@pytest.mark.parametrize("day", [dt.date(2026, 11, 19), dt.date(2026, 12, 5)])
def test_a_delivery_in_the_past_or_far_ahead_is_refused(case, proposer, at, day):
    with pytest.raises(Invalid) as refused:
        propose_it(case, proposer, at, delivered_on=day)
    assert set(refused.value.fields) == {"delivered_on"}


def test_once_proposed_nothing_changes_but_a_withdrawal(session, case, proposer, decider, at):
    [charge] = session.scalars(select(Charge)).all()
    propose_it(case, proposer, at)
    acts = [
        (services.edit_case, {"draft": draft(decider)}),
        (services.add_charge, {"values": CHARGE}),
        (services.edit_charge, {"charge_id": charge.id, "values": CHARGE}),
        (services.remove_charge, {"charge_id": charge.id}),
        (services.propose_action, {"delivered_on": TODAY, "duty_status": DutyStatus.ON_DUTY}),
    ]
    for act, values in acts:
        with pytest.raises(Conflict):
            run(act, case_id=case.id, actor=proposer, at=at, **values)
    run(services.withdraw_case, case_id=case.id, reason="New facts.", actor=proposer, at=at)
    session.expire_all()
    assert (case.state, case.withdrawal_reason, case.withdrawn_at) == (CaseState.WITHDRAWN, "New facts.", at)
    with pytest.raises(Conflict):
        run(services.withdraw_case, case_id=case.id, reason="Again.", actor=proposer, at=at)


def test_a_charge_is_changed_and_its_place_is_kept(session, case, proposer, at):
    run(services.add_charge, case_id=case.id, values=CHARGE, actor=proposer, at=at)
    first, second = session.scalars(select(Charge).order_by(Charge.position)).all()
    changed = ChargeValues("Lateness", "On 2 November.", "Door log")
    run(services.edit_charge, case_id=case.id, charge_id=second.id, values=changed, actor=proposer, at=at)
    run(services.remove_charge, case_id=case.id, charge_id=first.id, actor=proposer, at=at)
    run(services.add_charge, case_id=case.id, values=CHARGE, actor=proposer, at=at)
    session.expire_all()
    found = session.execute(select(Charge.position, Charge.label).order_by(Charge.position)).all()
    assert [tuple(row) for row in found] == [(2, "Lateness"), (3, "Absence without leave")]


def test_a_charge_of_another_case_is_not_found(session, case, proposer, at):
    other = make_charge(session, case=make_case(session, charges=0))
    with pytest.raises(NotFound):
        run(services.remove_charge, case_id=case.id, charge_id=other.id, actor=proposer, at=at)


def test_two_first_choices_of_a_rulebook_at_once_are_explained(session, agency, proposer, at):
    row = {"agency_id": agency.id, "name": "federal", "set_by": proposer.id, "set_at": at}
    session.add(DisciplineRegime(**row))
    session.flush()
    session.expunge_all()
    with pytest.raises(Invalid) as refused, transaction() as opened:
        opened.add(DisciplineRegime(**row))
    assert list(refused.value.fields) == ["name"]


def test_only_two_roles_hold_any_permission_on_cases():
    holders = {
        role
        for role, patterns in PERMISSIONS.items()
        for pattern in patterns
        if Grant(pattern, None).covers("personnel.discipline.show") or "discipline" in pattern
    }
    assert holders == {Role.HR_OFFICER, Role.SUPERVISOR}


def test_a_case_is_seen_by_its_agency_s_officers_and_its_deciding_official(session, case, agency, at):
    elsewhere = make_agency(session)
    near = make_actor(session, roles=[(Role.HR_OFFICER, agency.id)])
    far = make_actor(session, roles=[(Role.HR_OFFICER, elsewhere.id)])
    moved = make_actor(session, roles=[(Role.HR_OFFICER, elsewhere.id)])
    mine = make_case(session, employee=make_employee(session, agency=agency), deciding_official_id=moved.id)
    assert queries.get_case(session, case.id, near).id == case.id
    assert queries.get_case(session, mine.id, moved).id == mine.id
    for actor, hidden in ((far, case), (far, mine), (moved, case)):
        with pytest.raises(NotFound):
            queries.get_case(session, hidden.id, actor)
    with pytest.raises(Forbidden):
        propose_it(mine, moved, at)


def test_only_people_who_may_read_cases_are_offered_to_decide(session, agency, proposer, decider):
    make_actor(session, roles=[(Role.AUDITOR, agency.id)])
    make_actor(session, roles=[(Role.HR_OFFICER, make_agency(session).id)])
    everywhere = make_actor(session, name="Aki Mori", roles=[(Role.HR_OFFICER, None)])
    assert queries.list_officials(session, agency.id) == [
        (everywhere.id, "Aki Mori, HR officer"),
        (decider.id, "Helen Marsh, HR officer"),
        (proposer.id, "Luis Ortega, Supervisor"),
    ]


FORM = {
    "action": "suspension",
    "days": "5",
    "summary": "Late on four days.",
    "penalty_reasons": "You were warned in June.",
    "notice_days": "",
    "reply_days": "",
}
CHARGE_FORM = {"label": "Lateness", "specification": "On 2 November 2026.", "evidence": "Door log"}


@pytest.fixture
def signed_in(client, session, agency):
    account = make_account(session, roles=[(Role.HR_OFFICER, agency.id)])
    sign_in(client, account)
    return account


def test_a_case_goes_through_the_pages_from_draft_to_notice(client, session, employee, signed_in, proposer):
    form = FORM | {"deciding_official_id": proposer.id}
    opened = client.post(f"/staff/employees/{employee.id}/cases/new", data=form)
    assert opened.status_code == 303
    address = opened.location
    assert "Add at least one charge." in client.get(address).text
    assert client.post(f"{address}/charges/new", data=CHARGE_FORM).status_code == 303
    assert client.post(f"{address}/edit", data=form | {"days": "3"}).status_code == 303
    [charge] = session.scalars(select(Charge)).all()
    changed = CHARGE_FORM | {"label": "Late arrival"}
    assert client.post(f"{address}/charges/{charge.id}", data=changed).status_code == 303
    assert client.post(f"{address}/charges/new", data=CHARGE_FORM).status_code == 303
    [_, second] = session.scalars(select(Charge.id).order_by(Charge.position)).all()
    assert "Keep it" in client.get(f"{address}/charges/{second}/remove").text
    assert client.post(f"{address}/charges/{second}/remove").status_code == 303
    preview = client.get(f"{address}/propose").text
    assert "Late arrival" in preview
    assert "Suspension without pay for 3 calendar days" in preview
    day = preview.split('name="delivered_on-day"')[1].split('value="')[1].split('"')[0]
    parts = {"delivered_on-day": day, "delivered_on-month": "", "delivered_on-year": "2026"}
    wrong = client.post(f"{address}/propose", data=parts | {"duty_status": "on_duty"})
    assert wrong.status_code == 422
    assert "Day of delivery must include a month" in wrong.text
    month = preview.split('name="delivered_on-month"')[1].split('value="')[1].split('"')[0]
    year = preview.split('name="delivered_on-year"')[1].split('value="')[1].split('"')[0]
    parts = {"delivered_on-day": day, "delivered_on-month": month, "delivered_on-year": year}
    assert client.post(f"{address}/propose", data=parts | {"duty_status": "on_duty"}).status_code == 303
    shown = client.get(address).text
    assert "(being prepared)" in shown
    assert "/edit" not in shown
    late = client.post(f"{address}/propose", data=parts | {"duty_status": "on_duty"})
    assert late.status_code == 422
    assert "This case is proposed; it can no longer become proposed." in late.text
    assert client.post(f"{address}/withdraw", data={"reason": ""}).status_code == 422
    assert client.post(f"{address}/withdraw", data={"reason": "New facts."}).status_code == 303
    assert "New facts." in client.get(address).text


def test_a_rendered_notice_is_linked_to_its_file(
    client, session, employee, signed_in, proposer, at, run_jobs, outbox
):
    actor = make_actor(session, roles=[(Role.HR_OFFICER, employee.agency_id)])
    made = run(services.open_case, employee_id=employee.id, draft=draft(proposer), actor=actor, at=at)
    run(services.add_charge, case_id=made.id, values=CHARGE, actor=actor, at=at)
    answer_factors(session, case_id=made.id, by=actor.id)
    propose_it(made, actor, at)
    run_jobs()
    link = f"/notices/{session.scalar(select(Notice.id))}"
    assert f'href="{link}"' in client.get(f"/staff/cases/{made.id}").text
    assert client.get(link).data.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"action": "exile"}, "Select one of the choices on the page"),
        ({"action": ""}, "Select what is proposed"),
        ({"days": ""}, "Enter the number of days of the suspension"),
        ({"days": "15"}, "A suspension of this kind is 1 to 14 days long (5 U.S.C. 7503)"),
        ({"days": "0"}, "Days of suspension must be between 1 and 365"),
        ({"days": "five"}, "Days of suspension must be a whole number"),
        ({"days": "9" * 25}, "Days of suspension must be between 1 and 365"),
        ({"action": "removal"}, "Only a suspension has a number of days. Leave this empty"),
        ({"action": "removal", "days": "", "notice_days": "29"}, "Give at least 30 days of notice"),
        ({"action": "removal", "days": "", "reply_days": "6"}, "Give at least 7 days to answer"),
        ({"summary": ""}, "Enter summary"),
        ({"summary": "a\0b"}, "Summary contains characters that cannot be saved"),
        ({"penalty_reasons": "x" * 4001}, "Why this action must be 4,000 characters or fewer"),
        ({"deciding_official_id": ""}, "Select deciding official"),
        ({"deciding_official_id": "acc_1"}, "Select one of the choices on the page"),
    ],
)
def test_bad_input_opens_no_case(client, session, employee, signed_in, proposer, change, sentence):
    form = FORM | {"deciding_official_id": proposer.id} | change
    response = client.post(f"/staff/employees/{employee.id}/cases/new", data=form)
    assert response.status_code == 422
    assert sentence in response.text
    assert session.scalars(select(DisciplinaryCase)).all() == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"label": ""}, "Enter charge"),
        ({"specification": " \n "}, "Enter what happened"),
        ({"evidence": "x" * 301}, "Write each item on a line of its own, with at most 300 characters"),
    ],
)
def test_bad_input_adds_no_charge(client, session, signed_in, case, change, sentence):
    response = client.post(f"/staff/cases/{case.id}/charges/new", data=CHARGE_FORM | change)
    assert response.status_code == 422
    assert sentence in response.text
    assert len(session.scalars(select(Charge)).all()) == 1


@pytest.fixture
def varied(session, agency, signed_in):
    rows = [
        ("Ana Ruiz", "D-1", Action.SUSPENSION, 5, dt.datetime(2026, 1, 1, tzinfo=dt.UTC)),
        ("Bo Chen", "D-2", Action.REMOVAL, None, dt.datetime(2026, 3, 1, tzinfo=dt.UTC)),
        ("Çelik Ay", "D-3", Action.REMOVAL, None, dt.datetime(2026, 2, 1, tzinfo=dt.UTC)),
    ]
    for name, number, action, days, opened_at in rows:
        employee = make_employee(session, agency=agency, name=name)
        make_case(session, employee=employee, number=number, action=action, days=days, opened_at=opened_at)
    make_case(session, number="D-9")


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", ["D-2", "D-3", "D-1"]),
        ("?sort=opened&order=ascending", ["D-1", "D-3", "D-2"]),
        ("?sort=person&order=descending", ["D-3", "D-2", "D-1"]),
        ("?action=removal", ["D-2", "D-3"]),
        ("?state=proposed", []),
        ("?text=çelik", ["D-3"]),
        ("?text=d-1", ["D-1"]),
        ("?action=exile&state=x&sort=y&page=!", ["D-2", "D-3", "D-1"]),
    ],
)
def test_the_list_is_narrowed_and_sorted(client, varied, query, numbers):
    text = client.get(f"/staff/cases{query}").text
    found = [number for number in ("D-1", "D-2", "D-3", "D-9") if f">{number}</a>" in text]
    assert sorted(found, key=lambda number: text.index(f">{number}</a>")) == numbers


def test_pages_by_moment_lead_forward_and_back(session, varied, agency):
    actor = make_actor(session, roles=[(Role.HR_OFFICER, agency.id)])
    first = queries.list_cases(session, actor, queries.Wanted(), size=2)
    second = queries.list_cases(session, actor, queries.Wanted(), size=2, cursor=first.next)
    back = queries.list_cases(session, actor, queries.Wanted(), size=2, cursor=second.previous)
    pages = [[row.number for row in page.rows] for page in (first, second, back)]
    assert pages == [["D-2", "D-3"], ["D-1"], ["D-2", "D-3"]]


def test_one_row_and_three_cost_the_same_queries(client, session, agency, signed_in, database):
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            make_case(session, employee=make_employee(session, agency=agency), charges=rows)
        session.expunge_all()
        with count_queries(database) as statements:
            assert client.get("/staff/cases").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]
