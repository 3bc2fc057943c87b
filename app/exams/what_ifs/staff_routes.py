"""What-ifs for the staff: looked at, and their people downloaded; each look is written down."""

from __future__ import annotations

import csv

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.exams import history
from app.exams.keys.rules import describe
from app.exams.what_ifs import queries, rules, services
from app.exams.what_ifs.forms import FindForm
from app.exams.what_ifs.models import SEALED, WhatIf
from app.platform import clock, small_groups, storage
from app.platform.db import reading, transaction
from app.platform.errors import Conflict
from app.web.access import current_actor, requires
from app.web.pages import download as send
from app.web.pages import render

bp = Blueprint("what_ifs", __name__)
ONE = "/staff/what-ifs/<id('wif'):what_if_id>"


@bp.get(ONE)
@requires("exams.what_ifs.show")
def show(what_if_id: str) -> ResponseReturnValue:
    """Show what a change of the key would move, and find a single candidate in it."""
    filters = FindForm()
    number = filters.candidate.data or ""
    what_if = _look(what_if_id, "show")
    zone = what_if.examination.agency.time_zone
    with reading() as session:
        looks = history.load_timeline(session, what_if_id, zone)
    tried = [
        (code, describe(what_if.key_version.answers[code]), describe(entry))
        for code, entry in what_if.changes.items()
    ]
    found = _find(what_if, number) if number else None
    return render(
        what_if=what_if,
        examination=what_if.examination,
        tried=tried,
        looks=looks,
        filters=filters,
        number=number,
        found=found,
        small=small_groups.least_shown(),
    )


@bp.get(f"{ONE}/people.csv")
@requires("exams.what_ifs.download")
def download(what_if_id: str) -> ResponseReturnValue:
    """Send everybody who would move, by candidate number."""
    what_if = _look(what_if_id, "download")
    content = storage.current().get(what_if.movers_digest)
    return send(content, filename="what-if-no-list.csv", media_type="text/csv")


def _look(what_if_id: str, act: str) -> WhatIf:
    """Give a what-if whose seal holds, and write down that the actor looked."""
    actor = current_actor()
    with transaction() as session:
        what_if = queries.get_what_if(session, what_if_id, actor)
        if rules.seal({name: getattr(what_if, name) for name in SEALED}) != what_if.seal:
            raise Conflict("This what-if was changed after it was worked out. Call the auditor.")
        services.record_look(session, what_if=what_if, act=act, actor=actor, at=clock.now())
    return what_if


def _find(what_if: WhatIf, number: str) -> list[str]:
    """Find the line of one candidate among those who move; empty when nothing changes for them."""
    lines = csv.reader(storage.current().get(what_if.movers_digest).decode().splitlines())
    return next((line for line in lines if line[0].casefold() == number.casefold()), [])
