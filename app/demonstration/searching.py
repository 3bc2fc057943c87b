"""People who look for work: searches they keep, the mail they get about them, a calendar of their own."""

from __future__ import annotations

from app.demonstration.office import Office
from app.demonstration.timeline import Story
from app.exams.exam_days.services import renew_link
from app.recruitment.saved_searches.services import create_search, pause_search, send_due_alerts
from app.recruitment.saved_searches.states import Frequency

# who, how many days ago, name, what is looked for, how often
KEPT = (
    ("applicant", 95, "Office work in the city", {"text": "clerk"}, Frequency.DAILY),
    ("applicant", 60, "Nursing", {"text": "nurse", "sort": "closing"}, Frequency.AT_ONCE),
    ("applicant", 20, "Well paid and open to me", {"pay": "60000.00", "mine": "y"}, Frequency.WEEKLY),
    ("second.applicant", 90, "Transit", {"text": "operator"}, Frequency.AT_ONCE),
    ("third.applicant", 80, "Parks and lakes", {"category": "Recreation"}, Frequency.WEEKLY),
    ("employee", 75, "Posts for employees", {"audience": "employees"}, Frequency.AT_ONCE),
)
PAUSED = "Transit"
# Days ago on which the clock looked through the searches; a demonstration's clock does not tick meanwhile.
LOOKED = (70, 45, 30, 18, 9, 4, 1)


def keep(office: Office) -> Story:
    """Save the searches one by one, look through them now and then, pause one, subscribe to a calendar."""
    days = sorted({day for _, day, *_ in KEPT} | set(LOOKED), reverse=True)
    for day in days:
        session, at = yield office.timeline.before(days=day, hours=2)
        for key, since, name, query, frequency in KEPT:
            if since != day:
                continue
            actor = office.member(session, key)
            search = create_search(session, name=name, query=query, frequency=frequency, actor=actor, at=at)
            if name == PAUSED:
                pause_search(session, search_id=search.id, actor=actor, at=at)
        if day in LOOKED:
            send_due_alerts(session, at=at)
    renew_link(session, actor=office.member(session, "applicant"), at=at)
