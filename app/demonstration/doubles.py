"""People who registered twice: two accounts found, two proposed to be joined, and two joined."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.accounts.merges import consents, services
from app.accounts.merges.finding import find_matches
from app.accounts.merges.models import Merge
from app.accounts.queries import actor_of, get_account
from app.demonstration.accounts import Member, register
from app.demonstration.office import Office
from app.demonstration.timeline import Story
from app.recruitment.profiles.services import keep

TWICE = (
    ("second.applicant", "tobias.again", "Came to the counter with one identity card for both accounts."),
    ("applicant", "jasmine.again", "Wrote from both addresses, and knew what stands in both profiles."),
    (
        "employee",
        "leopold.again",
        "Telephoned: the first address was the university’s, which ends this year.",
    ),
)


def tell(office: Office) -> Story:
    """Register three people a second time, join one's accounts, and propose to join another's."""
    session, at = yield office.timeline.before(days=5)
    for key, again, _ in TWICE:
        _register_again(session, office, key, again, at)
    session, at = yield office.timeline.before(days=4)
    find_matches(session)
    done = _propose(session, office, TWICE[2], at)
    for question in consents.prepare(session, merge_id=done.id, at=at):
        consents.answer(session, token=question.token, agrees=True, at=at)
    session, at = yield office.timeline.before(days=3)
    boss = office.member(session, "administrator")
    services.decide(session, merge_id=done.id, accepts=True, reason="", actor=boss, at=at)
    session, at = yield office.timeline.before(days=1)
    _propose(session, office, TWICE[1], at)


def _register_again(session: Session, office: Office, key: str, again: str, at: dt.datetime) -> None:
    person = office.people[key]
    register(session, office, Member(again, person.name, ""), at)
    actor = actor_of(get_account(session, office.accounts[again]))
    keep(session, account_id=str(actor.id), section="contact", data=person.contact(), actor=actor, at=at)


def _propose(session: Session, office: Office, twice: tuple[str, str, str], at: dt.datetime) -> Merge:
    key, again, reason = twice
    return services.propose(
        session,
        kept_id=office.accounts[key],
        absorbed_id=office.accounts[again],
        reason=reason,
        choices={},
        actor=office.member(session, "records.officer"),
        at=at,
    )
