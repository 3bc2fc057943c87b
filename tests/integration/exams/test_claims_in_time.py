"""A verified claim counts while it holds: on the day of the examination."""

from __future__ import annotations

import datetime as dt

import pytest

from app.exams import merit, rulebooks
from app.exams.merit_lists.models import MeritListEntry
from app.recruitment.applications.kinds import CLAIMS
from app.recruitment.applications.models import ApplicationClaim
from tests.integration.exams import world as office


@pytest.mark.parametrize(("days", "preference"), [(None, 5), (0, 5), (1, 5), (-1, 0)])
def test_a_claim_counts_up_to_its_last_day(session, days, preference):
    world = office.prepare(office.make_world(session))
    office.verify_claim(world, "Dan")
    last = None if days is None else world.exam.held_on + dt.timedelta(days=days)
    session.query(ApplicationClaim).update({"valid_until": last})
    merit_list = office.draft(world)
    own = world.applications["Dan"].id
    entry = session.query(MeritListEntry).filter_by(list_id=merit_list.id, application_id=own).one()
    assert entry.preference == preference * entry.denominator


def test_every_claim_that_a_rulebook_names_is_known_to_applicants():
    named = {kind for book in merit.rulebook.shipped() for kind in rulebooks.claim_kinds(book)}
    assert {"SC", "ST", "OBC", "EWS", "W", "CPS", "veteran", "widow_of_veteran"} <= named
    assert {kind for kind in named if "-" not in kind} <= CLAIMS.keys()


def test_seats_guarantees_minima_and_ties_are_claims_too():
    book = merit.rulebook.in_force("india-reservation", dt.date(2026, 11, 22))
    assert set(rulebooks.claim_kinds(book)) == {"W", "EWS", "OBC", "SC", "ST"}
