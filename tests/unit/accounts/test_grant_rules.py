"""Who may give which role to whom."""

from __future__ import annotations

import pytest

from app.accounts.grants import rules
from app.accounts.grants.states import TRANSITIONS, GrantState, move
from app.accounts.roles import PERMISSIONS, SENSITIVE, Role, is_staff
from app.platform.actors import Actor, Grant
from app.platform.errors import Conflict, Forbidden, Invalid

HERE, THERE = "agy_here", "agy_there"
LOCAL = Actor(id="acc_local", name="L", grants=(Grant("accounts.end_role", HERE),))
GLOBAL = Actor(id="acc_global", name="G", grants=(Grant("accounts.*", None),))


@pytest.mark.parametrize(
    ("actor", "agency_id", "expected"),
    [
        (LOCAL, HERE, True),
        (LOCAL, THERE, False),
        (LOCAL, None, False),
        (GLOBAL, HERE, True),
        (GLOBAL, None, True),
    ],
)
def test_a_role_in_all_agencies_asks_for_an_administrator_of_all(actor, agency_id, expected):
    assert rules.covers(actor, "accounts.end_role", agency_id) is expected


@pytest.mark.parametrize(
    ("scopes", "expected"), [([HERE], True), ([HERE, THERE], False), ([HERE, None], False), ([], False)]
)
def test_an_agencys_administrator_acts_on_its_own_people_alone(scopes, expected):
    assert rules.covers_all(LOCAL, "accounts.end_role", scopes) is expected


def test_who_has_no_role_is_looked_after_by_who_serves_all():
    assert rules.covers_all(GLOBAL, "accounts.end_role", []) is True


def test_the_sensitive_roles_are_those_that_watch_keep_keys_or_give_roles():
    assert {
        Role.AUDITOR,
        Role.GRIEVANCE_OFFICER,
        Role.KEY_CUSTODIAN,
        Role.AGENCY_ADMINISTRATOR,
        Role.SYSTEM_ADMINISTRATOR,
    } == SENSITIVE
    assert [role for role in Role if rules.needs_second_person(role)] == [
        role for role in Role if role in SENSITIVE
    ]


def test_a_system_administrator_serves_all_agencies():
    with pytest.raises(Invalid) as refused:
        rules.check_scope(Role.SYSTEM_ADMINISTRATOR, HERE)
    assert refused.value.fields == {
        "agency_id": "A system administrator serves all agencies. Choose “All agencies”"
    }
    rules.check_scope(Role.SYSTEM_ADMINISTRATOR, None)
    rules.check_scope(Role.HR_OFFICER, HERE)


def test_nobody_is_made_an_applicant():
    with pytest.raises(Invalid) as refused:
        rules.check_scope(Role.APPLICANT, None)
    assert refused.value.fields == {"role": "Everyone who has an account can apply. Choose another role"}


@pytest.mark.parametrize(
    ("actor_id", "message"),
    [
        ("acc_proposer", "You proposed this role, so another administrator decides on it."),
        ("acc_holder", "Nobody decides on a role of their own. Another administrator does."),
    ],
)
def test_neither_proposer_nor_holder_decides(actor_id, message):
    with pytest.raises(Forbidden) as refused:
        rules.check_decider(Actor(id=actor_id, name="X"), account_id="acc_holder", proposed_by="acc_proposer")
    assert refused.value.message == message
    rules.check_decider(Actor(id="acc_third", name="X"), account_id="acc_holder", proposed_by="acc_proposer")


def test_nobody_ends_a_role_of_their_own():
    with pytest.raises(Forbidden):
        rules.check_ender(LOCAL, account_id="acc_local")
    rules.check_ender(LOCAL, account_id="acc_other")


@pytest.mark.parametrize("state", GrantState)
@pytest.mark.parametrize("to", GrantState)
def test_a_grant_moves_as_its_table_says(state, to):
    if to in TRANSITIONS[state]:
        assert move(state, to) is to
    else:
        with pytest.raises(Conflict):
            move(state, to)


def test_no_role_outside_administration_changes_roles():
    changing = ("propose_role", "decide_role", "end_role", "reset_second_factor", "add_agency", "edit_agency")
    holders = {
        role
        for role, patterns in PERMISSIONS.items()
        for change in changing
        if any(Grant(pattern, None).covers(f"accounts.{change}") for pattern in patterns)
    }
    assert holders == {Role.AGENCY_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR}


def test_an_agencys_administrator_does_not_edit_agencies():
    patterns = PERMISSIONS[Role.AGENCY_ADMINISTRATOR]
    assert not any(Grant(pattern, None).covers("accounts.edit_agency") for pattern in patterns)


@pytest.mark.parametrize(
    ("roles", "expected"), [((), False), (("applicant", "employee"), False), (("employee", "auditor"), True)]
)
def test_staff_is_who_holds_a_role_in_the_office(roles, expected):
    assert is_staff(Actor(id="acc_x", name="X", roles=roles)) is expected
