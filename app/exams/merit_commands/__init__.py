"""`meritum merit`: merit lists from files, without a database."""

import click

from app.platform.late_commands import LateGroup, found

MODULES = {
    "rulebook_commands": ("rulebooks", "validate"),
    "list_commands": ("score", "rank", "explain"),
    "certificate_commands": ("certify",),
    "seat_commands": ("normalise", "seats"),
    "measuring_commands": ("items", "impact"),
    "bundle_commands": ("bundle", "verify"),
}
COMMANDS = {name: found(f"{__name__}.{module}", name) for module, names in MODULES.items() for name in names}


@click.group("merit", cls=LateGroup, late=COMMANDS)
def merit_group() -> None:
    """Mark, rank, explain, certify and prove merit lists from files, without a database."""


__all__ = ["merit_group"]
