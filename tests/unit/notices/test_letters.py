"""What a letter refuses to say: each wrong field is named with a sentence."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.notices.catalogue import LETTERS
from app.notices.compose import check
from app.notices.letters import ExaminationResult
from app.notices.pdf import TEMPLATES
from app.platform.errors import Invalid
from tests.unit.notices.samples import CASES, EXAMINATION_FAILED, NOTICE, closing, letter

FAILED_WITHOUT_REASON = "Who did not pass has no rank, and the unmet minimums are named"


def faults(case: str, **fields: Any) -> dict[str, str]:
    template, context = letter(case, **fields)
    with pytest.raises(Invalid) as caught:
        check(template, context)
    return caught.value.fields


def test_every_letter_has_a_template_and_a_sample():
    assert {template for template, _ in CASES.values()} == set(LETTERS)
    assert [name for name in LETTERS if not (TEMPLATES / "notices" / f"{name}.html").is_file()] == []


@pytest.mark.parametrize("case", CASES)
def test_the_samples_are_right(case: str):
    template, context = letter(case)
    content = check(template, context)
    assert (content.template, content.notice.number) == (template, NOTICE["number"])


@pytest.mark.parametrize("case", CASES)
def test_a_field_that_is_not_listed_is_refused(case: str):
    assert faults(case, salary="much") == {"letter.salary": "Extra inputs are not permitted."}


def test_a_part_that_is_not_listed_is_refused():
    template, context = letter("offer")
    with pytest.raises(Invalid) as caught:
        check(template, context | {"qr": "<svg onload=alert(1)>"})
    assert caught.value.fields == {"qr": "A letter has no such part."}


def test_the_frame_is_checked_too():
    template, context = letter("offer")
    context["notice"] |= {"number": "N-2026-000123-2", "language": "xx", "verify_url": "javascript:alert(1)"}
    context["recipient"] |= {"name": "  "}
    del context["agency"]
    with pytest.raises(Invalid) as caught:
        check(template, context)
    assert set(caught.value.fields) == {
        "notice.number",
        "notice.language",
        "notice.verify_url",
        "recipient.name",
        "agency.name",
        "agency.address",
        "agency.contact",
    }


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\n", "\u202e", "\u2066", "\ufffe", "\x7f"])
def test_characters_that_cannot_be_printed_or_that_reorder_text_are_refused(character: str):
    found = faults("offer", unit=f"Benefits{character}Division")
    code = f"U+{ord(character):04X}"
    assert found == {"letter.unit": f"The text holds the character {code}, which cannot be printed."}


def test_joiners_that_names_need_are_kept():
    name = "می\N{ZERO WIDTH NON-JOINER}خواهم क्\N{ZERO WIDTH JOINER}ष"
    template, context = letter("offer", unit=name)
    assert check(template, context).letter.unit == name


def test_arithmetic_that_does_not_add_up_is_refused():
    assert faults("examination_passed", score="80.01") == {
        "letter": "The rows of the arithmetic do not add up to the score and no rounding is named."
    }


@pytest.mark.parametrize(
    ("case", "fields", "sentence"),
    [
        ("examination_passed", {"rank": None}, "Who passed has a rank on a list and no unmet minimum"),
        ("examination_passed", {"unmet": ["Oral"]}, "Who passed has a rank on a list and no unmet minimum"),
        ("examination_passed", {"rank": 213}, "The rank is beyond the end of the list"),
        (
            "examination_failed",
            {"unmet": []},
            "Who did not pass has no rank, and the unmet minimums are named",
        ),
        (
            "examination_failed",
            {"list_size": 9},
            "Who did not pass has no rank, and the unmet minimums are named",
        ),
        (
            "offer",
            {"probation": {"months": 12, "ends_on": dt.date(2027, 1, 11)}},
            "Probation ends before the appointment starts",
        ),
        (
            "proposed_action",
            {"effective_from": dt.date(2026, 12, 23)},
            "The action may not take effect within 30 days of delivery",
        ),
        ("proposed_action", {"reply_until": closing(11, 30)}, "The employee has at least 7 days to answer"),
        (
            "proposed_action",
            {"reply_until": closing(12, 29)},
            "The time to answer must end before the action may take effect",
        ),
        (
            "proposed_action",
            {"deciding_official": {"name": "Robert Lindqvist", "title": "Chief, Benefits Division"}},
            "Who proposes the action may not decide on it",
        ),
    ],
)
def test_contradictions_are_refused(case: str, fields: dict[str, Any], sentence: str):
    assert faults(case, **fields) == {"letter": f"{sentence}."}


def test_the_periods_of_the_law_are_met_on_their_last_day():
    template, context = letter(
        "proposed_action", effective_from=dt.date(2026, 12, 24), reply_until=closing(12, 1)
    )
    check(template, context)


def test_shorter_notice_needs_a_reason_and_leaves_seven_days_to_answer():
    fields = {"effective_from": dt.date(2026, 12, 4), "reply_until": closing(12, 1)}
    reason = "There is reasonable cause to believe that a crime was committed."
    check(*letter("proposed_action", **fields, shorter_notice_reason=reason))
    assert faults("proposed_action", **fields) != {}
    late = fields | {"reply_until": closing(11, 30), "shorter_notice_reason": reason}
    assert faults("proposed_action", **late) == {"letter": "The employee has at least 7 days to answer."}


@pytest.mark.parametrize(
    ("case", "field", "value"),
    [
        ("examination_passed", "appeal", {"deadline": closing(11, 22), "how": "Write.", "where": ["Board"]}),
        ("not_eligible", "review", {"deadline": closing(11, 21), "how": "Write.", "where": ["Board"]}),
        ("offer", "acceptance", {"deadline": closing(11, 22), "how": "Write."}),
        ("offer", "start_on", dt.date(2026, 11, 22)),
    ],
)
def test_a_letter_never_gives_a_date_that_has_passed(case: str, field: str, value: Any):
    found = faults(case, **{field: value})
    assert found == {f"letter.{field}": "This date must be after the date of the letter."}


def test_an_appointment_that_is_not_an_offer_may_confirm_what_has_begun():
    check(*letter("confirmation", start_on=dt.date(2026, 11, 2)))


def test_delivery_and_receipt_keep_the_order_of_time():
    assert faults("proposed_action", delivered_on=dt.date(2026, 11, 21)) == {
        "letter.delivered_on": "The letter cannot be delivered before it is issued."
    }
    assert faults("application_received", received=closing(11, 24)) == {
        "letter.received": "The application cannot be received after the letter is issued."
    }


def test_thirds_have_no_decimals_and_halves_have_one():
    thirds = ExaminationResult.model_validate(EXAMINATION_FAILED)
    rows = [{"label": "Paper", "working": "-", "points": 123}, {"label": "Oral", "working": "-", "points": 4}]
    halves = thirds.model_copy(
        update={
            "denominator": 2,
            "arithmetic": ExaminationResult.model_validate(
                EXAMINATION_FAILED | {"arithmetic": rows}
            ).arithmetic,
        }
    )
    assert (thirds.decimals, halves.decimals) == (None, 1)
