"""A profile is entered once, section by section, by its owner alone, and given to each application."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.platform.actors import ANONYMOUS
from app.platform.audit import AuditEvent
from app.platform.errors import Forbidden, Invalid
from app.recruitment.profiles import queries, services
from tests.conftest import sign_in
from tests.factories.accounts import actor_of, make_account
from tests.factories.applications import CONTACT, EDUCATION, EXPERIENCE

LICENCE = {
    "title": "Professional Engineer",
    "issuer": "State of New York",
    "number": "078-221",
    "issued_on": "2019-04-01",
    "expires_on": "2022-03-31",
}
LANGUAGE = {"language": "العربية", "spoken": "c1", "written": "b2", "certificate": ""}
PERSON = {"full_name": "Zoë 王小明", "other_names": "Zoë Example", "born_on": "1990-03-27"}


@pytest.fixture
def ada(client, world):
    return sign_in(client, world.ada)


def without_stamps(data):
    return [
        {name: value for name, value in entry.items() if name not in ("saved_at", "writer")}
        for entry in data["entries"]
    ]


def kept(session, account, section):
    session.expire_all()
    return queries.find_section(session, account.id, section)


def test_an_empty_profile_says_so_in_each_section(ada):
    text = ada.get("/my/profile").text
    assert text.count("Empty") >= 6
    assert "You have not added a language yet." in ada.get("/my/profile/languages").text


def test_a_name_in_any_script_is_kept_with_the_day_of_birth(session, world, ada):
    assert ada.post("/my/profile/person", data=PERSON).location == "/my/profile"
    assert kept(session, world.ada, "person") == PERSON
    page = ada.get("/my/profile/person").text
    assert "王小明" in page
    assert 'value="1990"' in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"full_name": ""}, "Enter full name"),
        ({"born_on": "2031-01-01"}, "Date of birth must be in the past"),
        ({"born_on": "1990-02-30"}, "Date of birth must be a real date"),
        ({"full_name": "x" * 201}, "Full name must be 200 characters or fewer"),
    ],
)
def test_a_wrong_answer_is_told_at_its_field_and_kept_on_the_page(session, world, ada, change, sentence):
    response = ada.post("/my/profile/person", data=PERSON | change)
    assert response.status_code == 422
    assert sentence in response.text
    assert "Zoë Example" in response.text
    assert kept(session, world.ada, "person") is None


def test_half_a_page_may_be_saved(session, world, ada):
    assert ada.post("/my/profile/contact", data={"town": "Albany"}).status_code == 422
    ada.post("/my/profile/contact", data={"town": "Albany", "later": "y"})
    assert kept(session, world.ada, "contact")["town"] == "Albany"


@pytest.mark.parametrize(
    ("section", "values", "shown"),
    [
        ("education", EDUCATION, "Bachelor of Engineering"),
        ("experience", EXPERIENCE, "March 2020"),
        ("licences", LICENCE, "Expired"),
        ("languages", LANGUAGE, "العربية"),
    ],
)
def test_an_entry_is_added_changed_and_removed(session, world, ada, section, values, shown):
    place = f"/my/profile/{section}"
    sent = {name: value for name, value in values.items() if value not in (None, "")}
    assert ada.post(f"{place}/add", data=sent).location == place
    assert without_stamps(kept(session, world.ada, section)) == [{"id": 1, "is_complete": True} | values]
    assert shown in ada.get(place).text
    first = next(name for name, value in values.items() if value)
    assert ada.get(f"{place}/1").status_code == 200
    assert ada.post(f"{place}/1", data={**sent, first: "", "later": "y"}).location == place
    assert kept(session, world.ada, section)["entries"][0]["is_complete"] is False
    assert "Not complete" in ada.get(place).text
    assert "Remove this" in ada.get(f"{place}/1/remove").text
    assert ada.post(f"{place}/1/remove").location == place
    assert kept(session, world.ada, section) == {"entries": []}
    assert ada.get(f"{place}/1").status_code == 404
    assert ada.post(f"{place}/1/remove").status_code == 404


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"issued_on": "2031-01-01"}, "Date it was issued must not be in the future"),
        ({"expires_on": "2018-01-01"}, "Date it expires must not be before the date it was issued"),
    ],
)
def test_a_licence_has_its_dates_in_order(ada, change, sentence):
    response = ada.post("/my/profile/licences/add", data=LICENCE | change)
    assert (response.status_code, sentence in response.text) == (422, True)


def test_thirty_entries_are_the_most(session, world, ada, at):
    entries = [{"id": number, "is_complete": True} | LANGUAGE for number in range(1, 31)]
    keep(session, world.ada, "languages", {"entries": entries}, at)
    response = ada.post("/my/profile/languages/add", data=LANGUAGE)
    assert response.status_code == 422
    assert "You can add 30 entries at most" in response.text


def keep(session, account, section, data, at, actor=None):
    services.keep(
        session, account_id=account.id, section=section, data=data, actor=actor or actor_of(account), at=at
    )


def test_contact_details_are_given_to_an_application_with_the_persons_name(session, world, at):
    assert queries.prefill(session, world.ada.id, "contact") is None
    keep(session, world.ada, "contact", CONTACT, at)
    assert queries.prefill(session, world.ada.id, "contact") == CONTACT
    assert queries.prefill(session, world.ada.id, "person") == {"full_name": "Ada Example"}
    keep(session, world.ada, "person", PERSON, at)
    assert queries.prefill(session, world.ada.id, "contact") == CONTACT | {"full_name": "Zoë 王小明"}


def test_only_the_owner_keeps_a_profile_and_only_its_sections(session, world, at):
    for stranger in (actor_of(make_account(session)), ANONYMOUS):
        with pytest.raises(Forbidden):
            keep(session, world.ada, "contact", CONTACT, at, actor=stranger)
    with pytest.raises(Invalid):
        keep(session, world.ada, "points", {"veteran": 10}, at)


def test_the_trail_says_which_section_changed_and_not_what_it_says(session, world, ada):
    ada.post("/my/profile/person", data=PERSON)
    ada.post("/my/profile/languages/add", data=LANGUAGE)
    session.expire_all()
    query = select(AuditEvent).where(AuditEvent.subject == world.ada.id).order_by(AuditEvent.index)
    events = [
        (event.action, event.details)
        for event in session.scalars(query)
        if event.action.startswith("recruitment.profiles.")
    ]
    assert events == [
        ("recruitment.profiles.person", {}),
        ("recruitment.profiles.add_entry", {"section": "languages"}),
    ]


def test_nobody_reads_a_profile_without_signing_in(client):
    for name in ("", "/person", "/contact", "/education", "/licences/add", "/languages/1/remove"):
        assert client.get(f"/my/profile{name}").status_code == 303
    assert client.get("/my/profile/points").status_code == 404


KEY = "a-page-of-its-own-key"


def write(client, path, **data):
    response = client.post(f"/my/profile/autosave/{path}", data={"page_key": KEY, "opened_with": "", **data})
    return response.status_code, response.json["text"]


def test_what_stands_is_saved_as_it_is_written(session, world, ada):
    assert write(ada, "contact", town="Alb") == (200, "Saved.")
    assert write(ada, "contact", town="Albany") == (200, "Saved.")
    assert kept(session, world.ada, "contact")["town"] == "Albany"
    assert write(ada, "person", full_name="Ada", born_on="2031-01-01") == (200, "Saved.")
    assert kept(session, world.ada, "person") == {"full_name": "Ada", "other_names": "", "born_on": None}
    assert 'value="Albany"' in ada.get("/my/profile/contact").text


def test_an_entry_that_is_being_written_is_one_entry(session, world, ada):
    for text in ("Esp", "Español"):
        assert write(ada, "languages", language=text) == (200, "Saved.")
    done = {"language": "Español", "spoken": "c2", "page_key": KEY, "opened_with": ""}
    assert ada.post("/my/profile/languages/add", data=done).location == "/my/profile/languages"
    assert without_stamps(kept(session, world.ada, "languages")) == [
        {
            "id": 1,
            "is_complete": True,
            "language": "Español",
            "spoken": "c2",
            "written": "",
            "certificate": "",
        }
    ]


def test_a_saving_that_was_overtaken_on_its_way_changes_nothing(session, world, ada):
    sent = {"town": "Albany", "page_key": KEY, "page_turn": "8", "later": "y"}
    assert ada.post("/my/profile/contact", data=sent).status_code == 303
    assert write(ada, "contact", town="Alb", page_turn="7") == (200, "Saved.")
    assert kept(session, world.ada, "contact")["town"] == "Albany"
    sent = {"language": "Español", "page_key": KEY, "page_turn": "8", "later": "y"}
    assert ada.post("/my/profile/languages/add", data=sent).status_code == 303
    assert write(ada, "languages", language="Esp", page_turn="7") == (200, "Saved.")
    assert [row["language"] for row in kept(session, world.ada, "languages")["entries"]] == ["Español"]


def test_what_was_saved_elsewhere_is_told_and_nothing_is_lost(session, world, ada, hand):
    write(ada, "contact", town="Albany")
    hand.turn(minutes=1)
    other = {"page_key": "another-page-of-its-own", "opened_with": "", "town": "Buffalo", "later": "y"}
    response = ada.post("/my/profile/contact", data=other)
    assert response.status_code == 422
    assert "This step was saved somewhere else while you wrote here." in response.text
    assert "Albany" in response.text
    assert 'value="Buffalo"' in response.text
    assert kept(session, world.ada, "contact")["town"] == "Albany"
    assert write(ada, "contact", page_key="another-page-of-its-own", town="Buffalo")[0] == 409
