"""Applicants: each registers, fills in the steps, claims preference or not, and submits, or forgets to."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.accounts.queries import actor_of
from app.accounts.services import create_account
from app.demonstration import answering, asking, occupations, papers
from app.demonstration.accounts import OFFICERS
from app.demonstration.office import Asked, Office, Received
from app.demonstration.people import Person
from app.demonstration.timeline import Story, at_home
from app.demonstration.vacancies import Vacancy
from app.platform.actors import ANONYMOUS, Actor
from app.recruitment.applications.services import submit_application, withdraw_application
from app.recruitment.claims.services import attach_evidence, save_claims
from app.recruitment.claims.standing import honoured
from app.recruitment.documents.services import add_document
from app.recruitment.drafts.services import save_entry, save_section, start_application
from app.recruitment.postings.models import Posting

# Of all who submit: who lacks something essential, withdraws, is a veteran, adds a résumé.
UNMET, WITHDRAWN, VETERAN, DISABLED, RESUME = 0.06, 0.02, 0.07, 0.03, 0.12
# Of those who apply where the cast applies too, who comes first and what is so about them.
CAST = {
    "clerks": ("applicant",),
    "operators": ("applicant", "second.applicant"),
    "inspectors": ("third.applicant",),
    "analysts": ("applicant",),
    "fitters": ("applicant",),
    "lifeguards": ("third.applicant",),
    "engineers": ("third.applicant", "second.applicant"),
    "leads": ("employee",),
    "librarians": ("second.applicant",),
    "nurses": ("applicant",),
    "drivers": ("second.employee",),
}
LACKS = {("inspectors", "third.applicant")}
NEVER_LACKS = frozenset({"applicant", "second.applicant"})
# Drafts of the cast, which they can go on with.
STILL_DRAFTS = {("engineers", "second.applicant"), ("nurses", "applicant"), ("lifeguards", "third.applicant")}


def begin(office: Office, vacancy: Vacancy, opens: dt.datetime, until: dt.datetime) -> None:
    """Let the applicants of a posting begin, spread from its opening until its deadline or now."""
    if opens >= office.timeline.now:
        return
    dice = office.dice(f"applicants:{vacancy.key}")
    office.received[vacancy.key] = []
    for number, person in enumerate(_choose(office, vacancy, dice)):
        key = person.email.partition("@")[0]
        is_cast = key in CAST.get(vacancy.key, ())
        is_draft = (vacancy.key, key) in STILL_DRAFTS if is_cast else number >= vacancy.applicants
        # people are late: half of them write in the last third of the time
        span = (until - opens) * (1 - dice.random() ** 1.6)
        finish = min(at_home(opens + span, office.adverts[vacancy.key].time_zone), until)
        finish -= dt.timedelta(seconds=dice.randrange(90, 3600))
        start = max(opens, finish - dt.timedelta(minutes=dice.randrange(20, 5000)))
        story = _apply(office, vacancy, person, key if is_cast else "", is_draft, (start, max(start, finish)))
        office.timeline.begin(story)


def _choose(office: Office, vacancy: Vacancy, dice: random.Random) -> Sequence[Person]:
    """Choose who applies: the cast, then people who apply nowhere else yet, or some of all applicants."""
    cast = [office.people[key] for key in CAST.get(vacancy.key, ())]
    if vacancy.applicants <= len(cast):
        return cast
    count = vacancy.applicants + vacancy.drafts - len(cast)
    fresh = office.reserved.get(vacancy.key)
    return [*cast, *(fresh if fresh is not None else dice.sample(office.applicants, count))]


def _apply(
    office: Office,
    vacancy: Vacancy,
    person: Person,
    key: str,
    is_draft: bool,
    moments: tuple[dt.datetime, dt.datetime],
) -> Story:
    """Fill in an application in two sittings, submit it unless it stays a draft, sometimes withdraw it."""
    advert = office.adverts[vacancy.key]
    dice = office.dice(f"application:{vacancy.key}:{person.number}")
    session, at = yield moments[0]
    actor = _actor(session, office, person, at)
    own = start_application(session, posting_id=advert.posting_id, actor=actor, at=at).id
    unmet = _unmet(dice, vacancy, key, advert.criteria)
    asking.answer(session, vacancy.key, own, advert.posting_id, office.dice(f"asked:{own}"), actor, at)
    _first_sitting(session, own, person, dice, at, actor)
    if is_draft and dice.random() < 0.5:
        return
    _answer(session, own, advert.criteria, unmet, dice, at, actor)
    if is_draft:
        return
    session, at = yield moments[1]
    honours = honoured(session, session.get_one(Posting, advert.posting_id), at)
    kinds = tuple(kind for kind in _claims(dice, key) if kind in honours)
    _second_sitting(session, office, own, kinds, dice, at, actor)
    submit_application(session, application_id=own, actor=actor, at=at)
    received = Received(own, person, unmet, kinds)
    office.received[vacancy.key].append(received)
    if (vacancy.key, key) in asking.CHANGED:
        session, at = yield at + dt.timedelta(minutes=40)
        copy = asking.change(session, own, person.contact() | {"address_line_2": "Apartment 4"}, actor, at)
        submit_application(session, application_id=copy, actor=actor, at=at)
    if vacancy.key in asking.WITH_FEE:
        session, at = yield at + dt.timedelta(hours=20)
        asking.settle(session, own, office.dice(f"fee:{own}"), _cashier(session, office, vacancy), at)
    if not key and dice.random() < WITHDRAWN:
        session, at = yield at + dt.timedelta(hours=dice.randrange(3, 60))
        reason = dice.choice(("I have accepted another post.", "We are moving away.", ""))
        withdraw_application(session, application_id=own, reason=reason, actor=actor, at=at)
        received.is_withdrawn = True


def _actor(session: Session, office: Office, person: Person, at: dt.datetime) -> Actor:
    """Give who applies; somebody new registers first."""
    known = office.applying.get(person.number)
    if known is None:
        key = person.email.partition("@")[0]
        if key in office.accounts:
            known = office.member(session, key)
        else:
            account = create_account(
                session,
                email=person.email,
                name=person.name,
                password_hash=office.password_hash,
                actor=ANONYMOUS,
                at=at,
            )
            known = actor_of(account)
        office.applying[person.number] = known
    return known


def _cashier(session: Session, office: Office, vacancy: Vacancy) -> Actor:
    """Give the officer at whose desk the fees of a vacancy are recorded."""
    return office.member(session, OFFICERS[occupations.find(vacancy.occupation).agency][0])


def _unmet(dice: random.Random, vacancy: Vacancy, key: str, criteria: Sequence[Asked]) -> str | None:
    """Give the id of the essential criterion that the applicant lacks, None for most."""
    essential = [criterion.id for criterion in criteria if criterion.is_essential]
    lacks = dice.random() < UNMET and key not in NEVER_LACKS
    return dice.choice(essential) if lacks or (vacancy.key, key) in LACKS else None


def _claims(dice: random.Random, key: str) -> tuple[str, ...]:
    chance = dice.random()
    if key == "second.applicant" or chance < VETERAN:
        return ("veteran",)
    return ("disabled_veteran",) if chance < VETERAN + DISABLED and not key else ()


def _first_sitting(
    session: Session, own: str, person: Person, dice: random.Random, at: dt.datetime, actor: Actor
) -> None:
    save_section(
        session,
        application_id=own,
        section="contact",
        data=person.contact(),
        is_complete=True,
        actor=actor,
        at=at,
    )
    for section, values in answering.career(dice, at.year):
        save_entry(
            session,
            application_id=own,
            section=section,
            number=None,
            values=values,
            is_complete=True,
            actor=actor,
            at=at,
        )


def _answer(
    session: Session,
    own: str,
    criteria: Sequence[Asked],
    unmet: str | None,
    dice: random.Random,
    at: dt.datetime,
    actor: Actor,
) -> None:
    data = {
        criterion.id: answering.answer(dice, criterion.kind, at.year, is_met=criterion.id != unmet)
        for criterion in criteria
    }
    save_section(
        session,
        application_id=own,
        section="answers",
        data=data,
        is_complete=True,
        actor=actor,
        at=at,
    )


def _second_sitting(
    session: Session,
    office: Office,
    own: str,
    kinds: Sequence[str],
    dice: random.Random,
    at: dt.datetime,
    actor: Actor,
) -> None:
    """Claim preference with its evidence, or none, add a résumé or not, and be done with the documents."""
    save_claims(session, application_id=own, kinds=kinds or ("none",), actor=actor, at=at)
    for kind in kinds:
        checked, digest = papers.find(office, kind)
        attach_evidence(
            session, application_id=own, kind=kind, checked=checked, digest=digest, actor=actor, at=at
        )
    if dice.random() < RESUME:
        checked, digest = papers.find(office, "resume")
        add_document(
            session,
            application_id=own,
            kind="resume",
            checked=checked,
            digest=digest,
            actor=actor,
            at=at,
        )
    save_section(
        session, application_id=own, section="documents", data={}, is_complete=True, actor=actor, at=at
    )
