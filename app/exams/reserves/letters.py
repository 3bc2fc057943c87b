"""The letter to somebody who is called from a reserve."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.exams.reserves.models import ReserveEntry
from app.exams.reserves.queries import get_with_list
from app.notices import services as notices
from app.platform import clock, links
from app.platform.actors import Actor
from app.platform.sentences import say
from app.recruitment.applications.letters import address, signature

NEXT = (
    say("The office looks at your papers once more. Then it offers you the position or says why not."),
    say("An offer comes by mail. You answer it in Meritum, by the day that it names."),
    say("If you do not want the position any more, tell us now, so that the next person can be called."),
)


def promise_call(
    session: Session, reserve_id: str, entry: ReserveEntry, call_id: str, actor: Actor, at: dt.datetime
) -> None:
    """Promise the letter that tells a person of the call; `entry` comes with its application."""
    application = entry.entry.application
    certificate = get_with_list(session, reserve_id).certificate
    posting = certificate.merit_list.examination.posting
    notices.promise(
        session,
        template="reserve_call",
        subject=application.id,
        agency_id=certificate.agency_id,
        account_id=application.account_id,
        name=application.applicant_name or "",
        email=application.applicant_email,
        address=address(contact) if (contact := (application.snapshot or {}).get("contact")) else (),
        letter={
            "signed_by": signature(posting),
            "application_number": application.number,
            "posting_title": posting.title,
            "posting_number": posting.number,
            "list_title": certificate.merit_list.examination.title,
            "place": entry.position,
            "called_on": clock.local_date(at, posting.time_zone),
            "next_steps": list(NEXT),
            "follow_url": links.absolute(f"/my/applications/{application.id}"),
        },
        actor=actor,
        at=at,
        key=f"reserve:{call_id}",
    )
