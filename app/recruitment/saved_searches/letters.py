"""The mail about a saved search, in its owner's language, with the link that ends it."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from urllib.parse import urlencode

from app.platform import languages, links, sealing
from app.platform.locales import ZonedMoment
from app.platform.sentences import Sentence, say, say_count, translate
from app.recruitment.postings import wording
from app.recruitment.postings.models import Posting
from app.recruitment.saved_searches.models import SavedSearch

MOST_NAMED = 10
SIGNATURE = 40  # hexadecimal digits of the keyed digest: 160 bits


def alert(search: SavedSearch, postings: Sequence[Posting], count: int) -> tuple[str, str]:
    """Write subject and body about `count` new vacancies, of which `postings` are named."""
    language = search.account.language or "en"
    subject = say_count(
        "%(count)s new vacancy: %(search)s", "%(count)s new vacancies: %(search)s", count, search=search.name
    )
    with languages.speaking(language):
        parts = [translate(part) for part in _parts(search, postings, count)]
    return translate(subject, language), "\n\n".join(parts) + "\n"


def unsubscribe_path(search_id: str) -> str:
    """Give the path of the signed link that ends the mail about a search."""
    return f"/saved-searches/{search_id}/unsubscribe/{_signatures(search_id)[0]}"


def is_signed(search_id: str, signature: str) -> bool:
    """Tell whether the link was signed here."""
    given = signature.lower().encode()
    return any(hmac.compare_digest(own.encode(), given) for own in _signatures(search_id))


def unsubscribe_headers(search_id: str) -> dict[str, str]:
    """Give the headers by which a mail program unsubscribes with one click (RFC 8058, read 2026-11-22)."""
    return {
        "List-Unsubscribe": f"<{links.absolute(unsubscribe_path(search_id))}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _parts(search: SavedSearch, postings: Sequence[Posting], count: int) -> list[Sentence | str]:
    address = links.absolute("/vacancies?" + urlencode(search.query))
    parts: list[Sentence | str] = [
        say_count(
            "%(count)s vacancy has appeared that fits your saved search “%(search)s”.",
            "%(count)s vacancies have appeared that fit your saved search “%(search)s”.",
            count,
            search=search.name,
        )
    ]
    parts += [_entry(posting) for posting in postings]
    if count > len(postings):
        parts.append(say_count("And %(count)s more.", "And %(count)s more.", count - len(postings)))
    return [
        *parts,
        say("See the whole list: %(address)s", address=address),
        say("You are told of each vacancy once. Change or pause your searches: %(address)s",
            address=links.absolute("/my/saved-searches")),
        say("No more mail about this search, without signing in: %(address)s",
            address=links.absolute(unsubscribe_path(search.id))),
    ]  # fmt: skip


def _entry(posting: Posting) -> str:
    closes_at = posting.closes_at
    lines: list[Sentence | str] = [posting.title, posting.agency.name]
    if posting.location:
        lines.append(posting.location)
    lines.append(wording.pay(posting))
    if closes_at is not None:
        lines.append(say("Closes %(moment)s", moment=ZonedMoment(closes_at, posting.time_zone)))
    lines.append(links.absolute(f"/vacancies/{posting.id}"))
    return "\n".join(translate(line) if isinstance(line, Sentence) else line for line in lines)


def _signatures(search_id: str) -> list[str]:
    return [digest[:SIGNATURE] for digest in sealing.digests(f"unsubscribe:{search_id}")]
