"""Which claims may be made together."""

from __future__ import annotations

from collections.abc import Collection

from app.platform.errors import Invalid
from app.recruitment.applications.kinds import CLAIMS

NONE = "none"


def check_kinds(kinds: Collection[str]) -> frozenset[str]:
    """Give the claims that are meant; Invalid(kinds=...) when "none" is ticked beside a claim."""
    if not kinds:
        raise Invalid(kinds="Select the preference you claim, or that you claim none.")
    if NONE in kinds and len(kinds) > 1:
        raise Invalid(kinds="Select either the preference you claim or that you claim none, not both.")
    if set(kinds) - set(CLAIMS) - {NONE}:
        raise Invalid(kinds="Select one of the choices on the page.")
    return frozenset(kinds) - {NONE}
