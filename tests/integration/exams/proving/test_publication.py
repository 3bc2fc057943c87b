"""A list is published when a second computation gives it again, and not otherwise."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from app.exams import merit
from app.exams.keys.models import KeyVersion
from app.exams.merit_lists.states import ListState
from app.exams.proving import demand_agreement, vocabulary
from app.exams.scoring.queries import load_inputs, load_key
from app.platform.errors import Conflict
from tests.integration.exams import world as office


@pytest.fixture
def world(session):
    return office.prepare(office.make_world(session))


def recorded(session, merit_list) -> dict[str, object]:
    """Give what the commit will append to the audit trail about the publication."""
    (event,) = [
        row
        for row in session.info["audit"]
        if (row["action"], row["subject"]) == ("exams.merit_lists.publish", merit_list.id)
    ]
    return event["details"]


def test_both_digests_are_recorded(session, world):
    office.verify_claim(world, "Dan")
    merit_list = office.publish(world)
    details = recorded(session, merit_list)
    assert details["digest"] == details["second_digest"] == merit_list.digest
    assert "not_proved" not in details


def test_a_rulebook_that_cannot_be_proved_is_published_and_recorded_as_such(session, world, monkeypatch):
    monkeypatch.delitem(vocabulary.WORDS["order"], "numbering")
    merit_list = office.publish(world)
    details = recorded(session, merit_list)
    assert merit_list.state is ListState.PUBLISHED
    assert details["not_proved"] == "The second computation does not know 'numbering' in [order]."
    assert "second_digest" not in details


def test_a_fault_of_the_core_stops_publication(session, world, monkeypatch):
    """The numbering is broken on purpose: drafter and approver see the same wrong list, and sign it."""
    correct = merit.ranking.ordering.number
    monkeypatch.setattr(merit.ranking.ordering, "number", lambda new, _style: correct(new, "dense"))
    merit_list = office.approve(world, office.draft(world))
    with pytest.raises(Conflict) as refusal:
        office.list_services.publish_list(
            session, list_id=merit_list.id, actor=world.actor("hr_officer"), at=office.AT
        )
    number = world.numbers()["Dan"]
    assert refusal.value.message == (
        "A second, independent computation of this list came out otherwise. Nothing was published. "
        f"At place 4 the list has {number} on rank 3 with 80, and the proof {number} on rank 4 with 80. "
        "Call the auditor."
    )
    assert merit_list.state is ListState.APPROVED


def test_a_list_of_other_answers_is_refused(session, world):
    merit_list = office.draft(world)
    inputs = load_inputs(session, world.exam, merit_list.import_id)
    dice = Random(1)
    sheets = [[dice.choice("ABCD") for _ in inputs.codes] for _ in inputs.numbers]
    key = load_key(session.get_one(KeyVersion, merit_list.key_version_id))
    scores = merit.score(inputs.book, key, merit.Responses.from_rows(inputs.numbers, inputs.codes, sheets))
    attributes = {number: {"applied_on": date(2026, 11, 1)} for number in inputs.numbers}
    table = merit.Candidates.from_scores(scores, attributes=attributes)
    other = merit.rank(inputs.book, table, list_id=inputs.list_id, seed=office.SEED)
    with pytest.raises(Conflict, match="The marks, claims or attributes that the list is made of differ"):
        demand_agreement(inputs, key, other)
