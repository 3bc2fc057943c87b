"""Postings over HTTP: two officers from the requisition to the public page, and what is refused."""

from __future__ import annotations

import re

import pytest
import time_machine
from sqlalchemy import select

from app.accounts.roles import Role
from app.recruitment.postings import queries
from app.recruitment.postings.models import Criterion, Posting
from app.recruitment.postings.states import Audience, PostingState
from app.recruitment.requisitions.models import Requisition
from app.recruitment.requisitions.states import RequisitionState
from tests.conftest import AT, count_queries, sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.personnel import make_position
from tests.factories.recruitment import make_posting, make_requisition

TEXT = {
    "title": "Bridge engineer",
    "class_title": "Civil Engineer",
    "class_code": "20215",
    "grade": "2",
    "category": "Engineering",
    "unit": "Bureau of Bridges",
    "location": "Brooklyn",
    "employment_type": "full_time",
    "audience": "employees",
    "openings": "1",
    "pay_currency": "USD",
    "pay_min_minor": "60,000",
    "pay_max_minor": "80000.50",
    "pay_period": "year",
    "summary": "You inspect bridges.",
    "duties": "Inspect.\n\n- Write",
    "qualifications": "A degree.",
    "rulebook": "city-civil-service",
}
LINES = {
    "act": "save",
    "kind-0": "experience",
    "statement-0": "Two years of site work.",
    "weight-0": "essential",
    "kind-1": "licence",
    "statement-1": "A boat licence.",
    "weight-1": "desirable",
}


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def agency(session):
    return make_agency(session)


@pytest.fixture
def officer(session, client, agency):
    account = make_account(session, roles=[(Role.HR_OFFICER, agency.id)])
    sign_in(client, account)
    return account


@pytest.fixture
def second(app, session, agency):
    other = app.test_client()
    sign_in(other, make_account(session, roles=[(Role.HR_OFFICER, agency.id)]))
    return other


def kept(session, posting_id: str) -> Posting:
    session.expire_all()
    return session.get(Posting, posting_id)


def test_two_officers_from_the_vacant_position_to_the_public_page(client, session, agency, officer, second):
    position = make_position(session, agency=agency, class_code="20215")
    asked = {
        "positions": position.id,
        "title": "Engineer",
        "justification": "More bridges.",
        "rulebook": "city-civil-service",
    }
    made = client.post(f"/staff/requisitions/new?agency={agency.id}", data=asked)
    assert made.status_code == 303
    requisition = made.location
    assert client.post(f"{requisition}/submit").status_code == 303
    assert "You wrote or submitted this requisition" in client.get(requisition).text
    assert client.post(f"{requisition}/decide", data={"decision": "approve"}).status_code == 422
    assert second.post(f"{requisition}/decide", data={"decision": "approve"}).status_code == 303
    [own] = session.scalars(select(Requisition.id))
    drafted = client.post(f"/staff/postings/new/{own}")
    assert drafted.status_code == 303
    posting = drafted.location.removesuffix("/edit")
    assert client.get(drafted.location).status_code == 200
    assert client.post(f"{posting}/edit", data=TEXT).location == posting
    assert client.post(f"{posting}/criteria", data=LINES).location == posting
    assert client.post(f"{posting}/submit").status_code == 303
    assert "a second officer approves it" in client.get(posting).text
    client.post(f"{posting}/approve")
    assert "so you cannot also approve it" in client.get(posting).text
    assert second.post(f"{posting}/approve").status_code == 303
    window = {"closes_at": "2026-12-11T17:00"}
    assert client.get(f"{posting}/publish").status_code == 200
    assert client.post(f"{posting}/publish", data=window).location == posting
    shown = client.get(posting).text
    assert re.findall(r'timeline__title">([^<]+)<', shown) == [
        "Posting drafted",
        "Posting changed",
        "Requirements changed",
        "Submitted for approval",
        "Approved",
        "Published",
    ]
    [public] = re.findall(r'href="(/vacancies/pst_\w+)"', shown)
    page = client.get(public).text
    assert "$60,000 to $80,000.50 a year" in page
    assert "Two years of site work." in page
    assert "11 December 2026, 5:00 pm EST" in page
    [row] = session.scalars(select(Posting))
    assert (row.state, row.audience) == (PostingState.PUBLISHED, Audience.EMPLOYEES)


def test_what_was_typed_is_kept_beside_what_is_wrong_with_it(client, session, agency, officer):
    posting = make_posting(session, agency_id=agency.id, state=PostingState.DRAFT)
    wrong = TEXT | {
        "title": "",
        "openings": "0",
        "pay_min_minor": "many",
        "employment_type": "x",
        "duties": "a\x00b",
        "summary": "x" * 601,
    }
    response = client.post(f"/staff/postings/{posting.id}/edit", data=wrong)
    assert response.status_code == 422
    for sentence in (
        "Enter title",
        "Number of openings must be between 1 and 9,999",
        "Lowest pay must be an amount of money",
        "Select one of the choices on the page",
        "What the person will do contains characters that cannot be saved",
        "Summary must be 600 characters or fewer",
        'value="many"',
        'value="Bureau of Bridges"',
    ):
        assert sentence in response.text
    assert kept(session, posting.id).title == "Civil Engineer"


def test_a_range_of_pay_that_goes_down_is_refused_at_its_field(client, session, agency, officer):
    posting = make_posting(session, agency_id=agency.id, state=PostingState.DRAFT)
    response = client.post(f"/staff/postings/{posting.id}/edit", data=TEXT | {"pay_max_minor": "50,000"})
    assert response.status_code == 422
    assert 'href="#pay_max_minor">The highest pay must not be below the lowest.' in response.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2027-03-14T02:30", "the clocks go forward then"),
        ("2026-11-25T17:00", "The deadline must be at least 10 days after the opening"),
        ("2026-11-01T17:00", "The deadline must come after the opening"),
        ("2028-11-01T17:00", "not be more than a year after the opening"),
        ("2026-02-30T17:00", "must be a real date"),
        ("0000-01-01T17:00", "must be a real date"),
        ("2026-12-11T25:00", "must have a time, such as 5:00 pm"),
        ("2026-12-11", "must have a time, such as 5:00 pm"),
        ("soon", "Enter applications close"),
        ("", "Enter applications close"),
    ],
)
def test_deadlines_that_cannot_be_meant(client, session, agency, officer, typed, sentence):
    posting = make_posting(session, agency_id=agency.id, state=PostingState.APPROVED)
    response = client.post(f"/staff/postings/{posting.id}/publish", data={"closes_at": typed})
    assert response.status_code == 422
    assert sentence in response.text
    assert kept(session, posting.id).state is PostingState.APPROVED


def test_an_opening_may_lie_ahead(client, session, agency, officer):
    posting = make_posting(session, agency_id=agency.id, state=PostingState.APPROVED)
    window = {"opens_at": "2026-12-01T09:00", "closes_at": "2026-12-11T09:00"}
    assert client.post(f"/staff/postings/{posting.id}/publish", data=window).status_code == 303
    assert "Not open yet" in client.get("/vacancies").text
    assert "Applications open on 1 December 2026, 9:00 am EST" in client.get(f"/vacancies/{posting.id}").text


def test_requirements_are_arranged_without_being_stored(client, session, agency, officer):
    posting = make_posting(session, agency_id=agency.id, state=PostingState.DRAFT)
    address = f"/staff/postings/{posting.id}/criteria"
    shown = client.post(address, data=LINES | {"act": "up-1"})
    assert shown.status_code == 200
    assert re.findall(r"(A boat licence|Two years of site work)\.", shown.text) == [
        "A boat licence",
        "Two years of site work",
    ]
    assert "Requirement 3" in client.post(address, data=LINES | {"act": "add"}).text
    assert "A boat licence" not in client.post(address, data=LINES | {"act": "remove-1"}).text
    assert [one.statement for one in _criteria(session, posting.id)] == [
        "A degree in engineering.",
        "Two years of site work.",
    ]
    wrong = client.post(address, data=LINES | {"statement-1": " ", "kind-0": "nonsense"})
    assert wrong.status_code == 422
    assert "Enter requirement 2, or remove it" in wrong.text
    assert "Select one of the choices on the page" in wrong.text
    assert client.post(address, data=LINES).status_code == 303
    assert [(one.statement, one.is_essential) for one in _criteria(session, posting.id)] == [
        ("Two years of site work.", True),
        ("A boat licence.", False),
    ]


def _criteria(session, posting_id: str):
    session.expire_all()
    query = select(Criterion).where(Criterion.posting_id == posting_id).order_by(Criterion.position)
    return session.scalars(query).all()


@pytest.mark.parametrize(
    ("state", "act"),
    [
        ("published", "edit"),
        ("submitted", "criteria"),
        ("draft", "publish"),
        ("closed", "cancel"),
        ("draft", "send-back"),
    ],
)
def test_pages_of_acts_that_come_too_late_or_too_early_say_so(client, session, agency, officer, state, act):
    posting = make_posting(session, agency_id=agency.id, state=PostingState(state))
    response = client.get(f"/staff/postings/{posting.id}/{act}")
    assert response.status_code == 409
    assert "that cannot be done with it now" in response.text


def test_sending_back_and_cancelling_need_a_reason(client, session, agency, officer):
    posting = make_posting(session, agency_id=agency.id, state=PostingState.SUBMITTED)
    for act in ("send-back", "cancel"):
        response = client.post(f"/staff/postings/{posting.id}/{act}", data={"reason": " "})
        assert response.status_code == 422
    sent = client.post(f"/staff/postings/{posting.id}/send-back", data={"reason": "Pay is wrong."})
    assert sent.status_code == 303
    assert "Pay is wrong." in client.get(f"/staff/postings/{posting.id}").text
    assert client.post(f"/staff/postings/{posting.id}/cancel", data={"reason": "No."}).status_code == 303
    assert kept(session, posting.id).state is PostingState.CANCELLED


def test_a_requisition_that_is_not_approved_makes_no_posting(client, session, agency, officer):
    requisition = make_requisition(session, agency_id=agency.id, state=RequisitionState.SUBMITTED)
    response = client.post(f"/staff/postings/new/{requisition.id}")
    assert response.location == f"/staff/requisitions/{requisition.id}"
    assert "Only an approved requisition can be advertised." in client.get(response.location).text


def test_another_agencys_postings_are_not_there(client, session, officer):
    foreign = make_posting(session, state=PostingState.DRAFT, title="Foreign")
    assert "Foreign" not in client.get("/staff/postings").text
    for page in ("", "/edit", "/criteria", "/publish", "/send-back", "/cancel"):
        assert client.get(f"/staff/postings/{foreign.id}{page}").status_code == 404
    assert client.post(f"/staff/postings/{foreign.id}/approve").status_code == 404


def test_an_auditor_reads_and_changes_nothing(client, session, agency):
    sign_in(client, make_account(session, roles=[(Role.AUDITOR, agency.id)]))
    posting = make_posting(session, agency_id=agency.id, state=PostingState.SUBMITTED)
    assert client.get(f"/staff/postings/{posting.id}").status_code == 200
    for act in ("approve", "submit"):
        assert client.post(f"/staff/postings/{posting.id}/{act}").status_code == 403
    assert kept(session, posting.id).state is PostingState.SUBMITTED


def test_the_list_is_narrowed_and_paged(client, session, agency, officer, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    for place, title in enumerate(("One", "Two", "Three")):
        own = f"pst_{place:026d}"  # ids sort by time, which stands still here
        make_posting(session, id=own, agency_id=agency.id, title=title, search_text=title.lower())
    make_posting(session, agency_id=agency.id, title="Draft", state=PostingState.DRAFT)
    first = client.get("/staff/postings?state=published")
    assert re.findall(r">(One|Two|Three|Draft)</a>", first.text) == ["Three", "Two"]
    [following] = re.findall(r'rel="next" href="([^"]+)"', first.text)
    last = client.get(following.replace("&amp;", "&"))
    assert re.findall(r">(One|Two|Three|Draft)</a>", last.text) == ["One"]
    assert re.findall(r">(One|Two|Three|Draft)</a>", client.get("/staff/postings?text=TWO").text) == ["Two"]
    for odd in ("state=x", "agency=y", "page=%00", "text=%00", "source=z"):
        assert client.get(f"/staff/postings?{odd}").status_code == 200
    assert "No posting matches." in client.get("/staff/postings?text=zebra").text


@pytest.mark.parametrize("address", ["/staff/postings", "/staff/requisitions"])
def test_as_many_queries_at_one_row_as_at_three(client, session, agency, officer, database, address):
    counts = []
    for _ in range(2):
        for _ in range(len(counts) + 1):
            make_posting(session, agency_id=agency.id)
            position = make_position(session, agency=agency)
            make_requisition(session, agency_id=agency.id, positions=[position.id])
        with count_queries(database) as statements:
            assert client.get(address).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]
