"""What the documents say about rulebooks is true."""

import re
from pathlib import Path

import pytest

from app.exams import merit

DOCS = Path(__file__).resolve().parents[2] / "docs"
RULEBOOKS, LAW = DOCS / "rulebooks.md", DOCS / "law.md"
EXAMPLES = re.findall(r"```toml\n(.*?)```", RULEBOOKS.read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.split('"')[1] for example in EXAMPLES])
def test_each_example_loads(example: str) -> None:
    assert merit.rulebook.load(example).version == 1


def test_every_key_that_can_be_read_is_described() -> None:
    source = Path(merit.__file__).parent
    read = re.compile(
        r'\.(?:text|texts|number|optional_number|whole|optional_whole|flag|day|rounding|raw)\(\s*"(\w+)"'
    )
    keys = {key for file in source.glob("*.py") for key in read.findall(file.read_text("utf-8"))}
    described = set(re.findall(r"[\w-]+", RULEBOOKS.read_text("utf-8")))
    assert sorted(keys - described) == []


def test_every_shipped_rulebook_and_every_case_stands_in_the_law() -> None:
    text = LAW.read_text("utf-8")
    cases = re.findall(
        r'^id = "([A-Z]+-\d+)',
        "\n".join(f.read_text("utf-8") for f in Path(__file__).parent.glob("*.toml")),
        re.MULTILINE,
    )
    assert sorted({book.name for book in merit.rulebook.shipped() if book.name not in text}) == []
    assert sorted({case for case in cases if case not in text}) == []
