"""Admit cards: arranged, released, told to everyone, taken as a PDF by their own candidate."""

from __future__ import annotations

import datetime as dt
import io

import pikepdf
import pytest

from app.accounts.models import Account
from app.exams.admit_cards import services
from app.platform import clock
from app.platform.errors import Conflict, Invalid
from tests.conftest import sign_in
from tests.factories.accounts import make_account
from tests.integration.exams import world as office

EARLIER = dt.datetime(2026, 11, 10, 15, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
STARTS = dt.datetime(2026, 11, 16, 15, 0, tzinfo=dt.UTC)  # ten in the morning in New York
VALUES = {
    "venue": "School 12, room 4",
    "address": "4 School Street, New York",
    "doors_open_at": STARTS - HOUR,
    "doors_close_at": STARTS,
    "starts_at": STARTS,
    "minutes": 90,
    "bring": "A black pen\nNo telephone",
}
FORM = {
    "venue": "School 12, room 4",
    "address": "4 School Street, New York",
    "doors_open_at": "2026-11-16T09:00",
    "doors_close_at": "2026-11-16T10:00",
    "starts_at": "2026-11-16T10:00",
    "minutes": "90",
    "bring": "A black pen\nNo telephone",
}


@pytest.fixture
def world(session):
    return office.prepare(office.make_world(session))


def arrange(world, **changes):
    return services.arrange(
        world.session,
        examination_id=world.exam.id,
        values=VALUES | changes,
        actor=world.actor("exam_officer"),
        at=EARLIER,
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_at": STARTS + dt.timedelta(days=1)}, "starts_at"),
        ({"doors_close_at": STARTS + HOUR}, "starts_at"),
        ({"doors_open_at": STARTS}, "doors_close_at"),
    ],
)
def test_times_must_be_in_order_on_the_day(world, changes, field):
    with pytest.raises(Invalid) as refused:
        arrange(world, **changes)
    assert list(refused.value.fields) == [field]


def test_a_release_needs_arrangements_and_happens_once(session, world):
    release = {"examination_id": world.exam.id, "actor": world.actor("exam_officer"), "at": EARLIER}
    with pytest.raises(Conflict, match="place and times first"):
        services.release(session, **release)
    arrange(world)
    assert services.release(session, **release).released_at == EARLIER
    with pytest.raises(Conflict, match="released already"):
        services.release(session, **release)


def test_everyone_is_told_at_the_release_and_at_each_change_after_it(session, world, outbox, run_jobs):
    arrange(world)
    services.release(session, examination_id=world.exam.id, actor=world.actor("exam_officer"), at=EARLIER)
    session.flush()
    run_jobs()
    people = sorted(session.get(Account, row.account_id).email for row in world.applications.values())
    told = [mail for mail in outbox if "admit card" in mail["Subject"]]
    assert sorted(mail["To"] for mail in told) == people
    services.arrange(
        session,
        examination_id=world.exam.id,
        values=VALUES | {"venue": "School 13"},
        actor=world.actor("exam_officer"),
        at=EARLIER + HOUR,
    )
    session.flush()
    run_jobs()
    assert len([mail for mail in outbox if "admit card" in mail["Subject"]]) == 2 * len(people)


def test_the_pages_and_the_card(session, client, world, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: EARLIER)
    place = f"/staff/examinations/{world.exam.id}/arrangements"
    sign_in(client, world.accounts["exam_officer"])
    assert client.get(place).status_code == 200
    assert client.post(place, data=FORM | {"minutes": "5"}).status_code == 422
    assert client.post(place, data=FORM).status_code == 303
    own = f"/my/applications/{world.applications['Ada'].id}/admit-card"
    ada = session.get(Account, world.applications["Ada"].account_id)
    sign_in(client, ada)
    assert client.get(own).status_code == 404
    sign_in(client, world.accounts["exam_officer"])
    assert client.post(f"{place}/release").status_code == 303
    assert "The admit cards were released" in client.get(place).text
    sign_in(client, ada)
    page = client.get(own).text
    assert "School 12, room 4" in page
    assert "No telephone" in page
    answer = client.get(f"{own}.pdf")
    assert answer.mimetype == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.data)) as card:
        assert len(card.pages) == 1
        assert str(card.docinfo["/Title"]) == f"Admit card for {world.exam.title}"
    sign_in(client, make_account(session))
    assert client.get(own).status_code == 404
    assert client.get(f"{own}.pdf").status_code == 404
