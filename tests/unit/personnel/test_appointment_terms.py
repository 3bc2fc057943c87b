"""For how long somebody is appointed without a certificate, and from which day."""

from __future__ import annotations

import datetime as dt

import pytest

from app.personnel.actions import authorities
from app.personnel.actions.states import ActionKind
from app.personnel.appointment_proposals import rules
from app.personnel.appointments import terms
from app.personnel.appointments.states import AppointmentKind
from app.platform.errors import Conflict, Invalid

TODAY = dt.date(2026, 11, 20)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_each_term_rests_on_an_authority_to_appoint():
    found = {code: (term.kind, term.months) for code, term in terms.load().items()}
    assert found == {
        "NY-65": (AppointmentKind.PROVISIONAL, 9),
        "NY-64-1": (AppointmentKind.TEMPORARY, 3),
        "NY-64-1-B": (AppointmentKind.TEMPORARY, 6),
        "CFR-316.401": (AppointmentKind.TEMPORARY, 12),
        "LCS-5.3": (AppointmentKind.PROVISIONAL, 9),
        "LCS-5.1": (AppointmentKind.TEMPORARY, 6),
    }
    known = authorities.load()
    assert all(ActionKind.APPOINTMENT in known[code].kinds for code in found)


@pytest.mark.parametrize(
    ("code", "starts_on", "latest"),
    [
        ("NY-65", "2026-12-01", "2027-08-31"),
        ("NY-65", "2027-05-31", "2028-02-28"),  # nine months later is 29 February
        ("NY-64-1", "2026-11-30", "2027-02-27"),
        ("CFR-316.401", "2026-11-20", "2027-11-19"),
    ],
)
def test_the_last_day_is_as_late_as_the_authority_allows(code, starts_on, latest):
    term = rules.check_authority(code)
    assert rules.check_term(term, day(starts_on), None) == day(latest)
    assert rules.check_term(term, day(starts_on), day(starts_on)) == day(starts_on)
    for wrong in (day(latest) + dt.timedelta(days=1), day(starts_on) - dt.timedelta(days=1)):
        with pytest.raises(Invalid) as refused:
            rules.check_term(term, day(starts_on), wrong)
        assert list(refused.value.fields) == ["term_ends_on"]


def test_a_free_text_is_no_authority():
    for wrong in ("because", "", "NY-52", "LCS-4.2"):
        with pytest.raises(Invalid) as refused:
            rules.check_authority(wrong)
        assert refused.value.fields == {"authority_code": "Select the legal authority of the appointment"}


def test_a_first_day_lies_within_the_window_and_a_past_one_has_a_reason():
    for lawful in ("2026-11-20", "2027-05-19"):
        rules.check_first_day(day(lawful), TODAY, "")
    rules.check_first_day(day("2026-11-06"), TODAY, "The form lay in the wrong tray.")
    for wrong in ("1999-01-01", "2026-11-05", "2027-05-20", "9999-12-31"):
        with pytest.raises(Invalid) as refused:
            rules.check_first_day(day(wrong), TODAY, "A reason.")
        assert refused.value.fields == {
            "starts_on": "The first day can be from 6 November 2026 to 19 May 2027 "
            "(Larkhaven Civil Service Rule 5.4)"
        }
    with pytest.raises(Invalid) as unreasoned:
        rules.check_first_day(day("2026-11-19"), TODAY, " ")
    assert list(unreasoned.value.fields) == ["late_reason"]


def test_only_what_nobody_took_up_is_taken_back_and_in_time():
    rules.check_not_taken_up(day("2026-12-01"), None, TODAY)
    rules.check_not_taken_up(day("2026-10-21"), None, TODAY)
    with pytest.raises(Conflict, match="Service ends by a separation"):
        rules.check_not_taken_up(day("2026-10-20"), None, TODAY)
    with pytest.raises(Conflict, match="entered on duty on 20 November 2026"):
        rules.check_not_taken_up(TODAY, TODAY, TODAY)


@pytest.mark.parametrize(
    ("left", "due"), [(61, None), (60, 60), (31, 60), (30, 30), (1, 1), (0, 1), (-1, None)]
)
def test_the_reminder_of_a_term_is_the_last_one_whose_day_has_come(left, due):
    assert terms.reminder_due(TODAY + dt.timedelta(days=left), TODAY) == due
