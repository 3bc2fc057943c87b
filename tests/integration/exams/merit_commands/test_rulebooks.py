from __future__ import annotations

from app.exams import merit
from tests.integration.exams.merit_commands.files import answered, ok, refused, run


def test_rulebooks_are_listed():
    books = merit.rulebook.shipped()
    found = answered("rulebooks")
    assert [(row["name"], row["version"], row["digest"]) for row in found] == [
        (book.name, book.version, book.digest) for book in books
    ]
    assert len(ok("rulebooks").splitlines()) == len(books) + 1


def test_the_text_of_one_is_printed_and_can_be_read_again(tmp_path):
    text = ok("rulebooks", "massachusetts")
    assert merit.rulebook.load(text).digest == merit.rulebook.load(text + "# a comment\n").digest
    assert answered("rulebooks", "massachusetts")["rulebook"]["name"] == "massachusetts"
    assert refused("rulebooks", "atlantis").startswith("--rulebook: There is no rulebook 'atlantis'.")


def test_each_fault_is_told_with_its_line(tmp_path):
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    text = ok("rulebooks", "massachusetts")
    good.write_text(text)
    lines = text.splitlines()
    weight = next(number for number, line in enumerate(lines, start=1) if line.startswith("weight"))
    lines[weight - 1] = 'weight = "90"'
    bad.write_text("\n".join(lines))
    result = run("validate", good, bad)
    assert result.exit_code == 2
    assert result.stdout.startswith(f"{good}: Massachusetts, original appointment, version 1, can be used.")
    assert result.stderr == (f"{bad}, line {weight}: The total: the weights add up to 90, not to 100.\n")
    found = run("validate", good, bad, "--json")
    assert (found.exit_code, '"faults"' in found.stdout) == (2, True)
    assert answered("validate", good) == {"faults": []}
