"""A bundle computes itself again; whatever is done to it is told apart."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.exams.merit_commands.bundles import core_digest
from tests.integration.exams.merit_commands.files import (
    ANSWERS,
    CITY,
    answered,
    examination,
    ok,
    refused,
    run,
)

Contents = dict[str, bytes]


@pytest.fixture
def bundle(tmp_path):
    path = tmp_path / "list.zip"
    ok("bundle", *examination(tmp_path), *CITY, "--list-id", "EX-1", "--out", path)
    return path


def unpacked(path: Path) -> Contents:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def packed(path: Path, contents: Contents) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        for name, content in contents.items():
            file.writestr(name, content)
    return path


def resealed(contents: Contents, **changes: object) -> Contents:
    """Write manifest and seal anew, as somebody would who knows how a bundle is made."""
    manifest = json.loads(contents["manifest.json"]) | changes
    inside = {name for name in contents if name not in ("manifest.json", "seal.txt")}
    manifest["files"] = {name: hashlib.sha256(contents[name]).hexdigest() for name in inside}
    written = json.dumps(manifest).encode()
    return contents | {"manifest.json": written, "seal.txt": hashlib.sha256(written).hexdigest().encode()}


def told(path: Path, *words: object) -> tuple[int, str, str]:
    """Give status, kind and sentence of a verification, which must say the same to people."""
    found = run("verify", path, *words, "--json")
    said = json.loads(found.stdout)
    plain = run("verify", path, *words)
    assert plain.exit_code == found.exit_code
    if not said["equal"]:
        assert plain.stderr.strip() == f"Not equal. {said['sentence']}"
    return found.exit_code, said["kind"], said.get("sentence", "")


def test_a_bundle_is_equal_to_itself(bundle, tmp_path):
    found = answered("verify", bundle)
    ranked = answered("rank", *examination(tmp_path), *CITY, "--list-id", "EX-1")
    assert (found["equal"], found["kind"], found["same_code"]) == (True, "equal", True)
    assert found["digest"] == found["second_digest"] == ranked["digest"]
    assert (found["list"], found["people"], found["passed"]) == ("EX-1", 4, 3)
    assert ok("verify", bundle, "--seal", found["seal"]).startswith("Equal: 4 people, 3 passed, digest ")


def test_the_same_inputs_give_the_same_file(bundle, tmp_path):
    again = tmp_path / "again.zip"
    ok("bundle", *examination(tmp_path), *CITY, "--list-id", "EX-1", "--out", again)
    assert again.read_bytes() == bundle.read_bytes()


def test_a_bundle_holds_what_it_says(bundle):
    contents = unpacked(bundle)
    assert list(contents) == [
        "manifest.json", "seal.txt", "rulebook.toml", "list.csv", "inputs/answers-1.csv", "inputs/key-2.csv",
    ]  # fmt: skip
    assert contents["inputs/answers-1.csv"].decode() == ANSWERS
    manifest = json.loads(contents["manifest.json"])
    assert manifest["code"] == {"meritum": "0.1.0", "core": core_digest()}
    assert manifest["request"]["settings"] == {
        "list_id": "EX-1", "seed": "drawn in public", "key_version": 1, "facts": {},
        "blanks": [], "ignored": [],
    }  # fmt: skip


def change(name: str, old: bytes, new: bytes) -> Callable[[Contents], Contents]:
    def changed(contents: Contents) -> Contents:
        assert old in contents[name]
        return contents | {name: contents[name].replace(old, new, 1)}

    return changed


def without(name: str) -> Callable[[Contents], Contents]:
    return lambda contents: {key: content for key, content in contents.items() if key != name}


def manifest_says(**changes: object) -> Callable[[Contents], Contents]:
    return lambda contents: resealed(contents, **changes)


SEALED_ANEW = [
    # somebody with the program changes a file and seals everything again
    (
        change("list.csv", b",a3,", b",a9,"),
        "list-differs",
        "list.csv, row 3, column candidate: the bundle says 'a9', the inputs give 'a3'.",
    ),
    (
        lambda contents: contents | {"list.csv": b"".join(contents["list.csv"].splitlines(True)[:-1])},
        "list-differs",
        "list.csv: the bundle has 3 people, the inputs give 4.",
    ),
    (
        lambda contents: contents | {"list.csv": contents["list.csv"].replace(b"\n", b"\r\n")},
        "list-differs",
        "list.csv is not written as the inputs give it, though its values are the same.",
    ),
    (
        change("inputs/answers-1.csv", b"a4,A,,A", b"a4,A,B,D"),
        "inputs-differ",
        "The marks, claims or attributes in the bundle gives something else than the manifest says.",
    ),
    (
        change("inputs/key-2.csv", b"3,D", b"3,A"),
        "inputs-differ",
        "The key in the bundle gives something else than the manifest says.",
    ),
    (
        change("rulebook.toml", b'points = "5"', b'points = "6"'),
        "inputs-differ",
        "The rulebook in the bundle gives something else than the manifest says.",
    ),
    (
        change("inputs/answers-1.csv", b"candidate,1", b"candidate,9"),
        "inputs-differ",
        "The inputs in the bundle cannot be used. answers-1.csv, row 1, column 9: This is no item of the key "
        "and nothing that the rulebook asks for. To pass it over, add --ignore '9'.",
    ),
]  # fmt: skip


def name_case(value: object) -> str:
    """Name a case by its words: a function's own text holds an address that differs between workers."""
    return "tampered" if callable(value) else str(value)[:30]


@pytest.mark.parametrize(("tamper", "kind", "sentence"), SEALED_ANEW, ids=name_case)
def test_a_change_under_a_new_seal_is_computed_away(bundle, tmp_path, tamper, kind, sentence):
    forged = packed(tmp_path / "forged.zip", resealed(tamper(unpacked(bundle))))
    assert told(forged) == (1, kind, sentence)


@pytest.mark.parametrize(
    ("tamper", "kind", "sentence"),
    [
        (
            change("inputs/answers-1.csv", b"a4", b"a5"),
            "file-changed",
            "inputs/answers-1.csv was changed after the bundle was sealed.",
        ),
        (
            change("list.csv", b"a4", b"a5"),
            "file-changed",
            "list.csv was changed after the bundle was sealed.",
        ),
        (
            change("rulebook.toml", b"half-up", b"half-down"),
            "file-changed",
            "rulebook.toml was changed after the bundle was sealed.",
        ),
        (
            change("manifest.json", b'"passed": 3', b'"passed": 4'),
            "manifest-changed",
            "The manifest was changed after the bundle was sealed.",
        ),
        (
            change("seal.txt", b"\n", b"0\n"),
            "manifest-changed",
            "The manifest was changed after the bundle was sealed.",
        ),
        (without("list.csv"), "file-missing", "list.csv was taken out of the bundle."),
        (without("manifest.json"), "file-missing", "manifest.json was taken out of the bundle."),
        (without("seal.txt"), "file-missing", "seal.txt was taken out of the bundle."),
        (
            lambda contents: contents | {"inputs/more.csv": b"x"},
            "file-added",
            "inputs/more.csv was put into the bundle.",
        ),
        (
            manifest_says(digest="0" * 64),
            "list-differs",
            "The digest of the list is not the one that the manifest says.",
        ),
        (
            manifest_says(second_digest="0" * 64),
            "second-differs",
            "The second computation came out otherwise.",
        ),
        (manifest_says(request={}), "manifest-changed", "The manifest is none that this program writes."),
        (
            manifest_says(request={"inputs": {"answers": "../answers.csv"}, "settings": {}}),
            "manifest-changed",
            "The manifest is none that this program writes.",
        ),
    ],
    ids=name_case,
)
def test_each_kind_of_tampering_is_told_apart(bundle, tmp_path, tamper, kind, sentence):
    forged = packed(tmp_path / "forged.zip", tamper(unpacked(bundle)))
    assert told(forged) == (1, kind, sentence)


def test_a_bundle_sealed_anew_has_not_the_published_seal(bundle, tmp_path):
    published = answered("verify", bundle)["seal"]
    better = ANSWERS.replace("a4,A,,A,B", "a4,A,B,D,B")
    (tmp_path / "better").mkdir()
    (tmp_path / "better" / "answers.csv").write_text(better)
    _answers, *key = examination(tmp_path)
    forged = tmp_path / "forged.zip"
    ok("bundle", tmp_path / "better" / "answers.csv", *key, *CITY, "--list-id", "EX-1", "--out", forged)
    assert told(forged) == (0, "equal", "")
    assert told(forged, "--seal", published) == (
        1, "other-seal", "The bundle was sealed anew: its seal is not the published one.",
    )  # fmt: skip


def test_a_damaged_bundle(bundle, tmp_path):
    content = bundle.read_bytes()
    short, flipped = tmp_path / "short.zip", tmp_path / "flipped.zip"
    short.write_bytes(content[: len(content) // 2])
    place = content.index(b"rulebook.toml") + 200
    flipped.write_bytes(content[:place] + bytes([content[place] ^ 255]) + content[place + 1 :])
    for path in (short, flipped):
        status, kind, sentence = told(path)
        assert (status, kind) == (1, "damaged")
        assert sentence.startswith("The bundle is damaged and cannot be unpacked: ")


def test_a_bundle_made_by_another_core_is_noted(bundle, tmp_path):
    other = resealed(unpacked(bundle), code={"meritum": "0.0.9", "core": "0" * 64})
    result = run("verify", packed(tmp_path / "other.zip", other))
    assert result.exit_code == 0
    assert result.stderr == "Note: another version of the merit core made the bundle.\n"


def test_what_is_no_bundle(tmp_path):
    text = tmp_path / "list.zip"
    text.write_text("position,rank")
    assert refused("verify", text) == "list.zip: The file is no bundle of a list."


def test_a_rehearsal_is_not_sealed(tmp_path):
    words = ("bundle", *examination(tmp_path), "--rulebook", "city-civil-service")
    assert refused(*words, "--out", tmp_path / "x.zip") == (
        "--seed: The rulebook draws lots; a sealed list needs the public seed of the draw."
    )
    assert not (tmp_path / "x.zip").exists()
    assert refused(*words, "--out", tmp_path / "x.tar") == "x.tar: The name must end in .zip."
