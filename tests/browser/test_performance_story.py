"""A performance year with an improvement plan: each shortcut is tried and refused."""

from __future__ import annotations

import pytest

from tests.browser import steps_performance as steps
from tests.browser.people import PHONE

pytestmark = pytest.mark.browser


def test_a_year_with_an_improvement_plan(site, person):
    steps.serve_in_a_line(site)
    officer, boss, worker = person("hr"), person("marta", viewport=PHONE), person("jonas", viewport=PHONE)
    for somebody in (officer, boss, worker):
        somebody.signs_in()
    steps.makes_a_period(officer)
    steps.writes_the_plan(boss)
    steps.reads_the_plan(worker)
    steps.plan_was_given_long_ago(site, 290)
    steps.talks(boss)
    steps.opens_improvement(boss)
    steps.cannot_end_it_early(boss)
    worker.opens("/my/performance")
    worker.follows("IP-")
    worker.reads("Nine of ten beds in the week of the plan.")
    steps.opportunity_is_over(site)
    boss.follows("Improvement plan")
    steps.finds_unacceptable(boss)
    boss.reads("There is a problem", "No check-in is recorded")
    boss.follows("Improvement plan")
    steps.checks_in(boss)
    steps.finds_unacceptable(boss)
    boss.reads("Outcome handed in. Another person confirms it.")
    steps.confirms(officer)
    steps.rates(boss)
    worker.opens("/my/performance")
    worker.follows(steps.PERIOD)
    worker.reads_nothing_of("A hard year.")
    steps.approves(officer)
    steps.answers(worker)
    officer.opens("/staff/performance")
    officer.follows(steps.PERIOD)
    officer.presses("Close the period")
    officer.reads("The period is closed.")
