"""Marking accounts by what their people can be recognised by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from app.accounts import holdings
from app.accounts.addresses.models import AddressChange
from app.accounts.merges import rules
from app.accounts.merges.models import MatchKey, Merge
from app.accounts.merges.queries import gather_facts
from app.accounts.models import Account
from app.platform import sealing

# Of how many people the facts are held at a time.
BATCH = 500


def find_changed(session: Session, since: dt.datetime) -> int:
    """Mark anew those whose facts have changed since a moment; give how many marks changed."""
    found = {own for provider in holdings.CHANGES for own in provider(session, since)}
    changed = sorted(found | set(_accounts(session, since)))
    parts = (changed[start : start + BATCH] for start in range(0, len(changed), BATCH))
    return sum(find_matches(session, part) for part in parts)


def find_matches(session: Session, account_ids: Sequence[str] | None = None) -> int:
    """Compute anew what people, or these, can be recognised by; give how many marks changed.

    What no other account shares is marked too, since the next one may, and what a crowd shares as well:
    it is passed over where pairs are listed.
    """
    known = gather_facts(session, account_ids)
    wanted = {
        (account_id, kind, sealing.digests(f"match:{kind}:{value}")[0])
        for account_id, facts in known.items()
        for kind, value in rules.match_keys(facts)
    }
    held = select(MatchKey.account_id, MatchKey.kind, MatchKey.digest)
    if account_ids is not None:
        held = held.where(MatchKey.account_id.in_(account_ids))
    present = {tuple(row) for row in session.execute(held)}
    for account_id, kind, digest in present - wanted:
        session.execute(
            delete(MatchKey).where(
                MatchKey.account_id == account_id, MatchKey.kind == kind, MatchKey.digest == digest
            )
        )
    session.add_all(
        MatchKey(account_id=account_id, kind=kind, digest=digest)
        for account_id, kind, digest in sorted(wanted - present)
    )
    session.flush()
    return len(wanted ^ present)


def _accounts(session: Session, since: dt.datetime) -> list[str]:
    """List accounts that were made, got another address, or were joined or parted."""
    merged = or_(Merge.decided_at >= since, Merge.undone_at >= since)
    queries = (
        select(Account.id).where(Account.created_at >= since),
        select(AddressChange.account_id).where(AddressChange.done_at >= since),
        select(Merge.kept_id).where(merged),
        select(Merge.absorbed_id).where(merged),
    )
    return [own for query in queries for own in session.scalars(query)]
