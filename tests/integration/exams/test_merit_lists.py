"""Merit lists: drafted, approved by another, published only when they are still themselves."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from app.accounts.roles import Role
from app.exams.examinations.models import Candidate
from app.exams.examinations.states import ExaminationState
from app.exams.merit_lists import queries, services
from app.exams.merit_lists.models import MeritList, MeritListEntry
from app.exams.merit_lists.queries import Window
from app.exams.merit_lists.states import ListState
from app.exams.responses.models import ResponseSheet
from app.exams.scoring.queries import load_ranking
from app.notices.models import Notice
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from app.recruitment.applications.states import Assessment, ClaimState, Standing
from tests.factories.accounts import make_actor, make_agency
from tests.factories.applications import make_claim
from tests.integration.exams import world as office


@pytest.fixture
def world(session):
    return office.prepare(office.make_world(session))


def standings(world, merit_list):
    """Give name, rank and final score of everybody, in the list's order."""
    names = {number: name for name, number in world.numbers().items()}
    rows = world.session.execute(
        select(Candidate.number, MeritListEntry.rank, MeritListEntry.final, MeritListEntry.denominator)
        .join(Candidate, Candidate.id == MeritListEntry.candidate_id)
        .where(MeritListEntry.list_id == merit_list.id)
        .order_by(MeritListEntry.place)
    )
    return [(names[number], rank, Fraction(final, over)) for number, rank, final, over in rows]


def act(world, function, merit_list, actor, **values):
    return function(world.session, list_id=merit_list.id, actor=actor, at=office.AT, **values)


def test_marks_preference_and_ties_make_the_list(session, world):
    office.verify_claim(world, "Dan")
    office.verify_claim(world, "Fay", "disabled_veteran")
    merit_list = office.draft(world)
    # Ben applied before Cleo; Dan gains 5 after passing; Fay has 50 and no preference without passing.
    assert standings(world, merit_list) == [
        ("Ada", 1, 100),
        ("Ben", 2, 90),
        ("Cleo", 2, 90),
        ("Dan", 4, 85),
        ("Eva", 5, 70),
        ("Fay", None, 50),
    ]
    assert (merit_list.state, merit_list.ranked, merit_list.passed) == (ListState.DRAFT, 6, 5)


def test_claims_that_nobody_decided_hold_the_list_up(session, world):
    make_claim(session, world.applications["Dan"], kind="veteran")
    with pytest.raises(Conflict, match="Every claim to preference has to be decided first"):
        office.draft(world)


def test_a_refused_claim_counts_for_nothing(session, world):
    decided = {"reason": "No paper.", "decided_by": world.accounts["hr_officer"].id, "decided_at": office.AT}
    make_claim(session, world.applications["Dan"], kind="veteran", state=ClaimState.REFUSED, **decided)
    assert ("Dan", 4, 80) in standings(world, office.draft(world))


def test_a_correction_draws_no_new_lots(session, world):
    first = office.publish(world)
    office.set_key(world, {"8": "B"}, "Challenge of item 8.")
    assert office.draft(world, "Item 8.", seed="another seed, drawn later").seed == first.seed


def test_a_draft_needs_key_answers_and_no_open_list(session):
    world = office.make_world(session)
    office.hold(world)
    with pytest.raises(Conflict, match="The key has to be approved first"):
        office.draft(world)
    office.set_key(world)
    with pytest.raises(Conflict, match="The answers have to be imported first"):
        office.draft(world)
    office.import_answers(world)
    office.draft(world)
    with pytest.raises(Conflict, match="already draft"):
        office.draft(world)


def test_a_draw_needs_a_public_seed(session, world):
    with pytest.raises(Invalid) as refused:
        services.draft_list(
            session,
            examination_id=world.exam.id,
            seed="",
            reason="",
            actor=world.actor("exam_officer"),
            at=office.AT,
        )
    assert list(refused.value.fields) == ["seed"]


def test_two_people_make_a_list(session, world):
    both = make_actor(
        session, roles=[(Role.EXAM_OFFICER, world.agency.id), (Role.HR_OFFICER, world.agency.id)]
    )
    merit_list = services.draft_list(
        session, examination_id=world.exam.id, seed=office.SEED, reason="", actor=both, at=office.AT
    )
    with pytest.raises(Conflict, match="a second person has to approve"):
        act(world, services.approve_list, merit_list, both)
    with pytest.raises(Forbidden):
        act(world, services.approve_list, merit_list, world.actor("exam_officer"))
    with pytest.raises(Conflict, match="draft and cannot become published"):
        act(world, services.publish_list, merit_list, both)
    approved = {"state": ListState.APPROVED, "approved_by": both.id, "approved_at": office.AT}
    with pytest.raises(IntegrityError, match="two_people"), session.begin_nested():
        session.execute(update(MeritList).where(MeritList.id == merit_list.id).values(**approved))


def test_publishing_does_everything_at_once(session, world):
    merit_list = office.publish(world)
    assert (merit_list.state, merit_list.expires_on) == (ListState.PUBLISHED, dt.date(2027, 11, 20))
    assert world.exam.state is ExaminationState.CLOSED
    axes = {name: (row.assessment, row.standing) for name, row in world.applications.items()}
    assert axes == {
        name: (Assessment.SCORED, Standing.FAILED if name == "Fay" else Standing.PASSED)
        for name in office.SCORES
    }
    letters = session.scalars(select(Notice).where(Notice.template == "examination_result")).all()
    assert sorted(letter.recipient_name for letter in letters) == sorted(office.SCORES)
    assert {letter.subject for letter in letters} == {row.id for row in world.applications.values()}


def test_absentees_are_told_and_have_no_standing(session):
    world = office.make_world(session)
    office.hold(world)
    office.set_key(world)
    some = {name: right for name, right in office.SCORES.items() if name != "Fay"}
    office.import_answers(world, office.answers_of(world, some), accepts_absent=True)
    merit_list = office.publish(world)
    assert [name for name, _, _ in standings(world, merit_list)] == ["Ada", "Ben", "Cleo", "Dan", "Eva"]
    fay = world.applications["Fay"]
    assert (fay.assessment, fay.standing) == (Assessment.ABSENT, Standing.NONE)
    letter = session.scalars(select(Notice).where(Notice.subject == fay.id)).one()
    assert letter.context["letter"]["unmet"] == ["You were recorded as absent from the examination."]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"rank": 1}, "was changed after the list was drafted"),
        ({"final": 1001, "marks": 1001}, "was changed after the list was drafted"),
        ({"derivation": {"score": "99"}}, "was changed after the list was drafted"),
    ],
)
def test_a_tampered_entry_blocks_publication(session, world, values, told):
    merit_list = office.approve(world, office.draft(world))
    second = MeritListEntry.place == 2
    session.execute(
        update(MeritListEntry).where(MeritListEntry.list_id == merit_list.id, second).values(**values)
    )
    with pytest.raises(Conflict, match=told):
        act(world, services.publish_list, merit_list, world.actor("hr_officer"))
    assert merit_list.state is ListState.APPROVED
    assert session.scalar(select(func.count()).select_from(Notice)) == 0


def test_a_removed_entry_blocks_publication(session, world):
    merit_list = office.approve(world, office.draft(world))
    last = session.scalars(
        select(MeritListEntry).where(MeritListEntry.list_id == merit_list.id, MeritListEntry.place == 6)
    ).one()
    session.delete(last)
    session.flush()
    with pytest.raises(Conflict, match="added to or taken from"):
        act(world, services.publish_list, merit_list, world.actor("hr_officer"))


def test_a_tampered_sheet_blocks_publication(session, world):
    merit_list = office.approve(world, office.draft(world))
    number = world.numbers()["Eva"]
    sheet = session.scalars(
        select(ResponseSheet)
        .join(Candidate, Candidate.id == ResponseSheet.candidate_id)
        .where(Candidate.number == number)
    ).one()
    sheet.answers = "A" * 10
    session.flush()
    with pytest.raises(Conflict, match=f"The sheet of candidate {number} was changed"):
        act(world, services.publish_list, merit_list, world.actor("hr_officer"))


def test_a_tampered_digest_blocks_publication(session, world):
    merit_list = office.approve(world, office.draft(world))
    merit_list.digest = "f" * 64
    session.flush()
    with pytest.raises(Conflict, match="the ranks changed since"):
        act(world, services.publish_list, merit_list, world.actor("hr_officer"))


def test_a_claim_verified_after_approval_blocks_publication(session, world):
    merit_list = office.approve(world, office.draft(world))
    office.verify_claim(world, "Eva")
    with pytest.raises(Conflict, match="the answers, claims or applications changed since"):
        act(world, services.publish_list, merit_list, world.actor("hr_officer"))


def test_a_key_approved_after_the_draft_blocks_publication(session, world):
    merit_list = office.approve(world, office.draft(world))
    office.set_key(world, {"1": "B"}, "Challenge of item 1.")
    with pytest.raises(Conflict, match="the key in force changed since"):
        act(world, services.publish_list, merit_list, world.actor("hr_officer"))


def test_answers_replaced_after_the_draft_block_publication(session, world):
    merit_list = office.approve(world, office.draft(world))
    office.import_answers(world, office.answers_of(world, office.SCORES | {"Fay": 9}), reason="Read again.")
    with pytest.raises(Conflict, match="the imported answers changed since"):
        act(world, services.publish_list, merit_list, world.actor("hr_officer"))


def test_a_rulebook_changed_behind_our_back_blocks_everything(session, world):
    merit_list = office.approve(world, office.draft(world))
    world.exam.rulebook_text = world.exam.rulebook_text.replace('minimum = "70"', 'minimum = "60"')
    session.flush()
    with pytest.raises(Conflict, match="changed after it was frozen"):
        act(world, services.publish_list, merit_list, world.actor("hr_officer"))


def test_a_published_list_is_computed_again_to_the_same_digest(session, world):
    merit_list = office.publish(world)
    _, sealed = load_ranking(session, world.exam, merit_list.seed)
    assert (sealed.rows, sealed.inputs) == (merit_list.digest, merit_list.inputs_digest)


def test_a_correction_supersedes_and_tells_everyone_again(session, world):
    first = office.publish(world)
    office.set_key(world, {"8": "B"}, "Challenge of item 8.")
    with pytest.raises(Invalid, match="why a new version"):
        office.draft(world)
    second = office.publish(world, "Item 8: B is right, not A.")
    assert (first.state, second.state, second.version) == (ListState.SUPERSEDED, ListState.PUBLISHED, 2)
    assert (second.seed, second.expires_on, second.reason) == (
        first.seed,
        first.expires_on,
        "Item 8: B is right, not A.",
    )
    assert standings(world, first)[-2:] == [("Eva", 5, 70), ("Fay", None, 50)]
    assert standings(world, second)[-2:] == [("Dan", 5, 70), ("Fay", None, 60)]
    letters = session.scalar(select(func.count()).select_from(Notice))
    assert letters == 12


def test_who_falls_out_by_a_correction_loses_the_standing(session, world):
    office.publish(world)
    assert world.applications["Eva"].standing is Standing.PASSED
    office.set_key(world, {"1": "D"}, "Challenge of item 1.")
    office.publish(world, "Item 1: D is right, not A.")
    session.refresh(world.applications["Eva"])
    assert world.applications["Eva"].standing is Standing.FAILED


def test_a_discarded_draft_stays_on_record_and_makes_room(session, world):
    merit_list = office.draft(world)
    actor = world.actor("exam_officer")
    with pytest.raises(Invalid, match="why this list is discarded"):
        act(world, services.discard_list, merit_list, actor, reason=" ")
    act(world, services.discard_list, merit_list, actor, reason="Wrong seed.")
    assert merit_list.state is ListState.DISCARDED
    again = office.draft(world)
    assert again.version == 2
    published = act(world, services.publish_list, office.approve(world, again), world.actor("hr_officer"))
    with pytest.raises(Conflict, match="published and cannot become discarded"):
        act(world, services.discard_list, published, actor, reason="Too late.")


def test_another_agencys_officer_finds_nothing(session, world):
    merit_list = office.draft(world)
    stranger = make_actor(session, roles=[(Role.HR_OFFICER, make_agency(session).id)])
    for service in (services.approve_list, services.publish_list):
        with pytest.raises(NotFound):
            act(world, service, merit_list, stranger)
    assert queries.list_lists(session, stranger) == ([], "")
    entry = session.scalars(select(MeritListEntry)).first()
    with pytest.raises(NotFound):
        queries.get_entry(session, entry.id, stranger)


def test_a_draft_is_not_public(session, world):
    merit_list = office.approve(world, office.draft(world))
    with pytest.raises(NotFound):
        queries.get_published(session, merit_list.id)
    assert queries.list_published(session) == ([], "")


def test_entries_come_by_page_in_order(session, world, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    merit_list = office.draft(world)

    def page(**values):
        entries, has_before, has_after = queries.list_entries(session, merit_list.id, Window(**values))
        return [entry.place for entry in entries], has_before, has_after

    assert page() == ([1, 2], False, True)
    assert page(after=2) == ([3, 4], True, True)
    assert page(after=4) == ([5, 6], True, False)
    assert page(before=5) == ([3, 4], True, True)
    assert page(before=3) == ([1, 2], False, True)
    assert page(is_passed=False) == ([6], False, False)
    number = world.numbers()["Dan"]
    assert page(text=number.lower()) == ([4], False, False)
    assert page(text="%") == ([], False, False)
    assert queries.count_tied(session, merit_list.id) == 2
    assert queries.load_distribution(session, merit_list.id)[-1] == (Fraction(100), 1)
