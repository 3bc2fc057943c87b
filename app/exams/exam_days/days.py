"""A day worth knowing of: an examination, or a deadline."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.exams.admit_cards.queries import Meeting
from app.exams.examinations.models import Examination
from app.exams.interviews.models import InterviewSlot
from app.platform import clock
from app.platform.locales import ZonedMoment
from app.platform.sentences import Sentence, say
from app.recruitment.postings.models import Posting


@dataclass(frozen=True, slots=True)
class Day:
    """What happens, when and where. `starts_at` is None for a whole day, `on`; `path` is a page of ours."""

    key: str
    title: Sentence
    on: dt.date
    starts_at: dt.datetime | None
    minutes: int
    zone: str
    agency: str
    place: str
    note: Sentence | str
    path: str
    made_at: dt.datetime
    reminds: bool = False

    def order(self) -> tuple[dt.date, bool, dt.datetime, str]:
        """Give what days are sorted by: the date, whole days first, the time, the key."""
        return self.on, self.starts_at is not None, self.starts_at or self.made_at, self.key

    @classmethod
    def of_examination(cls, examination: Examination) -> Day:
        """Give the day of an announced examination as everyone may know it."""
        return cls(
            key=examination.id,
            title=say("Examination: %(title)s", title=examination.title),
            on=examination.held_on,
            starts_at=None,
            minutes=0,
            zone=examination.agency.time_zone,
            agency=examination.agency.name,
            place="",
            note=say("Candidates learn the place and the time from their admit card."),
            path=f"/vacancies/{examination.posting_id}",
            made_at=examination.created_at,
        )

    @classmethod
    def of_candidate(cls, examination: Examination, meeting: Meeting | None) -> Day:
        """Give the day of an examination as one of its candidates may know it."""
        plain = cls.of_examination(examination)
        if meeting is None or meeting.released_at is None:
            return plain
        doors = ZonedMoment(meeting.doors_close_at, plain.zone)
        return cls(
            key=plain.key,
            title=plain.title,
            on=plain.on,
            starts_at=meeting.starts_at,
            minutes=meeting.minutes,
            zone=plain.zone,
            agency=plain.agency,
            place=f"{meeting.venue}, {meeting.address}",
            note=say("The doors close on %(moment)s. Bring your admit card.", moment=doors),
            path="/my/exam-days",
            made_at=meeting.released_at,
            reminds=True,
        )

    @classmethod
    def of_interview(cls, slot: InterviewSlot, application_id: str) -> Day:
        """Give the day of an interview to which somebody is invited."""
        agency = slot.panel.examination.agency
        return cls(
            key=slot.id,
            title=say("Interview: %(title)s", title=slot.panel.examination.title),
            on=clock.local_date(slot.starts_at, agency.time_zone),
            starts_at=slot.starts_at,
            minutes=slot.minutes,
            zone=agency.time_zone,
            agency=agency.name,
            place=slot.place,
            note=say("Bring an identity paper with your photograph."),
            path=f"/my/applications/{application_id}/interview",
            made_at=slot.invited_at or slot.starts_at,
            reminds=True,
        )

    @classmethod
    def of_closing(cls, posting: Posting) -> Day:
        """Give the deadline of an open vacancy."""
        closes_at = posting.closes_at or posting.created_at
        return cls(
            key=posting.id,
            title=say("Applications close: %(title)s", title=posting.title),
            on=clock.local_date(closes_at, posting.time_zone),
            starts_at=closes_at,
            minutes=0,
            zone=posting.time_zone,
            agency=posting.agency.name,
            place="",
            note=say("Apply before this moment."),
            path=f"/vacancies/{posting.id}",
            made_at=posting.published_at or posting.created_at,
        )

    @classmethod
    def of_draft(cls, posting: Posting) -> Day:
        """Give the deadline of a vacancy for which somebody has begun an application."""
        plain = cls.of_closing(posting)
        return cls(
            key=plain.key,
            title=say("Your application closes: %(title)s", title=posting.title),
            on=plain.on,
            starts_at=plain.starts_at,
            minutes=0,
            zone=plain.zone,
            agency=plain.agency,
            place="",
            note=say("Your application is a draft. It is NOT submitted."),
            path="/my/applications",
            made_at=plain.made_at,
            reminds=True,
        )
