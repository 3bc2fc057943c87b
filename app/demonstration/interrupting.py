"""The days on which the office does not work, and what interrupted the coming in of applications."""

from __future__ import annotations

import datetime as dt

from app.accounts.holidays.services import add_holiday
from app.demonstration import places
from app.demonstration.office import Office
from app.demonstration.places import MAIN
from app.demonstration.timeline import Story
from app.recruitment.interruptions.services import decide_interruption, declare_interruption

ZONE = places.ZONES[MAIN]
CABLE = "The network operator reports a cut cable between the exchange and the data centre."
OTHER_OFFICE = "The page did not open on one applicant's telephone."


def interrupt(office: Office) -> Story:
    """Enter the holidays, and declare two interruptions of intake: one is confirmed, one refused."""
    session, at = yield office.timeline.office(300, ZONE, 9)
    agency_id = office.agencies[MAIN]
    year = at.year
    chief = office.member(session, "agency.administrator")
    for month, day, name in ((1, 1, "New Year's Day"), (7, 4, "Independence Day"), (12, 25, "Christmas Day")):
        for number in (year, year + 1, year + 2):
            on = dt.date(number, month, day)
            add_holiday(session, agency_id=agency_id, on=on, name=name, actor=chief, at=at)
    for days, reason, is_confirmed in ((96, CABLE, True), (47, OTHER_OFFICE, False)):
        session, at = yield office.timeline.office(days, ZONE, 9)
        night = at - dt.timedelta(hours=6)
        declared = declare_interruption(
            session,
            agency_id=agency_id,
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
