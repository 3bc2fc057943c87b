"""What of disciplinary cases stays with an account that is joined to another."""

from __future__ import annotations

from app.accounts.holdings import stays

stays(
    "disciplinary_cases.deciding_official_id",
    "It says who decides; that is no part of the person’s own file.",
)
stays(
    "allegation_investigators.account_id",
    "It says who was named to investigate; that is no part of the person’s own file.",
)
stays("allegations.investigator_id", "It says who investigates; that is no part of the person’s own file.")
