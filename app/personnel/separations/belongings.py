"""How signing of clearances goes when two accounts of one person are joined."""

from __future__ import annotations

from app.accounts.holdings import stays

stays("clearance_signers.account_id", "It says who signs for a desk: the office names the person anew.")
stays("clearance_items.signer_id", "It says who signs a step; that is no part of the person’s own file.")
