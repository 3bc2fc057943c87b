"""Keys: one proposes, another decides, nothing is changed afterwards."""

from __future__ import annotations

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app.accounts.roles import Role
from app.exams.keys import queries, services
from app.exams.keys.models import KeyVersion
from app.exams.keys.states import KeyState
from app.exams.scoring.queries import load_effect
from app.exams.scoring.rules import Effect
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from tests.factories.accounts import make_actor, make_agency
from tests.integration.exams import world as office


@pytest.fixture
def world(session):
    made = office.make_world(session)
    office.hold(made)
    return made


def decide(world, key, actor, *, is_approved=True, reason="Checked."):
    return services.decide_key(
        world.session, key_id=key.id, is_approved=is_approved, reason=reason, actor=actor, at=office.AT
    )


def test_a_key_comes_into_force_when_a_second_person_approves_it(session, world):
    key = office.propose(world)
    assert (key.version, key.state) == (1, KeyState.PROPOSED)
    assert queries.find_in_force(session, world.exam.id) is None
    decide(world, key, world.actor("custodian"))
    assert queries.find_in_force(session, world.exam.id) is key
    assert (key.decided_by, key.decision_reason) == (world.accounts["custodian"].id, "Checked.")


def test_who_proposed_cannot_decide_even_as_custodian(session, world):
    both = make_actor(
        session, roles=[(Role.EXAM_OFFICER, world.agency.id), (Role.KEY_CUSTODIAN, world.agency.id)]
    )
    key = office.propose(world)
    key.proposed_by = both.id
    session.flush()
    with pytest.raises(Conflict, match="a second person has to decide"):
        decide(world, key, both)
    decided = {"state": KeyState.APPROVED, "decided_by": both.id, "decided_at": office.AT}
    with pytest.raises(IntegrityError, match="two_people"), session.begin_nested():
        session.execute(update(KeyVersion).where(KeyVersion.id == key.id).values(**decided))


def test_an_exam_officer_may_not_decide_nor_a_custodian_propose(session, world):
    key = office.propose(world)
    other = make_actor(session, roles=[(Role.EXAM_OFFICER, world.agency.id)])
    with pytest.raises(Forbidden):
        decide(world, key, other)
    with pytest.raises(Forbidden):
        services.propose_key(
            session,
            examination_id=world.exam.id,
            answers=key.answers,
            reason="x",
            actor=world.actor("custodian"),
            at=office.AT,
        )


def test_a_refused_key_leaves_the_earlier_one_in_force(session, world):
    first = office.set_key(world)
    second = office.propose(world, {"3": "B"}, "Challenge of item 3.")
    with pytest.raises(Conflict, match="Version 2 waits for a decision"):
        office.propose(world, {"4": "B"})
    decide(world, second, world.actor("custodian"), is_approved=False, reason="The book says A.")
    assert queries.find_in_force(session, world.exam.id) is first
    with pytest.raises(Conflict, match="already refused"):
        decide(world, second, world.actor("custodian"))
    assert office.set_key(world, {"4": "B"}, "Challenge of item 4.").version == 3


def test_reasons_are_needed_and_something_must_change(session, world):
    with pytest.raises(Invalid, match="why this key is proposed"):
        office.propose(world, reason=" ")
    key = office.propose(world)
    with pytest.raises(Invalid, match="reason for your decision"):
        decide(world, key, world.actor("custodian"), reason="")
    decide(world, key, world.actor("custodian"))
    with pytest.raises(Invalid, match="the same as the version in force"):
        office.propose(world)


def test_a_key_changed_behind_our_back_is_not_approved(session, world):
    key = office.propose(world)
    key.answers = key.answers | {"1": {"accepted": ["D"], "treatment": "normal"}}
    session.flush()
    with pytest.raises(Conflict, match="Version 1 of the key was changed after it was proposed"):
        decide(world, key, world.actor("custodian"))


def test_another_agencys_custodian_finds_nothing(session, world):
    key = office.propose(world)
    stranger = make_actor(session, roles=[(Role.KEY_CUSTODIAN, make_agency(session).id)])
    with pytest.raises(NotFound):
        queries.get_key(session, key.id, stranger)


def test_what_a_change_would_move_is_counted_and_nothing_stored(session, world):
    first = office.set_key(world)
    second = office.propose(world, {"10": "B"}, "Challenge of item 10.")
    assert load_effect(session, world.exam, first, second) is None
    office.import_answers(world)
    # Ada loses item 10; everybody else marked B there and gains it, so Eva passes at 80 and Fay stays below.
    assert load_effect(session, world.exam, first, second) == Effect(
        people=6, scores=6, ranks=4, now_pass=0, now_fail=0
    )
    assert second.state is KeyState.PROPOSED
