"""`meritum merit`: merit lists from files, without a database."""

import click

from app.exams.merit_commands.list_commands import certify, explain, rank, score
from app.exams.merit_commands.rulebook_commands import rulebooks, validate


@click.group("merit")
def merit_group() -> None:
    """Mark, rank, explain, certify and prove merit lists from files, without a database."""


for command in (rulebooks, validate, score, rank, explain, certify):
    merit_group.add_command(command)

__all__ = ["merit_group"]
