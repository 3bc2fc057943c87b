"""A sample of sheets: drawn by a public seed, read again, differences settled by others, and its gate."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.exams.readiness import gates
from app.exams.responses.queries import find_answers
from app.exams.spot_checks import queries, rules, services
from app.exams.spot_checks.models import SpotCheck
from app.exams.spot_checks.states import CheckState, SheetOutcome
from app.platform.errors import Conflict, Invalid
from tests.conftest import sign_in
from tests.integration.exams import world as office

SEED = "04 11 17 23 38 42"


@pytest.fixture
def world(session):
    return office.prepare(office.make_world(session))


def draw(world, **values):
    standard = {"seed": SEED, "wrong_percent": 1, "actor": world.actor("exam_officer"), "at": office.AT}
    return services.draw_sample(world.session, examination_id=world.exam.id, **standard | values)


def typed(world, sheet, changed=None):
    answers = find_answers(world.session, sheet.candidate_id) | (changed or {})
    signs = {"": "-"}
    return "".join(signs.get(answers[item.code], answers[item.code]) for item in world.exam.items)


def read(world, sheet, changed=None, person="exam_officer"):
    return services.read_sheet(
        world.session,
        sheet_id=sheet.id,
        answers=typed(world, sheet, changed),
        actor=world.actor(person),
        at=office.AT,
    )


def blocks(world):
    return [block.sentence for block in gates.list_blocks(world.session, world.exam, office.AT)]


def test_a_plan_may_ask_for_a_sample_before_the_list(session, world):
    assert blocks(world) == []
    world.exam.sample_percent = 5
    session.flush()
    asked = ["The plan asks for a sample that catches 5 percent of wrong sheets. Draw it."]
    assert blocks(world) == asked
    for wrong_percent, left in ((10, asked), (2, [])):
        check = draw(world, wrong_percent=wrong_percent)
        assert blocks(world) == ["6 sheets of the sample must be read again from the originals."]
        for sheet in queries.list_sheets(session, check.id):
            read(world, sheet)
        assert blocks(world) == left


def test_a_sample_keeps_the_list_back_until_it_is_read_and_settled(session, world):
    check = draw(world)
    sheets = queries.list_sheets(session, check.id)
    assert (check.size, check.population, len(sheets)) == (6, 6, 6)
    numbers = [sheet.candidate.number for sheet in sheets]
    assert numbers == rules.drawn(SEED, world.exam.number, numbers, 6)
    assert blocks(world) == ["6 sheets of the sample must be read again from the originals."]
    with pytest.raises(Conflict, match="6 sheets of the sample"):
        office.draft(world)
    first, *rest = sheets
    stored = find_answers(session, first.candidate_id)["1"]
    other = next(option for option in world.exam.options if option != stored)
    assert read(world, first, {"1": other}).differences == {"1": [stored, other]}
    for sheet in rest:
        assert read(world, sheet).outcome is SheetOutcome.SAME
    assert blocks(world) == ["1 difference found by the sample must be settled."]
    with pytest.raises(Conflict, match="somebody else has to settle"):
        settle(world, first, world.actor("exam_officer"))
    with pytest.raises(Invalid, match="what was found"):
        settle(world, first, world.actor("hr_officer"), finding=" ")
    settle(world, first, world.actor("hr_officer"))
    assert (check.state, check.ended_at) == (CheckState.PASSED, office.AT)
    assert blocks(world) == []
    assert office.draft(world).version == 1
    with pytest.raises(Conflict, match="no difference to settle"):
        settle(world, first, world.actor("hr_officer"))


def settle(world, sheet, actor, finding="A stray pencil line; the answer stands."):
    return services.settle_sheet(world.session, sheet_id=sheet.id, finding=finding, actor=actor, at=office.AT)


def test_a_sheet_is_read_once(session, world):
    sheet = queries.list_sheets(session, draw(world).id)[0]
    read(world, sheet)
    with pytest.raises(Conflict, match="read already"):
        read(world, sheet)


def test_answers_that_are_replaced_ask_for_a_new_sample(session, world):
    first = draw(world)
    with pytest.raises(Conflict, match="A sample of these answers is open"):
        draw(world)
    content = office.answers_of(world, office.SCORES | {"Ada": 6})
    office.import_answers(world, content, reason="Ada's sheet was read from the wrong side.")
    assert blocks(world) == ["The answers were replaced since the sample was drawn. Draw a new one."]
    with pytest.raises(Conflict, match="Draw a new one"):
        read(world, queries.list_sheets(session, first.id)[0])
    second = draw(world)
    assert (first.state, second.state, second.import_id != first.import_id) == (
        CheckState.REPLACED,
        CheckState.OPEN,
        True,
    )


def test_seeds_and_shares_that_cannot_be_meant(world):
    with pytest.raises(Invalid, match="8 characters"):
        draw(world, seed="7")
    with pytest.raises(Invalid, match="what the sample should catch"):
        draw(world, wrong_percent=3)


def test_the_pages_lead_from_sheet_to_sheet(client, session, world):
    sign_in(client, world.accounts["exam_officer"])
    own = f"/staff/examinations/{world.exam.id}/sample"
    assert "No sample was drawn" in client.get(own).text
    assert client.post(f"{own}/draw", data={"seed": "7"}).status_code == 422
    answer = client.post(f"{own}/draw", data={"seed": SEED, "wrong_percent": "1"})
    assert (answer.status_code, answer.location) == (303, own)
    check = session.scalars(select(SpotCheck)).one()
    sheets = queries.list_sheets(session, check.id)
    page = client.get(own).text
    assert page.count("Read it") == 6
    reading = f"/staff/sample-sheets/{sheets[0].id}/read"
    right = typed(world, sheets[0])
    assert right not in client.get(reading).text.replace("\n", "")
    refused = client.post(reading, data={"answers": "A"})
    assert refused.status_code == 422
    assert "items; 1 answers are entered" in refused.text
    answer = client.post(reading, data={"answers": right})
    assert answer.location == f"/staff/sample-sheets/{sheets[1].id}/read"
    page = client.get(f"/staff/examinations/{world.exam.id}").text
    assert "5 sheets of the sample must be read again" in page
    assert f'href="{own}"' in page
