"""The answer to the script that sends a step of a draft as it is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from flask import jsonify
from flask.typing import ResponseReturnValue

from app.platform import clock
from app.platform.db import transaction
from app.platform.errors import Conflict, Invalid
from app.platform.locales import zone_name
from app.platform.sentences import say, translate
from app.recruitment.applications.models import Application
from app.recruitment.drafts.forms import DraftForm


def save_standing(
    form: DraftForm, application: Application, act: Callable[..., Any], **known: Any
) -> ResponseReturnValue:
    """Save what stands in a step by `act(session, data=, is_complete=, page=, at=, …)`; answer in JSON."""
    at = clock.now()
    try:
        data, is_complete = form.what_stands()
        with transaction() as session:
            act(session, data=data, is_complete=is_complete, page=form.page, at=at, **known)
    except (Conflict, Invalid) as refused:
        return jsonify(text=translate(refused.message)), refused.status
    zone = application.posting.time_zone
    time = at.astimezone(ZoneInfo(zone)).time()
    said = say("Saved at %(time)s %(zone)s", time=time, zone=zone_name(at, zone))
    return jsonify(saved_at=at.isoformat(), text=translate(said))
