"""Who acts: a person with permissions scoped to agencies, or the system's own clock."""

from __future__ import annotations

from dataclasses import dataclass

from app.platform.errors import Forbidden


@dataclass(frozen=True, slots=True)
class Grant:
    """One permission pattern, `exams.merit_lists.publish` or `exams.*`, in one agency or (None) in all."""

    pattern: str
    agency_id: str | None

    def covers(self, permission: str) -> bool:
        """Tell whether the pattern names the permission or a package or noun that holds it."""
        if self.pattern.endswith(".*"):
            return permission.startswith(self.pattern[:-1])
        return self.pattern == permission


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or the system, as services and the audit trail see it."""

    id: str | None
    name: str
    grants: tuple[Grant, ...] = ()
    roles: tuple[str, ...] = ()
    email: str = ""
    session_digest: str = ""
    language: str = ""

    @property
    def is_signed_in(self) -> bool:
        return self.id is not None

    def may(self, permission: str, agency_id: str | None = None) -> bool:
        """Tell whether the actor holds the permission in the agency, or in any agency when none is named."""
        return any(
            grant.covers(permission) and (agency_id is None or grant.agency_id in (None, agency_id))
            for grant in self.grants
        )

    def demand(self, permission: str, agency_id: str | None = None) -> None:
        """Raise Forbidden unless the actor holds the permission in the agency."""
        if not self.may(permission, agency_id):
            raise Forbidden()

    def agencies(self, permission: str) -> frozenset[str] | None:
        """Give the agencies in which the actor holds the permission; None means all."""
        held = [grant.agency_id for grant in self.grants if grant.covers(permission)]
        return None if None in held else frozenset(agency for agency in held if agency)


ANONYMOUS = Actor(id=None, name="A visitor")
SYSTEM = Actor(id=None, name="Meritum", grants=(Grant("system.*", None),))
