"""How flexible work goes when two accounts of one person are joined."""

from __future__ import annotations

from app.accounts.holdings import stays

stays(
    "flexible_arrangements.approver_id",
    "It says which supervisor was asked; that is no part of the person’s own file.",
)
