"""A vacancy that is open at the tests' moment, an applicant, and the office that decides."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest

from app.accounts.models import Account, Agency
from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.platform import clock
from app.platform.actors import Actor
from app.recruitment.postings.models import Posting
from tests.conftest import AT
from tests.factories.accounts import make_account, make_agency
from tests.factories.recruitment import make_criterion, make_posting


@dataclass
class Hand:
    """The clock of a test: pages read this moment as now."""

    moment: dt.datetime = AT

    def turn(self, **more: float) -> dt.datetime:
        """Move the clock on."""
        self.moment += dt.timedelta(**more)
        return self.moment


@dataclass(frozen=True)
class World:
    """Who and what a test of recruitment begins with; actors are who services see."""

    agency: Agency
    posting: Posting
    ada: Account
    officer: Account
    actor: Actor
    staff: Actor


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Hand:
    """Stop the clock at the tests' moment, to be moved by hand."""
    made = Hand()
    monkeypatch.setattr(clock, "now", lambda: made.moment)
    return made


def build_world(session: Any) -> World:
    """Insert a vacancy with two essential criteria and a helpful one, an applicant and an officer."""
    agency = make_agency(session, name="Department of Bridges")
    posting = make_posting(session, agency_id=agency.id)
    make_criterion(session, posting, statement="Experience with reports.", is_essential=False)
    ada = make_account(session, name="Ada Example", email="ada@people.example")
    officer = make_account(session, name="Olga Officer", roles=[(Role.HR_OFFICER, agency.id)])
    return World(agency, posting, ada, officer, actor_of(ada), actor_of(officer))


@pytest.fixture
def world(session: Any, hand: Hand) -> World:
    """A world whose clock stands at the tests' moment."""
    return build_world(session)
