"""What everyone with a draft is told when a closing moves."""

from __future__ import annotations

from app.platform import links
from app.recruitment.applications.letters import precise
from app.recruitment.interruptions.models import MovedClosing


def subject(moved: MovedClosing) -> str:
    """Give the subject line."""
    return f"You have more time to apply: {moved.posting.title}"


def moved_closing(moved: MovedClosing, *, name: str, application_id: str) -> str:
    """Give the text: what happened, both closings, and that the draft still is no application."""
    posting, zone = moved.posting, moved.posting.time_zone
    return (
        f"Dear {name},\n\n"
        f"{moved.reason} By our published rule, the closing of {posting.title} ({posting.number})"
        " moves for everyone.\n\n"
        f"Closing before: {precise(moved.old_closes_at, zone)}\n"
        f"Closing now:    {precise(moved.new_closes_at, zone)}\n\n"
        "Your application is a draft. It is NOT submitted. It counts only if you submit it before the"
        " closing.\n\n"
        f"Go on here: {links.absolute(f'/my/applications/{application_id}')}\n\n"
        f"{posting.agency.name}\n"
    )
