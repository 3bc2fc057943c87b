"""Giving, deciding on and ending roles: who may, and who never."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from app.accounts.grants.services import decide_role, end_role, install_role, propose_role
from app.accounts.grants.states import GrantState
from app.accounts.models import RoleGrant
from app.accounts.queries import actor_of
from app.accounts.roles import SENSITIVE, Role
from app.platform.audit import AuditEvent
from app.platform.db import transaction
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from app.platform.ids import new_id
from tests.conftest import AT
from tests.factories.accounts import LONG_AGO, make_account, make_actor, make_agency


@pytest.fixture
def here(session):
    return make_agency(session)


@pytest.fixture
def there(session):
    return make_agency(session)


@pytest.fixture
def boss(session, here):
    return make_actor(session, name="Bea Boss", roles=[(Role.AGENCY_ADMINISTRATOR, here.id)])


@pytest.fixture
def second(session, here):
    return make_actor(session, name="Sol Second", roles=[(Role.AGENCY_ADMINISTRATOR, here.id)])


@pytest.fixture
def chief(session):
    return make_actor(session, name="Chi Chief", roles=[(Role.SYSTEM_ADMINISTRATOR, None)])


@pytest.fixture
def ann(session):
    return make_account(session, email="ann@city.example", name="Ann Ames")


def propose(role, agency_id, actor, email="ann@city.example"):
    with transaction() as opened:
        return propose_role(opened, email=email, role=role, agency_id=agency_id, actor=actor, at=AT)


def decide(grant, actor, accepts=True, reason=""):
    with transaction() as opened:
        return decide_role(opened, grant_id=grant.id, accepts=accepts, reason=reason, actor=actor, at=AT)


def end(grant, actor, reason="Moved to another agency."):
    with transaction() as opened:
        return end_role(opened, grant_id=grant.id, reason=reason, actor=actor, at=AT)


def roles_of(session, account):
    session.expire_all()
    grants = session.query(RoleGrant).filter_by(account_id=account.id).order_by(RoleGrant.id)
    return [(grant.role, grant.agency_id, grant.state) for grant in grants]


def test_an_ordinary_role_takes_effect_at_once(session, here, boss, ann):
    grant = propose(Role.HR_OFFICER, here.id, boss, email=" ANN@city.example")
    assert roles_of(session, ann) == [(Role.HR_OFFICER, here.id, GrantState.ACTIVE)]
    events = session.query(AuditEvent).all()
    assert [
        (event.action, event.actor_id, event.subject, event.agency_id, event.details) for event in events
    ] == [
        (
            "accounts.propose_role",
            boss.id,
            ann.id,
            here.id,
            {"role": "hr_officer", "grant": grant.id, "state": "active", "reason": ""},
        )
    ]


@pytest.mark.parametrize("role", sorted(SENSITIVE, key=lambda role: role.value))
def test_a_sensitive_role_waits_for_a_second_administrator(session, here, chief, ann, role):
    agency_id = None if role is Role.SYSTEM_ADMINISTRATOR else here.id
    grant = propose(role, agency_id, chief)
    assert roles_of(session, ann) == [(role, agency_id, GrantState.PROPOSED)]
    session.refresh(ann, ["role_grants"])
    assert actor_of(ann).grants == ()
    another = make_actor(session, roles=[(Role.SYSTEM_ADMINISTRATOR, None)])
    decide(grant, another)
    assert roles_of(session, ann) == [(role, agency_id, GrantState.ACTIVE)]


def test_whoever_proposes_does_not_decide(session, here, boss, ann):
    grant = propose(Role.AUDITOR, here.id, boss)
    with pytest.raises(Forbidden):
        decide(grant, boss)
    assert roles_of(session, ann) == [(Role.AUDITOR, here.id, GrantState.PROPOSED)]


def test_nobody_decides_on_a_role_of_their_own(session, here, boss, second):
    grant = propose(Role.AUDITOR, here.id, boss, email=second.email)
    with pytest.raises(Forbidden):
        decide(grant, second)


def test_nobody_gives_themselves_a_role(boss, here):
    with pytest.raises(Invalid) as refused:
        propose(Role.HR_OFFICER, here.id, boss, email=boss.email)
    assert refused.value.fields == {"email": "Nobody gives themselves a role. Another administrator does"}


def test_a_refusal_needs_a_reason_and_is_final(session, here, boss, second, ann):
    grant = propose(Role.AUDITOR, here.id, boss)
    with pytest.raises(Invalid) as refused:
        decide(grant, second, accepts=False)
    assert refused.value.fields == {"reason": "Enter the reason for refusing"}
    decide(grant, second, accepts=False, reason="Ann works in HR.")
    assert roles_of(session, ann) == [(Role.AUDITOR, here.id, GrantState.REFUSED)]
    with pytest.raises(Conflict):
        decide(grant, second)
    assert propose(Role.AUDITOR, here.id, boss).state is GrantState.PROPOSED


@pytest.mark.parametrize("agency", ["there", None])
def test_an_agencys_administrator_gives_no_role_elsewhere(request, boss, ann, agency):
    agency_id = request.getfixturevalue(agency).id if agency else None
    with pytest.raises(Forbidden):
        propose(Role.HR_OFFICER, agency_id, boss)


def test_another_agencys_administrator_finds_neither_proposal_nor_role(session, here, there, boss, ann):
    stranger = make_actor(session, roles=[(Role.AGENCY_ADMINISTRATOR, there.id)])
    proposed, active = propose(Role.AUDITOR, here.id, boss), propose(Role.HR_OFFICER, here.id, boss)
    with pytest.raises(NotFound):
        decide(proposed, stranger)
    with pytest.raises(NotFound):
        end(active, stranger)


@pytest.mark.parametrize("role", [role for role in Role if "administrator" not in role.value])
def test_no_other_role_gives_roles(session, here, ann, role):
    officer = make_actor(session, roles=[(role, here.id)])
    with pytest.raises(Forbidden):
        propose(Role.HR_OFFICER, here.id, officer)


@pytest.mark.parametrize(
    ("email", "role", "fields"),
    [
        (
            "nobody@city.example",
            Role.HR_OFFICER,
            {"email": "No account has this email address. Ask the person to register first"},
        ),
        (
            "ann@city.example",
            Role.APPLICANT,
            {"role": "Everyone who has an account can apply. Choose another role"},
        ),
        (
            "ann@city.example",
            Role.SYSTEM_ADMINISTRATOR,
            {"agency_id": "A system administrator serves all agencies. Choose “All agencies”"},
        ),
    ],
)
def test_what_cannot_be_given_is_told(here, chief, ann, email, role, fields):
    with pytest.raises(Invalid) as refused:
        propose(role, here.id, chief, email=email)
    assert refused.value.fields == fields


def test_a_role_is_held_once(here, boss, second, ann):
    propose(Role.AUDITOR, here.id, boss)
    with pytest.raises(Invalid) as refused:
        propose(Role.AUDITOR, here.id, second)
    assert refused.value.fields == {"role": "This person already holds, or is proposed for, this role."}


def test_a_role_ends_with_a_reason_and_can_be_given_again(session, here, boss, ann):
    grant = propose(Role.HR_OFFICER, here.id, boss)
    with pytest.raises(Invalid):
        end(grant, boss, reason="")
    ended = end(grant, boss)
    assert (ended.ended_by, ended.ended_at, ended.end_reason) == (boss.id, AT, "Moved to another agency.")
    with pytest.raises(Conflict):
        end(grant, boss)
    propose(Role.HR_OFFICER, here.id, boss)
    assert [state for _, _, state in roles_of(session, ann)] == [GrantState.ENDED, GrantState.ACTIVE]


def test_nobody_ends_a_role_of_their_own(session, chief):
    grant = session.query(RoleGrant).filter_by(account_id=chief.id).one()
    with pytest.raises(Forbidden):
        end(grant, chief)


def test_a_proposal_is_decided_not_ended(here, boss, second, ann):
    with pytest.raises(Conflict):
        end(propose(Role.AUDITOR, here.id, boss), second)


def test_the_first_administrator_comes_from_the_command_line(session, ann):
    with transaction() as opened:
        install_role(opened, account_id=ann.id, role=Role.SYSTEM_ADMINISTRATOR, agency_id=None, at=AT)
    assert roles_of(session, ann) == [(Role.SYSTEM_ADMINISTRATOR, None, GrantState.ACTIVE)]


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("not_oneself", {"granted_by": "ann"}),
        ("two_people", {"granted_by": "boss", "decided_by": "boss", "decided_at": LONG_AGO}),
        ("two_people", {"granted_by": "boss", "decided_by": "ann", "decided_at": LONG_AGO}),
        ("sensitive_decided", {"granted_by": "boss", "role": Role.KEY_CUSTODIAN}),
        ("decided", {"granted_by": "boss", "decided_by": "second"}),
        ("refused_with_reason", {"state": GrantState.REFUSED}),
        ("ended", {"state": GrantState.ENDED}),
        ("ended_with_reason", {"state": GrantState.ENDED, "ended_at": LONG_AGO}),
    ],
)
def test_the_database_itself_holds_the_separation(session, request, here, ann, constraint, values):
    row = {"id": new_id("rgt"), "account_id": ann.id, "role": Role.HR_OFFICER, "agency_id": here.id}
    row |= {"state": GrantState.ACTIVE, "granted_at": LONG_AGO}
    for name, value in values.items():
        row[name] = request.getfixturevalue(value).id if name in ("granted_by", "decided_by") else value
    with pytest.raises(IntegrityError, match=f"ck_role_grants_{constraint}"), transaction() as opened:
        opened.add(RoleGrant(**row))
