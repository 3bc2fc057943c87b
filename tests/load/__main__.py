"""Play deadline night and print what it showed: `python -m tests.load --db sqlite`."""

from __future__ import annotations

import asyncio
import json
import socket
import statistics
import sys
import tempfile
import time
from pathlib import Path

import click

from tests import databases
from tests.load import night, serving, town, verdict
from tests.load.browser import Browser, Clocks


@click.command()
@click.option("--db", "kind", type=click.Choice(["sqlite", "pg"]), default="sqlite", show_default=True)
@click.option("--submissions", default=5000, show_default=True)
@click.option("--late", default=100, show_default=True, help="Applicants who come after the closing.")
@click.option("--views", default=50_000, show_default=True, help="Page views in all.")
@click.option("--clients", default=100, show_default=True, help="Connections at once.")
@click.option("--threads", default=8, show_default=True, help="Threads of the server.")
@click.option("--kills", default=4, show_default=True, help="How often the server is killed on the way.")
@click.option("--seed", default=1, show_default=True)
def main(
    kind: str, submissions: int, late: int, views: int, clients: int, threads: int, kills: int, seed: int
) -> None:
    """Play deadline night against a server of its own; exit status 1 when anything was lost or doubled."""
    folder = Path(tempfile.mkdtemp(prefix="meritum-night-"))
    url = databases.make_url(kind, folder, "night")
    started = time.monotonic()
    people = town.build(folder, url, applicants=submissions, late=late)
    click.echo(f"The town is ready after {time.monotonic() - started:.0f} s.")
    server = serving.meritum(folder, url, town.SECRET, _free_port(), threads)
    server.start("/health")
    pages = asyncio.run(_keep_pages(people, server.port))
    started = time.monotonic()
    story = asyncio.run(night.play(people, server, clients=clients, views=views, kills=kills, seed=seed))
    seconds = time.monotonic() - started
    server.stop()
    faults = verdict.judge(people, story, url, folder)
    _print(f"Meritum on {kind}", story.clocks, seconds)
    click.echo(
        f"{len(story.acknowledged):,} acknowledged, {len(story.refused):,} told “not received”, "
        f"{story.clocks.lost:,} requests cut by {kills} kills, back after "
        f"{', '.join(f'{second:.1f} s' for second in story.started_again) or 'none'}."
    )
    for what, count in story.odd.items():
        click.echo(f"  also seen {count} times: {what}")
    _compare(folder, pages, people, clients=clients, views=min(views, 10_000), threads=threads)
    if faults or story.odd["gave up"]:
        sys.exit("FAILED: " + "; ".join(faults or ["somebody gave up"]))
    click.echo("Nothing acknowledged was lost, nothing was received twice, and the ledger is whole.")


def _compare(
    folder: Path, pages: dict[str, str], people: town.Town, *, clients: int, views: int, threads: int
) -> None:
    """Serve the same pages' bytes from a bare Flask application, to show what our own work costs."""
    (folder / "pages.json").write_text(json.dumps(pages))
    server = serving.bare(folder, _free_port(), threads)
    server.start("/")
    nobody = town.Town([], [], people.pages)
    started = time.monotonic()
    story = asyncio.run(night.play(nobody, server, clients=clients, views=views, kills=0, seed=1))
    _print("Bare Flask, the same pages", story.clocks, time.monotonic() - started)
    server.stop()


async def _keep_pages(people: town.Town, port: int) -> dict[str, str]:
    browser = Browser(port, Clocks())
    kept = {page: (await browser.ask("look", page)).text for page in people.pages}
    browser.leave()
    return kept


def _print(title: str, clocks: Clocks, seconds: float) -> None:
    click.echo(f"\n{title}: {seconds:.0f} s")
    for kind, taken in sorted(clocks.taken.items()):
        cuts = statistics.quantiles(taken, n=100)
        click.echo(
            f"  {kind:<7} {len(taken):>7,}  {len(taken) / seconds:>7.0f}/s  "
            f"p50 {cuts[49] * 1000:>6.0f} ms  p99 {cuts[98] * 1000:>6.0f} ms"
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
