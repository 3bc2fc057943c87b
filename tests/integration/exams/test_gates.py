"""Gates: what another noun holds against a list keeps it, and the panel leads to where it is put right."""

from __future__ import annotations

import pytest

from app.exams.merit_lists import services
from app.exams.readiness import gates
from app.exams.readiness.gates import Block
from app.platform.errors import Conflict
from tests.conftest import sign_in
from tests.integration.exams import world as office


@pytest.fixture
def world(session):
    return office.prepare(office.make_world(session))


@pytest.fixture
def shut(monkeypatch):
    """Put up a gate that can be opened."""
    sentences = ["Two bundles were exchanged."]

    def gate(_session, examination, _at):
        values = {"examination_id": examination.id}
        return [Block(sentence, "exams.examinations.list_candidates", values) for sentence in sentences]

    monkeypatch.setitem(gates._gates, "bundles", gate)
    return sentences


def act(world, function, merit_list, actor):
    return function(world.session, list_id=merit_list.id, actor=actor, at=office.AT)


def test_a_shut_gate_keeps_a_list_at_every_step(world, shut):
    reason = "Two bundles were exchanged."
    with pytest.raises(Conflict, match=reason):
        office.draft(world)
    held = [shut.pop()]
    merit_list = office.draft(world)
    shut.extend(held)
    with pytest.raises(Conflict, match=reason):
        act(world, services.approve_list, merit_list, world.actor("hr_officer"))
    held = [shut.pop()]
    act(world, services.approve_list, merit_list, world.actor("hr_officer"))
    shut.extend(held)
    with pytest.raises(Conflict, match=reason):
        act(world, services.publish_list, merit_list, world.actor("hr_officer"))
    shut.clear()
    act(world, services.publish_list, merit_list, world.actor("hr_officer"))


def test_the_panel_says_what_is_held_and_leads_there(client, world, shut):
    page = sign_in(client, world.accounts["exam_officer"]).get(f"/staff/examinations/{world.exam.id}").text
    assert "Two bundles were exchanged." in page
    assert f'href="/staff/examinations/{world.exam.id}/candidates"' in page
    shut.clear()
    page = client.get(f"/staff/examinations/{world.exam.id}").text
    assert "What keeps the list from being published" not in page


def test_no_two_gates_have_one_name(monkeypatch):
    monkeypatch.setitem(gates._gates, "bundles", lambda _session, _examination: [])
    with pytest.raises(RuntimeError, match="Two gates are called bundles"):
        gates.add("bundles", lambda _session, _examination: [])
