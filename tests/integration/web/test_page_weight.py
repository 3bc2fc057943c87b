"""A page with its styles and scripts stays under 100 KB, as it travels to an old phone."""

from __future__ import annotations

import gzip
import re

import pytest

from app.accounts.models import Account
from app.exams.objections.services import release_key
from app.exams.readiness import gates
from app.platform import clock
from app.platform.db import transaction
from app.platform.languages import LANGUAGES
from app.recruitment.applications.models import ApplicationSection
from app.recruitment.applications.services import submit_application
from app.recruitment.drafts.services import save_section
from app.recruitment.fees.choosing import choose
from app.recruitment.messages.services import write
from app.web.filters import DIST
from tests.conftest import sign_in
from tests.factories.accounts import make_account
from tests.factories.applications import (
    EDUCATION,
    EXPERIENCE,
    make_claim,
    make_document,
    make_whole_draft,
)
from tests.factories.recruitment import make_criterion, make_fee, make_posting, make_question
from tests.integration.exams import world as office
from tests.integration.recruitment.conftest import build_world, hand  # noqa: F401

LIMIT = 100_000
# A letter of Hindi takes three bytes: no other language of ours makes a page heavier.
HEAVIEST = ("en", "hi")
ASSETS = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js|svg))"')
IMPORTS = re.compile(r'from\s*"\./([^"]+\.js)"|import\s*"\./([^"]+\.js)"')
PUBLIC = (
    "/",
    "/vacancies",
    "/lists",
    "/check",
    "/receipts/check",
    "/how-ranking-works",
    "/accessibility",
    "/privacy",
    "/sign-in",
    "/register",
    "/forgot-password",
)
OWN = ("/my/applications", "/my/letters", "/my/account", "/my/profile", "/my/employment")

pytestmark = pytest.mark.skipif(not (DIST / "manifest.json").exists(), reason="the assets are not built")


def weigh(client, path: str, language: str) -> int:
    """Give the bytes of a page and of all that it brings along, compressed where we compress."""
    headers = {"Accept-Language": language, "Accept-Encoding": "gzip"}
    response = client.get(path, headers=headers)
    assert response.status_code == 200, path
    waiting, seen = set(ASSETS.findall(response.text)), set()
    total = len(response.data)
    while waiting:
        address = waiting.pop()
        seen.add(address)
        asset = client.get(address, headers=headers, buffered=True)
        assert asset.status_code == 200, address
        total += len(asset.data)
        packed = asset.headers.get("Content-Encoding") == "gzip"
        text = (gzip.decompress(asset.data) if packed else asset.data).decode()
        if address.endswith(".js"):
            names = {first or second for first, second in IMPORTS.findall(text)}
            waiting |= {f"/static/{name}" for name in names} - seen
    return total


@pytest.mark.parametrize("language", LANGUAGES)
def test_public_pages_are_light(client, session, language: str):
    for number in range(25):
        make_posting(session, title=f"Forester {number}")
    session.flush()
    weights = {path: weigh(client, path, language) for path in PUBLIC}
    assert {path: weight for path, weight in weights.items() if weight > LIMIT} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_persons_own_pages_are_light(client, session, language: str):
    account = make_account(session)
    session.flush()
    sign_in(client, account)
    weights = {path: weigh(client, path, language) for path in OWN}
    assert {path: weight for path, weight in weights.items() if weight > LIMIT} == {}


@pytest.fixture
def world(session, hand):  # noqa: F811
    return build_world(session)


@pytest.fixture
def draft(session, world):
    """A draft of somebody who has much to say, for a vacancy that asks for all there is to ask."""
    posting = world.posting
    for place in range(2, 7):
        make_criterion(session, posting, statement=f"Experience of kind {place}, with examples.")
    for place in range(1, 5):
        make_question(session, posting, position=place, question=f"Is number {place} true of you?")
    make_fee(session, posting)
    session.refresh(posting, ["criteria", "questions", "fee"])
    draft = make_whole_draft(session, posting=posting, account_id=world.ada.id)
    for section, entry in (("experience", EXPERIENCE | {"duties": LONG[:900]}), ("education", EDUCATION)):
        row = session.get(ApplicationSection, (draft.id, section))
        row.data = {"entries": [{"id": number, "is_complete": True} | entry for number in range(1, 11)]}
    answers = session.get(ApplicationSection, (draft.id, "answers"))
    answers.data = {criterion.id: LONG for criterion in posting.criteria}
    for kind in ("veteran", "disabled_veteran"):
        document = make_document(session, draft, kind="evidence")
        make_claim(session, draft, kind=kind, document_id=document.id)
    for kind in ("resume", "diploma", "licence"):
        make_document(session, draft, kind=kind)
    session.flush()
    return draft


LONG = "I inspected bridges for seven years and wrote a report on each of them. " * 20
STEPS = (
    "tasks", "eligibility", "contact", "education", "education/add", "education/1", "education/1/remove",
    "experience", "experience/add", "experience/1", "licences", "licences/add", "languages", "languages/add",
    "answers", "claims", "claims/evidence", "claims/veteran", "claims/veteran/pick", "documents",
    "documents/add", "documents/pick", "fee", "review", "submit",
)  # fmt: skip


@pytest.mark.parametrize("language", HEAVIEST)
def test_each_step_of_an_application_is_light(client, session, world, draft, language: str):
    sign_in(client, world.ada)
    paths = [f"/my/applications/{draft.id}/{step}" for step in STEPS]
    paths += [f"/vacancies/{draft.posting_id}", "/vacancies?mine=y", "/my/profile/experience/add"]
    weights = {path: weigh(client, path, language) for path in paths}
    assert {path: weight for path, weight in weights.items() if weight > LIMIT} == {}


@pytest.mark.parametrize("language", HEAVIEST)
def test_each_page_of_what_was_received_is_light(client, session, world, draft, at, language: str):
    with transaction() as opened:
        choose(opened, application_id=draft.id, ground_id="", note="", actor=world.actor, at=at)
        answers = {question.id: "Yes" for question in world.posting.questions}
        save_section(
            opened,
            application_id=draft.id,
            section="eligibility",
            data=answers,
            is_complete=True,
            actor=world.actor,
            at=at,
        )
    with transaction() as opened:
        submit_application(opened, application_id=draft.id, actor=world.actor, at=at)
    with transaction() as opened:
        for number in range(10):
            write(opened, application_id=draft.id, body=f"{number}. {LONG}", actor=world.actor, at=at)
    sign_in(client, world.ada)
    paths = [f"/my/applications/{draft.id}{name}" for name in ("", "/receipt", "/fee/slip", "/messages")]
    paths += [f"/my/applications/{draft.id}/appeals", f"/my/applications/{draft.id}/withdraw", *MINE]
    weights = {path: weigh(client, path, language) for path in paths}
    assert {path: weight for path, weight in weights.items() if weight > LIMIT} == {}


MINE = (
    "/my/applications", "/my/profile", "/my/profile/claims", "/my/profile/claims/add",
    "/my/profile/documents", "/my/profile/documents/add", "/my/profile/person",
    "/my/profile/contact", "/my/data", "/my/data/delete",
    "/my/saved-searches", "/my/exam-days", "/my/preferences", "/my/passkeys", "/my/second-factor",
)  # fmt: skip


@pytest.mark.parametrize("language", HEAVIEST)
def test_the_pages_of_a_result_are_light(client, session, monkeypatch, language: str):
    monkeypatch.setattr(clock, "now", lambda: office.AT)
    monkeypatch.delitem(gates._gates, "alarms")  # sheets that are all alike would have to be looked at
    made = office.make_world(session)
    office.hold(made, codes=tuple(str(number) for number in range(1, 101)))
    office.set_key(made)
    office.import_answers(made, office.answers_of(made, dict.fromkeys(made.applications, 80)))
    officer = made.actor("exam_officer")
    merit_list = office.publish(made)
    release_key(session, examination_id=made.exam.id, days=5, actor=officer, at=office.AT)
    application = made.applications["Dan"]
    sign_in(client, session.get(Account, application.account_id))
    names = ("result", "sheet", "sheet/object?item=10", "appeals", "appeals/result/new")
    paths = [f"/my/applications/{application.id}/{name}" for name in names]
    paths += [f"/my/applications/{application.id}", f"/lists/{merit_list.id}"]
    weights = {path: weigh(client, path, language) for path in paths}
    assert {path: weight for path, weight in weights.items() if weight > LIMIT} == {}


def test_styles_are_sent_as_the_browser_can_read_them(client):
    [address] = {one for one in ASSETS.findall(client.get("/privacy").text) if one.endswith(".css")}
    plain = client.get(address, buffered=True)
    packed = client.get(address, headers={"Accept-Encoding": "gzip, br;q=0"}, buffered=True)
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.data) == plain.data
    assert (packed.mimetype, plain.mimetype) == ("text/css", "text/css")
    assert "Accept-Encoding" in plain.vary
    assert client.get("/static/../../.env").status_code == 404
    assert client.get("/static/nothing%00.css", headers={"Accept-Encoding": "gzip"}).status_code == 404
