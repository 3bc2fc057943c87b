"""The retention schedule in words for everybody."""

from __future__ import annotations

from app.compliance.retention import schedule
from app.compliance.retention.schedule import Series
from app.platform.sentences import Sentence, say, say_count


def sentences() -> list[Sentence]:
    """Say how long what people send is kept, in their language."""
    series = schedule.current()
    received = series["received"]
    return [
        say(
            "Applications that we received: %(period)s from the last decision on them (%(law)s).",
            period=period(received),
            law=received.law,
        ),
        say(
            "Applications that you never submitted: %(period)s from the end of the vacancy.",
            period=period(series["drafts"]),
        ),
        say("Files that you uploaded and used nowhere: %(period)s.", period=period(series["uploads"])),
    ]


def period(series: Series) -> Sentence:
    """Give the time in years, or in days where it is not whole years."""
    if series.days:
        return say_count("%(count)s day", "%(count)s days", series.years * 365 + series.days)
    return say_count("%(count)s year", "%(count)s years", series.years)
