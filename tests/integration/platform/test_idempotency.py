"""A form that is sent twice is done once, also when both arrive at the same moment."""

from __future__ import annotations

import threading

import pytest
from flask import Flask, g
from sqlalchemy import func, select

from app.accounts.models import Agency
from app.platform import audit
from app.platform.actors import SYSTEM, Actor
from app.platform.db import reading
from app.platform.ids import new_id
from app.web.pages import save

PERSON = Actor(id=None, name="A visitor")


class Sent:
    """A form as `save` sees it."""

    def __init__(self, key: str) -> None:
        self.idempotency_key = type("Field", (), {"data": key})()
        self.saved = None
        self.errors: list[str] = []

    def add_errors(self, error):
        self.errors.append(error.message)


def send(app: Flask, key: str, at, gate: threading.Barrier | None = None) -> Sent:
    def make(session):
        own = new_id("agy")
        session.add(
            Agency(
                id=own,
                code=own[-10:],
                name=own,
                time_zone="UTC",
                address="1 Main Street",
                contact_email="a@agency.example",
                contact_phone="555-0100",
            )
        )
        audit.record(session, "test.make", actor=SYSTEM, at=at, subject=own)
        return own

    form = Sent(key)
    with app.test_request_context():
        g.actor = PERSON
        if gate:
            gate.wait()
        assert save(form, make)
    return form


@pytest.mark.usefixtures("committed")
def test_a_form_sent_again_gives_the_first_result(app, at):
    first, second = send(app, "k1", at), send(app, "k1", at)
    other = send(app, "k2", at)
    assert first.saved == second.saved != other.saved
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Agency)) == 2


@pytest.mark.usefixtures("committed")
def test_a_form_sent_twice_at_one_moment_is_done_once(app, at):
    gate, results = threading.Barrier(4), []
    hands = [threading.Thread(target=lambda: results.append(send(app, "k", at, gate))) for _ in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert len({form.saved for form in results}) == 1
    assert [form.errors for form in results] == [[]] * 4
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Agency)) == 1
