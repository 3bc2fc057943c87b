"""Recovery codes: ten, shown once, each of which opens the account once."""

from __future__ import annotations

import datetime as dt
import secrets

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.second_factor.models import RecoveryCode
from app.accounts.services import tell
from app.platform import audit, sealing
from app.platform.actors import Actor
from app.platform.ids import ALPHABET, new_id
from app.platform.sentences import say

HOW_MANY = 10
LENGTH = 10


def make_codes(session: Session, *, account: Account, actor: Actor, at: dt.datetime) -> list[str]:
    """Make a new set, which ends the one before; the codes themselves are kept nowhere."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(HOW_MANY)]
    session.add_all(
        RecoveryCode(
            id=new_id("rcv"), account_id=account.id, digest=_digests(account.id, code)[0], made_at=at
        )
        for code in codes
    )
    audit.record(session, "accounts.recovery_codes", actor=actor, at=at, subject=account.id, count=HOW_MANY)
    sentence = say("New recovery codes were made for your account. The ones before open nothing any more.")
    tell(session, account, say("New recovery codes"), sentence, at=at)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def use_code(session: Session, *, account_id: str, code: str, at: dt.datetime) -> bool:
    """Use a code up; False when it is not one of the person's, or was used before."""
    typed = "".join(character for character in code.casefold() if character.isalnum())
    used = session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account_id,
            RecoveryCode.digest.in_(_digests(account_id, typed)),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=at)
    )
    return int(used.rowcount) == 1  # type: ignore[attr-defined]


def count_codes(session: Session, account_id: str) -> int:
    """Count the codes that are left."""
    left = select(func.count()).where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
    return session.scalar(left) or 0


def drop_codes(session: Session, account_id: str) -> None:
    """Remove a person's codes, because there is no second factor that they could stand in for."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))


def _digests(account_id: str, code: str) -> tuple[str, ...]:
    return sealing.digests(f"recovery:{account_id}:{code}")
