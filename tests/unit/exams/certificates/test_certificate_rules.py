"""Who may be considered, what may be done with a name, and the sentence when it may not."""

from __future__ import annotations

import datetime as dt

import pytest

from app.exams import merit
from app.exams.certificates import rules
from app.exams.certificates.rules import Name
from app.exams.certificates.states import CertificateState, Outcome, move, move_outcome
from app.exams.merit_lists.states import ListState
from app.platform.errors import Conflict, Invalid
from tests.unit.exams.books import CATEGORY_BOOK, OPEN_BOOK

DAY = dt.date(2026, 11, 20)
THREE = merit.rulebook.load(OPEN_BOOK)
CATEGORIES = merit.rulebook.load(CATEGORY_BOOK)


def eligible(number: str, position: int, score: int, *, preference: bool = False, category: str = ""):
    """Give a name of a list; equal scores share the rank of the first."""
    return merit.Eligible(number, position, position, score, 1, preference, category)


LIST = [eligible("C1", 1, 95), eligible("C2", 2, 90), eligible("C3", 3, 85), eligible("C4", 4, 80)]
BANDED = [
    merit.Eligible("V1", 1, 1, 92, 1, True, "BQ"),
    merit.Eligible("C1", 2, 2, 99, 1, False, "BQ"),
    merit.Eligible("C2", 3, 2, 97, 1, False, "BQ"),
    merit.Eligible("C3", 4, 3, 80, 1, False, "Q"),
]


def names(*decided: tuple[str, Outcome, bool]) -> list[Name]:
    """Give names with what was decided on them and whether it was approved."""
    return [Name(number, outcome, approved, number.startswith("V")) for number, outcome, approved in decided]


def pending(*numbers: str) -> list[Name]:
    return names(*((number, Outcome.PENDING, False) for number in numbers))


def formed(book=THREE, listed=LIST, **values) -> merit.Certificate:
    standard = {"vacancies": 1, "issued_on": DAY, "unavailable": ()}
    return rules.form(book, listed, **standard | values)


def test_the_rule_of_three_names_three():
    certificate = formed()
    assert [name.candidate_id for name in certificate.names] == ["C1", "C2", "C3"]
    assert certificate.expires_on == dt.date(2026, 12, 20)
    assert rules.next_sentence(THREE, certificate) == (
        "For the next vacancy: the highest 3 people may be considered; "
        "everybody tied with the last is included."
    )


def test_any_of_the_three_may_be_appointed_and_the_fourth_may_not():
    certificate, known = formed(), pending("C1", "C2", "C3")
    for number in ("C1", "C2", "C3"):
        rules.demand_lawful(rules.judge(THREE, certificate, known, number, DAY))
    with pytest.raises(Conflict) as refused:
        rules.demand_lawful(rules.judge(THREE, certificate, known, "C4", DAY))
    assert refused.value.message == (
        "This appointment would not be lawful. The name is out of reach. The highest 3 people may be "
        "considered; everybody tied with the last is included. In the way: C1, C2, C3. "
        "Rule: Rule of three, for tests."
    )


def test_after_a_decline_the_fourth_comes_within_reach():
    known = names(("C1", Outcome.DECLINED, False), ("C2", Outcome.PENDING, False))
    ruling = rules.judge(THREE, formed(), known, "C4", DAY)
    assert (ruling.lawful, ruling.reach) == (True, ("C2", "C3", "C4"))


def test_who_is_gone_may_not_be_appointed_again():
    ruling = rules.judge(THREE, formed(), names(("C1", Outcome.APPOINTED, False)), "C1", DAY)
    assert rules.standing_of(ruling) == rules.Standing(
        False, False, ("The name is no longer available. Rule: Rule of three, for tests.",)
    )


def test_a_certificate_ends():
    ruling = rules.judge(THREE, formed(), pending("C1"), "C1", dt.date(2026, 12, 21))
    assert rules.standing_of(ruling) == rules.Standing(
        False, True, ("The certificate ended on 2026-12-20. Rule: Rule of three, for tests.",)
    )


def test_people_gone_elsewhere_are_not_counted():
    assert [name.candidate_id for name in formed(unavailable=["C1"]).names] == ["C2", "C3", "C4"]
    again = formed(unavailable=["C2"], certified=["C1", "C2", "C3"])
    assert [name.candidate_id for name in again.names] == ["C1", "C3"]
    assert [name.candidate_id for name in again.standing] == ["C1", "C3", "C4"]


def test_a_category_is_reached_as_a_whole_and_no_lower_one():
    certificate = formed(CATEGORIES, BANDED)
    assert [name.candidate_id for name in certificate.names] == ["V1", "C1", "C2"]
    ruling = rules.judge(CATEGORIES, certificate, pending("V1", "C1", "C2"), "C3", DAY)
    assert rules.standing_of(ruling).refusals == (
        "The higher category still has 3 names; a lower one may not be reached. "
        "In the way: V1, C1, C2. Rule: Category rule, for tests.",
    )


def test_a_preference_eligible_is_passed_over_only_with_approval():
    certificate = formed(CATEGORIES, BANDED)
    proposed = names(("V1", Outcome.OBJECTED, False), ("C1", Outcome.PENDING, False))
    assert rules.standing_of(rules.judge(CATEGORIES, certificate, proposed, "C1", DAY)).refusals == (
        "A preference eligible stands higher and may not be passed over for somebody without preference "
        "unless a pass-over is approved. In the way: V1. Rule: Section 7, for tests.",
    )
    approved = names(("V1", Outcome.PASSED_OVER, True), ("C1", Outcome.PENDING, False))
    assert rules.judge(CATEGORIES, certificate, approved, "C1", DAY).lawful
    assert rules.needs_approval(CATEGORIES, has_preference=True)
    assert not rules.needs_approval(CATEGORIES, has_preference=False)
    assert not rules.needs_approval(THREE, has_preference=True)


def test_evidence_tells_approved_pass_overs_from_reasons_on_file():
    decided = names(
        ("V1", Outcome.PASSED_OVER, True),
        ("C1", Outcome.PASSED_OVER, False),
        ("C2", Outcome.OBJECTED, False),
    )
    assert rules.evidence(decided) == merit.Evidence(["V1"], ["V1", "C1"], ["V1"])


GOOD = {
    "list_state": ListState.PUBLISHED,
    "in_force": True,
    "requisition_approved": True,
    "same_agency": True,
    "same_class": True,
    "vacant": 2,
    "vacancies": 2,
}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"list_state": ListState.SUPERSEDED}, "from a published list only"),
        ({"in_force": False}, "This list has ended"),
        ({"requisition_approved": False}, "an approved requisition of this agency"),
        ({"same_agency": False}, "an approved requisition of this agency"),
        ({"same_class": False}, "of another class"),
        ({"vacancies": 3}, "has 2 vacant positions"),
        ({"vacancies": 0}, "has 2 vacant positions"),
        ({"vacant": 1}, "has 1 vacant position"),
    ],
)
def test_names_are_asked_for_only_where_they_can_be_used(changed, told):
    rules.check_request(**GOOD)
    with pytest.raises((Conflict, Invalid), match=told):
        rules.check_request(**GOOD | changed)


def test_who_asked_or_scored_does_not_issue():
    rules.demand_other_person("acc_c", "acc_a", "acc_b")
    for actor in ("acc_a", "acc_b", None):
        with pytest.raises(Conflict):
            rules.demand_other_person(actor, "acc_a", "acc_b")
    with pytest.raises(Conflict, match="an HR officer other than you"):
        rules.demand_second_person("acc_a", "acc_a")


@pytest.mark.parametrize(
    ("state", "is_current", "in_force", "told"),
    [
        (CertificateState.DRAFTED, True, True, "is drafted"),
        (CertificateState.EXPIRED, True, True, "is expired"),
        (CertificateState.ISSUED, False, True, "was corrected"),
        (CertificateState.ISSUED, True, False, "list has ended"),
    ],
)
def test_nothing_is_recorded_on_what_is_not_live(state, is_current, in_force, told):
    rules.demand_live(CertificateState.ISSUED, True, True)
    with pytest.raises(Conflict, match=told):
        rules.demand_live(state, is_current, in_force)


def test_filled_vacancies_end_it():
    rules.demand_vacancy(1, 2)
    with pytest.raises(Conflict, match="Every vacancy of this certificate is filled"):
        rules.demand_vacancy(2, 2)


def test_a_code_comes_with_its_evidence():
    assert rules.check_code(rules.DECLINES, "leaves_list", "Letter of 20 November.").leaves_list
    with pytest.raises(Invalid) as refused:
        rules.check_code(rules.DECLINES, "pay", " ")
    assert refused.value.fields == {
        "reason": "Enter the evidence. The candidate's answer: its date, and how it came."
    }
    with pytest.raises(Invalid) as unknown:
        rules.check_code(rules.PASS_OVERS, "looks", "He is too young.")
    assert unknown.value.fields == {"code": "Select the reason."}


def test_states_and_outcomes_follow_their_tables():
    assert move(CertificateState.ISSUED, CertificateState.CLOSED) is CertificateState.CLOSED
    with pytest.raises(Conflict, match="expired and cannot become issued"):
        move(CertificateState.EXPIRED, CertificateState.ISSUED)
    assert move_outcome(Outcome.PASSED_OVER, Outcome.APPOINTED) is Outcome.APPOINTED
    for now in (Outcome.APPOINTED, Outcome.DECLINED):
        with pytest.raises(Conflict, match="already stands as"):
            move_outcome(now, Outcome.PENDING)
    with pytest.raises(Conflict, match="pass-over waits for approval"):
        move_outcome(Outcome.OBJECTED, Outcome.APPOINTED)
