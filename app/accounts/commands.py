"""The commands that begin an installation: its first administrators."""

from __future__ import annotations

import click

from app.accounts.grants.services import install_role
from app.accounts.passwords import hash_password
from app.accounts.roles import Role
from app.accounts.rules import password_fault
from app.accounts.second_factor.services import reseal
from app.accounts.services import create_account
from app.platform import clock
from app.platform.actors import SYSTEM
from app.platform.db import transaction
from app.platform.errors import Invalid
from app.platform.sealing import SealBroken


@click.group()
def accounts() -> None:
    """Begin an installation."""


@accounts.command("create-administrator")
@click.option("--name", prompt=True)
@click.option("--email", prompt=True)
@click.password_option(help="Asked for when it is not given; better not given, since commands are logged.")
def create_administrator(name: str, email: str, password: str) -> None:
    """Make a person who gives roles in all agencies and keeps the agencies themselves.

    Make two: roles that matter are confirmed by a second administrator.
    """
    if fault := password_fault(password, email=email, name=name):
        raise click.ClickException(f"{fault}.")
    hashed, at = hash_password(password), clock.now()
    try:
        with transaction() as session:
            account = create_account(
                session, email=email, name=name, password_hash=hashed, actor=SYSTEM, at=at
            )
            for role in (Role.SYSTEM_ADMINISTRATOR, Role.AGENCY_ADMINISTRATOR):
                install_role(session, account_id=account.id, role=role, agency_id=None, at=at)
    except Invalid as error:
        raise click.ClickException(error.message) from error
    click.echo(f"{name} can sign in as {email} and must set up a second factor first.")


@accounts.command("reseal")
def reseal_secrets() -> None:
    """Seal all secrets with the first of MERITUM_ACCOUNT_KEYS, so that older keys can be given up."""
    try:
        with transaction() as session:
            changed = reseal(session, at=clock.now())
    except SealBroken as error:
        message = "A secret opens with none of the keys. Add the key that it was sealed with."
        raise click.ClickException(message) from error
    click.echo(f"{changed} secrets were sealed anew.")
