"""`meritum merit`: merit lists from files, without a database."""

import click

from app.exams.merit_commands.bundle_commands import bundle, verify
from app.exams.merit_commands.list_commands import certify, explain, rank, score
from app.exams.merit_commands.measuring_commands import impact, items
from app.exams.merit_commands.rulebook_commands import rulebooks, validate
from app.exams.merit_commands.seat_commands import normalise, seats


@click.group("merit")
def merit_group() -> None:
    """Mark, rank, explain, certify and prove merit lists from files, without a database."""


COMMANDS = (
    rulebooks,
    validate,
    score,
    normalise,
    rank,
    seats,
    explain,
    certify,
    items,
    impact,
    bundle,
    verify,
)
for command in COMMANDS:
    merit_group.add_command(command)

__all__ = ["merit_group"]
