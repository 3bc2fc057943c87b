"""A step is saved as it is written, half done; two pages never overwrite each other unseen."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from app.platform.audit import AuditEvent
from app.recruitment.applications.models import ApplicationClaim, ApplicationSection
from app.recruitment.applications.states import Submission
from app.recruitment.fees.models import ApplicationFee, WaiverGround
from tests.conftest import count_queries, sign_in
from tests.factories.accounts import make_account
from tests.factories.applications import CONTACT, make_application, make_section
from tests.factories.recruitment import make_fee, make_question

HERE, THERE = "h" * 24, "t" * 24
SCHOOL = {"institution": "City College", "year": "20"}


@pytest.fixture
def ada(client, world):
    return sign_in(client, world.ada)


@pytest.fixture
def draft(session, world):
    return make_application(
        session, posting_id=world.posting.id, account_id=world.ada.id, submission=Submission.DRAFT
    )


def page(draft, name=""):
    return f"/my/applications/{draft.id}{name}"


def row_of(session, draft, section):
    session.expire_all()
    return session.get(ApplicationSection, (draft.id, section))


def autosave(ada, draft, section, data, *, key=HERE, opened_with="", query=""):
    sent = data | {"page_key": key, "opened_with": opened_with}
    return ada.post(page(draft, f"/autosave/{section}{query}"), data=sent)


def test_what_stands_is_saved_though_it_is_not_complete_and_not_right_yet(session, ada, draft):
    answer = autosave(ada, draft, "contact", {"full_name": "Ada Example", "telephone": "+1 2"})
    assert (answer.status_code, answer.json["text"]) == (
        200,
        "Saved at 10:00 am EST",
    )
    row = row_of(session, draft, "contact")
    assert (row.data["full_name"], row.data["telephone"], row.is_complete, row.writer) == (
        "Ada Example",
        "+1 2",
        False,
        f"{HERE}.0",
    )
    assert 'value="+1 2"' in ada.get(page(draft, "/contact")).text


def test_a_whole_step_is_complete_without_going_on(session, ada, draft):
    assert autosave(ada, draft, "contact", CONTACT).status_code == 200
    assert row_of(session, draft, "contact").is_complete is True


def test_it_leaves_the_trail_to_what_is_gone_on_with(session, ada, draft):
    before = session.scalar(select(func.count()).select_from(AuditEvent))
    autosave(ada, draft, "contact", CONTACT)
    assert session.scalar(select(func.count()).select_from(AuditEvent)) == before
    ada.post(page(draft, "/contact"), data=CONTACT | {"proceed": "y"})
    assert session.scalar(select(func.count()).select_from(AuditEvent)) == before + 1


def test_an_entry_is_added_once_by_the_page_that_writes_it(session, ada, draft):
    for year in ("20", "201", "2019"):
        assert autosave(ada, draft, "education", SCHOOL | {"year": year}).status_code == 200
    entries = row_of(session, draft, "education").data["entries"]
    assert [(entry["id"], entry["institution"], entry["year"]) for entry in entries] == [
        (1, "City College", 2019)
    ]
    ada.post(page(draft, "/education/add"), data=SCHOOL | {"page_key": HERE, "later": "y", "year": "2019"})
    autosave(ada, draft, "education", {"institution": "Night School"}, key=THERE)
    entries = row_of(session, draft, "education").data["entries"]
    assert [entry["id"] for entry in entries] == [1, 2]


def test_a_number_that_cannot_be_read_yet_is_left_out_and_the_rest_kept(session, ada, draft):
    autosave(ada, draft, "education", SCHOOL | {"year": "20x", "level": "nonsense"})
    entry = row_of(session, draft, "education").data["entries"][0]
    assert (entry["institution"], entry["year"], entry["level"], entry["is_complete"]) == (
        "City College",
        None,
        "",
        False,
    )


def test_an_entry_that_is_changed_is_saved_under_its_number(session, ada, draft):
    autosave(ada, draft, "education", SCHOOL)
    stamp = row_of(session, draft, "education").data["entries"][0]["saved_at"]
    autosave(
        ada, draft, "education", {"institution": "Queens"}, key=THERE, opened_with=stamp, query="?entry=1"
    )
    assert row_of(session, draft, "education").data["entries"][0]["institution"] == "Queens"


def test_answers_and_eligibility_are_saved_too(session, world, ada, draft):
    question = make_question(session, world.posting)
    first = world.posting.criteria[0]
    assert autosave(ada, draft, "answers", {first.id: "I do"}).status_code == 200
    assert row_of(session, draft, "answers").data[first.id] == "I do"
    assert autosave(ada, draft, "eligibility", {question.id: "Yes"}).status_code == 200
    assert row_of(session, draft, "eligibility").data == {question.id: "Yes"}


def test_a_text_is_kept_beyond_what_will_be_taken_but_not_without_end(session, world, ada, draft):
    first = world.posting.criteria[0]
    assert autosave(ada, draft, "answers", {first.id: "x" * 4000}).status_code == 200
    assert row_of(session, draft, "answers").is_complete is False
    refused = autosave(ada, draft, "answers", {first.id: "x" * 6001})
    assert (refused.status_code, refused.json["text"]) == (422, "This text is too long to be saved.")


@pytest.mark.parametrize("section", ["documents", "fee", "person"])
def test_only_written_steps_are_saved_so(ada, draft, section):
    assert ada.post(page(draft, f"/autosave/{section}"), data={}).status_code == 404


def test_nobody_writes_in_anothers_draft(session, world, client, draft):
    sign_in(client, make_account(session))
    assert autosave(client, draft, "contact", CONTACT).status_code == 404


def test_what_was_received_is_not_written_in(session, world, ada):
    sent = make_application(session, posting_id=world.posting.id, account_id=world.ada.id)
    assert autosave(ada, sent, "contact", CONTACT).status_code == 409


def test_who_is_not_signed_in_is_sent_to_sign_in(client, draft):
    assert autosave(client, draft, "contact", CONTACT).status_code == 303


def test_two_pages_at_once_show_both_and_lose_nothing(session, ada, draft, hand):
    make_section(session, draft, "contact", CONTACT)
    opened = row_of(session, draft, "contact").saved_at.isoformat()
    hand.turn(minutes=5)
    there = CONTACT | {"town": "Albany", "page_key": THERE, "opened_with": opened}
    assert ada.post(page(draft, "/contact"), data=there).status_code == 303
    here = CONTACT | {"town": "Buffalo", "page_key": HERE, "opened_with": opened}
    hand.turn(minutes=5)
    answer = ada.post(page(draft, "/contact"), data=here)
    assert answer.status_code == 422
    assert "This step was saved somewhere else while you wrote here" in answer.text
    assert "Albany" in answer.text
    assert 'value="Buffalo"' in answer.text
    assert row_of(session, draft, "contact").data["town"] == "Albany"
    stamp = row_of(session, draft, "contact").saved_at.isoformat()
    assert f'name="opened_with" value="{stamp}"' in answer.text
    again = ada.post(page(draft, "/contact"), data=here | {"opened_with": stamp})
    assert again.status_code == 303
    assert row_of(session, draft, "contact").data["town"] == "Buffalo"


def test_the_same_text_on_two_pages_is_no_conflict(session, ada, draft, hand):
    autosave(ada, draft, "contact", CONTACT)
    hand.turn(minutes=1)
    assert autosave(ada, draft, "contact", CONTACT, key=THERE).status_code == 200


def test_a_script_is_told_that_another_page_saved(session, ada, draft, hand):
    autosave(ada, draft, "contact", CONTACT)
    hand.turn(minutes=1)
    refused = autosave(ada, draft, "contact", CONTACT | {"town": "Albany"}, key=THERE)
    assert refused.status_code == 409
    assert "saved somewhere else" in refused.json["text"]
    assert autosave(ada, draft, "contact", CONTACT | {"town": "Utica"}).status_code == 200


def test_an_entry_saved_on_two_pages_shows_both(session, ada, draft, hand):
    autosave(ada, draft, "education", SCHOOL)
    hand.turn(minutes=1)
    other = SCHOOL | {"institution": "Queens", "later": "y", "page_key": THERE, "opened_with": "2026"}
    answer = ada.post(page(draft, "/education/1"), data=other | {"year": "2019"})
    assert answer.status_code == 422
    assert "City College" in answer.text
    assert 'value="Queens"' in answer.text


@pytest.mark.parametrize("turn", ["7", "", "soon"])
def test_a_saving_that_was_overtaken_on_its_way_changes_nothing(session, ada, draft, turn):
    """A field is sent as it is left, the page as one goes on: the first may arrive after the second."""
    ada.post(page(draft, "/contact"), data=CONTACT | {"page_key": HERE, "page_turn": "8", "proceed": "y"})
    late = autosave(ada, draft, "contact", {"town": "Alb", "page_turn": turn})
    assert late.status_code == 200
    row = row_of(session, draft, "contact")
    assert (row.data["town"], row.is_complete) == (CONTACT["town"], True)
    assert autosave(ada, draft, "contact", CONTACT | {"town": "Albany", "page_turn": "9"}).status_code == 200
    assert row_of(session, draft, "contact").data["town"] == "Albany"


def test_an_entry_that_was_sent_whole_is_not_undone_by_what_was_sent_before(session, ada, draft):
    whole = SCHOOL | {"level": "secondary", "qualification": "Diploma", "status": "done", "year": "2019"}
    sent = whole | {"page_key": HERE, "page_turn": "8", "later": "y"}
    assert ada.post(page(draft, "/education/add"), data=sent).status_code == 303
    for query in ("", "?entry=1"):
        late = autosave(ada, draft, "education", SCHOOL | {"page_turn": "7"}, query=query)
        assert late.status_code == 200
    (entry,) = row_of(session, draft, "education").data["entries"]
    assert entry["qualification"] == "Diploma"
    assert autosave(ada, draft, "education", SCHOOL | {"page_turn": "9"}).status_code == 200
    (entry,) = row_of(session, draft, "education").data["entries"]
    assert entry["qualification"] == ""


def test_a_step_asks_the_database_little(database, session, world, ada, draft):
    """A step of text: who is signed in, the draft, its sections, what its posting asks; no more."""
    make_section(session, draft, "contact", CONTACT)
    with count_queries(database) as asked:
        ada.get(page(draft, "/contact"))
    about = [statement for statement in asked if "applications" in statement or "posting" in statement]
    assert len(about) <= 4, about


def test_what_is_ticked_is_saved_but_claimed_only_once_one_goes_on(session, ada, draft):
    answer = autosave(ada, draft, "claims", {"kinds": "veteran"})
    assert (answer.status_code, answer.json["text"]) == (200, "Saved at 10:00 am EST")
    row = row_of(session, draft, "claims")
    assert (row.data, row.is_complete) == ({"kinds": ["veteran"]}, False)
    assert session.scalar(select(func.count()).select_from(ApplicationClaim)) == 0
    page_text = ada.get(page(draft, "/claims")).text
    assert re.search(r'value="veteran" checked', page_text)
    assert "Say whether you claim" in ada.get(page(draft, "/review")).text
    ada.post(page(draft, "/claims"), data={"kinds": "veteran", "proceed": "y"})
    assert row_of(session, draft, "claims").is_complete is True
    autosave(ada, draft, "claims", {"kinds": "disabled_veteran"}, opened_with=stamp(session, draft, "claims"))
    assert row_of(session, draft, "claims").is_complete is False
    autosave(ada, draft, "claims", {"kinds": "veteran"})
    assert row_of(session, draft, "claims").is_complete is True


def stamp(session, draft, section):
    return row_of(session, draft, section).saved_at.isoformat()


def test_ticks_from_another_device_are_shown_beside_ones_own(session, ada, draft, hand):
    assert autosave(ada, draft, "claims", {"kinds": "veteran"}, key=THERE).status_code == 200
    hand.turn(minutes=1)
    assert autosave(ada, draft, "claims", {"kinds": "none"}).status_code == 409
    sent = {"kinds": "none", "proceed": "y", "page_key": HERE, "opened_with": ""}
    answer = ada.post(page(draft, "/claims"), data=sent)
    assert answer.status_code == 422
    assert "What was saved elsewhere" in answer.text
    assert row_of(session, draft, "claims").data == {"kinds": ["veteran"]}


def test_what_cannot_be_claimed_is_not_ticked(session, ada, draft):
    assert autosave(ada, draft, "claims", {"kinds": ["none", "veteran"]}).status_code == 200
    assert row_of(session, draft, "claims").data == {"kinds": []}


@pytest.fixture
def costly(session, world):
    make_fee(session, world.posting)
    return make_application(
        session, posting_id=world.posting.id, account_id=world.ada.id, submission=Submission.DRAFT
    )


def test_the_fee_step_is_saved_as_it_is_written_and_chosen_once_one_goes_on(session, world, ada, costly):
    ground = session.scalars(select(WaiverGround)).first()
    said = {"ground": ground.id, "note": "The letter of 3 May sh"}
    assert autosave(ada, costly, "fee", said).status_code == 200
    row = row_of(session, costly, "fee")
    assert (row.data, row.is_complete) == (said, False)
    assert session.get(ApplicationFee, costly.id) is None
    text = ada.get(page(costly, "/fee")).text
    assert "The letter of 3 May sh" in text
    assert re.search(f'value="{ground.id}" checked', text)
    whole = {"ground": ground.id, "note": "The letter of 3 May shows it."}
    sent = whole | {"proceed": "y", "page_key": HERE, "opened_with": ""}
    assert ada.post(page(costly, "/fee"), data=sent).status_code == 303
    assert row_of(session, costly, "fee").is_complete is True
    assert session.get(ApplicationFee, costly.id).state.value == "waiver_asked"
    autosave(ada, costly, "fee", {"ground": "pay", "note": ""})
    assert row_of(session, costly, "fee").is_complete is False
    assert session.get(ApplicationFee, costly.id).state.value == "waiver_asked"
    autosave(ada, costly, "fee", whole)
    assert row_of(session, costly, "fee").is_complete is True


def test_a_fee_written_elsewhere_meanwhile_is_shown_and_nothing_is_lost(session, ada, costly, hand):
    assert autosave(ada, costly, "fee", {"ground": "pay", "note": "there"}, key=THERE).status_code == 200
    hand.turn(minutes=1)
    sent = {"ground": "pay", "note": "here", "proceed": "y", "page_key": HERE, "opened_with": ""}
    answer = ada.post(page(costly, "/fee"), data=sent)
    assert "What was saved elsewhere" in answer.text
    assert re.search(r"<dd[^>]*>\s*there", answer.text)
    assert re.search(r"<textarea[^>]*>\s*here</textarea>", answer.text)
    assert session.get(ApplicationFee, costly.id) is None
    assert row_of(session, costly, "fee").data == {"ground": "pay", "note": "there"}


def test_what_was_typed_at_the_fee_outlives_the_session(client, session, world, costly):
    sign_in(client, world.ada)
    shown = client.get(page(costly, "/fee")).text
    owner = re.search(r'name="typed_by" value="([^"]+)"', shown)[1]
    client.delete_cookie("meritum")
    sent = {"ground": "pay", "note": "I pay on Monday", "typed_by": owner, "proceed": "y"}
    headers = {"Origin": "http://localhost"}
    assert client.post(page(costly, "/fee"), data=sent, headers=headers).status_code == 303
    assert "I pay on Monday" in sign_in(client, world.ada).get(page(costly, "/fee")).text


def test_what_was_ticked_at_the_claims_outlives_the_session(client, session, world, draft):
    sign_in(client, world.ada)
    owner = re.search(r'name="typed_by" value="([^"]+)"', client.get(page(draft, "/claims")).text)[1]
    client.delete_cookie("meritum")
    sent = {"kinds": "veteran", "typed_by": owner, "proceed": "y"}
    headers = {"Origin": "http://localhost"}
    assert client.post(page(draft, "/claims"), data=sent, headers=headers).status_code == 303
    assert re.search(r'value="veteran" checked', sign_in(client, world.ada).get(page(draft, "/claims")).text)
