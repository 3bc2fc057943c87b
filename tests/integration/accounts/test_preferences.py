"""What a person is told by mail is for them to say, letters with rights apart."""

from __future__ import annotations

from app.accounts.preferences.kinds import MailKind
from app.accounts.preferences.queries import keep_wanting, list_wanted, wants_mail
from app.platform.audit import AuditEvent
from tests.conftest import sign_in
from tests.factories.accounts import make_account


def test_who_chose_nothing_is_told_everything(session):
    ada = make_account(session)
    assert list_wanted(session, ada.id) == [MailKind.REMINDERS, MailKind.ALERTS, MailKind.MESSAGES]


def test_a_choice_is_kept_and_recorded_once(session, client):
    ada, ben = make_account(session), make_account(session)
    sign_in(client, ada)
    for _ in range(2):
        assert client.post("/my/preferences", data={"wanted": "messages"}).location == "/my/preferences"
    session.expire_all()
    assert list_wanted(session, ada.id) == [MailKind.MESSAGES]
    assert [wants_mail(session, ada.id, kind) for kind in MailKind] == [False, False, True]
    assert keep_wanting(session, [ada.id, ben.id], MailKind.ALERTS) == {ben.id}
    events = session.query(AuditEvent).filter_by(action="accounts.preferences").all()
    assert [event.details for event in events] == [{"wanted": ["messages"]}]
    assert client.get("/my/preferences").text.count("checked") == 1


def test_everything_can_be_refused_and_wanted_again(session, client):
    ada = make_account(session)
    sign_in(client, ada)
    client.post("/my/preferences", data={"submit": "y"})
    session.expire_all()
    assert list_wanted(session, ada.id) == []
    client.post("/my/preferences", data={"wanted": ["reminders", "alerts", "messages"]})
    session.expire_all()
    assert list_wanted(session, ada.id) == list(MailKind)


def test_letters_are_no_choice_and_nonsense_is_refused(session, client):
    sign_in(client, make_account(session))
    assert "Letters that decide something about you" in client.get("/my/preferences").text
    assert client.post("/my/preferences", data={"wanted": "letters"}).status_code == 422
