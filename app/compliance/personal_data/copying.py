"""Writing down what is held about a person: as JSON, as PDF, and with the stored files as ZIP."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy.orm import Session

from app.compliance.personal_data import queries
from app.compliance.personal_data.declared import HELD
from app.notices import pdf
from app.platform import languages, storage
from app.platform.errors import NotFound
from app.platform.sentences import say, translate
from app.web.dates import format_moment
from app.web.speech import speak

FORMAT = "meritum-personal-data-1"
MEDIA_TYPES = {"json": "application/json", "pdf": "application/pdf", "zip": "application/zip"}
# A printed row is not read beyond this; the JSON holds every word.
MOST_ROWS, MOST_TEXT = 40, 600
FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)  # what a ZIP can hold; the same for all, so that a copy is repeatable


@dataclass(frozen=True, slots=True)
class Section:
    """One table's rows about a person, with the reasons for what is not handed over."""

    table: str
    title: str
    rows: list[dict[str, Any]]
    withheld: Mapping[str, str]


def collect(session: Session, account_id: str, tell: Callable[[int], None]) -> list[Section]:
    """Collect every declared table's rows; `tell` is told how many tables were read."""
    found = []
    for number, held in enumerate(HELD.values(), start=1):
        rows = queries.load_rows(session, held, account_id)
        plain = [{name: _plain(value) for name, value in row.items()} for row in rows]
        found.append(Section(held.table, held.title, plain, held.withheld))
        tell(number)
    return found


def write_json(sections: Sequence[Section], at: dt.datetime) -> bytes:
    """Write every row, and why columns are missing."""
    data = {
        "format": FORMAT,
        "made_at": at.isoformat(),
        "held": [
            {
                "table": section.table,
                "title": section.title,
                "rows": section.rows,
                "withheld": dict(section.withheld),
            }
            for section in sections
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def write_pdf(sections: Sequence[Section], name: str, at: dt.datetime) -> bytes:
    """Write the same for reading, with the JSON inside; long tables and texts are cut, and say so."""
    environment = Environment(
        loader=FileSystemLoader(pdf.TEMPLATES), undefined=StrictUndefined, autoescape=True
    )
    speak(environment)
    environment.globals |= {"shown": shown, "most_rows": MOST_ROWS}
    template = environment.get_template("compliance/personal_data/document.html")
    html = template.render(sections=sections, name=name, at=at, moment=format_moment(at))
    attached = pdf.Attachment(
        name="personal-data.json",
        content=write_json(sections, at),
        description="Everything that is held about the person",
        modified_at=at,
    )
    return pdf.render(
        html,
        title=translate(say("What we hold about you")),
        language=languages.current(),
        identifier=f"personal-data:{at.isoformat()}",
        attachments=[attached],
    )


def write_zip(named: Mapping[str, bytes], files: Sequence[tuple[str, str, str]]) -> bytes:
    """Write the copy and the stored files into one ZIP; a file of no more there is named in a list."""
    out, missing = io.BytesIO(), []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in named.items():
            archive.writestr(zipfile.ZipInfo(name, FIRST_MOMENT), content)
        for number, (table, filename, digest) in enumerate(files, start=1):
            try:
                content = storage.current().get(digest)
            except NotFound:
                missing.append(f"{table}: {filename}")
                continue
            name = f"files/{table}/{number:04d}-{_safe(filename)}"
            archive.writestr(zipfile.ZipInfo(name, FIRST_MOMENT), content)
        if missing:
            archive.writestr(zipfile.ZipInfo("files/not-kept.txt", FIRST_MOMENT), "\n".join(missing))
    return out.getvalue()


def shown(value: Any) -> str:
    """Give a value as text for people; long ones are cut."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return str(translate(say("yes") if value else say("no")))
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if len(text) <= MOST_TEXT:
        return text
    return str(translate(say("%(text)s … (in full in the attached file)", text=text[:MOST_TEXT])))


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if hasattr(value, "value"):
        return value.value
    return value


def _safe(filename: str) -> str:
    name = PurePosixPath(filename.replace("\\", "/")).name
    return name if name not in ("", ".", "..") else "file"
