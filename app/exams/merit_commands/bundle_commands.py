"""`meritum merit bundle` and `verify`: a list that anybody can compute again."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from app.exams.merit_commands.bundles import Tampering, open_bundle, seal
from app.exams.merit_commands.faults import BadInput, told
from app.exams.merit_commands.list_commands import DIFFERENT, tell
from app.exams.merit_commands.loading import load
from app.exams.merit_commands.options import FILE, OUT, about_a_list, as_json
from app.exams.merit_commands.output import progress, to_json
from app.exams.merit_commands.requests import Request
from app.exams.merit_commands.verifying import recompute


@click.command()
@click.option("--out", type=OUT, required=True, help="The bundle to write, a .zip file.")
@as_json
@about_a_list
def bundle(request: Request, out: Path, as_json: bool) -> None:
    """Seal a list with everything it is made of in one file, and print the seal to publish.

    The same inputs always give the same file.
    """
    if out.suffix.casefold() != ".zip":
        raise BadInput(out, "The name must end in .zip.")
    with progress(6) as step:
        material = load(request, step=step)
        step("Ranking and sealing")
        manifest = seal(material, out)
    tell(material)
    if as_json:
        click.echo(to_json(manifest))
        return
    click.echo(f"{out} written: {manifest['people']:,} people, {manifest['passed']:,} passed.")
    if "not_proved" in manifest:
        click.echo(f"Not computed a second time. {manifest['not_proved']}")
    click.echo(f"Digest of the list: {manifest['digest']}\nSeal, to be published: {manifest['seal']}")


@click.command()
@click.argument("file", type=FILE)
@click.option("--seal", "published", default="", help="The seal as it was published.")
@as_json
@told
def verify(file: Path, published: str, as_json: bool) -> None:
    """Compute the list of a bundle again, from the bundle alone.

    The exit status is 0 when everything is equal, 1 when something was changed or came out otherwise, and 2
    when FILE is no bundle.
    """
    try:
        opened = open_bundle(file)
        if published and published.strip().casefold() != opened.seal:
            sentence = "The bundle was sealed anew: its seal is not the published one."
            raise Tampering("other-seal", sentence, seal=opened.seal)
        with progress(7) as step:
            found = recompute(opened, step)
    except Tampering as tampering:
        if as_json:
            click.echo(
                to_json(
                    {
                        "equal": False,
                        "kind": tampering.kind,
                        "sentence": tampering.sentence,
                        **tampering.facts,
                    }
                )
            )
        else:
            click.echo(f"Not equal. {tampering.sentence}", err=True)
        sys.exit(DIFFERENT)
    if as_json:
        click.echo(to_json({"equal": True, "kind": "equal", **found}))
        return
    click.echo(f"Equal: {found['people']:,} people, {found['passed']:,} passed, digest {found['digest']}")
    if "not_proved" in found:
        click.echo(f"Not computed a second time. {found['not_proved']}")
    else:
        click.echo("Computed a second time by other code, with the same result.")
    if not found["same_code"]:
        click.echo("Note: another version of the merit core made the bundle.", err=True)
    if not published:
        click.echo(f"Seal, to compare with the published one: {found['seal']}")
