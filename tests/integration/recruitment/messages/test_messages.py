"""Messages about an application: sent once, seen by the two sides and the auditor, waited for in order."""

from __future__ import annotations

import io

import pytest

from app.accounts.preferences.kinds import MailKind
from app.accounts.preferences.services import choose
from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.platform import antivirus, storage
from app.platform.antivirus import Verdict
from app.platform.audit import AuditEvent
from app.platform.db import transaction
from app.platform.jobs import Job
from app.recruitment.applications.states import Placement, Submission
from app.recruitment.messages import queries, services
from app.recruitment.messages.files import StoredFile
from app.recruitment.messages.models import Message, MessageThread
from app.recruitment.scanning.services import settle
from tests.conftest import count_queries, sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.applications import make_application
from tests.factories.recruitment import make_posting
from tests.page_checks import named

QUESTION = "May I bring my diploma later?\n\nIt is with the university."


@pytest.fixture
def sent(session, world):
    return make_application(session, posting_id=world.posting.id, account_id=world.ada.id)


@pytest.fixture
def ada(app, session, world):
    return sign_in(app.test_client(), world.ada)


@pytest.fixture
def officer(app, session, world):
    return sign_in(app.test_client(), world.officer)


def own(application):
    return f"/my/applications/{application.id}/messages"


def staff(application):
    return f"/staff/applications/{application.id}/messages"


def test_a_question_is_asked_found_answered_and_read(
    session, world, sent, ada, officer, hand, outbox, run_jobs
):
    assert ada.post(own(sent), data={"body": QUESTION}).location == own(sent)
    hand.turn(days=3)
    sign_in(officer, world.officer)
    inbox = officer.get("/staff/messages").text
    assert "Ada Example" in inbox
    assert "Overdue" in inbox
    assert "university" in officer.get(staff(sent)).text
    hand.turn(hours=1)
    answer = officer.post(f"{staff(sent)}/reply", data={"body": "Yes, until the day of the examination."})
    assert answer.location == staff(sent)
    assert "Nobody waits for an answer" in officer.get("/staff/messages").text
    assert "Ada Example" in officer.get("/staff/messages?state=answered").text
    assert "Not read yet" in officer.get(staff(sent)).text
    run_jobs()
    assert [message["To"] for message in outbox] == [world.ada.email]
    assert [job.payload for job in session.query(Job).filter_by(name="platform.send_mail")] == [{}]
    body = outbox[0].get_content()
    assert "has written to you" in body
    assert "diploma" not in body
    assert "until the day" not in body
    page = sign_in(ada, world.ada).get(own(sent)).text
    assert "until the day of the examination" in page
    assert "Department of Bridges" in page
    assert not named(page, "Olga")
    assert "Not read yet" not in officer.get(staff(sent)).text
    session.expire_all()
    thread = session.get(MessageThread, sent.id)
    assert thread.waiting_since is None


def test_the_ledger_holds_a_seal_and_not_a_word(session, sent, ada):
    ada.post(own(sent), data={"body": QUESTION})
    message = session.query(Message).one()
    event = session.query(AuditEvent).filter_by(action="recruitment.messages.show").one()
    assert event.details == {"message": message.id, "seal": queries.seal_of(message), "files": []}
    message.body = "May I bring it tomorrow?"
    assert queries.seal_of(message) != event.details["seal"]


def test_who_does_not_want_mail_of_messages_gets_none(session, world, sent, at):
    with transaction() as opened:
        choose(opened, wanted=[MailKind.REMINDERS], actor=world.actor, at=at)
        services.reply(opened, application_id=sent.id, body="Hello.", actor=world.staff, at=at)
    assert session.query(Job).filter(Job.key.startswith("mail:message:")).count() == 0


def test_waiting_counts_from_the_first_question_and_ends_without_an_answer(
    session, world, sent, at, officer, hand
):
    with transaction() as opened:
        services.write(opened, application_id=sent.id, body="One.", actor=world.actor, at=at)
        services.write(opened, application_id=sent.id, body="Two.", actor=world.actor, at=hand.turn(hours=5))
    session.expire_all()
    assert session.get(MessageThread, sent.id).waiting_since == at
    assert officer.post(f"{staff(sent)}/settle").location == "/staff/messages"
    session.expire_all()
    assert session.get(MessageThread, sent.id).waiting_since is None
    officer.post(f"{staff(sent)}/settle")
    assert "Nobody waits for an answer here any more" in officer.get("/staff/messages").text


def test_who_waited_longest_stands_first(session, world, at, hand):
    sent = []
    for hours in (0, 2, 1):
        ben = make_account(session)
        application = make_application(session, posting_id=world.posting.id, account_id=ben.id)
        sent.append(application.id)
        with transaction() as opened:
            services.write(
                opened,
                application_id=application.id,
                body="?",
                actor=actor_of(ben),
                at=hand.turn(hours=hours - 1),
            )
    page = queries.list_threads(session, world.staff, is_waiting=True)
    waits = [thread.waiting_since for thread in page.rows]
    assert sorted(waits) == waits
    assert {thread.application_id for thread in page.rows} == set(sent)


def test_nothing_is_said_about_a_draft(session, world, ada):
    draft = make_application(
        session, posting_id=world.posting.id, account_id=world.ada.id, submission=Submission.DRAFT
    )
    assert ada.get(own(draft)).status_code == 409


def test_others_see_nothing(app, session, sent, world, at):
    with transaction() as opened:
        services.write(opened, application_id=sent.id, body=QUESTION, actor=world.actor, at=at)
    stranger = sign_in(app.test_client(), make_account(session))
    assert stranger.get(own(sent)).status_code == 404
    assert stranger.post(own(sent), data={"body": "x"}).status_code == 404
    elsewhere = make_account(session, roles=[(Role.HR_OFFICER, make_agency(session).id)])
    other = sign_in(app.test_client(), elsewhere)
    assert other.get(staff(sent)).status_code == 404
    assert other.post(f"{staff(sent)}/reply", data={"body": "x"}).status_code == 404
    assert other.post(f"{staff(sent)}/settle").status_code == 404
    assert not named(other.get("/staff/messages").text, "Ada")


def test_an_auditor_reads_and_leaves_everything_as_it_was(app, session, world, sent, at):
    with transaction() as opened:
        services.write(opened, application_id=sent.id, body=QUESTION, actor=world.actor, at=at)
    auditor = sign_in(app.test_client(), make_account(session, roles=[(Role.AUDITOR, world.agency.id)]))
    page = auditor.get(staff(sent)).text
    assert "university" in page
    assert "Send the message" not in page
    assert auditor.post(f"{staff(sent)}/reply", data={"body": "x"}).status_code == 403
    session.expire_all()
    assert session.query(Message).one().read_at is None
    assert session.query(AuditEvent).filter_by(action="recruitment.messages.show_staff").count() == 1


def test_a_file_comes_along_and_only_the_two_sides_get_it(app, session, world, sent, ada, officer):
    picture = io.BytesIO(paper())
    assert (
        ada.post(own(sent), data={"body": "Here it is.", "file": (picture, "diploma.pdf")}).status_code == 303
    )
    session.expire_all()
    file = session.query(Message).one()
    stored = queries.list_messages(session, sent.id)[0].files[0]
    assert (stored.filename, stored.media_type, stored.message_id) == (
        "diploma.pdf",
        "application/pdf",
        file.id,
    )
    assert ada.get(f"{own(sent)}/files/{stored.id}").data == paper()
    assert officer.get(f"{staff(sent)}/files/{stored.id}").data == paper()
    other = make_application(session, posting_id=world.posting.id, account_id=make_account(session).id)
    assert officer.get(f"{staff(other)}/files/{stored.id}").status_code == 404
    assert session.query(AuditEvent).filter_by(action="recruitment.messages.download_staff").count() == 1


class Scripted:
    """A virus scanner that says what the test wants."""

    verdict = Verdict.WAITING

    def scan(self, _content):
        return self.verdict


@pytest.mark.parametrize(
    ("late", "status", "sentence"),
    [
        (Verdict.WAITING, 409, "waits for the virus scanner"),
        (Verdict.INFECTED, 409, "The virus scanner found something in this file"),
        (Verdict.CLEAN, 200, ""),
    ],
)
def test_a_file_that_the_scanner_has_not_passed_is_opened_by_neither_side(
    session, world, sent, at, ada, officer, late, status, sentence
):
    antivirus.bind(Scripted())
    try:
        ada.post(own(sent), data={"body": "Here it is.", "file": (io.BytesIO(paper()), "diploma.pdf")})
    finally:
        antivirus.bind(None)
    file = queries.list_messages(session, sent.id)[0].files[0]
    with transaction() as opened:
        settle(opened, verdicts={file.digest: late}, at=at)
    for side, place in ((ada, own(sent)), (officer, staff(sent))):
        response = side.get(f"{place}/files/{file.id}")
        assert (response.status_code, sentence.encode() in response.data) == (status, True)


def test_who_reads_messages_in_one_agency_reads_none_in_another(app, session, world, sent, at):
    sent.placement = Placement.CERTIFIED
    session.flush()
    message = ("diploma.pdf", "application/pdf", len(paper()), storage.current().put(paper()))
    with transaction() as opened:
        services.write(
            opened,
            application_id=sent.id,
            body=QUESTION,
            files=[StoredFile(*message)],
            actor=world.actor,
            at=at,
        )
    file = queries.list_messages(session, sent.id)[0].files[0]
    roles = [(Role.APPOINTING_AUTHORITY, world.agency.id), (Role.HR_OFFICER, make_agency(session).id)]
    client = sign_in(app.test_client(), make_account(session, roles=roles))
    assert client.get(f"/staff/applications/{sent.id}").status_code == 200
    answers = [
        client.get(staff(sent)),
        client.get(f"{staff(sent)}/files/{file.id}"),
        client.post(f"{staff(sent)}/reply", data={"body": ""}),
    ]
    assert [(answer.status_code, "university" in answer.text) for answer in answers] == [(403, False)] * 3


@pytest.mark.parametrize("body", ["", "   ", "x" * 5001, "a\0b"])
def test_what_cannot_be_a_message_is_refused_and_kept_on_the_page(sent, ada, body):
    response = ada.post(own(sent), data={"body": body})
    assert response.status_code == 422


def test_a_bad_file_is_refused_and_the_text_stays(sent, ada):
    data = {"body": "Here it is.", "file": (io.BytesIO(b"MZ not a paper"), "diploma.pdf")}
    response = ada.post(own(sent), data=data)
    assert response.status_code == 422
    assert "Here it is." in response.text


def test_the_same_form_sent_twice_is_one_message(session, sent, ada):
    for _ in range(2):
        ada.post(own(sent), data={"body": "Once.", "idempotency_key": "k" * 32})
    assert session.query(Message).count() == 1


def test_the_inbox_asks_the_database_as_often_for_three_as_for_one(
    session, world, sent, at, officer, database
):
    with transaction() as opened:
        services.write(opened, application_id=sent.id, body="?", actor=world.actor, at=at)
    with count_queries(database) as for_one:
        assert officer.get("/staff/messages").status_code == 200
    for _ in range(2):
        ben = make_account(session)
        posting = make_posting(session, agency_id=world.agency.id)
        application = make_application(session, posting_id=posting.id, account_id=ben.id)
        with transaction() as opened:
            services.write(opened, application_id=application.id, body="?", actor=actor_of(ben), at=at)
    with count_queries(database) as for_three:
        assert officer.get("/staff/messages?at=nonsense&state=zebra").status_code == 200
    assert len(for_one) == len(for_three)


def paper() -> bytes:
    import pikepdf

    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()
