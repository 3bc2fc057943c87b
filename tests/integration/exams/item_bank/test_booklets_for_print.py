"""Booklets for the printer: refused before anything is fixed, drawn by a job, taken on record."""

from __future__ import annotations

import io

import pikepdf
import pytest
from sqlalchemy import select

from app.exams.booklets import print_services, queries, services
from app.exams.booklets.models import BookletPrint
from app.platform import clock, jobs
from app.platform.audit import AuditEvent
from app.platform.errors import Conflict, Invalid, NotFound
from tests.conftest import sign_in
from tests.integration.exams import world as office
from tests.integration.exams.item_bank.test_bank import assemble, fill, use

AT = office.AT


@pytest.fixture
def world(session):
    return office.make_world(session)


def order(world, paper, *series, role="exam_officer", **values):
    given = {"is_large": False, "instructions": "Wait.\n\nRead.", "minutes": 90} | values
    return print_services.order_prints(
        world.session, paper_id=paper.id, series=series, actor=world.actor(role), at=AT, **given
    )


def asked(world):
    fill(world)
    paper = assemble(world)
    office.hold(world)
    use(world, paper)
    return paper


def make_series(world, paper):
    services.make_series(
        world.session, paper_id=paper.id, count=2, seed="s", actor=world.actor("exam_officer"), at=AT
    )


def test_a_paper_that_no_examination_asks_is_refused_with_the_reason(world):
    fill(world)
    paper = assemble(world)
    with pytest.raises(Conflict, match="No examination asks this paper yet"):
        order(world, paper, "")


def test_bad_input_is_refused(world):
    paper = asked(world)
    make_series(world, paper)
    for series in ([], [""], ["A", "Z"]):
        with pytest.raises(Invalid) as refused:
            order(world, paper, *series)
        assert refused.value.fields == {"series": "Select a series of this paper."}
    with pytest.raises(Invalid) as refused:
        order(world, paper, "A", instructions=" \n ")
    assert refused.value.fields == {"instructions": "Enter from 1 to 20 lines."}
    with pytest.raises(NotFound):
        order(world, paper, "A", role="hr_officer")


def test_series_are_not_made_after_a_booklet_was_drawn(world):
    paper = asked(world)
    order(world, paper, "")
    with pytest.raises(Conflict, match="A booklet of this paper was printed already"):
        make_series(world, paper)


def test_a_booklet_is_drawn_by_the_worker_and_taken_on_record(world, session):
    paper = asked(world)
    make_series(world, paper)
    own, _ = order(world, paper, "B", "A", is_large=True)
    assert (own.series, own.instructions) == ("A", "Wait.\nRead.")
    with pytest.raises(Conflict, match="not drawn yet"):
        print_services.take_print(session, print_id=own.id, actor=world.actor("exam_officer"), at=AT)
    jobs.drain(lambda: AT)
    session.expire(own)
    taken = print_services.take_print(session, print_id=own.id, actor=world.actor("exam_officer"), at=AT)
    assert (taken.ready_at, taken.pages > 2, len(taken.digest)) == (AT, True, 64)


def test_the_pages_of_printing(world, client, session, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    fill(world)
    paper = assemble(world)
    sign_in(client, world.accounts["exam_officer"])
    prints = f"/staff/papers/{paper.id}/prints"
    assert "No examination asks this paper yet" in client.get(prints).text
    assert "No examination asks this paper yet" in client.get(f"{prints}/new").text
    office.hold(world)
    use(world, paper)
    make_series(world, paper)
    session.flush()
    session.expire_all()
    assert "No booklet was drawn yet." in client.get(prints).text
    page = client.get(f"{prints}/new").text
    assert "Do not open this booklet before you are told to." in page
    data = {"size": "large", "minutes": "90", "instructions": "Wait."}
    assert client.post(f"{prints}/new", data=data | {"series": "Z"}).status_code == 422
    assert client.post(f"{prints}/new", data=data | {"series": "A", "minutes": "4"}).status_code == 422
    assert client.post(f"{prints}/new", data=data | {"series": "A"}).status_code == 303
    own = session.scalars(select(BookletPrint)).one()
    place = f"/staff/booklets/{own.id}.pdf"
    assert "Being drawn" in client.get(prints).text or "Drawing" in client.get(prints).text
    assert client.get(place).status_code == 409
    jobs.drain(lambda: AT)
    session.expire_all()
    assert place in client.get(prints).text
    content = client.get(place).data
    with pikepdf.open(io.BytesIO(content)) as read:
        assert len(read.pages) == queries.list_prints(session, paper.id)[0].pages
    acts = select(AuditEvent.action).where(AuditEvent.subject == paper.id).order_by(AuditEvent.index)
    assert session.scalars(acts).all() == [
        "exams.booklets.order",
        "exams.booklets.draw",
        "exams.booklets.download",
    ]
    for role in ("hr_officer", "custodian"):
        sign_in(client, world.accounts[role])
        assert client.get(place).status_code in (403, 404)
        assert client.get(f"{prints}/new").status_code in (403, 404)
