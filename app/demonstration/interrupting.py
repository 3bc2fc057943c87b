"""What interrupted the coming in of applications."""

from __future__ import annotations

import datetime as dt

from app.demonstration import places
from app.demonstration.office import Office
from app.demonstration.places import MAIN
from app.demonstration.timeline import Story
from app.recruitment.interruptions.services import decide_interruption, declare_interruption

ZONE = places.ZONES[MAIN]
CABLE = "The network operator reports a cut cable between the exchange and the data centre."
OTHER_OFFICE = "The page did not open on one applicant's telephone."


def interrupt(office: Office) -> Story:
    """Declare two interruptions of intake: one is confirmed, one refused."""
    for days, reason, is_confirmed in ((96, CABLE, True), (47, OTHER_OFFICE, False)):
        session, at = yield office.timeline.office(days, ZONE, 9)
        night = at - dt.timedelta(hours=6)
        declared = declare_interruption(
            session,
            agency_id=office.agencies[MAIN],
            starts_at=night,
            ends_at=night + dt.timedelta(minutes=9),
            reason=reason,
            actor=office.member(session, "hr.officer"),
            at=at,
        )
        session, at = yield office.timeline.office(days, ZONE, 9, 30)
        decide_interruption(
            session,
            interruption_id=declared.id,
            is_confirmed=is_confirmed,
            actor=office.member(session, "second.hr.officer"),
            at=at,
        )
