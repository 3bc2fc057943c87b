"""Loading the demonstration: every story begun, time let pass until now, all in one transaction."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from sqlalchemy import func, select

from app.accounts.models import Account
from app.accounts.passwords import hash_password
from app.accounts.queries import find_account_by_email
from app.demonstration import (
    accounts,
    acting,
    auditing,
    banking,
    benefits,
    birthdays,
    certifying,
    challenging,
    contesting,
    departing,
    disciplining,
    doubles,
    examining,
    flexing,
    following,
    grieving,
    holidays,
    interrupting,
    judging,
    learning,
    leaving,
    letters,
    paying,
    performing,
    planning,
    preferring,
    probations,
    profiles,
    reaching,
    recruiting,
    reserving,
    resting,
    ruling,
    screening,
    searching,
    serving,
    standing_in,
    training,
    workforce,
)
from app.demonstration.applying import CAST as CAST_APPLICANTS
from app.demonstration.office import Office
from app.demonstration.people import Register
from app.demonstration.recruiting import FollowUp
from app.demonstration.timeline import Story, Timeline
from app.demonstration.vacancies import ADVERTISED, EXAMINED, REQUESTED, Vacancy
from app.platform import ids
from app.platform.db import reading, transaction
from app.platform.errors import Conflict

SEED = "larkhaven"
APPLICANTS = 600
# Steps that a load takes, for the bar that shows how far it is; a test holds it true.
STEPS = 2912
HALF = 0.5

PLAN = (*ADVERTISED, *REQUESTED)


def _operators(office: Office, vacancy: Vacancy) -> Story:
    yield from examining.operators(office, vacancy)
    yield from certifying.filled(office, vacancy)
    yield from challenging.contested_late(office, vacancy)


def _small(*, held: int, items: int, title: str, asked: int) -> FollowUp:
    """Give the story of a small examination whose list is published and from which names were certified."""

    def tell(office: Office, vacancy: Vacancy) -> Story:
        yield from examining.hold(office, vacancy, items=items, held=held, title=title)
        yield from examining.rank(office, vacancy, held=held)
        yield from certifying.waiting(office, vacancy, asked=asked)

    return tell


def _ranked(*, held: int, items: int, title: str) -> FollowUp:
    """Give the story of a small examination whose list is published, and no more."""

    def tell(office: Office, vacancy: Vacancy) -> Story:
        yield from examining.hold(office, vacancy, items=items, held=held, title=title)
        yield from examining.rank(office, vacancy, held=held)

    return tell


FOLLOW_UPS: dict[str, FollowUp] = {
    "clerks": examining.clerks,
    "operators": _operators,
    "custodians": examining.custodians,
    "agents": examining.agents,
    "technicians": examining.technicians,
    "accountants": examining.accountants,
    "inspectors": partial(screening.screen, share=HALF),
    "old-wardens": _ranked(held=302, items=30, title="Park Ranger, earlier examination"),
    "wardens": _small(held=222, items=30, title="Park Ranger, written examination", asked=25),
    "carers": reserving.carers,
    "mappers": planning.mappers,
    "fitters": judging.half_rated,
    "readers": judging.interviewed,
    "paths": certifying.jointly,
    "night-operators": certifying.expired,
    "spare-operators": certifying.half_decided,
}


def load(
    now: dt.datetime,
    *,
    seed: str = SEED,
    plan: Sequence[Vacancy] = PLAN,
    tell: Callable[[dt.datetime], None] = lambda at: None,
) -> bool:
    """Fill an empty database with what would stand in it at `now`; False when it is filled already.

    All of it is one transaction: a load that is stopped leaves nothing behind. Conflict when people use
    the database for something else.
    """
    if is_loaded():
        return False
    office = found(now, seed, plan)
    with transaction() as session, ids.seeded(office.dice("ids").getrandbits):
        for story in stories(office, plan):
            office.timeline.begin(story)
        office.timeline.run(session, tell)
        letters.spread(session, now, _without_office(office))
    return True


def is_loaded() -> bool:
    """Tell whether the demonstration stands in the database; Conflict when other accounts do."""
    with reading() as session:
        if find_account_by_email(session, accounts.CAST[0].email) is not None:
            return True
        if session.scalar(select(func.count()).select_from(Account)):
            raise Conflict(
                "This database is in use: it holds accounts that do not belong to the demonstration. "
                "Name another one with DATABASE_URL or MERITUM_DATA."
            )
    return False


def found(now: dt.datetime, seed: str, plan: Sequence[Vacancy]) -> Office:
    """Found an office of which nothing is written yet, with the people who will apply for what is planned."""
    register = Register(random.Random(f"{seed}:people"))  # noqa: S311 - chance for show, not for secrets
    office = Office(Timeline(now), seed, hash_password(accounts.PASSWORD), register)
    cast = [register.settle(member.name, member.email) for member in accounts.CAST]
    office.people |= {member.key: person for member, person in zip(accounts.CAST, cast, strict=True)}
    members = {key for keys in CAST_APPLICANTS.values() for key in keys}
    office.applicants = [register.invent() for _ in range(APPLICANTS - len(members))]
    rest = iter(office.applicants)
    for vacancy in (vacancy for vacancy in plan if vacancy in EXAMINED):
        count = vacancy.applicants + vacancy.drafts - len(CAST_APPLICANTS.get(vacancy.key, ()))
        office.reserved[vacancy.key] = [next(rest) for _ in range(count)]
    return office


def _without_office(office: Office) -> frozenset[str]:
    """Give the accounts of the cast who hold no role in the office: their letters are looked for first."""
    return frozenset(
        office.accounts[member.key]
        for member in accounts.CAST
        if not any(role.is_staff for role, _ in member.roles) and "officer" not in member.key
    )


def stories(office: Office, plan: Sequence[Vacancy]) -> Iterator[Story]:
    """Give every story; those that wait for the same moment are told in this order."""
    yield accounts.open_office(office)
    yield workforce.enter(office)
    yield serving.enter_staff(office)
    yield holidays.observe(office)
    yield serving.abolish(office)
    yield departing.leave(office)
    yield from standing_in.tell(office)
    yield birthdays.enter(office)
    yield probations.tell(office)
    yield acting.tell(office)
    yield performing.tell(office)
    yield benefits.tell(office)
    yield leaving.tell(office)
    yield resting.tell(office)
    yield paying.tell(office)
    yield reaching.tell(office)
    yield preferring.tell(office)
    yield training.tell(office)
    yield learning.tell(office)
    yield flexing.tell(office)
    yield grieving.tell(office)
    yield ruling.tell(office)
    yield auditing.take_in_lists(office, 25)
    yield from disciplining.tell(office)
    yield accounts.change_roles(office)
    yield banking.fill(office)
    yield reserving.bring_rules(office)
    for vacancy in plan:
        yield recruiting.tell(office, vacancy, FOLLOW_UPS)
    yield interrupting.interrupt(office)
    yield contesting.appealed(office)
    yield following.follow(office)
    yield following.choose_mail(office)
    yield following.ask_deletions(office)
    yield profiles.fill(office)
    yield doubles.tell(office)
    yield searching.keep(office)
