"""How grievances go when two accounts of one person are joined."""

from __future__ import annotations

from app.accounts.holdings import stays

stays("grievances.about_id", "It says who a complaint is about; that is the grievant’s own statement.")
stays(
    "grievance_recusals.account_id",
    "It says who gave up an answer; that is no part of the person’s own file.",
)
stays("grievance_steps.decider_id", "It says who answers a step; that is no part of the person’s own file.")
