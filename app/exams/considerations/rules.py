"""Who decides on a consideration, and what it does to a vacancy.

Who lost consideration by an error is considered for the next vacancy of the class before anybody else is
(Delegated Examining Operations Handbook, June 2019, pages 6-46 and 6-50; docs/law.md says when it was read).
"""

from __future__ import annotations

from collections.abc import Sequence

from app.platform.errors import Conflict, Invalid


def check_reason(reason: str) -> str:
    """Give the reason without white space around it; Invalid when it is empty."""
    if not reason.strip():
        raise Invalid(reason="Enter the reason.")
    return reason.strip()


def demand_second_person(actor_id: str | None, proposed_by: str) -> None:
    """Raise Conflict when who decides is who proposed."""
    if actor_id is None or actor_id == proposed_by:
        raise Conflict("You proposed this consideration, so a second HR officer has to decide on it.")


def say_who_comes_first(owed_to: Sequence[str], account_id: str, names: Sequence[str]) -> str | None:
    """Say who has to be considered before somebody; None when nobody has.

    `owed_to` are the accounts to which a consideration is owed, in order, with their `names`.
    """
    if not owed_to or account_id in owed_to:
        return None
    return (
        f"Priority consideration is owed to {', '.join(names)}. "
        "Consider them first, and record what came of it."
    )
