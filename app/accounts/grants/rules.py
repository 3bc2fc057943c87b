"""Who may give which role to whom: nobody to themselves, and some only with a second administrator."""

from __future__ import annotations

from collections.abc import Iterable

from app.accounts.roles import SENSITIVE, Role
from app.platform.actors import Actor
from app.platform.errors import Forbidden, Invalid

# Everyone who registers can apply, so that "applicant" is nothing to be given.
GRANTABLE = tuple(role for role in Role if role is not Role.APPLICANT)
EVERYWHERE = "all"


def covers(actor: Actor, permission: str, agency_id: str | None) -> bool:
    """Tell whether the actor holds the permission in the agency; None asks for all agencies at once."""
    agencies = actor.agencies(permission)
    return agencies is None or (agency_id is not None and agency_id in agencies)


def covers_all(actor: Actor, permission: str, agency_ids: Iterable[str | None]) -> bool:
    """Tell whether the actor holds the permission wherever a person has a role.

    Who has no role anywhere belongs to no agency, and only an administrator of all agencies may act on them.
    """
    scopes = list(agency_ids) or [None]
    return all(covers(actor, permission, scope) for scope in scopes)


def check_scope(role: Role, agency_id: str | None) -> None:
    """Refuse a system administrator in one agency, and a role that is not given by people."""
    if role not in GRANTABLE:
        raise Invalid(role="Everyone who has an account can apply. Choose another role")
    if role is Role.SYSTEM_ADMINISTRATOR and agency_id is not None:
        raise Invalid(agency_id="A system administrator serves all agencies. Choose “All agencies”")


def needs_second_person(role: Role) -> bool:
    """Tell whether a second administrator decides before the role takes effect."""
    return role in SENSITIVE


def check_decider(actor: Actor, *, account_id: str, proposed_by: str | None) -> None:
    """Refuse who proposed the role and who would hold it."""
    if actor.id == proposed_by:
        raise Forbidden("You proposed this role, so another administrator decides on it.")
    if actor.id == account_id:
        raise Forbidden("Nobody decides on a role of their own. Another administrator does.")


def check_ender(actor: Actor, *, account_id: str) -> None:
    """Refuse who holds the role; so the last system administrator cannot end themselves."""
    if actor.id == account_id:
        raise Forbidden("Nobody ends a role of their own. Another administrator does.")
