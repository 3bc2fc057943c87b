"""The mails about an offer."""

from __future__ import annotations

from collections.abc import Sequence

from app.accounts.models import Account
from app.exams.offers.models import Offer
from app.platform import links
from app.platform.locales import ZonedMoment
from app.platform.sentences import Sentence, say

Mail = tuple[Sentence, Sequence[str]]


def offered(offer: Offer, account: Account) -> Mail:
    """Give subject and body of the mail that makes an offer."""
    position, agency = offer.position, offer.entry.certificate.agency
    return (
        say("You are offered a position: %(title)s", title=position.title),
        (
            say("Dear %(name)s,", name=account.name),
            say("%(agency)s offers you the position %(title)s.", agency=agency.name, title=position.title),
            say("Answer before %(moment)s.", moment=ZonedMoment(offer.reply_by, agency.time_zone)),
            say("Read the offer, and accept or decline it, here: %(link)s", link=_link(offer)),
            agency.name,
        ),
    )


def withdrawn(offer: Offer, account: Account) -> Mail:
    """Give subject and body of the mail that takes an offer back."""
    position, agency = offer.position, offer.entry.certificate.agency
    return (
        say("An offer was taken back: %(title)s", title=position.title),
        (
            say("Dear %(name)s,", name=account.name),
            say("%(agency)s takes the offer of %(title)s back.", agency=agency.name, title=position.title),
            say("Reason: %(reason)s", reason=offer.reason or ""),
            agency.name,
        ),
    )


def _link(offer: Offer) -> str:
    return links.absolute(f"/my/applications/{offer.entry.entry.application_id}/offers")
