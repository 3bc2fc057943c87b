"""Proposing, deciding on and undoing merges of two accounts of one person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.accounts import holdings
from app.accounts.grants.rules import covers
from app.accounts.merges import consents, queries, rules
from app.accounts.merges.models import Merge, NotTheSame
from app.accounts.merges.moving import move_all, take_back
from app.accounts.merges.states import MergeState, move
from app.accounts.models import Account, AccountState
from app.accounts.queries import get_account
from app.accounts.services import tell
from app.accounts.sessions.services import end_all_sessions
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict, Forbidden, Invalid
from app.platform.ids import new_id
from app.platform.sentences import say

# What happens by itself, or by merely looking, and does not stand in the way of undoing.
_HARMLESS = ("enter_code", "enter_recovery_code", "use_passkey", "use_service", "prove")


def propose(
    session: Session,
    *,
    kept_id: str,
    absorbed_id: str,
    reason: str,
    choices: Mapping[str, str],
    actor: Actor,
    at: dt.datetime,
) -> Merge:
    """Propose to join two accounts; refused while something stands in the way or a conflict is undecided.

    Both mailboxes are asked: each is mailed a link by which its owner agrees or says no.
    """
    _demand(actor, "accounts.propose_merge")
    kept, absorbed = get_account(session, kept_id), get_account(session, absorbed_id)
    _check(session, kept, absorbed, actor)
    clashes = {clash.name: clash for clash in queries.list_clashes(session, kept_id, absorbed_id)}
    rules.check_choices(clashes, choices)
    merge = Merge(
        id=new_id("mrg"),
        kept_id=kept_id,
        absorbed_id=absorbed_id,
        state=MergeState.PROPOSED,
        reason=reason,
        choices={name: choices[name] for name in clashes},
        moved=[],
        proposed_by=actor.id,
        proposed_at=at,
    )
    session.add(merge)
    session.flush()
    _record(session, "propose_merge", merge, actor, at)
    consents.ask(session, merge, at)
    return merge


def decide(
    session: Session, *, merge_id: str, accepts: bool, reason: str, actor: Actor, at: dt.datetime
) -> Merge:
    """Refuse a merge with a reason, or carry it out: all rows move, the absorbed account is closed.

    Both mailboxes must have agreed; one that did not answer for long is passed over with a written reason.
    """
    _demand(actor, "accounts.decide_merge")
    merge = queries.get_merge(session, merge_id, lock=True)
    pair = (merge.kept_id, merge.absorbed_id)
    rules.check_two_people(actor_id=actor.id, proposed_by=merge.proposed_by, accounts=pair)
    state = move(merge.state, MergeState.DONE if accepts else MergeState.REFUSED)
    if not accepts and not reason:
        raise Invalid(reason="Enter the reason for refusing")
    if accepts:
        consents.demand(session, merge, reason, at)
        _carry_out(session, merge, actor, at)
    merge.state, merge.decided_by, merge.decided_at = state, actor.id, at
    merge.decision_reason = reason or None
    session.flush()
    _record(session, "decide_merge", merge, actor, at, state=state.value, rows=len(merge.moved))
    return merge


def undo(
    session: Session,
    *,
    merge_id: str,
    reason: str,
    actor: Actor,
    at: dt.datetime,
    owner_objects: bool = False,
) -> Merge:
    """Undo a merge while nothing new has happened in it: rows go back, the closed account is open again.

    Where the closed account's owner objects, what was done from the other account does not stand in the way:
    otherwise who took an account over could keep it by using it. What is gone meanwhile stays gone.
    """
    _demand(actor, "accounts.undo_merge")
    merge = queries.get_merge(session, merge_id, lock=True)
    if actor.id in (merge.kept_id, merge.absorbed_id):
        raise Forbidden("Nobody decides on accounts of their own.")
    state = move(merge.state, MergeState.UNDONE)
    if has_news(session, merge, owner_objects=owner_objects):
        raise Conflict("Something has happened in the joined account since. It can no longer be undone.")
    take_back(session, merge.moved, actor=actor, at=at, leaves_gone=owner_objects)
    merge.absorbed.state, merge.absorbed.merged_into_id = AccountState.ACTIVE, None
    merge.state, merge.undone_by, merge.undone_at, merge.undo_reason = state, actor.id, at, reason
    end_all_sessions(session, account_id=merge.kept_id, at=at)
    session.flush()
    _record(session, "undo_merge", merge, actor, at, reason=reason, owner_objects=owner_objects)
    sentence = say("The joining of your two accounts was undone. Sign in to each as before.")
    for account in (merge.kept, merge.absorbed):
        tell(session, account, say("Your accounts are apart again"), sentence, at=at)
    return merge


def tell_apart(
    session: Session, *, one_id: str, other_id: str, reason: str, actor: Actor, at: dt.datetime
) -> NotTheSame:
    """Keep that two accounts are two people's, so that they are no longer listed."""
    _demand(actor, "accounts.tell_apart")
    first, second = sorted((one_id, other_id))
    if session.get(NotTheSame, (first, second)) is not None:
        raise Conflict("These two are told apart already.")
    for account_id in (first, second):
        get_account(session, account_id)
    row = NotTheSame(first_id=first, second_id=second, reason=reason, decided_by=actor.id, decided_at=at)
    session.add(row)
    audit.record(
        session, "accounts.tell_apart", actor=actor, at=at, subject=first, other=second, reason=reason
    )
    return row


def has_news(session: Session, merge: Merge, *, owner_objects: bool = False) -> bool:
    """Tell whether anything was done in the joined account, or to what moved, after the merge.

    With `owner_objects` only what others than the account that went on did counts: the office, say. What a
    visitor did to that account, a new password by mail, is its owner's doing.
    """
    after = session.scalar(
        select(audit.AuditEvent.index)
        .where(audit.AuditEvent.subject == merge.id, audit.AuditEvent.action == "accounts.decide_merge")
        .order_by(audit.AuditEvent.index.desc())
        .limit(1)
    )
    moved = [value for row in merge.moved for value in row["key"].values() if isinstance(value, str)]
    news = (
        select(audit.AuditEvent.index)
        .where(
            audit.AuditEvent.index > (after or 0),
            audit.AuditEvent.action.not_in([f"accounts.{name}" for name in _HARMLESS]),
            or_(
                audit.AuditEvent.actor_id == merge.kept_id,
                audit.AuditEvent.subject.in_([merge.kept_id, merge.absorbed_id, *moved]),
            ),
        )
        .limit(1)
    )
    if owner_objects:
        by_nobody = audit.AuditEvent.actor_id.is_(None)
        news = news.where(
            or_(
                audit.AuditEvent.actor_id != merge.kept_id,
                and_(by_nobody, audit.AuditEvent.subject != merge.kept_id),
            )
        )
    return session.scalar(news) is not None


def _carry_out(session: Session, merge: Merge, actor: Actor, at: dt.datetime) -> None:
    kept, absorbed = get_account(session, merge.kept_id), get_account(session, merge.absorbed_id)
    _check(session, kept, absorbed, actor)
    clashes = {clash.name: clash for clash in queries.list_clashes(session, kept.id, absorbed.id)}
    rules.check_choices(clashes, merge.choices)
    merge.moved = move_all(session, kept=kept, absorbed=absorbed, choices=merge.choices, actor=actor, at=at)
    absorbed.state, absorbed.merged_into_id = AccountState.CLOSED, kept.id
    end_all_sessions(session, account_id=absorbed.id, at=at)
    sentence = say(
        "You had two accounts, and an officer has joined them. Sign in with %(email)s from now on. "
        "If both are not yours, tell the office at once: it can be undone.",
        email=kept.email,
    )
    for account in (kept, absorbed):
        tell(session, account, say("Your accounts were joined"), sentence, at=at)


def _check(session: Session, kept: Account, absorbed: Account, actor: Actor) -> None:
    if kept.id == absorbed.id:
        raise Invalid("Choose two different accounts")
    if actor.id in (kept.id, absorbed.id):
        raise Forbidden("Nobody joins accounts of their own.")
    if AccountState.CLOSED in (kept.state, absorbed.state):
        raise Conflict("One of the two accounts is closed.")
    if queries.holds_office(session, absorbed.id):
        raise Conflict("The account to be closed has a role in the office. End the role first.")
    for obstacle in holdings.OBSTACLES:
        if sentence := obstacle(session, (kept.id, absorbed.id)):
            raise Conflict(sentence)


def _demand(actor: Actor, permission: str) -> None:
    """Refuse who holds the permission in one agency only: applicants belong to none."""
    if not covers(actor, permission, None):
        raise Forbidden("Accounts of applicants are joined by who has this role in all agencies.")


def _record(session: Session, act: str, merge: Merge, actor: Actor, at: dt.datetime, **details: Any) -> None:
    audit.record(
        session,
        f"accounts.{act}",
        actor=actor,
        at=at,
        subject=merge.id,
        kept=merge.kept_id,
        absorbed=merge.absorbed_id,
        **details,
    )
