"""The mails about an offer."""

from __future__ import annotations

from collections.abc import Sequence

from app.accounts.models import Account
from app.exams.offers.models import Offer
from app.platform import languages, links
from app.platform.locales import ZonedMoment
from app.platform.sentences import Sentence, say, translate


def offered(offer: Offer, account: Account) -> tuple[str, str]:
    """Give subject and body of the mail that makes an offer."""
    position, agency = offer.position, offer.entry.certificate.agency
    return _mail(
        account,
        say("You are offered a position: %(title)s", title=position.title),
        (
            say("Dear %(name)s,", name=account.name),
            say("%(agency)s offers you the position %(title)s.", agency=agency.name, title=position.title),
            say("Answer before %(moment)s.", moment=ZonedMoment(offer.reply_by, agency.time_zone)),
            say("Read the offer, and accept or decline it, here: %(link)s", link=_link(offer)),
            agency.name,
        ),
    )


def withdrawn(offer: Offer, account: Account) -> tuple[str, str]:
    """Give subject and body of the mail that takes an offer back."""
    position, agency = offer.position, offer.entry.certificate.agency
    return _mail(
        account,
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


def _mail(account: Account, subject: Sentence, body: Sequence[str]) -> tuple[str, str]:
    with languages.speaking(account.language or "en"):
        return translate(subject), "\n\n".join(translate(line) for line in body) + "\n"
