"""Asking a browser for a passkey, judging its answer, keeping and removing passkeys.

Web Authentication Level 3, sections 7.1 and 7.2 (read 2026-11-22); the library judges, we keep the state.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from dataclasses import dataclass

import webauthn
from sqlalchemy import delete
from sqlalchemy.orm import Session
from webauthn.helpers import (
    bytes_to_base64url,
    exceptions,
    parse_authentication_credential_json,
    parse_client_data_json,
    structs,
)

from app.accounts.models import Account, AccountState
from app.accounts.passkeys import queries, rules
from app.accounts.passkeys.models import Passkey, PasskeyChallenge
from app.accounts.queries import actor_of, get_account
from app.accounts.second_factor.services import demand_strong
from app.accounts.services import tell
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id
from app.platform.sentences import say

NAME = "Meritum"
TOO_LATE = say("The passkey was asked for too long ago. Try again.")
NOT_GOOD = say("This passkey could not be used. Try again, or sign in another way.")
HALTED = say(
    "This passkey was stopped, because it may have been copied. "
    "Sign in another way, remove it, and add a new one."
)
TOO_MANY = say("You have %(most)s passkeys, which is the most. Remove one first.", most=rules.MOST)
# what the library raises over what a browser, or anyone, may send
_FAULTS = (exceptions.WebAuthnException, ValueError, KeyError, TypeError, AttributeError, RecursionError)
_CARES = structs.UserVerificationRequirement.REQUIRED


@dataclass(frozen=True, slots=True)
class Site:
    """The domain that passkeys are bound to, and the address that pages are opened under."""

    domain: str
    origin: str


@dataclass(frozen=True, slots=True)
class Opened:
    """Whose passkey answered; `is_halted` when it must not open anything."""

    account: Account
    passkey: Passkey
    is_halted: bool


def ask_to_register(session: Session, *, account: Account, site: Site, at: dt.datetime) -> str:
    """Give the question, as JSON for the browser, by which a new passkey is made."""
    kept = queries.list_passkeys(session, account.id)
    if len(kept) >= rules.MOST:
        raise Conflict(TOO_MANY)
    options = webauthn.generate_registration_options(
        rp_id=site.domain,
        rp_name=NAME,
        user_id=account.id.encode(),
        user_name=account.email,
        user_display_name=account.name,
        challenge=_challenge(session, "register", account.id, at),
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            require_resident_key=True,
            user_verification=_CARES,
        ),
        exclude_credentials=[
            structs.PublicKeyCredentialDescriptor(id=webauthn.base64url_to_bytes(one.credential_id))
            for one in kept
        ],
    )
    return webauthn.options_to_json(options)


def ask_to_open(
    session: Session, *, purpose: str, account_id: str | None, site: Site, at: dt.datetime
) -> str:
    """Give the question, as JSON, that a passkey answers: to "sign_in", or (for one account) for "identity".

    It names no passkey, so that nobody learns who has one: the browser offers those it holds for this site.
    """
    options = webauthn.generate_authentication_options(
        rp_id=site.domain, challenge=_challenge(session, purpose, account_id, at), user_verification=_CARES
    )
    return webauthn.options_to_json(options)


def register(
    session: Session, *, credential: str, name: str, site: Site, actor: Actor, at: dt.datetime
) -> Passkey:
    """Keep a new passkey of who is signed in; what a browser sends that is not right is Invalid."""
    account = get_account(session, str(actor.id))
    demand_strong(session, account, actor)
    try:
        sent = json.loads(credential)
        challenge = _take(session, str(sent["response"]["clientDataJSON"]), "register", account.id, at)
        found = webauthn.verify_registration_response(
            credential=sent,
            expected_challenge=challenge,
            expected_rp_id=site.domain,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except _FAULTS as error:
        raise Invalid(NOT_GOOD) from error
    transports = sent["response"].get("transports")
    passkey = Passkey(
        id=new_id("psk"),
        account_id=account.id,
        credential_id=bytes_to_base64url(found.credential_id),
        public_key=found.credential_public_key,
        sign_count=found.sign_count,
        name=name,
        transports=",".join(map(str, transports))[:100] if isinstance(transports, list) else "",
        is_backed_up=found.credential_backed_up,
        created_at=at,
    )
    session.add(passkey)
    session.flush()
    audit.record(session, "accounts.add_passkey", actor=actor, at=at, subject=account.id, passkey=passkey.id)
    sentence = say("A passkey was added to your account: %(name)s.", name=name)
    tell(session, account, say("A passkey was added"), sentence, at=at)
    return passkey


def open_by_passkey(
    session: Session, *, credential: str, purpose: str, account_id: str | None, site: Site, at: dt.datetime
) -> Opened:
    """Judge a passkey's answer to a question of ours; anything wrong is Invalid.

    A counter that ran backward halts the passkey, and the answer says so: the caller commits that.
    """
    try:
        sent = parse_authentication_credential_json(credential)
        challenge = _take(
            session, bytes_to_base64url(sent.response.client_data_json), purpose, account_id, at
        )
        passkey = queries.find_by_credential(session, sent.id)
        if passkey is None or account_id not in (None, passkey.account_id):
            raise Invalid(NOT_GOOD)
        if sent.response.user_handle not in (None, passkey.account_id.encode()):
            raise Invalid(NOT_GOOD)
        found = webauthn.verify_authentication_response(
            credential=sent,
            expected_challenge=challenge,
            expected_rp_id=site.domain,
            expected_origin=site.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=0,  # judged below: what ran backward must be kept, not only refused
            require_user_verification=True,
        )
    except _FAULTS as error:
        raise Invalid(NOT_GOOD) from error
    account = get_account(session, passkey.account_id)
    if account.state is AccountState.CLOSED:
        raise Invalid(NOT_GOOD)
    return _opened(session, account, passkey, found.new_sign_count, at)


def rename(session: Session, *, passkey_id: str, name: str, actor: Actor, at: dt.datetime) -> Passkey:
    """Give one of one's own passkeys another name."""
    passkey = queries.get_passkey(session, passkey_id, actor.id)
    passkey.name = name
    audit.record(
        session, "accounts.rename_passkey", actor=actor, at=at, subject=passkey.account_id, passkey=passkey.id
    )
    return passkey


def remove(session: Session, *, passkey_id: str, actor: Actor, at: dt.datetime) -> None:
    """Remove one of one's own passkeys: it opens nothing from now on."""
    passkey = queries.get_passkey(session, passkey_id, actor.id)
    account = get_account(session, passkey.account_id)
    session.delete(passkey)
    audit.record(
        session, "accounts.remove_passkey", actor=actor, at=at, subject=account.id, passkey=passkey_id
    )
    sentence = say("A passkey was removed from your account: %(name)s.", name=passkey.name)
    tell(session, account, say("A passkey was removed"), sentence, at=at)


def forget_challenges(session: Session, *, at: dt.datetime) -> None:
    """Remove the questions that nobody answered."""
    session.execute(delete(PasskeyChallenge).where(PasskeyChallenge.asked_at <= at - rules.ANSWER_WITHIN))


def _opened(session: Session, account: Account, passkey: Passkey, told: int, at: dt.datetime) -> Opened:
    if passkey.halted_at is not None:
        return Opened(account, passkey, True)
    if rules.is_regression(kept=passkey.sign_count, told=told):
        passkey.halted_at = at
        tell(session, account, say("A passkey was stopped"), HALTED, at=at)
    else:
        passkey.sign_count, passkey.used_at = told, at
    audit.record(
        session,
        "accounts.use_passkey",
        actor=actor_of(account),
        at=at,
        subject=account.id,
        passkey=passkey.id,
        is_halted=passkey.halted_at is not None,
    )
    return Opened(account, passkey, passkey.halted_at is not None)


def _challenge(session: Session, purpose: str, account_id: str | None, at: dt.datetime) -> bytes:
    challenge = secrets.token_bytes(32)
    digest = hashlib.sha256(challenge).hexdigest()
    session.add(PasskeyChallenge(digest=digest, purpose=purpose, account_id=account_id, asked_at=at))
    return challenge


def _take(session: Session, client_data: str, purpose: str, account_id: str | None, at: dt.datetime) -> bytes:
    """Give the challenge that a browser answers, and end it; one not asked, or long ago, is refused."""
    challenge = parse_client_data_json(webauthn.base64url_to_bytes(client_data)).challenge
    owner = PasskeyChallenge.account_id
    is_owner = owner.is_(None) if account_id is None else owner == account_id
    taken = session.execute(
        delete(PasskeyChallenge).where(
            PasskeyChallenge.digest == hashlib.sha256(challenge).hexdigest(),
            PasskeyChallenge.purpose == purpose,
            PasskeyChallenge.asked_at > at - rules.ANSWER_WITHIN,
            is_owner,
        )
    )
    if int(taken.rowcount) != 1:  # type: ignore[attr-defined]
        raise Invalid(TOO_LATE)
    return challenge
