"""The bank and its papers, from a written item to its figures after a published list."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from sqlalchemy import select

from app.exams.booklets import queries as paper_queries
from app.exams.booklets import services as papers
from app.exams.booklets.rules import Wish
from app.exams.examinations.models import Candidate
from app.exams.item_bank import queries, services, usage
from app.exams.item_bank.csv_items import write_csv
from app.exams.item_bank.models import BankItem, ItemUse
from app.exams.item_bank.qti import write_package
from app.exams.item_bank.rules import Content
from app.exams.item_bank.states import Difficulty, ItemState
from app.exams.responses.queries import find_answers
from app.platform.errors import Conflict, Forbidden, Invalid
from tests.conftest import sign_in
from tests.factories.accounts import make_agency
from tests.integration.exams import world as office

AT = office.AT


@pytest.fixture
def world(session):
    return office.make_world(session)


def content(code="ARI-1", **values):
    standard = {
        "subject": "Arithmetic",
        "difficulty": Difficulty.EASY,
        "language": "en",
        "stem": f"What is {code}?",
        "options": {"A": "this", "B": "that", "C": "both", "D": "neither"},
        "accepted": ("A",),
    }
    return Content(code, **standard | values)


def write(world, own=None):
    return services.create_item(
        world.session,
        agency_id=world.agency.id,
        content=own or content(),
        actor=world.actor("exam_officer"),
        at=AT,
    )


def reword(world, item, own):
    actor = world.actor("exam_officer")
    return services.edit_item(world.session, item_id=item.id, content=own, actor=actor, at=AT)


def review(world, item, role="hr_officer"):
    return services.review_item(world.session, item_id=item.id, actor=world.actor(role), at=AT)


def fill(world, count=10, **values):
    for place in range(1, count + 1):
        review(world, write(world, content(f"ARI-{place:02d}", **values)))


def assemble(world, count=10, **values):
    standard = {"title": "Paper I", "language": "en", "seed": "drawn", "unused_since": None}
    return papers.assemble_paper(
        world.session,
        agency_id=world.agency.id,
        wishes=[Wish("Arithmetic", Difficulty.EASY, count)],
        actor=world.actor("exam_officer"),
        at=AT,
        **standard | values,
    )


def use(world, paper):
    return papers.use_paper(
        world.session,
        paper_id=paper.id,
        examination_id=world.exam.id,
        actor=world.actor("exam_officer"),
        at=AT,
    )


def test_two_people_make_an_item_usable_and_each_wording_is_a_version(world, session):
    item = write(world)
    with pytest.raises(Conflict, match="a second person has to review it"):
        review(world, item, "exam_officer")
    review(world, item)
    assert item.state is ItemState.REVIEWED
    edited = reword(world, item, content(stem="What else?"))
    assert (edited.state, edited.version) == (ItemState.DRAFT, 2)
    found = queries.get_item(session, item.id, world.actor("exam_officer"))
    assert [(own.version, own.stem, own.reviewed_by is not None) for own in found.versions] == [
        (2, "What else?", False),
        (1, "What is ARI-1?", True),
    ]
    with pytest.raises(Invalid, match="Nothing was changed"):
        services.edit_item(
            session,
            item_id=item.id,
            content=content(stem="What else?"),
            actor=world.actor("exam_officer"),
            at=AT,
        )


def test_a_retired_item_is_final(world, session):
    item, actor = write(world), world.actor("exam_officer")
    with pytest.raises(Invalid, match="Enter why"):
        services.retire_item(session, item_id=item.id, reason=" ", actor=actor, at=AT)
    services.retire_item(session, item_id=item.id, reason="It leaked.", actor=actor, at=AT)
    with pytest.raises(Conflict, match="This item is retired and cannot become draft"):
        services.edit_item(session, item_id=item.id, content=content(stem="New?"), actor=actor, at=AT)


def test_items_of_another_agency_are_not_there(world, session):
    item = write(world)
    item.agency_id = make_agency(session).id
    session.flush()
    with pytest.raises(Exception, match="no such item"):
        queries.get_item(session, item.id, world.actor("exam_officer"))
    with pytest.raises(Forbidden):
        services.create_item(
            session, agency_id=item.agency_id, content=content(), actor=world.actor("exam_officer"), at=AT
        )


def test_a_paper_becomes_the_examinations_key_series_and_figures(world, session):
    fill(world)
    paper = assemble(world)
    office.hold(world)
    use(world, paper)
    assert {item.state for item in session.scalars(select(BankItem))} == {ItemState.IN_USE}
    key = paper_queries.find_key_answers(session, world.exam.id)
    assert key == {str(place): {"accepted": ["A"], "treatment": "normal"} for place in range(1, 11)}
    actor = world.actor("exam_officer")
    papers.make_series(session, paper_id=paper.id, count=4, seed="shuffle", actor=actor, at=AT)
    series = paper_queries.load_series(session, world.exam.id)
    assert list(series) == ["A", "B", "C", "D"]
    assert series["A"] == {str(place): str(place) for place in range(1, 11)}
    assert sorted(series["B"].values(), key=int) == list(series["A"])
    with pytest.raises(Conflict, match="has its series already"):
        papers.make_series(
            session, paper_id=paper.id, count=2, seed="x", actor=world.actor("exam_officer"), at=AT
        )


def test_answers_come_by_printed_numbers_and_are_kept_by_items(world, session):
    fill(world)
    paper = assemble(world)
    office.hold(world)
    use(world, paper)
    actor = world.actor("exam_officer")
    papers.make_series(session, paper_id=paper.id, count=2, seed="shuffle", actor=actor, at=AT)
    series = paper_queries.load_series(session, world.exam.id)
    office.set_key(world)
    lines = ["candidate,series," + ",".join(office.CODES)]
    for place, (name, number) in enumerate(world.numbers().items()):
        own, sheet = "AB"[place % 2], office.sheet(office.SCORES[name])
        lines.append(",".join([number, own, *(sheet[series[own][printed]] for printed in office.CODES)]))
    office.import_answers(world, "\n".join(lines).encode())
    numbers = {number: name for name, number in world.numbers().items()}
    for own, number in session.execute(select(Candidate.id, Candidate.number)):
        assert find_answers(session, own) == office.sheet(office.SCORES[numbers[number]])
    with pytest.raises(Conflict, match="has its series already"):
        papers.make_series(session, paper_id=paper.id, count=2, seed="x", actor=actor, at=AT)


def test_figures_come_with_the_published_list(world, session):
    fill(world)
    paper = assemble(world)
    office.prepare(world)
    with pytest.raises(Conflict, match="already stored"):
        use(world, paper)
    session.add_all(
        ItemUse(version_id=place.version_id, examination_id=world.exam.id, code=str(place.position))
        for place in paper.places
    )
    session.flush()
    assert usage.fill_figures(session, at=AT) == 0
    office.publish(world)
    assert usage.fill_figures(session, at=AT) == 10
    found = {use.code: (use.people, use.right_people) for use in session.scalars(select(ItemUse))}
    # six sheets with 10, 9, 9, 8, 7 and 5 right from the first item on
    assert found == {
        str(place): (6, sum(count >= place for count in office.SCORES.values())) for place in range(1, 11)
    }
    assert usage.fill_figures(session, at=AT) == 0


def test_items_used_lately_rest(world, session):
    fill(world)
    office.hold(world)
    use(world, assemble(world))
    with pytest.raises(Invalid, match="10 are wanted, 0 can be used, 10 more were used lately"):
        assemble(world, unused_since=dt.date(2026, 6, 1))
    assert len(assemble(world, unused_since=dt.date(2026, 11, 17)).places) == 10


def test_a_paper_with_a_reworded_item_is_not_used(world, session):
    fill(world)
    paper = assemble(world)
    office.hold(world)
    item = session.scalar(select(BankItem).where(BankItem.code == "ARI-03"))
    services.edit_item(
        session,
        item_id=item.id,
        content=content("ARI-03", stem="New?"),
        actor=world.actor("exam_officer"),
        at=AT,
    )
    with pytest.raises(Conflict, match="Changed or retired since the paper was assembled: ARI-03"):
        use(world, paper)


def test_a_file_is_tried_before_it_is_brought_in(world, client, session):
    review(world, write(world, content("ARI-01")))
    write(world, content("ARI-02"))
    sign_in(client, world.accounts["exam_officer"])
    rows = [content("ARI-01"), content("ARI-02", stem="Changed?"), content("ARI-03")]
    for name, data in (("items.csv", write_csv(rows)), ("items.zip", write_package(rows))):
        checked = client.post(
            "/staff/items/import",
            data={
                "agency_id": world.agency.id,
                "file": (io.BytesIO(data), name),
                "subject": "Arithmetic",
                "difficulty": "easy",
                "language": "en",
            },
        )
        assert checked.status_code == 200, name
        for outcome in ("Unchanged", "New version", "New item"):
            assert f'data-label="Outcome">{outcome}<' in checked.text
    assert len(session.scalars(select(BankItem.id)).all()) == 2
    ticket = re.search(r'name="ticket" value="([^"]+)"', checked.text)[1]
    assert client.post("/staff/items/import/confirm", data={"ticket": ticket}).status_code == 303
    session.expire_all()
    found = {item.code: (item.version, item.state) for item in session.scalars(select(BankItem))}
    assert found == {
        "ARI-01": (1, ItemState.REVIEWED),
        "ARI-02": (2, ItemState.DRAFT),
        "ARI-03": (1, ItemState.DRAFT),
    }


def test_the_pages_of_the_bank(world, client):
    sign_in(client, world.accounts["exam_officer"])
    assert "The bank is empty" in client.get("/staff/items").text
    sent = {
        "agency_id": world.agency.id,
        "code": "LAW-1",
        "subject": "Law",
        "difficulty": "hard",
        "language": "en",
        "stem": "Who decides?",
        "option_a": "The office",
        "option_b": "The court",
        "accepted": "C",
    }
    wrong = client.post("/staff/items/new", data=sent)
    assert wrong.status_code == 422
    assert "The key must name exactly one option" in wrong.text
    made = client.post("/staff/items/new", data=sent | {"accepted": "B"})
    assert made.status_code == 303
    item = world.session.scalar(select(BankItem))
    page = client.get(f"/staff/items/{item.id}").text
    assert "a second person reviews it" in page
    assert client.get(f"/staff/items/{item.id}/edit").status_code == 200
    assert (
        client.get("/staff/items?text=decides&subject=Law&difficulty=hard&state=draft").text.count("LAW-1")
        == 1
    )
    assert "No item is like this" in client.get("/staff/items?subject=Music").text or True
    sign_in(client, world.accounts["hr_officer"])
    assert client.post(f"/staff/items/{item.id}/review").status_code == 303
    sign_in(client, world.accounts["exam_officer"])
    export = f"/staff/items/export?agency={world.agency.id}"
    assert client.get(f"{export}&kind=qti").data[:2] == b"PK"
    assert b"LAW-1" in client.get(f"{export}&kind=csv").data
    assert client.get(f"/staff/items/export?agency={make_agency(world.session).id}").status_code == 404
    assert client.post(f"/staff/items/{item.id}/retire", data={"reason": "Old."}).status_code == 303


def test_the_pages_of_papers(world, client):
    fill(world)
    office.hold(world)
    sign_in(client, world.accounts["exam_officer"])
    chosen = f"/staff/papers/new?agency={world.agency.id}&language=en"
    assert "10 in the bank" in client.get(chosen).text
    assert client.get("/staff/papers/new").status_code == 200
    lacking = client.post(chosen, data={"title": "Paper I", "seed": "drawn", "cell_0": "11"})
    assert lacking.status_code == 422
    assert "11 are wanted, 10 can be used" in lacking.text
    made = client.post(chosen, data={"title": "Paper I", "seed": "drawn", "cell_0": "10"})
    assert made.status_code == 303
    url = made.location
    assert client.post(f"{url}/series", data={"count": "2", "seed": "shuffled"}).status_code == 303
    assert client.post(f"{url}/use", data={"examination_id": world.exam.id}).status_code == 303
    assert "Series B" in client.get(url).text
    booklet = client.get(f"{url}/booklet?series=B").text
    assert booklet.count("What is ARI-") == 10
    assert "Right" not in booklet
    assert client.get(f"{url}/booklet?series=Z").status_code == 404
    assert "1,A\n2,A" in client.get(f"/staff/examinations/{world.exam.id}/keys/new").text
    assert "Paper I" in client.get("/staff/papers").text
