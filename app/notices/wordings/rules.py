"""What may stand in a passage: text and fields that the letter has, and those that it must keep."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from app.notices.wordings.passages import FIELD, LONGEST, Passage, fields_of, passages_of
from app.platform.errors import Conflict, Invalid


def check_texts(template: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Give the passages that are written anew; Invalid names each fault of one with its place."""
    known = {passage.name: passage for passage in passages_of(template)}
    faults = {name: "The letter has no such passage" for name in texts if name not in known}
    kept: dict[str, str] = {}
    for name, passage in known.items():
        text = texts.get(name, "").replace("\r\n", "\n").strip()
        fault = find_fault(template, passage, text)
        if fault:
            faults[name] = fault
        elif text:
            kept[name] = text
    if faults:
        raise Invalid(**faults)
    return kept


def find_fault(template: str, passage: Passage, text: str) -> str:
    """Give what is wrong in a passage, with the line; "" where nothing is. An empty one is as shipped."""
    if not text:
        return ""
    if len(text) > LONGEST:
        return f"The passage must be {LONGEST} characters or shorter"
    allowed = fields_of(template, passage)
    for number, line in enumerate(text.splitlines(), start=1):
        for name in FIELD.findall(line):
            if name not in allowed:
                return f"Line {number}: there is no field {{{name}}}. Take one of the list"
        rest = FIELD.sub("", line)
        if "{" in rest or "}" in rest:
            place = min(rest.find(mark) for mark in "{}" if mark in rest) + 1
            return f"Line {number}: a brace stands without its field, near character {place}"
    missing = [name for name in passage.required if f"{{{name}}}" not in text]
    if missing:
        return f"The field {{{missing[0]}}} must stay in this passage"
    return ""


def demand_second_person(actor_id: str | None, writers: Collection[str], submitted_by: str | None) -> None:
    """Raise Conflict when who approves has written or submitted, were it long before others wrote on."""
    if actor_id is None or actor_id in writers or actor_id == submitted_by:
        raise Conflict("You wrote or submitted this wording, so somebody else has to approve it.")
