"""The one page from which every staff table is downloaded."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import IO

from flask import Response, request
from flask.typing import ResponseReturnValue

from app.home.forms import DownloadForm
from app.home.routes import bp
from app.platform import audit, clock
from app.platform.db import reading, transaction
from app.platform.errors import Conflict, Invalid
from app.web import tables
from app.web.access import current_actor, requires
from app.web.pages import render
from app.web.tables import Column, Table

PIECE = 64 * 1024


@bp.route("/staff/tables/<table>", methods=["GET", "POST"])
@requires("home.download")
def download(table: str) -> ResponseReturnValue:
    """Give a list as a file with the columns that are chosen, by the filters of its page."""
    actor = current_actor()
    found = tables.get_table(table, actor)
    form = DownloadForm()
    form.offer(tables.offered(found, actor))
    if form.validate_on_submit():
        try:
            return _file(found, form.columns.data, str(form.form.data))
        except Conflict as error:
            form.add_errors(Invalid(error.message))
    filters = {name: value for name, value in request.args.items() if value}
    return render(form=form, table=found, filters=filters)


def _file(table: Table, names: list[str], form: str) -> Response:
    """Write the rows to a file without a name, record what was taken, and send it piece by piece."""
    actor = current_actor()
    columns = [column for column in tables.offered(table, actor) if column.name in names]
    out = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the last piece is sent
    try:
        with reading() as session:
            count = tables.write(columns, table.rows(session, actor), form, out)
        _record(table, columns, form, count)
    except BaseException:
        out.close()
        raise
    response = Response(_pieces(out), mimetype=tables.MEDIA_TYPES[form])
    name = f"{table.title.lower().replace(' ', '-')}.{form}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _record(table: Table, columns: list[Column], form: str, count: int) -> None:
    """Write down who took which columns of which list, and how many rows."""
    with transaction() as session:
        audit.record(
            session,
            "home.download",
            actor=current_actor(),
            at=clock.now(),
            subject=(tables.asked(table.place) if table.place else "") or "table",
            table=table.endpoint,
            form=form,
            rows=count,
            columns=[column.name for column in columns],
            filters={name: value for name, value in request.args.items() if value},
        )


def _pieces(out: IO[bytes]) -> Iterator[bytes]:
    with out:
        out.seek(0)
        while piece := out.read(PIECE):
            yield piece
