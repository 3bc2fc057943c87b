"""Marking accounts by what their people can be recognised by."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.accounts.merges import rules
from app.accounts.merges.models import MatchKey
from app.accounts.merges.queries import gather_facts
from app.platform import sealing


def find_matches(session: Session) -> int:
    """Compute anew what people can be recognised by; give how many marks changed.

    What no other account shares is marked too, since the next one may; what a crowd shares is not.
    """
    known = {account: rules.match_keys(facts) for account, facts in gather_facts(session, None).items()}
    sharing = Counter(pair for pairs in known.values() for pair in pairs)
    wanted = {
        (account_id, kind, sealing.digests(f"match:{kind}:{value}")[0])
        for account_id, pairs in known.items()
        for kind, value in pairs
        if sharing[kind, value] <= rules.MOST_SHARING
    }
    present = {
        tuple(row) for row in session.execute(select(MatchKey.account_id, MatchKey.kind, MatchKey.digest))
    }
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
    return len(wanted ^ present)
