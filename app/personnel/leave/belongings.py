"""How requests for leave go when two accounts of one person are joined."""

from __future__ import annotations

from app.accounts.holdings import stays

stays("leave_requests.approver_id", "It says who was to decide; that is no part of the person’s own file.")
