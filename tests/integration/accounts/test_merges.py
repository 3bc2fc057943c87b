"""Two accounts of one person: found, compared, joined by two officers, and undone."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine

from app.accounts import holdings
from app.accounts.merges import consents, services
from app.accounts.merges.finding import find_matches
from app.accounts.merges.models import MatchKey, Merge, NotTheSame
from app.accounts.merges.queries import list_clashes, list_holds, list_pairs
from app.accounts.merges.states import MergeState
from app.accounts.models import Account, AccountState
from app.accounts.queries import actor_of, get_account
from app.accounts.roles import Role
from app.platform import audit, schedule
from app.platform.actors import ANONYMOUS, SYSTEM
from app.platform.audit import AuditEvent
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import Conflict, Forbidden, Invalid
from app.recruitment.applications.models import Application, ApplicationSection
from app.recruitment.applications.states import Placement, Submission
from app.recruitment.profiles.models import Profile, ProfileSection
from tests.conftest import AT, count_queries, sign_in
from tests.factories.accounts import LONG_AGO, PASSWORD, make_account, make_actor, make_agency
from tests.factories.applications import CONTACT, make_application
from tests.factories.recruitment import make_posting

REASON = "Both gave the same identity card at the counter."


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def officer(session):
    return make_actor(session, name="Rosa Records", roles=[(Role.RECORDS_OFFICER, None)])


@pytest.fixture
def boss(session):
    return make_actor(session, name="Bea Boss", roles=[(Role.AGENCY_ADMINISTRATOR, None)])


@pytest.fixture
def agency(session):
    return make_agency(session)


@pytest.fixture
def ann(session):
    return make_account(session, email="ann@home.example", name="Ann Ames")


@pytest.fixture
def twin(session):
    return make_account(session, email="ann@work.example", name="Ann Ames")


def keep_profile(session, account, **sections):
    session.add(Profile(account_id=account.id, started_at=LONG_AGO, saved_at=LONG_AGO))
    session.flush()
    for section, data in sections.items():
        session.add(ProfileSection(account_id=account.id, section=section, data=data, saved_at=LONG_AGO))
    session.flush()


def entered(session, application):
    """Say what was entered as contact details: the same of everyone."""
    session.add(
        ApplicationSection(
            application_id=application.id, section="contact", data=CONTACT, is_complete=True, saved_at=AT
        )
    )
    session.flush()


def propose(ann, twin, officer, **more):
    given = {"kept_id": ann.id, "absorbed_id": twin.id, "reason": REASON, "choices": {}} | more
    with transaction() as opened:
        return services.propose(opened, **given, actor=officer, at=AT)


def agree(merge):
    """Let both mailboxes agree, as if each had followed its link."""
    with transaction() as opened:
        for question in consents.prepare(opened, merge_id=merge.id, at=AT):
            consents.answer(opened, token=question.token, agrees=True, at=AT)


def decide(merge, actor, accepts=True, reason=""):
    if accepts:
        agree(merge)
    with transaction() as opened:
        return services.decide(opened, merge_id=merge.id, accepts=accepts, reason=reason, actor=actor, at=AT)


def undo(merge, actor, **more):
    with transaction() as opened:
        return services.undo(
            opened, merge_id=merge.id, reason="They are sisters.", actor=actor, at=AT, **more
        )


def owners(session, *rows):
    session.expire_all()
    return [row.account_id for row in rows]


def watch(asked):
    """Note of whom facts are asked."""

    def provider(_session, account_ids):
        asked.append(account_ids)
        return ()

    holdings.tell_facts(provider)


class TestFinding:
    def look(self, session):
        with transaction() as opened:
            find_matches(opened)
        return [(pair.first.id, pair.second.id, pair.reasons) for pair in list_pairs(session)]

    def test_the_same_name_and_birth_date_are_found(self, session, ann, twin):
        keep_profile(session, ann, person={"full_name": "Ann Ames", "born_on": "1990-03-27"})
        keep_profile(session, twin, person={"full_name": "AMES Ann", "born_on": "1990-03-27"})
        first, second = sorted((ann.id, twin.id))
        assert self.look(session) == [(first, second, ("name_birth",))]

    def test_a_telephone_of_an_application_and_one_of_a_profile_are_found(self, session, agency, ann, twin):
        posting = make_posting(session, agency_id=agency.id)
        entered(session, make_application(session, posting_id=posting.id, account_id=ann.id))
        keep_profile(session, twin, contact={"telephone": "212 555 0123"})
        assert [reasons for _, _, reasons in self.look(session)] == [("telephone",)]

    def test_what_a_crowd_shares_is_no_sign(self, session, ann, twin):
        for account in (ann, twin, make_account(session)):
            keep_profile(session, account, contact={"telephone": "+1 212 555 0101"})
        assert len(self.look(session)) == 3
        keep_profile(session, make_account(session), contact={"telephone": "+1 212 555 0101"})
        assert self.look(session) == []

    def test_nothing_in_common_is_nothing_found(self, session, ann, twin):
        keep_profile(session, ann, contact={"telephone": "+1 212 555 0101"})
        keep_profile(session, twin, contact={"telephone": "+1 212 555 0102"})
        assert self.look(session) == []

    def test_what_is_kept_tells_nothing(self, session, ann):
        keep_profile(session, ann, contact={"telephone": "+1 212 555 0101"})
        self.look(session)
        kept = session.query(MatchKey).all()
        assert {row.kind for row in kept} == {"mailbox", "telephone"}
        assert not [row for row in kept if "555" in row.digest and "0101" in row.digest]
        assert {len(row.digest) for row in kept} == {64}

    def test_what_changed_is_forgotten(self, session, ann, twin):
        keep_profile(session, ann, contact={"telephone": "+1 212 555 0101"})
        keep_profile(session, twin, contact={"telephone": "+1 212 555 0101"})
        assert len(self.look(session)) == 1
        session.get(ProfileSection, (twin.id, "contact")).data = {"telephone": "+1 212 555 0102"}
        session.flush()
        assert self.look(session) == []

    def test_an_hourly_look_reads_those_alone_who_changed(self, session, ann, twin, clock, run_jobs):
        keep_profile(session, ann, contact={"telephone": "+1 212 555 0101"})
        ann.created_at = twin.created_at = LONG_AGO
        session.flush()
        asked = []
        watch(asked)
        tick = next(one for one in schedule.TICKS if one.job == "accounts.find_duplicates")
        schedule.promise(tick, AT)
        run_jobs()
        assert asked == [None]  # the first look ever is at everybody
        clock.shift(dt.timedelta(hours=1))
        keep_profile(session, twin, contact={"telephone": "+1 212 555 0101"})
        session.get(ProfileSection, (twin.id, "contact")).saved_at = now()
        session.flush()
        schedule.promise(tick, now())
        run_jobs()
        holdings.FACTS.pop()
        assert asked == [None, [twin.id]]
        assert [pair.reasons for pair in list_pairs(session)] == [("telephone",)]

    def test_a_crowd_that_grows_hour_by_hour_is_no_sign(self, session, ann, twin):
        crowd = [ann, twin, make_account(session), make_account(session), make_account(session)]
        for account in crowd:
            keep_profile(session, account, contact={"telephone": "+1 212 555 0101"})
            with transaction() as opened:
                find_matches(opened, [account.id])
        assert list_pairs(session) == []

    def test_two_people_told_apart_are_not_listed(self, session, ann, twin, officer):
        for account in (ann, twin):
            keep_profile(session, account, contact={"telephone": "+1 212 555 0101"})
        with transaction() as opened:
            services.tell_apart(
                opened, one_id=twin.id, other_id=ann.id, reason="Sisters.", actor=officer, at=AT
            )
        assert self.look(session) == []
        kept = session.query(NotTheSame).one()
        assert (kept.first_id, kept.second_id) == tuple(sorted((ann.id, twin.id)))

    def test_closed_accounts_are_left_out(self, session, ann, twin):
        for account in (ann, twin):
            keep_profile(session, account, contact={"telephone": "+1 212 555 0101"})
        self.look(session)
        twin.state = AccountState.CLOSED
        session.flush()
        assert list_pairs(session) == []


class TestJoining:
    def test_rows_move_and_the_other_account_closes(
        self, session, agency, ann, twin, officer, boss, outbox, run_jobs
    ):
        application = make_application(
            session, posting_id=make_posting(session, agency_id=agency.id).id, account_id=twin.id
        )
        keep_profile(session, ann, contact={"telephone": "1"})
        keep_profile(session, twin, contact={"telephone": "2"}, education={"entries": []})
        merge = propose(ann, twin, officer)
        run_jobs()
        assert {(mail["To"], mail["Subject"]) for mail in outbox} == {
            ("ann@home.example", "Are both accounts yours?"),
            ("ann@work.example", "Are both accounts yours?"),
        }
        outbox.clear()
        assert session.get(Application, application.id).account_id == twin.id
        decide(merge, boss)
        assert owners(session, application) == [ann.id]
        held = {
            (row.account_id, row.section, row.data.get("telephone")) for row in session.query(ProfileSection)
        }
        assert held == {(ann.id, "contact", "1"), (ann.id, "education", None), (twin.id, "contact", "2")}
        assert (twin.state, twin.merged_into_id, ann.state) == (
            AccountState.CLOSED,
            ann.id,
            AccountState.ACTIVE,
        )
        kept = session.query(Merge).one()
        assert (kept.state, kept.proposed_by, kept.decided_by, kept.decided_at) == (
            MergeState.DONE,
            officer.id,
            boss.id,
            AT,
        )
        assert [
            (event.action, event.subject) for event in session.query(AuditEvent).order_by(AuditEvent.index)
        ] == [
            ("accounts.propose_merge", merge.id),
            ("accounts.answer_merge", merge.id),
            ("accounts.answer_merge", merge.id),
            ("accounts.answer_merge", merge.id),
            ("accounts.answer_merge", merge.id),
            ("accounts.decide_merge", merge.id),
        ]
        run_jobs()
        assert {(mail["To"], mail["Subject"]) for mail in outbox} == {
            ("ann@home.example", "Your accounts were joined"),
            ("ann@work.example", "Your accounts were joined"),
        }

    def test_who_knows_the_old_password_is_told_where_to_go(
        self, app, client, session, ann, twin, officer, boss
    ):
        browser = sign_in(app.test_client(), twin)
        decide(propose(ann, twin, officer), boss)
        assert browser.get("/my/account").status_code == 303
        page = client.post("/sign-in", data={"email": "ann@work.example", "password": PASSWORD})
        assert (page.status_code, "ann@home.example" in page.text) == (200, True)
        assert client.get("/my/account").status_code == 303
        wrong = client.post("/sign-in", data={"email": "ann@work.example", "password": "wrong"})
        assert (wrong.status_code, "ann@home.example" in wrong.text) == (422, False)

    @pytest.mark.parametrize("choice", ["kept", "absorbed"])
    def test_two_applications_to_one_vacancy_are_decided_on(
        self, session, agency, ann, twin, officer, boss, choice
    ):
        posting = make_posting(session, agency_id=agency.id)
        ours = make_application(session, posting_id=posting.id, account_id=ann.id)
        theirs = make_application(session, posting_id=posting.id, account_id=twin.id)
        clash = list_clashes(session, ann.id, twin.id)
        assert [(one.name, one.title) for one in clash] == [
            (f"applications.account_id:{posting.id}", "Applications")
        ]
        assert clash[0].kept == f"{posting.title}, {ours.number} (submitted)"
        with pytest.raises(Invalid):
            propose(ann, twin, officer)
        merge = propose(ann, twin, officer, choices={clash[0].name: choice})
        decide(merge, boss)
        winner, loser = (ours, theirs) if choice == "kept" else (theirs, ours)
        assert owners(session, winner, loser) == [ann.id, twin.id]
        assert (winner.submission, loser.submission) == (Submission.SUBMITTED, Submission.WITHDRAWN)
        assert session.query(Account).filter(Account.email.like("%merge.invalid")).count() == 0
        undo(merge, boss)
        assert owners(session, ours, theirs) == [ann.id, twin.id]
        assert (ours.submission, theirs.submission) == (Submission.SUBMITTED, Submission.SUBMITTED)
        assert (loser.withdrawn_at, loser.withdrawal_reason) == (None, None)

    def test_an_application_before_an_agency_is_not_set_aside(
        self, session, agency, ann, twin, officer, boss
    ):
        posting = make_posting(session, agency_id=agency.id)
        make_application(session, posting_id=posting.id, account_id=ann.id)
        make_application(session, posting_id=posting.id, account_id=twin.id, placement=Placement.CERTIFIED)
        clash = list_clashes(session, ann.id, twin.id)[0].name
        merge = propose(ann, twin, officer, choices={clash: "kept"})
        with pytest.raises(Conflict):
            decide(merge, boss)
        session.expire_all()
        assert session.query(Merge).one().state is MergeState.PROPOSED
        assert twin.state is AccountState.ACTIVE

    def test_what_moves_is_counted_before(self, session, agency, ann, twin):
        for account in (ann, twin, twin):
            posting = make_posting(session, agency_id=agency.id)
            make_application(session, posting_id=posting.id, account_id=account.id)
        assert [(one.title, one.kept, one.absorbed) for one in list_holds(session, ann.id, twin.id)] == [
            ("Applications", 1, 2)
        ]

    def test_all_of_it_happens_or_nothing(self, session, agency, ann, twin, officer, boss, monkeypatch):
        application = make_application(
            session, posting_id=make_posting(session, agency_id=agency.id).id, account_id=twin.id
        )
        merge = propose(ann, twin, officer)

        def fail(*_args, **_more):
            raise Conflict("The mail could not be promised.")

        monkeypatch.setattr(services, "tell", fail)
        with pytest.raises(Conflict):
            decide(merge, boss)
        assert owners(session, application) == [twin.id]
        assert twin.state is AccountState.ACTIVE


class TestWhoMay:
    def test_one_person_is_not_enough(self, session, ann, twin):
        both = make_actor(session, roles=[(Role.RECORDS_OFFICER, None), (Role.AGENCY_ADMINISTRATOR, None)])
        merge = propose(ann, twin, both)
        with pytest.raises(Forbidden):
            decide(merge, both)

    def test_a_role_in_one_agency_is_not_enough(self, session, agency, ann, twin):
        local = make_actor(session, roles=[(Role.RECORDS_OFFICER, agency.id)])
        with pytest.raises(Forbidden):
            propose(ann, twin, local)

    def test_each_does_their_part_only(self, session, ann, twin, officer, boss):
        with pytest.raises(Forbidden):
            propose(ann, twin, boss)
        merge = propose(ann, twin, officer)
        other = make_actor(session, roles=[(Role.RECORDS_OFFICER, None)])
        with pytest.raises(Forbidden):
            decide(merge, other)

    def test_nobody_joins_accounts_of_their_own(self, session, ann, officer, boss):
        own = session.get(Account, officer.id)
        with pytest.raises(Forbidden):
            propose(own, ann, officer)
        merge = propose(ann, session.get(Account, make_account(session).id), officer)
        session.get(Merge, merge.id).kept_id = boss.id
        session.flush()
        with pytest.raises(Forbidden):
            decide(merge, boss)

    def test_an_officers_account_is_not_closed(self, session, agency, ann, officer):
        clerk = make_account(session, roles=[(Role.HR_OFFICER, agency.id)])
        with pytest.raises(Conflict):
            propose(ann, clerk, officer)

    def test_a_closed_account_is_not_joined(self, session, ann, twin, officer):
        twin.state = AccountState.CLOSED
        session.flush()
        with pytest.raises(Conflict):
            propose(ann, twin, officer)

    def test_an_account_is_joined_once(self, session, ann, twin, officer):
        propose(ann, twin, officer)
        with pytest.raises(Invalid):
            propose(make_account(session), twin, officer)

    def test_a_refusal_needs_a_reason_and_frees_both(self, session, ann, twin, officer, boss):
        merge = propose(ann, twin, officer)
        with pytest.raises(Invalid):
            decide(merge, boss, accepts=False)
        decide(merge, boss, accepts=False, reason="Not proved.")
        assert propose(ann, twin, officer).state is MergeState.PROPOSED


class TestUndoing:
    def test_all_goes_back(self, app, session, agency, ann, twin, officer, boss, client):
        application = make_application(
            session, posting_id=make_posting(session, agency_id=agency.id).id, account_id=twin.id
        )
        keep_profile(session, twin, education={"entries": []})
        merge = propose(ann, twin, officer)
        decide(merge, boss)
        undo(merge, boss)
        assert owners(session, application) == [twin.id]
        assert [row.account_id for row in session.query(ProfileSection)] == [twin.id]
        assert (twin.state, twin.merged_into_id) == (AccountState.ACTIVE, None)
        client.post("/sign-in", data={"email": "ann@work.example", "password": PASSWORD})
        assert client.get("/my/account").status_code == 200

    @pytest.mark.parametrize("news", ["act", "subject"])
    def test_it_stands_once_something_happened(self, session, agency, ann, twin, officer, boss, news):
        application = make_application(
            session, posting_id=make_posting(session, agency_id=agency.id).id, account_id=twin.id
        )
        merge = propose(ann, twin, officer)
        decide(merge, boss)
        actor = SYSTEM if news == "subject" else actor_of(get_account(session, ann.id))
        subject = application.id if news == "subject" else "x"
        with transaction() as opened:
            audit.record(opened, "recruitment.applications.show", actor=actor, at=AT, subject=subject)
        with pytest.raises(Conflict):
            undo(merge, boss)

    def test_who_took_an_account_over_cannot_keep_it_by_using_it(
        self, session, agency, ann, twin, officer, boss
    ):
        kept, gone = (
            make_application(
                session,
                posting_id=make_posting(session, agency_id=agency.id).id,
                account_id=twin.id,
                submission=submission,
            )
            for submission in (Submission.SUBMITTED, Submission.DRAFT)
        )
        kept_id, gone_id = kept.id, gone.id
        merge = propose(ann, twin, officer)
        decide(merge, boss)
        thief = actor_of(get_account(session, ann.id))
        with transaction() as opened:
            for actor, subject in ((thief, kept_id), (thief, gone_id), (ANONYMOUS, ann.id)):
                audit.record(opened, "recruitment.drafts.save", actor=actor, at=AT, subject=subject)
            opened.delete(opened.get(Application, gone_id))
            copied = opened.get(Application, kept_id)
            copy_id = make_application(
                opened,
                posting_id=copied.posting_id,
                account_id=ann.id,
                changes_id=kept_id,
                submission=Submission.DRAFT,
            ).id
        with pytest.raises(Conflict):
            undo(merge, boss)
        undo(merge, boss, owner_objects=True)
        session.expire_all()
        assert {(row.id, row.account_id) for row in session.query(Application)} == {
            (kept_id, twin.id),
            (copy_id, twin.id),
        }
        assert (twin.state, twin.merged_into_id) == (AccountState.ACTIVE, None)

    def test_of_an_exchange_what_is_left_goes_back(self, session, agency, ann, twin, officer, boss):
        posting = make_posting(session, agency_id=agency.id)
        ours, theirs = (
            make_application(
                session, posting_id=posting.id, account_id=account.id, submission=Submission.DRAFT
            )
            for account in (ann, twin)
        )
        ours_id, theirs_id = ours.id, theirs.id
        clash = f"applications.account_id:{posting.id}"
        merge = propose(ann, twin, officer, choices={clash: "absorbed"})
        decide(merge, boss)
        assert owners(session, ours, theirs) == [twin.id, ann.id]
        with transaction() as opened:
            thief = actor_of(get_account(opened, ann.id))
            audit.record(opened, "recruitment.drafts.discard", actor=thief, at=AT, subject=theirs_id)
            opened.delete(opened.get(Application, theirs_id))
        with pytest.raises(Conflict):
            undo(merge, boss)
        undo(merge, boss, owner_objects=True)
        session.expire_all()
        assert [(row.id, row.account_id, row.submission) for row in session.query(Application)] == [
            (ours_id, ann.id, Submission.DRAFT)
        ]

    @pytest.mark.parametrize("by", ["office", "program"])
    def test_what_the_office_did_stands_even_then(self, session, agency, ann, twin, officer, boss, by):
        application = make_application(
            session, posting_id=make_posting(session, agency_id=agency.id).id, account_id=twin.id
        )
        merge = propose(ann, twin, officer)
        decide(merge, boss)
        actor = officer if by == "office" else SYSTEM
        with transaction() as opened:
            audit.record(
                opened, "recruitment.applications.reject", actor=actor, at=AT, subject=application.id
            )
        with pytest.raises(Conflict):
            undo(merge, boss, owner_objects=True)

    def test_what_was_never_done_is_not_undone(self, session, ann, twin, officer, boss):
        with pytest.raises(Conflict):
            undo(propose(ann, twin, officer), boss)


class TestPages:
    @pytest.fixture
    def rosa(self, app, session, officer):
        return sign_in(app.test_client(), session.get(Account, officer.id))

    @pytest.fixture
    def bea(self, app, session, boss):
        return sign_in(app.test_client(), session.get(Account, boss.id))

    def test_the_way_through(self, session, agency, ann, twin, rosa, bea):
        posting = make_posting(session, agency_id=agency.id)
        for account in (ann, twin):
            entered(session, make_application(session, posting_id=posting.id, account_id=account.id))
        with transaction() as opened:
            find_matches(opened)
        first, second = sorted((ann.id, twin.id))
        listed = rosa.get("/staff/duplicates").text
        assert "Same telephone number" in listed
        compare = f"/staff/duplicates/{first}/{second}"
        assert compare in listed
        page = rosa.get(compare).text
        assert "They share: Same telephone number; Same name and postal address." in page
        assert "Select which one goes on" not in page
        bad = rosa.post(compare, data={"keep": "second", "reason": REASON})
        assert bad.status_code == 422
        assert "Select which one goes on: Applications" in bad.text
        answer = rosa.post(compare, data={"keep": "second", "reason": REASON, "clash_0": "first"})
        merge = session.query(Merge).one()
        assert answer.location == f"/staff/merges/{merge.id}"
        assert (merge.kept_id, merge.absorbed_id) == (second, first)
        assert list(merge.choices.values()) == ["absorbed"]
        assert "Another officer decides." in rosa.get(answer.location).text
        assert rosa.get(f"/staff/merges/{merge.id}/decide").status_code == 403
        assert "Proposed: join two accounts" in bea.get(answer.location).text
        decide_page = bea.get(f"/staff/merges/{merge.id}/decide").text
        assert "Side by side" in decide_page
        assert decide_page.index("Applications: goes on") < decide_page.index("Applications: is set aside")
        early = bea.post(f"/staff/merges/{merge.id}/decide", data={"decision": "accept"})
        assert early.status_code == 422
        assert "Both mailboxes have to agree first." in early.text
        agree(merge)
        assert "ann@home.example: agrees, " in bea.get(f"/staff/merges/{merge.id}/decide").text
        decided = bea.post(f"/staff/merges/{merge.id}/decide", data={"decision": "accept"})
        assert decided.location == f"/staff/merges/{merge.id}"
        assert "Two accounts joined" in bea.get(decided.location).text
        assert "Ann Ames" in bea.get("/staff/merges").text
        assert bea.get(f"/staff/merges/{merge.id}/undo").status_code == 200
        reason = {"reason": "Sisters.", "owner_objects": "y"}
        undone = bea.post(f"/staff/merges/{merge.id}/undo", data=reason)
        assert undone.location == f"/staff/merges/{merge.id}"
        assert "Undone: two accounts are apart again" in bea.get(undone.location).text
        undoing = session.query(audit.AuditEvent).filter_by(action="accounts.undo_merge").one()
        assert (undoing.details["reason"], undoing.details["owner_objects"]) == ("Sisters.", True)

    def test_two_accounts_are_named_by_their_addresses(self, ann, twin, rosa):
        asked = rosa.get("/staff/duplicates?one=ANN@home.example&other=ann@work.example")
        assert asked.location == f"/staff/duplicates/{ann.id}/{twin.id}"
        assert (
            "No account has the address nobody@x.example"
            in rosa.get("/staff/duplicates?one=nobody@x.example").text
        )

    def test_two_people_are_told_apart(self, session, ann, twin, rosa):
        path = f"/staff/duplicates/{ann.id}/{twin.id}/apart"
        assert rosa.get(path).status_code == 200
        assert rosa.post(path, data={"reason": ""}).status_code == 422
        assert rosa.post(path, data={"reason": "Sisters."}).location == "/staff/duplicates"
        assert session.query(NotTheSame).count() == 1

    def test_an_auditor_reads_and_changes_nothing(self, app, session, ann, twin, officer):
        merge = propose(ann, twin, officer)
        auditor = sign_in(app.test_client(), make_account(session, roles=[(Role.AUDITOR, None)]))
        read = [auditor.get(path).status_code for path in ("/staff/merges", f"/staff/merges/{merge.id}")]
        assert read == [200, 200]
        assert (
            auditor.post(f"/staff/merges/{merge.id}/decide", data={"decision": "accept"}).status_code == 403
        )

    def test_more_pairs_cost_no_more_queries(self, session, database, rosa):
        def add(number):
            for _ in range(2):
                account = make_account(session)
                keep_profile(session, account, contact={"telephone": f"+1 212 555 01{number:02}"})
            with transaction() as opened:
                find_matches(opened)

        add(1)
        rosa.get("/staff/duplicates")
        with count_queries(database) as one:
            rosa.get("/staff/duplicates")
        add(2)
        add(3)
        with count_queries(database) as three:
            rosa.get("/staff/duplicates")
        assert len(one) == len(three)


LINK = re.compile(r"http://localhost(?::8000)?(/joining\?token=[\w-]+)")


class TestConsent:
    @pytest.fixture
    def asked(self, ann, twin, officer, outbox, run_jobs):
        """Propose, and give the link that each address was mailed."""
        self.merge = propose(ann, twin, officer)
        run_jobs()
        return {mail["To"]: LINK.search(mail.get_content())[1] for mail in outbox}

    def state(self, session):
        session.expire_all()
        return session.get(Merge, self.merge.id).state

    def test_both_agree_by_their_links_and_another_officer_decides(self, session, client, asked, boss):
        assert set(asked) == {"ann@home.example", "ann@work.example"}
        for link in asked.values():
            page = client.get(link).text
            assert "Do both accounts belong to you?" in page
            assert "ann@" not in page
            assert client.post(link, data={}).status_code == 422
            with pytest.raises(Conflict, match="Both mailboxes have to agree first"):
                decide_now(self.merge, boss)
            assert "This address agrees." in client.post(link, data={"answer": "yes"}).text
            assert client.get(link).status_code == 303
        decide_now(self.merge, boss)
        assert self.state(session) is MergeState.DONE

    def test_one_no_ends_it(self, session, client, asked, boss):
        first, second = asked.values()
        client.post(first, data={"answer": "yes"})
        assert "The accounts are not joined." in client.post(second, data={"answer": "no"}).text
        assert self.state(session) is MergeState.REFUSED
        with pytest.raises(Conflict):
            decide_now(self.merge, boss, reason="Came to the counter.")

    def test_a_mailbox_that_is_silent_for_two_weeks_is_passed_over_with_a_reason(
        self, session, client, asked, boss, clock
    ):
        client.post(next(iter(asked.values())), data={"answer": "yes"})
        clock.shift(dt.timedelta(days=13, hours=23))
        with pytest.raises(Conflict, match="14 days after it was asked"):
            decide_now(self.merge, boss, reason="Came to the counter.")
        clock.shift(dt.timedelta(hours=1))
        with pytest.raises(Invalid, match="has not answered"):
            decide_now(self.merge, boss)
        decide_now(self.merge, boss, reason="Came to the counter with an identity card.")
        assert self.state(session) is MergeState.DONE

    @pytest.mark.parametrize("token", ["", "x", "é" * 300, "%00"])
    def test_a_made_up_link_tells_nothing(self, client, asked, token):
        answer = client.get(f"/joining?token={token}")
        assert (answer.status_code, answer.location) == (303, "/")


def decide_now(merge, actor, reason=""):
    with transaction() as opened:
        return services.decide(opened, merge_id=merge.id, accepts=True, reason=reason, actor=actor, at=now())
