"""Examinations of several parts, from the marks to the published list, proved a second time."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flask import url_for
from sqlalchemy import select, update

from app.exams import merit
from app.exams.examinations.models import Candidate
from app.exams.examinations.states import Attendance, ExaminationState
from app.exams.merit_lists.models import MeritListEntry
from app.exams.plans import queries, services
from app.exams.plans.models import ComponentMark, MarkRecord
from app.exams.readiness import gates
from app.platform.errors import Conflict, Invalid
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Assessment
from tests.conftest import sign_in
from tests.factories.exams import make_candidate, make_examination
from tests.integration.exams import world as office

AT = office.AT
MIXED = """
[rulebook]
name = "mixed"
version = 1
title = "Written 60, interview 40"
citation = "A rule made for tests"
read_on = 2026-11-22
effective_from = 2020-01-01

[[component]]
name = "written"
title = "Written test"
kind = "items"
maximum = "100"
weight = "60"
minimum = "60"

[[component]]
name = "interview"
title = "Interview"
kind = "panel"
maximum = "100"
weight = "40"
minimum = "40"

[component.panel]
method = "mean"
raters = 2
citation = "For tests"

[order]
numbering = "competition"

[certification]
reach = "people"
per_vacancy = "3"
ties = "include"
citation = "For tests"
"""
# What a person has in the written test and the interview; None is absent.
PLAIN = {
    "Ada": ("90", "70"),
    "Ben": ("80", "85"),
    "Cleo": ("80", "85"),
    "Dan": ("39", None),
    "Eva": ("70", None),
}


def record(world, component, marks, source="The board of examiners"):
    ids = {
        name: candidate.id
        for name, application in world.applications.items()
        for candidate in world.session.scalars(
            select(Candidate).where(Candidate.application_id == application.id)
        )
    }
    return services.record_marks(
        world.session,
        examination_id=world.exam.id,
        component=component,
        marks={ids[name]: None if mark is None else Fraction(mark) for name, mark in marks.items()},
        source=source,
        actor=world.actor("exam_officer"),
        at=AT,
    )


def sentences(world):
    return [
        block.sentence
        for block in gates.list_blocks(world.session, world.exam, AT)
        if "mark in" in block.sentence
    ]


def recorded(session, action, subject):
    """Give the details that are to be recorded of an act at the commit."""
    rows = [row for row in session.info["audit"] if (row["action"], row["subject"]) == (action, subject)]
    return rows[-1]["details"]


def told(world, merit_list):
    """Give what the audit trail says of the publication."""
    return recorded(world.session, "exams.merit_lists.publish", merit_list.id)


def entries(world, merit_list):
    numbers = {number: name for name, number in world.numbers().items()}
    rows = world.session.scalars(
        select(MeritListEntry).where(MeritListEntry.list_id == merit_list.id).order_by(MeritListEntry.place)
    )
    by_id = dict(world.session.execute(select(Candidate.id, Candidate.number)).all())
    return [
        (numbers[by_id[row.candidate_id]], row.rank, Fraction(row.final, row.denominator)) for row in rows
    ]


@pytest.fixture
def plain(session):
    """An examination under the plain office's rulebook: nothing is answered on sheets."""
    world = office.make_world(session, people=tuple(PLAIN))
    world.posting.rulebook = "plain-office"
    session.flush()
    office.hold(world, codes=())
    return world


@pytest.fixture
def mixed(session):
    world = office.make_world(session)
    office.hold(world)
    office.under(world, MIXED)
    office.set_key(world)
    office.import_answers(world)
    return world


def test_an_office_without_sheets_comes_to_a_published_list(plain):
    assert (plain.exam.items, plain.exam.options) == ([], [])
    record(plain, "written", {name: marks[0] for name, marks in PLAIN.items()})
    assert plain.exam.state is ExaminationState.HELD
    # Dan failed the written test, so nobody waits for his interview
    assert sentences(plain) == [
        "4 candidates have no mark in “Interview”. Record the mark, or that they were absent."
    ]
    with pytest.raises(Conflict, match="“Interview”"):
        office.draft(plain)
    record(plain, "interview", {"Ada": "70", "Ben": "85", "Cleo": "85", "Eva": None})
    assert sentences(plain) == []
    merit_list = office.publish(plain)
    assert (merit_list.key_version_id, merit_list.import_id) == (None, None)
    assert merit_list.mark_versions == {"interview": 1, "written": 1}
    found = entries(plain, merit_list)
    assert [(name, rank) for name, rank, _ in found[3:]] in (
        [("Dan", None), ("Eva", None)],
        [("Eva", None), ("Dan", None)],
    )
    # 0.6 x 80 + 0.4 x 85 = 82; 0.6 x 90 + 0.4 x 70 = 82: the written test decides, then the lot
    assert found[0] == ("Ada", 1, Fraction(82))
    assert {name for name, _, _ in found[1:3]} == {"Ben", "Cleo"}
    assert [rank for _, rank, _ in found[:3]] == [1, 2, 3]
    details = told(plain, merit_list)
    assert details["second_digest"] == merit_list.digest


def test_who_came_to_no_part_is_absent_and_on_no_list(plain):
    record(plain, "written", dict.fromkeys(PLAIN, None) | {"Ada": "90"})
    states = dict(
        plain.session.execute(
            select(Candidate.attendance, Application.assessment)
            .join(Application, Application.id == Candidate.application_id)
            .where(Candidate.examination_id == plain.exam.id)
            .distinct()
        ).all()
    )
    assert states == {Attendance.PRESENT: Assessment.PRESENT, Attendance.ABSENT: Assessment.ABSENT}
    record(plain, "interview", {"Ada": "70"})
    assert [name for name, _, _ in entries(plain, office.draft(plain))] == ["Ada"]


def test_sheets_and_interviews_make_one_list_that_a_second_computation_gives_again(mixed):
    record(mixed, "interview", {"Ada": "40", "Ben": "90", "Cleo": "271/3", "Dan": "40", "Eva": "39.99"})
    merit_list = office.publish(mixed)
    found = {name: (rank, final) for name, rank, final in entries(mixed, merit_list)}
    assert found == {
        "Ben": (2, Fraction(90)),
        "Cleo": (1, 54 + Fraction(271, 3) * 2 / 5),
        "Ada": (3, Fraction(76)),
        "Dan": (4, Fraction(64)),
        "Eva": (None, 42 + Fraction("39.99") * 2 / 5),
        "Fay": (None, Fraction(30)),  # 50 written: failed, never interviewed
    }
    details = told(mixed, merit_list)
    assert details["second_digest"] == merit_list.digest
    assert details["marks"] == {"interview": 1}


def test_each_part_stands_in_the_explanation(mixed):
    record(mixed, "interview", dict.fromkeys(("Ada", "Ben", "Cleo", "Dan", "Eva"), "60"))
    merit_list = office.draft(mixed)
    row = mixed.session.scalar(
        select(MeritListEntry).where(MeritListEntry.list_id == merit_list.id, MeritListEntry.place == 1)
    )
    told = {(step[0], step[1]) for step in row.derivation["steps"]}
    assert {("component", "Written test"), ("component", "Interview")} <= told


def test_a_mark_changed_behind_the_systems_back_stops_everything(mixed):
    record(mixed, "interview", dict.fromkeys(("Ada", "Ben", "Cleo", "Dan", "Eva"), "60"))
    merit_list = office.draft(mixed)
    mixed.session.execute(update(ComponentMark).values(numerator=61))
    with pytest.raises(Conflict, match=r"in interview was changed after it was recorded"):
        office.approve(mixed, merit_list)


def test_new_marks_after_the_draft_block_the_approval(mixed):
    record(mixed, "interview", dict.fromkeys(("Ada", "Ben", "Cleo", "Dan", "Eva"), "60"))
    merit_list = office.draft(mixed)
    record(mixed, "interview", {"Ada": "61"}, "A slip of addition, found by the board")
    with pytest.raises(Conflict, match="the marks of a part changed since"):
        office.approve(mixed, merit_list)
    latest = queries.load_marks(mixed.session, mixed.exam, {"interview": 2})["interview"]
    first = queries.load_marks(mixed.session, mixed.exam, {"interview": 1})["interview"]
    number = mixed.numbers()
    assert (latest[number["Ada"]], first[number["Ada"]]) == (61, 60)
    assert latest[number["Ben"]] == first[number["Ben"]] == 60


@pytest.mark.parametrize(
    ("component", "mark", "field", "sentence"),
    [
        ("interview", "100.01", "marks", r"100\.01 is no mark of “Interview” \(0 to 100\)"),
        ("interview", "-1", "marks", "-1 is no mark"),
        ("written", "50", "component", "No marks can be recorded for “written”"),
        ("nothing", "50", "component", "No marks can be recorded for “nothing”"),
    ],
)
def test_a_mark_that_cannot_be_is_refused_with_the_candidate(mixed, component, mark, field, sentence):
    with pytest.raises(Invalid, match=sentence) as caught:
        record(mixed, component, {"Ada": mark})
    assert list(caught.value.fields) == [field]
    assert mixed.session.scalar(select(MarkRecord.id)) is None


def test_a_strangers_mark_is_refused(mixed, session):
    stranger = make_candidate(session, make_examination(session)).id
    with pytest.raises(Invalid, match="is no candidate of this examination"):
        services.record_marks(
            session,
            examination_id=mixed.exam.id,
            component="interview",
            marks={stranger: Fraction(50)},
            source="The board",
            actor=mixed.actor("exam_officer"),
            at=AT,
        )


def test_components_are_told_in_the_order_of_the_rulebook(mixed):
    written, interview = queries.list_components(mixed.session, mixed.exam.id)
    assert (written.code, written.kind, written.share, written.gate, written.is_marked) == (
        "written",
        "items",
        60,
        60,
        False,
    )
    assert (interview.code, interview.maximum, interview.weight, interview.is_marked) == (
        "interview",
        100,
        40,
        True,
    )


def test_an_examination_without_sheets_takes_no_items(session):
    world = office.make_world(session)
    world.posting.rulebook = "plain-office"
    session.flush()
    with pytest.raises(Invalid, match=r"This rulebook has no answer sheets\."):
        office.hold(world)


def test_shares_of_nested_parts_are_of_the_total():
    book = merit.rulebook.in_force("plain-office", office.HELD_ON)
    assert [(part.code, part.share) for part in queries.components_of(book)] == [
        ("written", 60),
        ("interview", 40),
    ]


def test_every_page_of_an_examination_without_sheets_can_be_opened(plain, client, app):
    record(plain, "written", {name: marks[0] for name, marks in PLAIN.items()})
    record(plain, "interview", {"Ada": "70", "Ben": "85", "Cleo": "85", "Eva": None})
    merit_list = office.publish(plain)
    entry = plain.session.scalar(
        select(MeritListEntry.id).where(MeritListEntry.list_id == merit_list.id, MeritListEntry.place == 1)
    )
    known = {"examination_id": plain.exam.id, "list_id": merit_list.id, "entry_id": entry}
    known |= {"posting_id": plain.posting.id, "application_id": plain.applications["Ada"].id}
    pages = [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.arguments and rule.arguments <= known.keys()
    ]
    assert len(pages) > 20
    for role in ("exam_officer", "hr_officer"):
        sign_in(client, plain.accounts[role])
        for rule in pages:
            with app.test_request_context():
                url = url_for(rule.endpoint, **{name: known[name] for name in rule.arguments})
            assert client.get(url).status_code in {200, 303, 302, 403, 404, 405, 409, 422}, url
