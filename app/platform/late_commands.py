"""Commands that are imported when they are called, so that a short one does not wait for all the others."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import click


class LateGroup(click.Group):
    """A group that knows the names of its commands, and loads the one that is called.

    `late` maps each name to what gives the command.
    """

    def __init__(self, *args: Any, late: dict[str, Callable[[], click.Command]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._late = late

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the names, loaded or not."""
        return sorted({*super().list_commands(ctx), *self._late})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command the first time that it is asked for."""
        if cmd_name in self._late and cmd_name not in self.commands:
            self.add_command(self._late[cmd_name](), cmd_name)
        return super().get_command(ctx, cmd_name)


def found(module: str, name: str) -> Callable[[], click.Command]:
    """Give what imports a module and takes a command from it."""
    return lambda: getattr(import_module(module), name)
