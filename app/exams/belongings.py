"""How what belongs to candidates goes when two accounts of one person are joined."""

from __future__ import annotations

from app.accounts.holdings import moves, stays

moves("calendar_links.account_id", "Link to the calendar of exam days", once_by=(), asks=False)
stays("panel_members.account_id", "Whoever rated did so under the account that had the role.")
moves("photographs.account_id", "Photograph for admit cards", once_by=(), asks=False)
