"""Computing a bundled list again, from the bundle alone, and telling the first thing that differs."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.exams import proving
from app.exams.merit import MeritError
from app.exams.merit_commands.bundles import LIST, RULEBOOK, Bundle, Tampering, core_digest, digests
from app.exams.merit_commands.faults import BadInput
from app.exams.merit_commands.loading import load
from app.exams.merit_commands.material import Material
from app.exams.merit_commands.output import listing_columns
from app.exams.merit_commands.requests import Request
from app.exams.merit_commands.writing import write_csv

# What a list is bound to, in the order in which one follows from the other.
BOUND = {
    "rulebook": "The rulebook",
    "keys": "The key",
    "inputs_digest": "The marks, claims or attributes",
    "people": "The number of people",
    "passed": "The number of people who passed",
}


def recompute(bundle: Bundle, step: Callable[[str], None]) -> dict[str, Any]:
    """Compute the list again and compare everything; Tampering names the first difference."""
    with tempfile.TemporaryDirectory(prefix="meritum-bundle-") as folder:
        material = _load(bundle, Path(folder), step)
        step("Ranking")
        found = _digests(material)
    for name, words in BOUND.items():
        if found[name] != bundle.manifest.get(name):
            sentence = f"{words} in the bundle gives something else than the manifest says."
            raise Tampering("inputs-differ", sentence, what=name)
    step("Comparing")
    computed = write_csv(listing_columns(material.merit_list))
    difference = first_difference(bundle.contents[LIST], computed)
    if difference:
        raise Tampering("list-differs", difference)
    if found["digest"] != bundle.manifest["digest"]:
        raise Tampering("list-differs", "The digest of the list is not the one that the manifest says.")
    step("Computing a second time")
    return {
        "seal": bundle.seal,
        "list": material.request.list_id,
        **found,
        **_second(material, bundle),
        "same_code": bundle.manifest["code"].get("core") == core_digest(),
    }


def _load(bundle: Bundle, folder: Path, step: Callable[[str], None]) -> Material:
    """Write the inputs where the loader can read them, and read them as any others."""
    for name, content in bundle.contents.items():
        place = folder / name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(content)
    asked = bundle.manifest["request"]
    inputs = {use: folder / name for use, name in asked["inputs"].items()}
    try:
        return load(Request.of(inputs, str(folder / RULEBOOK), asked["settings"]), step=step)
    except (BadInput, MeritError, KeyError, TypeError) as error:
        raise Tampering("inputs-differ", f"The inputs in the bundle cannot be used. {error}") from error


def _digests(material: Material) -> dict[str, Any]:
    try:
        return digests(material)
    except MeritError as error:
        raise Tampering("inputs-differ", f"The inputs in the bundle give no list. {error}") from error


def _second(material: Material, bundle: Bundle) -> dict[str, Any]:
    try:
        proof = material.proof()
    except proving.NotProvable as refusal:
        return {"not_proved": str(refusal)}
    difference = proof.first_difference(material.merit_list)
    if difference or proof.digest != bundle.manifest.get("second_digest", proof.digest):
        sentence = f"The second computation came out otherwise. {difference}".strip()
        raise Tampering("second-differs", sentence)
    return {"second_digest": proof.digest}


def first_difference(bundled: bytes, computed: bytes) -> str:
    """Say in which row and column two lists first differ, "" when they are the same."""
    if bundled == computed:
        return ""
    left, right = (
        list(csv.reader(io.StringIO(part.decode("utf-8", "replace")))) for part in (bundled, computed)
    )
    for row, (own, again) in enumerate(zip(left, right, strict=False), start=1):
        for column, (cell, expected) in enumerate(zip(own, again, strict=False)):
            if cell != expected:
                heading = right[0][column]
                told = f"the bundle says {cell!r}, the inputs give {expected!r}"
                return f"{LIST}, row {row}, column {heading}: {told}."
        if len(own) != len(again):
            return f"{LIST}, row {row}: the bundle has {len(own)} values, the inputs give {len(again)}."
    if len(left) != len(right):
        return f"{LIST}: the bundle has {len(left) - 1:,} people, the inputs give {len(right) - 1:,}."
    return f"{LIST} is not written as the inputs give it, though its values are the same."
