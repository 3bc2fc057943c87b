"""The worker's part: make a copy step by step, and remove the files of old ones."""

from __future__ import annotations

import datetime as dt

import structlog

from app.accounts.queries import get_account
from app.compliance.personal_data import copying, queries, services
from app.compliance.personal_data.models import PersonalDataCopy
from app.compliance.personal_data.states import CopyState
from app.notices.pdf import PdfUnavailable
from app.platform import jobs, languages, schedule, storage
from app.platform.db import reading, transaction
from app.platform.errors import Invalid

log = structlog.get_logger("meritum.compliance")
TOLD_EVERY = 10  # tables


@jobs.task("compliance.copy_personal_data")
def copy_personal_data(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Make the copy that a person asked for; a repeat after a crash makes the same one again."""
    copy_id = ticket.payload["copy"]
    with reading() as session:
        copy = session.get_one(PersonalDataCopy, copy_id)
        account = get_account(session, copy.account_id)
        sections = copying.collect(session, copy.account_id, lambda done: _tell(copy_id, done))
        files = list(queries.list_files(session, copy.account_id))
    if copy.state is CopyState.ASKED:
        with languages.speaking(account.language or ""):
            made = _write(sections, account.name, files, at)
        kept = {
            form: {"digest": storage.current().put(content), "size": len(content)}
            for form, content in made.items()
        }
    with transaction() as session:
        if copy.state is CopyState.ASKED:
            services.keep_copy(session, copy_id=copy_id, files=kept, at=at)
        jobs.finish(session, ticket, at)


@jobs.task("compliance.forget_copies")
def forget_copies(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Forget the copies whose week is over, then remove their files."""
    with transaction() as session:
        digests = services.forget_copies(session, at=at)
        jobs.finish(session, ticket, at)
    for digest in digests:
        storage.current().remove(digest)


def _write(
    sections: list[copying.Section], name: str, files: list[tuple[str, str, str]], at: dt.datetime
) -> dict[str, bytes]:
    made = {"json": copying.write_json(sections, at)}
    try:
        made["pdf"] = copying.write_pdf(sections, name, at)
    except (PdfUnavailable, Invalid) as error:  # too long to print, or no Pango: the JSON says everything
        log.warning("copy without PDF", reason=str(error))
    named = {f"personal-data.{form}": content for form, content in made.items()}
    made["zip"] = copying.write_zip(named, files)
    return made


def _tell(copy_id: str, done: int) -> None:
    if done % TOLD_EVERY == 0:
        with transaction() as session:
            services.tell_progress(session, copy_id=copy_id, steps_done=done)


schedule.every(3600, "compliance.forget_copies")
