"""One act on many pieces of work: tried on each first, then done on each, with what became of every one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.exams.certificates.models import CertificateEntry
from app.exams.merit_lists.models import MeritListEntry
from app.exams.offers.models import Offer
from app.exams.offers.states import OfferState
from app.home.waiting import Item
from app.platform import audit, clock, db, links, mail
from app.platform.actors import Actor
from app.platform.errors import MeritumError
from app.platform.sentences import say
from app.recruitment.applications.models import Application
from app.recruitment.applications.queries import get_application
from app.recruitment.screening.models import Outcome
from app.recruitment.screening.rules import Decision
from app.recruitment.screening.services import decide

Act = Callable[[Session, Item, Mapping[str, Any], Actor, dt.datetime], str]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one piece of work, or would become of it, in a sentence."""

    item: Item
    is_done: bool
    sentence: str


def run(
    session: Session,
    act: str,
    items: Sequence[Item],
    values: Mapping[str, Any],
    actor: Actor,
    at: dt.datetime,
) -> list[Result]:
    """Do one act on each piece of work by itself: what is refused for one stops none of the others."""
    results = []
    for item in items:
        try:
            with db.savepoint(session):
                sentence = ACTS[act](session, item, values, actor, at)
            results.append(Result(item, True, sentence))
        except MeritumError as error:
            results.append(Result(item, False, str(error)))
    done = [row.item.id for row in results if row.is_done]
    audit.record(
        session, "home.bulk", actor=actor, at=at, subject="queue", act=act, asked=len(items), done=done
    )
    return results


def _screen(session: Session, item: Item, values: Mapping[str, Any], actor: Actor, at: dt.datetime) -> str:
    """Screen an application like all others: every requirement is met, or none is, for one reason."""
    application = get_application(session, item.id, actor)
    is_met = values["outcome"] == Outcome.ELIGIBLE.value
    reason = str(values["reason"])
    outcome = Outcome(values["outcome"])
    decide(
        session,
        application_id=item.id,
        decisions={criterion.id: Decision(is_met, reason) for criterion in application.posting.criteria},
        outcome=outcome,
        reason=reason,
        actor=actor,
        at=at,
    )
    if outcome is Outcome.INELIGIBLE:
        return "Not eligible; a letter with the reason is promised."
    return "Eligible; no letter is sent."


def _remind(session: Session, item: Item, values: Mapping[str, Any], actor: Actor, at: dt.datetime) -> str:
    """Remind everybody on a certificate whose offer waits for an answer, once a day at most."""
    offers = session.scalars(
        select(Offer)
        .join(Offer.entry)
        .where(CertificateEntry.certificate_id == item.id, Offer.state == OfferState.MADE)
        .options(
            joinedload(Offer.position),
            joinedload(Offer.entry)
            .joinedload(CertificateEntry.entry)
            .joinedload(MeritListEntry.application)
            .joinedload(Application.account),
        )
    ).all()
    for offer in offers:
        application = offer.entry.entry.application
        account = application.account
        body = (
            say("Dear %(name)s,", name=account.name),
            say("We offered you a position and wait for your answer: %(title)s", title=offer.position.title),
            say("Answer here: %(link)s", link=links.absolute(f"/my/applications/{application.id}/offers")),
        )
        mail.promise(
            session,
            key=f"offer-reminder:{offer.id}:{clock.local_date(at, 'UTC')}",
            to=account.email,
            subject=say("Your answer to our offer"),
            body=body,
            at=at,
            language=account.language,
        )
    return f"{len(offers)} reminded by mail."


ACTS: dict[str, Act] = {"screen": _screen, "remind": _remind}
TITLES = {"screen": "Decide alike", "remind": "Remind by mail"}
