"""The public client of USAJOBS's API, as it is published, against a server of ours over HTTP."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator

import pytest
import requests
from sqlalchemy.orm import Session
from usajobsapi import USAJobsClient
from usajobsapi.endpoints.search import SortDirection, SortField, WhoMayApply
from werkzeug.serving import WSGIRequestHandler, make_server

from app.platform import clock
from tests.factories.accounts import make_agency
from tests.factories.recruitment import make_posting

COUNT = 7


class Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Write nothing of each request."""


@pytest.fixture
def served(app, committed) -> Iterator[str]:
    """The address of a server with seven open vacancies."""
    now = clock.now()
    with (
        committed.engine.connect().execution_options(is_migration=True) as connection,
        connection.begin(),
        Session(connection) as session,
    ):
        agency = make_agency(session, name="Department of Bridges", code="BRG")
        for number in range(COUNT):
            make_posting(
                session,
                agency_id=agency.id,
                title=f"Bridge engineer {number}",
                class_code="0810",
                location="Río Verde",
                published_at=now - dt.timedelta(hours=number),
                opens_at=now - dt.timedelta(days=2),
                closes_at=now + dt.timedelta(days=number + 1),
                pay_min_minor=(5 + number) * 1_000_000,
                pay_max_minor=(6 + number) * 1_000_000,
                pay_year_minor=(5 + number) * 1_000_000,
            )
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_client_reads_every_page_and_field(served):
    with requests.Session() as session:
        client = USAJobsClient(url=served, auth_user="me@people.example", auth_key="none", session=session)
        found = list(client.search_jobs_items(keyword="bridge engineers", results_per_page=3))
        assert [item.details.position_title for item in found] == [
            f"Bridge engineer {number}" for number in range(COUNT)
        ]
        assert len({item.id for item in found}) == COUNT
        first = found[0].details
        assert first.organization_name == "Department of Bridges"
        assert first.locations[0].name == "Río Verde"
        assert first.position_remuneration[0].minimum == 50_000
        assert first.position_remuneration[0].rate_interval_code == "PA"
        assert first.application_close_date is not None
        assert first.apply_uri == [first.position_uri]
        assert first.summary() == first.qualification_summary


def test_the_client_filters_and_sorts(served):
    with requests.Session() as session:
        client = USAJobsClient(url=served, session=session)
        response = client.search_jobs(
            position_title="engineer",
            organization=["BRG"],
            location_names=["Rio Verde", "Elsewhere"],
            job_category_codes=["0810"],
            remuneration_min=70_000,
            remuneration_max=90_000,
            days_since_posted=30,
            who_may_apply=WhoMayApply.PUBLIC,
            sort_field=SortField.SALARY,
            sort_direction=SortDirection.DESC,
            fields="Full",
            page=1,
            results_per_page=2,
        )
        assert response.search_result.result_total == 3
        assert [job.details.position_title[-1] for job in response.jobs()] == ["4", "3"]
        details = response.jobs()[0].details.user_area.details
        assert details.job_summary == "You inspect bridges and say which must be mended first."
        assert details.who_may_apply.code == "public"


def test_what_the_client_cannot_know_is_told_by_status(served):
    with requests.Session() as session:
        client = USAJobsClient(url=served, session=session)
        with pytest.raises(requests.HTTPError) as refused:
            client._request("GET", "/api/search", {"Page": "none"})
        assert refused.value.response.json()["error"]["parameter"] == "Page"
