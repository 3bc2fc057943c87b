"""What an agency's code and time zone must be."""

from __future__ import annotations

import pytest

from app.accounts.agencies.rules import check_agency
from app.platform.errors import Invalid

CODE = "Code must be 2 to 12 capital letters and digits, beginning with a letter"
ZONE = "Time zone must be a name such as America/New_York"


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC"])
def test_a_zone_with_a_place_is_taken(zone):
    check_agency(code="DOT", time_zone=zone)


@pytest.mark.parametrize("zone", ["", "EST5EDT", "Etc/GMT+5", "America/", "../etc/passwd", "+05:30"])
def test_any_other_zone_is_refused(zone):
    with pytest.raises(Invalid) as refused:
        check_agency(code="DOT", time_zone=zone)
    assert refused.value.fields == {"time_zone": ZONE}


@pytest.mark.parametrize("code", ["", "D", "dot", "1DOT", "D-T", "D T", "X" * 13, "ДОТ", "DOT\n"])
def test_a_code_that_could_not_stand_in_a_number_is_refused(code):
    with pytest.raises(Invalid) as refused:
        check_agency(code=code, time_zone="UTC")
    assert refused.value.fields == {"code": CODE}


def test_both_faults_are_told_at_once():
    with pytest.raises(Invalid) as refused:
        check_agency(code="", time_zone="")
    assert refused.value.fields == {"code": CODE, "time_zone": ZONE}
