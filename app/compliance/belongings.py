"""How requests about personal data go when two accounts of one person are joined."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.holdings import moves, refuse_while, stays
from app.compliance.deletions.models import DeletionRequest
from app.compliance.deletions.states import DeletionState

OPEN = (DeletionState.ASKED, DeletionState.PROPOSED, DeletionState.APPROVED)

moves("legal_holds.account_id", "Legal holds")
stays("deletion_requests.account_id", "A request concerned what the account held when it was made.")
stays("personal_data_copies.account_id", "A copy tells of the account it was made for.")


@refuse_while
def _deletion_is_asked_for(session: Session, account_ids: Sequence[str]) -> str:
    asked = select(DeletionRequest.id).where(
        DeletionRequest.account_id.in_(account_ids), DeletionRequest.state.in_(OPEN)
    )
    if session.scalar(asked.limit(1)) is None:
        return ""
    return "Deletion was asked for in one of the accounts. Decide on that first."
