"""Promising a letter with the act it tells of, and keeping what was rendered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.models import Account, Agency
from app.accounts.queries import get_agency
from app.notices import compose, queries
from app.notices.catalogue import ENGLISH_ONLY
from app.notices.models import Notice, NoticeState
from app.notices.numbers import notice_number
from app.notices.wordings.models import LetterWording
from app.notices.wordings.queries import find_in_force
from app.platform import audit, clock, jobs, languages, links, mail, sequences
from app.platform.actors import SYSTEM, Actor
from app.platform.ids import new_id
from app.platform.sentences import say, translate, translate_deeply


def promise(
    session: Session,
    *,
    template: str,
    subject: str,
    agency_id: str,
    account_id: str | None,
    name: str,
    email: str | None,
    letter: dict[str, Any],
    actor: Actor,
    at: dt.datetime,
    address: Sequence[str] = (),
    language: str = "",
    key: str | None = None,
) -> Notice:
    """Promise a letter in this transaction: its fields are checked and frozen now, rendered later.

    `letter` holds the template's own fields (app/notices/letters.py), a wrong one raises Invalid. The same
    `key` gives the same notice again. `address` is the recipient's, a line each; the e-mail address stands
    in where there is none. The letter is in the language of the account, unless another is named; sentences
    in `letter` are translated into it now, once.
    """
    if key and (earlier := queries.find_notice_by_key(session, key)):
        return earlier
    agency = get_agency(session, agency_id)
    language = _language_for(session, template, language, account_id)
    recipient = {"name": name, "address": list(address) or [email or translate(say("By hand"), language)]}
    around = _frame(session, agency, recipient, language, at)
    own = find_in_force(session, template, agency_id, language)
    context = around | {"letter": translate_deeply(letter, language), **worded(own)}
    notice = Notice(
        id=new_id("ntc"),
        number=around["notice"]["number"],
        code=around["notice"]["verify_url"].rpartition("/")[2],
        key=key,
        template=template,
        title=compose.subject(template, context),
        subject=subject,
        agency_id=agency_id,
        account_id=account_id,
        recipient_name=name,
        recipient_email=email,
        language=language,
        context=compose.freeze(template, context),
        state=NoticeState.PROMISED,
        promised_at=at,
        wording_id=own.id if own else None,
    )
    session.add(notice)
    session.flush()
    audit.record(
        session, "notices.promise", actor=actor, at=at, subject=notice.id, agency_id=agency_id,
        number=notice.number, template=template, about=subject,
    )  # fmt: skip
    jobs.enqueue(session, "notices.issue", key=f"notice:{notice.id}", payload={"notice": notice.id}, at=at)
    return notice


def worded(own: LetterWording | None) -> dict[str, Any]:
    """Give the part of a letter's context that holds the office's own words, none where it is as shipped."""
    return {"wording": {"passages": own.passages}} if own is not None and own.passages else {}


def _language_for(session: Session, template: str, language: str, account_id: str | None) -> str:
    """Choose a letter's language: the one named, else the account's; letters to staff are in English."""
    if template in ENGLISH_ONLY:
        return languages.ENGLISH
    account = session.get(Account, account_id) if account_id and not language else None
    chosen = language or (account.language if account else "") or languages.ENGLISH
    return chosen if chosen in languages.LANGUAGES else languages.ENGLISH


def keep_rendered(
    session: Session, *, notice_id: str, html_digest: str, pdf_digest: str | None, at: dt.datetime
) -> Notice:
    """Record what was rendered, and promise the mail that carries it; done once, a repeat changes nothing."""
    notice = queries.get_notice_for_issue(session, notice_id, lock=True)
    if notice.state is NoticeState.ISSUED:
        return notice
    notice.state, notice.issued_at = NoticeState.ISSUED, at
    notice.html_digest, notice.pdf_digest = html_digest, pdf_digest
    audit.record(
        session,
        "notices.issue",
        actor=SYSTEM,
        at=at,
        subject=notice.id,
        agency_id=notice.agency_id,
        number=notice.number,
        html=html_digest,
        pdf=pdf_digest,
    )
    if notice.recipient_email:
        mail.promise(
            session,
            key=f"notice:{notice.id}",
            to=notice.recipient_email,
            subject=f"{notice.title} ({notice.number})",
            body=_mail_body(notice),
            at=at,
            attachment=(f"{notice.number}.pdf", pdf_digest) if pdf_digest else None,
        )
    return notice


def record_view(session: Session, *, notice: Notice, form: str, actor: Actor, at: dt.datetime) -> None:
    """Record that someone read or downloaded a letter that is not their own."""
    audit.record(
        session,
        "notices.show",
        actor=actor,
        at=at,
        subject=notice.id,
        agency_id=notice.agency_id,
        number=notice.number,
        form=form,
    )


def _frame(
    session: Session, agency: Agency, recipient: dict[str, Any], language: str, at: dt.datetime
) -> dict[str, Any]:
    """Number the letter and give what stands round its body."""
    issued_on = clock.local_date(at, agency.time_zone)
    sequence = sequences.next_number(session, f"notice:{issued_on.year}")
    return frame(agency, recipient, language, issued_on, sequence)


def frame(
    agency: Agency, recipient: dict[str, Any], language: str, issued_on: dt.date, sequence: int
) -> dict[str, Any]:
    """Give what stands round a letter's body: its number and code, the agency and the recipient."""
    number = notice_number(sequence, issued_on.year)
    code = new_id("chk").partition("_")[2]
    return {
        "notice": {
            "number": number,
            "issued_on": issued_on,
            "language": language,
            "verify_url": links.absolute(f"/check/{code}"),
        },
        "agency": {
            "name": agency.name,
            "address": [line for line in agency.address.splitlines() if line.strip()],
            "contact": [agency.contact_phone, agency.contact_email],
        },
        "recipient": recipient,
    }


def _mail_body(notice: Notice) -> str:
    read, check = links.absolute(f"/notices/{notice.id}/read"), links.absolute(f"/check/{notice.code}")
    sentences = [
        say("Dear %(name)s,", name=notice.recipient_name),
        say("%(agency)s has sent you a letter: %(title)s.", agency=notice.agency.name, title=notice.title),
        say("Its number is %(number)s.", number=notice.number),
        say("Read it here: %(address)s", address=read),
        say("Check that it is genuine: %(address)s", address=check),
    ]
    greeting, tells, number, reading, checking = (translate(one, notice.language) for one in sentences)
    return (
        f"{greeting}\n\n{tells}\n{number}\n\n{reading}\n{checking}\n\n"
        f"{notice.agency.name}\n{notice.agency.contact_phone}\n"
    )
