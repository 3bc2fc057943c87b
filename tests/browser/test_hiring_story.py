"""A vacancy becomes a lawful appointment, played by the people whose work it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser import office
from tests.browser import steps_applicant as applicants
from tests.browser import steps_auditor as audit
from tests.browser import steps_exams as exams
from tests.browser import steps_letters as letters
from tests.browser import steps_recruitment as recruitment
from tests.browser import steps_selection as selection
from tests.browser.people import PHONE, Person
from tests.browser.serving import Site

pytestmark = pytest.mark.browser
TITLE = "Tree inspector"
EXAMINATION = "Tree inspector, written examination"
RIGHT = {"dana": 10, "bruno": 9, "amina": 8, "elif": 8}  # answers of ten; Amina's claim adds five points

Seat = Callable[..., Person]
People = dict[str, Person]


def test_a_vacancy_becomes_an_appointment(site: Site, person: Seat):
    office_workers = ("hr", "hr2", "exam", "custodian", "authority", "auditor")
    hr, second, officer, custodian, authority, auditor = [signed_in(person, who) for who in office_workers]
    visitor = person("visitor")

    the_office_publishes_a_vacancy(hr, second)
    people = three_people_apply(person) | others_apply_and_one_is_late(site, person)
    the_office_screens(hr)
    numbers = the_examination_is_held(officer, custodian, people)
    the_list_is_published(officer, second)
    everyone_sees_what_is_theirs(people, visitor, numbers)
    names_are_certified(hr, second)
    the_authority_appoints(authority)
    the_record_begins(hr)
    the_letters_are_genuine(people["amina"], people["chen"], visitor)
    the_auditor_looks(auditor)


def signed_in(person: Seat, name: str) -> Person:
    seated = person(name)
    seated.signs_in()
    return seated


def the_office_publishes_a_vacancy(hr: Person, second: Person) -> None:
    recruitment.asks_for_positions(hr, TITLE)
    recruitment.approves_the_request(second, TITLE)
    recruitment.writes_the_posting(hr, TITLE)
    recruitment.writes_the_requirements(hr)
    recruitment.approves_the_posting(second, TITLE)
    recruitment.publishes(hr, TITLE)


def three_people_apply(person: Seat) -> People:
    """One leaves and comes back and proves a claim, one is new and errs first, one has little to tell."""
    amina, bruno, chen = (person(name, viewport=PHONE) for name in ("amina", "bruno", "chen"))
    amina.opens("/")
    amina.shows("start")
    for applicant in (amina, bruno, chen):
        applicants.finds_the_vacancy(applicant, TITLE)
    applicants.signs_in_to_apply(amina)
    applicants.leaves_and_comes_back(amina)
    applicants.gives_contact_details(amina)
    applicants.tells_of_a_school(amina)
    applicants.has_no_more(amina)
    applicants.tells_of_a_post(amina)
    applicants.has_no_more(amina)
    applicants.adds_no_licence_and_no_language(amina)
    applicants.answers_the_requirements(amina)
    applicants.claims_to_be_a_veteran(amina)
    applicants.adds_no_document(amina)
    number, digest = applicants.submits(amina)
    amina.shows("receipt")
    applicants.checks_the_receipt(bruno, number, digest)

    applicants.finds_the_vacancy(bruno, TITLE)
    applicants.registers_to_apply(bruno, "Bruno Costa", "bruno@mail.example")
    applicants.begins_with_contact_details(bruno)
    applicants.gives_a_wrong_telephone_first(bruno)
    tells_the_least(bruno)

    applicants.signs_in_to_apply(chen)
    applicants.begins_with_contact_details(chen)
    tells_the_least(chen)
    return {"amina": amina, "bruno": bruno, "chen": chen}


def tells_the_least(applicant: Person) -> None:
    applicants.gives_contact_details(applicant)
    applicants.has_no_more(applicant)
    applicants.has_no_more(applicant)
    applicants.adds_no_licence_and_no_language(applicant)
    applicants.answers_the_requirements(applicant)
    applicants.claims_nothing(applicant)
    applicants.adds_no_document(applicant)
    applicants.submits(applicant)


def others_apply_and_one_is_late(site: Site, person: Seat) -> People:
    """Two submit what they wrote earlier; a third looks away until the deadline has passed."""
    drafts = office.others_have_written(site, TITLE)
    dana, elif_, farid = (person(name, viewport=PHONE) for name in office.WRITERS)
    for somebody in (dana, elif_, farid):
        somebody.signs_in()
    applicants.declares_and_submits(dana, drafts["dana"])
    applicants.declares_and_submits(elif_, drafts["elif"])
    applicants.waits_too_long(farid, drafts["farid"])
    office.deadline_passes(site, TITLE)
    applicants.is_too_late(farid, drafts["farid"])
    office.clock_closes(site, TITLE)
    return {"dana": dana, "elif": elif_}


def the_office_screens(hr: Person) -> None:
    recruitment.begins_to_screen(hr, TITLE)
    hr.shows("screening")
    for _ in range(5):
        recruitment.screens(hr, ineligible="Chen Wei")
    hr.reads("5 of 5 screened.")
    recruitment.verifies_the_claim(hr, "Amina Yusuf")


def the_examination_is_held(officer: Person, custodian: Person, people: People) -> dict[str, str]:
    """Gives the candidates' numbers, by person."""
    exams.creates_the_examination(officer, EXAMINATION)
    exams.registers_the_candidates(officer)
    exams.proposes_the_key(officer)
    exams.approves_the_key(custodian, EXAMINATION)
    numbers = {name: exams.reads_the_own_number(people[name]) for name in RIGHT}
    assert sorted(numbers.values()) == exams.reads_the_candidates(officer, EXAMINATION)
    sheets = {numbers[name]: exams.answers(right) for name, right in RIGHT.items()}
    exams.is_shown_each_fault(officer, EXAMINATION, sheets)
    exams.imports_the_answers(officer, EXAMINATION, sheets)
    officer.shows("examination")
    return numbers


def the_list_is_published(officer: Person, second: Person) -> None:
    selection.drafts_the_list(officer)
    officer.shows("merit-list")
    selection.approves_and_publishes_the_list(second, TITLE)


def everyone_sees_what_is_theirs(people: People, visitor: Person, numbers: dict[str, str]) -> None:
    selection.sees_the_own_result(people["amina"])
    people["amina"].shows("result")
    names = ["Dana Novak", "Bruno Costa", "Amina Yusuf", "Elif Demir"]
    selection.sees_numbers_and_no_names(visitor, TITLE, [numbers[name] for name in RIGHT], names)
    visitor.shows("published-list")


def names_are_certified(hr: Person, second: Person) -> None:
    selection.asks_for_names(hr, TITLE)
    selection.issues_the_certificate(second)
    second.shows("certificate")


def the_authority_appoints(authority: Person) -> None:
    selection.opens_the_certificate(authority)
    selection.is_refused_a_name_out_of_reach(authority, "Elif Demir")
    selection.opens_the_certificate(authority)
    selection.is_refused_a_pass_over_without_reasons(authority, "Dana Novak")
    selection.opens_the_certificate(authority)
    selection.appoints(authority, "Amina Yusuf", "P-001")
    # the reach is formed again, so that the fourth is among the highest three now
    selection.appoints(authority, "Elif Demir", "P-002")
    authority.reads("Closed")


def the_record_begins(hr: Person) -> None:
    selection.finds_the_holder(hr, "P-001", "Amina Yusuf")
    selection.reads_the_service_record(hr, "Amina Yusuf", "Tree inspector (P-001)")


def the_letters_are_genuine(appointed: Person, ineligible: Person, anyone: Person) -> None:
    letters.has_letters(appointed, "Your appointment", "Your result", "We have received your application")
    pdf = letters.downloads_a_letter(appointed, "Your appointment")
    address = letters.reads_a_letter(appointed, "Your appointment", "Tree inspector (P-001)", "Grace Kim")
    letters.checks_the_letter(anyone, address, pdf)
    letters.has_letters(ineligible, "does not go forward")
    letters.reads_a_letter(ineligible, "does not go forward", recruitment.TOO_SHORT)


def the_auditor_looks(auditor: Person) -> None:
    audit.reads_the_ledger(auditor)
    audit.verifies_the_chain(auditor)
    audit.takes_the_hiring_action_file(auditor, TITLE)
