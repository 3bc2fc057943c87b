"""Every package's declarations, and those of compliance itself."""

from __future__ import annotations

import app.accounts.personal_data
import app.exams.personal_data
import app.notices.personal_data
import app.personnel.personal_data
import app.recruitment.personal_data  # noqa: F401 (each declares by being imported)
from app.platform.personal_data import HELD, LEFT_OUT, Fate, hold, leave_out
from app.platform.sentences import say

__all__ = ["HELD", "LEFT_OUT"]
OURS = "Says who in the office did it."

hold(
    "personal_data_copies", say("Copies like this one that you asked for"),
    link="account_id", columns="id state asked_at made_at expires_at", fate=Fate.ON_REQUEST,
    withheld={
        "account_id": "Your account, above.", "steps": "How far its making had come.",
        "steps_done": "How far its making had come.", "files": "The digests of its files.",
    },
)  # fmt: skip
hold(
    "deletion_requests", say("Your requests for deletion"),
    link="account_id",
    columns="id state asked_at reason plan proposed_at proposal_reason decided_at decision_reason"
    " done_at result",
    fate=Fate.KEPT, why=say("It proves that what you asked for was done."),
    withheld={"account_id": "Your account, above.", "proposed_by": OURS, "decided_by": OURS},
)  # fmt: skip
hold(
    "legal_holds", say("Orders to keep everything of yours"),
    link="account_id", columns="id state placed_at released_at", fate=Fate.KEPT,
    why=say("It proves why something was kept."),
    withheld={
        "account_id": "Your account, above.", "placed_by": OURS, "release_proposed_by": OURS,
        "released_by": OURS,
        "reason": "May tell of a proceeding that others are party to; ask the records officer.",
        "release_reason": "May tell of a proceeding that others are party to; ask the records officer.",
    },
)  # fmt: skip
hold(
    "audit_events", say("What you did, as the ledger holds it"),
    link="actor_id", columns="index at action subject details digest", fate=Fate.KEPT,
    why=say("The ledger is a chain: without one link the rest could not be proved. It holds no texts."),
    withheld={
        "actor_id": "Your account, above.", "actor_name": "Your name, above.",
        "agency_id": "The agency, not you.", "previous": "The link before, which may be somebody else's.",
    },
)  # fmt: skip
leave_out(
    "Say what of the office's records ended, by numbers and digests.",
    "case_purges",
    "retention_purges",
    "purged_applications",
)
leave_out("Files by their digests, without a name of anybody.", "uploads")
