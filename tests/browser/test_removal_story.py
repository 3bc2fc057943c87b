"""A removal under 7513 from its proposal to the end of its appeal, with each unlawful shortcut refused."""

from __future__ import annotations

import datetime as dt

import pytest

from app.platform.locales import write_date
from tests.browser import steps_removal as steps
from tests.browser.people import PHONE, Person
from tests.browser.serving import Site

pytestmark = pytest.mark.browser
DAY = dt.timedelta(days=1)
DECIDER = "Rosa Delgado, HR officer"


def test_a_removal_keeps_to_the_clock_from_proposal_to_appeal(person, site):
    steps.serve(site)
    supervisor, hr, officer = person("supervisor"), person("hr"), person("hr2")
    yana = person("yana", viewport=PHONE)
    for somebody in (supervisor, hr, officer, yana):
        somebody.signs_in()
    address = drafts_a_removal(supervisor)
    proposes_no_sooner_than_lawful(supervisor, address)
    delivers_no_sooner_than_proposed(supervisor, site, address)
    decides_no_sooner_than_answered(hr, site, address)
    answers(yana)
    steps.days_pass(site, 8)
    takes_effect_no_sooner_than_noticed(hr, site, address)
    steps.days_pass(site, 23)
    nobody_else_decides(supervisor, officer, address)
    decides_once(hr, site, address)
    is_carried_out_and_contested(officer, site, address)
    sees_it_all(yana)


def drafts_a_removal(supervisor: Person) -> str:
    supervisor.opens("/staff/employees")
    supervisor.follows(steps.WORKER)
    supervisor.presses("Open a disciplinary case")
    supervisor.ticks("Removal from service")
    supervisor.types("Summary", "Brakes were signed off without a check.")
    supervisor.types("Why this action", "Others drive what a mechanic signs.")
    supervisor.picks("Deciding official", DECIDER)
    supervisor.types("Days of notice", "29")
    supervisor.presses("Save the draft")
    supervisor.reads("Give at least 30 days of notice (5 U.S.C. 7513(b) and 5 CFR 752.404)")
    supervisor.types("Days of notice", "")
    supervisor.types("Days to answer", "6")
    supervisor.presses("Save the draft")
    supervisor.reads("Give at least 7 days to answer (5 U.S.C. 7513(b) and 5 CFR 752.404)")
    supervisor.types("Days to answer", "")
    supervisor.ticks("Suspension of 14 days or less")
    supervisor.types("Days of suspension", "20")
    supervisor.presses("Save the draft")
    supervisor.reads("A suspension of this kind is 1 to 14 days long (5 U.S.C. 7503)")
    supervisor.types("Days of suspension", "")
    supervisor.ticks("Removal from service")
    supervisor.presses("Save the draft")
    supervisor.presses("Add a charge")
    supervisor.types("Charge", "False record", exact=True)
    supervisor.types("What happened", "You signed for bus 12 on 5 October.\nYou signed for bus 14 too.")
    supervisor.types("Evidence", "Work orders of 5 October.")
    supervisor.presses("Save the charge")
    return supervisor.page.url


def proposes_no_sooner_than_lawful(supervisor: Person, address: str) -> None:
    supervisor.opens(f"{address}/delivery")
    supervisor.ticks("Handed over in person")
    steps.enters_a_day(supervisor, "delivered_on", dt.date(2026, 1, 5))
    supervisor.types("Delivered by", "Lena Fischer")
    supervisor.types("Proof", "Signed for.")
    supervisor.presses("Record the delivery")
    supervisor.reads("Nothing was proposed yet, so there is no notice to deliver.")
    supervisor.opens(address)
    steps.answers_the_factors(supervisor, "Answer the factors", but=6)
    supervisor.presses("Preview and propose")
    supervisor.presses("Propose the action and send the notice")
    supervisor.reads("before each of the twelve factors is answered. Missing: 6")
    supervisor.opens(address)
    steps.answers_the_factors(supervisor, "Answer the factors")
    supervisor.presses("Preview and propose")
    supervisor.presses("Propose the action and send the notice")
    supervisor.reads("Action proposed. The notice is on its way.")


def delivers_no_sooner_than_proposed(supervisor: Person, site: Site, address: str) -> None:
    day = steps.today(site)
    supervisor.presses("Record the delivery")
    supervisor.ticks("Handed over in person")
    supervisor.types("Delivered by", "Lena Fischer")
    supervisor.types("Proof", "Signed for.")
    steps.enters_a_day(supervisor, "delivered_on", day - DAY)
    supervisor.presses("Record the delivery")
    supervisor.reads("so the notice cannot have been delivered before")
    steps.enters_a_day(supervisor, "delivered_on", day)
    supervisor.presses("Record the delivery")
    supervisor.reads("The days of the case are counted from it.", steps.written(day + 30 * DAY))


def decides_no_sooner_than_answered(hr: Person, site: Site, address: str) -> None:
    hr.opens(address)
    hr.presses("Decide the case")
    rules(hr, site, steps.today(site) + 30 * DAY)
    hr.presses("Decide and send the letter")
    first = steps.today(site) + 8 * DAY
    hr.reads(f"No decision before {write_date(first)}: the employee may answer")


def rules(hr: Person, site: Site, effective_on: dt.date) -> None:
    steps.finds_sustained(hr, True, False)
    hr.ticks("Removal from service")
    steps.enters_a_day(hr, "effective_on", effective_on)
    hr.types("Reasons", "The work orders show it.")


def answers(yana: Person) -> None:
    yana.opens("/my/employment")
    yana.follows("Cases about you")
    yana.reads("Removal from service")
    yana.follows("D-")
    yana.reads("7 days left", "False record", "Rosa Delgado")
    yana.presses("Name a representative")
    yana.types("Name", "Ida Wells", exact=True)
    yana.types("How to reach them", "ida@union.example")
    yana.presses("Name this representative")
    yana.presses("Answer in writing")
    yana.presses("Hand in the answer")
    yana.reads("Enter your answer")
    yana.types("Your answer", "Bus 14 was checked by the night shift.")
    yana.presses("Hand in the answer")
    yana.reads("Bus 14 was checked by the night shift.", "Ida Wells")


def takes_effect_no_sooner_than_noticed(hr: Person, site: Site, address: str) -> None:
    hr.opens(f"{address}/decide")
    hr.reads("Bus 14 was checked by the night shift.")
    rules(hr, site, steps.today(site) + DAY)
    hr.presses("Decide and send the letter")
    first = steps.today(site) + 22 * DAY
    hr.reads(f"It may take effect from {write_date(first)} on (5 U.S.C. 7513(b) and 5 CFR 752.404)")
    steps.finds_sustained(hr, False, False)
    hr.presses("Decide and send the letter")
    hr.reads("No charge is sustained, so no penalty can be imposed")


def nobody_else_decides(supervisor: Person, officer: Person, address: str) -> None:
    for somebody, told in ((supervisor, "You proposed this action"), (officer, "Only the deciding official")):
        somebody.opens(f"{address}/decide")
        steps.finds_sustained(somebody, True, False)
        somebody.ticks("No action")
        somebody.types("Reasons", "Let us end this.")
        somebody.presses("Decide and send the letter")
        somebody.reads(told)


def decides_once(hr: Person, site: Site, address: str) -> None:
    hr.opens(f"{address}/decide")
    rules(hr, site, steps.today(site))
    hr.presses("Decide and send the letter")
    hr.reads("No penalty is decided before each of the twelve factors is answered.")
    hr.opens(address)
    steps.answers_the_factors(hr, "Weigh the factors")
    hr.opens(f"{address}/decide")
    rules(hr, site, steps.today(site))
    hr.presses("Decide and send the letter")
    hr.reads("Decided. The letter is on its way.", "Not sustained.")
    hr.opens(f"{address}/decide")
    rules(hr, site, steps.today(site))
    hr.presses("Decide and send the letter")
    hr.reads("A case is decided once.")


def is_carried_out_and_contested(officer: Person, site: Site, address: str) -> None:
    day = steps.today(site)
    officer.opens(address)
    officer.presses("Carry it out")
    officer.presses("Carry it out")
    officer.reads("Carried out. The service record follows.")
    officer.presses("Close the case")
    officer.presses("Close the case")
    officer.reads("When the decision was delivered is not on record.")
    officer.opens(address)
    officer.presses("Record the delivery of the decision")
    officer.ticks("By courier, against signature")
    steps.enters_a_day(officer, "delivered_on", day)
    officer.types("Delivered by", "City Couriers")
    officer.types("Proof", "Receipt 4711.")
    officer.presses("Record the delivery")
    officer.presses("Close the case")
    officer.presses("Close the case")
    officer.reads("Close the case from", "on.")
    officer.opens(address)
    officer.presses("Record an appeal")
    officer.ticks("Appeal to the Merit Systems Protection Board")
    officer.types("Number there", "NY-0752-27-0031-I-1")
    steps.enters_a_day(officer, "filed_on", day - DAY)
    officer.presses("Record the appeal")
    officer.reads(f"It can be contested from {write_date(day)} on")
    steps.enters_a_day(officer, "filed_on", day)
    officer.presses("Record the appeal")
    officer.presses("Record what came of the appeal")
    officer.ticks("The action is sustained")
    steps.enters_a_day(officer, "decided_on", day)
    officer.types("What was decided, and why", "The record bears the action out.")
    officer.presses("Record the outcome")
    officer.presses("Close the case")
    officer.presses("Close the case")
    officer.reads("Case closed.", "kept until")


def sees_it_all(yana: Person) -> None:
    yana.opens("/my/cases")
    yana.follows("D-")
    yana.reads("Closed", "The work orders show it.", "The action is sustained", "Who opened this file")
    yana.reads("Rosa Delgado", "Samuel Okoro")
