"""The documents say what is so."""

from __future__ import annotations

import re
import subprocess

import click

from app.cli import main
from app.factory import ROOT
from app.platform import jobs
from app.platform.config import Config

README = (ROOT / "README.md").read_text()
OPERATING = (ROOT / "docs" / "operating.md").read_text()


def test_the_readme_is_short_and_begins_with_a_picture_that_exists():
    assert README.count("\n") < 150
    picture = re.match(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert picture
    assert (ROOT / picture[1]).is_file()


def test_links_between_documents_lead_somewhere():
    broken = []
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text()):
            if not (path.parent / target).exists():
                broken.append((str(path.relative_to(ROOT)), target))
    assert broken == []


def test_the_commands_of_the_readme_exist():
    makefile = (ROOT / "Makefile").read_text()
    for target in set(re.findall(r"^make ([a-z]+)", README, re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for words in re.findall(r"meritum ((?:[a-z-]+ ?)+)", README):
        group = main
        for word in words.split()[:2]:
            if not isinstance(group, click.Group):
                break
            group = group.get_command(click.Context(group), word)
            assert group is not None, words


def test_every_job_is_in_the_operators_table(app):
    named = set(re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \|", OPERATING, re.MULTILINE))
    known = {name for name in jobs.TASKS if not name.startswith("test.")}
    assert named == known


def test_every_setting_is_in_the_operators_table():
    source = (ROOT / "app" / "platform" / "config.py").read_text()
    settings = set(re.findall(r'environ(?:\.get\(|, )"([A-Z_]+)"', source))
    assert settings == set(re.findall(r"^\| `([A-Z_]+)` \|", OPERATING, re.MULTILINE))
    assert len(settings) == len(Config.__dataclass_fields__)


def test_decisions_are_numbered_without_gap():
    names = sorted(path.name for path in (ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))


def test_nothing_names_a_machine_or_a_package_host():
    marks = ("/wo" + "rk/", "py" + "pi.org", "registry.npm" + "js", "python" + "hosted")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    found = []
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path.is_file() and any(mark in path.read_text(errors="ignore") for mark in marks):
            found.append(name)
    assert found == []
