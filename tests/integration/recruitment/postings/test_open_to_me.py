"""“Open to me” reads where a person lives and which licences they hold."""

from __future__ import annotations

import datetime as dt

import pytest

from app.platform.db import transaction
from app.platform.errors import Invalid
from app.recruitment.eligibility.models import EligibilityMatch
from app.recruitment.eligibility.rules import check_matches, folded, matches_text
from app.recruitment.eligibility.states import About
from app.recruitment.postings.openness import load_openness
from app.recruitment.postings.states import PostingState
from app.recruitment.profiles.services import keep
from tests.conftest import sign_in
from tests.factories.applications import CONTACT
from tests.factories.recruitment import make_posting, make_question

TITLE = "Crane operator"


@pytest.fixture
def vacancy(session, world):
    return make_posting(session, agency_id=world.agency.id, title=TITLE)


def asks(session, posting, about, *names, **values):
    question = make_question(session, posting, **values)
    session.add(
        EligibilityMatch(
            question_id=question.id, about=about, matches=list(names), matches_text=matches_text(names)
        )
    )
    session.flush()


def keeps(world, section, data, at):
    with transaction() as opened:
        keep(opened, account_id=world.ada.id, section=section, data=data, actor=world.actor, at=at)


def licence(title, expires_on=None):
    return {"entries": [{"id": 1, "is_complete": True, "title": title, "expires_on": expires_on}]}


def is_found(client, world):
    return TITLE in sign_in(client, world.ada).get("/vacancies?mine=y").text


def test_a_profile_that_says_nothing_leaves_nothing_out(client, session, world, vacancy):
    asks(session, vacancy, About.RESIDENCE, "Ohio")
    asks(session, vacancy, About.LICENCE, "Crane licence", position=2)
    assert is_found(client, world)


@pytest.mark.parametrize(
    ("names", "is_open"),
    [(("Ohio",), False), (("Ohio", "ny"), True), (("new  YORK",), True), (("N",), False)],
)
def test_where_one_lives_decides(client, session, world, vacancy, at, names, is_open):
    asks(session, vacancy, About.RESIDENCE, *names)
    keeps(world, "contact", CONTACT, at)
    assert is_found(client, world) is is_open
    page = client.get("/vacancies?mine=y").text
    assert "Vacancies for people who live somewhere else than your profile says are left out." in page


@pytest.mark.parametrize(
    ("data", "is_open"),
    [
        (licence("crane LICENCE"), True),
        (licence("Crane licence", "2026-11-20"), True),
        (licence("Crane licence", "2026-11-19"), False),
        (licence("Driving licence"), False),
        ({"entries": []}, False),
    ],
)
def test_licences_decide_while_they_hold(client, session, world, vacancy, at, data, is_open):
    asks(session, vacancy, About.LICENCE, "Crane licence")
    keeps(world, "licences", data, at)
    assert is_found(client, world) is is_open


def test_an_advisory_question_leaves_nothing_out(client, session, world, vacancy, at):
    asks(session, vacancy, About.RESIDENCE, "Ohio", is_advisory=True)
    keeps(world, "contact", CONTACT, at)
    assert is_found(client, world)


def test_what_stands_for_anything_in_a_search_is_taken_as_written(client, session, world, vacancy, at):
    asks(session, vacancy, About.RESIDENCE, "Ohio")
    keeps(world, "contact", CONTACT | {"town": "%", "region": "_hio"}, at)
    assert not is_found(client, world)


def test_a_profile_is_read_as_names(session, world, at):
    keeps(world, "contact", CONTACT, at)
    keeps(world, "licences", licence("  Crane   Licence "), at)
    open_to = load_openness(session, world.ada.id, dt.date(2026, 11, 20)).open_to
    assert open_to.residence == {"new york", "ny", "united states"}
    assert open_to.licences == {"crane licence"}


@pytest.mark.parametrize(
    ("about", "names", "field"),
    [(None, ["Ohio"], "about"), (About.LICENCE, [], "matches"), (About.LICENCE, ["x"] * 13, "matches")],
)
def test_half_a_match_is_refused(about, names, field):
    with pytest.raises(Invalid) as refused:
        check_matches(about, names)
    assert list(refused.value.fields) == [field]
    assert folded(["", "  A  B "]) == {"a b"}


def test_an_officer_writes_what_in_a_profile_answers(client, session, world):
    posting = make_posting(session, agency_id=world.agency.id, state=PostingState.DRAFT)
    sign_in(client, world.officer)
    place = f"/staff/postings/{posting.id}/questions"
    sent = {
        "question": "Do you live in the State of New York?",
        "lawful": "Yes",
        "unlawful": "No",
        "explanation": "The law asks for residence.",
        "source": "Public Officers Law 3",
    }
    answer = client.post(f"{place}/add", data=sent | {"about": "residence", "matches": ""})
    assert answer.status_code == 422
    assert "Enter at least one name" in answer.text
    answer = client.post(f"{place}/add", data=sent | {"about": "residence", "matches": "New York\nNY"})
    assert answer.status_code == 303
    assert "A profile answers it: lives in New York or NY." in client.get(place).text
    row = session.query(EligibilityMatch).one()
    assert (row.matches, row.matches_text) == (["New York", "NY"], "\nnew york\n\nny\n")
    edited = f"{place}/{row.question_id}"
    assert "New York\nNY</textarea>" in client.get(edited).text
    assert client.post(edited, data=sent | {"about": "none", "matches": ""}).status_code == 303
    session.expire_all()
    assert session.query(EligibilityMatch).all() == []
    assert client.post(f"{place}/add", data=sent | {"about": "licence", "matches": "CDL"}).status_code == 303
    own = session.query(EligibilityMatch).one().question_id
    assert client.post(f"{place}/{own}/remove").status_code == 303
    assert session.query(EligibilityMatch).all() == []
