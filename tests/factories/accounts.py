"""Agencies, people who can sign in, and who acts, made by direct inserts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.grants.states import GrantState
from app.accounts.models import Account, AccountState, Agency, RoleGrant
from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.platform.actors import Actor
from app.platform.ids import new_id

PASSWORD = "correct horse battery staple"
# Hashed once, beforehand: a fresh hash for each account would cost more than most tests.
PASSWORD_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1$rdqOyLGoDa/XIdwlno4AvA$TjFYeTfzRsbCDhcLAcoXLj0s4rdtrklkHTEWm1nGdqU"
)
LONG_AGO = dt.datetime(2026, 1, 5, 9, 0, tzinfo=dt.UTC)


def make_agency(session: Session, **values: Any) -> Agency:
    """Insert an agency in New York; its code and name are its own unless given."""
    own = new_id("agy")
    agency = Agency(
        **{
            "id": own,
            "code": own[-6:].upper(),
            "name": f"Department {own[-6:].upper()}",
            "time_zone": "America/New_York",
            "address": "1 Centre Street, New York, NY 10007",
            "contact_email": "jobs@agency.example",
            "contact_phone": "+1 212 555 0100",
        }
        | values
    )
    session.add(agency)
    session.flush()
    return agency


def make_account(
    session: Session, *, roles: Sequence[tuple[Role, str | None]] = (), **values: Any
) -> Account:
    """Insert an account that holds the roles, each in an agency or (None) in all; PASSWORD opens it."""
    own = values.pop("id", None) or new_id("acc")
    grants = [
        RoleGrant(
            id=new_id("rgt"),
            account_id=own,
            role=role,
            agency_id=agency_id,
            state=GrantState.ACTIVE,
            granted_at=LONG_AGO,
        )
        for role, agency_id in roles
    ]
    account = Account(
        **{
            "id": own,
            "email": f"person-{own[-10:]}@people.example",
            "name": f"Person {own[-6:].upper()}",
            "password_hash": PASSWORD_HASH,
            "state": AccountState.ACTIVE,
            "created_at": LONG_AGO,
            "role_grants": grants,
        }
        | values
    )
    session.add(account)
    session.flush()
    return account


def make_actor(session: Session, *, roles: Sequence[tuple[Role, str | None]] = (), **values: Any) -> Actor:
    """Insert an account as make_account does and give it as who acts."""
    return actor_of(make_account(session, roles=roles, **values))
