"""What the owners of both mailboxes say to the joining of two accounts."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.merges import rules
from app.accounts.merges.models import Merge, MergeConsent
from app.accounts.merges.states import MergeState, move
from app.accounts.models import Account
from app.accounts.queries import actor_of, get_account
from app.accounts.services import digest_token
from app.platform import audit, jobs
from app.platform.errors import Conflict
from app.platform.sentences import say

OVER = say("This link was used before, or what it asks is decided. There is nothing more to do.")
DENIED = "The owner of one of the two mailboxes says that the other account is not theirs."


@dataclass(frozen=True, slots=True)
class Question:
    """What one mailbox is asked by mail."""

    account: Account
    token: str


def ask(session: Session, merge: Merge, at: dt.datetime) -> None:
    """Ask both mailboxes; the links are made when they are mailed, so that they stand nowhere in clear."""
    for account_id in (merge.kept_id, merge.absorbed_id):
        session.add(MergeConsent(merge_id=merge.id, account_id=account_id, asked_at=at))
    session.flush()
    jobs.enqueue(
        session, "accounts.ask_consent", key=f"consent:{merge.id}", payload={"merge": merge.id}, at=at
    )


def prepare(session: Session, *, merge_id: str, at: dt.datetime) -> list[Question]:
    """Make the links that will be mailed; none once the merge is decided or a mailbox has answered."""
    merge = session.get_one(Merge, merge_id)
    asked = list_consents(session, merge_id) if merge.state is MergeState.PROPOSED else []
    questions = []
    for consent in asked:
        if consent.answered_at is None:
            account, token = get_account(session, consent.account_id), secrets.token_urlsafe(32)
            consent.token_digest = digest_token(token)
            questions.append(Question(account, token))
    if questions:
        session.flush()
        audit.record(
            session, "accounts.answer_merge", actor=actor_of(questions[0].account), at=at,
            subject=merge_id, step="mailed",
        )  # fmt: skip
    return questions


def answer(session: Session, *, token: str, agrees: bool, at: dt.datetime) -> MergeConsent:
    """Keep what the owner of a mailbox says; a no ends the proposal. Conflict for a link that is over."""
    consent = find_by_token(session, token, lock=True)
    if consent is None:
        raise Conflict(OVER)
    merge = session.get_one(Merge, consent.merge_id, with_for_update=True)
    consent.agrees, consent.answered_at = agrees, at
    if not agrees:
        merge.state, merge.decided_at = move(merge.state, MergeState.REFUSED), at
        merge.decision_reason = DENIED
    session.flush()
    account = get_account(session, consent.account_id)
    audit.record(
        session, "accounts.answer_merge", actor=actor_of(account), at=at, subject=merge.id,
        step="agreed" if agrees else "denied",
    )  # fmt: skip
    return consent


def demand(session: Session, merge: Merge, reason: str, at: dt.datetime) -> None:
    """Refuse to join what its owners have not agreed to, or were not asked for long enough."""
    consents = list_consents(session, merge.id)
    rules.demand_consent([consent.agrees for consent in consents], merge.proposed_at, reason, at)


def list_consents(session: Session, merge_id: str) -> list[MergeConsent]:
    """List what both mailboxes were asked and said."""
    query = select(MergeConsent).where(MergeConsent.merge_id == merge_id).order_by(MergeConsent.account_id)
    return list(session.scalars(query))


def find_by_token(session: Session, token: str, *, lock: bool = False) -> MergeConsent | None:
    """Find the question that was mailed with this token, while it can be answered."""
    query = (
        select(MergeConsent)
        .join(Merge, Merge.id == MergeConsent.merge_id)
        .where(
            MergeConsent.token_digest == digest_token(token),
            MergeConsent.answered_at.is_(None),
            Merge.state == MergeState.PROPOSED,
        )
    )
    return session.scalar(query.with_for_update(of=MergeConsent) if lock else query)
