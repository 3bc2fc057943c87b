"""Panels: set up, drawn, kept from relations, rated under blind codes, resolved by the rulebook."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from sqlalchemy import select

from app.accounts.roles import Role
from app.exams.assignments import services as assignments
from app.exams.assignments.models import Recusal, ScriptAssignment
from app.exams.assignments.states import AssignmentState, Basis, Turn
from app.exams.marking import gates
from app.exams.marking import queries as marking_queries
from app.exams.marking import rules as marking_rules
from app.exams.marking import services as marking
from app.exams.panel_results import services as results
from app.exams.panels import services as panels
from app.exams.plans import queries as plans
from app.exams.recusals import services as recusals
from app.exams.scripts.states import ScriptState
from app.platform.errors import Conflict, Invalid, NotFound
from tests.factories.accounts import make_account
from tests.integration.exams.panels.board import AT, DECLARED, make_board


def sentences(board):
    return [block.sentence for block in gates.unfinished_panels(board.session, board.exam, AT)]


def test_every_script_has_two_raters_and_every_rater_as_many_scripts(session):
    board = make_board(session, people=6, raters=3)
    rows = session.execute(select(ScriptAssignment.script_id, ScriptAssignment.member_id)).all()
    assert sorted(Counter(script for script, _ in rows).values()) == [2] * 6
    assert sorted(Counter(member for _, member in rows).values()) == [4] * 3
    codes = [script.code for script in board.scripts()]
    assert len(set(codes)) == 6
    assert all(len(code) == 6 and "C-" not in code for code in codes)
    assert len(board.panel.map_digest) == 64


def test_two_ratings_within_the_tolerance_make_the_mean(session):
    board = make_board(session, people=1)
    (script,) = board.scripts()
    (one, first), (other, second) = board.assignments(script)
    board.submit(one, first, 7, 8)
    assert board.scripts()[0].state is ScriptState.OPEN
    board.submit(other, second, 8, 8)
    (script,) = board.scripts()
    # 15 and 16 of 20 are 75 and 80 of 100; their mean is 77.5
    assert (script.state, Fraction(script.numerator, script.denominator)) == (
        ScriptState.MARKED,
        Fraction(155, 2),
    )


def test_beyond_the_tolerance_a_third_is_called_in_and_the_closest_two_count(session):
    board = make_board(session, people=1)
    (script,) = board.scripts()
    (one, first), (other, second) = board.assignments(script)
    board.submit(one, first, 4, 4)
    board.submit(other, second, 9, 9)
    (script,) = board.scripts()
    assert (script.state, script.is_disputed) == (ScriptState.OPEN, True)
    further, third = next(pair for pair in board.assignments(script) if pair[0].turn is Turn.FURTHER)
    assert further.state is AssignmentState.OPEN
    assert any("wait for a further rater" in sentence for sentence in sentences(board))
    board.submit(further, third, 8, 9)
    (script,) = board.scripts()
    assert Fraction(script.numerator, script.denominator) == Fraction(175, 2)
    assert not script.is_disputed


def test_nobody_is_left_for_a_third_rating_until_a_member_comes(session):
    board = make_board(session, people=1, raters=2)
    (script,) = board.scripts()
    for (assignment, actor), marks in zip(board.assignments(script), ((2, 2), (9, 9)), strict=True):
        board.submit(assignment, actor, *marks)
    assert "“Interview”: 1 ratings have no rater, because members are kept from them." in sentences(board)
    late = make_account(session, name="Late Rater", roles=[(Role.RATER, board.exam.agency_id)])
    board.raters.append(late)
    panels.add_member(session, panel_id=board.panel_id, email=late.email, actor=board.actor, at=AT)
    recusals.declare(session, panel_id=board.panel_id, values=DECLARED, actor=board.actor_for(late), at=AT)
    assert [turn.turn for turn, _ in board.assignments(script)].count(Turn.FURTHER) == 1


def test_what_is_submitted_is_locked_and_no_other_rater_reaches_it(session):
    board = make_board(session, people=1)
    (script,) = board.scripts()
    (one, first), (_other, second) = board.assignments(script)
    with pytest.raises(NotFound):
        board.submit(one, second, 1, 1)
    board.submit(one, first, 7, 8)
    with pytest.raises(Conflict, match="submitted"):
        board.submit(one, first, 1, 1)


def test_a_mark_above_the_scale_or_missing_is_refused_at_its_field(session):
    board = make_board(session, people=1)
    (script,) = board.scripts()
    assignment, actor = board.assignments(script)[0]
    with pytest.raises(Invalid) as refused:
        board.submit(assignment, actor, 7, 11)
    assert refused.value.fields == {"mark_2": "Enter a mark from 0 to 10."}
    with pytest.raises(Invalid) as refused:
        board.submit(assignment, actor, None, 5)
    assert refused.value.fields == {"mark_1": "Enter a mark."}


def snapshot(name="Jo Candidate", address="9 Hill Street", postcode="10009", employers=()):
    return {
        "contact": {"full_name": name, "address_line_1": address, "postcode": postcode},
        "experience": [{"employer": employer} for employer in employers],
    }


def declare(board, place, **values):
    recusals.declare(
        board.session, panel_id=board.panel_id, values=DECLARED | values, actor=board.rater(place), at=AT
    )


def test_relations_keep_raters_out_and_another_takes_the_place(session):
    board = make_board(
        session,
        people=2,
        raters=4,
        opens=False,
        snapshots={
            1: snapshot("Ana Pérez", "12 Oak St."),
            2: snapshot("Bo Lind", employers=["Harbor Works, Inc."]),
        },
    )
    declare(board, 0, surnames="Perez", address="12 OAK ST", postcode="")
    declare(board, 1, employers="Harbor Works\nElsewhere")
    assignments.open_panel(session, panel_id=board.panel_id, actor=board.actor, at=AT)
    first, second = board.scripts()
    found = {(row.script_id, row.basis) for row in session.scalars(select(Recusal))}
    assert found == {(first.id, Basis.SURNAME_AND_ADDRESS), (second.id, Basis.EMPLOYER)}
    assert board.raters[0].id not in {actor.id for _, actor in board.assignments(first)}
    assert board.raters[1].id not in {actor.id for _, actor in board.assignments(second)}
    assert [len(board.assignments(script)) for script in (first, second)] == [2, 2]


def test_somebody_named_later_takes_a_submitted_rating_out(session):
    board = make_board(session, people=1, snapshots={1: snapshot("Ana Pérez")})
    (script,) = board.scripts()
    for assignment, actor in board.assignments(script):
        board.submit(assignment, actor, 7, 7)
    assert board.scripts()[0].state is ScriptState.MARKED
    _assignment, actor = board.assignments(script)[0]
    recusals.name_relation(
        session,
        panel_id=board.panel_id,
        values={"name": "Pérez, Ana", "kind": "friend", "details": ""},
        actor=actor,
        at=AT,
    )
    (script,) = board.scripts()
    states = Counter(assignment.state for assignment, _ in board.assignments(script))
    assert script.state is ScriptState.OPEN
    assert states == {AssignmentState.RECUSED: 1, AssignmentState.SUBMITTED: 1, AssignmentState.OPEN: 1}


def test_a_rater_who_recognises_somebody_steps_aside(session):
    board = make_board(session, people=1)
    (script,) = board.scripts()
    assignment, actor = board.assignments(script)[0]
    marking.step_aside(session, assignment_id=assignment.id, reason="I know the hand.", actor=actor, at=AT)
    with pytest.raises(NotFound):
        board.submit(assignment, actor, 1, 1)
    assert len([one for one, _ in board.assignments(script) if one.state is AssignmentState.OPEN]) == 2


def test_marks_go_to_the_list_once_everybody_has_one(session):
    board = make_board(session, people=2)
    first, second = board.scripts()
    with pytest.raises(Conflict, match="2 scripts still wait"):
        results.close_panel(session, panel_id=board.panel_id, actor=board.actor, at=AT)
    for assignment, actor in board.assignments(first):
        board.submit(assignment, actor, 8, 8)
    results.mark_absent(session, script_id=second.id, reason="Did not come.", actor=board.actor, at=AT)
    assert sentences(board) == ["“Interview”: the marks are not handed over yet."]
    results.close_panel(session, panel_id=board.panel_id, actor=board.actor, at=AT)
    assert sentences(board) == []
    assert plans.load_marks(session, board.exam, {"interview": 1}) == {
        "interview": {"C-001": Fraction(80), "C-002": None}
    }


def add(board, account):
    panels.add_member(board.session, panel_id=board.panel_id, email=account.email, actor=board.actor, at=AT)


def test_who_may_open_the_codes_and_candidates_are_no_raters(session):
    board = make_board(session, opens=False)
    with pytest.raises(Invalid, match="role of rater"):
        panels.add_member(
            session, panel_id=board.panel_id, email=board.officer.email, actor=board.actor, at=AT
        )
    both = make_account(
        session, roles=[(Role.EXAM_OFFICER, board.exam.agency_id), (Role.RATER, board.exam.agency_id)]
    )
    with pytest.raises(Invalid, match="list of codes"):
        add(board, both)


def test_one_rates_and_another_confirms_where_the_rulebook_names_no_panel(session):
    board = make_board(session, people=1, raters=2, component="written", form="experience")
    (script,) = board.scripts()
    ((assignment, rater),) = board.assignments(script)
    other = next(board.actor_for(account) for account in board.raters if account.id != rater.id)
    board.submit(assignment, rater, 8, 9)
    assert board.scripts()[0].state is ScriptState.OPEN
    with pytest.raises(NotFound):
        marking.confirm_rating(session, assignment_id=assignment.id, actor=rater, at=AT)
    marking.return_rating(session, assignment_id=assignment.id, reason="One year less.", actor=other, at=AT)
    board.submit(assignment, rater, 7, 9)
    marking.confirm_rating(session, assignment_id=assignment.id, actor=other, at=AT)
    (script,) = board.scripts()
    assert Fraction(script.numerator, script.denominator) == Fraction(80)


def test_a_candidate_reads_every_rating_and_the_rule_but_no_rater(session):
    board = make_board(session, people=1)
    (script,) = board.scripts()
    for (assignment, actor), marks in zip(board.assignments(script), ((7, 8), (8, 8)), strict=True):
        board.submit(assignment, actor, *marks)
    results.close_panel(session, panel_id=board.panel_id, actor=board.actor, at=AT)
    (own,) = marking_queries.list_own_results(session, script.candidate_id)
    assert {row[0] for row in own.rows} == {"Content", "Language"}
    assert sorted(own.totals) == ["15", "16"]
    assert own.whole == "20"
    book = plans.load_book(session, board.exam.id)
    said = " ".join(marking_rules.sentences(book, "interview"))
    assert "When the first ratings lie more than 15 apart" in said
    assert "the two nearest ratings" in said
