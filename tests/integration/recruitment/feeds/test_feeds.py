"""Feeds, the site's map, robots and the API in USAJOBS's shape, as programs read them."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree as ET

import pytest
import time_machine

from app.recruitment.feeds import queries, rules
from app.recruitment.postings.states import EmploymentType, PostingState
from tests.conftest import AT
from tests.factories.accounts import make_agency
from tests.factories.recruitment import make_posting

DAY = dt.timedelta(days=1)
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def parsed(written: bytes) -> ET.Element:
    return ET.fromstring(written)  # noqa: S314 - what this very application wrote


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def two(session):
    """A bridge engineer of Bridges and a nurse of Health, who is better paid and closes earlier."""
    bridges = make_agency(session, name="Department of Bridges", code="BRG")
    health = make_agency(session, name="Health", code="HLT")
    return {
        "engineer": make_posting(
            session,
            agency_id=bridges.id,
            title="Bridge engineer",
            published_at=AT - DAY,
            location="Main Street",
        ),
        "nurse": make_posting(
            session,
            agency_id=health.id,
            title="Nurse & <carer>\x0b",
            class_title="Nurse",
            class_code="610",
            summary="You care.",
            search_text="nurse",
            category="Health",
            location="Río Verde",
            employment_type=EmploymentType.PART_TIME,
            pay_min_minor=9_000_000,
            pay_max_minor=9_500_050,
            pay_year_minor=9_000_000,
            published_at=AT - 2 * DAY,
            closes_at=AT + DAY,
        ),
    }


def test_any_search_is_an_atom_feed(client, session, two):
    response = client.get("/vacancies.atom?text=nurse&place=verde")
    assert (response.status_code, response.mimetype) == (200, "application/atom+xml")
    root = parsed(response.data)
    assert root.findtext(f"{ATOM}title") == "Vacancies: nurse"
    [entry] = root.findall(f"{ATOM}entry")
    address = f"http://localhost:8000/vacancies/{two['nurse'].id}"
    assert [entry.findtext(f"{ATOM}{name}") for name in ("title", "id", "updated")] == [
        "Nurse & <carer>",
        address,
        (AT - 2 * DAY).isoformat(),
    ]
    assert entry.findtext(f"{ATOM}summary") == (
        "You care.\n\nHealth · Río Verde · $90,000 to $95,000.50 a year\n\n"
        "Closes 21 November 2026, 10:00 am EST"
    )
    own = [link.get("href") for link in root.findall(f"{ATOM}link")]
    assert own == [
        "http://localhost:8000/vacancies.atom?text=nurse&place=verde",
        "http://localhost:8000/vacancies?text=nurse&place=verde",
    ]


def test_any_search_is_an_rss_feed_newest_first(client, session, two):
    response = client.get("/vacancies.rss?sort=title")
    assert (response.status_code, response.mimetype) == (200, "application/rss+xml")
    channel = parsed(response.data).find("channel")
    assert [item.findtext("title") for item in channel.findall("item")] == [
        "Bridge engineer",
        "Nurse & <carer>",
    ]
    assert channel.find("item").findtext("pubDate") == "Thu, 19 Nov 2026 15:00:00 +0000"


def test_a_reader_that_has_the_feed_is_told_so(client, session, two):
    first = client.get("/vacancies.atom")
    assert first.headers["Cache-Control"] == "public, max-age=300"
    again = client.get("/vacancies.atom", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    two["nurse"].title = "Nurse"
    session.flush()
    changed = client.get("/vacancies.atom", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


@pytest.mark.parametrize("query", ["text=%00%ff", "sort=x&agency=y&pay=z", "status=closed", "after=pst_1"])
def test_odd_addresses_are_feeds_all_the_same(client, session, two, query):
    assert client.get(f"/vacancies.atom?{query}").status_code == 200


def test_the_map_holds_open_vacancies_alone(client, session, two):
    make_posting(session, state=PostingState.CLOSED, closes_at=AT - DAY)
    make_posting(session, state=PostingState.DRAFT)
    root = parsed(client.get("/sitemap.xml").data)
    assert [page.findtext(f"{MAP}loc") for page in root] == [
        *(f"http://localhost:8000{path}" for path in ("/", "/vacancies", "/exam-days")),
        *(f"http://localhost:8000/vacancies/{posting.id}" for posting in two.values()),
    ]
    assert root[3].findtext(f"{MAP}lastmod") == (AT - DAY).isoformat()


def test_a_map_that_is_too_long_is_cut_into_several(client, session, two, monkeypatch):
    monkeypatch.setattr(queries, "MAP_SIZE", 1)
    root = parsed(client.get("/sitemap.xml").data)
    maps = [part.findtext(f"{MAP}loc") for part in root]
    assert maps == ["http://localhost:8000/sitemaps/1.xml", "http://localhost:8000/sitemaps/2.xml"]
    second = parsed(client.get("/sitemaps/2.xml").data)
    assert [page.findtext(f"{MAP}loc") for page in second] == [
        f"http://localhost:8000/vacancies/{two['nurse'].id}"
    ]
    assert client.get("/sitemaps/3.xml").status_code == 404
    assert client.get("/sitemaps/0.xml").status_code == 404


def test_crawlers_are_kept_from_what_is_not_public(client, session):
    response = client.get("/robots.txt")
    assert response.mimetype == "text/plain"
    assert "Disallow: /my/\nDisallow: /staff/\n" in response.text
    assert "Sitemap: http://localhost:8000/sitemap.xml" in response.text


def titles(client, query: str) -> list[str]:
    response = client.get(f"/api/search?{query}")
    assert response.status_code == 200, response.text
    items = response.json["SearchResult"]["SearchResultItems"]
    return [item["MatchedObjectDescriptor"]["PositionTitle"][:6] for item in items]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Bridge", "Nurse "]),
        ("Keyword=nurse", ["Nurse "]),
        ("keyword=NURSES", ["Nurse "]),
        ("PositionTitle=bridge+engineer", ["Bridge"]),
        ("LocationName=Rio+Verde", ["Nurse "]),
        ("LocationName=Verde%3BMain+Street", ["Bridge", "Nurse "]),
        ("Organization=brg", ["Bridge"]),
        ("Organization=BRG%3BHLT", ["Bridge", "Nurse "]),
        ("Organization=XXX", []),
        ("JobCategoryCode=610", ["Nurse "]),
        ("JobGradeCode=2", ["Bridge", "Nurse "]),
        ("PositionScheduleTypeCode=2", ["Nurse "]),
        ("WhoMayApply=Status", []),
        ("WhoMayApply=public", ["Bridge", "Nurse "]),
        ("RemunerationMinimumAmount=80000", ["Nurse "]),
        ("RemunerationMaximumAmount=80000", ["Bridge"]),
        ("DatePosted=1", ["Bridge"]),
        ("SortField=salary", ["Nurse ", "Bridge"]),
        ("SortField=salary&SortDirection=Asc", ["Bridge", "Nurse "]),
        ("SortField=closingdate", ["Nurse ", "Bridge"]),
        ("SortField=closingdate&SortDirection=Desc", ["Bridge", "Nurse "]),
        ("SortField=jobtitle&SortDirection=Desc", ["Nurse ", "Bridge"]),
        ("SortField=agency", ["Bridge", "Nurse "]),
        ("SortField=location&SortDirection=Desc", ["Nurse ", "Bridge"]),
        ("ResultsPerPage=1&Page=2", ["Nurse "]),
        ("ResultsPerPage=1&Page=3", []),
        ("Keyword=%22nurse%22+OR+1%3D1", []),
    ],
)
def test_the_api_filters_sorts_and_pages(client, session, two, query, expected):
    assert titles(client, query) == expected


def test_the_api_has_the_shape_of_usajobs(client, session, two):
    answer = client.get("/api/search?Keyword=nurse&Fields=full&Radius=5").json
    result = answer["SearchResult"]
    assert (result["SearchResultCount"], result["SearchResultCountAll"]) == (1, 1)
    assert result["UserArea"] == {
        "NumberOfPages": "1",
        "IsRadialSearch": False,
        "IgnoredParameters": ["Radius"],
    }
    nurse = result["SearchResultItems"][0]["MatchedObjectDescriptor"]
    address = f"http://localhost:8000/vacancies/{two['nurse'].id}"
    assert nurse["PositionRemuneration"] == [
        {
            "MinimumRange": "90000.00",
            "MaximumRange": "95000.50",
            "RateIntervalCode": "PA",
            "Description": "Per Year",
            "CurrencyCode": "USD",
        }
    ]
    assert (nurse["PositionURI"], nurse["ApplyURI"]) == (address, [address])
    assert nurse["ApplicationCloseDate"] == "2026-11-21T10:00:00-05:00"
    assert nurse["JobCategory"] == [{"Name": "Nurse", "Code": "610"}]
    assert nurse["UserArea"]["Details"]["MajorDuties"] == ["You visit sites.", "You write reports."]
    assert (
        "UserArea"
        not in client.get("/api/search").json["SearchResult"]["SearchResultItems"][0][
            "MatchedObjectDescriptor"
        ]
    )


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("Page=0", "Page"),
        ("Page=-1", "Page"),
        ("Page=x", "Page"),
        ("Page=" + "9" * 400, "Page"),
        ("Page=٣", "Page"),
        ("ResultsPerPage=501", "ResultsPerPage"),
        ("DatePosted=61", "DatePosted"),
        ("RemunerationMinimumAmount=1.5", "RemunerationMinimumAmount"),
        ("RemunerationMaximumAmount=99999999999999", "RemunerationMaximumAmount"),
        ("SortField=up", "SortField"),
        ("SortDirection=up", "SortDirection"),
        ("WhoMayApply=me", "WhoMayApply"),
        ("Fields=all", "Fields"),
        ("PositionScheduleTypeCode=9", "PositionScheduleTypeCode"),
        ("LocationName=" + "%3B".join("abcdefghijkl"), "LocationName"),
        ("Keyword=a%00b", "Keyword"),
        ("Keyword=" + "x" * 301, "Keyword"),
        ("Keywrod=nurse", "Keywrod"),
    ],
)
def test_a_wrong_parameter_is_named_in_json(client, session, two, query, parameter):
    response = client.get(f"/api/search?{query}")
    assert response.status_code == 400
    assert response.json["error"]["parameter"] == parameter
    assert response.json["error"]["message"].endswith(".")
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_every_parameter_that_is_ignored_is_one_that_usajobs_knows():
    assert rules.IGNORED & set(rules.READ) == set()


def test_numbers_of_vacancies_stay(client, session, two):
    def number() -> str:
        items = client.get("/api/search?Keyword=nurse").json["SearchResult"]["SearchResultItems"]
        return items[0]["MatchedObjectId"]

    before = number()
    two["nurse"].title = "Nurse, changed"
    two["nurse"].closes_at = AT + 9 * DAY
    session.flush()
    assert number() == before
