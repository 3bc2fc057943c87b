"""The mail that tells an applicant that a claim was decided; what was decided stands in the account alone."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.accounts.queries import get_account
from app.platform import links, mail
from app.platform.sentences import say
from app.recruitment.applications.models import Application, ClaimDecision


def tell(session: Session, application: Application, decision: ClaimDecision, at: dt.datetime) -> None:
    """Promise the mail, once a decision, in the person's language.

    A mail is read by others too, so it names neither the claim nor the outcome.
    """
    account, posting = get_account(session, application.account_id), application.posting
    sentences = (
        say("Dear %(name)s,", name=account.name),
        say(
            "an officer has decided on a claim in your application for %(title)s (%(number)s).",
            title=posting.title,
            number=posting.number,
        ),
        say(
            "Read the decision and its reason here: %(address)s",
            address=links.absolute("/my/profile/claims"),
        ),
        say("If you do not agree, you can appeal there. Another officer then decides."),
        posting.agency.name,
    )
    mail.promise(
        session,
        key=f"claim-decision:{decision.id}",
        to=application.applicant_email or account.email,
        subject=say("A decision on your claim: %(title)s", title=posting.title),
        body=sentences,
        at=at,
        language=account.language,
    )
