"""Each application gets one outcome with reasons; a correction is a version of its own."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.notices.models import Notice
from app.platform import audit
from app.platform.audit import AuditEvent
from app.platform.db import transaction
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from app.platform.jobs import Job
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Assessment, Screening, Submission
from app.recruitment.screening import queries
from app.recruitment.screening.models import (
    CriterionDecision,
    Outcome,
    ScreeningCorrection,
    ScreeningOutcome,
)
from app.recruitment.screening.rules import Decision
from app.recruitment.screening.services import correct, decide
from tests.conftest import AT, sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.applications import CONTACT, SUBMITTED_AT, make_application
from tests.factories.recruitment import make_posting
from tests.integration.recruitment.conftest import build_world

MET, NOT_MET = Decision(True, "The diploma shows it."), Decision(False, "No diploma was sent.")


@pytest.fixture
def sent(session, world):
    return make_application(session, posting_id=world.posting.id, account_id=world.ada.id)


def decisions(posting, **unmet):
    numbers = {f"c{place}": criterion.id for place, criterion in enumerate(posting.criteria, start=1)}
    return dict.fromkeys(numbers.values(), MET) | {numbers[name]: value for name, value in unmet.items()}


def screen(world, application, at=AT, *, actor=None, outcome=Outcome.ELIGIBLE, reason="All is met.", **unmet):
    with transaction() as opened:
        return decide(
            opened,
            application_id=application.id,
            decisions=decisions(world.posting, **unmet),
            outcome=outcome,
            reason=reason,
            actor=actor or world.staff,
            at=at,
        )


def amend(world, application, *, why="Read again.", outcome=Outcome.ELIGIBLE, reason="All is met.", **unmet):
    with transaction() as opened:
        return correct(
            opened,
            application_id=application.id,
            decisions=decisions(world.posting, **unmet),
            outcome=outcome,
            reason=reason,
            correction_reason=why,
            actor=world.staff,
            at=AT,
        )


def test_an_eligible_applicant_is_recorded_with_each_decision(session, world, sent):
    recorded = screen(world, sent, c3=NOT_MET)
    assert (
        recorded.outcome,
        recorded.reason,
        recorded.version,
        recorded.decided_by,
        recorded.decided_at,
    ) == (
        Outcome.ELIGIBLE,
        "All is met.",
        1,
        world.officer.id,
        AT,
    )
    rows = {row.criterion_id: (row.is_met, row.reason) for row in session.scalars(select(CriterionDecision))}
    assert rows == {
        criterion.id: (decision.is_met, decision.reason)
        for criterion, decision in zip(world.posting.criteria, (MET, MET, NOT_MET), strict=True)
    }
    session.expire_all()
    assert session.get(Application, sent.id).screening is Screening.ELIGIBLE
    assert session.scalar(select(func.count()).select_from(Notice)) == 0
    event = session.scalar(select(AuditEvent).where(AuditEvent.subject == sent.id))
    assert (event.action, event.details) == (
        "recruitment.screening.decide",
        {"outcome": "eligible", "version": 1},
    )


def test_a_refusal_promises_a_letter_with_each_reason_and_the_way_to_a_review(session, world, sent):
    screen(world, sent, outcome=Outcome.INELIGIBLE, reason="No degree.", c1=NOT_MET, c3=NOT_MET)
    notice = session.scalar(select(Notice))
    assert (notice.template, notice.subject, notice.recipient_email) == (
        "not_eligible",
        sent.id,
        CONTACT["email"],
    )
    letter = notice.context["letter"]
    assert (letter["application_number"], letter["decided_on"]) == (sent.number, "2026-11-20")
    assert [(row["requirement"], row["finding"]) for row in letter["reasons"]] == [
        ("A degree in engineering.", "No diploma was sent.")
    ]
    # ten days on, at five in the afternoon in New York
    assert letter["review"]["deadline"] == {"at": "2026-11-30T22:00:00Z", "zone": "America/New_York"}


def test_a_refusal_on_another_ground_gives_that_ground(session, world, sent):
    screen(world, sent, outcome=Outcome.INELIGIBLE, reason="The diploma\nwas forged.")
    reasons = session.scalar(select(Notice)).context["letter"]["reasons"]
    assert [(row["requirement"], row["finding"]) for row in reasons] == [
        ("The requirements of this vacancy as a whole", "The diploma was forged.")
    ]


def test_an_outcome_that_contradicts_a_decision_is_refused_and_nothing_kept(session, world, sent):
    with pytest.raises(Invalid, match="The outcome must be “Not eligible”"):
        screen(world, sent, c1=NOT_MET)
    assert session.scalar(select(func.count()).select_from(CriterionDecision)) == 0


def test_there_is_one_outcome(session, world, sent):
    screen(world, sent)
    with pytest.raises(Conflict, match="recorded already"):
        screen(world, sent)


def test_two_officers_at_the_same_moment_record_one_outcome(committed):
    with transaction() as setting:
        world = build_world(setting)
        sent = make_application(setting, posting_id=world.posting.id, account_id=world.ada.id)
        audit.record(setting, "recruitment.applications.submit", actor=world.actor, at=AT, subject=sent.id)
    done, refused, start = [], [], threading.Barrier(3)

    def work() -> None:
        start.wait()
        try:
            done.append(screen(world, sent).id)
        except (Conflict, Invalid) as error:
            refused.append(error.message)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(done), len(refused)) == (1, 2)
    with Session(committed.engine) as looking:
        assert looking.scalar(select(func.count()).select_from(ScreeningOutcome)) == 1


def test_a_correction_keeps_both_versions_and_why(session, world, sent):
    screen(world, sent, outcome=Outcome.INELIGIBLE, reason="No degree.", c1=NOT_MET)
    amend(world, sent, why="The diploma was on page 2.")
    outcome = queries.find_outcome(session, sent.id)
    assert (outcome.outcome, outcome.reason, outcome.version) == (Outcome.ELIGIBLE, "All is met.", 2)
    session.refresh(sent)
    assert sent.screening is Screening.ELIGIBLE
    first = world.posting.criteria[0].id
    correction = session.scalar(select(ScreeningCorrection))
    assert (correction.version, correction.reason, correction.corrected_by) == (
        2,
        "The diploma was on page 2.",
        world.officer.id,
    )
    assert (correction.before["outcome"], correction.after["outcome"]) == ("ineligible", "eligible")
    assert correction.before["decisions"][first] == {"is_met": False, "reason": "No diploma was sent."}
    assert correction.after["decisions"][first] == {"is_met": True, "reason": "The diploma shows it."}
    mail = session.scalar(select(Job).where(Job.name == "platform.send_mail"))
    assert mail.payload["subject"] == f"Your application {sent.number} is eligible after all"


def test_a_correction_to_a_refusal_promises_the_letter(session, world, sent):
    screen(world, sent)
    amend(world, sent, outcome=Outcome.INELIGIBLE, reason="No degree.", c1=NOT_MET)
    amend(world, sent, why="Found it.")
    amend(world, sent, outcome=Outcome.INELIGIBLE, reason="Forged.", c1=NOT_MET)
    assert [notice.template for notice in session.scalars(select(Notice))] == ["not_eligible"] * 2
    assert session.scalar(select(func.max(ScreeningCorrection.version))) == 4


def test_a_correction_of_reasons_alone_sends_nothing(session, world, sent):
    screen(world, sent, outcome=Outcome.INELIGIBLE, reason="No degree.", c1=NOT_MET)
    amend(world, sent, outcome=Outcome.INELIGIBLE, reason="No degree at all.", c1=NOT_MET)
    assert session.scalar(select(func.count()).select_from(Notice)) == 1


def test_a_correction_that_corrects_nothing_or_gives_no_reason_is_refused(session, world, sent):
    screen(world, sent)
    with pytest.raises(Conflict, match="Nothing was changed"):
        amend(world, sent)
    with pytest.raises(Invalid) as refused:
        amend(world, sent, why=" ", reason="Another reason.")
    assert refused.value.fields == {"correction_reason": "Say why the outcome is corrected."}


def test_there_is_nothing_to_correct_before_an_outcome(session, world, sent):
    with pytest.raises(Conflict, match="not screened yet"):
        amend(world, sent)


def test_who_is_admitted_to_the_examination_stays_eligible(session, world, sent):
    screen(world, sent)
    session.refresh(sent)
    sent.assessment = Assessment.REGISTERED
    session.flush()
    with pytest.raises(Conflict, match="admitted to the examination"):
        amend(world, sent, outcome=Outcome.INELIGIBLE, reason="No degree.", c1=NOT_MET)
    amend(world, sent, reason="All is met, seen twice.")


def test_nobody_screens_their_own_application(session, world):
    own = make_application(session, posting_id=world.posting.id, account_id=world.officer.id)
    with pytest.raises(Conflict, match="your own application"):
        screen(world, own)


def test_a_withdrawn_application_is_not_screened(session, world, sent):
    sent.submission, sent.withdrawn_at = Submission.WITHDRAWN, AT
    session.flush()
    with pytest.raises(Conflict, match="withdrawn"):
        screen(world, sent)


def test_drafts_and_other_agencies_are_not_found(session, world, sent):
    draft = make_application(
        session,
        posting_id=world.posting.id,
        account_id=make_account(session).id,
        submission=Submission.DRAFT,
    )
    with pytest.raises(NotFound):
        screen(world, draft)
    stranger = make_account(session, roles=[(Role.HR_OFFICER, make_agency(session).id)])
    with pytest.raises(NotFound):
        screen(world, sent, actor=actor_of(stranger))
    auditor = make_account(session, roles=[(Role.AUDITOR, world.agency.id)])
    with pytest.raises(Forbidden):
        screen(world, sent, actor=actor_of(auditor))


def test_the_unscreened_are_counted_and_come_one_after_another(session, world):
    first, second, third = (
        make_application(
            session,
            posting_id=world.posting.id,
            account_id=make_account(session).id,
            submitted_at=SUBMITTED_AT.replace(minute=minute),
        )
        for minute in (31, 32, 33)
    )
    own = make_application(session, posting_id=world.posting.id, account_id=world.officer.id)
    make_application(
        session,
        posting_id=world.posting.id,
        account_id=make_account(session).id,
        submission=Submission.DRAFT,
    )
    posting_id = world.posting.id
    assert queries.count_unscreened(session, posting_id) == 4
    assert queries.find_next(session, posting_id) == own.id
    assert queries.find_next(session, posting_id, besides=world.officer.id) == first.id
    assert queries.find_next(session, posting_id, after=first.id) == second.id
    assert queries.find_next(session, posting_id, after=third.id, besides=world.officer.id) == first.id
    screen(world, second)
    session.expire_all()
    assert queries.find_next(session, posting_id, after=first.id) == third.id
    progress = queries.load_progress(session, posting_id)
    assert (progress.screened, progress.total, progress.remaining) == (1, 4, 3)
    assert queries.count_unscreened(session, make_posting(session).id) == 0


def entered(world, *, outcome="eligible", met="met", **more):
    data = {"outcome": outcome, "reason": "As decided."}
    for criterion in world.posting.criteria:
        data |= {f"met_{criterion.id}": met, f"reason_{criterion.id}": "The papers show it."}
    return data | more


def test_the_page_leads_from_one_application_to_the_next(session, world, client, sent):
    later = make_application(
        session,
        posting_id=world.posting.id,
        account_id=make_account(session).id,
        submitted_at=SUBMITTED_AT.replace(hour=20),
    )
    sign_in(client, world.officer)
    start = client.get(f"/staff/postings/{world.posting.id}/screening")
    assert start.location == f"/staff/applications/{sent.id}/screening#main-content"
    page = client.get(start.location)
    assert "0 of 2 screened" in page.text
    response = client.post(f"/staff/applications/{sent.id}/screening", data=entered(world) | {"submit": "y"})
    assert response.location == f"/staff/applications/{later.id}/screening#main-content"
    text = client.get(response.location).text
    assert f"{sent.number}: Eligible. 1 of 2 screened." in text
    assert '<option value="The papers show it.">' in text
    done = client.post(f"/staff/applications/{later.id}/screening", data=entered(world) | {"submit": "y"})
    assert done.location == f"/staff/postings/{world.posting.id}/applications#main-content"
    assert "There is no application left" in client.get(done.location).text


def test_stopping_leads_back_to_the_list(session, world, client, sent):
    sign_in(client, world.officer)
    done = client.post(f"/staff/applications/{sent.id}/screening", data=entered(world) | {"stop": "y"})
    assert done.location == f"/staff/postings/{world.posting.id}/applications#main-content"


def test_bad_input_is_told_and_all_that_was_typed_is_kept(session, world, client, sent):
    sign_in(client, world.officer)
    first = world.posting.criteria[0].id
    url = f"/staff/applications/{sent.id}/screening"
    empty = client.post(url, data={})
    assert empty.status_code == 422
    assert "Select whether requirement 1 is met" in empty.text
    assert "Give the reason for requirement 3" in empty.text
    assert "Select the outcome" in empty.text
    wrong = client.post(url, data=entered(world, **{f"met_{first}": "not_met"}))
    assert wrong.status_code == 422
    assert "The outcome must be “Not eligible”" in wrong.text
    assert wrong.text.count('value="The papers show it."') == 3
    assert "As decided." in wrong.text
    odd = client.post(url, data=entered(world, **{f"met_{first}": "perhaps", "reason": "x" * 1001}))
    assert odd.status_code == 422
    assert session.scalar(select(func.count()).select_from(ScreeningOutcome)) == 0


def test_the_outcome_is_shown_corrected_and_its_difference_told(session, world, client, sent):
    sign_in(client, world.officer)
    url = f"/staff/applications/{sent.id}/screening"
    assert client.get(f"{url}/outcome").status_code == 404
    assert client.get(f"{url}/correct").status_code == 404
    client.post(url, data=entered(world, outcome="ineligible", met="not_met") | {"submit": "y"})
    assert client.get(url).location == f"{url}/outcome"
    form = client.get(f"{url}/correct").text
    assert form.count('value="not_met" checked') == 3
    same = entered(world, outcome="ineligible", met="not_met", correction_reason="Hm.")
    assert "Nothing was changed" in client.post(f"{url}/correct", data=same).text
    done = client.post(f"{url}/correct", data=entered(world, correction_reason="All was there."))
    assert done.location == f"{url}/outcome"
    text = client.get(done.location).text
    assert "All was there." in text
    assert "before: Not eligible: As decided." in text
    assert "now: Eligible: As decided." in text


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.EXAM_OFFICER, Role.APPOINTING_AUTHORITY])
def test_others_do_not_screen(session, world, client, sent, role):
    sign_in(client, make_account(session, roles=[(role, world.agency.id)]))
    assert client.get(f"/staff/applications/{sent.id}/screening").status_code == 403
    assert client.post(f"/staff/applications/{sent.id}/screening", data=entered(world)).status_code == 403
    assert client.get(f"/staff/postings/{world.posting.id}/screening").status_code == 403


def test_another_agencys_officer_finds_nothing_to_screen(session, world, client, sent):
    sign_in(client, make_account(session, roles=[(Role.HR_OFFICER, make_agency(session).id)]))
    assert client.get(f"/staff/applications/{sent.id}/screening").status_code == 404
    assert client.get(f"/staff/postings/{world.posting.id}/screening").status_code == 404


def test_a_vacancy_without_criteria_is_screened_on_its_whole(session, world, client):
    posting = make_posting(session, agency_id=world.agency.id, criteria=[])
    sent = make_application(session, posting_id=posting.id, account_id=world.ada.id)
    sign_in(client, world.officer)
    data = {"outcome": "ineligible", "reason": "Not a resident.", "stop": "y"}
    assert client.post(f"/staff/applications/{sent.id}/screening", data=data).status_code == 303
    assert session.scalar(select(Notice.template)) == "not_eligible"
