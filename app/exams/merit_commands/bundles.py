"""A sealed bundle of a list: its inputs, its law, what came out and by which code, in one zip file.

The seal is the SHA-256 of the manifest, and the manifest holds the SHA-256 of every other file. Whoever
published the seal can be held to it; whoever has only the bundle can compute the list again.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from app.exams import merit, proving
from app.exams.merit_commands.faults import BadInput
from app.exams.merit_commands.material import Material
from app.exams.merit_commands.output import listing_columns
from app.exams.merit_commands.writing import write_csv

FORMAT = "meritum-bundle-1"
MANIFEST, SEAL, RULEBOOK, LIST = "manifest.json", "seal.txt", "rulebook.toml", "list.csv"
NAME = re.compile(r"inputs/[a-z]+(-\d+)?\.(csv|parquet|xlsx)")
# The same inputs give the same bytes, so no moment of making stands in the file.
EPOCH = (1980, 1, 1, 0, 0, 0)
# What the unpacking of a broken file may raise.
DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError
)  # fmt: skip
# A nation's answer sheets; what unpacks to more is no bundle.
MOST_BYTES = 16 * 2**30


@dataclass(frozen=True)
class Bundle:
    """What a bundle holds, read and found whole: the manifest and the files by name."""

    manifest: Mapping[str, Any]
    contents: Mapping[str, bytes]
    seal: str


class Tampering(Exception):
    """What is wrong with a bundle: a word for programs and a sentence for people."""

    def __init__(self, kind: str, sentence: str, **facts: Any) -> None:
        super().__init__(sentence)
        self.kind, self.sentence, self.facts = kind, sentence, facts


def seal(material: Material, path: Path) -> dict[str, Any]:
    """Write the bundle of a list; give the manifest with its seal."""
    if material.book.order.needs_seed and not material.request.seed:
        raise BadInput("--seed", "The rulebook draws lots; a sealed list needs the public seed of the draw.")
    contents = {RULEBOOK: material.text.encode(), LIST: write_csv(listing_columns(material.merit_list))}
    named: dict[str, str] = {}
    for place, (use, file) in enumerate(material.request.files().items(), start=1):
        stem = "key" if use.startswith("key") else use
        named[use] = f"inputs/{stem}-{place}{file.suffix.casefold()}"
        contents[named[use]] = file.read_bytes()
    manifest = {
        "format": FORMAT,
        "code": {"meritum": version("meritum"), "core": core_digest()},
        "request": {"inputs": named, "settings": material.request.settings()},
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()},
        **digests(material),
        **_second(material),
    }
    written = json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False).encode()
    sealed = hashlib.sha256(written).hexdigest()
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in {MANIFEST: written, SEAL: f"{sealed}\n".encode(), **contents}.items():
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            packed.writestr(info, content)
    return manifest | {"seal": sealed}


def digests(material: Material) -> dict[str, Any]:
    """Give every digest that a list is bound to."""
    merit_list, book = material.merit_list, material.book
    return {
        "rulebook": {"name": book.name, "version": book.version, "digest": book.digest},
        "keys": dict(merit_list.candidates.key_digests),
        "people": len(merit_list),
        "passed": merit_list.passed_count,
        "inputs_digest": merit_list.inputs_digest,
        "digest": merit_list.digest,
    }


def _second(material: Material) -> dict[str, str]:
    """Compute the list a second time; a list that comes out otherwise is not sealed."""
    try:
        proof = material.proof()
    except proving.NotProvable as refusal:
        return {"not_proved": str(refusal)}
    difference = proof.first_difference(material.merit_list)
    if difference:
        raise merit.MeritError(f"The second computation came out otherwise; nothing is sealed. {difference}")
    return {"second_digest": proof.digest}


@cache
def core_digest() -> str:
    """Give the SHA-256 of the merit core's source, by which two versions of the program are told apart."""
    summer = hashlib.sha256()
    for name, content in sorted(_sources(files("app.exams.merit"), "")):
        summer.update(f"{name}\n{len(content)}\n".encode() + content)
    return summer.hexdigest()


def _sources(folder: Traversable, above: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _sources(entry, f"{above}{entry.name}/")
        elif entry.name.endswith(".py"):
            found.append((above + entry.name, entry.read_bytes()))
    return found


def open_bundle(path: Path) -> Bundle:
    """Read a bundle and check that it is whole; Tampering tells what was done to it."""
    content = path.read_bytes()
    if not content.startswith(b"PK"):
        raise BadInput(path, "The file is no bundle of a list.")
    try:
        contents = _unpack(content)
    except DAMAGE as error:
        raise Tampering("damaged", f"The bundle is damaged and cannot be unpacked: {error}.") from error
    for name in (MANIFEST, SEAL):
        if name not in contents:
            raise Tampering("file-missing", f"{name} was taken out of the bundle.")
    sealed = contents.pop(SEAL).decode("ascii", "replace").strip()
    written = contents.pop(MANIFEST)
    if hashlib.sha256(written).hexdigest() != sealed:
        raise Tampering("manifest-changed", "The manifest was changed after the bundle was sealed.")
    manifest = _read_manifest(written)
    _check_files(manifest["files"], contents)
    return Bundle(manifest, contents, sealed)


def _unpack(content: bytes) -> dict[str, bytes]:
    contents: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        if sum(info.file_size for info in file.infolist()) > MOST_BYTES:
            raise zipfile.BadZipFile("it would unpack to more than any list needs")
        for info in file.infolist():
            if info.filename in contents:
                raise zipfile.BadZipFile(f"{info.filename} stands in it twice")
            contents[info.filename] = file.read(info)
    return contents


def _read_manifest(written: bytes) -> dict[str, Any]:
    """Read a manifest that fits its seal; what this program would not have written was sealed by others."""
    try:
        manifest = json.loads(written)
        if manifest["format"] != FORMAT:
            raise BadInput(
                MANIFEST, f"The bundle has the format {manifest['format']!r}, which is not known here."
            )
        named = {RULEBOOK, LIST, *manifest["request"]["inputs"].values()}
        whole = named == set(manifest["files"]) and all(
            NAME.fullmatch(name) for name in manifest["request"]["inputs"].values()
        )
        needed = ("rulebook", "keys", "inputs_digest", "digest", "code")
        whole = whole and all(name in manifest for name in needed) and "settings" in manifest["request"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Tampering("manifest-changed", "The manifest is none that this program writes.") from error
    if not whole:
        raise Tampering("manifest-changed", "The manifest is none that this program writes.")
    return dict(manifest)


def _check_files(expected: Mapping[str, str], contents: Mapping[str, bytes]) -> None:
    for name in sorted(set(expected) - set(contents)):
        raise Tampering("file-missing", f"{name} was taken out of the bundle.", file=name)
    for name in sorted(set(contents) - set(expected)):
        raise Tampering("file-added", f"{name} was put into the bundle.", file=name)
    for name, digest in sorted(expected.items()):
        if hashlib.sha256(contents[name]).hexdigest() != digest:
            sentence = f"{name} was changed after the bundle was sealed."
            raise Tampering("file-changed", sentence, file=name)
