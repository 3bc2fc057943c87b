"""How letters go when two accounts of one person are joined."""

from __future__ import annotations

from app.accounts.holdings import moves

moves("notices.account_id", "Letters")
