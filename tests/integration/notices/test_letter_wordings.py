"""The wording of letters: written, refused with the place, approved by another, used from then on alone."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.notices import batches
from app.notices.models import Notice
from app.notices.wordings import queries, services
from app.notices.wordings.models import LetterWording
from app.notices.wordings.states import WordingState
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.notices import application_received_fields, promise_notice

TEMPLATE = "application_received"
TEXTS = {"opening": "Welcome, {recipient_name}.", "ending": "Yours, {agency_name}"}


@pytest.fixture
def town(session):
    here, there = make_agency(session, name="Here"), make_agency(session, name="There")
    people = {
        "writer": make_account(session, name="Writer", roles=[(Role.HR_OFFICER, here.id)]),
        "second": make_account(session, name="Second", roles=[(Role.HR_OFFICER, here.id)]),
        "other": make_account(session, name="Other", roles=[(Role.HR_OFFICER, there.id)]),
        "whole": make_account(session, name="Whole", roles=[(Role.HR_OFFICER, None)]),
        "third": make_account(session, name="Third", roles=[(Role.HR_OFFICER, None)]),
        "reader": make_account(session, name="Reader"),
    }
    actors = {name: actor_of(account) for name, account in people.items()}
    return SimpleNamespace(here=here, there=there, people=people, actors=actors)


@pytest.fixture
def act(session, town, at):
    class Act:
        def write(self, by="writer", scope=None, texts=TEXTS, language="en", template=TEMPLATE):
            return services.write_wording(
                session,
                template=template,
                language=language,
                scope=scope or town.here.id,
                texts=texts,
                change_note="Warmer",
                actor=town.actors[by],
                at=at,
            )

        def submit(self, row, by="writer"):
            services.submit_wording(session, wording_id=row.id, actor=town.actors[by], at=at)

        def decide(self, row, by="second", is_approved=True, reason=""):
            services.decide_wording(
                session,
                wording_id=row.id,
                is_approved=is_approved,
                reason=reason,
                actor=town.actors[by],
                at=at,
            )

        def approve(self, by="writer", second="second", **given):
            row = self.write(by=by, **given)
            self.submit(row, by=by)
            self.decide(row, by=second)
            return row

        def passages(self, agency=None):
            notice = promise_notice(session, agency or town.here, town.people["reader"])
            return notice.wording_id, notice.context.get("wording", {}).get("passages")

    return Act()


def test_nobody_approves_what_they_wrote_before_others_wrote_on(session, client, act, town, at):
    row = act.write(by="writer")
    act.write(by="whole", texts={"opening": "Welcome."})
    act.submit(row, by="whole")
    for name in ("writer", "whole"):
        with pytest.raises(Conflict, match="wrote or submitted"):
            act.decide(row, by=name)
        sign_in(client, town.people[name])
        page = client.get(f"/staff/letter-texts/versions/{row.id}").text
        assert "Written by Writer, Whole" in page or "Written by Whole, Writer" in page
        assert f"/staff/letter-texts/versions/{row.id}/decide" not in page
    act.decide(row, is_approved=False, reason="Colder.", by="second")
    act.write(by="whole", texts={"opening": "Good day."})
    act.submit(row, by="whole")
    with pytest.raises(Conflict):
        act.decide(row, by="writer")
    act.decide(row, by="second")
    following = act.write(by="second", texts={"opening": "Hello."})
    act.submit(following, by="second")
    act.decide(following, by="writer")  # who wrote the version before is free again
    assert following.state is WordingState.APPROVED


def test_a_wording_is_used_once_somebody_else_approved_it_and_old_letters_keep_theirs(session, act, town):
    before = promise_notice(session, town.here, town.people["reader"])
    row = act.write()
    act.submit(row)
    assert act.passages() == (None, None)
    with pytest.raises(Conflict):
        act.decide(row, by="writer")
    with pytest.raises(NotFound):
        act.decide(row, by="other")
    with pytest.raises(Invalid):
        act.decide(row, is_approved=False)
    act.decide(row, is_approved=False, reason="Colder.")
    act.submit(row)
    act.decide(row)
    assert act.passages() == (row.id, TEXTS)
    assert act.passages(town.there) == (None, None)
    second = act.approve(texts={"opening": "Hello."})
    assert (second.version, act.passages()) == (2, (second.id, {"opening": "Hello."}))
    shipped = act.approve(texts={})
    assert act.passages() == (shipped.id, None)
    kept = {row.id: row.wording_id for row in session.scalars(select(Notice))}
    assert kept[before.id] is None
    assert list(kept.values()).count(row.id) == 1


def test_the_agencys_own_goes_before_that_of_all(session, act, town):
    with pytest.raises(Forbidden):
        act.write(scope="all")
    whole = act.approve(by="whole", second="third", scope="all", texts={"ending": "All."})
    assert act.passages() == (whole.id, {"ending": "All."})
    own = act.approve()
    assert [act.passages(), act.passages(town.there)] == [(own.id, TEXTS), (whole.id, {"ending": "All."})]


def test_letters_promised_together_have_it_too(session, act, town, at):
    row = act.approve()
    draft = batches.Draft(
        "k", "app_x", town.people["reader"].id, "Reader", None, application_received_fields()
    )
    batches.promise_many(
        session, template=TEMPLATE, agency_id=town.here.id, drafts=[draft], actor=town.actors["writer"], at=at
    )
    notice = session.scalars(select(Notice).where(Notice.key == "k")).one()
    assert (notice.wording_id, notice.context["wording"]["passages"]) == (row.id, TEXTS)


def test_each_language_has_its_own(session, act, town):
    act.approve(language="es", texts={"opening": "Hola."})
    assert act.passages() == (None, None)
    with pytest.raises(NotFound):
        act.write(language="xx")
    with pytest.raises(NotFound):
        act.write(language="es", template="proposed_action")
    with pytest.raises(NotFound):
        act.write(template="_letter")


def test_what_waits_for_approval_does_not_change(act):
    row = act.write()
    act.submit(row)
    with pytest.raises(Conflict):
        act.write()
    with pytest.raises(Conflict):
        act.submit(row)


def test_neither_who_wrote_nor_who_submitted_approves(act):
    row = act.write()
    act.submit(row, by="second")
    for name in ("writer", "second"):
        with pytest.raises(Conflict, match="wrote or submitted"):
            act.decide(row, by=name)
    act.decide(row, by="whole")


def test_the_newest_text_is_read_anew_under_a_lock(session, act):
    row = act.write()
    table = LetterWording.__table__
    session.execute(table.update().where(table.c.id == row.id).values(state=WordingState.SUBMITTED))
    with pytest.raises(Conflict, match="waits for approval"):
        act.write()


@pytest.fixture
def as_one(client, town):
    return lambda name: sign_in(client, town.people[name])


def test_the_pages(session, act, as_one, town):
    writer = as_one("writer")
    assert "As shipped" in writer.get("/staff/letter-texts").text
    assert "Thank you for applying" in writer.get(f"/staff/letter-texts/{TEMPLATE}").text
    place = f"/staff/letter-texts/{TEMPLATE}/en/{town.here.id}"
    page = writer.get(f"{place}/edit").text
    assert "{posting_title}" in page
    wrong = {"text_follow": "No address.", "text_beginning": "a\n{salary}", "change_note": "x"}
    page = writer.post(f"{place}/edit", data=wrong)
    assert page.status_code == 422
    assert 'id="text_follow-error"' in page.text
    assert "Line 2: there is no field {salary}" in page.text
    assert "No address." in page.text
    assert writer.post(f"{place}/edit", data={"text_opening": "Hi", "change_note": ""}).status_code == 422
    assert session.scalars(select(LetterWording)).all() == []
    preview = writer.post(f"{place}/preview", data={"text_opening": "Hi <b>{recipient_name}</b>"})
    assert "Hi &lt;b&gt;<bdi>María Fernanda Santos</bdi>&lt;/b&gt;" in preview.text
    assert "sandbox" in preview.headers["Content-Security-Policy"]
    assert "there is no field {x}" in writer.post(f"{place}/preview", data={"text_opening": "{x}"}).text
    made = writer.post(f"{place}/edit", data={"text_opening": "Hi {recipient_name}", "change_note": "Short"})
    assert made.status_code == 303
    row = session.scalars(select(LetterWording)).one()
    own = f"/staff/letter-texts/versions/{row.id}"
    assert "Hi <bdi>" in writer.get(f"{own}/preview").text
    assert writer.post(f"{own}/submit").status_code == 303
    assert ">Decide<" not in writer.get(own).text
    assert "Letter texts to approve" in as_one("second").get("/staff/").text
    second = as_one("second")
    assert second.post(f"{own}/decide", data={"decision": "approve"}).status_code == 303
    assert "Approved" in second.get(own).text
    assert second.post(f"{place}/shipped").status_code == 303
    other = as_one("other")
    for address in (own, f"{own}/preview", f"{own}/decide"):
        assert other.get(address).status_code == 404
    assert other.get(f"{place}/edit").status_code == 403
    for address in ("_letter", f"{TEMPLATE}/xx/{town.here.id}/edit", f"{TEMPLATE}/en/agy_x/edit"):
        assert second.get(f"/staff/letter-texts/{address}").status_code == 404
    assert second.get(f"/staff/letter-texts/{TEMPLATE}/en/all/edit").status_code == 403


def test_the_version_in_force_is_found_in_order(session, act, town):
    assert queries.find_in_force(session, TEMPLATE, town.here.id, "en") is None
