"""The public pages of vacancies: read without script, told kindly what was wrong, never an error."""

from __future__ import annotations

import datetime as dt
import json
import re
from urllib.parse import urlencode

import html5lib
import pytest
import time_machine

from app.recruitment.postings.states import PostingState
from tests.conftest import AT, count_queries
from tests.factories.accounts import make_agency
from tests.factories.recruitment import make_posting

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False):
        yield


def text_of(response) -> str:
    tree = html5lib.parse(response.text, namespaceHTMLElements=False)
    for node in tree.iter():
        for child in list(node):
            if child.tag in ("script", "style"):
                node.remove(child)
    return " ".join(" ".join(tree.itertext()).split())


def titles(response) -> list[str]:
    tree = html5lib.parse(response.text, namespaceHTMLElements=False)
    return ["".join(item.find(".//a").itertext()) for item in tree.findall(".//li[@class='merit-vacancy']")]


def chips(response) -> dict[str, str]:
    tree = html5lib.parse(response.text, namespaceHTMLElements=False)
    found = {}
    for link in tree.findall(".//a[@class='merit-chip']"):
        found["".join(link.itertext()).removeprefix("Remove filter: ").rstrip("×")] = link.get("href")
    return found


def test_the_list_shows_what_a_person_asks_first(client, session):
    agency = make_agency(session, name="Department of Bridges")
    make_posting(session, agency_id=agency.id)
    response = client.get("/vacancies")
    assert response.status_code == 200
    said = text_of(response)
    for fact in (
        "1 vacancy",
        "Civil Engineer",
        "Department of Bridges, Bureau of Bridges",
        "You inspect bridges and say which must be mended first.",
        "$72,500 to $98,000 a year",
        "Brooklyn",
        "Full time",
        "In 21 days",
        "11 December 2026, 5:00 pm EST",
    ):
        assert fact in said


def test_filters_in_use_are_shown_and_can_be_taken_away_one_by_one(client, session):
    agency = make_agency(session, name="Department of Bridges")
    make_posting(session, agency_id=agency.id)
    query = {"text": "bridge", "agency": agency.id, "pay": "70000", "sort": "pay"}
    response = client.get("/vacancies?" + urlencode(query))
    assert titles(response) == ["Civil Engineer"]
    without = {
        name: "/vacancies?" + urlencode({key: value for key, value in query.items() if key != name})
        for name in query
    }
    assert chips(response) == {
        "“bridge”": without["text"],
        "Agency: Department of Bridges": without["agency"],
        "At least $70,000 a year": without["pay"],
    }
    for href in chips(response).values():
        assert titles(client.get(href)) == ["Civil Engineer"]


def test_an_empty_list_says_what_to_do_next(client, session):
    assert "No vacancy is open just now." in text_of(client.get("/vacancies"))
    make_posting(session)
    assert "No vacancy matches this search." in text_of(client.get("/vacancies?text=zebra"))


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("agency=zzz", "Agency “zzz” is not in this list, so it was left out."),
        ("sort=upwards", "Sort by “upwards” is not in this list, so it was left out."),
        ("employment=<script>", "Kind of employment “<script>” is not in this list, so it was left out."),
        ("status=gone", "Status “gone” is not in this list, so it was left out."),
        ("pay=much", "Lowest pay a year must be an amount of money, such as 54,200.00. “much” was left out."),
        ("pay=-5", "Lowest pay a year must be between $0.00 and $1,000,000,000.00. “-5” was left out."),
        ("pay=9" + "9" * 40, "was left out."),
        ("text=a%00b", "Words contains characters that cannot be saved. Type it again. “ab” was left out."),
        ("text=" + "x" * 301, "Words must be 300 characters or fewer."),
        ("text=%21%3F", "“!?” holds no word to look for, so it was left out."),
        ("after=1", "That page of the list is not known, so this is the first one."),
        ("before=pst_zzz", "That page of the list is not known, so this is the first one."),
    ],
)
def test_odd_values_are_left_out_and_told(client, session, query, note):
    make_posting(session)
    response = client.get(f"/vacancies?{query}")
    assert response.status_code == 200
    assert titles(response) == ["Civil Engineer"]
    assert note in text_of(response)


@pytest.mark.parametrize(
    "query",
    ["_external=1", "x[]=1&x[]=2", "x=%ff%fe", "sort=newest&status=open", "soon=0", "page=-1", "%00=%00"],
)
def test_odd_addresses_do_no_harm(client, session, query):
    make_posting(session)
    response = client.get(f"/vacancies?{query}")
    assert (response.status_code, titles(response)) == (200, ["Civil Engineer"])
    assert "left out" not in text_of(response)


def test_of_very_many_words_the_first_are_looked_for(client, session):
    make_posting(session, search_text=" ".join(f"word{number}" for number in range(40)))
    many = "+".join(f"word{number}" for number in range(30))
    response = client.get(f"/vacancies?text={many}")
    assert titles(response) == ["Civil Engineer"]
    assert "Only the first 12 words were looked for." in text_of(response)
    assert client.get("/vacancies?text=" + "+".join(["word"] * 1000)).status_code == 200


def test_pages_lead_to_each_other(client, session, monkeypatch):
    monkeypatch.setattr("app.recruitment.postings.search.PAGE", 2)
    agency = make_agency(session)
    for letter in "ABCDE":
        make_posting(session, title=letter, agency_id=agency.id)
    seen, address = [], "/vacancies?sort=title&text=bridges"
    while address:
        response = client.get(address)
        seen.append(titles(response))
        link = re.search(r'rel="next" href="([^"]+)"', response.text)
        address = link[1].replace("&amp;", "&") if link else ""
    assert seen == [["A", "B"], ["C", "D"], ["E"]]
    assert "5 vacancies" in text_of(response)
    back = re.search(r'rel="prev" href="([^"]+)"', response.text)
    assert titles(client.get(back[1].replace("&amp;", "&"))) == ["C", "D"]


def test_as_many_queries_at_one_row_as_at_three(client, session, database):
    counts = []
    for _ in range(2):
        make_posting(session)
        with count_queries(database) as statements:
            assert client.get("/vacancies").status_code == 200
        counts.append(len(statements))
        make_posting(session)
    assert counts[0] == counts[1]


def test_a_vacancy_says_what_why_and_how(client, session):
    agency = make_agency(session, name="Department of Bridges")
    posting = make_posting(session, agency_id=agency.id, preferred="A boat licence.")
    response = client.get(f"/vacancies/{posting.id}")
    assert response.status_code == 200
    said = text_of(response)
    for fact in (
        "Civil Engineer, Department of Bridges – Meritum",
        "What you will do You visit sites. You write reports.",
        "What you need A degree in engineering and two years of site work.",
        "Essential: you say how you meet each of these A degree in engineering. Two years of site work.",
        "What else helps A boat licence.",
        "“City civil service, open competitive”, in the version in force on 9 November 2026, the day of this",
        "A total of 70 of 100 is needed to pass.",
        "Applications close 11 December 2026, 5:00 pm EST",
        "In 21 days",
        "jobs@agency.example",
    ):
        assert fact in said
    assert f'href="/vacancies/{posting.id}/apply"' in response.text


def job_posting(response) -> dict[str, object]:
    [script] = re.findall(r'<script type="application/ld\+json" nonce="[^"]+">(.*?)</script>', response.text)
    return json.loads(script)


def test_search_engines_read_a_whole_and_harmless_job_posting(client, session):
    nasty = "</script><script>alert(1)</script> & “quotes” \u2028 <!--"
    posting = make_posting(session, title=nasty, summary=nasty)
    response = client.get(f"/vacancies/{posting.id}")
    said = job_posting(response)
    assert said["title"] == nasty
    assert said["url"] == f"http://localhost:8000/vacancies/{posting.id}"
    assert "alert(1)</script>" not in response.text
    wanted = {
        "identifier",
        "title",
        "description",
        "datePosted",
        "validThrough",
        "employmentType",
        "hiringOrganization",
        "jobLocation",
        "baseSalary",
        "totalJobOpenings",
        "qualifications",
        "directApply",
    }
    assert wanted <= set(said)
    assert (said["validThrough"], said["directApply"]) == ("2026-12-11T17:00:00-05:00", True)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"state": PostingState.CLOSED, "closes_at": AT - DAY},
            "This vacancy closed on 19 November 2026, 10:00 am EST",
        ),
        ({"closes_at": AT}, "This vacancy closed on 20 November 2026, 10:00 am EST"),
        (
            {
                "state": PostingState.CANCELLED,
                "published_at": AT - DAY,
                "opens_at": AT - DAY,
                "closes_at": AT + DAY,
            },
            "was cancelled on 9 November 2026, 9:00 am EST The post was withdrawn from the budget.",
        ),
        ({"opens_at": AT + DAY}, "Applications open on 21 November 2026, 10:00 am EST."),
    ],
    ids=["closed", "past its deadline", "cancelled", "not open yet"],
)
def test_a_vacancy_that_takes_no_applications_says_so(client, session, values, sentence):
    posting = make_posting(session, **values)
    response = client.get(f"/vacancies/{posting.id}")
    assert response.status_code == 200
    assert sentence in text_of(response)
    assert "/apply" not in response.text
    assert job_posting(response)["directApply"] is False


@pytest.mark.parametrize(
    "state", [PostingState.DRAFT, PostingState.SUBMITTED, PostingState.APPROVED, PostingState.CANCELLED]
)
def test_what_was_never_published_is_not_there(client, session, state):
    posting = make_posting(session, state=state)
    assert client.get(f"/vacancies/{posting.id}").status_code == 404


def test_ids_that_are_none_are_not_found(client):
    for wrong in ("1", "pst_", "pst_" + "0" * 26, "acc_" + "0" * 26, "%00", "pst_" + "u" * 26):
        assert client.get(f"/vacancies/{wrong}").status_code == 404
